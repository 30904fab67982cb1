using System.Text.Json;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Wire;

/// <summary>Reads a request in the worker, by hand: see <see cref="WireJson"/> for why. A test holds it to the record.</summary>
internal static class RequestReader
{
    public static DissectionRequest? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            Expect(ref reader, JsonTokenType.StartObject);
            var request = new DissectionRequest();
            while (NextProperty(ref reader) is { } name)
            {
                request = name switch
                {
                    nameof(DissectionRequest.Name) => request with { Name = Text(ref reader) },
                    nameof(DissectionRequest.Kind) => request with { Kind = (InputKind)Number(ref reader, 2) },
                    nameof(DissectionRequest.Level) => request with { Level = (DissectionLevel)Number(ref reader, 1) },
                    nameof(DissectionRequest.Estate) => request with { Estate = Estate(ref reader) },
                    nameof(DissectionRequest.Candidates) => request with { Candidates = Candidates(ref reader) },
                    nameof(DissectionRequest.PasswordBudgetMilliseconds) => request with
                    {
                        PasswordBudgetMilliseconds = (int)Number(ref reader, int.MaxValue),
                    },
                    nameof(DissectionRequest.MaxBytes) => request with { MaxBytes = Number(ref reader, long.MaxValue) },
                    nameof(DissectionRequest.MaxEntries) => request with { MaxEntries = (int)Number(ref reader, int.MaxValue) },
                    nameof(DissectionRequest.MaxDepth) => request with { MaxDepth = (int)Number(ref reader, int.MaxValue) },
                    _ => throw new JsonException(),
                };
            }

            return request;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static OwnEstate Estate(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var estate = OwnEstate.Unknown;
        while (NextProperty(ref reader) is { } name)
        {
            estate = name switch
            {
                nameof(OwnEstate.Hosts) => estate with { Hosts = Texts(ref reader) },
                nameof(OwnEstate.Networks) => estate with { Networks = Texts(ref reader) },
                nameof(OwnEstate.Domains) => estate with { Domains = Texts(ref reader) },
                _ => throw new JsonException(),
            };
        }

        return estate;
    }

    private static IReadOnlyList<PasswordCandidate> Candidates(ref Utf8JsonReader reader)
    {
        var list = new List<PasswordCandidate>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var candidate = new PasswordCandidate("", "", "");
            while (NextProperty(ref reader) is { } name)
            {
                candidate = name switch
                {
                    nameof(PasswordCandidate.Value) => candidate with { Value = Text(ref reader) },
                    nameof(PasswordCandidate.Source) => candidate with { Source = Text(ref reader) },
                    nameof(PasswordCandidate.Where) => candidate with { Where = Text(ref reader) },
                    _ => throw new JsonException(),
                };
            }

            list.Add(candidate);
        }

        Require(reader.TokenType == JsonTokenType.EndArray);
        return list;
    }

    private static IReadOnlyList<string> Texts(ref Utf8JsonReader reader)
    {
        var list = new List<string>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            list.Add(reader.GetString() ?? "");
        }

        Require(reader.TokenType == JsonTokenType.EndArray);
        return list;
    }

    private static string? NextProperty(ref Utf8JsonReader reader)
    {
        Require(reader.Read() && reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndObject);
        return reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return reader.GetString() ?? "";
    }

    private static long Number(ref Utf8JsonReader reader, long most)
    {
        Expect(ref reader, JsonTokenType.Number);
        Require(reader.TryGetInt64(out var number) && number >= 0 && number <= most);
        return number;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type) => Require(reader.Read() && reader.TokenType == type);

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new JsonException();
        }
    }
}
