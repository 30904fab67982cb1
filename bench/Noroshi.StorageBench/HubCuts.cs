using System.Globalization;

namespace Noroshi.StorageBench;

/// <summary>The hub's folder lies on a disk of its own whose power is cut in the middle of traffic.</summary>
internal static class HubCuts
{
    public const int DiskMegabytes = 3_000;
    private const int MostAcknowledged = 80;
    private const string NotHere = "Not possible here: needs root, mkfs.ext4 and loop devices.\n";

    /// <summary>So many cuts.</summary>
    public static async Task<(string Row, bool Good)> RunAsync(HubBuild build, int cuts)
    {
        using var disk = LoopDisk.Create(build.Places.Root, DiskMegabytes);
        if (disk is null)
        {
            return (NotHere, false);
        }

        // The master key lies on the same disk: it must outlive the first cut, too.
        var there = build with
        {
            Places = new Places(Path.Combine(disk.Mount, "hub")),
        };
        Directory.CreateDirectory(there.Places.Root);
        var givers = await HubGivers.PrepareAsync(there);
        var random = new Random(17);
        var starts = new List<double>();
        for (var i = 0; i < cuts; i++)
        {
            givers.Ledger.RepeatLast();
            using var hub = await HubProcess.StartAsync(there);
            starts.Add(hub.StartUp.TotalSeconds);
            using var end = new CancellationTokenSource();
            var work = givers.WorkAsync(hub, end.Token);
            var enough = givers.Ledger.Acknowledgements + random.Next(1, MostAcknowledged);
            for (var waited = 0; givers.Ledger.Acknowledgements < enough && waited < 5_000; waited++)
            {
                await Task.Delay(2);
            }

            // Without power nobody acknowledges anything: the process is stopped first (bench/results/intake, last paragraph).
            await hub.FreezeAsync();
            disk.Cut();
            hub.KillNow(withChildren: true);
            await end.CancelAsync();
            await work;
            await hub.Process.WaitForExitAsync();
            disk.Restart();
            if ((i + 1) % 10 == 0)
            {
                await Console.Error.WriteLineAsync(
                    $"{TimeProvider.System.GetUtcNow():HH:mm:ss} cut {i + 1} of {cuts}: {givers.Ledger.Count} acknowledged, start-up {HubSoak.Times(starts)}, load {HubSoak.Load()}"
                );
            }
        }

        var settled = await HubSoak.SettleAsync(givers);
        var result = await HubComparison.RunAsync(there.Places, givers.Ledger);
        var ledger = givers.Ledger;
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            ## Power cut

            ext4 on a loop device of {DiskMegabytes} MB; the hub is stopped, the file system shut down without writing anything more (EXT4_IOC_SHUTDOWN, NOLOGFLUSH),
            the hub killed, the file system mounted again.

            | cuts | acknowledged mails | of these by SMTP | handed in once more | stored, answer cut off | lost | doubled | stuck | fsck and other problems |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|
            | {cuts} | {ledger.Count} | {ledger.BySmtp} | {ledger.Again} | {result.Unanswered} | {result.Lost} | {result.Doubled} | {result.Stuck} | {result.Problems.Count} |

            Start to listening after a cut: {HubSoak.Times(starts)}. Worked off in the end: {settled}.

            """
        );
        return (row, result.Good && settled);
    }
}
