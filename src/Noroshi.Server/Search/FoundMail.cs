using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Search;

namespace Noroshi.Server.Search;

/// <summary>What is known of a mail beside its own document, as it is now.</summary>
internal sealed record MailSurroundings
{
    /// <summary>Key of the mail.</summary>
    public required string Key { get; init; }

    /// <summary>Id of the provision, for the journal.</summary>
    public required string Provision { get; init; }

    /// <summary>Its number.</summary>
    public required string Number { get; init; }

    /// <summary>When the hub received it.</summary>
    public required DateTimeOffset ProvidedAt { get; init; }

    /// <summary>The provision's header; null when it was erased.</summary>
    public ProvisionHeader? Header { get; init; }

    /// <summary>The organisation that it belongs to.</summary>
    public Organization? Organization { get; init; }

    /// <summary>Verdict.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Cases that hold it: ids and titles.</summary>
    public IReadOnlyList<(string Id, string Title)> Cases { get; init; } = [];
}

/// <summary>A mail as search sees it: texts to look in, and what of it is shown.</summary>
/// <param name="Document">What is searched.</param>
/// <param name="Surroundings">What is known beside.</param>
/// <param name="From">Sender as shown.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Excerpt">First words of the text.</param>
/// <param name="Files">Names of its attachments.</param>
internal sealed record FoundMail(
    SearchDocument Document,
    MailSurroundings Surroundings,
    string From,
    string Subject,
    string Excerpt,
    IReadOnlyList<string> Files
)
{
    /// <summary>Label of the scope of what belongs to no organisation: the help desk's and the hub's own.</summary>
    public const string HubScope = "hub";

    private const int LongestExcerpt = 160;
    private const int MostFiles = 20;

    /// <summary>Label of the scope of an organisation.</summary>
    public static string ScopeOf(string? organization) => organization is null ? HubScope : "o:" + organization;

    /// <summary>From a MAIL object of the contract (kind <c>anatomy</c>); null when it is none.</summary>
    public static FoundMail? Of(ReadOnlyMemory<byte> anatomy, MailSurroundings surroundings)
    {
        try
        {
            using var json = JsonDocument.Parse(anatomy, new JsonDocumentOptions { MaxDepth = 200 });
            return json.RootElement.ValueKind == JsonValueKind.Object ? Of(json.RootElement, surroundings) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static FoundMail Of(JsonElement mail, MailSurroundings around)
    {
        var texts = new MailTexts();
        texts.AddMail(mail);
        AddSurroundings(texts, around);
        // A clock that runs ahead, or one who pretends it, does not put a mail above what comes later.
        var received =
            DateTimeOffset.TryParse(MailTexts.TextOf(mail, "receivedAt"), CultureInfo.InvariantCulture, DateTimeStyles.None, out var said)
            && said < around.ProvidedAt
                ? said
                : around.ProvidedAt;
        var organization = around.Header?.Organization;
        var body = MailTexts.TextOf(mail, "text");
        return new FoundMail(
            new SearchDocument(around.Key, ScopeOf(organization), received, texts.All) { Window = around.Header?.Window },
            around,
            MailTexts.AddressOf(mail, "from"),
            MailTexts.TextOf(mail, "subject"),
            Excerpted(body),
            MailTexts.NamesOf(mail, MostFiles)
        );
    }

    private static void AddSurroundings(MailTexts texts, MailSurroundings around)
    {
        texts.Add(SearchField.Number, around.Number);
        texts.Add(SearchField.Header, around.Key);
        if (around.Header is { } header)
        {
            texts.Add(SearchField.Number, header.Reference);
            texts.Add(SearchField.Kind, KindWords(header.Kind));
            texts.Add(SearchField.Kind, header.Intake);
            texts.Add(SearchField.Window, header.Window);
            texts.Add(SearchField.Body, header.Note);
            texts.Add(SearchField.Organization, header.Organization);
        }

        if (around.Organization is { } organization)
        {
            texts.Add(SearchField.Organization, organization.NameJa);
            texts.Add(SearchField.Organization, organization.NameEn);
            texts.Add(SearchField.Window, organization.Windows.FirstOrDefault(one => one.Id == around.Header?.Window)?.NameJa);
        }

        texts.Add(SearchField.Verdict, around.Verdict is { } verdict ? VerdictWords(verdict) : null);
        foreach (var (id, title) in around.Cases)
        {
            texts.Add(SearchField.Case, id);
            texts.Add(SearchField.Case, title);
        }
    }

    private static string KindWords(ProvisionKind kind) =>
        kind switch
        {
            ProvisionKind.Mail => "mail メール",
            ProvisionKind.Traffic => "traffic 不審な通信",
            ProvisionKind.Incident => "incident インシデント",
            ProvisionKind.Consultation => "consultation 相談",
        };

    private static string VerdictWords(Verdict verdict) =>
        verdict switch
        {
            Verdict.Unknown => "unknown 判定不能",
            Verdict.Targeted => "targeted 標的型攻撃メール",
            Verdict.MassMailed => "mass ばらまき型",
            Verdict.Spam => "spam 迷惑メール",
            Verdict.Harmless => "harmless 無害",
        };

    private static string Excerpted(string body)
    {
        var line = string.Join(
            ' ',
            body[..Math.Min(body.Length, 4 * LongestExcerpt)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
        if (line.Length <= LongestExcerpt)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[LongestExcerpt - 1]) ? LongestExcerpt - 1 : LongestExcerpt;
        return line[..end] + "…";
    }
}
