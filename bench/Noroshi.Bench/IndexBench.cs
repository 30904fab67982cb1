using System.Diagnostics;
using System.Globalization;
using Noroshi.Hub.Campaigns;

namespace Noroshi.Bench;

/// <summary>The feature index that the hub uses: filling it, its size, and the relatives of one mail, with reasons.</summary>
internal static class IndexBench
{
    private const int Chunk = 20_000;
    private const int Queries = 2_000;
    private const int Told = 20;

    private static TimeSpan Cpu => Environment.CpuUsage.TotalTime;

    /// <summary>Measures with a number of mails.</summary>
    public static void Run(int count)
    {
        Console.WriteLine(
            "| mails | postings | filled, CPU s | rows/s (CPU) | bytes a mail | relatives of one, wall ms: p50 | p99 | worst | CPU ms: p50 | p99 | worst | links, mean |"
        );
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        var world = new SyntheticFeatures(count);
        var epoch = RarityEpoch.Count(1, Enumerable.Range(0, Math.Min(count, 50_000)).Select(world.Of), BackgroundRarity.Shipped);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var index = new MemoryFeatureIndex();
        var (postings, cpu) = (0L, TimeSpan.Zero);
        for (var i = 0; i < count; i += Chunk)
        {
            var mails = Enumerable.Range(i, Math.Min(Chunk, count - i)).Select(world.Of).ToList();
            var start = Cpu;
            mails.ForEach(mail => index.Add(mail));
            cpu += Cpu - start;
            postings += mails.Sum(mail => mail.Features.Count + mail.Sketch.Count);
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        var (walls, cpus, links) = Ask(new Relatives(index, new LinkScorer(epoch)), count);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {count:N0} | {postings:N0} | {cpu.TotalSeconds:F0} | {postings / cpu.TotalSeconds:N0} | {bytes:N0} | {At(walls, 0.5):F2} | {At(walls, 0.99):F2} | {walls[^1]:F2} | {At(cpus, 0.5):F2} | {At(cpus, 0.99):F2} | {cpus[^1]:F2} | {links:F1} |"
            )
        );
    }

    private static (List<double> Walls, List<double> Cpus, double Links) Ask(Relatives relatives, int count)
    {
        var random = new Random(11);
        var (walls, cpus, links) = (new List<double>(Queries), new List<double>(Queries), 0L);
        for (var i = 0; i < Queries + 100; i++)
        {
            var number = random.Next(count);
            var (start, watch) = (Cpu, Stopwatch.StartNew());
            var found = relatives.Of(number, Told).Count;
            if (i >= 100)
            {
                walls.Add(watch.Elapsed.TotalMilliseconds);
                cpus.Add((Cpu - start).TotalMilliseconds);
                links += found;
            }
        }

        walls.Sort();
        cpus.Sort();
        return (walls, cpus, (double)links / Queries);
    }

    private static double At(List<double> sorted, double part) => sorted[(int)(sorted.Count * part)];
}
