using System.Globalization;

namespace Noroshi.Hub.Campaigns;

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

    /// <summary>The epoch.</summary>
    public RarityEpoch Epoch { get; } = epoch;

    /// <summary>Weighs two mails.</summary>
    public Link Score(MailFeatures one, MailFeatures other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (a, b) = string.CompareOrdinal(one.Key, other.Key) <= 0 ? (one, other) : (other, one);
        var rows = new List<Evidence> { new(EvidenceFamily.Prior, "", (decimal)EvidenceRules.Prior) };
        var weighed = Shared(a, b).GroupBy(value => value.Family).OrderBy(group => group.Key);
        foreach (var family in weighed)
        {
            AddFamily(
                rows,
                family.Key,
                [.. family.OrderByDescending(value => value.Bits).ThenBy(value => value.Value, StringComparer.Ordinal)]
            );
        }

        rows.AddRange(CounterEvidence.Of(a, b, rows));
        var identical = a.Payloads.Count > 0 && a.Payloads.Intersect(b.Payloads, StringComparer.Ordinal).Any();
        var sameExchange = a.Exchange == b.Exchange;
        return new Link(a.Key, b.Key, LevelOf(rows, identical || sameExchange), rows);
    }

    private static LinkLevel LevelOf(List<Evidence> rows, bool strongAlone)
    {
        var bits = rows.Sum(row => row.Bits);
        var families = rows.Where(row => row.Bits > 0).Select(row => row.Family).Distinct().Count();
        return strongAlone || (bits >= (decimal)EvidenceRules.Strong && families >= 2) ? LinkLevel.Strong
            : bits >= (decimal)EvidenceRules.Probable && families >= 2 ? LinkLevel.Probable
            : bits >= (decimal)EvidenceRules.Suggestion ? LinkLevel.Suggestion
            : LinkLevel.None;
    }

    private readonly record struct Weighed(EvidenceFamily Family, string Value, double Bits, string? Share);

    private static void AddFamily(List<Evidence> rows, EvidenceFamily family, List<Weighed> values)
    {
        var left = (decimal)EvidenceRules.Of(family).Cap;
        for (var i = 0; i < values.Count && left > 0; i++)
        {
            var full = i == 0 ? values[i].Bits : values[i].Bits * EvidenceRules.Further;
            var bits = Math.Min(left, Math.Round((decimal)full, 1, MidpointRounding.AwayFromZero));
            if (bits > 0)
            {
                rows.Add(new Evidence(family, values[i].Value, bits, values[i].Share));
                left -= bits;
            }
        }
    }

    private IEnumerable<Weighed> Shared(MailFeatures a, MailFeatures b)
    {
        var themselves = a.UniqueId == b.UniqueId ? 1 : 2;
        foreach (var feature in MailFeatures.Shared(a, b))
        {
            yield return new Weighed(
                feature.Family,
                $"{feature.Kind}: {feature.Value}",
                Bits(feature.Family, Epoch.Chance(feature, themselves)),
                ShareOf(Epoch.Frequency(feature.Id))
            );
        }

        if (Likeness(a, b, themselves) is { } text)
        {
            yield return text;
        }

        if (TimeBurst(a, b) is { } burst)
        {
            yield return burst;
        }
    }

    private Weighed? Likeness(MailFeatures a, MailFeatures b, int themselves)
    {
        var likeness = TextSketch.Likeness(a.Sketch, b.Sketch);
        if (likeness < LeastLikeness)
        {
            return null;
        }

        // Half of what they share is at least as frequent as this: a template that many use must not link them.
        var shared = a.Sketch.Intersect(b.Sketch).Select(Epoch.Frequency).Order().ToList();
        var counted = Math.Max(0, shared[shared.Count / 2] - themselves);
        // Chance that two unrelated texts of one language are so much alike, halved with every tenth.
        var background = 0.01 * Math.Pow(0.5, (likeness - LeastLikeness) * 10);
        return new Weighed(
            EvidenceFamily.Text,
            string.Create(CultureInfo.InvariantCulture, $"likeness: {likeness:F2}"),
            Bits(EvidenceFamily.Text, Epoch.Chance(counted, background)),
            ShareOf(shared[shared.Count / 2])
        );
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
        var minutes = Math.Max(1, apart.TotalMinutes);
        return new Weighed(
            EvidenceFamily.TimeBurst,
            string.Create(CultureInfo.InvariantCulture, $"minutes: {apart.TotalMinutes:F0}"),
            Bits(EvidenceFamily.TimeBurst, 2 * minutes / TimeSpan.FromDays(1).TotalMinutes),
            null
        );
    }

    private static double Bits(EvidenceFamily family, double chance)
    {
        var rule = EvidenceRules.Of(family);
        return Math.Clamp(Math.Log2(rule.Agreement / chance), 0, rule.Cap);
    }

    private string? ShareOf(int frequency) =>
        Epoch.UniqueMails == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{frequency}/{Epoch.UniqueMails}");
}
