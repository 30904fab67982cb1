using System.Text.Json.Serialization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>What a mail is judged to be. Statistics of attacks count <see cref="Targeted"/> only.</summary>
public enum Verdict
{
    /// <summary>Not judged, or not decidable (判定不能).</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>Targeted mail (標的型攻撃メール).</summary>
    [JsonStringEnumMemberName("targeted")]
    Targeted,

    /// <summary>Mass-mailed (ばらまき型).</summary>
    [JsonStringEnumMemberName("mass")]
    MassMailed,

    /// <summary>Advertising and fraud without a target (迷惑メール).</summary>
    [JsonStringEnumMemberName("spam")]
    Spam,

    /// <summary>Harmless (無害).</summary>
    [JsonStringEnumMemberName("harmless")]
    Harmless,
}

/// <summary>Why a verdict was proposed or given. Analysts choose one of the table, too: figures need reasons that can be counted.</summary>
public enum VerdictReason
{
    /// <summary>Nothing decides.</summary>
    [JsonStringEnumMemberName("undecided")]
    Undecided,

    /// <summary>The provider said so.</summary>
    [JsonStringEnumMemberName("stated")]
    Stated,

    /// <summary>The same text or malware at so many destinations.</summary>
    [JsonStringEnumMemberName("many-destinations")]
    ManyDestinations,

    /// <summary>Part of a conversational attack.</summary>
    [JsonStringEnumMemberName("conversational-attack")]
    ConversationalAttack,

    /// <summary>Belongs to a campaign whose other mails are judged targeted.</summary>
    [JsonStringEnumMemberName("campaign")]
    Campaign,

    /// <summary>A payload for one recipient: disguised, or made to do harm.</summary>
    [JsonStringEnumMemberName("payload")]
    Payload,

    /// <summary>An analyst's view of the whole.</summary>
    [JsonStringEnumMemberName("analyst")]
    Analyst,
}

/// <summary>What the rules say of a mail, for a person to confirm.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">Figures behind it: <c>12/10</c> destinations; null when there are none.</param>
public sealed record VerdictProposal(Verdict Verdict, VerdictReason Reason, string? Detail = null);

/// <summary>What the rules look at.</summary>
public sealed record VerdictFacts
{
    /// <summary>What the provider stated; null when nothing.</summary>
    public Verdict? Stated { get; init; }

    /// <summary>Distinct destinations (windows, or recipients where no window is known) of the near-identical mails, or of the same payload.</summary>
    public int Destinations { get; init; }

    /// <summary>The exchange's assessment; null when it belongs to none.</summary>
    public Assessment? Exchange { get; init; }

    /// <summary>The mail's part in the exchange; null when it belongs to none.</summary>
    public MessageRole? Role { get; init; }

    /// <summary>Whether it belongs to a campaign in which another mail is judged targeted.</summary>
    public bool InTargetedCampaign { get; init; }

    /// <summary>Whether it carries a payload.</summary>
    public bool HasPayload { get; init; }
}

/// <summary>Proposes verdicts. A person's verdict always stands above a proposal.</summary>
/// <param name="rules">Numbers that the community agreed on.</param>
public sealed class VerdictRules(CommunityRules rules)
{
    /// <summary>The numbers that the community has not changed.</summary>
    public VerdictRules()
        : this(CommunityRules.Usual) { }

    /// <summary>The numbers.</summary>
    public CommunityRules Numbers => rules;

    /// <summary>
    /// The first rule that fits. Mass mail comes before a campaign: the same text at ten windows is a mass mailing however alike its mails
    /// are. A conversation comes before mass mail: whoever answers a window's reply means that window.
    /// </summary>
    public VerdictProposal Propose(VerdictFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts switch
        {
            { Stated: { } stated and not Verdict.Unknown } => new(stated, VerdictReason.Stated),
            { Exchange: Assessment.High, Role: MessageRole.Attack or MessageRole.Reconnaissance } => new(
                Verdict.Targeted,
                VerdictReason.ConversationalAttack
            ),
            _ when facts.Destinations >= rules.MassMailedFrom => new(
                Verdict.MassMailed,
                VerdictReason.ManyDestinations,
                $"{facts.Destinations}/{rules.MassMailedFrom}"
            ),
            { InTargetedCampaign: true } => new(Verdict.Targeted, VerdictReason.Campaign),
            { Exchange: Assessment.Medium, Role: MessageRole.Attack } => new(Verdict.Targeted, VerdictReason.Payload),
            { HasPayload: true, Exchange: not null } => new(Verdict.Targeted, VerdictReason.Payload),
            _ => new(Verdict.Unknown, VerdictReason.Undecided),
        };
    }
}

/// <summary>A verdict that somebody gave.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Id of the analyst.</param>
/// <param name="Note">In his own words, for the hub only.</param>
public sealed record GivenVerdict(Verdict Verdict, VerdictReason Reason, string By, string? Note = null);
