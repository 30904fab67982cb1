using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Judgement;

/// <summary>Campaigns of a set of mails, and what is needed to say more of them.</summary>
/// <param name="Campaigns">Campaigns, ordered by id.</param>
/// <param name="Suggestions">Links of 8 to 12 bits, the heaviest first.</param>
/// <param name="Times">Times of the exchanges that belong to campaigns, by id of the exchange.</param>
internal sealed record FoundCampaigns(
    IReadOnlyList<Campaign> Campaigns,
    IReadOnlyList<Link> Suggestions,
    IReadOnlyDictionary<string, ExchangeTimes> Times
)
{
    /// <summary>The engine that found them, for what is asked of single exchanges while nothing changes it; null when there is none.</summary>
    public CampaignEngine? Engine { get; init; }

    /// <summary>Suggestions that are told at most: a list nobody can read helps nobody.</summary>
    public const int MostSuggestions = 1_000;
}

/// <summary>
/// Finds campaigns among the mails of outsiders, and keeps them while mails come and go: what nothing touched is not looked at again.
/// </summary>
internal sealed class CampaignFinder
{
    private readonly MemoryFeatureIndex _index = new();
    private readonly CampaignEngine _engine;
    private readonly ContactRates _rates = new();
    private Dictionary<Cluster, Looked> _looked = [];

    /// <summary>What is known of a cluster as long as neither its mails nor its exchanges change.</summary>
    private sealed record Looked(Campaign Campaign, IReadOnlyList<ExchangeCard> Cards, Members Members, bool Appears);

    /// <summary>Starts without mails.</summary>
    /// <param name="epoch">Rarities.</param>
    /// <param name="decisions">What analysts decided.</param>
    /// <param name="state">Campaigns known from before, for their ids.</param>
    public CampaignFinder(RarityEpoch epoch, IReadOnlyList<Decision> decisions, CampaignState state)
    {
        _engine = new CampaignEngine(_index, new LinkScorer(epoch), decisions);
        State = state;
    }

    /// <summary>The campaigns of the last <see cref="Find"/>, and the ids that lead to them.</summary>
    public CampaignState State { get; private set; }

    /// <summary>The mails.</summary>
    public IEnumerable<MailFeatures> Mails => _engine.Mails;

    /// <summary>Rarities of its mails, counted now.</summary>
    public RarityEpoch Count(int number) => RarityEpoch.Freeze(number, _index, BackgroundRarity.Shipped);

    /// <summary>
    /// Rarities without the values that no mail has any more. No link among the mails that are left weighs anything else because of it.
    /// </summary>
    public RarityEpoch Forget(RarityEpoch epoch)
    {
        if (epoch.Frequencies.Keys.All(value => _index.Mails(value, 1) > 0))
        {
            return epoch;
        }

        var left = epoch with { Frequencies = epoch.Frequencies.Where(one => _index.Mails(one.Key, 1) > 0).ToDictionary() };
        _engine.Weigh(new LinkScorer(left));
        return left;
    }

    /// <summary>Mails that came.</summary>
    public void Add(IReadOnlyCollection<MailFeatures> mails)
    {
        _engine.Load(mails);
        _rates.Add(mails);
    }

    /// <summary>Mails that are gone, by key; unknown ones are passed over.</summary>
    public void Remove(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            if (_engine.MailOf(key) is { } mail)
            {
                _rates.Remove([mail]);
                _engine.Remove(key);
            }
        }
    }

    /// <summary>Other decisions.</summary>
    public void Decide(IReadOnlyList<Decision> decisions) => _engine.Decide(decisions);

    /// <summary>The campaigns, with patterns.</summary>
    /// <param name="exchangeOf">An exchange by its id.</param>
    /// <param name="members">The community.</param>
    public FoundCampaigns Find(Func<string, ExchangeCard?> exchangeOf, Members members)
    {
        _engine.Settle();
        var times = new Dictionary<string, ExchangeTimes>(StringComparer.Ordinal);
        var campaigns = new List<Campaign>();
        var looked = new Dictionary<Cluster, Looked>();
        // Organisation by organisation: each that is put aside is brought back once, however many clusters its exchanges are in.
        var clusters = _engine.Clusters();
        foreach (
            var card in clusters
                .SelectMany(one => one)
                .Select(one => exchangeOf(one.Id))
                .OfType<ExchangeCard>()
                .Where(card => !card.KnowsTimes(members))
                .OrderBy(card => card.Organization, StringComparer.Ordinal)
        )
        {
            card.Times(members);
        }

        foreach (var exchanges in clusters)
        {
            if (exchanges[0].Cluster is not { } cluster)
            {
                continue;
            }

            var known = looked[cluster] = Look(cluster, exchanges, exchangeOf, members);
            if (known.Appears)
            {
                var ofCluster = known.Cards.Select(card => card.Times(members)).ToList();
                ofCluster.ForEach(one => times[one.Exchange] = one);
                campaigns.Add(known.Campaign with { Patterns = new TimePatterns(_rates.Ordinary(ofCluster)).Of(ofCluster) });
            }
        }

        _looked = looked;
        State = CampaignRegistry.Assign(State, campaigns);
        return new FoundCampaigns(State.Campaigns, _engine.Suggestions(FoundCampaigns.MostSuggestions), times) { Engine = _engine };
    }

    private Looked Look(Cluster cluster, IReadOnlyList<Exchange> exchanges, Func<string, ExchangeCard?> exchangeOf, Members members)
    {
        var cards = exchanges.Select(exchange => exchangeOf(exchange.Id)).OfType<ExchangeCard>().ToList();
        var before = _looked.GetValueOrDefault(cluster);
        if (before is not null && before.Members == members && before.Cards.SequenceEqual(cards))
        {
            return before;
        }

        var campaign = before?.Campaign ?? CampaignBuilder.Of(exchanges, _engine, _index);
        var times = cards.ConvertAll(card => card.Times(members));
        // Whether a pattern is there does not hang on the rate of other contacts; only how likely it is by chance does.
        var patterns = new TimePatterns(_rates.Ordinary(times)).Of(times);
        return new Looked(campaign, cards, members, Attackers.Appear(cards, campaign with { Patterns = patterns }, members.Rules));
    }
}

/// <summary>How often somebody writes to a window for the first time, on an ordinary day.</summary>
internal sealed class ContactRates
{
    private readonly Dictionary<(string?, string?), Dictionary<string, int>> _contacts = [];
    private readonly Dictionary<(string?, string?), int> _counts = [];
    private readonly List<DateTimeOffset> _times = [];

    /// <summary>Counts first contacts.</summary>
    public void Add(IEnumerable<MailFeatures> mails)
    {
        var added = new List<DateTimeOffset>();
        foreach (var (mail, at) in FirstContacts(mails))
        {
            var place = (mail.Organization, mail.Window);
            if (!_contacts.TryGetValue(place, out var exchanges))
            {
                _contacts[place] = exchanges = new Dictionary<string, int>(StringComparer.Ordinal);
            }

            exchanges[mail.Exchange] = exchanges.GetValueOrDefault(mail.Exchange) + 1;
            _counts[place] = _counts.GetValueOrDefault(place) + 1;
            added.Add(at);
        }

        Insert(added);
    }

    /// <summary>Takes contacts back.</summary>
    public void Remove(IEnumerable<MailFeatures> mails)
    {
        foreach (var (mail, at) in FirstContacts(mails))
        {
            var place = (mail.Organization, mail.Window);
            if (--_contacts[place][mail.Exchange] == 0)
            {
                _contacts[place].Remove(mail.Exchange);
            }

            _counts[place]--;
            _times.RemoveAt(_times.BinarySearch(at));
        }
    }

    /// <summary>First contacts a day at the windows of some exchanges, these left out.</summary>
    public double Ordinary(IReadOnlyList<ExchangeTimes> campaign)
    {
        var own = campaign.Select(one => one.Exchange).ToHashSet(StringComparer.Ordinal);
        var others = 0;
        foreach (var window in campaign.Select(one => (one.Organization, one.Window)).Distinct())
        {
            if (_contacts.TryGetValue(window, out var exchanges))
            {
                others += _counts[window] - own.Sum(exchange => exchanges.GetValueOrDefault(exchange));
            }
        }

        // One more than was seen: a window that nobody else wrote to is no window to which nobody ever writes.
        return (1 + others) / Days();
    }

    private static IEnumerable<(MailFeatures Mail, DateTimeOffset At)> FirstContacts(IEnumerable<MailFeatures> mails)
    {
        foreach (var mail in mails)
        {
            if (mail is { FirstContact: true, ReceivedAt: { } at })
            {
                yield return (mail, at);
            }
        }
    }

    /// <summary>Few find their places one by one, many are sorted in.</summary>
    private void Insert(List<DateTimeOffset> added)
    {
        if (added.Count > 64)
        {
            _times.AddRange(added);
            _times.Sort();
            return;
        }

        foreach (var at in added)
        {
            var place = _times.BinarySearch(at);
            _times.Insert(place < 0 ? ~place : place, at);
        }
    }

    /// <summary>A single mail with a wrong clock must not stretch the time over which contacts are counted.</summary>
    private double Days()
    {
        var aside = _times.Count / 20;
        return _times.Count == 0
            ? 1
            : Math.Max(1, (_times[^(aside + 1)] - _times[aside]).TotalDays * _times.Count / (_times.Count - (2 * aside)));
    }
}

/// <summary>Tells attackers from people who write more than once.</summary>
internal static class Attackers
{
    /// <summary>
    /// Whether a cluster of exchanges is a series of attacks: something in it does harm or was judged; or documents of senders who have
    /// nothing to do with each other were made by one hand; or one writes to several windows at the same time. A customer who writes again,
    /// colleagues, a mailing list and judged mass mail are none, however much they have in common.
    /// </summary>
    public static bool Appear(IReadOnlyList<ExchangeCard> cluster, Campaign campaign, CommunityRules rules) =>
        cluster.Any(card => card.HasOutsiderMail)
        && !cluster.All(card => card.IsDismissed)
        && (
            cluster.Any(card => card.IsHarmful)
            || (campaign.Without.Any(one => one.Family == EvidenceFamily.DocumentTrait) && Houses(cluster) > 1)
            || (campaign.Patterns.OfType<ParallelPattern>().Any(pattern => pattern.Strong) && cluster.Count < rules.MassMailedFrom)
        );

    /// <summary>Senders who have nothing to do with each other: people of one company's domain count as one.</summary>
    private static int Houses(IReadOnlyList<ExchangeCard> cluster) =>
        cluster.Select(card => card.House).OfType<string>().Distinct(StringComparer.Ordinal).Count();

    /// <summary>Whose an address is: its owner's where anybody can have one, else the company's.</summary>
    internal static string HouseOf(string address)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..];
        return FreeMail.Classify(domain) == MailServiceClass.None ? PublicSuffix.RegistrableDomain(domain) ?? domain : address;
    }
}
