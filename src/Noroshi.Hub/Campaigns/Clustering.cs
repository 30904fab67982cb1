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
    private readonly Dictionary<Cluster, Dictionary<Cluster, Contact>> _near = [];
    private readonly PriorityQueue<Contact, Offer> _queue = new(HeavierFirst);
    private long _offers;
    private bool _anyDecisions;

    /// <summary>Two clusters that may merge, the smaller id first.</summary>
    private readonly record struct Offer(long Number, Cluster One, Cluster Other, string FirstOfOne, string FirstOfOther, double Likeness);

    private static readonly Comparer<Offer> HeavierFirst = Comparer<Offer>.Create(
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
            _anyDecisions |= links.DecisionsOn(exchange).Any();
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
        var near = exchange.Near.Keys.Select(one => _of.GetValueOrDefault(one)).OfType<Cluster>().Distinct();
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
            foreach (var (near, weight) in exchange.Near)
            {
                if (_of.TryGetValue(near, out var other) && other != cluster)
                {
                    var contact = ContactOf(cluster, other);
                    if (weight.Level == LinkLevel.Strong)
                    {
                        contact.Touch(cluster, exchange);
                    }
                }
            }
        }

        foreach (var (cluster, contacts) in _near)
        {
            foreach (var (other, contact) in contacts)
            {
                if (string.CompareOrdinal(cluster.First, other.First) < 0)
                {
                    Ask(contact);
                }
            }
        }

        while (_queue.TryDequeue(out var contact, out var offer))
        {
            if (contact.Offer == offer.Number)
            {
                Merge(offer.One, offer.Other);
            }
        }
    }

    private Dictionary<Cluster, Contact> NearOf(Cluster cluster) => _near.TryGetValue(cluster, out var known) ? known : _near[cluster] = [];

    private Contact ContactOf(Cluster one, Cluster other) =>
        NearOf(one).TryGetValue(other, out var known) ? known : NearOf(one)[other] = NearOf(other)[one] = new Contact(one, other);

    private void Merge(Cluster one, Cluster other)
    {
        foreach (var member in other.Members)
        {
            _of[member] = one;
        }

        var version = one.Version;
        one.Take(other, _anyDecisions);
        _near.Remove(other, out var ofOther);
        _near[one].Remove(other, out var spent);
        spent?.Withdraw();
        foreach (var (neighbour, contact) in ofOther ?? [])
        {
            if (neighbour != one)
            {
                contact.Withdraw();
                _near[neighbour].Remove(other);
                var joined = ContactOf(one, neighbour);
                joined.Take(contact, other, one);
                Ask(joined);
            }
        }

        if (one.Version != version)
        {
            foreach (var (neighbour, contact) in _near[one])
            {
                if (ofOther is null || !ofOther.ContainsKey(neighbour))
                {
                    Ask(contact);
                }
            }
        }
    }

    /// <summary>Offers two clusters for merging when they belong together; an earlier offer no longer counts.</summary>
    private void Ask(Contact contact)
    {
        contact.Withdraw();
        var (one, other) = contact.InOrder();
        var likeness = Likeness(one, other, contact);
        if (likeness >= Enough)
        {
            contact.Offer = ++_offers;
            _queue.Enqueue(contact, new Offer(_offers, one, other, one.First, other.First, likeness));
        }
    }

    /// <summary>
    /// Mean bits between the representatives of two clusters, as a multiple of what links two mails: an attacker who shows some of his
    /// habits here and some there has clusters whose members are linked in part, but heavily. One who changes from month to month has
    /// clusters that touch in some of their members only: strong links speak for them where they are several. An exchange by itself needs one
    /// overwhelming link instead.
    /// </summary>
    private double Likeness(Cluster one, Cluster other, Contact contact)
    {
        if (Decided(links, other.Members, one, ClusterOf) is { } decided)
        {
            return decided;
        }

        var whole = MeanBits(one.Representatives, other.Representatives) / EvidenceRules.Probable;
        if (whole >= Enough)
        {
            return whole;
        }

        return contact.IsBroad ? Enough
            : one.Members.Count == 1 || other.Members.Count == 1 ? BestBits(contact.Of(one), contact.Of(other)) / EvidenceRules.Overwhelming
            : whole;
    }

    private double BestBits(IReadOnlyList<Exchange> some, IReadOnlyList<Exchange> others) =>
        some.SelectMany(_ => others, links.Weight).Select(weight => weight.Tenths / 10.0).DefaultIfEmpty().Max();

    private double MeanBits(IReadOnlyList<Exchange> some, IReadOnlyList<Exchange> others)
    {
        var tenths = 0L;
        foreach (var a in some)
        {
            foreach (var b in others)
            {
                tenths += links.Weight(a, b).Tenths;
            }
        }

        return tenths / (10.0 * some.Count * others.Count);
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
