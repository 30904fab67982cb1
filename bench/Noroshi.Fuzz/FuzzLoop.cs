using System.Diagnostics;

namespace Noroshi.Fuzz;

/// <summary>
/// The process of one target: runs what is known, then changes of it until the time is over. A crash is made smaller and kept; what ends
/// the process (a hang, a stack overflow) is kept by <see cref="Supervisor"/>.
/// </summary>
internal sealed class FuzzLoop : IDisposable
{
    private const int MinimiseTries = 3_000;
    private const int Energy = 64;
    private const int MaxKnownLength = 6 << 20;

    private readonly IFuzzTarget _target;
    private readonly FuzzOptions _options;
    private readonly FuzzFolders _folders;
    private readonly Coverage _coverage;
    private readonly Random _random;
    private readonly InputQueue _queue;
    private readonly InFlight _inFlight;
    private readonly Watcher _watcher;
    private readonly HashSet<string> _deadly;
    private readonly HashSet<string> _signs = new(StringComparer.Ordinal);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _executions;
    private long _crashes;
    private double _slowest;
    private long _largest;
    private double _told;

    public FuzzLoop(IFuzzTarget target, FuzzOptions options, FuzzFolders folders, Coverage coverage)
    {
        _target = target;
        _options = options;
        _folders = folders;
        _coverage = coverage;
        _random = new Random(options.Seed);
        _queue = new InputQueue(_random);
        _inFlight = new InFlight(folders.InFlight(target.Name), MaxKnownLength);
        _inFlight.Clear();
        _watcher = new Watcher(options.Limit);
        var deadly = folders.Deadly(target.Name);
        _deadly = File.Exists(deadly) ? [.. File.ReadAllLines(deadly)] : [];
    }

    public void Dispose() => _inFlight.Dispose();

    public void Run()
    {
        var longest = Known();
        if (_queue.Count == 0)
        {
            // Nothing reached the parser, or each input crashed it: chance begins with nothing.
            _queue.Add([0], []);
        }

        var mutator = new Mutator(_random, _target.Dictionary, Math.Max(_options.MaxLength, longest + (longest / 4)));
        while (!Over())
        {
            var entry = _queue.Pick();
            for (var i = 0; i < Energy && !Over(); i++)
            {
                var bytes = mutator.Make(entry.Bytes, _queue.Any());
                if (Try(bytes) && Keep(bytes))
                {
                    Save(bytes);
                }

                Tell(every: 0.2);
            }
        }

        Tell(every: 0);
    }

    /// <summary>Seeds, kept regressions, the corpus and the crashes of earlier sessions. Gives the length of the longest.</summary>
    private int Known()
    {
        var longest = 0;
        var corpus = _folders.Corpus(_target.Name);
        foreach (var seed in _target.Seeds().Concat(FuzzFolders.Inputs(_folders.Kept(_target.Name)).Select(File.ReadAllBytes)))
        {
            longest = Math.Max(longest, seed.Length);
            First(seed);
        }

        foreach (var path in FuzzFolders.Inputs(_folders.Crashes(_target.Name)).ToList())
        {
            var crashed = _crashes;
            First(File.ReadAllBytes(path));
            if (_crashes == crashed && !_deadly.Contains(Path.GetFileName(path)))
            {
                // Mended since.
                File.Delete(path);
                File.Delete(path + ".txt");
            }
        }

        foreach (var path in FuzzFolders.Inputs(corpus).ToList())
        {
            if (!First(File.ReadAllBytes(path)))
            {
                // Another input reaches all of it by now.
                File.Delete(path);
            }
        }

        return Math.Min(longest, MaxKnownLength);
    }

    private bool First(byte[] bytes)
    {
        if (bytes.Length > MaxKnownLength || _deadly.Contains(FuzzFolders.NameOf(bytes)))
        {
            return false;
        }

        Tell(every: 0.2);
        return Try(bytes) && Keep(bytes);
    }

    /// <summary>Runs an input; false when it crashed.</summary>
    private bool Try(byte[] bytes)
    {
        if (Execute(bytes, out var sign) is not { } error)
        {
            return true;
        }

        _crashes++;
        if (_signs.Add(sign))
        {
            var small = Minimise(bytes, sign);
            var shown = Execute(small, out _) ?? error;
            _folders.SaveCrash(_target.Name, small, $"{sign}\n{shown}");
        }

        return false;
    }

    private Exception? Execute(byte[] bytes, out string sign)
    {
        _inFlight.Put(bytes);
        _coverage.Reset();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        _watcher.Start();
        var error = OwnErrors.Of(_target, bytes, out sign);
        _watcher.Stop();
        _inFlight.Clear();
        _executions++;
        _slowest = Math.Max(_slowest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        _largest = Math.Max(_largest, GC.GetAllocatedBytesForCurrentThread() - before);
        return error;
    }

    private bool Keep(byte[] bytes)
    {
        if (!_coverage.TakeNew())
        {
            return false;
        }

        _queue.Add(bytes, _coverage.LastEdges());
        return true;
    }

    private void Save(byte[] bytes) => File.WriteAllBytes(Path.Combine(_folders.Corpus(_target.Name), FuzzFolders.NameOf(bytes)), bytes);

    /// <summary>Takes pieces out, large ones first, as long as it crashes in the same way.</summary>
    private byte[] Minimise(byte[] bytes, string sign)
    {
        var tries = 0;
        for (var piece = bytes.Length / 2; piece > 0 && tries < MinimiseTries; piece /= 2)
        {
            for (var at = 0; at + piece <= bytes.Length && tries < MinimiseTries; tries++)
            {
                byte[] shorter = [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + piece)];
                if (Execute(shorter, out var other) is not null && other == sign)
                {
                    bytes = shorter;
                }
                else
                {
                    at += piece;
                }
            }
        }

        return bytes;
    }

    private bool Over() => _options.Executions > 0 ? _executions >= _options.Executions : _clock.Elapsed.TotalSeconds >= _options.Seconds;

    private void Tell(double every)
    {
        var now = _clock.Elapsed.TotalSeconds;
        if (now - _told >= every)
        {
            _told = now;
            Console.WriteLine(
                new FuzzStatus(_executions, now, _queue.Count, _coverage.Edges, _signs.Count, _slowest, _largest >> 20).Line()
            );
        }
    }
}
