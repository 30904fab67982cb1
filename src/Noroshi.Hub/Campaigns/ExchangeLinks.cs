namespace Noroshi.Hub.Campaigns;

/// <summary>
/// Links between exchanges: that of their best pair of mails. Worked out when asked and remembered; a link is a function of the two
/// exchanges and the epoch.
/// </summary>
/// <param name="index">The mails.</param>
/// <param name="scorer">Weighs pairs.</param>
/// <param name="decisions">What analysts decided.</param>
internal sealed class ExchangeLinks(IFeatureIndex index, LinkScorer scorer, IReadOnlyList<Decision> decisions)
{
    private readonly Dictionary<(string, string), Link?> _links = [];

    private readonly ILookup<string, (string Other, bool Together)> _decided = decisions
        .DistinctLast()
        .SelectMany(one => new[] { (one.A, Other: one.B, one.Together), (A: one.B, Other: one.A, one.Together) })
        .ToLookup(one => one.A, one => (one.Other, one.Together), StringComparer.Ordinal);

    /// <summary>What analysts decided of an exchange.</summary>
    public IEnumerable<(string Other, bool Together)> DecisionsOn(Exchange exchange) => _decided[exchange.Id];

    /// <summary>Whether two exchanges are linked, by decision or by evidence.</summary>
    public bool Holds(Exchange a, Exchange b)
    {
        foreach (var (other, together) in _decided[a.Id])
        {
            if (other == b.Id)
            {
                return together;
            }
        }

        return Between(a, b) is { Holds: true };
    }

    /// <summary>The best link between mails of two exchanges; null when no two have anything in common.</summary>
    public Link? Between(Exchange a, Exchange b)
    {
        var pair = Pair(a.Id, b.Id);
        if (!_links.TryGetValue(pair, out var link))
        {
            _links[pair] = link = Best(a, b);
        }

        return link;
    }

    /// <summary>Forgets what was worked out of an exchange, because it got another mail.</summary>
    public void Forget(Exchange exchange)
    {
        foreach (var pair in _links.Keys.Where(pair => pair.Item1 == exchange.Id || pair.Item2 == exchange.Id).ToList())
        {
            _links.Remove(pair);
        }
    }

    private Link? Best(Exchange a, Exchange b)
    {
        Link? best = null;
        var others = b.Compared(index).ToList();
        foreach (var one in a.Compared(index))
        {
            foreach (var other in others)
            {
                var link = scorer.Score(one, other);
                if (best is null || Better(link, best))
                {
                    best = link;
                }
            }
        }

        return best;
    }

    private static bool Better(Link one, Link other) =>
        (one.Level, one.Bits).CompareTo((other.Level, other.Bits)) is var order and not 0 ? order > 0
        : string.CompareOrdinal(one.A, other.A) is var byA and not 0 ? byA < 0
        : string.CompareOrdinal(one.B, other.B) < 0;

    internal static (string, string) Pair(string a, string b) => string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
}

/// <summary>What holds when an analyst decides twice.</summary>
internal static class Decisions
{
    /// <summary>The last decision on each pair.</summary>
    public static IEnumerable<Decision> DistinctLast(this IEnumerable<Decision> decisions) =>
        decisions.GroupBy(decision => ExchangeLinks.Pair(decision.A, decision.B)).Select(group => group.Last());
}
