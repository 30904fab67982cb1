using System.Globalization;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Sqlite;

namespace Noroshi.StorageBench;

/// <summary>
/// The process that is killed: callers that hand in provisions and say on stdout what was acknowledged, and a step that works through the queue.
/// Ends with 70 when the store says that it has failed, with 75 when there is no room.
/// </summary>
internal static class IntakeChild
{
    public const int Failed = 70;
    public const int Full = 75;
    public static readonly Step Dissect = new("dissect", IStepLog.ProvisionKind);
    public const string FactsKind = "facts";

    /// <summary>Runs until it is killed, or until <paramref name="count"/> provisions are acknowledged.</summary>
    public static async Task<int> RunAsync(Places places, int first, int callers, int count)
    {
        var store = SqliteHubStore.Open(places.Options());
        var output = new Lock();
        var next = first - 1;
        using var stop = new CancellationTokenSource();
        Say("open");
        var steps = new[] { Lane.Live, Lane.Bulk }.Select(lane => Task.Run(() => StepAsync(store, lane, stop.Token))).ToArray();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
            await stop.CancelAsync();
            await Task.WhenAll(steps);
            await store.DisposeAsync();
            return 0;
        }
        catch (StorageFailedException)
        {
            Say("failed");
            return Failed;
        }
        catch (StorageFullException)
        {
            Say("full");
            return Full;
        }

        async Task CallAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number < first + count)
            {
                var provision = SampleMails.Provision(number, TimeProvider.System.GetUtcNow());
                // Every fifth comes twice at once, as a sender does that lost the answer.
                var both = number % 5 == 0 ? 2 : 1;
                foreach (var receipt in await Task.WhenAll(Enumerable.Range(0, both).Select(_ => store.Intake.ReceiveAsync(provision))))
                {
                    Say(string.Create(CultureInfo.InvariantCulture, $"ack {number} {receipt.Number} {receipt.Id}"));
                }
            }
        }

        void Say(string line)
        {
            lock (output)
            {
                Console.Out.WriteLine(line);
                Console.Out.Flush();
            }
        }
    }

    /// <summary>Writes one document of facts for each provision until the lane is empty and nothing more is awaited.</summary>
    public static async Task StepAsync(IHubStore store, Lane lane, CancellationToken stop)
    {
        var lease =
            await store.Steps.LeaseAsync(Dissect, lane, "step", TimeSpan.FromMinutes(1), CancellationToken.None)
            ?? throw new InvalidOperationException("Nobody else works here.");
        var turn = 0;
        var through = lease.Position;
        while (true)
        {
            var entries = await store.Steps.ReadAsync(lease, 32, CancellationToken.None);
            if (entries.Count == 0)
            {
                if (stop.IsCancellationRequested)
                {
                    return;
                }

                await Task.Delay(2, CancellationToken.None);
                continue;
            }

            await store.Steps.RenewAsync(lease, TimeSpan.FromMinutes(1), CancellationToken.None);
            var outcome = Outcome(entries, turn++, through);
            await store.Steps.CommitAsync(lease, outcome, CancellationToken.None);
            through = outcome.Through;
        }
    }

    /// <summary>Everything is done but, now and then, one that is put off and done the next time.</summary>
    private static StepOutcome Outcome(IReadOnlyList<StepEntry> entries, int turn, long through)
    {
        var fresh = entries.Where(one => one.Attempts == 0).ToList();
        var later = turn % 4 == 0 && fresh.Count > 1 ? fresh[0] : null;
        return new StepOutcome
        {
            Through = fresh.Count > 0 ? fresh[^1].Entry.Position : through,
            Documents =
            [
                .. entries
                    .Where(one => one != later)
                    .Select(one => new NewDocument(one.Entry.Provision, FactsKind, RetentionClass.PersonalData, one.Entry.Body ?? default)),
            ],
            PutOff = later is null ? [] : [new PutOff(later.Entry.Position, TimeSpan.Zero, "slow")],
            Settled = [.. entries.Where(one => one.Attempts > 0).Select(one => one.Entry.Position)],
            Journal = [new JournalRecord("system", "step.done", Dissect.Name)],
        };
    }
}
