using System.Diagnostics;
using System.Globalization;

namespace Noroshi.StorageBench;

/// <summary>
/// The n-th call of a kind fails (strace injects the error instead of the call), and the power is cut before the hub could repair anything: what was
/// acknowledged all the same must be there.
/// </summary>
internal static class HubFaults
{
    private const string Filter = "--seccomp-bpf";
    private const double Latest = 80;
    private const int AcknowledgedAfter = 60;
    private const int MostWords = 4_000;
    private static readonly TimeSpan LongestTraffic = TimeSpan.FromSeconds(8);

    private static readonly (string Calls, string Error)[] Kinds =
    [
        ("fsync,fdatasync", "EIO"),
        ("pwrite64", "EIO"),
        ("pwrite64", "ENOSPC"),
        ("rename", "EIO"),
        ("ftruncate", "EIO"),
    ];

    /// <summary>So many failures, the kinds in turn, each a little later than the one before.</summary>
    public static async Task<(string Row, bool Good)> RunAsync(HubBuild build, int faults)
    {
        using var disk = LoopDisk.Create(build.Places.Root, HubCuts.DiskMegabytes);
        if (disk is null)
        {
            return ("Not possible here: needs root, mkfs.ext4, loop devices and strace.\n", false);
        }

        var there = build with { Places = new Places(Path.Combine(disk.Mount, "hub")) };
        Directory.CreateDirectory(there.Places.Root);
        var givers = await HubGivers.PrepareAsync(there);
        var table = new Dictionary<(string, string), Tally>();
        var wrong = new List<string>();
        for (var i = 0; i < faults; i++)
        {
            var kind = Kinds[i % Kinds.Length];
            // From 1 to Latest, each a little further than the one before: the first ones fall into the start, later ones into traffic.
            var rounds = Math.Max(2, faults / Kinds.Length);
            var number = (int)Math.Round(Math.Pow(Latest, (double)(i / Kinds.Length) / (rounds - 1)));
            var tally = table.TryGetValue(kind, out var known) ? known : table[kind] = new Tally();
            // Twice each number: from the start of the process on, and counted from the middle of traffic on.
            await OneAsync(givers, disk, new Fault(kind.Calls, kind.Error, number, InTraffic: i / Kinds.Length % 2 == 1), tally, wrong);
            if ((i + 1) % 10 == 0)
            {
                await Console.Error.WriteLineAsync(
                    $"{TimeProvider.System.GetUtcNow():HH:mm:ss} fault {i + 1} of {faults}: {givers.Ledger.Count} acknowledged, load {HubSoak.Load()}"
                );
            }
        }

        var settled = await HubSoak.SettleAsync(givers);
        var result = await HubComparison.RunAsync(there.Places, givers.Ledger);
        foreach (var one in wrong)
        {
            await Console.Error.WriteLineAsync(one);
        }

        var rows = string.Concat(
            table.Select(one =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {one.Key.Item1} {one.Key.Item2} | {one.Value.Runs} | {one.Value.NotStarted} | {one.Value.Ended} | {one.Value.WentOn} |\n"
                )
            )
        );
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            ## n-th failure of the disk

            `strace -f -e inject=CALL:error=E:when=N`: in each thread the N-th call of the kind fails without being carried out, N growing from run to run, counted
            from the start of the process or (every second run) from the middle of traffic. Then the power is cut, so that nothing is there that was not synced, and the next hub starts.

            | call and error | runs | did not start, said why | ended by itself, said why | went on |
            |---|---:|---:|---:|---:|
            {rows}
            | acknowledged mails | stored, answer cut off | lost | doubled | stuck | fsck and other problems | refused in so many words | ends without words |
            |---:|---:|---:|---:|---:|---:|---:|---:|
            | {givers.Ledger.Count} | {result.Unanswered} | {result.Lost} | {result.Doubled} | {result.Stuck} | {result.Problems.Count} | {givers.Ledger.Refused} | {wrong.Count} |

            Worked off in the end: {settled}.

            """
        );
        return (row, result.Good && settled && wrong.Count == 0);
    }

    private static async Task OneAsync(HubGivers givers, LoopDisk disk, Fault fault, Tally tally, List<string> wrong)
    {
        tally.Runs++;
        using var hub = HubProcess.Begin(givers.Build, fault.InTraffic ? null : fault.Strace);
        var byItself = true;
        if (await hub.ListensAsync())
        {
            using var end = new CancellationTokenSource();
            var work = givers.WorkAsync(hub, end.Token);
            using var strace = fault.InTraffic ? Attach(hub, fault) : null;
            var enough = givers.Ledger.Acknowledgements + AcknowledgedAfter;
            var watch = Stopwatch.StartNew();
            while (givers.Ledger.Acknowledgements < enough && watch.Elapsed < LongestTraffic && !hub.Process.HasExited)
            {
                await Task.Delay(2);
            }

            byItself = hub.Process.HasExited;
            if (byItself)
            {
                tally.Ended++;
            }
            else
            {
                tally.WentOn++;
                await hub.FreezeAsync();
            }

            disk.Cut();
            hub.KillNow(withChildren: true);
            await end.CancelAsync();
            await work;
        }
        else
        {
            tally.NotStarted++;
            disk.Cut();
        }

        await hub.Process.WaitForExitAsync();
        var (code, errors) = (hub.Process.ExitCode, await hub.Errors);
        if (byItself && (code != 1 || errors.Contains("Unhandled", StringComparison.Ordinal)))
        {
            var end = errors.Length > MostWords ? errors[^MostWords..] : errors;
            wrong.Add($"{fault}: ended with {code}: {end}");
        }

        disk.Restart();
    }

    private static Process Attach(HubProcess hub, Fault fault)
    {
        string[] words =
        [
            .. fault.Strace.Skip(1).Where(word => word != Filter),
            "-p",
            hub.Process.Id.ToString(CultureInfo.InvariantCulture),
        ];
        return Process.Start(new ProcessStartInfo("strace", words) { UseShellExecute = false, RedirectStandardError = true })
            ?? throw new InvalidOperationException("strace cannot be started.");
    }

    private sealed record Fault(string Calls, string Error, int Number, bool InTraffic)
    {
        public IReadOnlyList<string> Strace { get; } =
        [
            "strace",
            "-f",
            Filter,
            "-qqq",
            "-o",
            "/dev/null",
            "-e",
            "trace=" + Calls,
            "-e",
            string.Create(CultureInfo.InvariantCulture, $"inject={Calls}:error={Error}:when={Number}"),
        ];
    }

    private sealed class Tally
    {
        public int Runs { get; set; }

        public int NotStarted { get; set; }

        public int Ended { get; set; }

        public int WentOn { get; set; }
    }
}
