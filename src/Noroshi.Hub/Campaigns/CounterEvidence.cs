namespace Noroshi.Hub.Campaigns;

/// <summary>A kind of value in which an attacker is constant to a degree.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Kind">Kind within the family.</param>
/// <param name="Kept">Chance that one attacker keeps the value.</param>
/// <param name="Agree">Chance that strangers agree.</param>
internal sealed record CounterKind(EvidenceFamily Family, string Kind, double Kept, double Agree)
{
    /// <summary>Weight of a difference in tenths of a bit, negative: log2((1 - m) / (1 - u)).</summary>
    public int Tenths { get; } = (int)Math.Round(Math.Log2((1 - Kept) / (1 - Agree)) * 10, MidpointRounding.AwayFromZero);
}

/// <summary>
/// What speaks against a link: both mails state a value of a kind and the values differ. Worth log2((1 - m) / (1 - u)), as in record
/// linkage; kinds in which an attacker changes at will are not asked.
/// </summary>
internal static class CounterEvidence
{
    /// <summary>The kinds.</summary>
    public static IReadOnlyList<CounterKind> Kinds => All;

    private static readonly CounterKind[] All =
    [
        new(EvidenceFamily.Composition, "mailer", 0.6, 0.05),
        new(EvidenceFamily.Composition, "message-id", 0.5, 0.05),
        new(EvidenceFamily.Composition, "time-zone", 0.7, 0.3),
        new(EvidenceFamily.Origin, "network", 0.4, 0.001),
    ];

    /// <summary>Values of the kinds in a mail's features.</summary>
    public static string?[] HabitsOf(ReadOnlySpan<Feature> values)
    {
        var habits = new string?[All.Length];
        foreach (var feature in values)
        {
            for (var kind = 0; kind < All.Length; kind++)
            {
                if (habits[kind] is null && feature.Family == All[kind].Family && feature.Kind == All[kind].Kind)
                {
                    habits[kind] = feature.Value;
                }
            }
        }

        return habits;
    }

    /// <summary>The differing values of a kind; null when they agree, when one says nothing, or when the origin speaks for the link.</summary>
    /// <param name="a">A mail.</param>
    /// <param name="b">The other.</param>
    /// <param name="kind">Number of the kind.</param>
    /// <param name="speaking">Families that speak for the link, a bit each.</param>
    public static (string OfA, string OfB)? Between(MailFeatures a, MailFeatures b, int kind, uint speaking) =>
        All[kind].Family == EvidenceFamily.Origin && (speaking & (1u << (int)EvidenceFamily.Origin)) != 0 ? null
        : a.Habits[kind] is { } ofA && b.Habits[kind] is { } ofB && ofA != ofB ? (ofA, ofB)
        : null;
}
