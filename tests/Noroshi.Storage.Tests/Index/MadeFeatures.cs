using System.Globalization;
using Noroshi.Hub.Campaigns;

namespace Noroshi.Storage.Tests.Index;

/// <summary>Mails of chance: near-identical ones, values of one mail, of some and of more than fifty.</summary>
internal static class MadeFeatures
{
    public static List<MailFeatures> Of(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Mail(random, i))];
    }

    private static MailFeatures Mail(Random random, int number)
    {
        string Text(string name, int of) => string.Create(CultureInfo.InvariantCulture, $"{name} {random.Next(of)}");
        Feature[] features =
        [
            new(EvidenceFamily.Destination, "c2-host", Text("c2", 2)),
            new(EvidenceFamily.DocumentTrait, "unique", Text("machine", 6)),
            new(EvidenceFamily.SenderAddress, "address", Text("address", 40)),
            new(EvidenceFamily.Text, "line", Text("line", 400)),
            new(EvidenceFamily.Composition, "mailer", Text("mailer", 3)),
        ];
        return new MailFeatures
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"mail {number}"),
            Exchange = Text("exchange", 60),
            UniqueId = random.Next(4) == 0 ? (ulong)random.Next(12) : (ulong)random.NextInt64(),
            Organization = random.Next(9) == 0 ? null : Text("organization", 5),
            Window = random.Next(3) == 0 ? null : "products",
            ReceivedAt = random.Next(9) == 0 ? null : new DateTimeOffset(2013, 10, 1, 9, random.Next(60), 0, TimeSpan.FromHours(9)),
            FirstContact = random.Next(2) == 0,
            Payloads = random.Next(9) == 0 ? [Text("payload", 3)] : [],
            Sketch = random.Next(2) == 0 ? [.. Enumerable.Range(0, 32).Select(_ => (ulong)random.Next(90)).Distinct().Order()] : [],
            Features =
            [
                .. features.Where(_ => random.Next(4) > 0).Distinct().OrderBy(feature => feature.Family).ThenBy(feature => feature.Id),
            ],
        };
    }
}
