using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MimeKit;
using Noroshi.MailAnatomy;

namespace Noroshi.Bench;

/// <summary>
/// One core, one process, the same mails in memory, rounds of the three jobs alternating. CPU time of the process is compared, because
/// other work on the machine stretches the wall time of all jobs by chance:
/// MimeKit parsing; MimeKit parsing, decoding and hashing every leaf; the same with the header values and texts a reader of mail needs;
/// Noroshi with all features.
/// </summary>
internal static class ParserBench
{
    private const int WarmUpRounds = 3;
    private const int Batch = 1_000;

    public static void Run(string folder, int rounds)
    {
        var mails = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".txt", StringComparison.Ordinal) || file.EndsWith(".eml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)
            .ToArray();
        var bytes = mails.Sum(mail => (long)mail.Length);
        var jobs = new (string Name, Action<byte[]> Work, List<double> Seconds, List<double> Allocated)[]
        {
            ("MimeKit parse", Parse, [], []),
            ("MimeKit parse+decode+hash", mail => ParseDecodeHash(mail, values: false), [], []),
            ("MimeKit full decode + hash", mail => ParseDecodeHash(mail, values: true), [], []),
            ("Noroshi dissect (all features)", mail => Dissector.Mail(mail), [], []),
        };
        for (var round = 0; round < rounds + WarmUpRounds; round++)
        {
            var spent = new (double Seconds, long Allocated)[jobs.Length];
            // The jobs take turns several times a second: a shared machine slows down and recovers within a round, and then for all alike.
            foreach (var batch in mails.Chunk(Batch))
            {
                for (var job = 0; job < jobs.Length; job++)
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    var start = Environment.CpuUsage.TotalTime;
                    foreach (var mail in batch)
                    {
                        jobs[job].Work(mail);
                    }

                    // Who leaves garbage and finalisers behind pays for them; the next job does not.
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    spent[job].Seconds += (Environment.CpuUsage.TotalTime - start).TotalSeconds;
                    spent[job].Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }

            // The first rounds warm the code up: methods are compiled again when they prove hot.
            for (var job = 0; round >= WarmUpRounds && job < jobs.Length; job++)
            {
                jobs[job].Seconds.Add(spent[job].Seconds);
                jobs[job].Allocated.Add(spent[job].Allocated);
            }
        }

        Report(
            jobs.Select(job => (job.Name, Median(job.Seconds), job.Seconds.Min(), Median(job.Allocated))).ToList(),
            mails.Length,
            bytes,
            rounds
        );
    }

    private static void Report(List<(string Name, double Median, double Best, double Allocated)> rows, int mails, long bytes, int rounds)
    {
        var (bytesPeer, fullPeer) = (rows[1].Median, rows[2].Median);
        Console.WriteLine(
            Line(
                $"{mails} mails, {bytes / 1e6:F1} MB, one core, CPU time; median of {rounds} rounds, peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB"
            )
        );
        Console.WriteLine(
            "| job | mails/s | MB/s | µs a mail | kB allocated a mail | speed against parse+decode+hash | against full decode + hash |"
        );
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, median, _, allocated) in rows)
        {
            Console.WriteLine(
                Line(
                    $"| {name} | {mails / median:F0} | {bytes / 1e6 / median:F1} | {median / mails * 1e6:F0} | {allocated / mails / 1e3:F1} | {bytesPeer / median:P0} | {fullPeer / median:P0} |"
                )
            );
        }
    }

    private static void Parse(byte[] mail)
    {
        using var stream = new MemoryStream(mail, writable: false);
        new MimeParser(stream, MimeFormat.Entity, persistent: true).ParseMessage();
    }

    /// <summary>Hashes the mail and its decoded leaves; with <paramref name="values"/> also decodes header values and texts to strings.</summary>
    private static void ParseDecodeHash(byte[] mail, bool values)
    {
        SHA256.HashData(mail);
        using var stream = new MemoryStream(mail, writable: false);
        try
        {
            var message = new MimeParser(stream, MimeFormat.Entity, persistent: true).ParseMessage();
            foreach (var part in message.BodyParts.OfType<MimePart>())
            {
                using var decoded = new MemoryStream();
                part.Content?.DecodeTo(decoded);
                var content = decoded.GetBuffer().AsSpan(0, (int)decoded.Length);
                SHA256.HashData(content);
                SHA1.HashData(content);
                MD5.HashData(content);
            }

            if (values)
            {
                GC.KeepAlive(Values(message));
            }
        }
        catch (FormatException)
        {
            // The peer gives up on a mail without headers; its time until then counts.
        }
    }

    private static int Values(MimeMessage message)
    {
        var length =
            (message.Subject?.Length ?? 0)
            + message.From.Count
            + message.To.Count
            + message.Cc.Count
            + message.ReplyTo.Count
            + message.Date.Year
            + (message.MessageId?.Length ?? 0)
            + message.References.Count;
        foreach (var text in message.BodyParts.OfType<TextPart>())
        {
            length += text.Text.Length;
        }

        return length;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
