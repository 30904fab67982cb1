using System.Collections.Concurrent;

namespace Noroshi.Server.Pipeline.Jail;

/// <summary>Starts workers and keeps one warm, so that a fresh one costs its user no waiting.</summary>
internal sealed class WorkerNursery : IDisposable
{
    private readonly WorkerCommand _command;
    private readonly WorkerLimits _limits;
    private readonly TimeProvider _time;
    private readonly Spawner _spawner;
    private readonly BlockingCollection<WorkerProcess> _spares = new(boundedCapacity: 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wanted = new(1, 1);
    private readonly Thread _thread;
    private TimeSpan _lastStart;
    private int _started;

    public WorkerNursery(WorkerCommand command, WorkerLimits limits, TimeProvider time)
    {
        _command = command;
        _limits = limits;
        _time = time;
        Watchdog = new Watchdog(limits.ResidentBytes, time);
        _spawner = new Spawner(command);
        _thread = new Thread(Run) { IsBackground = true, Name = "noroshi-nursery" };
        _thread.Start();
    }

    public Watchdog Watchdog { get; }

    /// <summary>Workers that started well so far.</summary>
    public int Started => Volatile.Read(ref _started);

    /// <summary>A fresh worker: the warm one or a new one.</summary>
    /// <exception cref="JailException">None can be started.</exception>
    public WorkerProcess Take()
    {
        var worker = _spares.TryTake(out var spare) ? spare : Start();
        Want();
        return worker;
    }

    /// <summary>The warm worker, if there is one: for a replacement that can wait.</summary>
    public WorkerProcess? TakeSpare()
    {
        var taken = _spares.TryTake(out var spare);
        Want();
        return taken ? spare : null;
    }

    public JailReport Report()
    {
        using var worker = Take();
        Watchdog.Remove(worker);
        return worker.Hello is { } hello
            ? JailReport.From(_spawner.LandlockAbi, _spawner.LandlockHolds && _spawner.NoNewPrivileges, hello)
            : throw new JailException("The worker said nothing of its jail.");
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        while (_spares.TryTake(out var spare))
        {
            Discard(spare);
        }

        _spawner.Dispose();
        Watchdog.Dispose();
    }

    /// <summary>Ends a worker.</summary>
    public void Discard(WorkerProcess worker)
    {
        Watchdog.Remove(worker);
        worker.Dispose();
    }

    private void Want()
    {
        lock (_wanted)
        {
            if (_wanted.CurrentCount == 0)
            {
                _wanted.Release();
            }
        }
    }

    private WorkerProcess Start()
    {
        var begin = _time.GetTimestamp();
        WorkerProcess worker;
        try
        {
            worker = WorkerProcess.Start(_spawner, _command);
        }
        catch (IOException e)
        {
            throw new JailException(e.Message, e);
        }

        worker.SetDeadline(Watchdog.In(_limits.StartDeadline));
        worker.AllowProcessorTime(_limits.StartDeadline);
        Watchdog.Add(worker);
        if (!worker.ReadHello())
        {
            Watchdog.Remove(worker);
            var how = worker.End();
            worker.Dispose();
            throw new JailException(
                how == "exit code 70" ? "The worker has no working NFKC: ICU is missing for it." : $"The worker did not start ({how})."
            );
        }

        worker.SetDeadline(long.MaxValue);
        Interlocked.Increment(ref _started);
        _lastStart = _time.GetElapsedTime(begin);
        return worker;
    }

    /// <summary>Refills, and rests after each start in proportion to what it took.</summary>
    private void Run()
    {
        try
        {
            while (true)
            {
                _wanted.Wait(_stop.Token);
                if (_spares.Count == 0)
                {
                    var worker = Start();
                    if (!_spares.TryAdd(worker))
                    {
                        Discard(worker);
                    }

                    _stop.Token.WaitHandle.WaitOne(_lastStart * ((1 / _limits.ReplacementShare) - 1));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The pool closes.
        }
        catch (JailException)
        {
            // Whoever takes a worker next meets the same fault and tells it.
        }
    }
}
