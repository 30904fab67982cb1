using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Reports.Cases;

/// <summary>
/// What a special analysis (特集) may tell of conversational cases: those whose every provider gave the publication approval (公表承認). It has no
/// field for a provider, an address or a day.
/// </summary>
public sealed record CaseAnalysis
{
    /// <summary>Id of the case list that it is bound to.</summary>
    public required string List { get; init; }

    /// <summary>Month of the list's first case.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Month of its last.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Cases of the list.</summary>
    public required int Listed { get; init; }

    /// <summary>Cases that may be told of, in the order of their numbers.</summary>
    public required IReadOnlyList<ToldCase> Cases { get; init; }

    /// <summary>Cases of them that apparently are one attacker's; 0 where there are not two.</summary>
    public int OfOneAttacker { get; init; }

    /// <summary>Organisations that these cases reached; a corporate group counts as one.</summary>
    public int Organizations { get; init; }

    /// <summary>The strongest parallel first contacts; null when there were none.</summary>
    public ParallelContacts? Parallel { get; init; }

    /// <summary>One organisation after the other; null when there was no such series.</summary>
    public SerialContacts? Serial { get; init; }

    /// <summary>Addresses written to in an organisation, median; null when it is not known.</summary>
    public decimal? MedianAddresses { get; init; }

    /// <summary>Days after which the same organisation was approached again, ascending.</summary>
    public IReadOnlyList<int> ReturnedAfterDays { get; init; } = [];

    /// <summary>Findings that vanish when any one organisation's mails stand alone.</summary>
    public int OnlyTogether { get; init; }
}

/// <summary>First contacts within minutes.</summary>
/// <param name="Windows">Windows.</param>
/// <param name="Organizations">Organisations.</param>
/// <param name="Minutes">From the first to the last, whole minutes, rounded up.</param>
/// <param name="Cases">Labels of the cases, in order of time, with minutes since the first.</param>
public sealed record ParallelContacts(int Windows, int Organizations, int Minutes, IReadOnlyList<ContactAfter> Cases);

/// <summary>A first contact of a parallel series.</summary>
/// <param name="Label">Label of its case.</param>
/// <param name="Minute">Minutes since the earliest.</param>
public sealed record ContactAfter(string Label, double Minute);

/// <summary>Organisations one after the other.</summary>
public sealed record SerialContacts(int Organizations, int Days);

/// <summary>A case as outsiders may see it.</summary>
public sealed record ToldCase
{
    /// <summary>Id of the exchange: for the hub, never printed. Numbers may change with what comes later.</summary>
    public required string Id { get; init; }

    /// <summary>Its number: <c>#4</c>.</summary>
    public required string Label { get; init; }

    /// <summary>How far it went.</summary>
    public required ConversationStage Stage { get; init; }

    /// <summary>The attack stood before any reply: outside the latency figures.</summary>
    public bool AttackFirst { get; init; }

    /// <summary>Its messages.</summary>
    public required IReadOnlyList<ToldMessage> Messages { get; init; }

    /// <summary>From the window's first genuine reply to the attack that answered it; null when the answer was none or is not known to the minute.</summary>
    public ToldLatency? FirstAttack { get; init; }
}

/// <summary>A message of a case: number, kind, description, and what stood between it and the one before.</summary>
public sealed record ToldMessage
{
    /// <summary>Its number: <c>#4-7</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Kind.</summary>
    public required MessageRole Role { get; init; }

    /// <summary>Description.</summary>
    public required Words Description { get; init; }

    /// <summary>How it is known.</summary>
    public required MessageSource Source { get; init; }

    /// <summary>Minutes since the message before; null where either time is not known to the minute.</summary>
    public int? Minutes { get; init; }

    /// <summary>It asks which unarchiver the window uses.</summary>
    public bool AsksUnarchiver { get; init; }

    /// <summary>It says that the file could not be read.</summary>
    public bool CouldNotOpen { get; init; }

    /// <summary>It names the unarchiver.</summary>
    public bool NamesUnarchiver { get; init; }

    /// <summary>The program that its description says opens the file; null when it says no such thing.</summary>
    public string? OpensIn { get; init; }

    /// <summary>Whether that was tried; else it is inferred from the formats that the program supports.</summary>
    public bool OpensTried { get; init; }
}

/// <summary>Minutes from a reply to the attack.</summary>
/// <param name="Minutes">Whole minutes.</param>
/// <param name="Source">How both are known: by the mails, or at least one by a quote or by word.</param>
public sealed record ToldLatency(int Minutes, MessageSource Source);
