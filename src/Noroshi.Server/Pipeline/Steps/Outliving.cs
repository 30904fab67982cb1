using Noroshi.Hub.Storage;

namespace Noroshi.Server.Pipeline.Steps;

/// <summary>
/// Lets a part of the hub outlive what the store cannot do now, above all for want of room: an exception that left a background service would
/// end the hub, and with it the reading that needs no room.
/// </summary>
internal static class Outliving
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs work, again after a pause as long as the store cannot do it. A failed store is passed on: the process has to end.</summary>
    public static async Task RunAsync(
        string part,
        Func<CancellationToken, Task> work,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            try
            {
                await work(cancellation);
                return;
            }
            catch (StorageException error) when (error is not StorageFailedException)
            {
                PipelineLog.StorageWaits(logger, part, error.GetType().Name);
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }
}
