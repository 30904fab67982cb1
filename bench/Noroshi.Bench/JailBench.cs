using System.Diagnostics;
using System.Globalization;
using Noroshi.MailAnatomy;
using Noroshi.Makers.Corpus;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Bench;

/// <summary>What the jail costs a mail: a fresh worker for each, and one worker for all, against the same work in this process.</summary>
internal static class JailBench
{
    public static async Task Run(string worker, int mails)
    {
        var mail = JapaneseCases.All().First().Bytes;
        var request = new DissectionRequest { Kind = InputKind.Mail };
        for (var i = 0; i < 500; i++)
        {
            Dissector.Mail(mail);
        }

        var here = Time(1_000, () => Dissector.Mail(mail));
        await using var pool = new WorkerPool(
            WorkerCommand.For(Path.GetFullPath(worker)),
            new WorkerLimits { Workers = 1 },
            TimeProvider.System
        );
        var report = await pool.ReportAsync();
        for (var i = 0; i < 200; i++)
        {
            await pool.DissectAsync(mail, request, "one", CancellationToken.None);
        }

        var reused = await TimeAsync(1_000, () => pool.DissectAsync(mail, request, "one", CancellationToken.None));
        var fresh = await TimeAsync(mails, () => pool.DissectAsync(mail, request, group: null, CancellationToken.None));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {report.Build} | {report.Grade} | {here:F3} | {reused:F3} | {fresh:F1} | {reused - here:F3} |"
            )
        );
    }

    private static double Time(int times, Action work)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < times; i++)
        {
            work();
        }

        return watch.Elapsed.TotalMilliseconds / times;
    }

    private static async Task<double> TimeAsync(int times, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < times; i++)
        {
            await work();
        }

        return watch.Elapsed.TotalMilliseconds / times;
    }
}
