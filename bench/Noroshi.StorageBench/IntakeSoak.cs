using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Noroshi.StorageBench;

/// <summary><c>noroshi soak intake</c>: kills and power cuts during intake, with figures.</summary>
internal static class IntakeSoak
{
    private const int Callers = 16;
    private const int LongestMilliseconds = 900;
    private const int DiskMegabytes = 2_000;

    public static async Task<int> RunAsync(string root, string[] words)
    {
        var kills = Value(words, "--kills", 200);
        var cuts = Value(words, "--power-cuts", 0);
        var text = new StringBuilder();
        text.AppendLine(
            "| what | cycles | acknowledged | sent again and recognised | stored without answer | lost | doubled | stuck | fsck problems | minutes |"
        );
        text.AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        var good = await RowAsync(text, "kill -9", kills, KillAsync(Path.Combine(root, "kills"), kills));
        if (cuts > 0)
        {
            good &= await RowAsync(text, "power cut (ext4 on a loop device)", cuts, CutAsync(Path.Combine(root, "cuts"), cuts));
        }

        Console.Write(text);
        if (Array.IndexOf(words, "--record") is >= 0 and var at && at + 1 < words.Length)
        {
            await File.WriteAllTextAsync(words[at + 1], Head(kills, cuts) + text);
        }

        return good ? 0 : 1;
    }

    private static string Head(int kills, int cuts) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # {TimeProvider.System.GetUtcNow():yyyy-MM-dd}: nothing acknowledged is lost

            `./noroshi soak intake --kills {kills} --power-cuts {cuts}`, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}.

            {Callers} callers hand in mails of 0.5 to 14 KB to one process, every fifth twice at once; a step works through the queue beside them. After up to {LongestMilliseconds} ms
            the process is killed, or the power is cut: the process is stopped, the file system is shut down without writing anything more, mounted
            again. The last mails are sent once more to the next process. In the end every acknowledged mail must be there under its number with the
            same bytes (lost), no mail twice (doubled), each with exactly one result of the step (stuck), and fsck must find nothing.


            """
        );

    private static async Task<KillResult?> KillAsync(string folder, int cycles)
    {
        var run = new KillRun(Fresh(folder), Program(), Callers);
        var random = new Random(7);
        for (var i = 0; i < cycles; i++)
        {
            await run.CycleAsync(TimeSpan.FromMilliseconds(random.Next(5, LongestMilliseconds)));
            Progress("kill", i, cycles, run);
        }

        return await run.CompareAsync();
    }

    private static async Task<KillResult?> CutAsync(string folder, int cycles)
    {
        Directory.CreateDirectory(folder);
        using var disk = LoopDisk.Create(folder, DiskMegabytes);
        if (disk is null)
        {
            return null;
        }

        var run = new KillRun(Fresh(Path.Combine(disk.Mount, "hub")), Program(), Callers);
        var random = new Random(11);
        for (var i = 0; i < cycles; i++)
        {
            await run.CycleAsync(
                TimeSpan.FromMilliseconds(random.Next(5, LongestMilliseconds)),
                child =>
                {
                    // Without power nothing is acknowledged any more. A process that went on would be told by ext4 that some fsyncs that
                    // were under way have succeeded, which they have not.
                    KillRun.Freeze(child);
                    Thread.Sleep(5);
                    disk.Cut();
                    child.Kill();
                }
            );
            disk.Restart();
            Progress("cut", i, cycles, run);
        }

        return await run.CompareAsync();
    }

    private static async Task<bool> RowAsync(StringBuilder text, string what, int cycles, Task<KillResult?> work)
    {
        var watch = Stopwatch.StartNew();
        if (await work is not { } result)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {what}: not possible here (needs root, mkfs.ext4, loop devices) | {cycles} | | | | | | | | |"
            );
            return true;
        }

        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"| {what} | {result.Cycles} | {result.Acknowledged} | {result.Repeated} | {result.Unacknowledged} | {result.Lost} | {result.Doubled} | {result.Stuck} | {result.Problems.Count} | {watch.Elapsed.TotalMinutes:F1} |"
        );
        foreach (var problem in result.Problems.Take(10))
        {
            Console.Error.WriteLine(problem);
        }

        return result.Good;
    }

    private static Places Fresh(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        return new Places(folder);
    }

    private static string Program() => Path.Combine(AppContext.BaseDirectory, "Noroshi.StorageBench.dll");

    private static void Progress(string what, int done, int of, KillRun run)
    {
        if ((done + 1) % 10 == 0)
        {
            Console.Error.WriteLine($"{what} {done + 1} of {of}: {run.Acknowledged} acknowledged");
        }
    }

    private static int Value(string[] words, string name, int otherwise) =>
        Array.IndexOf(words, name) is >= 0 and var at && at + 1 < words.Length
            ? int.Parse(words[at + 1], NumberStyles.None, CultureInfo.InvariantCulture)
            : otherwise;
}
