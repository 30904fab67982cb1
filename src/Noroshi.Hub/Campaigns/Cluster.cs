namespace Noroshi.Hub.Campaigns;

/// <summary>Exchanges that are taken for one attacker's.</summary>
internal sealed class Cluster
{
    private readonly List<Exchange> _members;
    private readonly List<Exchange> _representatives;

    public Cluster(Exchange first)
    {
        _members = [first];
        _representatives = [first];
        First = first.Id;
    }

    public IReadOnlyList<Exchange> Members => _members;

    /// <summary>Those that stand for all; the choice does not depend on the order in which they came.</summary>
    public IReadOnlyList<Exchange> Representatives => _representatives;

    /// <summary>Smallest id: what clusters are sorted by.</summary>
    public string First { get; private set; }

    /// <summary>Counts changes of what a comparison with the cluster depends on.</summary>
    public int Version { get; private set; }

    public void Add(Exchange exchange)
    {
        _members.Add(exchange);
        Represent(exchange);
    }

    /// <summary>Takes the members of another cluster.</summary>
    /// <param name="other">The other.</param>
    /// <param name="membersCount">Whether comparisons depend on every member, as they do when analysts have decided.</param>
    public void Take(Cluster other, bool membersCount)
    {
        Version += membersCount ? 1 : 0;
        _members.AddRange(other._members);
        foreach (var exchange in other._representatives)
        {
            Represent(exchange);
        }

        if (string.CompareOrdinal(other.First, First) < 0)
        {
            First = other.First;
            Version++;
        }
    }

    private void Represent(Exchange exchange)
    {
        if (string.CompareOrdinal(exchange.Id, First) < 0)
        {
            First = exchange.Id;
            Version++;
        }

        var place = _representatives.BinarySearch(exchange, ByRank.Instance);
        place = place < 0 ? ~place : place;
        if (place >= CandidateSearch.Representatives)
        {
            return;
        }

        _representatives.Insert(place, exchange);
        if (_representatives.Count > CandidateSearch.Representatives)
        {
            _representatives.RemoveAt(CandidateSearch.Representatives);
        }

        Version++;
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
