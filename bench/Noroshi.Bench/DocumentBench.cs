using System.Globalization;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Makers.Documents;

namespace Noroshi.Bench;

/// <summary>
/// Cost of each kind of document: the small one of the fixtures and one of about 100 kB of the same making, each taken apart by itself
/// with everything in it; locked ones with their password given. One core, CPU time of the process, batches of the kinds in turn.
/// </summary>
internal static class DocumentBench
{
    private const int Large = 100_000;
    private const double BatchMilliseconds = 60;

    private static readonly DissectionRequest Request = new()
    {
        Candidates = [new PasswordCandidate(MadeDocuments.Password, "given", "bench")],
    };

    private sealed record Job(string Kind, string Name, byte[] Bytes)
    {
        public int Repeats { get; set; } = 1;

        public List<double> Milliseconds { get; } = [];

        public double Allocated { get; set; }
    }

    public static void Run(int batches)
    {
        var jobs = MadeDocuments
            .All.SelectMany(each => (Job[])[new(each.Kind, each.Name, each.Make(0)), new(each.Kind, each.Name, OfSize(each, Large))])
            .DistinctBy(job => (job.Name, job.Bytes.Length))
            .ToList();
        jobs.ForEach(WarmUp);
        for (var batch = 0; batch < batches; batch++)
        {
            jobs.ForEach(Measure);
        }

        Report(jobs, batches);
    }

    /// <summary>The document made so large that its file has about that many bytes.</summary>
    private static byte[] OfSize(MadeDocument document, int wanted)
    {
        var size = wanted;
        for (var tries = 0; tries < 4; tries++)
        {
            size = (int)Math.Clamp((double)size * wanted / document.Make(size).Length, 0, 4.0 * wanted);
        }

        return document.Make(size);
    }

    /// <summary>Methods are compiled again when they prove hot; then the repeats of a batch are chosen so that it lasts long enough.</summary>
    private static void WarmUp(Job job)
    {
        for (var i = 0; i < 60; i++)
        {
            Dissector.File(job.Bytes, job.Name, Request);
        }

        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < 5; i++)
        {
            Dissector.File(job.Bytes, job.Name, Request);
        }

        var each = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds / 5;
        job.Repeats = (int)Math.Clamp(BatchMilliseconds / Math.Max(each, 0.001), 3, 2_000);
    }

    private static void Measure(Job job)
    {
        GC.Collect();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < job.Repeats; i++)
        {
            Dissector.File(job.Bytes, job.Name, Request);
        }

        job.Milliseconds.Add((Environment.CpuUsage.TotalTime - start).TotalMilliseconds / job.Repeats);
        job.Allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / job.Repeats;
    }

    private static void Report(List<Job> jobs, int batches)
    {
        Console.WriteLine(Line($"One core, CPU time, median of {batches} batches (best in brackets); load of the machine {Load()}"));
        Console.WriteLine("| kind | file | kB | ms a file | kB allocated a file |");
        Console.WriteLine("|---|---|---:|---:|---:|");
        foreach (var job in jobs)
        {
            var median = job.Milliseconds.Order().ElementAt(job.Milliseconds.Count / 2);
            Console.WriteLine(
                Line(
                    $"| {job.Kind} | {job.Name} | {job.Bytes.Length / 1e3:F1} | {median:F2} ({job.Milliseconds.Min():F2}) | {job.Allocated / 1e3:F0} |"
                )
            );
        }
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
