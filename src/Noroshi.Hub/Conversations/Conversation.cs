using System.Text.Json.Serialization;

namespace Noroshi.Hub.Conversations;

/// <summary>What one message is in an exchange between a window and an outsider (種別).</summary>
public enum MessageRole
{
    /// <summary>Anything else: automatic, internal, unrelated.</summary>
    [JsonStringEnumMemberName("other")]
    Other,

    /// <summary>The outsider writes without harm, before, between or after an attack (偵察).</summary>
    [JsonStringEnumMemberName("reconnaissance")]
    Reconnaissance,

    /// <summary>A person of the organisation answers (返信).</summary>
    [JsonStringEnumMemberName("reply")]
    Reply,

    /// <summary>The outsider sends a payload, or what opens it (攻撃).</summary>
    [JsonStringEnumMemberName("attack")]
    Attack,
}

/// <summary>How we know of a message.</summary>
public enum MessageSource
{
    /// <summary>The mail itself.</summary>
    [JsonStringEnumMemberName("mail")]
    Mail,

    /// <summary>A quote in another mail (引用).</summary>
    [JsonStringEnumMemberName("quote")]
    Quote,

    /// <summary>Somebody's word (申告).</summary>
    [JsonStringEnumMemberName("stated")]
    Stated,
}

/// <summary>How far an exchange went (段階).</summary>
public enum ConversationStage
{
    /// <summary>The outsider wrote; nobody answered (偵察のみ).</summary>
    [JsonStringEnumMemberName("reconnaissance")]
    Reconnaissance,

    /// <summary>The window answered (返信まで).</summary>
    [JsonStringEnumMemberName("replied")]
    Replied,

    /// <summary>An attack came (攻撃あり).</summary>
    [JsonStringEnumMemberName("attacked")]
    Attacked,
}

/// <summary>Whether an exchange is a conversational attack.</summary>
public enum Assessment
{
    /// <summary>Nothing speaks for it.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Something speaks for it.</summary>
    [JsonStringEnumMemberName("low")]
    Low,

    /// <summary>An attack in an exchange, without the marks of a conversation that is led.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>A genuine reply, then an attack, with short latency or adaptation.</summary>
    [JsonStringEnumMemberName("high")]
    High,

    /// <summary>No attack yet, and a reason to expect one.</summary>
    [JsonStringEnumMemberName("live")]
    Live,
}

/// <summary>How exactly a time is known: an hour is never told in minutes.</summary>
public enum TimePrecision
{
    /// <summary>To the minute or better.</summary>
    Minute,

    /// <summary>To the hour.</summary>
    Hour,

    /// <summary>To the day.</summary>
    Day,
}

/// <summary>An intent with the words that show it.</summary>
/// <param name="Intent">Intent.</param>
/// <param name="Span">The words as written.</param>
public sealed record FoundIntent(Intent Intent, string Span);

/// <summary>One message of an exchange.</summary>
public sealed record ConversationMessage
{
    /// <summary>Key of the mail; null for one known from a quote or by word only.</summary>
    public string? Mail { get; init; }

    /// <summary>How we know of it.</summary>
    public required MessageSource Source { get; init; }

    /// <summary>Window it came to or went out from.</summary>
    public string? Window { get; init; }

    /// <summary><c>#case-row</c>, as in Table 1.</summary>
    public string Label { get; init; } = "";

    /// <summary>Role.</summary>
    public required MessageRole Role { get; init; }

    /// <summary>Intents, in order of appearance.</summary>
    public IReadOnlyList<FoundIntent> Intents { get; init; } = [];

    /// <summary>Received for what came in, sent for what went out.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How exactly <see cref="At"/> is known.</summary>
    public TimePrecision Precision { get; init; }

    /// <summary>Seconds since the message before; null when either time is unknown or not known to the minute.</summary>
    public long? GapSeconds { get; init; }

    /// <summary>Automatic: shown, never a genuine reply, never the start of a latency.</summary>
    public bool Automatic { get; init; }

    /// <summary>One sentence in the manner of Table 1, Japanese.</summary>
    public string SummaryJa { get; init; } = "";

    /// <summary>The same in English.</summary>
    public string SummaryEn { get; init; } = "";
}

/// <summary>A reason for the assessment.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Detail">What was seen, with labels of the messages.</param>
/// <param name="Bits">Weight.</param>
public sealed record ConversationEvidence(string Code, string Detail, decimal Bits);

/// <summary>One persona's exchange with one organisation (事例, when it is judged one).</summary>
public sealed record Conversation
{
    /// <summary>Id, drawn from its first message.</summary>
    public required string Id { get; init; }

    /// <summary>Organisation.</summary>
    public string? Organization { get; init; }

    /// <summary>Windows that took part, in order of appearance.</summary>
    public IReadOnlyList<string> Windows { get; init; } = [];

    /// <summary>Addresses and names of the outsider, in order of appearance.</summary>
    public IReadOnlyList<string> Personas { get; init; } = [];

    /// <summary>How far it went.</summary>
    public required ConversationStage Stage { get; init; }

    /// <summary>The attack stands before any reply (添付先行型): conversational, outside the latency figures.</summary>
    public bool AttackFirst { get; init; }

    /// <summary>Assessment.</summary>
    public required Assessment Assessment { get; init; }

    /// <summary>Reasons.</summary>
    public IReadOnlyList<ConversationEvidence> Evidence { get; init; } = [];

    /// <summary>Messages in order.</summary>
    public required IReadOnlyList<ConversationMessage> Messages { get; init; }
}
