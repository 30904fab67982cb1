using System.Diagnostics;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Notices.Steps;

/// <summary>What became of an entry.</summary>
internal sealed record Handled
{
    /// <summary>Dealt with, nothing to write.</summary>
    public static Handled Nothing { get; } = new();

    /// <summary>Documents to write.</summary>
    public IReadOnlyList<NewDocument> Documents { get; init; } = [];

    /// <summary>Journal records to write.</summary>
    public IReadOnlyList<JournalRecord> Journal { get; init; } = [];

    /// <summary>To be handed out again after this time; null: it is done.</summary>
    public TimeSpan? Later { get; init; }

    /// <summary>Code of the reason why it waits or was given up.</summary>
    public string? Reason { get; init; }

    /// <summary>Put into quarantine.</summary>
    public bool GivenUp { get; init; }
}

/// <summary>
/// A step of the notices: takes entries one after the other, since each may depend on what the one before wrote, and decides itself how long
/// one waits.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="step">Step.</param>
/// <param name="handle">What is done with an entry; an exception puts it off.</param>
internal sealed partial class NoticeStep(
    IStepLog log,
    Step step,
    Func<StepEntry, CancellationToken, Task<Handled>> handle,
    ILogger<NoticeStep> logger
)
{
    private const int AtOnce = 64;
    private const int MostTries = 12;
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(5);
    private readonly string _owner = $"notices-{Guid.NewGuid():N}";
    private StepLease? _lease;
    private long _leased;

    /// <summary>Works on everything that is there and due.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (await LeasedAsync(cancellation) is { } lease)
            {
                var entries = await log.ReadAsync(lease, AtOnce, cancellation);
                if (entries.Count == 0)
                {
                    return;
                }

                foreach (var entry in entries)
                {
                    var handled = await TryAsync(entry, cancellation);
                    await log.CommitAsync(lease, await OutcomeOf(entry, handled, cancellation), cancellation);
                }
            }
        }
        catch (LeaseLostException)
        {
            // Somebody else works on the step; what was not committed is his.
            _lease = null;
        }
    }

    /// <summary>The lease, taken anew only when half of it is over: looking for work writes nothing.</summary>
    private async Task<StepLease?> LeasedAsync(CancellationToken cancellation)
    {
        if (_lease is null || Stopwatch.GetElapsedTime(_leased) > Duration / 2)
        {
            _leased = Stopwatch.GetTimestamp();
            _lease = await log.LeaseAsync(step, Lane.Live, _owner, Duration, cancellation);
        }

        return _lease;
    }

    private async Task<Handled> TryAsync(StepEntry entry, CancellationToken cancellation)
    {
        try
        {
            return await handle(entry, cancellation);
        }
        catch (Exception error) when (error is not (OperationCanceledException or StorageException))
        {
            // The kind of the error only: its message may quote what a mail says.
            var reason = error.GetType().Name;
            var giveUp = entry.Attempts + 1 >= MostTries;
            Failed(logger, step.Name, entry.Entry.Position, reason, entry.Attempts + 1);
            return new Handled
            {
                Reason = reason,
                GivenUp = giveUp,
                Later = giveUp ? null : TimeSpan.FromSeconds(Math.Min(600, 2 << entry.Attempts)),
            };
        }
    }

    private async Task<StepOutcome> OutcomeOf(StepEntry entry, Handled handled, CancellationToken cancellation)
    {
        var position = entry.Entry.Position;
        var isNew = entry.Attempts == 0;
        return new StepOutcome
        {
            Through = isNew ? position : (await log.ProgressAsync(step, Lane.Live, cancellation)).Position,
            Documents = handled.Documents,
            Journal = handled.Journal,
            Settled = !isNew && handled is { Later: null, GivenUp: false } ? [position] : [],
            PutOff = handled is { Later: { } delay, GivenUp: false } ? [new PutOff(position, delay, handled.Reason ?? "later")] : [],
            GivenUp = handled.GivenUp ? [new GivenUp(position, handled.Reason ?? "failed")] : [],
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Step {Step}, entry {Position}: {Reason}, try {Tries}")]
    private static partial void Failed(ILogger logger, string step, long position, string reason, int tries);
}
