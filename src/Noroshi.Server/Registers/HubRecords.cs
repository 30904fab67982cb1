using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Registers;

/// <summary>
/// All registers of the hub, and the one way to change them: versions and journal records in one transaction, then memory. Changes go one
/// after the other, so that whoever checks something before a change (a limit, a unique name) sees what it rests on.
/// </summary>
internal sealed class HubRecords(IHubStore store, IEnumerable<IRegister> registers, TimeProvider time) : IForgets, IDisposable
{
    private const int ReadAtOnce = 4_096;
    private readonly Dictionary<string, IRegister> _registers = registers.ToDictionary(one => one.Kind, StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Reads every register from the log; once, before the hub answers anybody.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        foreach (var register in _registers.Values)
        {
            long position = 0;
            IReadOnlyList<LogEntry> entries;
            do
            {
                entries = await store.Steps.ReadKindAsync(register.Kind, position, ReadAtOnce, cancellation);
                foreach (var entry in entries)
                {
                    if (entry.Damaged)
                    {
                        throw new StorageFailedException(
                            $"Version {entry.Position} of {entry.Kind} {entry.Subject} does not open. Run fsck; restore a backup."
                        );
                    }

                    register.Apply(entry);
                    position = entry.Position;
                }
            } while (entries.Count > 0);
        }
    }

    /// <summary>Makes changes that were decided without looking at the registers.</summary>
    public Task ChangeAsync(IReadOnlyList<JournalRecord> journal, params IReadOnlyList<Change> changes) =>
        ChangeAsync(() => (changes, journal));

    /// <summary>
    /// Decides and makes changes while nobody else does. The decision may throw: then nothing is changed. Not cancelled half way.
    /// </summary>
    /// <exception cref="ChangedMeanwhileException">A version that a change rests on is not the newest any more.</exception>
    public Task ChangeAsync(Func<(IReadOnlyList<Change> Changes, IReadOnlyList<JournalRecord> Journal)> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return ChangeAsync(() => Task.FromResult(decide()));
    }

    /// <summary>The same, where the decision has to look into the store.</summary>
    /// <exception cref="ChangedMeanwhileException">A version that a change rests on is not the newest any more.</exception>
    /// <param name="decide">The decision.</param>
    /// <param name="also">What else must not have changed; may grow while it is decided.</param>
    public async Task ChangeAsync(
        Func<Task<(IReadOnlyList<Change> Changes, IReadOnlyList<JournalRecord> Journal)>> decide,
        IReadOnlyList<ExpectedVersion>? also = null
    )
    {
        ArgumentNullException.ThrowIfNull(decide);
        await _turn.WaitAsync();
        try
        {
            var (changes, journal) = await decide();
            var positions = await store.Steps.AppendAsync(
                new HubChange
                {
                    Documents = [.. changes.Select(one => one.Document)],
                    Journal = journal,
                    Expected =
                    [
                        .. changes
                            .Where(one => one.Seen is not null)
                            .Select(one => new ExpectedVersion(one.Document.Kind, one.Document.Subject, one.Seen ?? 0)),
                        .. also ?? [],
                    ],
                }
            );
            for (var i = 0; i < changes.Count; i++)
            {
                var document = changes[i].Document;
                if (document.Provision is null || await IsOpenAsync(document))
                {
                    Apply(document, positions[i]);
                }
                else
                {
                    // What it is about was erased a moment ago, and the store kept an empty version.
                    _registers.GetValueOrDefault(document.Kind)?.Forget(document.Subject);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> IsOpenAsync(NewDocument document) =>
        await store.Steps.LatestAsync(document.Kind, document.Subject) is { Body: not null };

    /// <summary>The provision of an id, with which what is written about it ends; null when there is none, or what named its people was erased already. Asked where a change is decided, so that no erasure comes between.</summary>
    public async Task<ProvisionId?> AboutAsync(string? about)
    {
        if (!Guid.TryParseExact(about, "N", out var guid) || await store.Intake.FindAsync(new ProvisionId(guid)) is not { } stored)
        {
            return null;
        }

        var headers = await store.Steps.OfProvisionAsync(stored.Id, IStepLog.ProvisionKind);
        return headers is [{ Body: not null }, ..] ? stored.Id : null;
    }

    /// <inheritdoc/>
    public async Task ForgetAsync(Erased erased, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(erased);
        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var (kind, subject) in erased.Documents.Where(one => _registers.ContainsKey(one.Kind)))
            {
                if (await store.Steps.LatestAsync(kind, subject, cancellation) is not { Body: not null })
                {
                    _registers[kind].Forget(subject);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private void Apply(NewDocument document, long position)
    {
        if (_registers.TryGetValue(document.Kind, out var register))
        {
            register.Apply(
                new LogEntry
                {
                    Position = position,
                    Kind = document.Kind,
                    Subject = document.Subject,
                    Lane = Lane.Live,
                    Retention = document.Retention,
                    WrittenAt = time.GetUtcNow(),
                    Body = document.Body,
                }
            );
        }
    }
}
