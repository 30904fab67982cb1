using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Noroshi.Hub.Intake;

/// <summary>Which way a mail went, seen from the organisation.</summary>
public enum MailDirection
{
    /// <summary>From outside to the organisation.</summary>
    [JsonStringEnumMemberName("inbound")]
    Inbound,

    /// <summary>From the organisation to the outside.</summary>
    [JsonStringEnumMemberName("outbound")]
    Outbound,

    /// <summary>Within the organisation.</summary>
    [JsonStringEnumMemberName("internal")]
    Internal,

    /// <summary>To the hub: the carrier of a reported mail.</summary>
    [JsonStringEnumMemberName("provision")]
    Provision,
}

/// <summary>One line of a manifest: what a provider says of one mail, or of a case without mail.</summary>
public sealed record ManifestLine
{
    /// <summary>Number of the line, from 1.</summary>
    [JsonIgnore]
    public int Number { get; init; }

    /// <summary>Path relative to the manifest's folder; null for a telephone or stated case.</summary>
    public string? File { get; init; }

    /// <summary>Id of the organisation.</summary>
    public required string Organization { get; init; }

    /// <summary>Id of the contact window.</summary>
    public string? Window { get; init; }

    /// <summary>Number of the provision it belongs to.</summary>
    public string? Provision { get; init; }

    /// <summary><c>member</c>, <c>desk</c> or <c>hub</c>.</summary>
    public string? Intake { get; init; }

    /// <summary>Direction as stated.</summary>
    public MailDirection? Direction { get; init; }

    /// <summary><c>mail</c>, <c>form</c>, <c>phone</c>, <c>unknown</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>When the organisation received or sent it.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>When the hub received it.</summary>
    public DateTimeOffset? ProvidedAt { get; init; }

    /// <summary><c>targeted</c>, <c>mass</c>, <c>spam</c>, <c>harmless</c>, <c>unknown</c>.</summary>
    public string? Verdict { get; init; }

    /// <summary>Malicious destinations (不正接続先).</summary>
    [AllowNull]
    public IReadOnlyList<Destination> Destinations
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Replies, phone calls and openings that a person states.</summary>
    [AllowNull]
    public IReadOnlyList<StatedEvent> StatedEvents
    {
        get;
        init => field = value ?? [];
    } = [];
}

/// <summary>A malicious destination as observed.</summary>
public sealed record Destination(
    string Host,
    string? Ip = null,
    string? Country = null,
    DateOnly? CountryAsOf = null,
    string? CountrySource = null,
    string? Hijacked = null
);

/// <summary>An event that a person states.</summary>
public sealed record StatedEvent(string Kind, DateTimeOffset? At = null, string? Precision = null, string? Text = null);

/// <summary>Reads manifests (JSON Lines, UTF-8).</summary>
public static class Manifest
{
    /// <summary>Reads the lines; blank lines are passed over.</summary>
    /// <exception cref="IntakeFileException">A line is not of the contract's form; the message names it.</exception>
    public static IReadOnlyList<ManifestLine> Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var read = new List<ManifestLine>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            read.Add(ReadOne(line, number));
        }

        return read;
    }

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <exception cref="IntakeFileException">It is not of the contract's form; the message names it.</exception>
    public static ManifestLine ReadOne(string line, int number)
    {
        ManifestLine? read;
        try
        {
            NoNullInLists.Check(Encoding.UTF8.GetBytes(line));
            read = JsonSerializer.Deserialize(line, IntakeJson.Default.ManifestLine);
        }
        catch (JsonException error)
        {
            throw new IntakeFileException($"line {number}: {error.Message}", error);
        }

        if (read is null)
        {
            throw new IntakeFileException($"line {number}: null");
        }

        if (read.File is null && read.StatedEvents.Count == 0)
        {
            throw new IntakeFileException($"line {number}: neither 'file' nor 'statedEvents'");
        }

        return read with
        {
            Number = number,
        };
    }
}

/// <summary>Times of files that operators write (RFC 3339): without an offset they would mean another moment on every machine.</summary>
internal sealed class TimeWithOffset : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out var time) || !HasOffset(reader.GetString() ?? ""))
        {
            throw new JsonException("a time is written 2013-10-17T09:02:00+09:00, with its offset");
        }

        return time;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    private static bool HasOffset(string text) =>
        text.EndsWith('Z')
        || (text.IndexOf('T', StringComparison.Ordinal) is > 0 and var start && text.AsSpan(start).ContainsAny('+', '-'));
}
