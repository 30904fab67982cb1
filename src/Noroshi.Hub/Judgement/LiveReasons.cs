using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Judgement;

/// <summary>
/// Finds reasons to expect an attack in exchanges that had none yet. An answered inquiry by itself is no reason: only that the first mail
/// resembles what is known, that it went to several windows at once, or that the outsider asks what the window works with.
/// </summary>
internal sealed class LiveReasons
{
    private static readonly TimeSpan Lapse = TimeSpan.FromDays(14);

    private readonly Func<string, ExchangeCard?> _exchangeOf;
    private readonly AsOf _asOf;
    private readonly Dictionary<string, CampaignView> _campaigns = new(StringComparer.Ordinal);
    private readonly Func<string, ExchangeCard?> _byId;
    private readonly CampaignEngine? _engine;

    /// <summary>A campaign as its exchanges see it.</summary>
    private sealed record CampaignView(
        Campaign Campaign,
        bool Attacked,
        ILookup<string, (Link Link, ExchangeCard? Other)> Links,
        Dictionary<string, ParallelPattern> Parallel
    );

    /// <summary>Looks the campaigns over.</summary>
    /// <param name="found">The campaigns.</param>
    /// <param name="byId">An exchange by its id.</param>
    /// <param name="byMail">The exchange of a mail, by the mail's key.</param>
    /// <param name="asOf">The moment as of which a warning holds; where no time is known none lapses.</param>
    public LiveReasons(FoundCampaigns found, Func<string, ExchangeCard?> byId, Func<string, ExchangeCard?> byMail, AsOf asOf)
    {
        (_exchangeOf, _byId, _asOf, _engine) = (byMail, byId, asOf, found.Engine);
        foreach (var campaign in found.Campaigns)
        {
            var parallel = new Dictionary<string, ParallelPattern>(StringComparer.Ordinal);
            foreach (var pattern in campaign.Patterns.OfType<ParallelPattern>())
            {
                foreach (var exchange in pattern.Exchanges)
                {
                    parallel.TryAdd(exchange, pattern);
                }
            }

            var attacked = campaign.Exchanges.Any(exchange => byId(exchange) is { Attacked: true });
            var view = new CampaignView(campaign, attacked, BothWays(campaign.Links), parallel);
            foreach (var exchange in campaign.Exchanges)
            {
                _campaigns[exchange] = view;
            }
        }
    }

    /// <summary>Exchanges of others on which the warning of an exchange rests; none when its own messages are enough.</summary>
    public IEnumerable<string> Grounds(LiveWarning warning)
    {
        if (
            warning.Reason == LiveReason.Environment
            || (warning.Reason == LiveReason.Parallel && !(ViewOf(warning)?.Parallel.ContainsKey(warning.Conversation) ?? false))
        )
        {
            return [];
        }

        return ViewOf(warning)?.Campaign.Exchanges.Where(one => one != warning.Conversation)
            ?? (_engine?.SuggestedFor(warning.Conversation) ?? []).Where(IsKnown);
    }

    private CampaignView? ViewOf(LiveWarning warning) => _campaigns.GetValueOrDefault(warning.Conversation);

    /// <summary>The warnings that hold, by id of the exchange.</summary>
    public IReadOnlyDictionary<string, LiveWarning> All(IEnumerable<ExchangeCard> cards)
    {
        var warnings = new Dictionary<string, LiveWarning>(StringComparer.Ordinal);
        foreach (var card in cards)
        {
            if (
                !card.Attacked
                && (Resembles(card) ?? Parallel(card) ?? Environment(card)) is { } warning
                && (_asOf.For(card.Organization) is not { } now || now <= warning.Until)
            )
            {
                warnings.Add(card.Id, warning);
            }
        }

        return warnings;
    }

    private ILookup<string, (Link Link, ExchangeCard? Other)> BothWays(IReadOnlyList<Link> links) =>
        links
            .Select(link => (Link: link, A: _exchangeOf(link.A), B: _exchangeOf(link.B)))
            .SelectMany(one => new[] { (Of: one.A, one.Link, Other: one.B), (Of: one.B, one.Link, Other: one.A) })
            .Where(one => one.Of is not null)
            .ToLookup(one => one.Of?.Id ?? "", one => (one.Link, one.Other), StringComparer.Ordinal);

    /// <summary>The heaviest link of the exchange to one that was attacked, or to a campaign with an attack.</summary>
    private LiveWarning? Resembles(ExchangeCard card)
    {
        var campaign = _campaigns.GetValueOrDefault(card.Id);
        var heaviest = campaign is null ? _engine?.HeaviestSuggestion(card.Id, IsKnown) : HeaviestIn(campaign, card);
        if (heaviest is not null)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{heaviest.Bits:F1} bits: {string.Join(", ", Strongest(heaviest))}");
            return WarningOf(card, LiveReason.ResemblesKnown, card.FirstAt, detail);
        }

        // A large campaign tells of its heaviest links only; whoever belongs to it belongs to it all the same.
        return campaign is { Attacked: true }
            ? WarningOf(card, LiveReason.ResemblesKnown, card.FirstAt, $"{campaign.Campaign.Alias} ({campaign.Campaign.Id})")
            : null;
    }

    private Link? HeaviestIn(CampaignView campaign, ExchangeCard card)
    {
        Link? heaviest = null;
        foreach (var (link, other) in campaign.Links[card.Id])
        {
            if (other is not null && IsKnown(other) && (heaviest is null || link.Bits > heaviest.Bits))
            {
                heaviest = link;
            }
        }

        return heaviest;
    }

    private bool IsKnown(string exchange) => _byId(exchange) is { } card && IsKnown(card);

    private bool IsKnown(ExchangeCard other) => other.Attacked || _campaigns.GetValueOrDefault(other.Id) is { Attacked: true };

    private static IEnumerable<string> Strongest(Link link) =>
        link
            .Evidence.Where(row => row.Bits > 0)
            .OrderByDescending(row => row.Bits)
            .Take(3)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Value} (+{row.Bits})"));

    private LiveWarning? Parallel(ExchangeCard card) =>
        _campaigns.GetValueOrDefault(card.Id)?.Parallel.GetValueOrDefault(card.Id) is { } pattern
            ? WarningOf(card, LiveReason.Parallel, card.FirstAt, InParallel(pattern.Windows, pattern.Minutes))
        : card.Parallel is var (windows, minutes) ? WarningOf(card, LiveReason.Parallel, card.FirstAt, InParallel(windows, minutes))
        : null;

    private static string InParallel(int windows, double minutes) =>
        string.Create(CultureInfo.InvariantCulture, $"{windows} windows, {minutes:F0} min");

    private static LiveWarning? Environment(ExchangeCard card) =>
        card.Question is { } question ? WarningOf(card, LiveReason.Environment, card.AskedAt, $"「{question}」") : null;

    private static LiveWarning? WarningOf(ExchangeCard card, LiveReason reason, DateTimeOffset? at, string detail)
    {
        if (at is not { } since)
        {
            return null;
        }

        var answered = card.RepliedAt >= since;
        return new LiveWarning(
            card.Id,
            reason,
            detail,
            since,
            since.Plus(Lapse),
            answered
                ? "返信の後です。これまでの例では、返信から11～15分ほどで添付ファイルやリンクのあるメールが届いています。届いても開かず、相談してください。"
                : "返信すると、11～15分ほどで添付ファイルやリンクのあるメールが届くおそれがあります。返信を保留し、相談してください。",
            answered
                ? "The window has answered. In known cases a mail with an attachment or a link came about 11 to 15 minutes after the reply. Do not open it; ask the hub."
                : "After a reply a mail with an attachment or a link may come within about 11 to 15 minutes. Hold the reply and ask the hub."
        );
    }
}
