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
        var weight = Weigh(
            a,
            b,
            (value, tenths) => rows.Add(new Evidence(value.Family, value.Value, tenths / 10m, ShareOf(value))),
            (counter, text) => rows.Add(new Evidence(counter.Family, text, counter.Tenths / 10m))
        );
        return new Link(a.Key, b.Key, weight.Level, rows);
    }

    /// <summary>Weighs two mails.</summary>
    internal LinkWeight Weigh(MailFeatures a, MailFeatures b) => Weigh(a, b, null, null);

    private LinkWeight Weigh(MailFeatures a, MailFeatures b, Action<Weighed, int>? row, Action<CounterKind, string>? counterRow)
    {
        var shared = Shared(a, b);
        var tenths = (int)(EvidenceRules.Prior * 10);
        var (families, speaking) = (0, 0u);
        for (var start = 0; start < shared.Count; )
        {
            var end = start;
            while (end < shared.Count && shared[end].Family == shared[start].Family)
            {
                end++;
            }

            var weight = WeightOf(shared, start, end, row);
            if (weight > 0)
            {
                families++;
                speaking |= 1u << (int)shared[start].Family;
                tenths += weight;
            }

            start = end;
        }

        foreach (var counter in CounterEvidence.Kinds)
        {
            if (CounterEvidence.Between(a, b, counter, speaking) is var (ofA, ofB))
            {
                tenths += counter.Tenths;
                counterRow?.Invoke(counter, $"{counter.Kind}: {ofA} / {ofB}");
            }
        }

        return new LinkWeight(LevelOf(tenths, families, a.Exchange == b.Exchange || SharePayload(a.Payloads, b.Payloads)), tenths);
    }

    /// <summary>The heaviest of a family counts in full, the others a quarter, all together up to the cap.</summary>
    private static int WeightOf(List<Weighed> shared, int start, int end, Action<Weighed, int>? row)
    {
        if (end - start > 1)
        {
            shared.Sort(start, end - start, row is null ? Heavier : HeavierNamed);
        }

        var left = (int)(EvidenceRules.Of(shared[start].Family).Cap * 10);
        var sum = 0;
        for (var i = start; i < end && left > 0; i++)
        {
            var full = i == start ? shared[i].Bits : shared[i].Bits * EvidenceRules.Further;
            var bits = Math.Min(left, (int)Math.Round(full * 10, MidpointRounding.AwayFromZero));
            if (bits > 0)
            {
                row?.Invoke(shared[i], bits);
                left -= bits;
                sum += bits;
            }
        }

        return sum;
    }

    private static readonly Comparer<Weighed> Heavier = Comparer<Weighed>.Create((x, y) => y.Bits.CompareTo(x.Bits));

    /// <summary>Rows are told in an order of their own; equal weights give equal sums in any order.</summary>
    private static readonly Comparer<Weighed> HeavierNamed = Comparer<Weighed>.Create(
        (x, y) => y.Bits.CompareTo(x.Bits) is var order and not 0 ? order : string.CompareOrdinal(x.Value, y.Value)
    );

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

    /// <summary>What two mails share, by family.</summary>
    private List<Weighed> Shared(MailFeatures a, MailFeatures b)
    {
        var themselves = a.UniqueId == b.UniqueId ? 1 : 2;
        var shared = new List<Weighed>();
        var likeness = Likeness(a, b, themselves);
        var ofA = a.Values;
        var ofB = b.Values;
        var (i, j) = (0, 0);
        while (i < ofA.Length && j < ofB.Length)
        {
            var (one, other) = (ofA[i], ofB[j]);
            var order = one.Family == other.Family ? one.Id.CompareTo(other.Id) : one.Family.CompareTo(other.Family);
            if (order == 0)
            {
                if (likeness is { } early && one.Family > EvidenceFamily.Text)
                {
                    shared.Add(early);
                    likeness = null;
                }

                var bits = Bits(one.Family, Epoch.Chance(one, themselves));
                shared.Add(new Weighed(one.Family, bits, one, 0, Epoch.Frequency(one.Id)));
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        if (likeness is { } text)
        {
            shared.Add(text);
        }

        if (TimeBurst(a, b) is { } burst)
        {
            // Bursts stand behind targets in no list: a family is weighed as one stretch, wherever it stands.
            var at = shared.FindIndex(value => value.Family > EvidenceFamily.TimeBurst);
            shared.Insert(at < 0 ? shared.Count : at, burst);
        }

        return shared;
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
