namespace Noroshi.Hub.Campaigns;

/// <summary>Exchanges that are taken for one attacker's.</summary>
internal sealed class Cluster
{
    private readonly List<Exchange> _members = [];
    private IReadOnlyList<Exchange>? _representatives;

    public Cluster(Exchange first) => _members.Add(first);

    public IReadOnlyList<Exchange> Members => _members;

    /// <summary>Those that stand for all; the choice does not depend on the order in which they came.</summary>
    public IReadOnlyList<Exchange> Representatives =>
        _representatives ??= [.. _members.Order(ByRank.Instance).Take(CandidateSearch.Representatives)];

    /// <summary>Smallest id: what clusters are sorted by.</summary>
    public string First => _members.Min(member => member.Id) ?? "";

    public void Add(Exchange exchange)
    {
        _members.Add(exchange);
        _representatives = null;
    }

    public void Take(Cluster other)
    {
        _members.AddRange(other._members);
        _representatives = null;
    }
}

/// <summary>Those with the most identifying values first: what stands for a cluster has to show what holds it together. Then by rank.</summary>
internal sealed class ByRank : IComparer<Exchange>
{
    public static ByRank Instance { get; } = new();

    public int Compare(Exchange? x, Exchange? y) =>
        x is null || y is null ? (x is null ? 0 : 1) - (y is null ? 0 : 1)
        : y.Identifying.CompareTo(x.Identifying) is var richer and not 0 ? richer
        : x.Rank.CompareTo(y.Rank) is var order and not 0 ? order
        : string.CompareOrdinal(x.Id, y.Id);
}

/// <summary>
/// Clusters by k-of-n average linkage: who joins must be linked to at least half of at most twelve representatives. Single linkage would
/// chain strangers together through chance neighbours. Deterministic: a function of the exchanges, their links and the decisions.
/// </summary>
/// <param name="links">Links between exchanges.</param>
/// <param name="neighbours">Exchanges that are linked to one: only clusters of neighbours are asked.</param>
internal sealed class Clustering(ExchangeLinks links, Func<Exchange, IEnumerable<Exchange>> neighbours)
{
    /// <summary>Part of the pairs that must be linked.</summary>
    private const double Quorum = 0.5;

    /// <summary>Mean bits between two clusters that merge, in links.</summary>
    private const double Enough = 1;

    /// <summary>An analyst's word outweighs everything.</summary>
    private const double Demand = 1_000;

    private readonly Dictionary<string, Cluster> _of = new(StringComparer.Ordinal);

    /// <summary>Clusters of a connected group of exchanges, ordered by their smallest id.</summary>
    public IReadOnlyList<Cluster> Of(IEnumerable<Exchange> group)
    {
        var exchanges = group.Order(ByRank.Instance).ToList();
        foreach (var exchange in exchanges)
        {
            Insert(exchange);
        }

        while (Merge()) { }
        return [.. exchanges.Select(exchange => _of[exchange.Id]).Distinct().OrderBy(cluster => cluster.First, StringComparer.Ordinal)];
    }

    /// <summary>Puts an exchange into the cluster that it fits best, or into one of its own.</summary>
    public Cluster Insert(Exchange exchange)
    {
        var best = ClustersNear([exchange])
            .Select(cluster => (Cluster: cluster, Support: Support(cluster, [exchange], [exchange])))
            .Where(one => one.Support >= Quorum)
            .OrderByDescending(one => one.Support)
            .ThenBy(one => one.Cluster.First, StringComparer.Ordinal)
            .FirstOrDefault();
        if (best.Cluster is { } found)
        {
            found.Add(exchange);
            return _of[exchange.Id] = found;
        }

        return _of[exchange.Id] = new Cluster(exchange);
    }

    /// <summary>Merges the two clusters that belong together most; false when no two do.</summary>
    private bool Merge()
    {
        var pairs = _of
            .Values.Distinct()
            .SelectMany(cluster => ClustersNear(cluster.Members).Where(near => near != cluster).Select(near => (One: cluster, Other: near)))
            .Where(pair => string.CompareOrdinal(pair.One.First, pair.Other.First) < 0)
            .Select(pair => (pair.One, pair.Other, Support: Likeness(pair.One, pair.Other)))
            .Where(pair => pair.Support >= Enough)
            .OrderByDescending(pair => pair.Support)
            .ThenBy(pair => pair.One.First, StringComparer.Ordinal)
            .ThenBy(pair => pair.Other.First, StringComparer.Ordinal)
            .ToList();
        if (pairs.Count == 0)
        {
            return false;
        }

        var (one, other, _) = pairs[0];
        foreach (var member in other.Members)
        {
            _of[member.Id] = one;
        }

        one.Take(other);
        return true;
    }

    /// <summary>
    /// Mean bits between the representatives of two clusters, as a multiple of what links two mails: an attacker who shows some of his
    /// habits here and some there has clusters whose members are linked in part, but heavily.
    /// </summary>
    private double Likeness(Cluster one, Cluster other)
    {
        var decided = Support(one, other.Representatives, other.Members);
        if (decided is 0 or Demand)
        {
            return decided;
        }

        var bits = 0m;
        foreach (var a in one.Representatives)
        {
            foreach (var b in other.Representatives)
            {
                bits += links.Between(a, b)?.Bits ?? (decimal)EvidenceRules.Prior;
            }
        }

        var mean = (double)bits / (one.Representatives.Count * other.Representatives.Count);
        return mean / EvidenceRules.Probable;
    }

    private IEnumerable<Cluster> ClustersNear(IEnumerable<Exchange> exchanges) =>
        exchanges.SelectMany(neighbours).Select(near => _of.GetValueOrDefault(near.Id)).OfType<Cluster>().Distinct();

    /// <summary>Part of the pairs between the representatives of a cluster and others that are linked; decisions outweigh it.</summary>
    private double Support(Cluster cluster, IReadOnlyList<Exchange> others, IReadOnlyList<Exchange> allOthers)
    {
        var decided = false;
        foreach (var other in allOthers)
        {
            foreach (var decision in links.DecisionsOn(other))
            {
                if (cluster.Members.Any(member => member.Id == decision.Other))
                {
                    if (!decision.Together)
                    {
                        return 0;
                    }

                    decided = true;
                }
            }
        }

        if (decided)
        {
            return Demand;
        }

        var held = 0;
        foreach (var one in cluster.Representatives)
        {
            foreach (var other in others)
            {
                held += links.Holds(one, other) ? 1 : 0;
            }
        }

        return (double)held / (cluster.Representatives.Count * others.Count);
    }
}
