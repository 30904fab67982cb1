namespace Noroshi.Hub.Campaigns;

/// <summary>A series of attacks that appear to be one attacker's (一連の攻撃).</summary>
public sealed record Campaign
{
    /// <summary>Stable id.</summary>
    public required string Id { get; init; }

    /// <summary>Counts changes of what belongs to it; every report cites id and version.</summary>
    public required int Version { get; init; }

    /// <summary>Neutral name.</summary>
    public required string Alias { get; init; }

    /// <summary>Ids of the exchanges, ordinal.</summary>
    public required IReadOnlyList<string> Exchanges { get; init; }

    /// <summary>Keys of the attacker's mails, ordinal.</summary>
    public required IReadOnlyList<string> Mails { get; init; }

    /// <summary>Organisations, ordinal.</summary>
    public required IReadOnlyList<string> Organizations { get; init; }

    /// <summary>How sure.</summary>
    public required LinkLevel Confidence { get; init; }

    /// <summary>Mean bits of what holds it together: for each exchange, the better half of its links to the representatives.</summary>
    public required decimal Bits { get; init; }

    /// <summary>Links that hold it together, the heaviest first.</summary>
    public required IReadOnlyList<Link> Links { get; init; }

    /// <summary>The mean without each family that speaks for it.</summary>
    public required IReadOnlyList<(EvidenceFamily Family, decimal Bits)> Without { get; init; }

    /// <summary>What its times show.</summary>
    public IReadOnlyList<TimePattern> Patterns { get; init; } = [];
}

/// <summary>Makes campaigns of clusters.</summary>
internal static class CampaignBuilder
{
    /// <summary>Links told of one campaign: each exchange to the representatives.</summary>
    private const int MostLinks = 400;

    /// <summary>The campaign of a cluster; id, version and alias are given by the <see cref="CampaignRegistry"/>.</summary>
    public static Campaign Of(IReadOnlyList<Exchange> cluster, CampaignEngine engine, IFeatureIndex index)
    {
        var representatives = CampaignEngine.RepresentativesOf(cluster);
        var links = new Dictionary<(string, string), Link>();
        var core = new List<Link>();
        foreach (var exchange in cluster)
        {
            var own = new List<Link>();
            foreach (var representative in representatives)
            {
                if (representative.Id != exchange.Id && engine.LinkBetween(exchange, representative) is { } link)
                {
                    own.Add(link);
                    if (link.Holds)
                    {
                        links[(link.A, link.B)] = link;
                    }
                }
            }

            core.AddRange(
                own.OrderByDescending(link => link.Bits).ThenBy(link => link.A, StringComparer.Ordinal).Take((own.Count + 1) / 2)
            );
        }

        var mails = cluster.SelectMany(exchange => exchange.Mails).Select(index.Mail).ToList();
        var bits = Mean(core.Select(link => link.Bits));
        return new Campaign
        {
            Id = "",
            Version = 0,
            Alias = "",
            Exchanges = [.. cluster.Select(exchange => exchange.Id).Order(StringComparer.Ordinal)],
            Mails = [.. mails.Select(mail => mail.Key).Order(StringComparer.Ordinal)],
            Organizations =
            [
                .. mails.Select(mail => mail.Organization).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ],
            Confidence = bits >= (decimal)EvidenceRules.Strong || Mostly(core, LinkLevel.Strong) ? LinkLevel.Strong : LinkLevel.Probable,
            Bits = bits,
            Links =
            [
                .. links
                    .Values.OrderByDescending(link => link.Bits)
                    .ThenBy(link => link.A, StringComparer.Ordinal)
                    .ThenBy(link => link.B, StringComparer.Ordinal)
                    .Take(MostLinks),
            ],
            Without =
            [
                .. core.SelectMany(link => link.Evidence.Where(row => row.Bits > 0).Select(row => row.Family))
                    .Distinct()
                    .Order()
                    .Select(family => (family, Mean(core.Select(link => link.Without(family))))),
            ],
        };
    }

    private static bool Mostly(List<Link> links, LinkLevel level) =>
        links.Count > 0 && links.Count(link => link.Level == level) * 2 > links.Count;

    private static decimal Mean(IEnumerable<decimal> bits) => Math.Round(bits.DefaultIfEmpty().Average(), 1, MidpointRounding.AwayFromZero);
}
