using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Reports.Outputs;

namespace Noroshi.Server.Reports;

/// <summary>Puts decided reports onto the public site when their time (解禁日時) has come.</summary>
internal sealed partial class ReportRound(ReportDesk desk, Publications publications, TimeProvider time, ILogger<ReportRound> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    /// <summary>One round.</summary>
    /// <returns>How many reports were published.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var standing = publications.All.ToDictionary(one => one.Id, one => one.Value.Revision, StringComparer.Ordinal);
        var due = await desk.DueAsync((folder, number) => standing.GetValueOrDefault(folder) >= number, cancellation);
        foreach (var (by, order) in due)
        {
            await publications.PublishAsync(by, order, cancellation);
            Published(log, order.Slug);
        }

        return due.Count;
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
            catch (Exception error) when (error is StorageException or ProblemException)
            {
                Failed(log, error.GetType().Name);
                await Task.Delay(Pause, time, CancellationToken.None)
                    .WaitAsync(stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Reports: {Folder} is on the public site")]
    private static partial void Published(ILogger log, string folder);

    [LoggerMessage(LogLevel.Warning, "Reports: a round ended early ({Error}); the next one goes on")]
    private static partial void Failed(ILogger log, string error);
}
