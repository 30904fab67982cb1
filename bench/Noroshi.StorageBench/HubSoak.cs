using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Noroshi.Storage.Sqlite;

namespace Noroshi.StorageBench;

/// <summary>
/// <c>noroshi soak hub</c>: the real executable takes mails through SMTP and the API at the same time while it is killed, its power is cut,
/// its disk fails or is full. In the end every acknowledged mail must be there once, taken apart once.
/// </summary>
internal static class HubSoak
{
    private const string Kills = "kills";
    private static readonly TimeSpan Standstill = TimeSpan.FromMinutes(10);

    /// <summary>Runs what is asked for.</summary>
    public static async Task<int> RunAsync(string executable, string root, string[] words)
    {
        var text = new StringBuilder();
        var good = true;
        var named = words.Any(word => word.StartsWith("--", StringComparison.Ordinal) && word != "--record");
        async Task PartAsync(string name, int most, Func<HubBuild, int, Task<(string Row, bool Good)>> part)
        {
            // Nothing named: the kills.
            if ((Value(words, "--" + name) ?? (named || name != Kills ? null : 0)) is not { } count)
            {
                return;
            }

            var folder = Path.Combine(root, name);
            Directory.CreateDirectory(folder);
            var watch = Stopwatch.StartNew();
            var (row, right) = await part(new HubBuild(executable, new Places(folder)), count == 0 ? most : count);
            good &= right;
            text.Append(row)
                .AppendLine(
                    CultureInfo.InvariantCulture,
                    $"\n{watch.Elapsed.TotalMinutes:F1} minutes, load of the machine at the end {Load()}.\n"
                );
        }

        await PartAsync(Kills, 250, HubKills.RunAsync);
        await PartAsync("power-cuts", 60, HubCuts.RunAsync);
        await PartAsync("faults", 60, HubFaults.RunAsync);
        await PartAsync("full", 3, HubFull.RunAsync);
        await PartAsync("care", 3, HubCare.RunAsync);
        await PartAsync("start", 10, HubStart.RunAsync);
        Console.Write(text);
        if (Array.IndexOf(words, "--record") is >= 0 and var record)
        {
            await File.WriteAllTextAsync(words[record + 1], Head(words) + text);
        }

        return good ? 0 : 1;
    }

    /// <summary>Runs hubs until all steps have come to an end; false when they stand still for long.</summary>
    public static async Task<bool> SettleAsync(HubGivers givers)
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < Standstill)
        {
            using (var hub = await HubProcess.StartAsync(givers.Build))
            {
                await QuietAsync(givers, hub, patience);
                if (await hub.EndAsync() != 0)
                {
                    await Console.Error.WriteLineAsync($"The hub did not end in order: {await hub.Errors}");
                    return false;
                }
            }

            await using var store = SqliteHubStore.Open(givers.Build.Places.HubOptions());
            if (await HubComparison.AheadAsync(store) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Waits until the hub says three times that nothing is ahead, as long as what is ahead changes.</summary>
    private static async Task QuietAsync(HubGivers givers, HubProcess hub, Stopwatch patience)
    {
        using var client = givers.Client(hub.Http, 0);
        var (quiet, before) = (0, "");
        while (quiet < 3 && patience.Elapsed < Standstill)
        {
            await Task.Delay(1_000);
            var (_, checks) = await HubProcess.ReadyAsync(client);
            var steps = checks["steps"];
            quiet = steps.EndsWith("waiting 0, given up 0", StringComparison.Ordinal) ? quiet + 1 : 0;
            if (steps != before)
            {
                patience.Restart();
            }

            before = steps;
        }
    }

    /// <summary>Median and largest of some times in seconds.</summary>
    public static string Times(IReadOnlyCollection<double> seconds)
    {
        var sorted = seconds.Order().ToList();
        return sorted.Count == 0
            ? "-"
            : string.Create(CultureInfo.InvariantCulture, $"median {sorted[sorted.Count / 2]:F2} s, worst {sorted[^1]:F2} s");
    }

    /// <summary>The load average of a minute.</summary>
    public static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static string Head(string[] words) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # {TimeProvider.System.GetUtcNow():yyyy-MM-dd}: the hub, killed, cut off, failing and full

            `./noroshi soak hub {string.Join(
                ' ',
                words.TakeWhile(one => one != "--record")
            )}`, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}.


            """
        );

    /// <summary>The number behind a word, 0 when there is none behind it; null when the word is not there.</summary>
    private static int? Value(string[] words, string name) =>
        Array.IndexOf(words, name) is not (>= 0 and var at) ? null
        : at + 1 < words.Length && int.TryParse(words[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
        : 0;
}
