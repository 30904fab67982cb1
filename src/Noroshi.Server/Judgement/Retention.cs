using Noroshi.Hub.Identity;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Storage;
using Noroshi.Server.Intake;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>Ends what has had its term, once a day and on demand; the receipts stand in the journal.</summary>
internal sealed class Retention(IHubStore store, Erasures erasures, RetentionTerms terms, TimeProvider time)
{
    /// <summary>Provisions of one class that one run ends; the next goes on.</summary>
    private const int MostAtOnce = 1_000;

    /// <summary>Ends what is due.</summary>
    public async Task<RetentionRun> RunAsync(Actor by, CancellationToken cancellation)
    {
        var (touched, evidence, documents, complete) = (new HashSet<ProvisionId>(), 0, 0, true);
        foreach (var (retention, before) in terms.Due(time.GetUtcNow()))
        {
            var held = await store.Erasure.HeldAsync(retention, before, MostAtOnce, cancellation);
            complete &= held.Count < MostAtOnce;
            var classes = new HashSet<RetentionClass> { retention };
            var receipts = await erasures.EraseAsync(
                [.. held.Select(provision => new ErasureOrder(provision, classes, by.Id, "retention"))],
                cancellation
            );
            touched.UnionWith(held);
            evidence += receipts.Sum(one => one.Evidence);
            documents += receipts.Sum(one => one.Documents);
        }

        return new RetentionRun(touched.Count, evidence, documents, complete);
    }
}

/// <summary>The daily round: withdrawals that were interrupted, retention and reminders.</summary>
internal sealed partial class DailyRound(
    Retention retention,
    Withdrawals withdrawals,
    InquiryWork inquiries,
    TimeProvider time,
    ILogger<DailyRound> log
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await withdrawals.CompleteAsync(stoppingToken);
                var run = await retention.RunAsync(Actor.System, stoppingToken);
                var reminded = await inquiries.RemindAsync(stoppingToken);
                if (run.Provisions > 0 || reminded.Count > 0)
                {
                    Round(log, run.Provisions, reminded.Count);
                }

                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (StorageException error) when (error is not StorageFailedException)
            {
                Failed(log, error.GetType().Name);
                await Task.Delay(Pause, time, CancellationToken.None)
                    .WaitAsync(stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Daily round: {Provisions} provisions had their term, {Reminders} inquiries were reminded of")]
    private static partial void Round(ILogger log, int provisions, int reminders);

    [LoggerMessage(LogLevel.Warning, "Daily round ended early ({Error}); the next one goes on")]
    private static partial void Failed(ILogger log, string error);
}
