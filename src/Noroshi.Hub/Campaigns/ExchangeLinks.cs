namespace Noroshi.Hub.Campaigns;

/// <summary>Links between exchanges: that of their best pair of mails. A function of the two exchanges, the epoch and the decisions.</summary>
/// <param name="index">The mails.</param>
/// <param name="scorer">Weighs pairs.</param>
/// <param name="decisions">What analysts decided.</param>
/// <param name="exchanges">The exchanges by id.</param>
internal sealed class ExchangeLinks(
    IFeatureIndex index,
    LinkScorer scorer,
    IReadOnlyList<Decision> decisions,
    IReadOnlyDictionary<string, Exchange> exchanges
)
{
    /// <summary>A larger table is thrown away rather than swept: sweeping takes as long as the table is large, however little is in it.</summary>
    private const int LargeTable = 2_000;

    private Dictionary<(int, int), LinkWeight> _weights = [];

    private ILookup<string, (string Other, bool Together)> _decided = LookupOf(decisions);

    private LinkScorer _scorer = scorer;

    /// <summary>Takes another scorer.</summary>
    public void Weigh(LinkScorer other) => _scorer = other;

    /// <summary>Takes other decisions.</summary>
    public void Decide(IReadOnlyList<Decision> others) => _decided = LookupOf(others);

    private static ILookup<string, (string Other, bool Together)> LookupOf(IReadOnlyList<Decision> decisions) =>
        decisions
            .DistinctLast()
            .SelectMany(one => new[] { (one.A, Other: one.B, one.Together), (A: one.B, Other: one.A, one.Together) })
            .ToLookup(one => one.A, one => (one.Other, one.Together), StringComparer.Ordinal);

    /// <summary>Whether anything was decided at all.</summary>
    public bool AnyDecisions => _decided.Count > 0;

    /// <summary>What analysts decided of an exchange and another one that is there.</summary>
    public IEnumerable<(Exchange Other, bool Together)> DecisionsOn(Exchange exchange)
    {
        if (!AnyDecisions)
        {
            yield break;
        }

        foreach (var (id, together) in _decided[exchange.Id])
        {
            if (exchanges.TryGetValue(id, out var other))
            {
                yield return (other, together);
            }
        }
    }

    /// <summary>Whether two exchanges are linked, by decision or by evidence.</summary>
    public bool Holds(Exchange a, Exchange b) => Decided(a, b) ?? Weight(a, b).Holds;

    /// <summary>What analysts decided of two exchanges; null when they did not.</summary>
    public bool? Decided(Exchange a, Exchange b)
    {
        foreach (var (other, together) in DecisionsOn(a))
        {
            if (other == b)
            {
                return together;
            }
        }

        return null;
    }

    /// <summary>What two exchanges have in common, without reasons.</summary>
    public Hint Hint(Exchange a, Exchange b)
    {
        var (weight, one, other) = Best(a, b);
        return new Hint(weight.Tenths, one?.Key ?? "", other?.Key ?? "");
    }

    /// <summary>Weight of the link between two exchanges; remembered until <see cref="Forget"/>.</summary>
    public LinkWeight Weight(Exchange a, Exchange b)
    {
        var pair = a.Number < b.Number ? (a.Number, b.Number) : (b.Number, a.Number);
        if (!_weights.TryGetValue(pair, out var weight))
        {
            _weights[pair] = weight = Best(a, b).Weight;
        }

        return weight;
    }

    /// <summary>The best link between mails of two exchanges, with its reasons; null when one has no mails.</summary>
    public Link? Between(Exchange a, Exchange b) => Best(a, b) is { One: { } one, Other: { } other } ? _scorer.Score(one, other) : null;

    /// <summary>Forgets the weights that were worked out: they hold for one piece of work.</summary>
    public void Forget()
    {
        if (_weights.Capacity > LargeTable)
        {
            _weights = [];
        }
        else
        {
            _weights.Clear();
        }
    }

    private (LinkWeight Weight, MailFeatures? One, MailFeatures? Other) Best(Exchange a, Exchange b)
    {
        (LinkWeight Weight, MailFeatures? One, MailFeatures? Other) best = default;
        foreach (var numberOfA in a.Compared)
        {
            var ofA = index.Mail(numberOfA);
            foreach (var numberOfB in b.Compared)
            {
                var ofB = index.Mail(numberOfB);
                var (one, other) = string.CompareOrdinal(ofA.Key, ofB.Key) <= 0 ? (ofA, ofB) : (ofB, ofA);
                var weight = _scorer.Weigh(one, other);
                if (
                    best.One is null
                    || best.Other is null
                    || (
                        (weight.Level, weight.Tenths).CompareTo((best.Weight.Level, best.Weight.Tenths)) is var order and not 0 ? order > 0
                        : string.CompareOrdinal(one.Key, best.One.Key) is var byOne and not 0 ? byOne < 0
                        : string.CompareOrdinal(other.Key, best.Other.Key) < 0
                    )
                )
                {
                    best = (weight, one, other);
                }
            }
        }

        return best;
    }

    internal static (string, string) Pair(string a, string b) => string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
}

/// <summary>What holds when an analyst decides twice.</summary>
internal static class Decisions
{
    /// <summary>The last decision on each pair.</summary>
    public static IEnumerable<Decision> DistinctLast(this IEnumerable<Decision> decisions) =>
        decisions.GroupBy(decision => ExchangeLinks.Pair(decision.A, decision.B)).Select(group => group.Last());
}
