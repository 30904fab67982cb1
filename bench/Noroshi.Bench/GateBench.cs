using System.Globalization;
using Noroshi.Exchange.Csv;
using Noroshi.Exchange.Misp;
using Noroshi.Exchange.Stix;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Hub.Tests.Sharing;
using Noroshi.Hub.Tests.Story;

namespace Noroshi.Bench;

/// <summary>
/// The leak gate before the words of the story's members, given and harvested: time for bundles of about 200 STIX objects in every form, and how
/// many items that name nobody it stops.
/// </summary>
internal static class GateBench
{
    /// <summary>With these an item has about 200 STIX objects.</summary>
    private const int Indicators = 62;

    private const int WarmUp = 5;

    private static readonly HubName Hub = new(new Guid("7b1d1a52-1f0c-4c0e-8a5e-64c0a4b7d9e1"), "情報共有ハブ", "Sharing hub");

    private static readonly (string Name, Func<Release, byte[]> Write)[] Forms =
    [
        ("json", release => ItemForm.Bytes(release.Item)),
        ("stix", release => StixBundle.Of(release, Hub)),
        ("misp", release => MispEvent.Of([release], Hub).Json.ToArray()),
        ("csv", release => IndicatorCsv.Of([release], ja: true, release.At)),
    ];

    /// <summary>Measures with a number of items.</summary>
    public static void Run(int count)
    {
        var story = StoryMails.Story;
        var given = story.Members.Organizations.SelectMany(IdentityTerms.Of).ToList();
        var harvested = story
            .Mails.SelectMany(one => IdentityTerms.Harvested(one.Mail, Estates.Of(story.Members.Find(one.Mail.Organization))))
            .Distinct()
            .ToList();
        var gate = new LeakGate([.. given, .. harvested]);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{given.Count} words given, {harvested.Count} harvested; {count} items a form")
        );
        Console.WriteLine();
        Console.WriteLine(
            "| form | objects | bytes, mean | wall ms: p50 | p95 | worst | CPU ms: p50 | p95 | stopped | for a person | not whole |"
        );
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var form in Forms)
        {
            // The first ones pay for the compiler of the runtime: a hub that has just started, not the hub.
            for (var seed = 1; seed <= WarmUp; seed++)
            {
                gate.Inspect(form.Write(ReleaseOf(-seed)));
            }

            Form(gate, form, count);
        }
    }

    private static void Form(LeakGate gate, (string Name, Func<Release, byte[]> Write) form, int count)
    {
        var (walls, cpus, bytes) = (new List<double>(count), new List<double>(count), 0L);
        var (stopped, asked, partly, objects) = (0, 0, 0, 0);
        for (var seed = 0; seed < count; seed++)
        {
            var release = ReleaseOf(seed);
            objects = StixObjects.Of(release, Hub).Count;
            var artefact = form.Write(release);
            bytes += artefact.Length;
            var (start, cpu) = (System.Diagnostics.Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var report = gate.Inspect(artefact);
            walls.Add(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            cpus.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
            stopped += report.Verdict == GateVerdict.Blocked ? 1 : 0;
            asked += report.Verdict == GateVerdict.Review ? 1 : 0;
            partly += report.Incomplete ? 1 : 0;
        }

        walls.Sort();
        cpus.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {form.Name} | {objects} | {bytes / count:N0} | {At(walls, 0.5):F0} | {At(walls, 0.95):F0} | {walls[^1]:F0} | {At(cpus, 0.5):F0} | {At(cpus, 0.95):F0} | {stopped} | {asked} | {partly} |"
            )
        );
    }

    private static Release ReleaseOf(int seed)
    {
        var at = new DateTimeOffset(2013, 10, 18, 0, 0, 0, TimeSpan.Zero);
        return new Release
        {
            Item = CleanBundles.Of(seed, Indicators),
            FirstAt = at,
            At = at,
        };
    }

    private static double At(List<double> sorted, double part) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];
}
