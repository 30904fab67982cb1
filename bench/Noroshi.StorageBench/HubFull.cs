using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Noroshi.StorageBench;

/// <summary>The disk of a running hub is filled in the middle of traffic, and given room again.</summary>
internal static class HubFull
{
    private const int DiskMegabytes = 400;
    private const long HealthyRoom = 32L * 1024 * 1024;
    private static readonly TimeSpan WhileFull = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>So many times full and free, the same process through all of them.</summary>
    public static async Task<(string Row, bool Good)> RunAsync(HubBuild build, int rounds)
    {
        using var disk = LoopDisk.Create(build.Places.Root, DiskMegabytes);
        if (disk is null)
        {
            return ("Not possible here: needs root, mkfs.ext4 and loop devices.\n", false);
        }

        var there = build with
        {
            Places = new Places(Path.Combine(disk.Mount, "hub")),
            Settings = new Dictionary<string, string>(build.Settings, StringComparer.Ordinal)
            {
                ["NOROSHI__LIMITS__DISKROOMBYTES"] = HealthyRoom.ToString(CultureInfo.InvariantCulture),
            },
        };
        Directory.CreateDirectory(there.Places.Root);
        var givers = await HubGivers.PrepareAsync(there);
        var (faults, rows) = (new List<string>(), new List<string>());
        using (var hub = await HubProcess.StartAsync(there))
        {
            using var end = new CancellationTokenSource();
            var work = givers.WorkAsync(hub, end.Token);
            for (var i = 0; i < rounds; i++)
            {
                try
                {
                    rows.Add(await RoundAsync(givers, hub, Path.Combine(disk.Mount, "ballast"), faults));
                }
                catch (HttpRequestException error)
                {
                    faults.Add($"round {i + 1}: {error.Message}");
                    File.Delete(Path.Combine(disk.Mount, "ballast"));
                    break;
                }
            }

            await end.CancelAsync();
            await work;
            if (await hub.EndAsync() is not 0)
            {
                faults.Add("the hub did not end in order: " + await hub.Errors);
            }
        }

        var settled = await HubSoak.SettleAsync(givers);
        var result = await HubComparison.RunAsync(there.Places, givers.Ledger);
        foreach (var fault in faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        var answers = string.Join("; ", givers.Ledger.Refusals.Select(one => $"{one.Value} x `{one.Key}`"));
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            ## Disk full and free again

            One hub on an ext4 of {DiskMegabytes} MB, never restarted; a file takes the rest of the disk for {WhileFull.TotalSeconds} s, then it is removed.

            | acknowledged before | while full | refused while full | ready while full | reading while full | first acknowledgement after room, s |
            |---:|---:|---:|---|---|---:|
            {string.Join('\n', rows)}

            Refusals: {answers}.

            | acknowledged mails | stored, answer cut off | lost | doubled | stuck | fsck and other problems | what was not as it should be |
            |---:|---:|---:|---:|---:|---:|---:|
            | {givers.Ledger.Count} | {result.Unanswered} | {result.Lost} | {result.Doubled} | {result.Stuck} | {result.Problems.Count} | {faults.Count} |

            """
        );
        return (row, result.Good && settled && faults.Count == 0);
    }

    private static async Task<string> RoundAsync(HubGivers givers, HubProcess hub, string ballast, List<string> faults)
    {
        var ledger = givers.Ledger;
        using var client = givers.Client(hub.Http, 0);
        var before = ledger.Acknowledgements;
        await UntilAsync(() => ledger.Acknowledgements >= before + 50, faults, "50 acknowledgements with room");
        var (ready, _) = await HubProcess.ReadyAsync(client);
        if (ready != HttpStatusCode.OK)
        {
            faults.Add($"not ready with room: {ready}");
        }

        Fill(ballast);
        var (acknowledged, refused, watch) = (ledger.Acknowledgements, ledger.Refused, Stopwatch.StartNew());
        var (told, read) = ("", "");
        while (watch.Elapsed < WhileFull)
        {
            await Task.Delay(500);

            // What the hub itself has given back since.
            Fill(ballast);
            var (status, checks) = await HubProcess.ReadyAsync(client);
            told = string.Create(CultureInfo.InvariantCulture, $"{(int)status}, disk-room {checks["disk-room"]}");
            using var list = await client.GetAsync("/api/v1/provisions?limit=10");
            read = ((int)list.StatusCode).ToString(CultureInfo.InvariantCulture);
        }

        var (meanwhile, refusals) = (ledger.Acknowledgements - acknowledged, ledger.Refused - refused);
        if (hub.Process.HasExited || refusals == 0 || read != "200" || !told.StartsWith("503, disk-room failed", StringComparison.Ordinal))
        {
            faults.Add($"while full: ended {hub.Process.HasExited}, refused {refusals}, list {read}, ready {told}");
        }

        File.Delete(ballast);
        var now = ledger.Acknowledgements;
        var free = Stopwatch.StartNew();
        await UntilAsync(() => ledger.Acknowledgements > now, faults, "an acknowledgement after there is room");
        var first = free.Elapsed.TotalSeconds;
        await UntilAsync(() => ledger.Acknowledgements > now + 50, faults, "50 acknowledgements after there is room");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {acknowledged - before} | {meanwhile} | {refusals} | {told} | {read} | {first:F2} |"
        );
    }

    private static async Task UntilAsync(Func<bool> holds, List<string> faults, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!holds())
        {
            if (watch.Elapsed > Patience)
            {
                faults.Add("waited in vain for " + what);
                return;
            }

            await Task.Delay(5);
        }
    }

    /// <summary>Takes what room there is, to the last block.</summary>
    private static void Fill(string ballast)
    {
        using var file = new FileStream(ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1 << 20; size >= 1 << 12; size >>= 4)
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // No room for a piece of this size: smaller ones.
            }
        }
    }
}
