using Noroshi.Hub.Journal;

namespace Noroshi.Hub.Storage;

/// <summary>
/// One append-only log of documents, and steps that work through it. A provision's header is its first entry (kind
/// <see cref="ProvisionKind"/>); a step reads entries of one kind in the order of their positions and appends documents of its own kind, which
/// the next step reads. Results and the step's position are written in one transaction: queue and results cannot disagree, and each entry has
/// its effect exactly once however often the process dies.
/// </summary>
public interface IStepLog
{
    /// <summary>Kind of the entry that <see cref="IIntakeStore.ReceiveAsync"/> writes.</summary>
    const string ProvisionKind = "provision";

    /// <summary>
    /// Takes the right to work on a step's lane; null when another owner has it. The same owner gets a new lease in place of its old one.
    /// A step's first lease starts at the beginning of the log: a new name (<c>dissect@rules-7</c>) is a re-analysis of everything.
    /// Leases of a process that died are void at the next start, whatever the clock says.
    /// </summary>
    Task<StepLease?> LeaseAsync(Step step, Lane lane, string owner, TimeSpan duration, CancellationToken cancellation = default);

    /// <summary>Prolongs a lease from now on.</summary>
    /// <exception cref="LeaseLostException">Another owner has it.</exception>
    Task RenewAsync(StepLease lease, TimeSpan duration, CancellationToken cancellation = default);

    /// <summary>
    /// The next entries: first those put off that are due again, then new ones by position. Reading changes nothing. Stops after
    /// <paramref name="most"/> entries or about 32 MiB, whichever comes first; empty when there is nothing to do.
    /// </summary>
    Task<IReadOnlyList<StepEntry>> ReadAsync(StepLease lease, int most, CancellationToken cancellation = default);

    /// <summary>Writes results and position together.</summary>
    /// <exception cref="LeaseLostException">Another owner has the lease; nothing is written.</exception>
    /// <exception cref="ArgumentException">The outcome goes back behind the position, or settles what was not put off.</exception>
    Task CommitAsync(StepLease lease, StepOutcome outcome, CancellationToken cancellation = default);

    /// <summary>Ends when the log has an entry behind <paramref name="position"/>; returns the last position.</summary>
    Task<long> WaitAsync(long position, CancellationToken cancellation = default);

    /// <summary>How far a step is.</summary>
    Task<StepProgress> ProgressAsync(Step step, Lane lane, CancellationToken cancellation = default);

    /// <summary>What a step gave up, by position.</summary>
    Task<IReadOnlyList<QuarantinedEntry>> QuarantineAsync(Step step, Lane lane, int most, CancellationToken cancellation = default);

    /// <summary>Gives a quarantined entry back to its step; false when it is not in quarantine.</summary>
    Task<bool> ReleaseAsync(Step step, Lane lane, long position, CancellationToken cancellation = default);

    /// <summary>
    /// Writes documents that people or the hub itself make, outside any step: all of them and their journal records, or nothing. Not
    /// idempotent but for <see cref="HubChange.Expected"/>.
    /// </summary>
    /// <returns>Positions of the documents, in their order.</returns>
    /// <exception cref="ChangedMeanwhileException">A subject's newest entry is not the expected one.</exception>
    Task<IReadOnlyList<long>> AppendAsync(HubChange change, CancellationToken cancellation = default);

    /// <summary>All entries of a subject by position: its history.</summary>
    Task<IReadOnlyList<LogEntry>> OfSubjectAsync(string kind, string subject, CancellationToken cancellation = default);

    /// <summary>A provision's entries by position, all kinds or one.</summary>
    Task<IReadOnlyList<LogEntry>> OfProvisionAsync(ProvisionId provision, string? kind = null, CancellationToken cancellation = default);

    /// <summary>The newest entry of a subject; null when there is none.</summary>
    Task<LogEntry?> LatestAsync(string kind, string subject, CancellationToken cancellation = default);

    /// <summary>Entries of a kind behind a position, all lanes: what rebuilds an index. Stops as <see cref="ReadAsync"/> does.</summary>
    Task<IReadOnlyList<LogEntry>> ReadKindAsync(string kind, long after, int most, CancellationToken cancellation = default);
}

/// <summary>A step of the pipeline.</summary>
/// <param name="Name">Unique name: letters, digits and <c>-@.</c>, at most 64.</param>
/// <param name="Input">Kind of the entries it reads; fixed once the step has begun.</param>
public sealed record Step(string Name, string Input);

/// <summary>The right to work on a step's lane.</summary>
/// <param name="Step">Step.</param>
/// <param name="Lane">Lane.</param>
/// <param name="Owner">Owner.</param>
/// <param name="Fence">Grows with each lease; an older one commits nothing any more.</param>
/// <param name="Position">Position when the lease was given.</param>
public sealed record StepLease(Step Step, Lane Lane, string Owner, long Fence, long Position);

/// <summary>An entry handed to a step.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Attempts">How often it was put off; 0 for a new one, which <see cref="StepOutcome.Through"/> covers.</param>
public sealed record StepEntry(LogEntry Entry, int Attempts);

/// <summary>A document in the log.</summary>
public sealed record LogEntry
{
    /// <summary>Position in the log, ascending in the order of commits.</summary>
    public required long Position { get; init; }

    /// <summary>Whose it is; null for documents of the hub as a whole.</summary>
    public ProvisionId? Provision { get; init; }

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Id of what it is about, empty when the provision says it.</summary>
    public required string Subject { get; init; }

    /// <summary>Lane.</summary>
    public required Lane Lane { get; init; }

    /// <summary>What it is kept as.</summary>
    public required RetentionClass Retention { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>The document; null when it was erased (a step passes over it) or is damaged.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>True when the document does not open although nobody erased it: a step gives the entry up, fsck says why.</summary>
    public bool Damaged { get; init; }
}

/// <summary>What a step has done with the entries that it read. Positions not named by any list stay as they are.</summary>
public sealed record StepOutcome
{
    /// <summary>All new entries up to here are dealt with: done, or named in one of the lists below. Never smaller than before.</summary>
    public required long Through { get; init; }

    /// <summary>Results.</summary>
    public IReadOnlyList<NewDocument> Documents { get; init; } = [];

    /// <summary>Positions that were put off earlier and are done now.</summary>
    public IReadOnlyList<long> Settled { get; init; } = [];

    /// <summary>Entries to be handed out again, so that a slow one does not hold up the others.</summary>
    public IReadOnlyList<PutOff> PutOff { get; init; } = [];

    /// <summary>Entries that the step gives up; they never block.</summary>
    public IReadOnlyList<GivenUp> GivenUp { get; init; } = [];

    /// <summary>Records for the journal.</summary>
    public IReadOnlyList<JournalRecord> Journal { get; init; } = [];
}

/// <summary>Hand out again after a delay; after a restart at once.</summary>
public sealed record PutOff(long Position, TimeSpan Delay, string Reason);

/// <summary>Put into quarantine.</summary>
public sealed record GivenUp(long Position, string Reason);

/// <summary>An entry in quarantine.</summary>
public sealed record QuarantinedEntry(long Position, int Attempts, string Reason);

/// <summary>A result.</summary>
/// <param name="Provision">Whose; null for documents of the hub as a whole, which no erasure of a provision reaches.</param>
/// <param name="Kind">Kind: letters, digits and <c>-@.</c>, at most 64.</param>
/// <param name="Retention">What it is kept as.</param>
/// <param name="Body">The document.</param>
/// <param name="Subject">
/// Id of what it is about (no content), at most 200 characters. One that begins with <c>#</c> is a keyed hash of something given: it is found by
/// it as long as its document opens, and both end together.
/// </param>
public sealed record NewDocument(
    ProvisionId? Provision,
    string Kind,
    RetentionClass Retention,
    ReadOnlyMemory<byte> Body,
    string Subject = ""
);

/// <summary>A change outside the steps.</summary>
public sealed record HubChange
{
    /// <summary>The documents.</summary>
    public required IReadOnlyList<NewDocument> Documents { get; init; }

    /// <summary>Records for the journal.</summary>
    public IReadOnlyList<JournalRecord> Journal { get; init; } = [];

    /// <summary>What has to be as the one who changes it saw it.</summary>
    public IReadOnlyList<ExpectedVersion> Expected { get; init; } = [];
}

/// <summary>The newest entry of a subject stands at this position; 0 when there is none.</summary>
public sealed record ExpectedVersion(string Kind, string Subject, long Position);

/// <summary>How far a step is.</summary>
/// <param name="Position">Everything up to here is dealt with.</param>
/// <param name="Remaining">New entries ahead.</param>
/// <param name="Waiting">Put off.</param>
/// <param name="Quarantined">Given up.</param>
public sealed record StepProgress(long Position, long Remaining, long Waiting, long Quarantined);
