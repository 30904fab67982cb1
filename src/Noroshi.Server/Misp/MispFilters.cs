using System.Globalization;
using System.Text.Json;
using Noroshi.Exchange.Misp;

namespace Noroshi.Server.Misp;

/// <summary>
/// What a MISP client asks of the index, as far as it narrows: tags and organisations (with <c>!</c> for "not"), newer than a time, page. Other
/// words of MISP's index narrow nothing here.
/// </summary>
internal sealed record MispFilters
{
    private const int MostBytes = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Only what a pulling server compares.</summary>
    public bool Minimal { get; init; }

    /// <summary>Names of tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Names or ids of organisations.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>Seconds since 1970; older ones are left out.</summary>
    public long Since { get; init; }

    /// <summary>How many; null: all.</summary>
    public int? Limit { get; init; }

    /// <summary>Which page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="JsonException">It is not JSON, or too long.</exception>
    public static async Task<JsonElement> ReadAsync(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var bytes = new byte[MostBytes + 1];
        var read = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        if (read > MostBytes)
        {
            throw new JsonException("too long");
        }

        if (read == 0)
        {
            return default;
        }

        using var document = JsonDocument.Parse(bytes.AsMemory(0, read), Strict);
        return document.RootElement.Clone();
    }

    /// <summary>The filters of a body.</summary>
    public static MispFilters Of(JsonElement body) =>
        body.ValueKind != JsonValueKind.Object
            ? new MispFilters()
            : new MispFilters
            {
                Minimal = IsTrue(body, "minimal"),
                Tags = [.. Texts(body, "tag"), .. Texts(body, "tags")],
                Organizations = Texts(body, "org"),
                Since = Number(body, "timestamp") ?? Number(body, "publish_timestamp") ?? 0,
                Limit = Number(body, "limit") is > 0 and <= 100_000 and var limit ? (int)limit : null,
                Page = Number(body, "page") is > 0 and <= 1_000_000 and var page ? (int)page : 1,
            };

    /// <summary>What is left of a list.</summary>
    public IEnumerable<MispHead> Of(IEnumerable<MispHead> events)
    {
        var left = events.Where(one =>
            one.Timestamp >= Since
            && Fits(Tags, word => one.TagNames.Any(tag => tag.Equals(word, StringComparison.OrdinalIgnoreCase)))
            && Fits(
                Organizations,
                word =>
                    word.Equals(one.OrganizationName, StringComparison.OrdinalIgnoreCase)
                    || word.Equals(one.Hub.Id.ToString("D"), StringComparison.OrdinalIgnoreCase)
            )
        );
        return Limit is { } limit ? left.Skip((int)Math.Min((long)limit * (Page - 1), int.MaxValue)).Take(limit) : left;
    }

    /// <summary>Whether a switch is set: <c>true</c>, <c>1</c>, <c>"1"</c>, <c>[0,1]</c>.</summary>
    public static bool IsTrue(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && IsTrue(value);

    private static bool IsTrue(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.Number => value.TryGetInt32(out var number) && number == 1,
            JsonValueKind.String => value.GetString() is "1" or "true" or "only",
            JsonValueKind.Array => value.EnumerateArray().Any(IsTrue),
            JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.Object => false,
        };

    private static bool Fits(IReadOnlyList<string> words, Func<string, bool> has)
    {
        var wanted = words.Where(word => !word.StartsWith('!')).ToList();
        return (wanted.Count == 0 || wanted.Exists(word => has(word))) && !words.Any(word => word.StartsWith('!') && has(word[1..]));
    }

    private static List<string> Texts(JsonElement body, string name) =>
        !body.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [.. (value.GetString() ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries)]
        : value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString() ?? "").Take(200)]
        : [];

    private static long? Number(JsonElement body, string name) =>
        !body.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : value.ValueKind == JsonValueKind.String
        && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var text)
            ? text
        : null;
}
