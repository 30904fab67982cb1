using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Search;

namespace Noroshi.Server.Search;

/// <summary>Answer of a search.</summary>
/// <param name="Hits">Mails that fit, newest first.</param>
/// <param name="Cursor">To go on with; null at the end. A page may be short, or empty, and still go on.</param>
/// <param name="Notices">What was understood otherwise than it may have been meant.</param>
internal sealed record SearchAnswer(IReadOnlyList<SearchHit> Hits, string? Cursor, IReadOnlyList<SearchMessage> Notices);

/// <summary>A mail that fits.</summary>
internal sealed record SearchHit
{
    /// <summary>Key of the mail.</summary>
    public required string Mail { get; init; }

    /// <summary>Number of its provision.</summary>
    public required string Provision { get; init; }

    /// <summary>When it was received; not later than the hub received it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the hub received it.</summary>
    public required DateTimeOffset ProvidedAt { get; init; }

    /// <summary>Organisation.</summary>
    public string? Organization { get; init; }

    /// <summary>Window.</summary>
    public string? Window { get; init; }

    /// <summary>Sender.</summary>
    public required string From { get; init; }

    /// <summary>Subject.</summary>
    public required string Subject { get; init; }

    /// <summary>First words.</summary>
    public required string Excerpt { get; init; }

    /// <summary>Names of files.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Verdict; for the hub only.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Ids of cases; for the hub only.</summary>
    public IReadOnlyList<string>? Cases { get; init; }

    /// <summary>Of a mail, for the hub or for its own organisation.</summary>
    public static SearchHit Of(FoundMail mail, bool hub)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var around = mail.Surroundings;
        return new SearchHit
        {
            Mail = around.Key,
            Provision = around.Number,
            ReceivedAt = mail.Document.ReceivedAt,
            ProvidedAt = around.ProvidedAt,
            Organization = around.Header?.Organization,
            Window = around.Header?.Window,
            From = mail.From,
            Subject = mail.Subject,
            Excerpt = mail.Excerpt,
            Files = mail.Files,
            Verdict = hub ? around.Verdict : null,
            Cases = hub ? [.. around.Cases.Select(one => one.Id)] : null,
        };
    }
}

/// <summary>How searches are answered.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(JournalPage))]
internal sealed partial class SearchJson : JsonSerializerContext;
