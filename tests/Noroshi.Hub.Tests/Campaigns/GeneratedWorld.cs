using CsCheck;
using Noroshi.Hub.Campaigns;

namespace Noroshi.Hub.Tests.Campaigns;

/// <summary>
/// Mails of chance that are hard to cluster alike: long exchanges, near-identical mails, values that become popular on the way, texts in
/// common, and mails that are the twins of others.
/// </summary>
internal static class GeneratedWorld
{
    private static readonly DateTimeOffset Start = new(2013, 10, 1, 9, 0, 0, TimeSpan.FromHours(9));

    /// <summary>Worlds of up to 160 mails, by a number, so that a failure can be made again.</summary>
    public static Gen<List<MailFeatures>> Any { get; } =
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[40, 160]).Select((seed, count) => Of(seed, count));

    public static List<MailFeatures> Of(int seed, int count)
    {
        var random = new Random(seed);
        // Small pools make values popular (more than fifty mails), large ones keep them rare.
        var pool = new[] { 1, 2, 5, 20 }[random.Next(4)];
        var attackers = random.Next(2) == 0 ? 1 : 4;
        var mails = new List<MailFeatures>(count);
        for (var i = 0; i < count; i++)
        {
            var attacker = random.Next(attackers);
            var exchange = random.Next(3) == 0 ? $"x-{attacker}-{random.Next(4)}" : $"x-{attacker}-{i:D3}";
            var values = Values(random, attacker, pool).ToList();
            var mail = Made.Mail($"m{i:D3}", [.. values]) with
            {
                Exchange = exchange,
                Organization = $"org-{random.Next(6)}",
                FirstContact = random.Next(3) == 0,
                ReceivedAt = Start.AddMinutes(random.Next(2_000)),
                UniqueId = random.Next(5) == 0 ? (ulong)random.Next(10) : (ulong)random.NextInt64(1L << 60),
                Sketch = random.Next(3) == 0 ? TextSketch.Of(Text(random, attacker)) : [],
                Payloads = random.Next(12) == 0 ? [$"payload {attacker} {random.Next(pool)}"] : [],
            };
            mails.Add(mail);
        }

        return mails;
    }

    private static IEnumerable<(EvidenceFamily, string, string)> Values(Random random, int attacker, int pool)
    {
        (EvidenceFamily, string, string)[] all =
        [
            (EvidenceFamily.DocumentTrait, "unique", $"machine {attacker} {random.Next(pool)}"),
            (EvidenceFamily.Destination, "c2-host", $"c2-{attacker}-{random.Next(pool)}.example"),
            (EvidenceFamily.Destination, "url-host", $"www{random.Next(pool)}.example"),
            (EvidenceFamily.SenderAddress, "address", $"a{attacker}.{random.Next(pool)}@free.example"),
            (EvidenceFamily.Persona, "display-name", $"name {random.Next(pool * 2)}"),
            (EvidenceFamily.Origin, "ip", $"192.0.2.{random.Next(pool * 3)}"),
            (EvidenceFamily.Origin, "network", $"192.0.2.0/{random.Next(3)}"),
            (EvidenceFamily.Composition, "mailer", $"mailer {random.Next(3)}"),
            (EvidenceFamily.Composition, "time-zone", $"+0{random.Next(2)}00"),
            (EvidenceFamily.Composition, "assembly", $"assembly {attacker} {random.Next(pool)}"),
            (EvidenceFamily.Text, "line", $"line {attacker} {random.Next(pool * 2)}"),
            (EvidenceFamily.Target, "industry", $"industry {random.Next(2)}"),
        ];
        return all.Where(_ => random.Next(5) < 3);
    }

    private static string Text(Random random, int attacker)
    {
        string[] words = ["pump", "valve", "grid", "report", "survey", "page", "figure", "delivery", "number", "question"];
        return string.Join(
            ' ',
            Enumerable.Range(0, 30).Select(i => random.Next(6) == 0 ? words[random.Next(10)] : $"{words[(i + attacker) % 10]}{i}")
        );
    }

    public static RarityEpoch EpochOf(IEnumerable<MailFeatures> mails)
    {
        var index = new MemoryFeatureIndex();
        foreach (var mail in mails)
        {
            index.Add(mail);
        }

        return RarityEpoch.Freeze(1, index, BackgroundRarity.Shipped);
    }

    public static CampaignEngine Rebuilt(IEnumerable<MailFeatures> mails, RarityEpoch epoch, params Decision[] decisions)
    {
        var engine = Made.Engine(epoch, decisions);
        engine.Load(mails);
        engine.Settle();
        return engine;
    }
}
