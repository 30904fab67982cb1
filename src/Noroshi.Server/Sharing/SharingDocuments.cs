using System.Text.Json.Serialization;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Sharing.Sanitising;

namespace Noroshi.Server.Sharing;

/// <summary>Where the work on a draft stands.</summary>
internal enum DraftState
{
    /// <summary>Being written, or waiting for approvals.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>Shared; editing it makes the next version.</summary>
    [JsonStringEnumMemberName("shared")]
    Shared,

    /// <summary>Taken back: its item is retracted.</summary>
    [JsonStringEnumMemberName("retracted")]
    Retracted,

    /// <summary>Given up before it was shared.</summary>
    [JsonStringEnumMemberName("dropped")]
    Dropped,
}

/// <summary>What a draft is made of: it is made anew from this whenever somebody changes it.</summary>
/// <param name="Mails">Keys of mails, ordinal.</param>
/// <param name="Conversations">Ids of exchanges, ordinal.</param>
/// <param name="Case">Id of the case.</param>
/// <param name="WithCampaign">Whether the series is told.</param>
internal sealed record DraftSelection(IReadOnlyList<string> Mails, IReadOnlyList<string> Conversations, string? Case, bool WithCampaign);

/// <summary>A draft as it is kept. It holds what would leave and keys of mails; nothing of what the rules took out.</summary>
internal sealed record DraftFile
{
    /// <summary>What it is made of.</summary>
    public required DraftSelection Selection { get; init; }

    /// <summary>What was made.</summary>
    public required ItemDraft Draft { get; init; }

    /// <summary>Texts in place of the suggested ones; null: as suggested.</summary>
    public IReadOnlyList<DraftPart<DraftText>>? Texts { get; init; }

    /// <summary>Words of mails to be quoted, by key, without names.</summary>
    public IReadOnlyDictionary<string, string> Excerpts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Values and keys that shall not be told, ordinal.</summary>
    public IReadOnlyList<string> Omitted { get; init; } = [];

    /// <summary>State.</summary>
    public DraftState State { get; init; }

    /// <summary>Fields that a person has to look at before anybody is asked.</summary>
    public int ToReview { get; init; }

    /// <summary>Id of who looked at them; null when nobody did since the last change.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>Id of the item that it became; null before it is shared.</summary>
    public Guid? Item { get; init; }

    /// <summary>Version that was shared last; 0 before.</summary>
    public int SharedVersion { get; init; }

    /// <summary>The draft as it was shared last; later changes are not in it.</summary>
    public ItemDraft? ReleasedDraft { get; init; }

    /// <summary>Ids of provisions that the hub itself made: nobody is asked for them.</summary>
    public IReadOnlyList<string> OfHub { get; init; } = [];

    /// <summary>Shares the minimal set fast (緊急共有).</summary>
    public bool Urgent { get; init; }

    /// <summary>Id of who made it.</summary>
    public required string By { get; init; }
}

/// <summary>A version that left, with what only the hub knows of it.</summary>
/// <param name="Release">What left.</param>
/// <param name="Draft">Id of the draft.</param>
/// <param name="Provisions">Ids of the provisions that it rests on, ordinal.</param>
/// <param name="Receivers">Ids of the organisations that it went to, ordinal.</param>
/// <param name="Digests">SHA-256 of each artefact as it left, by name of the format.</param>
/// <param name="By">Id of who released it.</param>
internal sealed record ReleaseFile(
    Release Release,
    string Draft,
    IReadOnlyList<string> Provisions,
    IReadOnlyList<string> Receivers,
    IReadOnlyDictionary<string, string> Digests,
    string By
)
{
    /// <summary>It left because a provider took its provision back: the versions before it are handed out no more.</summary>
    public bool TakesBack { get; init; }
}

/// <summary>What a member says about something that was shared with it.</summary>
internal enum SightingKind
{
    /// <summary>It came to us, too (受信あり).</summary>
    [JsonStringEnumMemberName("seen")]
    Seen,

    /// <summary>We looked and found nothing (受信なし).</summary>
    [JsonStringEnumMemberName("not-seen")]
    NotSeen,

    /// <summary>It was stopped before it reached anybody.</summary>
    [JsonStringEnumMemberName("blocked")]
    Blocked,

    /// <summary>The indicator points to something harmless.</summary>
    [JsonStringEnumMemberName("false-positive")]
    FalsePositive,
}

/// <summary>A sighting. One for each organisation and each thing; the newest counts.</summary>
/// <param name="Item">Id of the item.</param>
/// <param name="Indicator">Id of the indicator; null: the item as a whole.</param>
/// <param name="Organization">Who says it.</param>
/// <param name="By">Id of the person or key.</param>
/// <param name="Kind">What.</param>
/// <param name="Looked">Range and period that were looked at (確認範囲・期間).</param>
/// <param name="At">When it was said.</param>
/// <param name="Received">A relay's totals: handed on to so many.</param>
/// <param name="Positive">A relay's totals: seen by so many of them.</param>
internal sealed record Sighting(
    Guid Item,
    Guid? Indicator,
    string Organization,
    string By,
    SightingKind Kind,
    string? Looked,
    DateTimeOffset At,
    int? Received = null,
    int? Positive = null
);

/// <summary>The hub's own id among its receivers, drawn once.</summary>
internal sealed record HubIdentity(Guid Id);

/// <summary>Make a draft.</summary>
internal sealed record DraftRequest(
    ItemKind Kind,
    Audience Audience,
    Marking Marking,
    IReadOnlyList<string>? Mails = null,
    IReadOnlyList<string>? Conversations = null,
    string? Case = null,
    bool WithCampaign = true,
    BothLanguages? Contact = null,
    IReadOnlyList<TextRequest>? Texts = null,
    IReadOnlyList<IndicatorRequest>? Indicators = null,
    bool Urgent = false
);

/// <summary>A text of an analyst.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Ja">Japanese.</param>
/// <param name="En">English.</param>
/// <param name="RestsOn">Ids of the provisions whose facts it tells: it goes with them; empty: it tells no provider's facts.</param>
internal sealed record TextRequest(TextPlace Place, string Ja, string En, IReadOnlyList<string>? RestsOn = null);

/// <summary>An indicator that the hub itself brings in.</summary>
internal sealed record IndicatorRequest(IndicatorKind Kind, string Value, IndicatorRole Role);

/// <summary>Change a draft; what is null stays.</summary>
internal sealed record DraftChange(
    long Version,
    Audience? Audience = null,
    Marking? Marking = null,
    BothLanguages? Contact = null,
    IReadOnlyList<TextRequest>? Texts = null,
    IReadOnlyDictionary<string, string>? Excerpts = null,
    IReadOnlyList<string>? Omit = null,
    bool? Urgent = null
);

/// <summary>Names the version that an order rests on.</summary>
internal sealed record DraftStep(long Version);

/// <summary>Release a draft.</summary>
/// <param name="Version">Version of the draft.</param>
/// <param name="WithoutPending">Leaves out those who have not answered yet.</param>
/// <param name="WordsLookedAt">A person looked at the short words that the gate found.</param>
/// <param name="Change">What changed against the version before; demanded from version 2 on.</param>
internal sealed record ReleaseOrder(long Version, bool WithoutPending = false, bool WordsLookedAt = false, BothLanguages? Change = null);

/// <summary>Take an item back.</summary>
internal sealed record RetractOrder(BothLanguages Reason);

/// <summary>What a provider decides.</summary>
internal sealed record DecisionOrder(ApprovalVerb Verb, string Hash, string? Words = null);

/// <summary>What a provider allows to be published.</summary>
internal sealed record PublicationOrder(PublicationApproval Answer, string Hash);

/// <summary>What a member saw.</summary>
internal sealed record SightingOrder(
    SightingKind Kind,
    Guid? Indicator = null,
    string? Looked = null,
    int? Received = null,
    int? Positive = null
);

/// <summary>A draft as analysts see it.</summary>
internal sealed record DraftView(
    string Id,
    long Version,
    DateTimeOffset At,
    DraftFile Draft,
    SanitisedItem Preview,
    IReadOnlyList<ApprovalSummary> Approvals
);

/// <summary>Where one provider stands.</summary>
internal sealed record ApprovalSummary(
    string Id,
    string Organization,
    ApprovalState State,
    DateTimeOffset? Deadline,
    string? Words,
    PublicationApproval Publication
);

/// <summary>What the gate says of the artefacts of a draft. For the hub only.</summary>
/// <param name="Verdict">The worst verdict.</param>
/// <param name="Hits">Words found.</param>
/// <param name="Incomplete">Forms that could not be looked through whole: the item is too large, or holds too many layers. Divide it.</param>
internal sealed record LeakView(Hub.Sharing.Gate.GateVerdict Verdict, IReadOnlyList<LeakHit> Hits, IReadOnlyList<string> Incomplete);

/// <summary>A word that was found.</summary>
internal sealed record LeakHit(string Format, string Organization, string Word, bool Blocks, string Path);

/// <summary>What a provider is asked for: exactly what would leave of its own.</summary>
/// <param name="Id">Id of the question.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Mode">How it is asked.</param>
/// <param name="Hash">To be sent back with the decision.</param>
/// <param name="Deadline">Until when.</param>
/// <param name="Item">What would leave; ids are drawn when it does.</param>
/// <param name="Diffs">Every field of its own mails as given and as it would leave, with the rules.</param>
/// <param name="Formats">Names of the formats in which it would leave.</param>
/// <param name="Words">What was said to it before.</param>
/// <param name="Jointly">What may be told besides when other providers agree, too: the same words whether there are others or not.</param>
internal sealed record ApprovalView(
    string Id,
    ApprovalState State,
    ApprovalMode Mode,
    string? Hash,
    DateTimeOffset? Deadline,
    SanitisedItem Item,
    IReadOnlyList<FieldDiff> Diffs,
    IReadOnlyList<string> Formats,
    string? Words,
    IReadOnlyList<BothLanguages> Jointly
);

/// <summary>An item in a list.</summary>
internal sealed record ItemLine(
    Guid Id,
    int Version,
    ItemKind Kind,
    BothLanguages Title,
    Tlp Tlp,
    DateTimeOffset FirstAt,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt,
    bool Retracted
);

/// <summary>How many saw it, told as a band only.</summary>
/// <param name="Own">What the asking organisation said itself; null when nothing.</param>
/// <param name="Band">Corporate groups that said <see cref="SightingKind.Seen"/> or <see cref="SightingKind.Blocked"/>: null below 3.</param>
internal sealed record SightingView(SightingKind? Own, string? Band);

/// <summary>Who got which version. For the hub only.</summary>
internal sealed record ReceiverList(Guid Item, IReadOnlyList<ReceivedVersion> Versions);

/// <summary>A version and where it went.</summary>
internal sealed record ReceivedVersion(int Version, DateTimeOffset At, IReadOnlyList<string> Organizations);

/// <summary>A release with who may see it, for the scope.</summary>
/// <param name="File">The newest version.</param>
/// <param name="Readers">Ids of the organisations of its audience, as of now.</param>
internal sealed record SharedItem(ReleaseFile File, IReadOnlyList<string> Readers);
