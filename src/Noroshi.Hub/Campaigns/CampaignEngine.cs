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
    private readonly List<Exchange> _ofMail = [];
    private readonly List<bool> _compared = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<Exchange> _touched = [];
    private readonly HashSet<ulong> _moved = [];
    private int _begun;
    private bool _settling;

    /// <summary>Starts with an empty index.</summary>
    /// <param name="index">Where values are looked up; empty, and filled by this engine only.</param>
    /// <param name="scorer">Weighs pairs under a stored epoch.</param>
    /// <param name="decisions">What analysts decided.</param>
    public CampaignEngine(IFeatureIndex index, LinkScorer scorer, IReadOnlyList<Decision> decisions)
    {
        _index = index;
        _candidates = new CandidateSearch(index, number => _compared[number]);
        _links = new ExchangeLinks(index, scorer, decisions, _exchanges);
        Decisions = decisions;
    }

    /// <summary>What analysts decided.</summary>
    public IReadOnlyList<Decision> Decisions { get; private set; }

    /// <summary>Exchanges whose membership may change when the engine settles.</summary>
    public IReadOnlyCollection<string> Provisional => [.. _touched.Select(exchange => exchange.Id)];

    /// <summary>The mails.</summary>
    public IEnumerable<MailFeatures> Mails => _numbers.Values.Select(_index.Mail);

    /// <summary>The mail of a key; null when there is none.</summary>
    public MailFeatures? MailOf(string key) => _numbers.TryGetValue(key, out var number) ? _index.Mail(number) : null;

    /// <summary>Adds a mail and puts its exchange where it fits at once.</summary>
    /// <returns>Number of mails it was compared with.</returns>
    public int Add(MailFeatures mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var (exchange, number, compared) = Enter(mail);
        if (!compared)
        {
            return 0;
        }

        var candidates = _candidates.For(number);
        Connect(exchange, candidates);
        if (exchange.Cluster is null)
        {
            Place(exchange);
        }

        _links.Forget();
        return candidates.Count;
    }

    /// <summary>Adds mails without placing them; <see cref="Settle"/> does that. For rebuilding from the store.</summary>
    public void Load(IEnumerable<MailFeatures> mails)
    {
        ArgumentNullException.ThrowIfNull(mails);
        foreach (var mail in mails)
        {
            Enter(mail);
        }
    }

    /// <summary>Takes a mail out again, as if it had never come; <see cref="Settle"/> draws the consequences.</summary>
    /// <returns>False when there is no such mail.</returns>
    public bool Remove(string key)
    {
        if (!_numbers.Remove(key, out var number))
        {
            return false;
        }

        var exchange = _ofMail[number];
        NoteLeaving(_index.Mail(number), number);
        _index.Remove(number);
        _touched.Add(exchange);
        if (exchange.Remove(number, _index) is { } instead)
        {
            _compared[instead] = true;
        }

        if (exchange.Mails.Count == 0)
        {
            _exchanges.Remove(exchange.Id);
        }

        return true;
    }

    /// <summary>Weighs from now on by a scorer that says of all mails that are there what the last one said.</summary>
    internal void Weigh(LinkScorer scorer) => _links.Weigh(scorer);

    /// <summary>Takes other decisions; <see cref="Settle"/> draws the consequences.</summary>
    public void Decide(IReadOnlyList<Decision> decisions)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        var concerned = Decisions.Concat(decisions).SelectMany(one => new[] { one.A, one.B });
        _touched.UnionWith(concerned.Select(_exchanges.GetValueOrDefault).OfType<Exchange>());
        Decisions = decisions;
        _links.Decide(decisions);
    }

    /// <summary>
    /// Clusters again, under the stored epoch, whatever was touched and all that hangs together with it. An exchange is touched when it got
    /// a mail, and when the mails that its own are compared with are others than before.
    /// </summary>
    public void Settle()
    {
        _touched.UnionWith(_moved.SelectMany(value => _index.Postings(value, int.MaxValue)).Select(number => _ofMail[number]));
        var group = new HashSet<Exchange>(_touched);
        foreach (var exchange in _touched)
        {
            group.UnionWith(exchange.Near.Keys);
            exchange.Leave();
        }

        _settling = true;
        foreach (var exchange in _touched)
        {
            exchange.Cluster = null;
            if (exchange.Mails.Count == 0)
            {
                continue;
            }

            foreach (var number in exchange.Compared)
            {
                Connect(exchange, _candidates.For(number));
            }

            Connect(exchange, Represented(exchange));
            _links.Forget();
        }

        _settling = false;
        var seen = new HashSet<Exchange>();
        foreach (var exchange in group)
        {
            if (exchange.Mails.Count > 0 && !seen.Contains(exchange))
            {
                Cluster(Closure(exchange, seen));
            }
        }

        _touched.Clear();
        _moved.Clear();
    }

    /// <summary>Exchanges by cluster; clusters of one are left out. Ordered by smallest id.</summary>
    public IReadOnlyList<IReadOnlyList<Exchange>> Clusters() =>
        [
            .. _exchanges
                .Values.Select(exchange => exchange.Cluster)
                .OfType<Cluster>()
                .Distinct()
                .Where(cluster => cluster.Members.Count > 1)
                .OrderBy(cluster => cluster.First, StringComparer.Ordinal)
                .Select(cluster => cluster.Members.OrderBy(member => member.Id, StringComparer.Ordinal).ToList()),
        ];

    /// <summary>The exchange of an id; null when there is none.</summary>
    public Exchange? Find(string id) => _exchanges.GetValueOrDefault(id);

    /// <summary>The exchanges that stand for a cluster, at most twelve.</summary>
    public static IReadOnlyList<Exchange> RepresentativesOf(IReadOnlyList<Exchange> cluster) =>
        [.. cluster.Order(ByRank.Instance).Take(CandidateSearch.Representatives)];

    /// <summary>The link between two exchanges; null when one of them has no mails.</summary>
    public Link? LinkBetween(Exchange a, Exchange b) => _links.Between(a, b);

    /// <summary>
    /// Links of 8 to 12 bits between exchanges of different clusters, the heaviest first: shown, never inside a campaign. As of the last
    /// <see cref="Settle"/>.
    /// </summary>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<Link> Suggestions(int most = int.MaxValue)
    {
        var found = new List<(Hint Hint, Exchange One, Exchange Other)>();
        foreach (var exchange in _exchanges.Values)
        {
            foreach (var (other, hint) in exchange.Hints)
            {
                if (exchange.Number < other.Number && AreApart(exchange, other))
                {
                    found.Add((hint, exchange, other));
                }
            }
        }

        found.Sort((x, y) => Heavier(x.Hint, y.Hint));
        return [.. found.Take(most).Select(one => Tell(one.Hint, one.One, one.Other)).OfType<Link>()];
    }

    /// <summary>The heaviest suggestion between an exchange and others of a kind; null when there is none. As of the last <see cref="Settle"/>.</summary>
    /// <param name="id">Id of the exchange.</param>
    /// <param name="of">The others that count, by id.</param>
    internal Link? HeaviestSuggestion(string id, Func<string, bool> of)
    {
        (Hint Hint, Exchange One, Exchange Other)? heaviest = null;
        foreach (var (exchange, other, hint) in SuggestedTo(id))
        {
            if (of(other.Id) && (heaviest is not { } known || Heavier(hint, known.Hint) < 0))
            {
                heaviest = (hint, exchange, other);
            }
        }

        return heaviest is var (told, one, another) ? Tell(told, one, another) : null;
    }

    /// <summary>Ids of exchanges to which a link is suggested.</summary>
    internal IEnumerable<string> SuggestedFor(string id) => SuggestedTo(id).Select(one => one.Other.Id);

    private IEnumerable<(Exchange Exchange, Exchange Other, Hint Hint)> SuggestedTo(string id)
    {
        if (_exchanges.GetValueOrDefault(id) is { } exchange)
        {
            foreach (var (other, hint) in exchange.Hints)
            {
                if (AreApart(exchange, other))
                {
                    yield return (exchange, other, hint);
                }
            }
        }
    }

    private static bool AreApart(Exchange exchange, Exchange other) => other.Cluster is null || other.Cluster != exchange.Cluster;

    private Link? Tell(Hint hint, Exchange one, Exchange other) => hint.Told ??= _links.Between(one, other);

    private static int Heavier(Hint x, Hint y) =>
        y.Tenths.CompareTo(x.Tenths) is var heavier and not 0 ? heavier
        : string.CompareOrdinal(x.A, y.A) is var byA and not 0 ? byA
        : string.CompareOrdinal(x.B, y.B);

    private (Exchange Exchange, int Number, bool Compared) Enter(MailFeatures mail)
    {
        var number = _index.Add(mail);
        if (!_exchanges.TryGetValue(mail.Exchange, out var exchange))
        {
            _exchanges[mail.Exchange] = exchange = new Exchange(mail.Exchange, _begun++);
        }

        _numbers.Add(mail.Key, number);
        if (number == _ofMail.Count)
        {
            _ofMail.Add(exchange);
            _compared.Add(true);
        }
        else
        {
            _ofMail[number] = exchange;
            _compared[number] = true;
        }

        _touched.Add(exchange);
        if (exchange.Add(number, _index) is { } left)
        {
            _compared[left] = false;
        }

        NoteMoves(mail, number);
        return (exchange, number, _compared[number]);
    }

    /// <summary>
    /// A new mail changes what others are compared with in two ways only: it makes a value popular, or it becomes one of those that stand for
    /// a popular value. The first concerns fifty mails; the second becomes the rarer the more mails have the value.
    /// </summary>
    private void NoteMoves(MailFeatures mail, int number)
    {
        foreach (var feature in mail.Values)
        {
            var mails = _index.Mails(feature.Id, CandidateSearch.Rare + 2);
            if (mails > CandidateSearch.Rare && CandidateSearch.Says(feature))
            {
                if (mails == CandidateSearch.Rare + 1)
                {
                    TouchAll(feature.Id);
                }
                else if (EvidenceRules.Identifies(feature) && _index.Representatives(feature.Id).Contains(number))
                {
                    _moved.Add(feature.Id);
                }
            }
        }

        foreach (var hash in mail.Hashes)
        {
            if (_index.Mails(hash, CandidateSearch.Rare + 2) == CandidateSearch.Rare + 1)
            {
                TouchAll(hash);
            }
        }
    }

    /// <summary>The same in reverse, asked before the mail leaves: a value becomes rare again, or another mail stands for it.</summary>
    private void NoteLeaving(MailFeatures mail, int number)
    {
        foreach (var feature in mail.Values)
        {
            var mails = _index.Mails(feature.Id, CandidateSearch.Rare + 2);
            if (mails > CandidateSearch.Rare && CandidateSearch.Says(feature))
            {
                if (mails == CandidateSearch.Rare + 1)
                {
                    TouchAll(feature.Id);
                }
                else if (EvidenceRules.Identifies(feature) && _index.Representatives(feature.Id).Contains(number))
                {
                    _moved.Add(feature.Id);
                }
            }
        }

        foreach (var hash in mail.Hashes)
        {
            if (_index.Mails(hash, CandidateSearch.Rare + 2) == CandidateSearch.Rare + 1)
            {
                TouchAll(hash);
            }
        }
    }

    private void TouchAll(ulong value)
    {
        foreach (var number in _index.Postings(value, CandidateSearch.Rare + 1))
        {
            _touched.Add(_ofMail[number]);
        }
    }

    /// <summary>Mails of exchanges at rest for which one of this exchange stands: their search finds it, though its own does not find them.</summary>
    private IEnumerable<int> Represented(Exchange exchange) =>
        exchange
            .Mails.SelectMany(number =>
                _index
                    .Mail(number)
                    .Features.Where(feature =>
                        _index.Mails(feature.Id, CandidateSearch.Rare + 1) > CandidateSearch.Rare
                        && CandidateSearch.Says(feature)
                        && EvidenceRules.Identifies(feature)
                        && _index.Representatives(feature.Id).Contains(number)
                    )
            )
            .Select(feature => feature.Id)
            .Distinct()
            .SelectMany(id => _index.Postings(id, int.MaxValue))
            .Where(number => !_touched.Contains(_ofMail[number]) && _compared[number]);

    private void Connect(Exchange exchange, IEnumerable<int> candidates)
    {
        foreach (var candidate in candidates)
        {
            Connect(exchange, _ofMail[candidate]);
        }

        foreach (var (other, _) in _links.DecisionsOn(exchange))
        {
            Connect(exchange, other);
        }
    }

    private void Connect(Exchange exchange, Exchange other)
    {
        if (other == exchange || exchange.Near.ContainsKey(other) || (_settling && exchange.Hints.ContainsKey(other)))
        {
            return;
        }

        var weight = _links.Weight(exchange, other);
        if (_links.Decided(exchange, other) ?? weight.Holds)
        {
            exchange.Join(other, weight);
        }

        if (weight.Level == LinkLevel.Suggestion)
        {
            exchange.Suggest(other, _links.Hint(exchange, other));
        }
    }

    private void Place(Exchange exchange)
    {
        var near = exchange.Near.Keys.Select(one => one.Cluster ??= new Cluster(one)).Distinct();
        if (Clustering.BestFor(near, cluster => Clustering.Support(_links, cluster, exchange, one => one.Cluster)) is { } best)
        {
            best.Add(exchange);
            exchange.Cluster = best;
        }
    }

    private void Cluster(IReadOnlyCollection<Exchange> component)
    {
        if (component.Count == 1)
        {
            component.First().Cluster = null;
            return;
        }

        foreach (var cluster in new Clustering(_links).Of(component))
        {
            foreach (var member in cluster.Members)
            {
                member.Cluster = cluster;
            }
        }

        _links.Forget();
    }

    private static HashSet<Exchange> Closure(Exchange start, HashSet<Exchange> seen)
    {
        var closed = new HashSet<Exchange>();
        var pending = new Stack<Exchange>([start]);
        while (pending.TryPop(out var exchange))
        {
            if (seen.Add(exchange))
            {
                closed.Add(exchange);
                foreach (var near in exchange.Near.Keys)
                {
                    pending.Push(near);
                }
            }
        }

        return closed;
    }
}
