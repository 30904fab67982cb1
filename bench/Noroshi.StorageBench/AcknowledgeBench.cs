using System.Diagnostics;
using System.Globalization;
using Noroshi.Hub.Storage;
using Noroshi.Storage;
using Noroshi.Storage.Sqlite;

namespace Noroshi.StorageBench;

/// <summary>
/// Acknowledged provisions a second by callers at once, beside what the same disk gives in the same run when each item is a file of its own with
/// its own fsync, and nothing else (no database, no key, no queue).
/// </summary>
internal static class AcknowledgeBench
{
    public static async Task RunAsync(string root, int seconds)
    {
        Console.WriteLine(
            "| callers | provisions/s | median ms | p99 ms | provisions a commit | file + fsync an item, /s | file, rename, both fsyncs, /s |"
        );
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var callers in (int[])[1, 8, 64])
        {
            var plain = Plain(Path.Combine(root, $"plain-{callers}"), callers, seconds, rename: false);
            var renamed = Plain(Path.Combine(root, $"renamed-{callers}"), callers, seconds, rename: true);
            var (rate, median, p99, together) = await StoreAsync(new Places(Path.Combine(root, $"store-{callers}")), callers, seconds);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {callers} | {rate:F0} | {median:F2} | {p99:F2} | {together:F1} | {plain:F0} | {renamed:F0} |"
                )
            );
        }
    }

    private static async Task<(double Rate, double Median, double P99, double Together)> StoreAsync(Places places, int callers, int seconds)
    {
        Directory.CreateDirectory(places.Root);
        await using var store = SqliteHubStore.Open(places.Options());
        var mails = Enumerable.Range(0, 20_000).Select(n => SampleMails.Provision(n, DateTimeOffset.UnixEpoch)).ToArray();
        await CallAsync(store, mails, callers, (0, 200), TimeSpan.FromSeconds(1));
        var commits = store.Core.Writer.Commits;
        var watch = Stopwatch.StartNew();
        var times = await CallAsync(store, mails, callers, (200, mails.Length), TimeSpan.FromSeconds(seconds));
        var took = watch.Elapsed.TotalSeconds;
        times.Sort();
        return (
            times.Count / took,
            times[times.Count / 2],
            times[(int)(times.Count * 0.99)],
            (double)times.Count / Math.Max(1, store.Core.Writer.Commits - commits)
        );
    }

    private static async Task<List<double>> CallAsync(
        IHubStore store,
        IncomingProvision[] mails,
        int callers,
        (int From, int To) range,
        TimeSpan time
    )
    {
        var next = range.From - 1;
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var own = new List<double>();
                        while (watch.Elapsed < time && Interlocked.Increment(ref next) is var number && number < range.To)
                        {
                            var start = Stopwatch.GetTimestamp();
                            await store.Intake.ReceiveAsync(mails[number]);
                            own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                        }

                        return own;
                    })
                )
        );
        return [.. times.SelectMany(one => one)];
    }

    /// <summary>Threads that write the same mails as files.</summary>
    private static double Plain(string folder, int callers, int seconds, bool rename)
    {
        Directory.CreateDirectory(folder);
        var disk = new Disk();
        var mails = Enumerable.Range(0, 512).Select(SampleMails.Mail).ToArray();
        var next = 0;
        var watch = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, callers).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var rate = next / watch.Elapsed.TotalSeconds;
        Directory.Delete(folder, recursive: true);
        return rate;

        void Work()
        {
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var number = Interlocked.Increment(ref next);
                var path = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
                using (var file = Disk.OpenNew(path))
                {
                    disk.WriteNew(file.SafeFileHandle, mails[number % mails.Length]);
                    disk.Sync(file.SafeFileHandle);
                }

                if (rename)
                {
                    disk.Rename(path, path + ".done");
                    disk.SyncFolder(folder);
                }
            }
        }
    }
}
