namespace Noroshi.Hub.Campaigns;

/// <summary>
/// Keeps exchanges in clusters while mails come in. After <see cref="Settle"/> the clusters are a function of the mails, the epoch and the
/// decisions: neither the order of submission nor the way there shows. Before it, what <see cref="Provisional"/> names is provisional.
/// </summary>
public sealed class CampaignEngine
{
    private readonly IFeatureIndex _index;
    private readonly CandidateSearch _candidates;
    private readonly ExchangeLinks _links;
    private readonly Dictionary<string, Exchange> _exchanges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _near = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Cluster> _clusters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>Starts with an empty index.</summary>
    /// <param name="index">Where values are looked up; empty, or filled by <see cref="Add"/> of this engine only.</param>
    /// <param name="scorer">Weighs pairs under a stored epoch.</param>
    /// <param name="decisions">What analysts decided.</param>
    public CampaignEngine(IFeatureIndex index, LinkScorer scorer, IReadOnlyList<Decision> decisions)
    {
        _index = index;
        _candidates = new CandidateSearch(index);
        _links = new ExchangeLinks(index, scorer, decisions);
        Decisions = decisions;
    }

    /// <summary>What analysts decided.</summary>
    public IReadOnlyList<Decision> Decisions { get; }

    /// <summary>Exchanges whose membership may change when the engine settles.</summary>
    public IReadOnlyCollection<string> Provisional => _touched;

    /// <summary>Adds a mail and puts its exchange where it fits at once.</summary>
    /// <returns>Number of mails it was compared with.</returns>
    public int Add(MailFeatures mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var number = _index.Add(mail);
        if (!_exchanges.TryGetValue(mail.Exchange, out var exchange))
        {
            _exchanges[mail.Exchange] = exchange = new Exchange(mail.Exchange);
            _near[mail.Exchange] = new HashSet<string>(StringComparer.Ordinal);
        }

        exchange.Add(number, mail);
        _links.Forget(exchange);
        _touched.Add(exchange.Id);
        var candidates = _candidates.For(number);
        Connect(exchange, candidates);
        if (!_clusters.ContainsKey(exchange.Id))
        {
            Place(exchange);
        }

        return candidates.Count;
    }

    /// <summary>Adds mails without placing them; <see cref="Settle"/> does that. For rebuilding from the store.</summary>
    public void Load(IEnumerable<MailFeatures> mails)
    {
        ArgumentNullException.ThrowIfNull(mails);
        foreach (var mail in mails)
        {
            var number = _index.Add(mail);
            if (!_exchanges.TryGetValue(mail.Exchange, out var exchange))
            {
                _exchanges[mail.Exchange] = exchange = new Exchange(mail.Exchange);
                _near[mail.Exchange] = new HashSet<string>(StringComparer.Ordinal);
            }

            exchange.Add(number, mail);
            _touched.Add(exchange.Id);
        }
    }

    /// <summary>Clusters again whatever was touched, and all that hangs together with it, under the stored epoch.</summary>
    public void Settle()
    {
        var group = Closure(_touched.Concat(WithTouchedValues()));
        foreach (var id in group)
        {
            foreach (var near in _near[id])
            {
                _near[near].Remove(id);
            }

            _near[id].Clear();
            _links.Forget(_exchanges[id]);
        }

        foreach (var id in group.Order(StringComparer.Ordinal))
        {
            foreach (var number in _exchanges[id].Mails)
            {
                Connect(_exchanges[id], _candidates.For(number));
            }
        }

        // New links may reach groups that were at rest.
        foreach (var component in Components(Closure(group)))
        {
            var clustering = new Clustering(_links, exchange => _near[exchange.Id].Select(near => _exchanges[near]));
            foreach (var cluster in clustering.Of(component.Select(id => _exchanges[id])))
            {
                foreach (var member in cluster.Members)
                {
                    _clusters[member.Id] = cluster;
                }
            }
        }

        _touched.Clear();
    }

    /// <summary>Exchanges by cluster; clusters of one are left out. Ordered by smallest id.</summary>
    public IReadOnlyList<IReadOnlyList<Exchange>> Clusters() =>
        [
            .. _clusters
                .Values.Distinct()
                .Where(cluster => cluster.Members.Count > 1)
                .OrderBy(cluster => cluster.First, StringComparer.Ordinal)
                .Select(cluster => cluster.Members.OrderBy(member => member.Id, StringComparer.Ordinal).ToList()),
        ];

    /// <summary>The exchanges that stand for a cluster, at most twelve.</summary>
    public static IReadOnlyList<Exchange> RepresentativesOf(IReadOnlyList<Exchange> cluster) =>
        [.. cluster.Order(ByRank.Instance).Take(CandidateSearch.Representatives)];

    /// <summary>The link between two exchanges; null when they have nothing in common.</summary>
    public Link? LinkBetween(Exchange a, Exchange b) => _links.Between(a, b);

    /// <summary>Links of 8 to 12 bits between exchanges of different clusters: shown, never inside a campaign.</summary>
    public IReadOnlyList<Link> Suggestions()
    {
        var found = new Dictionary<(string, string), Link>();
        foreach (var exchange in _exchanges.Values)
        {
            foreach (var number in exchange.Mails)
            {
                foreach (var candidate in _candidates.For(number))
                {
                    var other = _exchanges[_index.Mail(candidate).Exchange];
                    if (
                        other != exchange
                        && !ReferenceEquals(_clusters.GetValueOrDefault(other.Id), _clusters.GetValueOrDefault(exchange.Id))
                        && _links.Between(exchange, other) is { Level: LinkLevel.Suggestion } link
                    )
                    {
                        found[(link.A, link.B)] = link;
                    }
                }
            }
        }

        return
        [
            .. found
                .Values.OrderByDescending(link => link.Bits)
                .ThenBy(link => link.A, StringComparer.Ordinal)
                .ThenBy(link => link.B, StringComparer.Ordinal),
        ];
    }

    private void Connect(Exchange exchange, IEnumerable<int> candidates)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal) { exchange.Id };
        var others = candidates
            .Select(number => _index.Mail(number).Exchange)
            .Concat(_links.DecisionsOn(exchange).Select(one => one.Other));
        foreach (var other in others)
        {
            if (asked.Add(other) && _exchanges.TryGetValue(other, out var found) && _links.Holds(exchange, found))
            {
                _near[exchange.Id].Add(other);
                _near[other].Add(exchange.Id);
            }
        }
    }

    private void Place(Exchange exchange)
    {
        Cluster? best = null;
        var most = 0.0;
        foreach (var cluster in _near[exchange.Id].Select(near => _clusters.GetValueOrDefault(near)).OfType<Cluster>().Distinct())
        {
            var representatives = cluster.Representatives;
            var support = (double)representatives.Count(one => _links.Holds(one, exchange)) / representatives.Count;
            if (support >= 0.5 && (support > most || (support.Equals(most) && string.CompareOrdinal(cluster.First, best?.First) < 0)))
            {
                (best, most) = (cluster, support);
            }
        }

        if (best is null)
        {
            _clusters[exchange.Id] = new Cluster(exchange);
            return;
        }

        best.Add(exchange);
        _clusters[exchange.Id] = best;
    }

    /// <summary>
    /// Exchanges that share a popular value with a touched one: who represents it may have changed, or it has just become popular.
    /// </summary>
    private HashSet<string> WithTouchedValues()
    {
        var popular = new HashSet<ulong>();
        foreach (var number in _touched.SelectMany(id => _exchanges[id].Mails))
        {
            var mail = _index.Mail(number);
            popular.UnionWith(
                mail.Features.Select(feature => feature.Id)
                    .Concat(mail.Sketch)
                    .Where(id => _index.Postings(id, CandidateSearch.Rare + 1).Count > CandidateSearch.Rare)
            );
        }

        return [.. popular.SelectMany(id => _index.Postings(id, int.MaxValue)).Select(number => _index.Mail(number).Exchange)];
    }

    private HashSet<string> Closure(IEnumerable<string> start)
    {
        var closed = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>(start);
        while (pending.TryPop(out var id))
        {
            if (closed.Add(id))
            {
                foreach (var near in _near[id])
                {
                    pending.Push(near);
                }
            }
        }

        return closed;
    }

    private IEnumerable<HashSet<string>> Components(HashSet<string> group)
    {
        var left = new HashSet<string>(group, StringComparer.Ordinal);
        foreach (var id in group.Order(StringComparer.Ordinal))
        {
            if (left.Contains(id))
            {
                var component = Closure([id]);
                left.ExceptWith(component);
                yield return component;
            }
        }
    }
}
