using System.Text.Json.Serialization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>What a rule does with a value.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuleClass>))]
public enum RuleClass
{
    /// <summary>Carries it over: a fact about the attack (K).</summary>
    [JsonStringEnumMemberName("keep")]
    Keep,

    /// <summary>Makes it less exact (G).</summary>
    [JsonStringEnumMemberName("generalise")]
    Generalise,

    /// <summary>Puts a neutral word in its place (P).</summary>
    [JsonStringEnumMemberName("pseudonymise")]
    Pseudonymise,

    /// <summary>Leaves it out (D).</summary>
    [JsonStringEnumMemberName("drop")]
    Drop,

    /// <summary>Carries it over, and a person has to look at it (R).</summary>
    [JsonStringEnumMemberName("review")]
    Review,
}

/// <summary>The fields of which items are built, and those that are shown to the provider as left out.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SanitisedField>))]
public enum SanitisedField
{
    /// <summary>Address of From or Reply-To.</summary>
    [JsonStringEnumMemberName("sender-address")]
    SenderAddress,

    /// <summary>Display name of From or Reply-To.</summary>
    [JsonStringEnumMemberName("sender-name")]
    SenderName,

    /// <summary>Subject.</summary>
    [JsonStringEnumMemberName("subject")]
    Subject,

    /// <summary>Time of reception.</summary>
    [JsonStringEnumMemberName("time")]
    Time,

    /// <summary>To, Cc, Bcc.</summary>
    [JsonStringEnumMemberName("recipients")]
    Recipients,

    /// <summary>Address of the webmail's client.</summary>
    [JsonStringEnumMemberName("client-ip")]
    ClientIp,

    /// <summary>Mail program.</summary>
    [JsonStringEnumMemberName("mailer")]
    Mailer,

    /// <summary>Sending service.</summary>
    [JsonStringEnumMemberName("sending-service")]
    SendingService,

    /// <summary>A Received header.</summary>
    [JsonStringEnumMemberName("hop")]
    Hop,

    /// <summary>A name or address in a Received header that is carried over.</summary>
    [JsonStringEnumMemberName("hop-part")]
    HopPart,

    /// <summary>Message-ID.</summary>
    [JsonStringEnumMemberName("message-id")]
    MessageId,

    /// <summary>In-Reply-To and References.</summary>
    [JsonStringEnumMemberName("references")]
    References,

    /// <summary>A verdict of an authentication method.</summary>
    [JsonStringEnumMemberName("verdict")]
    Verdict,

    /// <summary>Domain of a signature.</summary>
    [JsonStringEnumMemberName("signing-domain")]
    SigningDomain,

    /// <summary>Body of an attacker's mail.</summary>
    [JsonStringEnumMemberName("body")]
    Body,

    /// <summary>Stored or displayed name of a file.</summary>
    [JsonStringEnumMemberName("file-name")]
    FileName,

    /// <summary>Digest of a file.</summary>
    [JsonStringEnumMemberName("file-hash")]
    FileHash,

    /// <summary>Trait of a file's making.</summary>
    [JsonStringEnumMemberName("file-trait")]
    FileTrait,

    /// <summary>URL.</summary>
    [JsonStringEnumMemberName("url")]
    Url,

    /// <summary>Malicious destination.</summary>
    [JsonStringEnumMemberName("destination")]
    Destination,

    /// <summary>What is told of an attacker's message in a table.</summary>
    [JsonStringEnumMemberName("row")]
    Row,

    /// <summary>What is told of a member's reply.</summary>
    [JsonStringEnumMemberName("reply")]
    Reply,

    /// <summary>Interval between rows.</summary>
    [JsonStringEnumMemberName("interval")]
    Interval,

    /// <summary>Words of the attacker that an analyst picked.</summary>
    [JsonStringEnumMemberName("excerpt")]
    Excerpt,
}

/// <summary>What a rule may look at besides the value.</summary>
public sealed record SanitisingScene
{
    /// <summary>The words of all members.</summary>
    public required IdentityGuard Identities { get; init; }

    /// <summary>
    /// Addresses and domains to which this mail went: words of its provider also where nothing is known of its domains and hosts. Null for none.
    /// </summary>
    public IdentityGuard? Recipients { get; init; }

    /// <summary>Whether a value holds a word of any member, or says to whom this mail went.</summary>
    public bool Names(string value) => Identities.Names(value) || Recipients?.Names(value) == true;

    /// <summary>The text without such words.</summary>
    public (string Text, IReadOnlyList<ReplacedSpan> Spans) Pseudonymised(string text)
    {
        var (made, spans) = Identities.Pseudonymised(text);
        if (Recipients?.Names(made) != true)
        {
            return (made, spans);
        }

        var (without, more) = Recipients.Pseudonymised(made);
        // Places in a text that was changed already are not those of the original: then the whole of it is marked.
        return (without, spans.Count == 0 ? more : [new ReplacedSpan(0, text.Length, without)]);
    }

    /// <summary>The mail; null for what belongs to no mail.</summary>
    public ProvidedMail? Mail { get; init; }

    /// <summary>Hosts, networks and domains of the organisation that received it.</summary>
    public OwnEstate Estate { get; init; } = OwnEstate.Unknown;

    /// <summary>Whether the receivers are of the provider's own group.</summary>
    public bool WithinGroup { get; init; }

    /// <summary>Whether the mail is told as a row of a table, by intervals.</summary>
    public bool InTable { get; init; }

    /// <summary>The hop, for <see cref="SanitisedField.Hop"/>.</summary>
    public Hop? Hop { get; init; }

    /// <summary>The trait's kind, for <see cref="SanitisedField.FileTrait"/>.</summary>
    public string? Trait { get; init; }

    /// <summary>The message, for rows.</summary>
    public ConversationMessage? Row { get; init; }

    /// <summary>Corporate groups of the draft whose mails show the value, for URLs and digests.</summary>
    public int SeenBy { get; init; }
}

/// <summary>
/// A row of the rule table. Nothing leaves unless a rule of its field carries it over; the rules after it may change it, or take it away.
/// </summary>
/// <param name="Id">Stable id, as providers see it beside each change.</param>
/// <param name="Field">Field.</param>
/// <param name="Class">Class.</param>
/// <param name="Words">What it does and why, for providers.</param>
/// <param name="Apply">The value after the rule; null takes it away; the same text when the rule does not apply.</param>
public sealed record SanitisingRule(
    string Id,
    SanitisedField Field,
    RuleClass Class,
    BothLanguages Words,
    Func<string, SanitisingScene, string?> Apply
)
{
    /// <summary>Ranges that the rule replaced, for rules over free text; null: the whole value.</summary>
    public Func<string, SanitisingScene, IReadOnlyList<ReplacedSpan>>? Spans { get; init; }

    /// <summary>Carries values over; other rules only see what one of these brought.</summary>
    public bool Carries { get; init; }

    /// <summary>A person has to look at what this rule did before anybody is asked for approval.</summary>
    public bool NeedsReview { get; init; }
}

/// <summary>One field of a mail as it was and as it would leave, with the rules that did it: what the provider sees side by side.</summary>
public sealed record FieldDiff
{
    /// <summary>Key of the mail; null for what belongs to no mail.</summary>
    public string? Mail { get; init; }

    /// <summary>Ids of the provisions behind it.</summary>
    public required IReadOnlyList<string> Provisions { get; init; }

    /// <summary>Where it stands: <c>subject</c>, <c>files[0].name</c>, …</summary>
    public required string Path { get; init; }

    /// <summary>Field of the rule table.</summary>
    public required SanitisedField Field { get; init; }

    /// <summary>As the provider gave it. For the hub and this provider only.</summary>
    public required string Original { get; init; }

    /// <summary>As it would leave; null when it does not.</summary>
    public string? Outgoing { get; init; }

    /// <summary>Class of the rule that decided: the last one that changed the value, else the one that carried it.</summary>
    public required RuleClass Class { get; init; }

    /// <summary>Ids of the rules that acted, in order.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Replaced ranges of <see cref="Original"/>; empty when nothing or everything was replaced.</summary>
    public IReadOnlyList<ReplacedSpan> Spans { get; init; } = [];

    /// <summary>A person has to look at it.</summary>
    public bool NeedsReview { get; init; }
}
