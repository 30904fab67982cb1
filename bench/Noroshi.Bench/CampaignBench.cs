using System.Diagnostics;
using System.Globalization;
using Noroshi.Hub.Campaigns;

namespace Noroshi.Bench;

/// <summary>
/// Campaigns at scale: rebuild, memory, one more mail, and a value that every mail has. All times are CPU time of this process (one thread
/// works), so that a shared machine gives the figures of a quiet one; the wall clock stands beside the slowest.
/// </summary>
internal static class CampaignBench
{
    private const int Added = 2_000;
    private const int Chunk = 1_000;

    private static TimeSpan Cpu => Environment.CpuUsage.TotalTime;

    /// <summary>Measures at a tenth and at the whole of a number of mails, the hostile world at the tenth.</summary>
    public static void Run(int mails)
    {
        Console.WriteLine(
            "| world | mails | rebuild, CPU s | of it settling | wall clock | bytes a mail | clusters | largest | candidates, mean | p99 | most | add one, ms: p50 | p99 | max | settle after one, ms: a stranger's | a small campaign's | the large one's |"
        );
        Console.WriteLine("|---|" + string.Concat(Enumerable.Repeat("---:|", 16)));
        One("ordinary", mails / 10, shared: false);
        One("a value in every mail", mails / 10, shared: true);
        One("ordinary", mails, shared: false);
    }

    private static void One(string name, int count, bool shared)
    {
        var world = new SyntheticFeatures(count, shared);
        var epoch = Frozen(world, count);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var engine = new CampaignEngine(new MemoryFeatureIndex(), new LinkScorer(epoch), []);
        var loading = TimeSpan.Zero;
        for (var i = 0; i < count; i += Chunk)
        {
            var mails = Enumerable.Range(i, Math.Min(Chunk, count - i)).Select(world.Of).ToList();
            var start = Cpu;
            engine.Load(mails);
            loading += Cpu - start;
        }

        var settleStart = Cpu;
        var watch = Stopwatch.StartNew();
        engine.Settle();
        var (settling, wall) = (Cpu - settleStart, watch.Elapsed);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        var clusters = engine.Clusters();
        var (candidates, milliseconds) = AddSome(engine, world, count);
        engine.Settle();
        double[] settled =
        [
            Settle(engine, world, count, campaign => campaign < 0),
            Settle(engine, world, count, campaign => campaign > 0),
            Settle(engine, world, count, campaign => campaign == 0),
        ];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {count:N0} | {(loading + settling).TotalSeconds:F1} | {settling.TotalSeconds:F1} | {wall.TotalSeconds:F0} | {bytes:N0} | {clusters.Count:N0} | {clusters.Max(cluster => cluster.Count):N0} | {candidates.Average():F1} | {At(candidates, 0.99)} | {candidates.Max()} | {At(milliseconds, 0.5):F3} | {At(milliseconds, 0.99):F3} | {milliseconds.Max():F3} | {settled[0]:F2} | {settled[1]:F2} | {settled[2]:F0} |"
            )
        );
    }

    /// <summary>Rarities as a hub has them stored: counted once, by an index of their own.</summary>
    private static RarityEpoch Frozen(SyntheticFeatures world, int count)
    {
        var index = new MemoryFeatureIndex();
        for (var i = 0; i < count; i++)
        {
            index.Add(world.Of(i));
        }

        return RarityEpoch.Freeze(1, index, BackgroundRarity.Shipped);
    }

    private static (List<int> Candidates, List<double> Milliseconds) AddSome(CampaignEngine engine, SyntheticFeatures world, int count)
    {
        var candidates = new List<int>(Added);
        var milliseconds = new List<double>(Added);
        for (var i = count; i < count + Added; i++)
        {
            var mail = world.Of(i);
            var start = Cpu;
            candidates.Add(engine.Add(mail));
            milliseconds.Add((Cpu - start).TotalMilliseconds);
        }

        candidates.Sort();
        milliseconds.Sort();
        return (candidates, milliseconds);
    }

    /// <summary>Adds one mail of a kind and settles; milliseconds of the settling.</summary>
    private static double Settle(CampaignEngine engine, SyntheticFeatures world, int count, Func<int, bool> kind)
    {
        var number = count + Added;
        while (!kind(world.CampaignOf(number)))
        {
            number++;
        }

        engine.Add(world.Of(number));
        var start = Cpu;
        engine.Settle();
        return (Cpu - start).TotalMilliseconds;
    }

    private static T At<T>(List<T> sorted, double part) => sorted[(int)(sorted.Count * part)];
}
