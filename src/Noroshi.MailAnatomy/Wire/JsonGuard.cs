using System.Text.Json;

namespace Noroshi.MailAnatomy.Wire;

/// <summary>
/// One pass over JSON of strangers before it becomes objects. It refuses what would cost more memory than its bytes suggest (many tiny
/// values, deep nesting) and what the serialiser lets through although no record has it: null as an element of a list.
/// </summary>
public static class JsonGuard
{
    /// <summary>Deepest nesting. A file in a file in … costs two levels each, on top of the record's own.</summary>
    public const int MaxDepth = 128;

    /// <summary>Most values of a document.</summary>
    public const int MaxTokens = 2_000_000;

    /// <summary>Most elements of one list.</summary>
    public const int MaxElements = 200_000;

    /// <summary>Whether the document may be read.</summary>
    public static bool Admits(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });

        // One entry per open level: elements so far for a list, -1 for an object.
        Span<int> levels = stackalloc int[MaxDepth + 1];
        var depth = 0;
        levels[0] = -1;
        var tokens = 0;
        try
        {
            while (reader.Read())
            {
                if (++tokens > MaxTokens)
                {
                    return false;
                }

                var token = reader.TokenType;
                if (token is JsonTokenType.EndArray or JsonTokenType.EndObject)
                {
                    depth--;
                    continue;
                }

                if (levels[depth] >= 0 && (token == JsonTokenType.Null || ++levels[depth] > MaxElements))
                {
                    return false;
                }

                if (token is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    levels[++depth] = token == JsonTokenType.StartArray ? 0 : -1;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return tokens > 0;
    }
}
