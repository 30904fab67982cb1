using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Blobs;

namespace Noroshi.Storage.Sqlite;

/// <summary>A document that the caller's thread has packed.</summary>
internal sealed record PackedDocument(NewDocument Document, byte[] Packed, Lane Lane);

/// <summary>
/// The log and the steps' cursors. Leases last as long as this process at most and run on the monotonic clock: only one process has the folder, and
/// a wrong wall clock cannot hold a step up.
/// </summary>
internal sealed class SqliteSteps(Core core) : IStepLog
{
    private const long MostBytes = 32 * 1024 * 1024;
    private const string EntryColumns =
        "entry.position, provision.id, entry.kind, entry.subject, entry.lane, entry.retention, entry.written_at, entry.body, entry.id, "
        + "coalesce(entry.provision, 0), document_key.master, document_key.wrapped";
    private const string EntrySource =
        " FROM entry LEFT JOIN provision ON provision.number = entry.provision"
        + " LEFT JOIN document_key ON document_key.provision = coalesce(entry.provision, 0) AND document_key.retention = entry.retention";

    private readonly ConcurrentDictionary<(string Step, Lane Lane), Held> _held = new();
    private readonly ConcurrentDictionary<(string Step, Lane Lane, long Position), long> _due = new();
    private readonly Lock _grown = new();
    private TaskCompletionSource _growth = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Held(string Owner, long Fence, long Until);

    /// <summary>Called by the writer after each commit.</summary>
    public void Wake()
    {
        TaskCompletionSource old;
        lock (_grown)
        {
            old = _growth;
            _growth = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        old.TrySetResult();
    }

    /// <inheritdoc/>
    public async Task<StepLease?> LeaseAsync(
        Step step,
        Lane lane,
        string owner,
        TimeSpan duration,
        CancellationToken cancellation = default
    )
    {
        Check(step);
        Limits.Text(owner, nameof(owner));
        return await core.Write(db => Lease(db, step, lane, owner, duration), cancellation);
    }

    /// <inheritdoc/>
    public Task RenewAsync(StepLease lease, TimeSpan duration, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var key = (lease.Step.Name, lease.Lane);
        if (
            !_held.TryGetValue(key, out var held)
            || held.Fence != lease.Fence
            || !_held.TryUpdate(key, held with { Until = After(duration) }, held)
        )
        {
            throw new LeaseLostException($"Another owner works on {lease.Step.Name} now.");
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StepEntry>> ReadAsync(StepLease lease, int most, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        return Task.FromResult<IReadOnlyList<StepEntry>>(core.Read(db => Read(db, lease, most)));
    }

    /// <inheritdoc/>
    public async Task CommitAsync(StepLease lease, StepOutcome outcome, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(outcome);
        Limits.Records(outcome.Journal);
        var documents = new List<PackedDocument>(outcome.Documents.Count);
        foreach (var document in outcome.Documents)
        {
            Limits.Check(document);
            documents.Add(new PackedDocument(document, DocumentBox.Pack(document.Body.Span), lease.Lane));
        }

        foreach (var reason in outcome.PutOff.Select(one => one.Reason).Concat(outcome.GivenUp.Select(one => one.Reason)))
        {
            Limits.Text(reason, nameof(outcome));
        }

        await core.Write(
            db =>
            {
                StepCommit.Write(db, core, lease, outcome, documents);
                return true;
            },
            cancellation,
            documents.Sum(one => one.Packed.Length)
        );
        var key = (lease.Step.Name, lease.Lane);
        foreach (var one in outcome.PutOff)
        {
            _due[(key.Name, key.Lane, one.Position)] = After(one.Delay);
        }

        foreach (var position in outcome.Settled.Concat(outcome.GivenUp.Select(one => one.Position)))
        {
            _due.TryRemove((key.Name, key.Lane, position), out _);
        }
    }

    /// <inheritdoc/>
    public async Task<long> WaitAsync(long position, CancellationToken cancellation = default)
    {
        while (true)
        {
            Task growth;
            lock (_grown)
            {
                growth = _growth.Task;
            }

            var last = core.Read(db => db.Number("SELECT max(position) FROM entry"));
            if (last > position)
            {
                return last;
            }

            await Task.WhenAny(growth, core.Health.Failure).WaitAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public Task<StepProgress> ProgressAsync(Step step, Lane lane, CancellationToken cancellation = default)
    {
        Check(step);
        return Task.FromResult(
            core.Read(db =>
            {
                var position = db.Number("SELECT position FROM cursor WHERE step = $1 AND lane = $2", step.Name, (int)lane);
                return new StepProgress(
                    position,
                    db.Number(
                        "SELECT count(*) FROM entry WHERE kind = $1 AND lane = $2 AND position > $3",
                        step.Input,
                        (int)lane,
                        position
                    ),
                    db.Number("SELECT count(*) FROM put_off WHERE step = $1 AND lane = $2 AND given_up = 0", step.Name, (int)lane),
                    db.Number("SELECT count(*) FROM put_off WHERE step = $1 AND lane = $2 AND given_up = 1", step.Name, (int)lane)
                );
            })
        );
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<QuarantinedEntry>> QuarantineAsync(Step step, Lane lane, int most, CancellationToken cancellation = default)
    {
        Check(step);
        return Task.FromResult<IReadOnlyList<QuarantinedEntry>>(
            core.Read(db =>
                db.Query(
                    "SELECT position, attempts, reason FROM put_off WHERE step = $1 AND lane = $2 AND given_up = 1 ORDER BY position LIMIT $3",
                    row => new QuarantinedEntry(row.GetInt64(0), row.GetInt32(1), row.GetString(2)),
                    step.Name,
                    (int)lane,
                    most
                )
            )
        );
    }

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(Step step, Lane lane, long position, CancellationToken cancellation = default)
    {
        Check(step);
        return core.Write(
            db =>
                db.Run(
                    "UPDATE put_off SET given_up = 0, attempts = 1 WHERE step = $1 AND lane = $2 AND position = $3 AND given_up = 1",
                    step.Name,
                    (int)lane,
                    position
                ) > 0,
            cancellation
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<long>> AppendAsync(HubChange change, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        Limits.Records(change.Journal);
        var documents = new List<PackedDocument>(change.Documents.Count);
        foreach (var document in change.Documents)
        {
            Limits.Check(document);
            documents.Add(new PackedDocument(document, DocumentBox.Pack(document.Body.Span), Lane.Live));
        }

        return await core.Write(db => Append(db, change, documents), cancellation, documents.Sum(one => one.Packed.Length));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogEntry>> OfSubjectAsync(string kind, string subject, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<LogEntry>>(
            core.Read(db =>
                db.Query(
                    $"SELECT {EntryColumns}{EntrySource} WHERE entry.kind = $1 AND entry.subject = $2 AND entry.subject <> '' ORDER BY entry.position",
                    Entry,
                    kind,
                    subject
                )
            )
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogEntry>> OfProvisionAsync(
        ProvisionId provision,
        string? kind = null,
        CancellationToken cancellation = default
    ) =>
        Task.FromResult<IReadOnlyList<LogEntry>>(
            core.Read(db =>
                db.Query(
                    $"SELECT {EntryColumns}{EntrySource} WHERE entry.provision = $1 AND ($2 IS NULL OR entry.kind = $2) ORDER BY entry.position",
                    Entry,
                    SqliteIntake.NumberOf(db, provision),
                    kind
                )
            )
        );

    /// <inheritdoc/>
    public Task<LogEntry?> LatestAsync(string kind, string subject, CancellationToken cancellation = default) =>
        Task.FromResult(
            core.Read(db =>
                db.First(
                    $"SELECT {EntryColumns}{EntrySource} WHERE entry.kind = $1 AND entry.subject = $2 AND entry.subject <> ''"
                        + " ORDER BY entry.position DESC LIMIT 1",
                    Entry,
                    kind,
                    subject
                )
            )
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogEntry>> ReadKindAsync(string kind, long after, int most, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<LogEntry>>(
            core.Read(db =>
                Bounded(
                    db.Stream(
                        $"SELECT {EntryColumns}{EntrySource} WHERE entry.kind = $1 AND entry.position > $2 ORDER BY entry.position",
                        Entry,
                        kind,
                        after
                    ),
                    most
                )
            )
        );

    /// <summary>Entries of all kinds behind a position: for fsck.</summary>
    public IReadOnlyList<LogEntry> ReadAll(long after, int most) =>
        core.Read(db =>
            Bounded(db.Stream($"SELECT {EntryColumns}{EntrySource} WHERE entry.position > $1 ORDER BY entry.position", Entry, after), most)
        );

    /// <summary>Appends a document within the caller's transaction.</summary>
    /// <param name="db">Database.</param>
    /// <param name="core">Store.</param>
    /// <param name="provision">Number of the provision; 0 for the hub's own.</param>
    /// <param name="packed">The document.</param>
    public static void Append(Db db, Core core, long provision, PackedDocument packed)
    {
        var document = packed.Document;
        var identity = new DocumentIdentity(Guid.NewGuid(), provision, document.Kind, document.Subject);
        var key = SqliteKeys.DocumentKey(db, core.Keys, provision, document.Retention);
        if (key is null)
        {
            db.Run(
                "INSERT INTO entry (id, provision, kind, subject, lane, retention, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                identity.Id.Bytes(),
                provision,
                document.Kind,
                IsMark(document.Subject) ? "" : document.Subject,
                (int)packed.Lane,
                (int)document.Retention,
                core.Now
            );
            return;
        }

        db.Run(
            "INSERT INTO entry (id, provision, kind, subject, lane, retention, written_at, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            identity.Id.Bytes(),
            provision == 0 ? null : provision,
            document.Kind,
            document.Subject,
            (int)packed.Lane,
            (int)document.Retention,
            core.Now,
            DocumentBox.Seal(packed.Packed, identity, key)
        );
    }

    /// <summary>Subjects that are erased with their documents.</summary>
    private static bool IsMark(string subject) => subject.StartsWith('#');

    /// <summary>Refuses unless everything is as it was seen.</summary>
    /// <exception cref="ChangedMeanwhileException">It is not.</exception>
    public static void Demand(Db db, IReadOnlyList<ExpectedVersion> all)
    {
        foreach (var expected in all)
        {
            var newest = db.Number(
                "SELECT max(position) FROM entry WHERE kind = $1 AND subject = $2 AND subject <> ''",
                expected.Kind,
                expected.Subject
            );
            if (newest != expected.Position)
            {
                throw new ChangedMeanwhileException($"{expected.Kind} {expected.Subject} is at {newest}, not at {expected.Position}.");
            }
        }
    }

    private IReadOnlyList<long> Append(Db db, HubChange change, IReadOnlyList<PackedDocument> documents)
    {
        Demand(db, change.Expected);
        var positions = new List<long>(documents.Count);
        foreach (var packed in documents)
        {
            Append(db, core, packed.Document.Provision is { } id ? SqliteIntake.NumberOf(db, id) : 0, packed);
            positions.Add(db.Number("SELECT last_insert_rowid()"));
        }

        foreach (var record in change.Journal)
        {
            SqliteJournal.Append(db, core.Now, record);
        }

        return positions;
    }

    private StepLease? Lease(Db db, Step step, Lane lane, string owner, TimeSpan duration)
    {
        var key = (step.Name, lane);
        if (_held.TryGetValue(key, out var held) && held.Owner != owner && core.Options.Time.GetTimestamp() < held.Until)
        {
            return null;
        }

        db.Run(
            "INSERT INTO cursor (step, lane, input, position, fence) VALUES ($1, $2, $3, 0, 1) ON CONFLICT (step, lane) DO UPDATE SET fence = fence + 1",
            step.Name,
            (int)lane,
            step.Input
        );
        var (input, position, fence) = db.First(
            "SELECT input, position, fence FROM cursor WHERE step = $1 AND lane = $2",
            row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
            step.Name,
            (int)lane
        );
        if (input != step.Input)
        {
            throw new ArgumentException($"The step {step.Name} reads '{input}', not '{step.Input}'.", nameof(step));
        }

        _held[key] = new Held(owner, fence, After(duration));
        return new StepLease(step, lane, owner, fence, position);
    }

    private List<StepEntry> Read(Db db, StepLease lease, int most)
    {
        var now = core.Options.Time.GetTimestamp();
        var again = db.Stream(
                "SELECT position, attempts FROM put_off WHERE step = $1 AND lane = $2 AND given_up = 0 ORDER BY position",
                row => (Position: row.GetInt64(0), Attempts: row.GetInt32(1)),
                lease.Step.Name,
                (int)lease.Lane
            )
            .Where(one => !_due.TryGetValue((lease.Step.Name, lease.Lane, one.Position), out var due) || due <= now)
            .Select(one =>
                (one.Attempts, Entry: db.First($"SELECT {EntryColumns}{EntrySource} WHERE entry.position = $1", Entry, one.Position))
            );
        var fresh = db.Stream(
                $"SELECT {EntryColumns}{EntrySource} WHERE entry.kind = $1 AND entry.lane = $2 AND entry.position > $3 ORDER BY entry.position",
                Entry,
                lease.Step.Input,
                (int)lease.Lane,
                db.Number("SELECT position FROM cursor WHERE step = $1 AND lane = $2", lease.Step.Name, (int)lease.Lane)
            )
            .Select(entry => (Attempts: 0, Entry: (LogEntry?)entry));
        var entries = new List<StepEntry>();
        long bytes = 0;
        // What was put off never takes the whole batch: new ones move on beside it.
        foreach (var (attempts, entry) in again.Take((most + 1) / 2).Concat(fresh))
        {
            if (entry is not null)
            {
                entries.Add(new StepEntry(entry, attempts));
                bytes += entry.Body?.Length ?? 0;
            }

            if (entries.Count >= most || bytes >= MostBytes)
            {
                break;
            }
        }

        return entries;
    }

    private LogEntry Entry(SqliteDataReader row)
    {
        var identity = new DocumentIdentity(row.Id(8), row.GetInt64(9), row.GetString(2), row.GetString(3));
        var (body, damaged) = row.IsDBNull(7) ? (null, false) : Body(row, identity);
        return new LogEntry
        {
            Position = row.GetInt64(0),
            Provision = row.IsDBNull(1) ? null : new ProvisionId(row.Id(1)),
            Kind = identity.Kind,
            Subject = identity.Subject,
            Lane = (Lane)row.GetInt32(4),
            Retention = (RetentionClass)row.GetInt32(5),
            WrittenAt = row.Time(6),
            // Without the cast null would become an empty document.
            Body = body is null ? (ReadOnlyMemory<byte>?)null : body,
            Damaged = damaged,
        };
    }

    private (byte[]? Body, bool Damaged) Body(SqliteDataReader row, DocumentIdentity identity)
    {
        if (row.IsDBNull(11))
        {
            return (null, true);
        }

        var purpose = SqliteKeys.DocumentPurpose(identity.Provision, row.GetInt32(5));
        var master = core.Keys.Find(row.Blob(10));
        try
        {
            return (DocumentBox.Open(row.Blob(7), identity, master.Open(row.Blob(11), purpose)), false);
        }
        catch (Exception error) when (error is EvidenceDamagedException or MasterKeyException)
        {
            return (null, true);
        }
    }

    private static List<LogEntry> Bounded(IEnumerable<LogEntry> entries, int most)
    {
        var taken = new List<LogEntry>();
        long bytes = 0;
        foreach (var entry in entries)
        {
            taken.Add(entry);
            bytes += entry.Body?.Length ?? 0;
            if (taken.Count >= most || bytes >= MostBytes)
            {
                break;
            }
        }

        return taken;
    }

    private long After(TimeSpan duration) =>
        core.Options.Time.GetTimestamp() + (long)(duration.TotalSeconds * core.Options.Time.TimestampFrequency);

    private static void Check(Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        Limits.Name(step.Name, nameof(step));
        Limits.Name(step.Input, nameof(step));
    }
}
