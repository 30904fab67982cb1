using Noroshi.MailAnatomy;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Pipeline;

/// <summary>Where bytes are taken apart.</summary>
internal interface IMailWorkers
{
    /// <summary>Requests that are worked on at the same time.</summary>
    int Workers { get; }

    /// <summary>Takes bytes apart; what a worker does (hang, die) is in the outcome.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="request">What to do.</param>
    /// <param name="group">Whose they are, when a worker may be taken that others of the same group used (bulk imports); null: a fresh one.</param>
    /// <param name="cancellation">Kills the worker.</param>
    /// <exception cref="JailException">No worker can be started: later perhaps.</exception>
    Task<WorkerOutcome> DissectAsync(ReadOnlyMemory<byte> bytes, DissectionRequest request, string? group, CancellationToken cancellation);
}

/// <summary>The hub's one pool of jailed workers, started when the first mail comes.</summary>
internal sealed class MailWorkers(TimeProvider time) : IMailWorkers, IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private WorkerPool? _pool;

    /// <inheritdoc/>
    public int Workers => _pool?.Workers ?? Environment.ProcessorCount;

    /// <inheritdoc/>
    public async Task<WorkerOutcome> DissectAsync(
        ReadOnlyMemory<byte> bytes,
        DissectionRequest request,
        string? group,
        CancellationToken cancellation
    ) => await (_pool ?? await StartAsync(cancellation)).DissectAsync(bytes, request, group, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_pool is { } pool)
        {
            await pool.DisposeAsync();
        }

        _starting.Dispose();
    }

    private async Task<WorkerPool> StartAsync(CancellationToken cancellation)
    {
        await _starting.WaitAsync(cancellation);
        try
        {
            return _pool ??= new WorkerPool(WorkerCommand.Find(), new WorkerLimits(), time);
        }
        catch (FileNotFoundException error)
        {
            throw new JailException(error.Message, error);
        }
        finally
        {
            _starting.Release();
        }
    }
}
