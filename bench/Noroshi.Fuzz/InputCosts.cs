using System.Diagnostics;
using System.Globalization;

namespace Noroshi.Fuzz;

/// <summary>Which seeds and inputs of a folder cost most: what is slow or large without being a hang is seen here.</summary>
internal static class InputCosts
{
    private const int Shown = 5;
    private const int Runs = 4;

    public static void Write(IFuzzTarget target, string folder)
    {
        var costs = new List<(string Name, int Length, double Milliseconds, double Kilobytes)>();
        var seeds = target.Seeds().Select((seed, number) => ($"seed {number}", seed));
        foreach (var (name, bytes) in seeds.Concat(FuzzFolders.Inputs(folder).Select(path => (path, File.ReadAllBytes(path)))))
        {
            var took = double.MaxValue;
            var allocated = 0L;
            // The first run pays for compiling, and any other may have to wait for the machine.
            for (var run = 0; run < Runs; run++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var clock = Stopwatch.GetTimestamp();
                OwnErrors.Of(target, bytes, out _);
                took = Math.Min(took, Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            costs.Add((name, bytes.Length, took, allocated / 1024.0));
        }

        foreach (var (name, length, milliseconds, kilobytes) in costs.OrderByDescending(cost => cost.Milliseconds).Take(Shown))
        {
            Line("slowest", name, length, milliseconds, kilobytes);
        }

        foreach (var (name, length, milliseconds, kilobytes) in costs.OrderByDescending(cost => cost.Kilobytes).Take(Shown))
        {
            Line("largest", name, length, milliseconds, kilobytes);
        }
    }

    private static void Line(string kind, string name, int length, double milliseconds, double kilobytes) =>
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{kind} {milliseconds:F1} ms {kilobytes:F0} KiB of {length} bytes: {name}")
        );
}
