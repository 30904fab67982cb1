using System.Text.Json.Serialization;
using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Sharing.Drafts;

/// <summary>Where a text of an item stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TextPlace>))]
public enum TextPlace
{
    /// <summary>Title.</summary>
    [JsonStringEnumMemberName("title")]
    Title,

    /// <summary>Summary.</summary>
    [JsonStringEnumMemberName("summary")]
    Summary,

    /// <summary>Countermeasure, or what to look for.</summary>
    [JsonStringEnumMemberName("countermeasure")]
    Countermeasure,

    /// <summary>What changed against the version before.</summary>
    [JsonStringEnumMemberName("change")]
    Change,
}

/// <summary>
/// Something that may leave, and the provisions that it rests on. A part stays when the providers of <em>all</em> of them agree; equal parts of
/// different providers stand side by side, and the item shows one as long as one of them stays.
/// </summary>
/// <param name="Value">What would leave.</param>
/// <param name="Provisions">Ids of the provisions, ordinal; empty for what the hub itself brings in.</param>
public sealed record DraftPart<T>(T Value, IReadOnlyList<string> Provisions)
    where T : class;

/// <summary>A sentence or paragraph.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Text">The words, pseudonymised and looked through by a person.</param>
public sealed record DraftText(TextPlace Place, BothLanguages Text);

/// <summary>A mail that would be told. Its label is given when the item is put together, so that a part that is left out leaves no gap.</summary>
/// <param name="Key">Key of the mail inside the hub; never leaves.</param>
/// <param name="Mail">What would be told; label and answers are empty.</param>
/// <param name="Answers">Keys of the mails that it answers.</param>
public sealed record DraftMail(string Key, SanitisedMail Mail, IReadOnlyList<string> Answers)
{
    /// <summary>
    /// URLs of which a token stands in the mail, as they are told when another group saw the very same. Never part of an item; an approval
    /// binds them.
    /// </summary>
    public IReadOnlyList<string> WholeUrls { get; init; } = [];
}

/// <summary>An exchange that would be told.</summary>
/// <param name="Stage">How far it went.</param>
/// <param name="AttackFirst">The attack stands before any reply.</param>
/// <param name="Window">Kind of window.</param>
/// <param name="Rows">Rows in order; labels are given when the item is put together.</param>
public sealed record DraftConversation(ConversationStage Stage, bool AttackFirst, WindowKind Window, IReadOnlyList<DraftRow> Rows);

/// <summary>One row.</summary>
/// <param name="Message">What would be told; label and mail are empty. Texts name earlier rows as <c>{row:N}</c> (1-based), mails never.</param>
/// <param name="Key">Key of the attacker's mail among the draft's; null for a member's reply.</param>
public sealed record DraftRow(SanitisedMessage Message, string? Key);

/// <summary>An indicator that would be told.</summary>
/// <param name="Indicator">What would be told; id and labels are empty.</param>
/// <param name="Keys">Keys of the mails that show it.</param>
public sealed record DraftIndicator(SanitisedIndicator Indicator, IReadOnlyList<string> Keys);

/// <summary>
/// An item before it leaves: what the analysts made of provisions by the rule table, with the provisions behind each part. The provisions are
/// known to the hub only; <see cref="ItemAssembly"/> leaves them out.
/// </summary>
public sealed record ItemDraft
{
    /// <summary>Kind.</summary>
    public required ItemKind Kind { get; init; }

    /// <summary>Origin.</summary>
    public required ItemOrigin Origin { get; init; }

    /// <summary>Whom it shall go to.</summary>
    public required Audience Audience { get; init; }

    /// <summary>How it may be used.</summary>
    public required Marking Marking { get; init; }

    /// <summary>Whom to ask.</summary>
    public required BothLanguages Contact { get; init; }

    /// <summary>Texts, in the order in which they are read.</summary>
    public IReadOnlyList<DraftPart<DraftText>> Texts { get; init; } = [];

    /// <summary>Mails, oldest first.</summary>
    public IReadOnlyList<DraftPart<DraftMail>> Mails { get; init; } = [];

    /// <summary>Exchanges.</summary>
    public IReadOnlyList<DraftPart<DraftConversation>> Conversations { get; init; } = [];

    /// <summary>Indicators; one that several providers reported stands once for each.</summary>
    public IReadOnlyList<DraftPart<DraftIndicator>> Indicators { get; init; } = [];

    /// <summary>Hypotheses about the series, the best first: the first one whose evidence stays is told.</summary>
    public IReadOnlyList<DraftPart<SanitisedCampaign>> Campaigns { get; init; } = [];

    /// <summary>Every provision behind any part, ordinal.</summary>
    public IReadOnlyList<string> Provisions() =>
        [
            .. Texts
                .SelectMany(part => part.Provisions)
                .Concat(Mails.SelectMany(part => part.Provisions))
                .Concat(Conversations.SelectMany(part => part.Provisions))
                .Concat(Indicators.SelectMany(part => part.Provisions))
                .Concat(Campaigns.SelectMany(part => part.Provisions))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}
