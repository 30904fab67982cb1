using Noroshi.Hub.Campaigns;

namespace Noroshi.Hub.Tests.Campaigns;

/// <summary>Features of made mails.</summary>
internal static class Made
{
    private static readonly DateTimeOffset Start = new(2013, 10, 1, 9, 0, 0, TimeSpan.FromHours(9));

    public static MailFeatures Mail(string key, params (EvidenceFamily Family, string Kind, string Value)[] values) =>
        new()
        {
            Key = key,
            Exchange = $"x-{key}",
            UniqueId = new Feature(EvidenceFamily.Prior, "unique", key).Id,
            Organization = $"org-{key}",
            Window = "window",
            ReceivedAt = Start,
            Features =
            [
                .. values
                    .Distinct()
                    .Select(value => new Feature(value.Family, value.Kind, value.Value))
                    .OrderBy(feature => feature.Family)
                    .ThenBy(feature => feature.Id),
            ],
        };

    public static CampaignEngine Engine(RarityEpoch? epoch = null, params Decision[] decisions) =>
        new(new MemoryFeatureIndex(), new LinkScorer(epoch ?? RarityEpoch.First), decisions);

    /// <summary>Mails of some attackers, each with habits of his own, among strangers who share everyday values.</summary>
    public static List<MailFeatures> World(int seed, int attackers, int mailsEach, int strangers, int shown = 3)
    {
        var random = new Random(seed);
        var mails = new List<MailFeatures>();
        for (var attacker = 0; attacker < attackers; attacker++)
        {
            for (var i = 0; i < mailsEach; i++)
            {
                var values = new List<(EvidenceFamily, string, string)>
                {
                    (EvidenceFamily.Composition, "mailer", $"mailer {attacker % 2}"),
                };
                // Never everything at once: each mail lacks something of what the attacker has.
                (EvidenceFamily, string, string)[] habits =
                [
                    (EvidenceFamily.DocumentTrait, "unique", $"machine {attacker}"),
                    (EvidenceFamily.Destination, "c2-host", $"c2-{attacker}.example"),
                    (EvidenceFamily.SenderAddress, "address", $"a{attacker}.{random.Next(2)}@free.example"),
                    (EvidenceFamily.Origin, "ip", $"192.0.2.{attacker}"),
                    (EvidenceFamily.Text, "line", $"line of attacker {attacker}"),
                ];
                random.Shuffle(habits);
                values.AddRange(habits[..shown]);
                mails.Add(Mail($"a{attacker}-{i:D3}", [.. values]));
            }
        }

        for (var i = 0; i < strangers; i++)
        {
            mails.Add(
                Mail(
                    $"s{i:D4}",
                    (EvidenceFamily.Composition, "mailer", $"mailer {random.Next(4)}"),
                    (EvidenceFamily.Composition, "time-zone", "+0900"),
                    (EvidenceFamily.Destination, "url-host", $"www{random.Next(30)}.example"),
                    (EvidenceFamily.Persona, "display-name", $"name {random.Next(200)}"),
                    (EvidenceFamily.SenderAddress, "address", $"s{i}@company.example")
                )
            );
        }

        return mails;
    }

    public static string Shape(CampaignEngine engine) =>
        string.Join('\n', engine.Clusters().Select(cluster => string.Join(' ', cluster.Select(exchange => exchange.Id))));
}
