using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Makers.Attackers;

namespace Noroshi.Evaluate.Campaigns;

/// <summary>Mails, clustered once, with what can be asked of the result.</summary>
internal sealed class CampaignRun
{
    private readonly CampaignEngine _engine;
    private readonly IReadOnlyList<Found> _found;
    private readonly Dictionary<string, Found> _clusterOf = new(StringComparer.Ordinal);
    private readonly List<int> _candidates = [];

    public CampaignRun(IReadOnlyList<Planted> mails)
    {
        Mails = mails;
        Index = new MemoryFeatureIndex();
        var counted = new MemoryFeatureIndex();
        foreach (var mail in mails)
        {
            counted.Add(mail.Features);
        }

        _engine = new CampaignEngine(Index, new LinkScorer(RarityEpoch.Freeze(1, counted, BackgroundRarity.Shipped)), []);
        // One after the other, as they come: candidates are counted against what is there.
        foreach (var mail in mails)
        {
            _candidates.Add(_engine.Add(mail.Features));
        }

        _engine.Settle();
        _found =
        [
            .. _engine
                .Clusters()
                .Select(cluster => new Found(cluster, [.. cluster.SelectMany(exchange => exchange.Mails).Select(number => mails[number])])),
        ];
        foreach (var found in _found)
        {
            foreach (var mail in found.Mails)
            {
                _clusterOf[mail.Features.Key] = found;
            }
        }

        foreach (
            var exchange in mails
                .Where(mail => !_clusterOf.ContainsKey(mail.Features.Key))
                .GroupBy(mail => mail.Features.Exchange, StringComparer.Ordinal)
        )
        {
            var alone = new Found([], [.. exchange]);
            foreach (var mail in exchange)
            {
                _clusterOf[mail.Features.Key] = alone;
            }
        }
    }

    public IReadOnlyList<Planted> Mails { get; }

    public MemoryFeatureIndex Index { get; }

    public IReadOnlyList<Found> Clusters => _found;

    public Link? LinkBetween(Exchange a, Exchange b) => _engine.LinkBetween(a, b);

    public Fit Fit(Func<Planted, bool> chosen) => CampaignScore.Of(Mails, _clusterOf, chosen);

    /// <summary>Clusters that hold an attacker's mails and strangers', by the best link between an attacker's exchange and a stranger's.</summary>
    public int Merged(EvaluationHalf half, LinkLevel level) =>
        _found.Count(found => found.Mails.Any(mail => mail.Half == half && !mail.Stranger) && MixedLevel(found) == level);

    /// <summary>A line of the table.</summary>
    public string RowOf(Attacker attacker)
    {
        var mails = Mails.Where(mail => !mail.Stranger && mail.Name == attacker.Name).ToList();
        var clusters = mails
            .Select(mail => _clusterOf[mail.Features.Key])
            .Distinct()
            .OrderByDescending(found => Own(found, attacker))
            .ToList();
        var fit = Fit(mail => mail.Name == attacker.Name);
        var strangers = clusters
            .SelectMany(found => found.Mails)
            .Where(mail => mail.Stranger)
            .Select(mail => $"**{mail.Name} {mail.Sender}**")
            .Take(4);
        var outside = clusters.Skip(1).Take(12).Select(found => Outside(found, clusters[0]));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {attacker.Name} | {attacker.Half} | {mails.Count} | {clusters.Count} | {Own(clusters[0], attacker)} | {fit.Precision:F2} | {fit.Recall:F2} | {string.Join("; ", strangers.Concat(outside))} |"
        );
    }

    /// <summary>Candidates per mail, and the share of all pairs that was looked at.</summary>
    public string Cost()
    {
        var sorted = _candidates.Order().ToList();
        var pairs = (double)Mails.Count * (Mails.Count - 1) / 2;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Candidates a mail: mean {sorted.Average():F1}, median {sorted[sorted.Count / 2]}, p99 {sorted[(int)(sorted.Count * 0.99)]}, most {sorted[^1]}; {sorted.Sum(one => (long)one) / pairs:P2} of all pairs."
        );
    }

    private static int Own(Found found, Attacker attacker) => found.Mails.Count(mail => !mail.Stranger && mail.Name == attacker.Name);

    private LinkLevel MixedLevel(Found found)
    {
        var ofAttackers = found.Exchanges.Where(exchange => !Mails[exchange.Mails[0]].Stranger).ToList();
        var ofStrangers = found.Exchanges.Where(exchange => Mails[exchange.Mails[0]].Stranger).ToList();
        return ofAttackers.Count == 0 || ofStrangers.Count == 0
            ? LinkLevel.None
            : ofAttackers.Max(one => ofStrangers.Max(other => _engine.LinkBetween(one, other)?.Level ?? LinkLevel.None));
    }

    private string Outside(Found found, Found largest)
    {
        var mail = found.Mails[0];
        var key = mail.Features.Exchange;
        var own = found.Exchanges.Count > 0 ? found.Exchanges[0] : _engine.Find(key);
        var best =
            own is null || largest.Exchanges.Count == 0
                ? null
                : largest.Exchanges.Select(one => _engine.LinkBetween(own, one)).OfType<Link>().MaxBy(link => link.Bits);
        var rows = best
            ?.Evidence.Skip(1)
            .OrderByDescending(row => row.Bits)
            .Take(4)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{EvidenceRules.Word(row.Family)} {row.Bits}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Mails.Count} {mail.Sender} -> {mail.Features.Organization}: {best?.Bits} ({string.Join(", ", rows ?? [])})"
        );
    }
}
