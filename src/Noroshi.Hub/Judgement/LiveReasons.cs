using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Judgement;

/// <summary>
/// Finds reasons to expect an attack in exchanges that had none yet. An answered inquiry by itself is no reason: only that the first mail
/// resembles what is known, that it went to several windows at once, or that the outsider asks what the window works with.
/// </summary>
/// <param name="found">The campaigns.</param>
/// <param name="drafts">The exchanges.</param>
/// <param name="asOf">The moment as of which a warning holds; where no time is known none lapses.</param>
internal sealed class LiveReasons(FoundCampaigns found, IReadOnlyList<DraftExchange> drafts, AsOf asOf)
{
    private static readonly TimeSpan Lapse = TimeSpan.FromDays(14);
    private static readonly TimeSpan ParallelWithin = TimeSpan.FromMinutes(60);

    private readonly Dictionary<string, Campaign> _campaigns = found
        .Campaigns.SelectMany(campaign => campaign.Exchanges.Select(exchange => (exchange, campaign)))
        .ToDictionary(one => one.exchange, one => one.campaign, StringComparer.Ordinal);

    private readonly Dictionary<string, DraftExchange> _exchangeOf = drafts
        .SelectMany(draft => draft.Entries.Select(entry => (Key: entry.Mail?.Key, Draft: draft)))
        .Where(one => one.Key is not null)
        .DistinctBy(one => one.Key, StringComparer.Ordinal)
        .ToDictionary(one => one.Key ?? "", one => one.Draft, StringComparer.Ordinal);

    private ILookup<string, Link> _suggestions = Enumerable.Empty<Link>().ToLookup(link => link.A, StringComparer.Ordinal);

    /// <summary>The warnings that hold, by id of the exchange.</summary>
    public IReadOnlyDictionary<string, LiveWarning> All()
    {
        _suggestions = found
            .Suggestions.SelectMany(link => new[] { link.A, link.B }.Select(key => (_exchangeOf.GetValueOrDefault(key)?.Id, Link: link)))
            .ToLookup(one => one.Id ?? "", one => one.Link, StringComparer.Ordinal);
        var hostile = drafts.Where(IsAttacked).Select(draft => draft.Id).ToHashSet(StringComparer.Ordinal);
        var warnings = new Dictionary<string, LiveWarning>(StringComparer.Ordinal);
        foreach (var draft in drafts.Where(draft => !hostile.Contains(draft.Id)))
        {
            if (
                (Resembles(draft, hostile) ?? Parallel(draft) ?? Environment(draft)) is { } warning
                && (asOf.For(draft.Organization) is not { } now || now <= warning.Until)
            )
            {
                warnings.Add(draft.Id, warning);
            }
        }

        return warnings;
    }

    private static bool IsAttacked(DraftExchange draft) =>
        draft.Entries.Any(entry => entry.FromOutsider && PayloadEvidence.IsAttack(entry.Payload));

    /// <summary>The heaviest link of the exchange to one that was attacked, or to a campaign with an attack.</summary>
    private LiveWarning? Resembles(DraftExchange draft, HashSet<string> hostile)
    {
        var links = _campaigns.TryGetValue(draft.Id, out var campaign) ? campaign.Links : _suggestions[draft.Id];
        var link = links.Where(one => OtherOf(one, draft) is { } other && Known(other, hostile)).MaxBy(one => one.Bits);
        if (link is not null)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{link.Bits:F1} bits: {string.Join(", ", Strongest(link))}");
            return WarningOf(draft, LiveReason.ResemblesKnown, First(draft), detail);
        }

        // A large campaign tells of its heaviest links only; whoever belongs to it belongs to it all the same.
        return campaign is not null && campaign.Exchanges.Any(hostile.Contains)
            ? WarningOf(draft, LiveReason.ResemblesKnown, First(draft), $"{campaign.Alias} ({campaign.Id})")
            : null;
    }

    private DraftExchange? OtherOf(Link link, DraftExchange draft)
    {
        var (a, b) = (_exchangeOf.GetValueOrDefault(link.A), _exchangeOf.GetValueOrDefault(link.B));
        return a == draft ? b
            : b == draft ? a
            : null;
    }

    private bool Known(DraftExchange other, HashSet<string> hostile) =>
        hostile.Contains(other.Id) || (_campaigns.TryGetValue(other.Id, out var campaign) && campaign.Exchanges.Any(hostile.Contains));

    private static IEnumerable<string> Strongest(Link link) =>
        link
            .Evidence.Where(row => row.Bits > 0)
            .OrderByDescending(row => row.Bits)
            .Take(3)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Value} (+{row.Bits})"));

    private LiveWarning? Parallel(DraftExchange draft)
    {
        var pattern = _campaigns
            .GetValueOrDefault(draft.Id)
            ?.Patterns.OfType<ParallelPattern>()
            .FirstOrDefault(one => one.Exchanges.Contains(draft.Id, StringComparer.Ordinal));
        return pattern is not null ? WarningOf(draft, LiveReason.Parallel, First(draft), InParallel(pattern.Windows, pattern.Minutes))
            : WithinOrganization(draft) is var (windows, minutes)
                ? WarningOf(draft, LiveReason.Parallel, First(draft), InParallel(windows, minutes))
            : null;
    }

    /// <summary>
    /// First mails of one persona to several windows of one organisation within the hour, each sent for itself, before anybody answered: who
    /// was sent on from one window to the next, or wrote to both in one mail, is none.
    /// </summary>
    private static (int Windows, double Minutes)? WithinOrganization(DraftExchange draft)
    {
        var answered = draft.Entries.Where(entry => entry.IsReply).Min(entry => entry.At) ?? DateTimeOffset.MaxValue;
        var firsts = draft
            .Entries.Where(entry => entry is { FromOutsider: true, Mail: not null, Window: not null, At: not null } && entry.At < answered)
            .GroupBy(entry => entry.Window, StringComparer.Ordinal)
            .Select(window => window.Min(entry => entry.At) ?? default)
            .Order()
            .ToList();
        return firsts.Count >= 2 && firsts[^1] - firsts[0] is var apart && apart <= ParallelWithin
            ? (firsts.Count, apart.TotalMinutes)
            : null;
    }

    private static string InParallel(int windows, double minutes) =>
        string.Create(CultureInfo.InvariantCulture, $"{windows} windows, {minutes:F0} min");

    private static LiveWarning? Environment(DraftExchange draft)
    {
        if (EnvironmentQuestion.Suspicious(draft.Entries) is not { } question)
        {
            return null;
        }

        var asked = draft.Entries.First(entry => entry.FromOutsider && entry.Intents.Contains(question));
        return WarningOf(draft, LiveReason.Environment, asked, $"「{question.Span}」");
    }

    private static ExchangeEntry? First(DraftExchange draft) => draft.Entries.FirstOrDefault(entry => entry.FromOutsider);

    private static LiveWarning? WarningOf(DraftExchange draft, LiveReason reason, ExchangeEntry? mail, string detail)
    {
        if (mail?.At is not { } since)
        {
            return null;
        }

        var answered = draft.Entries.Any(entry => entry.IsReply && entry.At >= since);
        return new LiveWarning(
            draft.Id,
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
