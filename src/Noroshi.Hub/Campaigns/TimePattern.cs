namespace Noroshi.Hub.Campaigns;

/// <summary>What the times of a campaign show. Each kind has its own figures.</summary>
/// <param name="Exchanges">Ids of the exchanges that show it, in order of time.</param>
public abstract record TimePattern(IReadOnlyList<string> Exchanges);

/// <summary>First contacts at several windows at nearly the same time (同時並行).</summary>
/// <param name="Exchanges">Exchanges.</param>
/// <param name="Windows">Windows.</param>
/// <param name="Organizations">Organisations; a corporate group counts as one.</param>
/// <param name="Minutes">Between the first and the last.</param>
/// <param name="Strong">At most ten minutes, and two organisations or three windows.</param>
/// <param name="Chance">Chance that strangers' mails fall together so by themselves, at the ordinary rate of the windows.</param>
public sealed record ParallelPattern(
    IReadOnlyList<string> Exchanges,
    int Windows,
    int Organizations,
    double Minutes,
    bool Strong,
    double Chance
) : TimePattern(Exchanges);

/// <summary>One organisation after another within two weeks.</summary>
/// <param name="Exchanges">Exchanges.</param>
/// <param name="Organizations">Organisations; a corporate group counts as one.</param>
/// <param name="Days">Between the first and the last first contact.</param>
/// <param name="Chance">Chance that strangers' mails give as many within the same time by themselves, at the ordinary rate.</param>
public sealed record SequentialPattern(IReadOnlyList<string> Exchanges, int Organizations, double Days, double Chance)
    : TimePattern(Exchanges);

/// <summary>Few addresses, typically one, in each organisation.</summary>
/// <param name="Exchanges">Exchanges.</param>
/// <param name="Organizations">Organisations.</param>
/// <param name="MedianAddresses">Addresses written to in an organisation, median.</param>
/// <param name="MostAddresses">The most.</param>
public sealed record CarefulPattern(IReadOnlyList<string> Exchanges, int Organizations, double MedianAddresses, int MostAddresses)
    : TimePattern(Exchanges);

/// <summary>The same organisation again after a month or more.</summary>
/// <param name="Exchanges">The exchange before the pause and the one after it.</param>
/// <param name="Organization">The organisation.</param>
/// <param name="Days">Pause.</param>
public sealed record ReturningPattern(IReadOnlyList<string> Exchanges, string Organization, double Days) : TimePattern(Exchanges);

/// <summary>Somebody sits there while the attack goes on.</summary>
/// <param name="Exchanges">Exchanges with a latency.</param>
/// <param name="MedianMinutes">From the reply to the attacker's next mail, median.</param>
/// <param name="Replies">Latencies counted.</param>
/// <param name="Hours">Mails of the attacker by hour of the day in Japan, 24 numbers.</param>
public sealed record AttendedPattern(IReadOnlyList<string> Exchanges, double MedianMinutes, int Replies, IReadOnlyList<int> Hours)
    : TimePattern(Exchanges);

/// <summary>The manner changes from month to month, never all at once.</summary>
/// <param name="Exchanges">Exchanges.</param>
/// <param name="Changes">What changed in which month, oldest first.</param>
public sealed record EvolvingPattern(IReadOnlyList<string> Exchanges, IReadOnlyList<MonthChange> Changes) : TimePattern(Exchanges);

/// <summary>A change from the month before.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="What"><c>container</c>, <c>document</c> or <c>infrastructure</c>.</param>
/// <param name="Before">Values of the month before.</param>
/// <param name="After">Values of the month.</param>
public sealed record MonthChange(DateOnly Month, string What, IReadOnlyList<string> Before, IReadOnlyList<string> After);

/// <summary>When a window was first written to.</summary>
/// <param name="Window">Window, or the address written to where the window is not known.</param>
/// <param name="At">When.</param>
public sealed record WindowContact(string Window, DateTimeOffset At);

/// <summary>What the patterns are read from: one exchange of a campaign.</summary>
public sealed record ExchangeTimes
{
    /// <summary>Id of the exchange.</summary>
    public required string Exchange { get; init; }

    /// <summary>Organisation.</summary>
    public string? Organization { get; init; }

    /// <summary>What the organisation counts as: the head of its corporate group, or itself.</summary>
    public string? CountsAs { get; init; }

    /// <summary>Window of the first contact; the address written to where the window is not known.</summary>
    public string? Window { get; init; }

    /// <summary>First contact at each window: one exchange may reach several.</summary>
    public IReadOnlyList<WindowContact> Contacts { get; init; } = [];

    /// <summary>Addresses of the organisation that the attacker wrote to.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>When the attacker's mails came, ascending.</summary>
    public IReadOnlyList<DateTimeOffset> Received { get; init; } = [];

    /// <summary>Minutes from a genuine reply to the attacker's next mail, where both are known to the minute.</summary>
    public IReadOnlyList<double> LatencyMinutes { get; init; } = [];

    /// <summary>Containers of attachments: formats.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Documents and programs in them: formats.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>Hosts and origin networks.</summary>
    public IReadOnlyList<string> Infrastructure { get; init; } = [];

    /// <summary>First mail; null when no time is known.</summary>
    public DateTimeOffset? FirstContact => Received.Count > 0 ? Received[0] : null;
}
