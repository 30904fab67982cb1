using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Noroshi.Fuzz;

/// <summary>
/// Ends the process when one input takes too long. Processor time counts, so that a busy machine makes no false alarm; an input that waits
/// for something that never comes is caught by six times that on the clock.
/// </summary>
internal sealed partial class Watcher
{
    /// <summary>Exit code of a process that was ended for a hang.</summary>
    public const int HangExitCode = 70;

    private readonly double _limit;
    private long _number;
    private bool _running;

    public Watcher(double limitSeconds)
    {
        _limit = limitSeconds;
        new Thread(Watch) { IsBackground = true, Name = "watcher" }.Start();
    }

    public void Start()
    {
        Interlocked.Increment(ref _number);
        Volatile.Write(ref _running, true);
    }

    public void Stop() => Volatile.Write(ref _running, false);

    private void Watch()
    {
        long watched = -1;
        var processor = TimeSpan.Zero;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            Thread.Sleep(100);
            var number = Interlocked.Read(ref _number);
            if (number != watched || !Volatile.Read(ref _running))
            {
                watched = number;
                processor = Environment.CpuUsage.TotalTime;
                clock.Restart();
            }
            else if ((Environment.CpuUsage.TotalTime - processor).TotalSeconds > _limit || clock.Elapsed.TotalSeconds > 6 * _limit)
            {
                Exit(HangExitCode);
            }
        }
    }

    /// <summary>Ends at once: an ordinary exit would wait for the thread that hangs.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
