using System.Globalization;

namespace Noroshi.Bench.Soak;

/// <summary>Looks every 50 ms how much memory a process and all its children hold. Shared pages count in each, so sums are upper bounds.</summary>
internal sealed class ProcessTree : IDisposable
{
    private const string WorkerName = "noroshi-worker";
    private readonly int _root;
    private readonly Timer _timer;
    private int _looking;

    public ProcessTree(int root)
    {
        _root = root;
        _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
    }

    /// <summary>Most bytes of hub and workers at one time.</summary>
    public long Together { get; private set; }

    /// <summary>Most bytes of the hub.</summary>
    public long Hub { get; private set; }

    /// <summary>Most bytes of one worker.</summary>
    public long Worker { get; private set; }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (Interlocked.Exchange(ref _looking, 1) == 1)
        {
            return;
        }

        var hub = Resident(_root);
        long together = hub;
        foreach (var child in Descendants())
        {
            // Between fork and exec a child still shows the memory of the hub.
            if (Read($"/proc/{child}/cmdline").Contains(WorkerName, StringComparison.Ordinal))
            {
                var bytes = Resident(child);
                together += bytes;
                Worker = Math.Max(Worker, bytes);
            }
        }

        Hub = Math.Max(Hub, hub);
        Together = Math.Max(Together, together);
        Volatile.Write(ref _looking, 0);
    }

    private IEnumerable<int> Descendants()
    {
        var waiting = new Queue<int>([_root]);
        while (waiting.TryDequeue(out var process))
        {
            foreach (var task in Tasks(process))
            {
                foreach (var word in Read(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    var child = int.Parse(word, CultureInfo.InvariantCulture);
                    waiting.Enqueue(child);
                    yield return child;
                }
            }
        }
    }

    private static string[] Tasks(int process)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process}/task");
        }
        catch (IOException)
        {
            // It has ended.
            return [];
        }
    }

    private static long Resident(int process)
    {
        foreach (var line in Read($"/proc/{process}/status").Split('\n'))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
            {
                return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) << 10;
            }
        }

        return 0;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process or thread is gone.
            return "";
        }
    }
}
