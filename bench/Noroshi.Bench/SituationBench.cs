using System.Diagnostics;
using System.Globalization;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.MailAnatomy;

namespace Noroshi.Bench;

/// <summary>
/// The situation of real mails: all at once, and one more mail, again and again, as a hub sees it. The public mails in five organisations,
/// the largest with 2,501, and copies of them in further ones, with other senders and other times, up to the number wanted.
/// </summary>
internal static class SituationBench
{
    private const int Added = 200;

    private static TimeSpan Cpu => Environment.CpuUsage.TotalTime;

    /// <summary>Measures with a number of mails.</summary>
    public static void Run(string folder, int count)
    {
        var files = Directory.EnumerateFiles(folder, "*.eml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var facts = files.ConvertAll(file => Dissector.Mail(File.ReadAllBytes(file)));
        var names = files.ConvertAll(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));
        var plain = Enumerable.Range(0, count).Select(i => Mail(names[i % files.Count], facts[i % files.Count], i / files.Count)).ToList();
        var start = Cpu;
        var mails = plain.ConvertAll(mail => KnownMail.Of(mail, member: null));
        var features = Cpu - start;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var members = new Members();
        start = Cpu;
        var keeper = new SituationKeeper(members);
        keeper.Add(new SituationBatch { Mails = mails });
        var first = Cpu - start;
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        start = Cpu;
        new SituationKeeper(members).Add(new SituationBatch { Mails = mails });
        var second = Cpu - start;
        Console.WriteLine(
            "| mails | organisations | features, ms a mail | all at once, CPU s: first time | with the code warm | ms a mail | kept beside the mails, bytes a mail | exchanges told |"
        );
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {count:N0} | {plain.Select(mail => mail.Organization).Distinct(StringComparer.Ordinal).Count()} | {features.TotalMilliseconds / count:F2} | {first.TotalSeconds:F1} | {second.TotalSeconds:F1} | {second.TotalMilliseconds / count:F2} | {bytes:N0} | {keeper.Current.Conversations.Count:N0} |"
            )
        );
        Console.WriteLine();
        Console.WriteLine("| one more mail, its organisation has | times | wall ms: median | p90 | worst | CPU ms: median | worst |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        var random = new Random(7);
        var times = new List<(int Size, double Wall, double Cpu)>();
        var sizes = plain
            .GroupBy(mail => mail.Organization ?? "", StringComparer.Ordinal)
            .ToDictionary(one => one.Key, one => one.Count(), StringComparer.Ordinal);
        for (var i = 0; i < Added; i++)
        {
            var mail = mails[random.Next(count)];
            keeper.Remove([mail.Mail.Key]);
            start = Cpu;
            var watch = Stopwatch.StartNew();
            keeper.Add(new SituationBatch { Mails = [mail] });
            times.Add((sizes[mail.Mail.Organization ?? ""], watch.Elapsed.TotalMilliseconds, (Cpu - start).TotalMilliseconds));
        }

        Row("up to 600 mails", times.FindAll(one => one.Size <= 600));
        Row("1,300 to 1,500", times.FindAll(one => one.Size is > 600 and < 2_000));
        Row("about 2,500", times.FindAll(one => one.Size >= 2_000));
        Aside(plain);
    }

    /// <summary>The same with a shelf: what stays of a mail whose organisation was put aside, and what one more mail for it costs.</summary>
    private static void Aside(List<ProvidedMail> plain)
    {
        var shelf = new MailShelf(asked => [.. asked.Select(one => Known(plain, (int)one.Place))], Most: 0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var keeper = new SituationKeeper(new Members(), SituationState.Empty, shelf);
        // Drawn anew and given away: nothing of the features is anybody else's.
        keeper.Add(new SituationBatch { Mails = [.. Enumerable.Range(0, plain.Count).Select(i => Known(plain, i))] });
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / plain.Count;
        var random = new Random(7);
        var times = new List<(int Size, double Wall, double Cpu)>();
        for (var i = 0; i < 20; i++)
        {
            var mail = Known(plain, random.Next(plain.Count));
            var (start, watch) = (Cpu, Stopwatch.StartNew());
            keeper.Add(new SituationBatch { Mails = [mail] });
            times.Add((0, watch.Elapsed.TotalMilliseconds, (Cpu - start).TotalMilliseconds));
        }

        Console.WriteLine();
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Everything put aside: {bytes:N0} bytes a mail; {keeper.AtHand} at hand.")
        );
        Console.WriteLine();
        Console.WriteLine("| one mail, its organisation was put aside | times | wall ms: median | p90 | worst | CPU ms: median | worst |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        Row("of any size, drawn from its facts", times);
        GC.KeepAlive(keeper);
    }

    private static KnownMail Known(List<ProvidedMail> plain, int i) => KnownMail.Of(plain[i], member: null) with { Place = i };

    private static void Row(string name, List<(int Size, double Wall, double Cpu)> times)
    {
        if (times.Count == 0)
        {
            return;
        }

        var wall = times.ConvertAll(one => one.Wall);
        var cpu = times.ConvertAll(one => one.Cpu);
        wall.Sort();
        cpu.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {times.Count} | {wall[wall.Count / 2]:F0} | {wall[wall.Count * 9 / 10]:F0} | {wall[^1]:F0} | {cpu[cpu.Count / 2]:F0} | {cpu[^1]:F0} |"
            )
        );
    }

    private static ProvidedMail Mail(string name, MailFacts facts, int copy)
    {
        var prefix = copy == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"copy{copy}-");
        var apart = TimeSpan.FromDays(97 * copy);
        var own =
            copy == 0 || facts.From is not { } sender
                ? facts
                : facts with
                {
                    From = sender with { Address = prefix + sender.Address },
                    SentAt = facts.SentAt?.Add(apart),
                    MessageId = prefix + facts.MessageId,
                    Sha256 = prefix + facts.Sha256,
                };
        return new ProvidedMail
        {
            Key = prefix + name,
            File = prefix + name,
            Organization = prefix + name.Split('/')[0],
            Channel = "mail",
            ReceivedAt = (facts.ReceivedAt ?? facts.SentAt)?.Add(apart),
            TimeSource = facts.ReceivedAt is null ? "date" : "received",
            Facts = own,
        };
    }
}
