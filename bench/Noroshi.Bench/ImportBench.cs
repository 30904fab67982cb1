using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Noroshi.Bench;

/// <summary>
/// <c>noroshi import</c> as its user runs it, from nothing to everything linked: wall time, processor time, and whose threads used it. The
/// executable is the one of a folder that was published.
/// </summary>
internal static class ImportBench
{
    private const double Limit = 1_000;
    private const double CpuLimit = 2;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    /// <summary>Imports mails by folder, then the story by its manifest, each into a folder of its own.</summary>
    public static async Task RunAsync(string app, string mails, string story, string scratch)
    {
        var runs = new List<(string Name, Measured Run)>
        {
            ("SpamAssassin", await ImportAsync(app, scratch, mails)),
            ("the same again, all known", await ImportAsync(app, scratch, mails)),
        };
        string[] told = ["--manifest", Path.Combine(story, "manifest.jsonl"), "--members", Path.Combine(story, "members.json")];
        runs.Add(
            (
                "story, password search 200 ms an item",
                await ImportAsync(app, scratch + "-story", story, [.. told, "--password-budget", "200"])
            )
        );
        Console.WriteLine(
            "| import | mails | load before | seconds | mails/s | limit | CPU ms a mail | limit | taken in, /s | seconds until taken apart | until linked | campaigns |"
        );
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, run) in runs)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {run.Mails:N0} | {run.Load} | {run.Seconds:F1} | {run.Mails / run.Seconds:F0} | {Limit:F0} | {1_000 * run.Cpu / run.Mails:F2} | {CpuLimit:F0} | {run.Provisions / run.TakenIn:F0} | {run.TakenApart:F1} | {run.Linked:F1} | {run.Campaigns} |"
                )
            );
        }

        foreach (var (name, run) in runs)
        {
            Console.WriteLine();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: CPU {run.Cpu:F1} s."));
            Console.WriteLine();
            Console.WriteLine("| what | CPU s | ms a mail |");
            Console.WriteLine("|---|---:|---:|");
            foreach (var (what, seconds) in run.Parts.OrderByDescending(one => one.Value))
            {
                Console.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"| {what} | {seconds:F2} | {1_000 * seconds / run.Mails:F3} |")
                );
            }
        }
    }

    private static async Task<Measured> ImportAsync(string app, string scratch, string folder, params string[] more)
    {
        app = Path.GetFullPath(app);
        Directory.CreateDirectory(scratch);
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var single = Path.Combine(app, "noroshi");
        var start = new ProcessStartInfo(File.Exists(single) ? single : "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        string[] program = File.Exists(single) ? [] : [Path.Combine(app, "noroshi.dll")];
        string[] said =
        [
            "import",
            folder,
            "--data",
            Path.Combine(scratch, "data"),
            "--master-key",
            Path.Combine(scratch, "master-key"),
            "--json",
            "--lang",
            "en",
        ];
        foreach (var argument in (string[])[.. program, .. said, .. more])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        var begin = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The import does not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var threads = new ThreadTimes(process.Id);
        while (!process.HasExited)
        {
            threads.Look();
            await Task.Delay(Every);
        }

        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        using var told = JsonDocument.Parse(await output);
        return Measured.From(told.RootElement, seconds, load, threads.Kinds());
    }

    private sealed record Measured(int Provisions, int Mails, int Campaigns, double Seconds, double Cpu, string Load)
    {
        public double TakenIn { get; private init; }

        public double TakenApart { get; private init; }

        public double Linked { get; private init; }

        public IReadOnlyDictionary<string, double> Parts { get; private init; } = new Dictionary<string, double>(StringComparer.Ordinal);

        public static Measured From(JsonElement json, double seconds, string load, IReadOnlyDictionary<string, double> threads)
        {
            var (times, cpu) = (json.GetProperty("seconds"), json.GetProperty("cpuSeconds"));
            var (hub, workers) = (cpu.GetProperty("hub").GetDouble(), cpu.GetProperty("workers").GetDouble());
            // What the last look at the threads missed, and what the situation took, is told by the import itself.
            var situation = hub - cpu.GetProperty("takenApart").GetDouble();
            var parts = new Dictionary<string, double>(threads, StringComparer.Ordinal) { ["workers (parsing)"] = workers };
            parts["hub: situation and end"] = situation;
            parts["hub: other threads, with intake, documents, features"] = Math.Max(0, hub - situation - threads.Values.Sum());
            return new Measured(
                json.GetProperty("provisions").GetInt32(),
                json.GetProperty("mails").GetInt32(),
                json.GetProperty("campaigns").GetInt32(),
                seconds,
                hub + workers,
                load
            )
            {
                TakenIn = times.GetProperty("takenIn").GetDouble(),
                TakenApart = times.GetProperty("takenApart").GetDouble(),
                Linked = times.GetProperty("linked").GetDouble(),
                Parts = parts,
            };
        }
    }

    /// <summary>Processor time of the threads that have one kind of work only.</summary>
    private sealed class ThreadTimes(int process)
    {
        private const double TicksASecond = 100;
        private readonly Dictionary<string, (string Kind, double Seconds)> _threads = new(StringComparer.Ordinal);

        public void Look()
        {
            try
            {
                foreach (var task in Directory.EnumerateDirectories($"/proc/{process}/task"))
                {
                    var stat = File.ReadAllText(Path.Combine(task, "stat"));
                    var end = stat.LastIndexOf(')');
                    var name = stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..end];
                    var fields = stat[(end + 2)..].Split(' ');
                    if (KindOf(name) is { } kind)
                    {
                        var ticks =
                            double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
                        _threads[task] = (kind, ticks / TicksASecond);
                    }
                }
            }
            catch (IOException)
            {
                // It, or a thread of it, has just ended.
            }
        }

        public IReadOnlyDictionary<string, double> Kinds() =>
            _threads
                .Values.GroupBy(one => one.Kind, StringComparer.Ordinal)
                .ToDictionary(one => one.Key, one => one.Sum(thread => thread.Seconds), StringComparer.Ordinal);

        private static string? KindOf(string name) =>
            name.StartsWith("evidence", StringComparison.Ordinal) ? "hub: evidence files, with fsync"
            : name.StartsWith("storage writer", StringComparison.Ordinal) ? "hub: writer of the database, with fsync"
            : name.StartsWith(".NET Tiered", StringComparison.Ordinal) ? "hub: compiling hot code again"
            : name.StartsWith("noroshi-slot", StringComparison.Ordinal) ? "hub: talking to workers"
            : null;
    }
}
