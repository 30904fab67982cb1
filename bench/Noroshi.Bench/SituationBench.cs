using System.Diagnostics;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.MailAnatomy;

namespace Noroshi.Bench;

internal static class SituationBench
{
    public static void Run(string folder)
    {
        var mails = new List<KnownMail>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.eml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(folder, file);
            var facts = Dissector.Mail(File.ReadAllBytes(file));
            var c = Environment.CpuUsage.TotalTime;
            mails.Add(
                KnownMail.Of(
                    new ProvidedMail
                    {
                        Key = relative,
                        File = relative,
                        Organization = relative.Split('/')[0],
                        Channel = "mail",
                        ReceivedAt = facts.ReceivedAt ?? facts.SentAt,
                        TimeSource = facts.ReceivedAt is null ? "date" : "received",
                        Facts = facts,
                    },
                    null
                )
            );
            known += Environment.CpuUsage.TotalTime - c;
        }

        Console.WriteLine($"known {known.TotalSeconds:F2}");
        var members = new Members();
        for (var i = 0; i < 4; i++)
        {
            Stage("all", () => Situations.Of(mails, members, []));
        }

        var keeper = new SituationKeeper(members);
        keeper.Add(new SituationBatch { Mails = mails });
        foreach (var mail in mails.Where((_, i) => i % 200 == 0).Take(30))
        {
            Stage("remove " + mail.Mail.Key, () => keeper.Remove([mail.Mail.Key]));
            Stage("add", () => keeper.Add(new SituationBatch { Mails = [mail] }));
        }
    }

    private static TimeSpan known;

    private static T Stage<T>(string name, Func<T> work)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var result = work();
        Console.WriteLine($"{name}: cpu {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F3} wall {watch.Elapsed.TotalSeconds:F3}");
        return result;
    }
}
