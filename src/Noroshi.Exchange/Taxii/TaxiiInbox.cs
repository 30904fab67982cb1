using System.Text.Json;

namespace Noroshi.Exchange.Taxii;

/// <summary>An object that somebody handed in.</summary>
/// <param name="Id">Its id, as given.</param>
/// <param name="Type">Its type.</param>
/// <param name="Version"><c>modified</c>, else <c>created</c>, else the time of the request.</param>
public sealed record InboxObject(string Id, string Type, string Version)
{
    /// <summary>Why it is not taken; null when it is.</summary>
    public string? Problem { get; init; }

    /// <summary>For sightings: which object was seen.</summary>
    public string? SightingOf { get; init; }

    /// <summary>How often; null when not said.</summary>
    public int? Count { get; init; }

    /// <summary>What the sighting says in words; null when nothing, or more than 1,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>First seen.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>Last seen.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Whether it says that something was seen; a count of 0 says that it was looked for and not seen.</summary>
    public bool IsSighting => Type == "sighting" && SightingOf is not null;
}

/// <summary>Reads an envelope of strangers: nothing twice, not deep, bounded.</summary>
public static class TaxiiInbox
{
    /// <summary>Most objects of one envelope.</summary>
    public const int MostObjects = 10_000;

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = 64,
        CommentHandling = JsonCommentHandling.Disallow,
    };

    /// <summary>Reads it.</summary>
    /// <param name="json">The body.</param>
    /// <param name="at">When it came.</param>
    /// <returns>Its objects; null when it is no envelope, has none, or too many.</returns>
    public static IReadOnlyList<InboxObject>? Read(ReadOnlyMemory<byte> json, DateTimeOffset at)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var root = document.RootElement;
            return
                root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("objects", out var objects)
                && objects.ValueKind == JsonValueKind.Array
                && objects.GetArrayLength() is > 0 and <= MostObjects
                ? [.. objects.EnumerateArray().Select(one => One(one, TaxiiTime.Text(at)))]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string that is no Unicode is found only when it is asked for.
            return null;
        }
    }

    private static InboxObject One(JsonElement element, string now)
    {
        var (id, type) = (Text(element, "id"), Text(element, "type"));
        var version = Text(element, "modified") ?? Text(element, "created") ?? now;
        if (id is null || type is null)
        {
            return new InboxObject(id ?? "", type ?? "", version) { Problem = "id or type is missing" };
        }

        var isId =
            id.Length <= 250
            && id.StartsWith(type + "--", StringComparison.Ordinal)
            && Guid.TryParseExact(id[(type.Length + 2)..], "D", out _);
        return new InboxObject(id, type, TaxiiTime.Read(version) is null ? now : version)
        {
            Problem =
                !isId ? "the id is not type--uuid"
                : Text(element, "spec_version") is { } spec && spec != "2.1" ? "only STIX 2.1 is taken"
                : null,
            Description = type == "sighting" ? Text(element, "description") : null,
            SightingOf = type == "sighting" ? Text(element, "sighting_of_ref") : null,
            Count =
                element.TryGetProperty("count", out var count)
                && count.ValueKind == JsonValueKind.Number
                && count.TryGetInt32(out var number)
                && number >= 0
                    ? number
                    : null,
            FirstSeen = Text(element, "first_seen") is { } first ? TaxiiTime.Read(first) : null,
            LastSeen = Text(element, "last_seen") is { } last ? TaxiiTime.Read(last) : null,
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 and <= 1_000 } text
            ? text
            : null;
}
