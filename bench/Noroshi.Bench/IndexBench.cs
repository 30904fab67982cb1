using System.Diagnostics;
using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Storage.Index;

namespace Noroshi.Bench;

/// <summary>The feature index on SQLite: filling it, its size, and the relatives of one mail, from the disk and with reasons.</summary>
internal static class IndexBench
{
    private const int Chunk = 20_000;
    private const int Queries = 2_000;
    private const int Told = 20;

    private static TimeSpan Cpu => Environment.CpuUsage.TotalTime;

    /// <summary>Measures with a number of mails.</summary>
    /// <param name="count">Mails.</param>
    /// <param name="kept">A folder that stays: filling goes on where an earlier run ended. Null: a temporary one.</param>
    public static void Run(int count, string? kept)
    {
        var folder = kept ?? Directory.CreateTempSubdirectory("noroshi-index-").FullName;
        try
        {
            Console.WriteLine(
                "| mails | postings | filled, wall s | CPU s | rows/s (wall) | last chunk, rows/s | bytes a posting | with documents, bytes a mail | relatives of one, wall ms: p50 | p99 | worst | CPU ms: p50 | p99 | links, mean | one more mail, wall ms: p50 | p99 |"
            );
            Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
            Measure(folder, count);
        }
        finally
        {
            if (kept is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void Measure(string folder, int count)
    {
        using var index = SqliteFeatureIndex.Open(folder, new byte[SqliteFeatureIndex.KeySize]);
        var world = new SyntheticFeatures(count);
        var (postings, documents, last) = (0L, 0L, 0.0);
        var (wall, cpu) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = index.Count; i < count; i += Chunk)
        {
            var mails = Enumerable.Range(i, Math.Min(Chunk, count - i)).Select(world.Of).ToList();
            var rows = mails.Sum(mail => mail.Features.Count + mail.Sketch.Count);
            var (start, watch) = (Cpu, Stopwatch.StartNew());
            index.Add(mails);
            index.Commit();
            (wall, cpu, last) = (wall + watch.Elapsed, cpu + Cpu - start, rows / watch.Elapsed.TotalSeconds);
            postings += rows;
        }

        documents = index.DocumentBytes;
        var epoch = RarityEpoch.Count(1, Enumerable.Range(0, Math.Min(count, 50_000)).Select(world.Of), BackgroundRarity.Shipped);
        var (walls, cpus, links) = Ask(new Relatives(index, new LinkScorer(epoch)), count);
        var more = More(index, world, count);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {count:N0} | {postings:N0} | {wall.TotalSeconds:F0} | {cpu.TotalSeconds:F0} | {postings / wall.TotalSeconds:N0} | {last:N0} | {(double)(index.Bytes - documents) / (count * RowsOfAMail(world)):F1} | {(double)index.Bytes / count:N0} | {At(walls, 0.5):F2} | {At(walls, 0.99):F2} | {walls[^1]:F2} | {At(cpus, 0.5):F2} | {At(cpus, 0.99):F2} | {links:F1} | {At(more, 0.5):F2} | {At(more, 0.99):F2} |"
            )
        );
    }

    /// <summary>Postings of a mail, on average.</summary>
    private static double RowsOfAMail(SyntheticFeatures world) =>
        Enumerable.Range(0, 2_000).Select(world.Of).Average(mail => mail.Features.Count + mail.Sketch.Count);

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

    private static List<double> More(SqliteFeatureIndex index, SyntheticFeatures world, int count)
    {
        var times = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            var mail = world.Of(count + i);
            var watch = Stopwatch.StartNew();
            index.Add(mail);
            index.Commit();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return times;
    }

    private static double At(List<double> sorted, double part) => sorted[(int)(sorted.Count * part)];
}
