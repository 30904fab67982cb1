using System.Runtime.InteropServices;

namespace Noroshi.Hub.Campaigns;

/// <summary>
/// Rarities frozen at a moment, so that a link weighs the same whenever it is worked out: what mails came later does not change it until a
/// new epoch is stored.
/// </summary>
/// <param name="Number">Number of the epoch, from 0: the background alone.</param>
/// <param name="UniqueMails">Unique mails counted.</param>
/// <param name="Frequencies">Unique mails by value; only values that two or more had.</param>
/// <param name="Background">The background table.</param>
public sealed record RarityEpoch(int Number, int UniqueMails, IReadOnlyDictionary<ulong, int> Frequencies, BackgroundRarity Background)
{
    /// <summary>Nothing is counted yet.</summary>
    public static RarityEpoch First { get; } = new(0, 0, new Dictionary<ulong, int>(), BackgroundRarity.Shipped);

    /// <summary>Counts what an index holds.</summary>
    public static RarityEpoch Freeze(int number, IFeatureIndex index, BackgroundRarity background)
    {
        ArgumentNullException.ThrowIfNull(index);
        return new RarityEpoch(number, index.UniqueMails, new Dictionary<ulong, int>(index.Repeated()), background);
    }

    /// <summary>Counts mails: the same as an index over them would.</summary>
    public static RarityEpoch Count(int number, IEnumerable<MailFeatures> mails, BackgroundRarity background)
    {
        ArgumentNullException.ThrowIfNull(mails);
        var counts = new Dictionary<ulong, int>();
        var values = new HashSet<ulong>();
        var unique = 0;
        foreach (var twins in mails.GroupBy(mail => mail.UniqueId))
        {
            unique++;
            values.Clear();
            foreach (var mail in twins)
            {
                foreach (var id in mail.Ids)
                {
                    values.Add(id);
                }

                foreach (var hash in mail.Hashes)
                {
                    values.Add(hash);
                }
            }

            foreach (var value in values)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _)++;
            }
        }

        return new RarityEpoch(number, unique, counts.Where(one => one.Value > 1).ToDictionary(), background);
    }

    /// <summary>Unique mails that had the value: one at most, when it is not among the repeated ones.</summary>
    public int Frequency(ulong feature) => Frequencies.TryGetValue(feature, out var counted) ? counted : Math.Min(1, UniqueMails);

    /// <summary>
    /// Chance that two mails of different attackers share the value: of a generic family (d + k·u0) / (N + k), of an identifying one
    /// u0·(1 + min(d, 12)) up to a quarter of all mails, where d does not count the two themselves.
    /// </summary>
    /// <param name="feature">The value.</param>
    /// <param name="themselves">1 when the pair counts as one unique mail, 2 otherwise.</param>
    public double Chance(Feature feature, int themselves)
    {
        ArgumentNullException.ThrowIfNull(feature);
        var counted = Math.Max(0, Frequency(feature.Id) - themselves);
        var background = Background.Of(feature);
        // A machine id does not become everyday because its owner is busy: of values that identify, use makes the background somewhat more
        // likely, and no more than that.
        return EvidenceRules.Identifies(feature)
            ? Math.Min(1, Math.Max(background * (1 + Math.Min(counted, EvidenceRules.MostCounted)), Everybodys(counted)))
            : Chance(counted, background);
    }

    /// <summary>What more than a quarter of all mails have is nobody's own, whatever its kind: somebody has put it everywhere.</summary>
    private double Everybodys(int counted) =>
        (counted - Math.Max(EvidenceRules.BackgroundMails, UniqueMails * EvidenceRules.LargestPart))
        / (UniqueMails + EvidenceRules.BackgroundMails);

    /// <summary>The same for a value whose count and background are known.</summary>
    public double Chance(int counted, double background) =>
        (counted + (EvidenceRules.BackgroundMails * background)) / (UniqueMails + EvidenceRules.BackgroundMails);
}
