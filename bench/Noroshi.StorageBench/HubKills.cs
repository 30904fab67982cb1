using System.Globalization;

namespace Noroshi.StorageBench;

/// <summary>The hub is killed while it takes mails, and while it starts.</summary>
internal static class HubKills
{
    private const int MostAcknowledged = 230;
    private const int EveryStartUp = 5;
    private static readonly TimeSpan LongestTraffic = TimeSpan.FromSeconds(20);

    /// <summary>So many kills; every fifth falls into a start-up.</summary>
    public static async Task<(string Row, bool Good)> RunAsync(HubBuild build, int kills)
    {
        var givers = await HubGivers.PrepareAsync(build);
        var random = new Random(13);
        var (starts, firsts) = (new List<double>(), new List<double>());
        var (inTraffic, inStart) = (0, 0);
        for (var i = 0; i < kills; i++)
        {
            if (i % EveryStartUp == EveryStartUp - 1)
            {
                await KillStartAsync(build, TimeSpan.FromSeconds(random.NextDouble() * starts.DefaultIfEmpty(1).Average()));
                inStart++;
            }
            else
            {
                await KillTrafficAsync(givers, random, starts, firsts);
                inTraffic++;
            }

            if ((i + 1) % 10 == 0)
            {
                await Console.Error.WriteLineAsync(
                    $"{TimeProvider.System.GetUtcNow():HH:mm:ss} kill {i + 1} of {kills}: {givers.Ledger.Count} acknowledged ({givers.Ledger.BySmtp} by SMTP), start-up {HubSoak.Times(starts)}, load {HubSoak.Load()}"
                );
            }
        }

        await Console.Error.WriteLineAsync("working off what is left ...");
        var settled = await HubSoak.SettleAsync(givers);
        var (shown, ids) = await ShownAsync(givers);
        var orphans = HubProcess.Orphans(build.Executable);
        var result = await HubComparison.RunAsync(build.Places, givers.Ledger);
        var ledger = givers.Ledger;
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            ## kill -9

            | kills in traffic | in start-up | acknowledged mails | of these by SMTP | handed in once more | stored, answer cut off | lost | doubled | stuck | fsck and other problems |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            | {inTraffic} | {inStart} | {ledger.Count} | {ledger.BySmtp} | {ledger.Again} | {result.Unanswered} | {result.Lost} | {result.Doubled} | {result.Stuck} | {result.Problems.Count} |

            Start to listening: {HubSoak.Times(starts)}; listening to the first acknowledgement: {HubSoak.Times(
                firsts
            )}. Worked off in the end: {settled}.
            The API lists {shown} provisions ({ids} different) of {result.Stored} stored. Parsers left over: {orphans}. Refused in so many words: {ledger.Refused}.

            """
        );
        var same = shown == result.Stored && ids == result.Stored;
        return (row, result.Good && settled && same && orphans == 0 && inTraffic + inStart == kills);
    }

    /// <summary>What the hub itself shows of it all.</summary>
    public static async Task<(int Shown, int Different)> ShownAsync(HubGivers givers)
    {
        using var hub = await HubProcess.StartAsync(givers.Build);
        var (count, ids) = await givers.ListAsync(hub);
        await hub.EndAsync();
        return (count, ids.Count);
    }

    private static async Task KillStartAsync(HubBuild build, TimeSpan after)
    {
        using var hub = HubProcess.Begin(build);
        await Task.Delay(after);
        hub.KillNow(withChildren: false);
        await hub.Process.WaitForExitAsync();
    }

    private static async Task KillTrafficAsync(HubGivers givers, Random random, List<double> starts, List<double> firsts)
    {
        givers.Ledger.RepeatLast();
        using var hub = await HubProcess.StartAsync(givers.Build);
        starts.Add(hub.StartUp.TotalSeconds);
        using var end = new CancellationTokenSource();
        var before = givers.Ledger.Acknowledgements;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var work = givers.WorkAsync(hub, end.Token);

        // By number and not by time: a busy machine would else be killed before it has done anything. The rest is up to the scheduler.
        var enough = before + random.Next(1, MostAcknowledged);
        double? first = null;
        while (givers.Ledger.Acknowledgements < enough && watch.Elapsed < LongestTraffic && !hub.Process.HasExited)
        {
            await Task.Delay(1);
            first ??= givers.Ledger.Acknowledgements > before ? watch.Elapsed.TotalSeconds : null;
        }

        if (hub.Process.HasExited)
        {
            throw new InvalidOperationException($"The hub ended by itself with {hub.Process.ExitCode}: {await hub.Errors}");
        }

        await Task.Delay(random.Next(0, 30));
        hub.KillNow(withChildren: random.Next(2) == 0);
        await end.CancelAsync();
        await work;
        await hub.Process.WaitForExitAsync();
        if (first is { } seconds)
        {
            firsts.Add(seconds);
        }
    }
}
