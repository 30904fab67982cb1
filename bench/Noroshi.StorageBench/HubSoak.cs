using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Noroshi.Hub.Storage;
using Noroshi.Storage.Fsck;
using Noroshi.Storage.Sqlite;

namespace Noroshi.StorageBench;

/// <summary>
/// <c>noroshi soak hub</c>: the real executable takes mails through SMTP and the API at the same time and is killed at any moment. In the end
/// every acknowledged mail must be there once, taken apart once.
/// </summary>
internal static class HubSoak
{
    private const int LongestMilliseconds = 2_500;
    private const string MailKind = "mail";

    public static async Task<int> RunAsync(string executable, string root, string[] words)
    {
        var kills = int.Parse(
            Array.IndexOf(words, "--kills") is >= 0 and var at ? words[at + 1] : "200",
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );
        var places = new Places(root);
        var watch = Stopwatch.StartNew();
        await using var givers = await HubGivers.PrepareAsync(executable, places);
        var random = new Random(13);
        for (var i = 0; i < kills; i++)
        {
            await givers.CycleAsync(TimeSpan.FromMilliseconds(random.Next(5, LongestMilliseconds)), kill: true);
            if ((i + 1) % 10 == 0)
            {
                await Console.Error.WriteLineAsync(
                    $"kill {i + 1} of {kills}: {givers.Acknowledged.Count} acknowledged ({givers.BySmtp} by SMTP)"
                );
            }
        }

        // The last process works its queue off before it is told to end.
        var settled = await givers.SettleAsync();
        var row = await CompareAsync(places, givers, kills, settled, watch);
        Console.Write(row.Text);
        if (Array.IndexOf(words, "--record") is >= 0 and var record)
        {
            await File.WriteAllTextAsync(words[record + 1], Head(kills) + row.Text);
        }

        return row.Good ? 0 : 1;
    }

    private static string Head(int kills) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # {TimeProvider.System.GetUtcNow():yyyy-MM-dd}: the hub, killed at any moment

            `./noroshi soak hub --kills {kills}`, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}.

            {HubGivers.ApiCallers} callers of the API and {HubGivers.SmtpCallers} SMTP clients hand mails of 0.5 to 9 KB to `noroshi serve`; after up to {LongestMilliseconds} ms of work the process and its
            parsers are killed (SIGKILL) and started again on the same folder. What got no answer is handed in once more. In the end every acknowledged
            mail must be there with the same bytes (lost), none twice (doubled), each taken apart exactly once (stuck), and fsck must find nothing.


            """
        );

    private static async Task<(string Text, bool Good)> CompareAsync(
        Places places,
        HubGivers givers,
        int kills,
        bool settled,
        Stopwatch watch
    )
    {
        await using var store = SqliteHubStore.Open(places.Options());
        var stored = new Dictionary<string, List<ProvisionId>>(StringComparer.Ordinal);
        long last = 0;
        while (await store.Steps.ReadKindAsync(IStepLog.ProvisionKind, last, 1_000) is { Count: > 0 } entries)
        {
            foreach (var provision in entries.Select(one => one.Provision).OfType<ProvisionId>())
            {
                var found = await store.Intake.FindAsync(provision);
                foreach (var evidence in found?.Evidence ?? [])
                {
                    var bytes = await store.Evidence.GetAsync(evidence.Id);
                    var key = HubGivers.TokenOf(bytes);
                    if (key is not null && !HubGivers.IsMail(bytes, key))
                    {
                        key += " changed";
                    }

                    if (!stored.TryGetValue(key ?? "none", out var list))
                    {
                        stored[key ?? "none"] = list = [];
                    }

                    list.Add(provision);
                }
            }

            last = entries[^1].Position;
        }

        var lost = givers.Acknowledged.Count(token => !stored.ContainsKey(token));
        var doubled = stored.Count(one => one.Value.Count > 1);
        var stuck = 0;
        foreach (var provision in stored.Values.SelectMany(one => one))
        {
            stuck += (await store.Steps.OfProvisionAsync(provision, MailKind)).Count == 1 ? 0 : 1;
        }

        var report = await StoreCheck.RunAsync(store, new FsckOptions { Sweep = true });
        foreach (var problem in report.Problems.Take(10))
        {
            await Console.Error.WriteLineAsync($"{problem.Code}: {problem.Detail}");
        }

        var good = lost + doubled + stuck + report.Problems.Count == 0 && settled;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | cycles | acknowledged | of these by SMTP | stored without answer | lost | doubled | stuck | fsck problems | minutes |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|
            | {kills} | {givers.Acknowledged.Count} | {givers.BySmtp} | {stored.Keys.Count(token =>
                !givers.Acknowledged.Contains(token)
            )} | {lost} | {doubled} | {stuck} | {report.Problems.Count} | {watch.Elapsed.TotalMinutes:F1} |

            """
        );
        return (text, good);
    }
}
