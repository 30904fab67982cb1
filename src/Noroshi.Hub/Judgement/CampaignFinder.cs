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
    /// <summary>Suggestions that are told at most: a list nobody can read helps nobody.</summary>
    public const int MostSuggestions = 1_000;
}

/// <summary>Finds campaigns among the mails of outsiders.</summary>
internal static class CampaignFinder
{
    /// <summary>The campaigns, with patterns.</summary>
    /// <param name="outsiders">Mails from outside.</param>
    /// <param name="drafts">The exchanges they belong to.</param>
    /// <param name="members">The community.</param>
    public static FoundCampaigns Find(IReadOnlyList<MailFeatures> outsiders, IReadOnlyList<DraftExchange> drafts, Members members)
    {
        var index = new MemoryFeatureIndex();
        var counted = new MemoryFeatureIndex();
        foreach (var mail in outsiders)
        {
            counted.Add(mail);
        }

        var engine = new CampaignEngine(index, new LinkScorer(RarityEpoch.Freeze(1, counted, BackgroundRarity.Shipped)), []);
        engine.Load(outsiders);
        engine.Settle();
        var byId = drafts.ToDictionary(draft => draft.Id, StringComparer.Ordinal);
        var times = new Dictionary<string, ExchangeTimes>(StringComparer.Ordinal);
        var campaigns = new List<Campaign>();
        var rates = new ContactRates(outsiders);
        foreach (var cluster in engine.Clusters())
        {
            var exchanges = cluster.Select(exchange => byId.GetValueOrDefault(exchange.Id)).OfType<DraftExchange>().ToList();
            var clusterTimes = exchanges.ConvertAll(draft => TimesOf(draft, members));
            var campaign = CampaignBuilder.Of(cluster, engine, index) with
            {
                Patterns = new TimePatterns(rates.Ordinary(clusterTimes)).Of(clusterTimes),
            };
            if (Attackers.Appear(exchanges, campaign))
            {
                clusterTimes.ForEach(one => times[one.Exchange] = one);
                campaigns.Add(campaign);
            }
        }

        var state = CampaignRegistry.Assign(CampaignState.Empty, campaigns);
        return new FoundCampaigns(state.Campaigns, [.. engine.Suggestions().Take(FoundCampaigns.MostSuggestions)], times);
    }

    private static ExchangeTimes TimesOf(DraftExchange draft, Members members) =>
        ConversationBuilder.Times(
            draft,
            ConversationBuilder.Build(draft, new Suspicion(Linked: true, Live: null), caseNumber: 0),
            members.Find(draft.Organization),
            members
        );
}

/// <summary>How often somebody writes to a window for the first time, on an ordinary day.</summary>
internal sealed class ContactRates
{
    private readonly ILookup<(string?, string?), (string Exchange, DateTimeOffset At)> _contacts;
    private readonly double _days;

    /// <summary>Counts first contacts.</summary>
    public ContactRates(IReadOnlyList<MailFeatures> outsiders)
    {
        var contacts = outsiders
            .Where(mail => mail is { FirstContact: true, ReceivedAt: not null })
            .Select(mail => (Place: (mail.Organization, mail.Window), mail.Exchange, At: mail.ReceivedAt ?? default))
            .ToList();
        _contacts = contacts.ToLookup(one => one.Place, one => (one.Exchange, one.At));
        // A single mail with a wrong clock must not stretch the time over which contacts are counted.
        var times = contacts.Select(one => one.At).Order().ToList();
        var aside = times.Count / 20;
        _days =
            times.Count == 0 ? 1 : Math.Max(1, (times[^(aside + 1)] - times[aside]).TotalDays * times.Count / (times.Count - (2 * aside)));
    }

    /// <summary>First contacts a day at the windows of some exchanges, these left out.</summary>
    public double Ordinary(IReadOnlyList<ExchangeTimes> campaign)
    {
        var own = campaign.Select(one => one.Exchange).ToHashSet(StringComparer.Ordinal);
        var windows = campaign.Select(one => (one.Organization, one.Window)).Distinct();
        // One more than was seen: a window that nobody else wrote to is no window to which nobody ever writes.
        return (1 + windows.Sum(window => _contacts[window].Count(one => !own.Contains(one.Exchange)))) / _days;
    }
}

/// <summary>Tells attackers from people who write more than once.</summary>
internal static class Attackers
{
    /// <summary>So many destinations of one and the same mail are mass mail (ばらまき型).</summary>
    private const int MassMailed = 10;

    /// <summary>
    /// Whether a cluster of exchanges is a series of attacks: something in it does harm or was judged; or documents of senders who have
    /// nothing to do with each other were made by one hand; or one writes to several windows at the same time. A customer who writes again,
    /// colleagues, a mailing list and judged mass mail are none, however much they have in common.
    /// </summary>
    public static bool Appear(IReadOnlyList<DraftExchange> cluster, Campaign campaign)
    {
        var mails = cluster.SelectMany(draft => draft.Entries).Where(entry => entry is { FromOutsider: true, Mail: not null }).ToList();
        return mails.Count > 0
            && !mails.TrueForAll(entry => entry.Mail?.Stated?.Verdict is "mass" or "spam" or "harmless")
            && (
                mails.Exists(IsHarmful)
                || (campaign.Without.Any(one => one.Family == EvidenceFamily.DocumentTrait) && Houses(cluster) > 1)
                || (campaign.Patterns.OfType<ParallelPattern>().Any(pattern => pattern.Strong) && cluster.Count < MassMailed)
            );
    }

    private static bool IsHarmful(ExchangeEntry entry) =>
        PayloadEvidence.IsAttack(entry.Payload) || entry.Mail?.Stated is { Verdict: "targeted" } or { Destinations.Count: > 0 };

    /// <summary>Senders who have nothing to do with each other: people of one company's domain count as one.</summary>
    private static int Houses(IReadOnlyList<DraftExchange> cluster) =>
        cluster.SelectMany(draft => draft.Personas.Take(1)).Select(HouseOf).Distinct(StringComparer.Ordinal).Count();

    private static string HouseOf(string address)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..];
        return FreeMail.Classify(domain) == MailServiceClass.None ? PublicSuffix.RegistrableDomain(domain) ?? domain : address;
    }
}
