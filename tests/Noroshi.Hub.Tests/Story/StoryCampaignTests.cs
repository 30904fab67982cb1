using Noroshi.Hub.Campaigns;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Story;

public sealed class StoryCampaignTests
{
    private static readonly string[] Planted = [.. Enumerable.Range(1, 15).Select(StoryMails.IdOf)];

    [Fact]
    public void All_folders_together_show_one_campaign_over_exactly_the_planted_exchanges() =>
        Shape(Attackers(Clusters(StoryMails.Story.Features))).ShouldBe(string.Join(' ', Planted));

    [Fact]
    public void Each_organisation_alone_shows_no_campaign()
    {
        foreach (var organization in StoryMails.Story.Features.GroupBy(mail => mail.Organization, StringComparer.Ordinal))
        {
            Shape(Attackers(Clusters([.. organization]))).ShouldBe("", organization.Key);
        }
    }

    [Fact]
    public void Without_any_one_organisation_the_rest_stays_together()
    {
        var story = StoryMails.Story.Features;
        var cases = story
            .Where(mail => Planted.Contains(mail.Exchange))
            .Select(mail => (mail.Organization, mail.Exchange))
            .Distinct()
            .ToList();
        foreach (var left in cases.Select(one => one.Organization).Distinct(StringComparer.Ordinal))
        {
            var expected = string.Join(
                ' ',
                cases.Where(one => one.Organization != left).Select(one => one.Exchange).Order(StringComparer.Ordinal)
            );
            Shape(Attackers(Clusters([.. story.Where(mail => mail.Organization != left)]))).ShouldBe(expected, left);
        }
    }

    [Fact]
    public void In_the_control_world_there_is_no_campaign() => Shape(Attackers(Clusters(StoryMails.Control.Features))).ShouldBe("");

    /// <summary>Clusters that are no mass mailing.</summary>
    private static IEnumerable<IReadOnlyList<Exchange>> Attackers(IReadOnlyList<IReadOnlyList<Exchange>> clusters) =>
        clusters.Where(cluster => cluster.Any(one => !one.Id.StartsWith("mass", StringComparison.Ordinal)));

    private static string Shape(IEnumerable<IReadOnlyList<Exchange>> clusters) =>
        string.Join(" | ", clusters.Select(cluster => string.Join(' ', cluster.Select(one => one.Id).Order(StringComparer.Ordinal))));

    private static IReadOnlyList<IReadOnlyList<Exchange>> Clusters(IReadOnlyList<MailFeatures> mails)
    {
        var index = new MemoryFeatureIndex();
        foreach (var mail in mails)
        {
            index.Add(mail);
        }

        var engine = new CampaignEngine(
            new MemoryFeatureIndex(),
            new LinkScorer(RarityEpoch.Freeze(1, index, BackgroundRarity.Shipped)),
            []
        );
        engine.Load(mails);
        engine.Settle();
        return engine.Clusters();
    }
}
