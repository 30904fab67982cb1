using System.Diagnostics;
using Noroshi.Hub.Campaigns;

namespace Noroshi.Evaluate.Campaigns;

internal sealed class CampaignEvaluation : IEvaluation
{
    public string Word => "campaigns";
    public string Title => "Campaigns: authored attackers planted in public mails";

    public void Run(string mails, TextWriter output)
    {
        var w = Stopwatch.StartNew();
        var noise = Noise.Of(mails);
        Console.Error.WriteLine($"noise {w.Elapsed}");
        w.Restart();
        var index = new MemoryFeatureIndex();
        foreach (var n in noise)
            index.Add(n.Features);
        var epoch = RarityEpoch.Freeze(1, index, BackgroundRarity.Shipped);
        Console.Error.WriteLine($"epoch {w.Elapsed}");
        w.Restart();
        var engine = new CampaignEngine(new MemoryFeatureIndex(), new LinkScorer(epoch), []);
        engine.Load(noise.Select(n => n.Features));
        Console.Error.WriteLine($"load {w.Elapsed}");
        w.Restart();
        engine.Settle();
        Console.Error.WriteLine($"settle {w.Elapsed}");
        w.Restart();
        var by = noise.ToDictionary(n => n.Features.Key);
        foreach (var c in engine.Clusters().OrderByDescending(c => c.Sum(e => e.Mails.Count)).Take(40))
        {
            var ms = c.SelectMany(e => e.Mails).Select(i => noise[i]).ToList();
            output.WriteLine(
                $"{c.Count} exchanges, {ms.Count} mails, {string.Join(",", ms.GroupBy(m => m.Name).Select(g => g.Key + ":" + g.Count()))} senders {ms.Select(m => m.Sender).Distinct().Count()}: {string.Join(" | ", ms.Take(4).Select(m => m.Sender + " " + m.Subject))}"
            );
            output.WriteLine(
                "   "
                    + engine.LinkBetween(c[0], c[1])
                    + " "
                    + string.Join(
                        "; ",
                        engine
                            .LinkBetween(c[0], c[1])
                            ?.Evidence.Select(e => $"{e.Family} {e.Value[..Math.Min(40, e.Value.Length)]} {e.Bits} {e.Share}")
                            ?? []
                    )
            );
        }
        output.WriteLine(engine.Clusters().Count + " " + engine.Clusters().Sum(c => c.Sum(e => e.Mails.Count)));
    }
}
