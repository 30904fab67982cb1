using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Sharing.Drafts;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>
/// What is told of the series: only what the mails of the draft show by themselves, so that it rests on nobody who is not asked.
/// </summary>
internal static class DraftCampaigns
{
    private static readonly TimeSpan Jst = TimeSpan.FromHours(9);

    public static IReadOnlyList<DraftPart<SanitisedCampaign>> Of(
        DraftMaterial material,
        IReadOnlySet<string> told,
        Func<string, string?> provisionOf
    )
    {
        if (material.Campaign is not { } campaign)
        {
            return [];
        }

        var links = campaign.Links.Where(link => link.Holds && told.Contains(link.A) && told.Contains(link.B)).ToList();
        var keys = links
            .SelectMany(link => new[] { link.A, link.B })
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (keys.Count == 0)
        {
            return [];
        }

        var months = material
            .Mails.Where(one => keys.Contains(one.Mail.Key, StringComparer.Ordinal))
            .Select(one => one.Mail.ReceivedAt)
            .OfType<DateTimeOffset>()
            .Select(at => at.ToOffset(Jst))
            .Select(at => new DateOnly(at.Year, at.Month, 1))
            .ToList();
        var exchanges = material.Conversations.Select(one => one.Id).Concat(told).ToHashSet(StringComparer.Ordinal);
        return
        [
            new DraftPart<SanitisedCampaign>(
                new SanitisedCampaign
                {
                    Id = Guid.Empty,
                    Alias = campaign.Alias,
                    Strong = links.TrueForAll(link => link.Level == LinkLevel.Strong),
                    FirstMonth = months.Count == 0 ? null : months.Min(),
                    LastMonth = months.Count == 0 ? null : months.Max(),
                    Evidence =
                    [
                        .. links
                            .SelectMany(link => link.Evidence)
                            .Where(row => row.Bits > 0)
                            .Select(row => ContractNames.Of(row.Family))
                            .Distinct(StringComparer.Ordinal)
                            .Order(StringComparer.Ordinal),
                    ],
                    Patterns =
                    [
                        .. campaign
                            .Patterns.Where(pattern => pattern.Exchanges.All(exchanges.Contains))
                            .Select(Words)
                            .OfType<BothLanguages>()
                            .Distinct(),
                    ],
                },
                [.. keys.Select(provisionOf).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            ),
        ];
    }

    /// <summary>Patterns in words without numbers: how many organisations it were could point to them.</summary>
    private static BothLanguages? Words(TimePattern pattern) =>
        pattern switch
        {
            ParallelPattern => new(
                "複数の窓口へ、ほぼ同時にメールが送られていた。",
                "Several windows were written to at nearly the same time."
            ),
            SequentialPattern => new(
                "短い期間に、組織から組織へと攻撃先が移っていた。",
                "The attacker went from one organisation to the next within a short time."
            ),
            CarefulPattern => new("1組織あたりの宛先はごく少数であった。", "In each organisation only very few addresses were written to."),
            ReturningPattern => new("間をおいて、同じ組織が再び狙われていた。", "The same organisation was attacked again after a pause."),
            AttendedPattern => new("返信から短時間で次のメールが届いていた。", "The next mail came shortly after the reply."),
            EvolvingPattern => new("手口が時とともに変わっていた。", "The manner changed over time."),
            _ => null,
        };
}
