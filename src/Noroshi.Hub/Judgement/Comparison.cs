using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>Compares two situations, one before and one after a change.</summary>
/// <param name="judged">The cases before, by id.</param>
/// <param name="before">The situation before.</param>
/// <param name="now">The situation after.</param>
internal sealed class Comparison(IReadOnlyDictionary<string, JudgedCard> judged, Situation before, Situation now)
{
    /// <summary>What changed.</summary>
    /// <param name="cases">The cases now.</param>
    /// <param name="redirects">Ids of campaigns that lead to others.</param>
    /// <param name="completion">What a warning rests on.</param>
    public SituationChanges Changes(IReadOnlyList<JudgedCard> cases, IReadOnlyDictionary<string, string> redirects, Completion completion)
    {
        var changed = new List<ExchangeChange>();
        var left = new HashSet<string>(judged.Keys, StringComparer.Ordinal);
        foreach (var one in cases)
        {
            left.Remove(one.Card.Id);
            var known = judged.GetValueOrDefault(one.Card.Id);
            if (known is null || known.Card != one.Card || known.Suspicion != one.Suspicion)
            {
                changed.Add(new ExchangeChange(one.Card.Id, one.Card.Organization, one.Card.Mails, known?.Assessment, one.Assessment));
            }
        }

        var (campaigns, endedCampaigns) = Campaigns(redirects);
        var (warnings, lifted) = Warnings(completion);
        return new SituationChanges
        {
            Exchanges = changed,
            EndedExchanges = [.. left.Order(StringComparer.Ordinal)],
            Campaigns = campaigns,
            EndedCampaigns = endedCampaigns,
            Warnings = warnings,
            LiftedWarnings = lifted,
        };
    }

    private (List<Campaign> Changed, List<(string, string?)> Ended) Campaigns(IReadOnlyDictionary<string, string> redirects)
    {
        var known = before.Campaigns.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var changed = new List<Campaign>();
        foreach (var campaign in now.Campaigns)
        {
            if (!known.Remove(campaign.Id, out var old) || !IsSame(old, campaign))
            {
                changed.Add(campaign);
            }
        }

        return (changed, [.. known.Keys.Order(StringComparer.Ordinal).Select(id => (id, redirects.GetValueOrDefault(id)))]);
    }

    /// <summary>How likely a pattern is by chance moves with every mail: that alone is no change.</summary>
    private static bool IsSame(Campaign old, Campaign campaign) =>
        old.Version == campaign.Version
        && old.Confidence == campaign.Confidence
        && old.Bits == campaign.Bits
        && old.Exchanges.SequenceEqual(campaign.Exchanges, StringComparer.Ordinal)
        && old.Patterns.Select(PatternOf).SequenceEqual(campaign.Patterns.Select(PatternOf), StringComparer.Ordinal);

    private static string PatternOf(TimePattern pattern) => $"{FindingWords.KindOf(pattern)} {string.Join(' ', pattern.Exchanges)}";

    private (List<NewWarning> New, List<string> Lifted) Warnings(Completion completion)
    {
        var known = before.Warnings.ToDictionary(one => one.Conversation, StringComparer.Ordinal);
        var added = new List<NewWarning>();
        foreach (var warning in now.Warnings)
        {
            if (!known.Remove(warning.Conversation, out var old) || old.Reason != warning.Reason || old.Since != warning.Since)
            {
                added.Add(completion.Of(warning));
            }
        }

        return (added, [.. known.Keys.Order(StringComparer.Ordinal)]);
    }
}

/// <summary>Finds the mail that completed a warning, and whose mails it rests on.</summary>
/// <param name="grounds">Exchanges of others on which a warning rests.</param>
/// <param name="book">The exchanges.</param>
/// <param name="come">Mails that came with the change.</param>
internal sealed class Completion(Func<LiveWarning, IEnumerable<string>> grounds, CardBook book, IReadOnlyList<ProvidedMail> come)
{
    /// <summary>The warning with both.</summary>
    public NewWarning Of(LiveWarning warning)
    {
        var own = book.ById(warning.Conversation);
        var others = grounds(warning).ToHashSet(StringComparer.Ordinal);
        var organizations = others
            .Select(id => book.ById(id)?.Organization)
            .OfType<string>()
            .Where(one => one != own?.Organization)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return new NewWarning(
            warning,
            own?.Organization,
            Newest(id => id == warning.Conversation) ?? Newest(others.Contains),
            [.. organizations]
        );
    }

    private string? Newest(Func<string, bool> of) =>
        come.Where(mail => book.ByMail(mail.Key) is { } card && of(card.Id))
            .OrderByDescending(mail => mail.ReceivedAt)
            .ThenBy(mail => mail.Key, StringComparer.Ordinal)
            .FirstOrDefault()
            ?.Key;
}
