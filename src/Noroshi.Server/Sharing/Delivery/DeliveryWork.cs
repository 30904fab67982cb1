using Noroshi.Hub.Storage;
using Noroshi.Server.Notices.Steps;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>Announces what was shared: queue and mails in one loop, webhooks in another, so that neither waits for the other.</summary>
internal sealed partial class DeliveryWork : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ILogger<DeliveryWork> _logger;
    private readonly IReadOnlyList<Func<CancellationToken, Task>> _mails;
    private readonly IReadOnlyList<Func<CancellationToken, Task>> _hooks;

    /// <summary>Creates the service.</summary>
    public DeliveryWork(IHubStore store, IServiceProvider services, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(store);
        _logger = loggers.CreateLogger<DeliveryWork>();
        var logger = loggers.CreateLogger<NoticeStep>();
        var mail = new NoticeStep(store.Steps, ShareMailStep.Step, services.GetRequiredService<ShareMailStep>().HandleAsync, logger);
        var hook = new NoticeStep(store.Steps, WebhookStep.Step, services.GetRequiredService<WebhookStep>().HandleAsync, logger);
        _mails = [services.GetRequiredService<ShareQueue>().RunAsync, mail.RunAsync];
        _hooks = [hook.RunAsync];
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(LoopAsync(_mails, stoppingToken), LoopAsync(_hooks, stoppingToken));

    private async Task LoopAsync(IReadOnlyList<Func<CancellationToken, Task>> parts, CancellationToken stopping)
    {
        // The host's start is not to wait for the first pass.
        await Task.Yield();
        try
        {
            while (true)
            {
                foreach (var run in parts)
                {
                    try
                    {
                        await run(stopping);
                    }
                    catch (StorageException error) when (error is not StorageFailedException)
                    {
                        Stopped(_logger, error.GetType().Name);
                    }
                }

                await Task.Delay(Pause, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
    }

    [LoggerMessage(EventId = 7001, Level = LogLevel.Warning, Message = "Announcing of shares waits: {Reason}")]
    private static partial void Stopped(ILogger logger, string reason);
}
