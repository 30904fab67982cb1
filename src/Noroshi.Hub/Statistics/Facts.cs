using Noroshi.Hub.Conversations;
using Noroshi.Hub.Judgement;

namespace Noroshi.Hub.Statistics;

/// <summary>
/// One thing that is counted, with the moment that it counts at. Facts hold ids, codes and hashes; no text, no address, no name. Which of several
/// equal things counts is settled when a fact is drawn, so that each counts alone: figures are sums over facts.
/// </summary>
/// <param name="Id">Id of the thing: what drill-down leads to.</param>
/// <param name="At">The moment it counts at.</param>
/// <param name="Group">Industry group of the organisation that it came from; null when there is none.</param>
public abstract record Fact(string Id, DateTimeOffset At, string? Group);

/// <summary>Whose statistics something counts in.</summary>
public enum IntakeOrigin
{
    /// <summary>Of a member.</summary>
    Member,

    /// <summary>Of the public help desk (相談窓口): in the analysis, not in the members' count.</summary>
    Desk,

    /// <summary>Of the hub itself.</summary>
    Hub,
}

/// <summary>Why a member's provision does not count as provided.</summary>
public enum NotProvided
{
    /// <summary>It adds to an earlier one (追加提供).</summary>
    Addition,

    /// <summary>The same member gave the same before.</summary>
    Repeat,

    /// <summary>Whoever gave it was no member on that day.</summary>
    NotMember,

    /// <summary>It waits for a person before it is taken in.</summary>
    Waiting,

    /// <summary>Its term ended, and whose it was is known no more: figures of its time are frozen.</summary>
    Erased,
}

/// <summary>A provision (提供), counted when the hub received it.</summary>
public sealed record ProvisionFact(string Id, DateTimeOffset At, string? Group) : Fact(Id, At, Group)
{
    /// <summary>Whose statistics.</summary>
    public required IntakeOrigin Intake { get; init; }

    /// <summary>What the giver counts as: the head of its corporate group.</summary>
    public string? Member { get; init; }

    /// <summary>Why it does not count; null when it does.</summary>
    public NotProvided? Not { get; init; }

    /// <summary>An answer was given, provisional or an analyst's.</summary>
    public bool Answered { get; init; }
}

/// <summary>How a verdict is known.</summary>
public enum VerdictBasis
{
    /// <summary>An analyst gave it.</summary>
    Given,

    /// <summary>The provider stated it.</summary>
    Stated,

    /// <summary>Rules propose it; nobody has confirmed it.</summary>
    Proposed,
}

/// <summary>Means of an attack by mail.</summary>
public enum MailKind
{
    /// <summary>A file.</summary>
    Attachment,

    /// <summary>A link.</summary>
    Url,

    /// <summary>Both.</summary>
    Both,

    /// <summary>Nothing but questions.</summary>
    InformationGathering,

    /// <summary>None of them shows.</summary>
    Unknown,
}

/// <summary>What a judged mail attacks with; one for each mail, the most dangerous first. Containers and decoys are none.</summary>
public enum PayloadType
{
    /// <summary>Program.</summary>
    Executable,

    /// <summary>Shortcut (LNK).</summary>
    Lnk,

    /// <summary>Script.</summary>
    Script,

    /// <summary>Microsoft Office.</summary>
    Office,

    /// <summary>JustSystems (一太郎 and others).</summary>
    Justsystems,

    /// <summary>PDF.</summary>
    Pdf,

    /// <summary>Locked, and nobody opened it.</summary>
    EncryptedUnopened,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>Class of the service that truly sent a mail.</summary>
public enum SenderClass
{
    /// <summary>Free-mail.</summary>
    FreeMail,

    /// <summary>Something else.</summary>
    Other,

    /// <summary>Not known.</summary>
    Unknown,
}

/// <summary>A malicious destination as somebody observed it.</summary>
/// <param name="Host">Host, lower case.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null when nobody knows.</param>
/// <param name="AsOf">Day of the observation.</param>
/// <param name="Source">Where the country is from.</param>
/// <param name="Hijacked">A legitimate site that was presumably broken into.</param>
public sealed record DestinationFact(string Host, string? Country, DateOnly? AsOf = null, string? Source = null, bool Hijacked = false);

/// <summary>One mail of a provision that came in from outside, counted with its provision.</summary>
public sealed record MailFact(string Id, DateTimeOffset At, string? Group) : Fact(Id, At, Group)
{
    /// <summary>Id of the provision.</summary>
    public required string Provision { get; init; }

    /// <summary>Whose statistics.</summary>
    public required IntakeOrigin Intake { get; init; }

    /// <summary>Same text, sender and attachments: hash.</summary>
    public required ulong Unique { get; init; }

    /// <summary>Another mail of the same provision with the same <see cref="Unique"/> counts.</summary>
    public bool Double { get; init; }

    /// <summary>The provision does not count: an addition or a repeat by the same member.</summary>
    public bool Again { get; init; }

    /// <summary>Verdict.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>How the verdict is known.</summary>
    public VerdictBasis Basis { get; init; }

    /// <summary>Means.</summary>
    public MailKind Kind { get; init; } = MailKind.Unknown;

    /// <summary>What it attacks with; null without an attachment.</summary>
    public PayloadType? Payload { get; init; }

    /// <summary>Format of the outermost container (<c>zip</c>, <c>rar5</c>); null when the file lies open.</summary>
    public string? Container { get; init; }

    /// <summary>The container is locked.</summary>
    public bool Locked { get; init; }

    /// <summary>Class of the sender.</summary>
    public SenderClass Sender { get; init; } = SenderClass.Unknown;

    /// <summary>Country of the first host outside that can be trusted; null when unknown.</summary>
    public string? Origin { get; init; }

    /// <summary>SHA-256 of malicious files.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>Malicious destinations.</summary>
    public IReadOnlyList<DestinationFact> Destinations { get; init; } = [];
}

/// <summary>A shared item, counted when version 1 was distributed. Equivalents that were merged are one; corrections are none.</summary>
public sealed record ShareFact(string Id, DateTimeOffset At, string? Group) : Fact(Id, At, Group)
{
    /// <summary>The hub itself originated it.</summary>
    public bool OfHub { get; init; }

    /// <summary>Industry groups that it went to.</summary>
    public IReadOnlyList<string> To { get; init; } = [];
}

/// <summary>A conversational case (事例): one exchange or attempt of one persona with one organisation, judged.</summary>
public sealed record CaseFact(string Id, DateTimeOffset At, string? Group) : Fact(Id, At, Group)
{
    /// <summary>Whose statistics.</summary>
    public required IntakeOrigin Intake { get; init; }

    /// <summary>How far it went.</summary>
    public required ConversationStage Stage { get; init; }

    /// <summary>An analyst said that it is none (対象外).</summary>
    public bool Excluded { get; init; }
}

/// <summary>What a clock of a provision runs to.</summary>
public enum ClockKind
{
    /// <summary>From reception to the provisional answer (自動判定).</summary>
    ProvisionalAnswer,

    /// <summary>From reception to an analyst's answer.</summary>
    AnalystAnswer,

    /// <summary>From reception to the first item that rests on it.</summary>
    Shared,

    /// <summary>From the question to the approval.</summary>
    Approval,
}

/// <summary>A clock that was read, counted where it starts: with the provision.</summary>
public sealed record ClockFact(string Id, DateTimeOffset At, string? Group) : Fact(Id, At, Group)
{
    /// <summary>Which.</summary>
    public required ClockKind Clock { get; init; }

    /// <summary>Whole seconds, cut.</summary>
    public required long Seconds { get; init; }
}
