namespace Noroshi.Hub.Campaigns;

/// <summary>How a family weighs.</summary>
/// <param name="Agreement">m of Fellegi and Sunter (1969): chance that two mails of one attacker share a value of the family.</param>
/// <param name="Cap">Bits the family can give at most.</param>
/// <param name="Generic">
/// Values used by many say nothing any more. Values of other families identify, however many mails an attacker sends with them.
/// </param>
public sealed record EvidenceRule(double Agreement, double Cap, bool Generic);

/// <summary>The weights, one line a family; <c>./noroshi evaluate</c> is what they were tuned with.</summary>
public static class EvidenceRules
{
    /// <summary>Version of the rules, stated with every result.</summary>
    public const string Version = "2026-11-1";

    /// <summary>Bits of two mails of which nothing is known.</summary>
    public const double Prior = -10;

    /// <summary>From here on two mails are linked.</summary>
    public const double Probable = 12;

    /// <summary>From here on the link is strong.</summary>
    public const double Strong = 20;

    /// <summary>From here on one link is enough for an exchange by itself.</summary>
    public const double Overwhelming = 30;

    /// <summary>From here on a link is suggested, outside campaigns.</summary>
    public const double Suggestion = 8;

    /// <summary>What further values of a family add, as a part of what they would be worth alone.</summary>
    public const double Further = 0.25;

    /// <summary>Weight of the background against counted mails, as a number of mails.</summary>
    public const double BackgroundMails = 1_000;

    /// <summary>
    /// Mails counted against an identifying value at most: an attacker with an eighth of all mails must not become invisible through his own
    /// diligence. As many as a campaign has representatives.
    /// </summary>
    public const int MostCounted = 12;

    private static readonly EvidenceRule[] Rules = [.. Enum.GetValues<EvidenceFamily>().Select(RuleOf)];

    /// <summary>Part of all mails that one attacker may have before his values count as everybody's.</summary>
    public const double LargestPart = 0.25;

    /// <summary>The rule of a family.</summary>
    public static EvidenceRule Of(EvidenceFamily family) => Rules[(int)family];

    /// <summary>
    /// Whether a value identifies whoever uses it, however many mails have it. Links of the text and pictures do not: they are anybody's,
    /// like the foot of a mailing list, until an analyst or a sample names the host as a destination.
    /// </summary>
    public static bool Identifies(Feature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        return !Of(feature.Family).Generic && feature.Kind is not ("url-host" or "url-domain" or "url-path" or "image");
    }

    private static EvidenceRule RuleOf(EvidenceFamily family) =>
        family switch
        {
            EvidenceFamily.Prior => new(1, 0, Generic: true),
            EvidenceFamily.FileHash => new(0.95, 20, Generic: false),
            EvidenceFamily.DocumentTrait => new(0.8, 16, Generic: false),
            EvidenceFamily.Destination => new(0.7, 16, Generic: false),
            EvidenceFamily.SenderAddress => new(0.8, 12, Generic: false),
            EvidenceFamily.Persona => new(0.5, 8, Generic: true),
            EvidenceFamily.Origin => new(0.4, 8, Generic: true),
            EvidenceFamily.Composition => new(0.6, 8, Generic: true),
            EvidenceFamily.Text => new(0.5, 10, Generic: true),
            EvidenceFamily.TimeBurst => new(0.3, 4, Generic: true),
            EvidenceFamily.Target => new(0.5, 2, Generic: true),
            _ => throw new ArgumentOutOfRangeException(nameof(family), family, "no family of evidence"),
        };

    /// <summary>The word of the contract.</summary>
    public static string Word(EvidenceFamily family) =>
        family switch
        {
            EvidenceFamily.Prior => "prior",
            EvidenceFamily.FileHash => "file-hash",
            EvidenceFamily.DocumentTrait => "document-trait",
            EvidenceFamily.Destination => "destination",
            EvidenceFamily.SenderAddress => "sender-address",
            EvidenceFamily.Persona => "persona",
            EvidenceFamily.Origin => "origin",
            EvidenceFamily.Composition => "composition",
            EvidenceFamily.Text => "text",
            EvidenceFamily.TimeBurst => "time-burst",
            EvidenceFamily.Target => "target",
            _ => throw new ArgumentOutOfRangeException(nameof(family), family, "no family of evidence"),
        };
}
