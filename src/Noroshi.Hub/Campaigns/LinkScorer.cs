using System.Globalization;

namespace Noroshi.Hub.Campaigns;

/// <summary>The weight of a link without its reasons: what clustering asks for.</summary>
/// <param name="Level">How sure.</param>
/// <param name="Tenths">Bits in tenths: all rows are rounded to one, so sums are exact.</param>
internal readonly record struct LinkWeight(LinkLevel Level, int Tenths)
{
    /// <summary>Whether the mails are linked.</summary>
    public bool Holds => Level >= LinkLevel.Probable;
}

/// <summary>
/// Weighs the evidence that two mails come from one attacker, in bits, as records are linked (Fellegi and Sunter 1969): for each shared
/// value log2(m / u), where m is the chance that one attacker repeats himself and u the chance that strangers agree. A pure function of
/// the two mails and the epoch.
/// </summary>
/// <param name="epoch">Frozen rarities.</param>
public sealed class LinkScorer(RarityEpoch epoch)
{
    /// <summary>Two first contacts further apart than this are no burst.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromMinutes(60);

    /// <summary>Texts less alike than this share the language, not the author.</summary>
    private const double LeastLikeness = 0.25;

    /// <summary>Lists shorter than this are compared without a table.</summary>
    private const int ShortList = 8;

    private const int Families = (int)EvidenceFamily.Target + 1;

    /// <summary>Weights of values that are remembered: everyday values come again and again.</summary>
    private const int Remembered = 1 << 15;

    private readonly Known?[] _remembered = new Known?[Remembered];

    private sealed record Known(ulong Id, int Themselves, double Bits, int Frequency);

    /// <summary>The epoch.</summary>
    public RarityEpoch Epoch { get; } = epoch;

    /// <summary>A value that two mails share, with what it would weigh alone.</summary>
    private readonly record struct Weighed(EvidenceFamily Family, double Bits, Feature? Feature, double Measure, int Frequency)
    {
        public string Value =>
            Feature is not null ? $"{Feature.Kind}: {Feature.Value}"
            : Family == EvidenceFamily.Text ? string.Create(CultureInfo.InvariantCulture, $"likeness: {Measure:F2}")
            : string.Create(CultureInfo.InvariantCulture, $"minutes: {Measure:F0}");
    }

    /// <summary>Weighs two mails and says why.</summary>
    public Link Score(MailFeatures one, MailFeatures other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (a, b) = string.CompareOrdinal(one.Key, other.Key) <= 0 ? (one, other) : (other, one);
        var rows = new List<Evidence> { new(EvidenceFamily.Prior, "", (decimal)EvidenceRules.Prior) };
        var shared = new List<Weighed>();
        var weight = Weigh(a, b, shared);
        foreach (var family in shared.GroupBy(value => value.Family).OrderBy(group => group.Key))
        {
            AddFamily(rows, [.. family.OrderByDescending(value => value.Bits).ThenBy(value => value.Value, StringComparer.Ordinal)]);
        }

        var speaking = rows.Where(row => row.Bits > 0).Aggregate(0u, (bits, row) => bits | (1u << (int)row.Family));
        for (var kind = 0; kind < CounterEvidence.Kinds.Count; kind++)
        {
            if (CounterEvidence.Between(a, b, kind, speaking) is var (ofA, ofB))
            {
                var counter = CounterEvidence.Kinds[kind];
                rows.Add(new Evidence(counter.Family, $"{counter.Kind}: {ofA} / {ofB}", counter.Tenths / 10m));
            }
        }

        return new Link(a.Key, b.Key, weight.Level, rows);
    }

    /// <summary>The heaviest of a family counts in full, the others a quarter, all together up to the cap.</summary>
    private void AddFamily(List<Evidence> rows, List<Weighed> values)
    {
        var left = (int)(EvidenceRules.Of(values[0].Family).Cap * 10);
        for (var i = 0; i < values.Count && left > 0; i++)
        {
            var bits = Math.Min(left, Tenths(i == 0 ? values[i].Bits : values[i].Bits * EvidenceRules.Further));
            if (bits > 0)
            {
                rows.Add(new Evidence(values[i].Family, values[i].Value, bits / 10m, ShareOf(values[i])));
                left -= bits;
            }
        }
    }

    /// <summary>Weighs two mails without telling why: the same sum, and nothing is allocated.</summary>
    internal LinkWeight Weigh(MailFeatures a, MailFeatures b) => Weigh(a, b, null);

    private LinkWeight Weigh(MailFeatures a, MailFeatures b, List<Weighed>? told)
    {
        Span<FamilySum> sums = stackalloc FamilySum[Families];
        var themselves = a.UniqueId == b.UniqueId ? 1 : 2;
        var ofA = a.Ids;
        var ofB = b.Ids;
        var (i, j) = (0, 0);
        while (i < ofA.Length && j < ofB.Length)
        {
            var (one, other) = (ofA[i], ofB[j]);
            if (one == other)
            {
                Add(sums, Weigh(a.ValueAt(i), themselves), told);
            }

            i += one <= other ? 1 : 0;
            j += other <= one ? 1 : 0;
        }

        if (Likeness(a, b, themselves) is { } text)
        {
            Add(sums, text, told);
        }

        if (TimeBurst(a, b) is { } burst)
        {
            Add(sums, burst, told);
        }

        var tenths = (int)(EvidenceRules.Prior * 10);
        var (families, speaking) = (0, 0u);
        for (var family = 0; family < Families; family++)
        {
            var sum = sums[family].Total((EvidenceFamily)family);
            tenths += sum;
            families += sum > 0 ? 1 : 0;
            speaking |= sum > 0 ? 1u << family : 0;
        }

        for (var kind = 0; kind < CounterEvidence.Kinds.Count; kind++)
        {
            tenths += CounterEvidence.Between(a, b, kind, speaking) is null ? 0 : CounterEvidence.Kinds[kind].Tenths;
        }

        return new LinkWeight(LevelOf(tenths, families, a.Exchange == b.Exchange || SharePayload(a.Payloads, b.Payloads)), tenths);
    }

    /// <summary>What a family has together: the order in which values come makes no difference, since each is rounded by itself.</summary>
    private struct FamilySum
    {
        private double _heaviest;
        private int _further;

        public void Add(double bits)
        {
            _heaviest = Math.Max(_heaviest, bits);
            _further += Tenths(bits * EvidenceRules.Further);
        }

        public readonly int Total(EvidenceFamily family) =>
            _heaviest > 0
                ? Math.Min(
                    (int)(EvidenceRules.Of(family).Cap * 10),
                    _further - Tenths(_heaviest * EvidenceRules.Further) + Tenths(_heaviest)
                )
                : 0;
    }

    private static void Add(Span<FamilySum> sums, Weighed value, List<Weighed>? told)
    {
        sums[(int)value.Family].Add(value.Bits);
        told?.Add(value);
    }

    private static int Tenths(double bits) => (int)Math.Round(bits * 10, MidpointRounding.AwayFromZero);

    private static LinkLevel LevelOf(int tenths, int families, bool strongAlone) =>
        strongAlone || (tenths >= EvidenceRules.Strong * 10 && families >= 2) ? LinkLevel.Strong
        : tenths >= EvidenceRules.Probable * 10 && families >= 2 ? LinkLevel.Probable
        : tenths >= EvidenceRules.Suggestion * 10 ? LinkLevel.Suggestion
        : LinkLevel.None;

    private static bool SharePayload(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        if (a.Count == 0 || b.Count == 0)
        {
            return false;
        }

        if (a.Count > ShortList || b.Count > ShortList)
        {
            return a.ToHashSet(StringComparer.Ordinal).Overlaps(b);
        }

        foreach (var one in a)
        {
            foreach (var other in b)
            {
                if (one == other)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private Weighed Weigh(Feature feature, int themselves)
    {
        var slot = (int)(feature.Id % Remembered);
        var known = _remembered[slot];
        if (known is null || known.Id != feature.Id || known.Themselves != themselves)
        {
            // Whoever comes at the same time works out the same.
            _remembered[slot] = known = WorkOut(feature, themselves);
        }

        return new Weighed(feature.Family, known.Bits, feature, 0, known.Frequency);
    }

    private Known WorkOut(Feature feature, int themselves)
    {
        var bits = Bits(feature.Family, Epoch.Chance(feature, themselves));
        var frequency = Epoch.Frequency(feature.Id);
        // An address from which many mails come is a relay: it goes with the program and the service, which are weighed as composition.
        var relayed = feature.Family == EvidenceFamily.Origin ? frequency - themselves : 0;
        bits *= relayed > EvidenceRules.MostCounted ? (double)EvidenceRules.MostCounted / relayed : 1;
        return new Known(feature.Id, themselves, bits, frequency);
    }

    private Weighed? Likeness(MailFeatures a, MailFeatures b, int themselves)
    {
        var likeness = TextSketch.Likeness(a.Hashes, b.Hashes);
        if (likeness < LeastLikeness)
        {
            return null;
        }

        // Half of what they share is at least as frequent as this: a template that many use must not link them.
        Span<int> frequencies = stackalloc int[TextSketch.Size];
        var count = 0;
        var (i, j) = (0, 0);
        while (i < a.Hashes.Length && j < b.Hashes.Length && count < frequencies.Length)
        {
            var order = a.Hashes[i].CompareTo(b.Hashes[j]);
            if (order == 0)
            {
                frequencies[count++] = Epoch.Frequency(a.Hashes[i]);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        frequencies = frequencies[..count];
        frequencies.Sort();
        var middle = frequencies[count / 2];
        // Chance that two unrelated texts of one language are so much alike, halved with every tenth.
        var background = 0.01 * Math.Pow(0.5, (likeness - LeastLikeness) * 10);
        var chance = Epoch.Chance(Math.Max(0, middle - themselves), background);
        return new Weighed(EvidenceFamily.Text, Bits(EvidenceFamily.Text, chance), null, likeness, middle);
    }

    private static Weighed? TimeBurst(MailFeatures a, MailFeatures b)
    {
        if (
            !a.FirstContact
            || !b.FirstContact
            || a.ReceivedAt is not { } first
            || b.ReceivedAt is not { } second
            || (a.Organization, a.Window) == (b.Organization, b.Window)
            || (first - second).Duration() is var apart && apart > Burst
        )
        {
            return null;
        }

        // Chance that a stranger's first contact falls as near on the same day.
        var chance = 2 * Math.Max(1, apart.TotalMinutes) / TimeSpan.FromDays(1).TotalMinutes;
        return new Weighed(EvidenceFamily.TimeBurst, Bits(EvidenceFamily.TimeBurst, chance), null, apart.TotalMinutes, 0);
    }

    private static double Bits(EvidenceFamily family, double chance)
    {
        var rule = EvidenceRules.Of(family);
        return Math.Clamp(Math.Log2(rule.Agreement / chance), 0, rule.Cap);
    }

    private string? ShareOf(Weighed value) =>
        Epoch.UniqueMails == 0 || value.Family == EvidenceFamily.TimeBurst
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{value.Frequency}/{Epoch.UniqueMails}");
}
