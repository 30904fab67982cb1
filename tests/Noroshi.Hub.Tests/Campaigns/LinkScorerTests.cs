using Noroshi.Hub.Campaigns;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Campaigns;

public sealed class LinkScorerTests
{
    private static readonly (EvidenceFamily, string, string) Machine = (EvidenceFamily.DocumentTrait, "unique", "machineId: lab-pc01");
    private static readonly (EvidenceFamily, string, string) C2 = (EvidenceFamily.Destination, "c2-host", "update.example");
    private static readonly (EvidenceFamily, string, string) Mailer = (EvidenceFamily.Composition, "mailer", "Mailer 6.0");

    [Fact]
    public void In_a_folder_of_ten_mails_a_shared_machine_and_destination_link_and_a_shared_mailer_does_not()
    {
        var index = new MemoryFeatureIndex();
        index.Add(Made.Mail("m0", Machine, C2, Mailer));
        index.Add(Made.Mail("m1", Machine, C2));
        index.Add(Made.Mail("m2", Mailer));
        for (var i = 3; i < 10; i++)
        {
            index.Add(Made.Mail($"m{i}", (EvidenceFamily.SenderAddress, "address", $"p{i}@example.org")));
        }

        var scorer = new LinkScorer(RarityEpoch.Freeze(1, index, BackgroundRarity.Shipped));
        scorer.Score(index.Mail(0), index.Mail(1)).Level.ShouldBe(LinkLevel.Strong);
        scorer.Score(index.Mail(0), index.Mail(2)).Level.ShouldBe(LinkLevel.None);
    }

    [Fact]
    public void One_family_alone_never_links()
    {
        var link = new LinkScorer(RarityEpoch.First).Score(Made.Mail("a", Machine), Made.Mail("b", Machine));
        link.Holds.ShouldBeFalse();
        link.Families.ShouldBe(1);
    }

    [Fact]
    public void An_identical_payload_is_strong_by_itself()
    {
        var a = Made.Mail("a") with { Payloads = ["aa"] };
        var b = Made.Mail("b") with { Payloads = ["aa"] };
        new LinkScorer(RarityEpoch.First).Score(a, b).Level.ShouldBe(LinkLevel.Strong);
    }

    [Fact]
    public void The_printed_sum_is_the_sum_of_the_printed_rows_and_taking_a_family_away_takes_its_rows()
    {
        var mails = Made.World(seed: 7, attackers: 4, mailsEach: 12, strangers: 40);
        var index = new MemoryFeatureIndex();
        mails.ForEach(mail => index.Add(mail));
        var epoch = RarityEpoch.Freeze(1, index, BackgroundRarity.Shipped);
        var scorer = new LinkScorer(epoch);
        var compared = 0;
        foreach (var a in mails)
        {
            foreach (var b in mails.Where(b => string.CompareOrdinal(a.Key, b.Key) < 0))
            {
                var link = scorer.Score(a, b);
                link.Bits.ShouldBe(link.Evidence.Sum(row => row.Bits));
                link.Evidence.ShouldAllBe(row => row.Bits * 10 == decimal.Truncate(row.Bits * 10));
                foreach (var family in link.Evidence.Where(row => row.Bits > 0).Select(row => row.Family).Distinct())
                {
                    // The same mails without the values of the family weigh what the link says they would, counter-evidence aside.
                    var bare = scorer.Score(Strip(a, family), Strip(b, family));
                    bare.Evidence.Where(row => row.Bits > 0)
                        .Sum(row => row.Bits)
                        .ShouldBe(link.Evidence.Where(row => row.Bits > 0 && row.Family != family).Sum(row => row.Bits));
                    compared++;
                }
            }
        }

        compared.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void A_link_is_the_same_from_both_sides()
    {
        var a = Made.Mail("a", Machine, C2, Mailer);
        var b = Made.Mail("b", Machine, Mailer, (EvidenceFamily.Composition, "time-zone", "+0800"));
        var scorer = new LinkScorer(RarityEpoch.First);
        scorer.Score(a, b).ToString().ShouldBe(scorer.Score(b, a).ToString());
        scorer.Score(a, b).Evidence.ShouldBe(scorer.Score(b, a).Evidence);
    }

    [Fact]
    public void Different_habits_speak_against_a_link()
    {
        var a = Made.Mail("a", Machine, C2, (EvidenceFamily.Composition, "mailer", "one"));
        var b = Made.Mail("b", Machine, C2, (EvidenceFamily.Composition, "mailer", "other"));
        new LinkScorer(RarityEpoch.First)
            .Score(a, b)
            .Evidence.ShouldContain(row => row.Bits < 0 && row.Family == EvidenceFamily.Composition);
    }

    [Fact]
    public void First_contacts_four_minutes_apart_weigh_more_than_fifty_minutes_apart_and_hours_nothing()
    {
        var at = new DateTimeOffset(2013, 10, 15, 13, 0, 0, TimeSpan.FromHours(9));
        decimal Burst(int minutes)
        {
            var a = Made.Mail("a") with { FirstContact = true, ReceivedAt = at };
            var b = Made.Mail("b") with { FirstContact = true, ReceivedAt = at.AddMinutes(minutes) };
            return new LinkScorer(RarityEpoch.First)
                .Score(a, b)
                .Evidence.Where(row => row.Family == EvidenceFamily.TimeBurst)
                .Sum(row => row.Bits);
        }

        Burst(4).ShouldBe(4);
        Burst(50).ShouldBeInRange(0.1m, 3.9m);
        Burst(120).ShouldBe(0);
    }

    [Fact]
    public void A_likeness_that_many_templates_share_weighs_little()
    {
        const string Template =
            "The order number given above has been received and will be handled by our sales team within three working days of today.";
        var index = new MemoryFeatureIndex();
        for (var i = 0; i < 300; i++)
        {
            index.Add(Made.Mail($"t{i}") with { Sketch = TextSketch.Of(Template) });
        }

        var rare = new LinkScorer(RarityEpoch.First).Score(index.Mail(0), index.Mail(1));
        var common = new LinkScorer(RarityEpoch.Freeze(1, index, BackgroundRarity.Shipped)).Score(index.Mail(0), index.Mail(1));
        rare.Bits.ShouldBeGreaterThan(common.Bits + 4);
    }

    private static MailFeatures Strip(MailFeatures mail, EvidenceFamily family) =>
        mail with
        {
            Features = [.. mail.Features.Where(feature => feature.Family != family)],
            Sketch = family == EvidenceFamily.Text ? [] : mail.Sketch,
            FirstContact = family != EvidenceFamily.TimeBurst && mail.FirstContact,
        };
}
