using CsCheck;
using Noroshi.Hub.Campaigns;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Campaigns;

public sealed class CampaignPropertyTests
{
    private const int Worlds = 60;

    [Fact]
    public void Whatever_the_order_and_wherever_it_settles_the_clusters_are_those_of_a_rebuild() =>
        Gen.Select(GeneratedWorld.Any, Gen.Int[1, 1_000_000])
            .Sample(
                (mails, seed) =>
                {
                    var epoch = GeneratedWorld.EpochOf(mails);
                    var rebuilt = GeneratedWorld.Rebuilt(mails, epoch);
                    var expected = Made.Shape(rebuilt);
                    var random = new Random(seed);
                    var shuffled = mails.ToArray();
                    random.Shuffle(shuffled);
                    var engine = Made.Engine(epoch);
                    for (var i = 0; i < shuffled.Length; i++)
                    {
                        if (random.Next(4) == 0)
                        {
                            engine.Load([shuffled[i]]);
                        }
                        else
                        {
                            engine.Add(shuffled[i]);
                        }

                        if (random.Next(10) == 0)
                        {
                            engine.Settle();
                        }
                    }

                    engine.Settle();
                    Made.Shape(engine).ShouldBe(expected);
                    Edges(engine, mails).ShouldBe(Edges(rebuilt, mails));
                    engine.Provisional.ShouldBeEmpty();
                },
                iter: Worlds
            );

    [Fact]
    public void Rarities_do_not_depend_on_the_order_in_which_mails_came() =>
        Gen.Select(GeneratedWorld.Any, Gen.Int[1, 1_000_000])
            .Sample(
                (mails, seed) =>
                {
                    var shuffled = mails.ToArray();
                    new Random(seed).Shuffle(shuffled);
                    var (one, other) = (GeneratedWorld.EpochOf(mails), GeneratedWorld.EpochOf(shuffled));
                    other.UniqueMails.ShouldBe(one.UniqueMails);
                    other.Frequencies.OrderBy(pair => pair.Key).ShouldBe(one.Frequencies.OrderBy(pair => pair.Key));
                    foreach (var (id, counted) in one.Frequencies)
                    {
                        mails
                            .Where(mail => mail.Features.Any(feature => feature.Id == id) || mail.Sketch.Contains(id))
                            .Select(mail => mail.UniqueId)
                            .Distinct()
                            .Count()
                            .ShouldBe(counted);
                    }
                },
                iter: Worlds
            );

    [Fact]
    public void The_sum_is_that_of_the_rows_and_scoring_without_a_family_gives_what_the_link_foretold() =>
        GeneratedWorld.Any.Sample(
            mails =>
            {
                var scorer = new LinkScorer(GeneratedWorld.EpochOf(mails));
                for (var i = 1; i < mails.Count; i++)
                {
                    var (a, b) = (mails[i - 1], mails[i]);
                    var link = scorer.Score(a, b);
                    link.Bits.ShouldBe(link.Evidence.Sum(row => row.Bits));
                    var weight = scorer.Weigh(a, b);
                    (weight.Level, weight.Tenths / 10m).ShouldBe((link.Level, link.Bits));
                    foreach (var family in Enum.GetValues<EvidenceFamily>().Where(family => family != EvidenceFamily.Prior))
                    {
                        scorer.Score(Without(a, family), Without(b, family)).Bits.ShouldBe(link.Without(family), $"{link} {family}");
                    }
                }
            },
            iter: Worlds
        );

    [Fact]
    public void What_analysts_forbid_never_stands_in_one_cluster() =>
        Gen.Select(GeneratedWorld.Any, Gen.Int[1, 1_000_000])
            .Sample(
                (mails, seed) =>
                {
                    var epoch = GeneratedWorld.EpochOf(mails);
                    var clustered = GeneratedWorld.Rebuilt(mails, epoch).Clusters();
                    if (clustered.Count == 0)
                    {
                        return;
                    }

                    var random = new Random(seed);
                    var decisions = Enumerable
                        .Range(0, 6)
                        .Select(_ => clustered[random.Next(clustered.Count)])
                        .Select(cluster => (One: cluster[random.Next(cluster.Count)].Id, Other: cluster[random.Next(cluster.Count)].Id))
                        .Where(pair => pair.One != pair.Other)
                        .Select(pair => new Decision(pair.One, pair.Other, Together: false, "no"))
                        .ToArray();
                    var of = ClusterOf(GeneratedWorld.Rebuilt(mails, epoch, decisions));
                    foreach (var decision in decisions)
                    {
                        (
                            of.TryGetValue(decision.A, out var one) && of.TryGetValue(decision.B, out var other) && one == other
                        ).ShouldBeFalse();
                    }
                },
                iter: Worlds
            );

    [Fact]
    public void What_analysts_demand_stands_in_one_cluster_unless_they_also_forbid_it() =>
        Gen.Select(GeneratedWorld.Any, Gen.Int[1, 1_000_000])
            .Sample(
                (mails, seed) =>
                {
                    var epoch = GeneratedWorld.EpochOf(mails);
                    var random = new Random(seed);
                    var exchanges = mails.Select(mail => mail.Exchange).Distinct(StringComparer.Ordinal).ToList();
                    var decisions = Enumerable
                        .Range(0, 6)
                        .Select(_ => (One: exchanges[random.Next(exchanges.Count)], Other: exchanges[random.Next(exchanges.Count)]))
                        .Where(pair => pair.One != pair.Other)
                        .Select(pair => new Decision(pair.One, pair.Other, Together: true, "yes"))
                        .ToArray();
                    var of = ClusterOf(GeneratedWorld.Rebuilt(mails, epoch, decisions));
                    foreach (var decision in decisions)
                    {
                        of[decision.A].ShouldBe(of[decision.B]);
                    }
                },
                iter: Worlds
            );

    [Fact]
    public void With_decisions_too_the_way_there_does_not_show() =>
        Gen.Select(GeneratedWorld.Any, Gen.Int[1, 1_000_000])
            .Sample(
                (mails, seed) =>
                {
                    var epoch = GeneratedWorld.EpochOf(mails);
                    var random = new Random(seed);
                    var exchanges = mails.Select(mail => mail.Exchange).Distinct(StringComparer.Ordinal).ToList();
                    var decisions = Enumerable
                        .Range(0, 8)
                        .Select(_ => new Decision(
                            exchanges[random.Next(exchanges.Count)],
                            exchanges[random.Next(exchanges.Count)],
                            random.Next(2) == 0,
                            "chance"
                        ))
                        .Where(decision => decision.A != decision.B)
                        .ToArray();
                    var engine = Made.Engine(epoch, decisions);
                    foreach (var mail in Enumerable.Reverse(mails))
                    {
                        engine.Add(mail);
                        if (random.Next(9) == 0)
                        {
                            engine.Settle();
                        }
                    }

                    engine.Settle();
                    Made.Shape(engine).ShouldBe(Made.Shape(GeneratedWorld.Rebuilt(mails, epoch, decisions)));
                },
                iter: Worlds
            );

    [Fact]
    public void An_epoch_stays_as_it_was_frozen_whatever_comes_later()
    {
        var mails = GeneratedWorld.Of(seed: 11, count: 120);
        var index = new MemoryFeatureIndex();
        foreach (var mail in mails.Take(60))
        {
            index.Add(mail);
        }

        var epoch = RarityEpoch.Freeze(1, index, BackgroundRarity.Shipped);
        var scorer = new LinkScorer(epoch);
        var before = Enumerable.Range(1, 59).Select(i => scorer.Score(mails[i - 1], mails[i]).Evidence).ToList();
        foreach (var mail in mails.Skip(60))
        {
            index.Add(mail);
        }

        var after = Enumerable.Range(1, 59).Select(i => scorer.Score(mails[i - 1], mails[i]).Evidence).ToList();
        for (var i = 0; i < before.Count; i++)
        {
            after[i].ShouldBe(before[i]);
        }

        var later = new LinkScorer(RarityEpoch.Freeze(2, index, BackgroundRarity.Shipped));
        Enumerable
            .Range(1, 59)
            .Count(i => later.Score(mails[i - 1], mails[i]).Bits != before[i - 1].Sum(row => row.Bits))
            .ShouldBeGreaterThan(10);
    }

    [Fact]
    public void An_id_that_ends_leads_to_the_campaign_that_has_most_of_its_mails_and_none_is_given_twice() =>
        Gen.Int[1, 1_000_000]
            .Sample(
                seed =>
                {
                    var mails = Made.World(seed, attackers: 3, mailsEach: 24, strangers: 20);
                    new Random(seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(mails));
                    var epoch = GeneratedWorld.EpochOf(mails);
                    var index = new MemoryFeatureIndex();
                    var engine = new CampaignEngine(index, new LinkScorer(epoch), []);
                    var state = CampaignState.Empty;
                    var ended = new HashSet<string>(StringComparer.Ordinal);
                    var kept = 0;
                    foreach (var part in mails.Chunk(23))
                    {
                        engine.Load(part);
                        engine.Settle();
                        var before = state;
                        state = CampaignRegistry.Assign(
                            before,
                            engine.Clusters().Select(cluster => CampaignBuilder.Of(cluster, engine, index))
                        );
                        state.Campaigns.Select(campaign => campaign.Id).ShouldBeUnique(StringComparer.Ordinal);
                        state.Campaigns.ShouldAllBe(campaign => !ended.Contains(campaign.Id));
                        var now = state.Campaigns.Select(campaign => campaign.Id).ToHashSet(StringComparer.Ordinal);
                        kept += before.Campaigns.Count(campaign => now.Contains(campaign.Id));
                        foreach (var old in before.Campaigns.Where(old => !now.Contains(old.Id)))
                        {
                            ended.Add(old.Id);
                            int SharedWith(Campaign campaign) => campaign.Mails.Intersect(old.Mails, StringComparer.Ordinal).Count();
                            var most = state.Campaigns.Max(SharedWith);
                            (state.Find(old.Id) is { } heir ? SharedWith(heir) : 0).ShouldBe(most);
                        }
                    }

                    kept.ShouldBeGreaterThan(0);
                },
                iter: 12
            );

    private static List<string> Edges(CampaignEngine engine, List<MailFeatures> mails) =>
        [
            .. mails
                .Select(mail => mail.Exchange)
                .Distinct(StringComparer.Ordinal)
                .Select(id => engine.Find(id).ShouldNotBeNull())
                .SelectMany(exchange => exchange.Near.Keys, (exchange, near) => $"{exchange.Id} {near.Id}")
                .Order(StringComparer.Ordinal),
        ];

    private static Dictionary<string, int> ClusterOf(CampaignEngine engine) =>
        engine
            .Clusters()
            .SelectMany((cluster, number) => cluster.Select(exchange => (exchange.Id, number)))
            .ToDictionary(pair => pair.Id, pair => pair.number, StringComparer.Ordinal);

    private static MailFeatures Without(MailFeatures mail, EvidenceFamily family) =>
        mail with
        {
            Features = [.. mail.Features.Where(feature => feature.Family != family)],
            Sketch = family == EvidenceFamily.Text ? [] : mail.Sketch,
            FirstContact = family != EvidenceFamily.TimeBurst && mail.FirstContact,
        };
}
