using Noroshi.Hub.Storage;
using Noroshi.Server.Notices.Answering;
using Noroshi.Server.Notices.Sending;
using Noroshi.Server.Notices.Steps;

namespace Noroshi.Server.Notices;

/// <summary>
/// Works through acknowledgements and answers in one loop, one after the other, so that no two write about the same provision at once; and
/// through the outbox in another, so that a slow relay delays no answer.
/// </summary>
internal sealed partial class NoticeWork : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly IHubStore _store;
    private readonly ILogger<NoticeWork> _logger;
    private readonly IReadOnlyList<NoticeStep> _answering;
    private readonly NoticeStep _sending;

    public NoticeWork(IHubStore store, IServiceProvider services, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(store);
        (_store, _logger) = (store, loggers.CreateLogger<NoticeWork>());
        var logger = loggers.CreateLogger<NoticeStep>();
        NoticeStep Of(Step step, Func<StepEntry, CancellationToken, Task<Handled>> handle) => new(store.Steps, step, handle, logger);
        var tell = services.GetRequiredService<TellStep>();
        _answering =
        [
            Of(AcknowledgeStep.Step, services.GetRequiredService<AcknowledgeStep>().HandleAsync),
            Of(AnswerStep.Step, services.GetRequiredService<AnswerStep>().HandleAsync),
            Of(LateAnswerStep.Step, services.GetRequiredService<LateAnswerStep>().HandleAsync),
            Of(TellStep.Inquiries, tell.InquiryAsync),
            Of(TellStep.Confirmations, tell.ConfirmationAsync),
            Of(TellStep.Accounts, tell.AccountAsync),
            Of(TellApprovalStep.Approvals, services.GetRequiredService<TellApprovalStep>().HandleAsync),
        ];
        _sending = Of(SendStep.Step, services.GetRequiredService<SendStep>().HandleAsync);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(LoopAsync(_answering, stoppingToken), LoopAsync([_sending], stoppingToken));

    private async Task LoopAsync(IReadOnlyList<NoticeStep> steps, CancellationToken stopping)
    {
        // The host's start is not to wait for the first pass.
        await Task.Yield();
        try
        {
            while (true)
            {
                foreach (var step in steps)
                {
                    try
                    {
                        await step.RunAsync(stopping);
                    }
                    catch (StorageException error) when (error is not StorageFailedException)
                    {
                        Stopped(_logger, error.GetType().Name);
                    }
                }

                // What was put off falls due by the clock, so the log's growth is not all there is to wait for.
                await Task.Delay(Pause, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notices wait: {Reason}")]
    private static partial void Stopped(ILogger logger, string reason);
}
