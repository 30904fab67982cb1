using System.Globalization;
using Noroshi.Hub.Campaigns;

namespace Noroshi.Hub.Judgement;

/// <summary>
/// Compares the whole with each organisation by itself: the same rules and the same background table over that organisation's mails only.
/// What no organisation finds that way, only the whole shows (単一組織の情報では分からなかったこと).
/// </summary>
internal static class Together
{
    /// <summary>The findings that vanish for every organisation that stands alone, campaign by campaign.</summary>
    /// <param name="found">Campaigns of the whole.</param>
    /// <param name="aloneOf">Campaigns of an organisation that stands alone.</param>
    public static IReadOnlyList<OnlyTogether> Of(FoundCampaigns found, Func<string, IReadOnlyList<Campaign>> aloneOf)
    {
        var alone = found
            .Campaigns.SelectMany(campaign => campaign.Organizations)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .SelectMany(aloneOf)
            .ToList();
        return [.. found.Campaigns.SelectMany(campaign => Of(campaign, alone, found))];
    }

    private static IEnumerable<OnlyTogether> Of(Campaign campaign, IReadOnlyList<Campaign> alone, FoundCampaigns found)
    {
        var seen = alone.Where(one => one.Exchanges.Intersect(campaign.Exchanges, StringComparer.Ordinal).Count() > 1).ToList();
        if (seen.Count == 0 && campaign.Organizations.Count > 1)
        {
            var (ja, en) = FindingWords.OfCampaign(campaign);
            yield return new OnlyTogether(campaign.Id, "campaign", campaign.Organizations, ja, en);
        }

        foreach (var pattern in campaign.Patterns)
        {
            var kind = FindingWords.KindOf(pattern);
            var organizations = OrganizationsOf(pattern, found);
            if (!seen.Exists(one => one.Patterns.Any(other => other.GetType() == pattern.GetType())))
            {
                var (ja, en) = FindingWords.Of(pattern);
                yield return new OnlyTogether(campaign.Id, kind, organizations, ja, en);
            }
        }
    }

    private static List<string> OrganizationsOf(TimePattern pattern, FoundCampaigns found) =>
        [
            .. pattern
                .Exchanges.Select(exchange => found.Times.GetValueOrDefault(exchange)?.Organization)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
}

/// <summary>Campaigns and patterns in one sentence, hedged as the rules demand.</summary>
public static class FindingWords
{
    /// <summary>Word of the contract for a kind of pattern.</summary>
    public static string KindOf(TimePattern pattern) =>
        pattern switch
        {
            ParallelPattern => "parallel",
            SequentialPattern => "sequential",
            CarefulPattern => "careful",
            ReturningPattern => "returning",
            AttendedPattern => "attended",
            EvolvingPattern => "evolving",
            _ => throw new ArgumentOutOfRangeException(nameof(pattern), pattern, "no kind of pattern"),
        };

    /// <summary>A campaign over several organisations.</summary>
    public static (string Ja, string En) OfCampaign(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        var strong = campaign.Confidence == LinkLevel.Strong;
        var count = campaign.Organizations.Count;
        return (
            Text(
                $"{Things(count)}の組織への{campaign.Exchanges.Count}件の攻撃や働きかけは、同一の攻撃者によるものと思われる(確度:{(strong ? "高" : "中")})。"
            ),
            Text(
                $"{campaign.Exchanges.Count} attacks and approaches at {count} organisations appear to be by the same attacker (confidence: {(strong ? "high" : "medium")})."
            )
        );
    }

    /// <summary>A pattern.</summary>
    public static (string Ja, string En) Of(TimePattern pattern) =>
        pattern switch
        {
            ParallelPattern parallel => (
                Text(
                    $"{Things(parallel.Organizations)}の組織の{Things(parallel.Windows)}の窓口へ、{Minutes(parallel.Minutes)}分間に最初のメールが届いた(同時並行)。"
                ),
                Text(
                    $"First mails reached {parallel.Windows} windows of {parallel.Organizations} organisations within {Minutes(parallel.Minutes)} minutes (in parallel)."
                )
            ),
            SequentialPattern sequential => (
                Text($"約{Weeks(sequential.Days).Ja}の間に、{Things(sequential.Organizations)}の組織へ次々と最初のメールが届いた。"),
                Text(
                    $"First mails reached {sequential.Organizations} organisations one after another within about {Weeks(sequential.Days).En}."
                )
            ),
            CarefulPattern { MostAddresses: <= 1 } careful => (
                Text($"{Things(careful.Organizations)}の組織のいずれでも、宛先は1か所だけに絞られていた。"),
                Text($"At each of {careful.Organizations} organisations only one address was written to.")
            ),
            CarefulPattern careful => (
                Text(
                    $"{Things(careful.Organizations)}の組織で、宛先は典型的には1か所、多くても{careful.MostAddresses}か所に絞られていた。"
                ),
                Text($"At {careful.Organizations} organisations typically one address was written to, {careful.MostAddresses} at most.")
            ),
            ReturningPattern returning => (
                Text($"ある組織へ、約{Months(returning.Days).Ja}後に再び働きかけがあった。"),
                Text($"One organisation was approached again after about {Months(returning.Days).En}.")
            ),
            AttendedPattern attended => (
                Text(
                    $"窓口の返信から次のメールまでは、中央値で{attended.MedianMinutes:0.#}分だった({attended.Replies}回)。攻撃者がやり取りに張り付いていたと思われる。"
                ),
                Text(
                    $"From a reply to the next mail it took {attended.MedianMinutes:0.#} minutes (median of {attended.Replies}); the attacker seems to have attended to the exchange."
                )
            ),
            EvolvingPattern evolving => (
                Text($"手口が月を追って変わった({evolving.Changes.Count}回)。一度にすべてが変わったことはない。"),
                Text($"The manner changed from month to month ({evolving.Changes.Count} times), never all at once.")
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(pattern), pattern, "no kind of pattern"),
        };

    /// <summary>Small numbers are counted with つ.</summary>
    private static string Things(int count) => count < 10 ? Text($"{count}つ") : Text($"{count}");

    private static int Minutes(double minutes) => Math.Max(1, (int)Math.Ceiling(minutes));

    private static (string Ja, string En) Weeks(double days) =>
        days switch
        {
            < 2 => ("1日", "a day"),
            < 5 => (Text($"{Math.Ceiling(days):F0}日"), Text($"{Math.Ceiling(days):F0} days")),
            < 10 => ("1週間", "a week"),
            _ => ("2週間", "two weeks"),
        };

    private static (string Ja, string En) Months(double days) =>
        (int)Math.Round(days / 30.4, MidpointRounding.AwayFromZero) is var months and > 1
            ? (Text($"{months}か月"), Text($"{months} months"))
            : ("1か月", "a month");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
