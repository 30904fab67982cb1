using System.Threading.Channels;

namespace Noroshi.Storage.Blobs;

/// <summary>
/// A few threads that wait for the disk, so that callers do not hold the thread pool's. The kernel joins syncs that run side by side into one
/// commit of its journal. What waits is bounded: callers wait for a place.
/// </summary>
internal sealed class SyncThreads : IAsyncDisposable
{
    private readonly Channel<Action> _work;
    private readonly Thread[] _threads;

    public SyncThreads(int threads)
    {
        _work = Channel.CreateBounded<Action>(new BoundedChannelOptions(threads * 4));
        _threads = new Thread[threads];
        for (var i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(Run) { IsBackground = true, Name = $"evidence {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Runs the work on one of the threads.</summary>
    public async Task RunAsync(Action work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _work.Writer.WriteAsync(
            () =>
            {
                try
                {
                    work();
                    done.SetResult();
                }
                catch (Exception error)
                {
                    done.SetException(error);
                }
            },
            cancellation
        );
        await done.Task;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        return new ValueTask(
            Task.Run(() =>
            {
                foreach (var thread in _threads)
                {
                    thread.Join();
                }
            })
        );
    }

    private void Run()
    {
        while (_work.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_work.Reader.TryRead(out var work))
            {
                work();
            }
        }
    }
}
