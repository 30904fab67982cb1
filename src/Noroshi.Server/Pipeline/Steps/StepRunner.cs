using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Pipeline.Steps;

/// <summary>Where a step works and with what.</summary>
/// <param name="Step">The step.</param>
/// <param name="Lane">The lane.</param>
/// <param name="Manners">How.</param>
/// <param name="Until">Last position of interest; null: for ever.</param>
internal sealed record StepWork(Step Step, Lane Lane, StepManners Manners, long? Until = null)
{
    /// <summary>Whether it gives way while live entries are worked on; otherwise its entries are the live ones.</summary>
    public bool Waits { get; init; } = Lane == Lane.Bulk;
}

/// <summary>
/// Works through one lane of a step: leases it, reads entries, has several worked on at once, and commits results together with the position,
/// in the order of the log. A crash at any point repeats what was not committed and nothing else. An entry that fails is put off with a
/// growing delay and goes to quarantine in the end; it never blocks the others.
/// </summary>
internal sealed class StepRunner(IStepLog log, StepWork work, EntryHandler handle, PipelineTools tools, ILogger logger)
{
    private readonly string _owner = $"{work.Step.Name}/{work.Lane}/{Guid.NewGuid():N}";
    private DateTimeOffset? _leasedUntil;

    /// <summary>Works until it is cancelled, or the last position of interest is behind it and nothing is put off.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                // Also a lease is written: without room there is none, and the step waits for both.
                var lease = await log.LeaseAsync(work.Step, work.Lane, _owner, work.Manners.Lease, cancellation);
                if (lease is null)
                {
                    await Task.Delay(work.Manners.Glance, tools.Time, cancellation);
                    continue;
                }

                _leasedUntil = tools.Time.GetUtcNow() + work.Manners.Lease;
                if (await WorkAsync(lease, cancellation))
                {
                    return;
                }
            }
            catch (LeaseLostException)
            {
                PipelineLog.LeaseLost(logger, work.Step.Name, work.Lane);
            }
            catch (StorageFullException)
            {
                PipelineLog.StorageFull(logger, work.Step.Name, work.Lane);
                await Task.Delay(work.Manners.FirstDelay, tools.Time, cancellation);
            }
            catch (StorageException error) when (error is not StorageFailedException)
            {
                PipelineLog.StorageWaits(logger, work.Step.Name, error.GetType().Name);
                await Task.Delay(work.Manners.FirstDelay, tools.Time, cancellation);
            }
        }
    }

    /// <summary>True when everything of interest is done.</summary>
    private async Task<bool> WorkAsync(StepLease lease, CancellationToken cancellation)
    {
        var seen = 0L;
        while (true)
        {
            var entries = await log.ReadAsync(lease, work.Manners.Batch, cancellation);
            if (entries.Count > 0)
            {
                await BatchAsync(lease, entries, cancellation);
                continue;
            }

            if (work.Until is { } until && await IsDoneAsync(until, cancellation))
            {
                return true;
            }

            seen = await GrowthAsync(seen, cancellation);
            await RenewAsync(lease);
        }
    }

    private async Task<bool> IsDoneAsync(long until, CancellationToken cancellation)
    {
        var progress = await log.ProgressAsync(work.Step, work.Lane, cancellation);
        return progress.Waiting == 0 && (progress.Remaining == 0 || progress.Position >= until);
    }

    /// <summary>Ends when the log grew, or after a glance's time: what was put off becomes due without a new entry.</summary>
    private async Task<long> GrowthAsync(long seen, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var growth = log.WaitAsync(seen, both.Token);
        await Task.WhenAny(growth, Task.Delay(work.Manners.Glance, tools.Time, both.Token));
        var grown = growth.IsCompletedSuccessfully ? await growth : seen;
        await both.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        return grown;
    }

    private async Task BatchAsync(StepLease lease, IReadOnlyList<StepEntry> entries, CancellationToken cancellation)
    {
        var live = !work.Waits;
        if (live)
        {
            tools.Gate.Enter();
        }

        // Whatever ends the batch early ends what is still under way, too: nothing of it may go on beside the next try.
        using var batch = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var underWay = new Queue<(StepEntry Entry, Task<Done> Task)>();
        var gathered = new Gathering();
        try
        {
            foreach (var entry in entries)
            {
                while (underWay.Count >= work.Manners.Parallel)
                {
                    await TakeAsync(underWay.Dequeue(), gathered);
                    await CommitAsync(lease, gathered, work.Manners.CommitEvery, cancellation);
                }

                if (!live)
                {
                    await tools.Gate.QuietAsync(cancellation);
                }

                underWay.Enqueue((entry, Task.Run(() => HandleAsync(entry, batch.Token), batch.Token)));
            }

            while (underWay.TryDequeue(out var next))
            {
                await TakeAsync(next, gathered);
                await CommitAsync(lease, gathered, work.Manners.CommitEvery, cancellation);
            }

            await CommitAsync(lease, gathered, atLeast: 1, cancellation);
            await gathered.Written;
        }
        finally
        {
            await batch.CancelAsync();
            await gathered.Written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(underWay.Select(one => (Task)one.Task)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (live)
            {
                tools.Gate.Leave();
            }
        }
    }

    private async Task<Done> HandleAsync(StepEntry entry, CancellationToken cancellation)
    {
        try
        {
            return entry.Entry.Damaged ? new Done(StepResult.Nothing, GiveUp: "damaged") : new Done(await handle(entry, cancellation));
        }
        catch (HopelessEntryException error)
        {
            PipelineLog.GivenUp(logger, work.Step.Name, entry.Entry.Position, error.Message);
            return new Done(StepResult.Nothing, GiveUp: error.Message);
        }
        catch (Exception error)
            when (error is not (StorageFailedException or StorageFullException)
                && !(error is OperationCanceledException && cancellation.IsCancellationRequested)
            )
        {
            // The kind of the error only: its message may quote what a mail says.
            var reason = error.GetType().Name;
            var tries = entry.Attempts + 1;
            if (tries >= work.Manners.MostTries)
            {
                PipelineLog.GivenUp(logger, work.Step.Name, entry.Entry.Position, reason);
                return new Done(StepResult.Nothing, GiveUp: reason);
            }

            PipelineLog.PutOff(logger, work.Step.Name, entry.Entry.Position, tries, reason);
            return new Done(StepResult.Nothing, PutOff: reason);
        }
    }

    private async Task TakeAsync((StepEntry Entry, Task<Done> Task) one, Gathering gathered)
    {
        var (entry, done) = (one.Entry, await one.Task);
        var position = entry.Entry.Position;
        gathered.Count++;
        gathered.Documents.AddRange(done.Result.Documents);
        gathered.Journal.AddRange(done.Result.Journal);
        gathered.Bytes += done.Result.Documents.Sum(document => (long)document.Body.Length);
        gathered.Through = entry.Attempts == 0 ? Math.Max(gathered.Through, position) : gathered.Through;
        if (done.PutOff is { } reason)
        {
            gathered.PutOff.Add(new PutOff(position, work.Manners.DelayAfter(entry.Attempts + 1), reason));
        }
        else if (done.GiveUp is { } why)
        {
            gathered.GivenUp.Add(new GivenUp(position, why));
        }
        else if (entry.Attempts > 0)
        {
            gathered.Settled.Add(position);
        }
    }

    private async Task CommitAsync(StepLease lease, Gathering gathered, int atLeast, CancellationToken cancellation)
    {
        if (gathered.Count < atLeast && gathered.Bytes < Gathering.MostBytes)
        {
            return;
        }

        // Entries are worked on while an outcome is written; only one is on its way at a time, in the order of the log.
        await gathered.Written;
        await RenewAsync(lease);
        var through = gathered.Through > 0 ? gathered.Through : (await log.ProgressAsync(work.Step, work.Lane, cancellation)).Position;
        var outcome = new StepOutcome
        {
            Through = through,
            Documents = [.. gathered.Documents],
            Settled = [.. gathered.Settled],
            PutOff = [.. gathered.PutOff],
            GivenUp = [.. gathered.GivenUp],
            Journal = [.. gathered.Journal],
        };
        gathered.Clear();
        gathered.Written = Task.Run(() => log.CommitAsync(lease, outcome, cancellation), cancellation);
    }

    private async Task RenewAsync(StepLease lease)
    {
        if (_leasedUntil is { } until && until - tools.Time.GetUtcNow() < work.Manners.Lease / 2)
        {
            await log.RenewAsync(lease, work.Manners.Lease);
            _leasedUntil = tools.Time.GetUtcNow() + work.Manners.Lease;
        }
    }

    private sealed record Done(StepResult Result, string? PutOff = null, string? GiveUp = null);

    /// <summary>Results that wait for their commit. The position stays when it is committed: what follows never goes back behind it.</summary>
    private sealed class Gathering
    {
        /// <summary>Results are committed early when they are large: 16 MiB.</summary>
        public const long MostBytes = 16L << 20;

        public int Count { get; set; }

        public long Bytes { get; set; }

        public long Through { get; set; }

        /// <summary>Ends when the last outcome is written; fails when it cannot be.</summary>
        public Task Written { get; set; } = Task.CompletedTask;

        public List<NewDocument> Documents { get; } = [];

        public List<JournalRecord> Journal { get; } = [];

        public List<long> Settled { get; } = [];

        public List<PutOff> PutOff { get; } = [];

        public List<GivenUp> GivenUp { get; } = [];

        public void Clear()
        {
            (Count, Bytes) = (0, 0);
            Documents.Clear();
            Journal.Clear();
            Settled.Clear();
            PutOff.Clear();
            GivenUp.Clear();
        }
    }
}
