using System.Collections.Concurrent;

namespace Noroshi.Server.Pipeline.Jail;

/// <summary>
/// Looks at every worker ten times a second, from a thread of its own: a busy thread pool must not let a worker live longer.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<WorkerProcess, bool> _workers = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly long _residentBytes;
    private readonly TimeProvider _time;

    public Watchdog(long residentBytes, TimeProvider time)
    {
        _residentBytes = residentBytes;
        _time = time;
        new Thread(Run) { IsBackground = true, Name = "noroshi-watchdog" }.Start();
    }

    /// <summary>Monotonic time in ticks of the provider.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>The time that is so far from now.</summary>
    public long In(TimeSpan time) => Now + (long)(time.TotalSeconds * _time.TimestampFrequency);

    public void Add(WorkerProcess worker) => _workers[worker] = true;

    public void Remove(WorkerProcess worker) => _workers.TryRemove(worker, out _);

    public void Dispose() => _stop.Set();

    private void Run()
    {
        while (!_stop.Wait(Interval))
        {
            foreach (var worker in _workers.Keys)
            {
                worker.Check(Now, _residentBytes);
            }
        }
    }
}
