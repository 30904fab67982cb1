using System.Globalization;
using Noroshi.Hub.Campaigns;

namespace Noroshi.Bench;

/// <summary>
/// Features of mails as a hub of many organisations sees them: everyday values with the skew of a language (Zipf), values of the sender,
/// texts, and campaigns of all sizes, one with an eighth of all mails. The same number gives the same mails.
/// </summary>
/// <param name="count">Mails in the world.</param>
/// <param name="shared">Puts one value, one that identifies, into every mail: what a hostile sender would do to make all work slow.</param>
internal sealed class SyntheticFeatures(int count, bool shared = false)
{
    private const int BusyShare = 12;
    private const int SmallCampaign = 40;
    private static readonly DateTimeOffset Start = new(2013, 4, 1, 0, 0, 0, TimeSpan.FromHours(9));
    private static readonly string[] Organizations =
    [
        .. Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture, $"org-{i}")),
    ];

    /// <summary>Mail of a number.</summary>
    public MailFeatures Of(int number)
    {
        var random = new Random(number * 7_919);
        var campaign = CampaignOf(random);
        var sender = campaign < 0 ? random.Next(Math.Max(1, count / 3)) : -1;
        var features = new List<Feature>(32);
        void Add(EvidenceFamily family, string kind, string value) => features.Add(new Feature(family, kind, value));
        Everyday(random, Add);
        if (campaign >= 0)
        {
            OfCampaign(campaign, random, Add);
        }
        else
        {
            OfStranger(sender, number, random, Add);
        }

        if (shared)
        {
            Add(EvidenceFamily.Destination, "c2-host", "everywhere.example");
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"{number:D8}.eml");
        var organization = Organizations[random.Next(Organizations.Length)];
        return new MailFeatures
        {
            Key = key,
            Exchange = campaign < 0 && random.Next(3) > 0 ? $"{organization} s{sender}" : key,
            UniqueId = (ulong)random.NextInt64(),
            Organization = organization,
            Window = "info",
            ReceivedAt = Start.AddMinutes(random.Next(525_600)),
            Sketch = Sketch(campaign, random),
            Features = [.. features.Distinct().OrderBy(feature => feature.Family).ThenBy(feature => feature.Id)],
        };
    }

    /// <summary>Campaign of a mail: 0 is the large one, negative none.</summary>
    public int CampaignOf(int number) => CampaignOf(new Random(number * 7_919));

    private int CampaignOf(Random random) =>
        random.Next(100) < BusyShare ? 0
        : random.Next(100) < 5 ? 1 + random.Next(Math.Max(1, count / 20 / SmallCampaign))
        : -1;

    private static void Everyday(Random random, Action<EvidenceFamily, string, string> add)
    {
        (string Kind, int Pool)[] habits =
        [
            ("header-order", 3_000),
            ("message-id", 800),
            ("boundary", 500),
            ("mailer", 1_500),
            ("encoding", 20),
            ("time-zone", 30),
            ("mime-tree", 200),
            ("date-form", 10),
        ];
        var program = Zipf(random, 3_000);
        foreach (var (kind, pool) in habits)
        {
            add(EvidenceFamily.Composition, kind, Text(kind, program % pool));
        }

        add(EvidenceFamily.Composition, "assembly", Text("assembly", (program * 3) + Zipf(random, 3)));
        add(EvidenceFamily.Origin, "service-ip", Text("ip", Zipf(random, 4_000)));
        add(EvidenceFamily.Destination, "url-host", Text("www", Zipf(random, 20_000)));
        add(EvidenceFamily.Destination, "url-domain", Text("domain", Zipf(random, 15_000)));
        add(EvidenceFamily.Text, "line", Text("line", Zipf(random, 200_000)));
        add(EvidenceFamily.Text, "affiliation", Text("firm", Zipf(random, 30_000)));
        add(EvidenceFamily.Target, "industry", Text("industry", random.Next(12)));
    }

    private static void OfCampaign(int campaign, Random random, Action<EvidenceFamily, string, string> add)
    {
        // The busy one has a hundred of everything, a small one four: each mail shows most of it, never all.
        var pool = campaign == 0 ? 100 : 4;
        var month = campaign == 0 ? random.Next(24) : random.Next(3);
        (EvidenceFamily Family, string Kind)[] habits =
        [
            (EvidenceFamily.DocumentTrait, "unique"),
            (EvidenceFamily.DocumentTrait, "personal"),
            (EvidenceFamily.Destination, "c2-host"),
            (EvidenceFamily.SenderAddress, "address"),
            (EvidenceFamily.Persona, "display-name"),
            (EvidenceFamily.Origin, "ip"),
            (EvidenceFamily.Text, "phone"),
        ];
        foreach (var (family, kind) in habits)
        {
            if (random.Next(5) > 0)
            {
                add(family, kind, Text($"c{campaign} {kind}", (month + random.Next(3)) % pool));
            }
        }
    }

    private static void OfStranger(int sender, int number, Random random, Action<EvidenceFamily, string, string> add)
    {
        add(EvidenceFamily.SenderAddress, "address", Text("address", sender));
        add(EvidenceFamily.Persona, "display-name", Text("name", sender % 200_000));
        add(EvidenceFamily.Persona, "local-part", Text("local", sender % 300_000));
        add(EvidenceFamily.Origin, "ip", Text("from", sender / 20));
        add(EvidenceFamily.Origin, "network", Text("net", sender / 200));
        add(EvidenceFamily.Text, "line", Text("own line", number));
        add(EvidenceFamily.Text, "line", Text("another line", number));
        add(EvidenceFamily.FileHash, "file", Text("file", random.Next(4) == 0 ? sender : number + 1_000_000_000));
        add(EvidenceFamily.Destination, "url-path", Text("path", number));
    }

    /// <summary>Half of a text is common stretches, the rest the mail's own; mails of a campaign share a template.</summary>
    private static ulong[] Sketch(int campaign, Random random)
    {
        var template = new Random(campaign < 0 ? random.Next(100_000) : campaign);
        var hashes = new SortedSet<ulong>();
        while (hashes.Count < TextSketch.Size)
        {
            var source = hashes.Count % 4 == 0 ? template : random;
            hashes.Add((ulong)source.NextInt64());
        }

        return [.. hashes];
    }

    /// <summary>A number below a limit, small ones far more often: rank r with a chance like 1/r.</summary>
    private static int Zipf(Random random, int limit) => (int)Math.Pow(limit, random.NextDouble()) - 1;

    private static string Text(string of, int number) => string.Create(CultureInfo.InvariantCulture, $"{of} {number}.example");
}
