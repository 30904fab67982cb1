using Noroshi.Hub.Storage;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>What time and others do to sharing: deadlines, and provisions that were taken back after they had been shared.</summary>
internal sealed partial class SharingRound(ApprovalWork approvals, WithdrawalWork withdrawals, TimeProvider time, ILogger<SharingRound> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>One round.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var decided = await approvals.RoundAsync();
        var (left, failed) = await withdrawals.RoundAsync(cancellation);
        if (failed > 0)
        {
            Stuck(log, failed);
        }

        if (decided > 0 || left.Count > 0)
        {
            Done(log, decided, left.Count);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error) when (error is StorageException or Hosting.ProblemException)
            {
                Failed(log, error.GetType().Name);
                await Task.Delay(Pause, time, CancellationToken.None)
                    .WaitAsync(stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Sharing: {Decided} approvals reached their time, {Left} versions left because of a withdrawal")]
    private static partial void Done(ILogger log, int decided, int left);

    [LoggerMessage(
        LogLevel.Warning,
        "Sharing: {Failed} items or drafts could not be freed of a withdrawn provision; the next round tries again"
    )]
    private static partial void Stuck(ILogger log, int failed);

    [LoggerMessage(LogLevel.Warning, "Sharing: a round ended early ({Error}); the next one goes on")]
    private static partial void Failed(ILogger log, string error);
}

/// <summary>Draws the hub's own id before anything can leave.</summary>
internal sealed class HubIdentityAtStart(ReleaseBook book, HubRecords records) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) =>
        book.IdentityNeeded() is { } needed ? records.ChangeAsync([], needed) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
