namespace Noroshi.Hub.Campaigns;

/// <summary>
/// Clusters by k-of-n average linkage: who joins must be linked to at least half of at most twelve representatives. Single linkage would
/// chain strangers together through chance neighbours. Deterministic: a function of the exchanges, their links and the decisions.
/// </summary>
/// <param name="links">Links between exchanges.</param>
internal sealed class Clustering(ExchangeLinks links)
{
    /// <summary>Part of the pairs that must be linked.</summary>
    private const double Quorum = 0.5;

    /// <summary>Mean bits between two clusters that merge, in links.</summary>
    private const double Enough = 1;

    /// <summary>An analyst's word outweighs everything.</summary>
    private const double Demand = 1_000;

    private readonly Dictionary<Exchange, Cluster> _of = [];
    private readonly Dictionary<Cluster, HashSet<Cluster>> _near = [];
    private readonly PriorityQueue<(Pair Pair, int Versions), Pair> _queue = new(HeavierFirst);

    /// <summary>Two clusters that may merge, the smaller id first.</summary>
    private readonly record struct Pair(Cluster One, Cluster Other, string FirstOfOne, string FirstOfOther, double Likeness);

    private static readonly Comparer<Pair> HeavierFirst = Comparer<Pair>.Create(
        (x, y) =>
            y.Likeness.CompareTo(x.Likeness) is var order and not 0 ? order
            : string.CompareOrdinal(x.FirstOfOne, y.FirstOfOne) is var byOne and not 0 ? byOne
            : string.CompareOrdinal(x.FirstOfOther, y.FirstOfOther)
    );

    /// <summary>Clusters of a connected group of exchanges, ordered by their smallest id.</summary>
    public IReadOnlyList<Cluster> Of(IEnumerable<Exchange> group)
    {
        foreach (var exchange in group.Order(ByRank.Instance))
        {
            Insert(exchange);
        }

        Merge();
        return [.. _of.Values.Distinct().OrderBy(cluster => cluster.First, StringComparer.Ordinal)];
    }

    /// <summary>The cluster, among some, into which an exchange fits best; null when it fits none.</summary>
    public static Cluster? BestFor(IEnumerable<Cluster> clusters, Func<Cluster, double> support)
    {
        (Cluster? best, double most) = (null, 0.0);
        foreach (var cluster in clusters)
        {
            var one = support(cluster);
            if (one >= Quorum && (best is null || one > most || (one.Equals(most) && string.CompareOrdinal(cluster.First, best.First) < 0)))
            {
                (best, most) = (cluster, one);
            }
        }

        return best;
    }

    /// <summary>Part of a cluster's representatives to which an exchange is linked; decisions outweigh it.</summary>
    public static double Support(ExchangeLinks links, Cluster cluster, Exchange exchange, Func<Exchange, Cluster?> clusterOf)
    {
        if (Decided(links, [exchange], cluster, clusterOf) is { } decided)
        {
            return decided;
        }

        var held = 0;
        foreach (var one in cluster.Representatives)
        {
            held += links.Holds(one, exchange) ? 1 : 0;
        }

        return (double)held / cluster.Representatives.Count;
    }

    /// <summary>Puts an exchange into the cluster that it fits best, or into one of its own.</summary>
    private void Insert(Exchange exchange)
    {
        var near = exchange.Near.Select(one => _of.GetValueOrDefault(one)).OfType<Cluster>().Distinct();
        if (BestFor(near, cluster => Support(links, cluster, exchange, ClusterOf)) is { } found)
        {
            found.Add(exchange);
            _of[exchange] = found;
        }
        else
        {
            _of[exchange] = new Cluster(exchange);
        }
    }

    private Cluster? ClusterOf(Exchange exchange) => _of.GetValueOrDefault(exchange);

    /// <summary>Merges the two clusters that belong together most, until no two do.</summary>
    private void Merge()
    {
        foreach (var (exchange, cluster) in _of)
        {
            foreach (var near in exchange.Near)
            {
                if (_of.TryGetValue(near, out var other) && other != cluster)
                {
                    NearOf(cluster).Add(other);
                    NearOf(other).Add(cluster);
                }
            }
        }

        foreach (var (cluster, near) in _near)
        {
            foreach (var other in near)
            {
                if (string.CompareOrdinal(cluster.First, other.First) < 0)
                {
                    Ask(cluster, other);
                }
            }
        }

        while (_queue.TryDequeue(out var entry, out var pair))
        {
            if (_near.ContainsKey(pair.One) && _near.ContainsKey(pair.Other) && entry.Versions == pair.One.Version + pair.Other.Version)
            {
                Merge(pair.One, pair.Other);
            }
        }
    }

    private HashSet<Cluster> NearOf(Cluster cluster) => _near.TryGetValue(cluster, out var known) ? known : _near[cluster] = [];

    private void Merge(Cluster one, Cluster other)
    {
        foreach (var member in other.Members)
        {
            _of[member] = one;
        }

        var version = one.Version;
        one.Take(other, links.AnyDecisions);
        var known = _near[one];
        var near = new HashSet<Cluster>(known);
        near.UnionWith(_near[other]);
        near.Remove(one);
        near.Remove(other);
        _near.Remove(other);
        _near[one] = near;
        foreach (var neighbour in near)
        {
            _near[neighbour].Remove(other);
            _near[neighbour].Add(one);
            if (one.Version != version || !known.Contains(neighbour))
            {
                Ask(one, neighbour);
            }
        }
    }

    /// <summary>Queues two clusters when they belong together. Versions only grow, so a sum that is unchanged means that both are.</summary>
    private void Ask(Cluster a, Cluster b)
    {
        var (one, other) = string.CompareOrdinal(a.First, b.First) <= 0 ? (a, b) : (b, a);
        var likeness = Likeness(one, other);
        if (likeness >= Enough)
        {
            var pair = new Pair(one, other, one.First, other.First, likeness);
            _queue.Enqueue((pair, one.Version + other.Version), pair);
        }
    }

    /// <summary>
    /// Mean bits between the representatives of two clusters, as a multiple of what links two mails: an attacker who shows some of his
    /// habits here and some there has clusters whose members are linked in part, but heavily.
    /// </summary>
    private double Likeness(Cluster one, Cluster other)
    {
        if (Decided(links, other.Members, one, ClusterOf) is { } decided)
        {
            return decided;
        }

        var tenths = 0L;
        foreach (var a in one.Representatives)
        {
            foreach (var b in other.Representatives)
            {
                tenths += links.Weight(a, b).Tenths;
            }
        }

        return tenths / (10.0 * one.Representatives.Count * other.Representatives.Count) / EvidenceRules.Probable;
    }

    /// <summary>What decisions between some exchanges and the members of a cluster demand; a single no outweighs every yes.</summary>
    private static double? Decided(
        ExchangeLinks links,
        IReadOnlyList<Exchange> exchanges,
        Cluster cluster,
        Func<Exchange, Cluster?> clusterOf
    )
    {
        if (!links.AnyDecisions)
        {
            return null;
        }

        double? demanded = null;
        foreach (var exchange in exchanges)
        {
            foreach (var (other, together) in links.DecisionsOn(exchange))
            {
                if (clusterOf(other) == cluster)
                {
                    if (!together)
                    {
                        return 0;
                    }

                    demanded = Demand;
                }
            }
        }

        return demanded;
    }
}
