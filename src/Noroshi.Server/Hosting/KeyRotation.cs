using Noroshi.Hub.Identity;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Hosting;

/// <summary>
/// Wraps everything that an older master key wraps with the active one, beside the running hub. Nothing to do when all is wrapped by the
/// active key; what was cut off goes on at the next start.
/// </summary>
internal sealed partial class KeyRotation(IHubStore store, ILogger<KeyRotation> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start of the hub waits for nobody.
        await Task.Yield();
        try
        {
            var wrapped = await store.Keys.RotateAsync(Actor.System.Id, stoppingToken);
            if (wrapped > 0)
            {
                Wrapped(wrapped);
            }
        }
        catch (Exception error) when (error is StorageException)
        {
            NotWrapped(error.GetType().Name);
        }
    }

    [LoggerMessage(
        1050,
        LogLevel.Information,
        "{Count} keys and secrets were wrapped anew with the active master key; the older keys open nothing any more"
    )]
    private partial void Wrapped(long count);

    [LoggerMessage(1051, LogLevel.Error, "The older master keys are still needed ({ErrorType}); the next start tries again")]
    private partial void NotWrapped(string errorType);
}
