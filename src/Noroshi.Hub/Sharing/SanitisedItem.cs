using System.Text.Json.Serialization;
using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Sharing;

/// <summary>What an item is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ItemKind>))]
public enum ItemKind
{
    /// <summary>A warning with indicators (注意喚起).</summary>
    [JsonStringEnumMemberName("alert")]
    Alert,

    /// <summary>A first notice while the analysis goes on (分析中).</summary>
    [JsonStringEnumMemberName("first-notice")]
    FirstNotice,

    /// <summary>A conversational case as a table of its messages (Table 1).</summary>
    [JsonStringEnumMemberName("case")]
    Case,

    /// <summary>Material for windows: one page and an anonymised worked case.</summary>
    [JsonStringEnumMemberName("window-material")]
    WindowMaterial,
}

/// <summary>Where an item comes from. Nothing more is ever said of its providers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ItemOrigin>))]
public enum ItemOrigin
{
    /// <summary>Provisions of members or of the help desk.</summary>
    [JsonStringEnumMemberName("provisions")]
    Provisions,

    /// <summary>The hub itself.</summary>
    [JsonStringEnumMemberName("hub")]
    Hub,
}

/// <summary>A text in both languages of the hub.</summary>
/// <param name="Ja">Japanese.</param>
/// <param name="En">English.</param>
public sealed record BothLanguages(string Ja, string En)
{
    /// <summary>Nothing.</summary>
    public static BothLanguages Empty { get; } = new("", "");
}

/// <summary>
/// What leaves the hub: built anew from allow-listed, typed fields by the rule table (<c>SanitisingRules</c>), never cut out of a mail. It has no
/// field for a provider, a recipient, a raw header, a body or the bytes of a file; formats take nothing else, so none of them can leak one.
/// </summary>
public sealed record SanitisedItem
{
    /// <summary>Random id of this item for this audience (RFC 9562 version 4): the same facts for another audience have another.</summary>
    public required Guid Id { get; init; }

    /// <summary>1, then counted up by amendments and the retraction.</summary>
    public required int Version { get; init; }

    /// <summary>Kind.</summary>
    public required ItemKind Kind { get; init; }

    /// <summary>Origin.</summary>
    public required ItemOrigin Origin { get; init; }

    /// <summary>Title.</summary>
    public required BothLanguages Title { get; init; }

    /// <summary>Two lines: what happens, to whom it matters.</summary>
    public required BothLanguages Summary { get; init; }

    /// <summary>What to do, or what to look for; never empty.</summary>
    public required BothLanguages Countermeasure { get; init; }

    /// <summary>Whom to ask: a place of the hub.</summary>
    public required BothLanguages Contact { get; init; }

    /// <summary>How it may be used.</summary>
    public required Marking Marking { get; init; }

    /// <summary>Whom it goes to.</summary>
    public required Audience Audience { get; init; }

    /// <summary>The attacker's mails, oldest first.</summary>
    public IReadOnlyList<SanitisedMail> Mails { get; init; } = [];

    /// <summary>Exchanges as tables.</summary>
    public IReadOnlyList<SanitisedConversation> Conversations { get; init; } = [];

    /// <summary>What machines look for, in the order of <see cref="IndicatorKind"/>, then ordinal.</summary>
    public IReadOnlyList<SanitisedIndicator> Indicators { get; init; } = [];

    /// <summary>The series that it belongs to, hedged; null when none is told.</summary>
    public SanitisedCampaign? Campaign { get; init; }

    /// <summary>Withdrawn by the hub: receivers stop acting on every earlier version.</summary>
    public bool Retracted { get; init; }

    /// <summary>What changed against the version before, or why it is retracted; empty for version 1.</summary>
    public BothLanguages Change { get; init; } = BothLanguages.Empty;
}

/// <summary>An address of the attacker with its name as a victim reads it.</summary>
/// <param name="Address">Address; null where it was dropped because it is somebody's of the community.</param>
/// <param name="Name">Display name, pseudonymised.</param>
public sealed record SanitisedSender(string? Address, string Name);

/// <summary>How many recipients a mail had: the number itself could point to a window.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CountBucket>))]
public enum CountBucket
{
    /// <summary>One.</summary>
    [JsonStringEnumMemberName("1")]
    One,

    /// <summary>2 to 5.</summary>
    [JsonStringEnumMemberName("2-5")]
    Few,

    /// <summary>6 to 20.</summary>
    [JsonStringEnumMemberName("6-20")]
    Several,

    /// <summary>More than 20.</summary>
    [JsonStringEnumMemberName(">20")]
    Many,
}

/// <summary>What kind of address a mail came to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WindowKind>))]
public enum WindowKind
{
    /// <summary>A published contact window (外部向け窓口).</summary>
    [JsonStringEnumMemberName("contact-window")]
    ContactWindow,

    /// <summary>A person or another address that is not published.</summary>
    [JsonStringEnumMemberName("other")]
    Other,
}

/// <summary>One of the attacker's mails.</summary>
public sealed record SanitisedMail
{
    /// <summary>Label inside this item, <c>#4-2</c>; pseudonyms of message ids use it too.</summary>
    public required string Label { get; init; }

    /// <summary>Sender; null when unknown.</summary>
    public SanitisedSender? From { get; init; }

    /// <summary>Reply-To, when it differs.</summary>
    public SanitisedSender? ReplyTo { get; init; }

    /// <summary>Subject, pseudonymised.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Time of reception: to the minute inside a group, to the hour outside (already cut); null when unknown or part of a conversation, which tells intervals.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How exactly <see cref="At"/> is told.</summary>
    public TimePrecision Precision { get; init; }

    /// <summary>Kind of address it came to.</summary>
    public WindowKind To { get; init; }

    /// <summary>How many recipients.</summary>
    public CountBucket Recipients { get; init; }

    /// <summary>Client address that a web-mail front wrote down (X-Originating-IP).</summary>
    public string? ClientIp { get; init; }

    /// <summary>Mail program as written.</summary>
    public string? Mailer { get; init; }

    /// <summary>Free-mail or other sending service.</summary>
    public string? SendingService { get; init; }

    /// <summary>Hops before the first host of a member, nearest to the sender last.</summary>
    public IReadOnlyList<SanitisedHop> Hops { get; init; } = [];

    /// <summary>Country of the earliest trustworthy external address, ISO 3166-1 alpha-2.</summary>
    public string? OriginCountry { get; init; }

    /// <summary>The attacker's own Message-ID; null when it is not his or names a member.</summary>
    public string? MessageId { get; init; }

    /// <summary>Labels of mails of this item that it answers.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>Verdicts: method and result only.</summary>
    public IReadOnlyList<SanitisedVerdict> Authentication { get; init; } = [];

    /// <summary>What was noticed: codes of the table of findings.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>Words of the attacker that were approved one by one; usually empty.</summary>
    public string Excerpt { get; init; } = "";

    /// <summary>Its files.</summary>
    public IReadOnlyList<SanitisedFile> Files { get; init; } = [];

    /// <summary>URLs as they may be told: unique parts are <c>{token}</c>.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];
}

/// <summary>One hop before the first member host.</summary>
/// <param name="From">Name of the peer.</param>
/// <param name="Ip">Its address.</param>
/// <param name="By">Host that wrote the header.</param>
public sealed record SanitisedHop(string? From, string? Ip, string? By);

/// <summary>A verdict of an authentication method.</summary>
/// <param name="Method"><c>spf</c>, <c>dkim</c>, <c>dmarc</c>.</param>
/// <param name="Result"><c>pass</c>, <c>fail</c>, …</param>
/// <param name="Domain">Domain of a DKIM signature (d), when it is not a member's.</param>
/// <param name="Selector">Selector (s).</param>
/// <param name="Algorithm">Algorithm (a).</param>
public sealed record SanitisedVerdict(
    string Method,
    string Result,
    string? Domain = null,
    string? Selector = null,
    string? Algorithm = null
);

/// <summary>A file of the attacker.</summary>
public sealed record SanitisedFile
{
    /// <summary>Stored name, pseudonymised; extension and direction marks are always kept.</summary>
    public required string Name { get; init; }

    /// <summary>What a victim sees, when it differs.</summary>
    public string? DisplayedName { get; init; }

    /// <summary>Type and format, as in the contract (<c>archive</c>/<c>rar5</c>).</summary>
    public required string Type { get; init; }

    /// <summary>Format.</summary>
    public required string Format { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>SHA-256, lower-case hex; null without consent.</summary>
    public string? Sha256 { get; init; }

    /// <summary>SHA-1.</summary>
    public string? Sha1 { get; init; }

    /// <summary>MD5.</summary>
    public string? Md5 { get; init; }

    /// <summary>Locked with a password.</summary>
    public bool Encrypted { get; init; }

    /// <summary>Unarchivers that open it or not, and on what basis.</summary>
    public IReadOnlyList<SanitisedOpening> OpensIn { get; init; } = [];

    /// <summary>Disguises.</summary>
    public IReadOnlyList<string> Disguises { get; init; } = [];

    /// <summary>Traits of the attacker's making (author, original path …) that passed the check, name to value, by name.</summary>
    public IReadOnlyList<SanitisedTrait> Traits { get; init; } = [];

    /// <summary>Files inside.</summary>
    public IReadOnlyList<SanitisedFile> Children { get; init; } = [];
}

/// <summary>Whether a program opens a file.</summary>
/// <param name="Program">Product of the closed list of unarchivers.</param>
/// <param name="Opens">Whether it does.</param>
/// <param name="Tried">True when tried; false when worked out from the format (対応形式から推定).</param>
public sealed record SanitisedOpening(string Program, bool Opens, bool Tried);

/// <summary>A trait of a file's making.</summary>
/// <param name="Kind">Kind, of the table of traits.</param>
/// <param name="Value">Value.</param>
public sealed record SanitisedTrait(string Kind, string Value);

/// <summary>An exchange as Table 1 tells it: roles and intervals, no clock times, nobody's name.</summary>
public sealed record SanitisedConversation
{
    /// <summary>Number inside the item: rows are <c>#number-row</c>.</summary>
    public required int Number { get; init; }

    /// <summary>How far it went.</summary>
    public required ConversationStage Stage { get; init; }

    /// <summary>The attack stands before any reply (添付先行型).</summary>
    public bool AttackFirst { get; init; }

    /// <summary>Kind of window.</summary>
    public WindowKind Window { get; init; }

    /// <summary>Rows in order.</summary>
    public required IReadOnlyList<SanitisedMessage> Messages { get; init; }
}

/// <summary>One row.</summary>
public sealed record SanitisedMessage
{
    /// <summary><c>#4-1</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Role (種別).</summary>
    public required MessageRole Role { get; init; }

    /// <summary>Known from the mail, a quote or by word.</summary>
    public required MessageSource Source { get; init; }

    /// <summary>Interval since the row before, seconds, cut to minutes; null when not known to the minute.</summary>
    public long? GapSeconds { get; init; }

    /// <summary>What is told (説明), made from typed facts: intents, file facts, a named product of the closed list.</summary>
    public required BothLanguages Description { get; init; }

    /// <summary>Label of the mail among <see cref="SanitisedItem.Mails"/>; null for the member's own replies, of which no mail is told.</summary>
    public string? Mail { get; init; }
}

/// <summary>Kinds of indicators, in the order in which they are listed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IndicatorKind>))]
public enum IndicatorKind
{
    /// <summary>Sender address.</summary>
    [JsonStringEnumMemberName("sender")]
    Sender,

    /// <summary>IP address of a sender or of a destination.</summary>
    [JsonStringEnumMemberName("ip")]
    Ip,

    /// <summary>Host name.</summary>
    [JsonStringEnumMemberName("host")]
    Host,

    /// <summary>URL; parts in braces are any text.</summary>
    [JsonStringEnumMemberName("url")]
    Url,

    /// <summary>SHA-256 of a file.</summary>
    [JsonStringEnumMemberName("sha256")]
    Sha256,

    /// <summary>SHA-1 of a file.</summary>
    [JsonStringEnumMemberName("sha1")]
    Sha1,

    /// <summary>MD5 of a file.</summary>
    [JsonStringEnumMemberName("md5")]
    Md5,

    /// <summary>Name of a file.</summary>
    [JsonStringEnumMemberName("file-name")]
    FileName,

    /// <summary>Subject of a mail.</summary>
    [JsonStringEnumMemberName("subject")]
    Subject,

    /// <summary>Message-ID of the attacker's mail.</summary>
    [JsonStringEnumMemberName("message-id")]
    MessageId,
}

/// <summary>What an indicator stands for in the attack.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IndicatorRole>))]
public enum IndicatorRole
{
    /// <summary>The mail's way to the victim.</summary>
    [JsonStringEnumMemberName("delivery")]
    Delivery,

    /// <summary>A malicious file (検体).</summary>
    [JsonStringEnumMemberName("sample")]
    Sample,

    /// <summary>A place where malware connects (不正接続先).</summary>
    [JsonStringEnumMemberName("destination")]
    Destination,
}

/// <summary>Whether a destination is somebody's honest site that was broken into.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HijackedSite>))]
public enum HijackedSite
{
    /// <summary>No.</summary>
    [JsonStringEnumMemberName("no")]
    No,

    /// <summary>Suspected.</summary>
    [JsonStringEnumMemberName("suspected")]
    Suspected,

    /// <summary>Confirmed by its owner; texts still say 「悪用されていたと思われる」.</summary>
    [JsonStringEnumMemberName("confirmed")]
    Confirmed,
}

/// <summary>One thing to look for.</summary>
public sealed record SanitisedIndicator
{
    /// <summary>Random id inside the hub's shares (RFC 9562 version 4): sightings name it.</summary>
    public required Guid Id { get; init; }

    /// <summary>Kind.</summary>
    public required IndicatorKind Kind { get; init; }

    /// <summary>Value as it is looked for, not defanged.</summary>
    public required string Value { get; init; }

    /// <summary>Part in the attack.</summary>
    public required IndicatorRole Role { get; init; }

    /// <summary>Labels of the mails that show it.</summary>
    public IReadOnlyList<string> Mails { get; init; } = [];

    /// <summary>Country of a destination, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>Day for which <see cref="Country"/> holds.</summary>
    public DateOnly? CountryAsOf { get; init; }

    /// <summary>Source of <see cref="Country"/>.</summary>
    public string? CountrySource { get; init; }

    /// <summary>Whether the destination is a hijacked legitimate site: blocking it for ever would harm its owner.</summary>
    public HijackedSite Hijacked { get; init; }
}

/// <summary>A series of attacks that appear to be one attacker's. Always hedged (「同一と思われる」).</summary>
public sealed record SanitisedCampaign
{
    /// <summary>Random id for this audience; the same campaign keeps it there.</summary>
    public required Guid Id { get; init; }

    /// <summary>Neutral alias.</summary>
    public required string Alias { get; init; }

    /// <summary>True for strong, false for probable.</summary>
    public required bool Strong { get; init; }

    /// <summary>Month of the first mail that is told (first day, JST).</summary>
    public DateOnly? FirstMonth { get; init; }

    /// <summary>Month of the last.</summary>
    public DateOnly? LastMonth { get; init; }

    /// <summary>Families of evidence that speak for it, by name of the manual's table.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Patterns of time, in approved words.</summary>
    public IReadOnlyList<BothLanguages> Patterns { get; init; } = [];
}
