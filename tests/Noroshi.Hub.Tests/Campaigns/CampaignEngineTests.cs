using Noroshi.Hub.Campaigns;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Campaigns;

public sealed class CampaignEngineTests
{
    [Fact]
    public void After_settling_the_order_of_submission_changes_nothing_and_incremental_equals_rebuild()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var mails = Made.World(seed, attackers: 3, mailsEach: 8 + (seed * 6), strangers: 60);
            var epoch = EpochOf(mails);
            var rebuilt = Made.Engine(epoch);
            rebuilt.Load(mails);
            rebuilt.Settle();
            var expected = Made.Shape(rebuilt);
            expected.ShouldNotBeEmpty();
            var random = new Random(seed);
            for (var round = 0; round < 3; round++)
            {
                var shuffled = mails.ToArray();
                random.Shuffle(shuffled);
                var engine = Made.Engine(epoch);
                for (var i = 0; i < shuffled.Length; i++)
                {
                    engine.Add(shuffled[i]);
                    if (i % 37 == 36)
                    {
                        engine.Settle();
                    }
                }

                engine.Settle();
                Made.Shape(engine).ShouldBe(expected, $"seed {seed}");
                engine.Provisional.ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void Attackers_are_told_apart_and_strangers_stay_alone()
    {
        var mails = Made.World(seed: 3, attackers: 5, mailsEach: 30, strangers: 400);
        var engine = Made.Engine(EpochOf(mails));
        engine.Load(mails);
        engine.Settle();
        foreach (var cluster in engine.Clusters())
        {
            var names = cluster.Select(exchange => exchange.Id.Split('-')[1]).Distinct(StringComparer.Ordinal).ToList();
            names.Count.ShouldBe(1, string.Join(' ', cluster.Select(exchange => exchange.Id)));
            names[0][0].ShouldBe('a');
        }

        engine.Clusters().Sum(cluster => cluster.Count).ShouldBeGreaterThan(110);
    }

    [Fact]
    public void An_attacker_with_an_eighth_of_all_mails_stays_one_campaign()
    {
        var mails = Made.World(seed: 5, attackers: 1, mailsEach: 114, strangers: 825, shown: 4);
        var engine = Made.Engine(EpochOf(mails));
        engine.Load(mails);
        engine.Settle();
        engine.Clusters().Max(cluster => cluster.Count).ShouldBeGreaterThan(90);
        engine.Clusters().Count(cluster => cluster.Count > 5).ShouldBe(1);
    }

    [Fact]
    public void A_chain_of_chance_neighbours_does_not_become_one_campaign()
    {
        // Each shares two rare values with the next one only.
        var chain = Enumerable
            .Range(0, 60)
            .Select(i =>
                Made.Mail(
                    $"c{i:D2}",
                    (EvidenceFamily.DocumentTrait, "unique", $"machine {i}"),
                    (EvidenceFamily.Destination, "c2-host", $"c2-{i}.example"),
                    (EvidenceFamily.DocumentTrait, "unique", $"machine {i + 1}"),
                    (EvidenceFamily.Destination, "c2-host", $"c2-{i + 1}.example")
                )
            )
            .ToList();
        var engine = Made.Engine();
        engine.Load(chain);
        engine.Settle();
        engine.Clusters().Max(cluster => cluster.Count).ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public void Decisions_outweigh_evidence()
    {
        (EvidenceFamily, string, string)[] same =
        [
            (EvidenceFamily.DocumentTrait, "unique", "m"),
            (EvidenceFamily.Destination, "c2-host", "c"),
        ];
        MailFeatures[] mails = [Made.Mail("a", same), Made.Mail("b", same), Made.Mail("c")];
        var engine = Made.Engine(
            null,
            new Decision("x-a", "x-b", Together: false, "other tools"),
            new Decision("x-b", "x-c", Together: true, "told by telephone")
        );
        engine.Load(mails);
        engine.Settle();
        Made.Shape(engine).ShouldBe("x-b x-c");
    }

    [Fact]
    public void Weak_likenesses_are_suggested_outside_campaigns()
    {
        (EvidenceFamily, string, string)[] some =
        [
            (EvidenceFamily.SenderAddress, "address", "a@free.example"),
            (EvidenceFamily.Persona, "display-name", "same name"),
        ];
        var engine = Made.Engine();
        engine.Load([Made.Mail("a", some), Made.Mail("b", some)]);
        engine.Settle();
        engine.Clusters().ShouldBeEmpty();
        engine.Suggestions().Single().Bits.ShouldBeInRange(8, 12);
    }

    [Fact]
    public void A_mail_that_comes_later_is_compared_with_few_however_many_share_its_value()
    {
        var engine = Made.Engine();
        engine.Load(Enumerable.Range(0, 3_000).Select(i => Made.Mail($"m{i}", (EvidenceFamily.Destination, "c2-host", "popular.example"))));
        engine
            .Add(Made.Mail("new", (EvidenceFamily.Destination, "c2-host", "popular.example")))
            .ShouldBeLessThanOrEqualTo(CandidateSearch.Representatives);
    }

    [Fact]
    public void Ids_stay_when_a_campaign_grows_and_a_merge_leaves_a_redirect()
    {
        Campaign Of(params string[] mails) =>
            new()
            {
                Id = "",
                Version = 0,
                Alias = "",
                Exchanges = mails,
                Mails = mails,
                Organizations = [],
                Confidence = LinkLevel.Probable,
                Bits = 13,
                Links = [],
                Without = [],
            };
        var first = CampaignRegistry.Assign(CampaignState.Empty, [Of("a", "b"), Of("p", "q")]);
        var grown = CampaignRegistry.Assign(first, [Of("a", "b", "c"), Of("p", "q")]);
        var ofA = first.Campaigns.Single(campaign => campaign.Mails.Any(key => key == "a"));
        var afterGrowth = grown.Campaigns.Single(campaign => campaign.Mails.Any(key => key == "a"));
        afterGrowth.Id.ShouldBe(ofA.Id);
        afterGrowth.Version.ShouldBe(2);
        grown.Campaigns.Single(campaign => campaign.Mails.Any(key => key == "p")).Version.ShouldBe(1);
        var merged = CampaignRegistry.Assign(grown, [Of("a", "b", "c", "p", "q")]);
        merged.Campaigns.Count.ShouldBe(1);
        foreach (var old in grown.Campaigns)
        {
            merged.Find(old.Id).ShouldBe(merged.Campaigns[0]);
        }
    }

    private static RarityEpoch EpochOf(IEnumerable<MailFeatures> mails)
    {
        var index = new MemoryFeatureIndex();
        foreach (var mail in mails)
        {
            index.Add(mail);
        }

        return RarityEpoch.Freeze(1, index, BackgroundRarity.Shipped);
    }
}
