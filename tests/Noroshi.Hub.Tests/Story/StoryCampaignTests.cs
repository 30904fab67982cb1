using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Story;

/// <summary>Alone against together: what all folders show, and no single one does.</summary>
public sealed class StoryCampaignTests
{
    private static readonly Lazy<Situation> Together = new(() => Of(StoryMails.Story, StoryMails.Story.Known));

    [Fact]
    public void All_folders_together_show_one_campaign_of_exactly_the_attackers_mails()
    {
        var campaign = Together.Value.Campaigns.ShouldHaveSingleItem();
        campaign.Confidence.ShouldBe(LinkLevel.Strong);
        campaign.Mails.ShouldBe(
            StoryMails
                .Story.Mails.Where(one => one.Story.Case > 0 && one.Mail.Direction == MailDirection.Inbound)
                .Select(one => one.Story.File),
            ignoreOrder: true
        );
        campaign.Exchanges.Count.ShouldBe(15);
    }

    [Fact]
    public void Its_times_show_what_was_told()
    {
        var patterns = Together.Value.Campaigns[0].Patterns;
        var parallel = patterns.OfType<ParallelPattern>().ShouldHaveSingleItem();
        (parallel.Windows, parallel.Organizations, parallel.Strong).ShouldBe((3, 3, true));
        parallel.Minutes.ShouldBeLessThanOrEqualTo(4);
        var sequential = patterns.OfType<SequentialPattern>().ShouldHaveSingleItem();
        sequential.Organizations.ShouldBe(5);
        sequential.Days.ShouldBeInRange(10, 14);
        patterns.OfType<CarefulPattern>().ShouldHaveSingleItem().MostAddresses.ShouldBeLessThanOrEqualTo(2);
        var returning = patterns.OfType<ReturningPattern>().ToList();
        returning.Select(one => one.Organization).ShouldBe(["gas-b", "power-b"], ignoreOrder: true);
        returning.ShouldAllBe(one => one.Days >= 90);
        patterns.OfType<AttendedPattern>().ShouldHaveSingleItem().MedianMinutes.ShouldBeInRange(11, 16);
    }

    [Fact]
    public void Each_organisation_alone_shows_no_campaign()
    {
        foreach (var organization in StoryMails.Story.Known.GroupBy(known => known.Mail.Organization, StringComparer.Ordinal))
        {
            Of(StoryMails.Story, [.. organization]).Campaigns.ShouldBeEmpty(organization.Key);
        }
    }

    [Fact]
    public void Without_any_one_organisation_the_rest_stays_together()
    {
        var story = StoryMails.Story;
        var campaign = Together.Value.Campaigns[0];
        foreach (var left in campaign.Organizations)
        {
            // Half of the strangers are enough here, and half the time.
            var rest = story.Known.Where(
                (known, at) => known.Mail.Organization != left && (story.CaseOf(known.Mail.Key) > 0 || at % 2 == 0)
            );
            var found = Of(story, [.. rest]).Campaigns.ShouldHaveSingleItem();
            var kept = campaign.Mails.Where(key => !key.StartsWith(left + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            string.Join(' ', found.Mails).ShouldBe(string.Join(' ', kept), left);
        }
    }

    [Fact]
    public void Table_1_is_the_fourth_case()
    {
        var table = Together.Value.Conversations.Single(one => one.Messages.Any(message => message.Label == "#4-1"));
        FilesOf(table.Id).ShouldBe(StoryMails.Story.World.Cases["table-1"]);
        table.Messages.Select(message => message.Label).ShouldBe(Enumerable.Range(1, 9).Select(row => $"#4-{row}"));
        table
            .Messages.Select(message => message.Role)
            .ShouldBe([
                MessageRole.Reconnaissance,
                MessageRole.Reply,
                MessageRole.Attack,
                MessageRole.Reply,
                MessageRole.Attack,
                MessageRole.Reply,
                MessageRole.Reconnaissance,
                MessageRole.Reply,
                MessageRole.Attack,
            ]);
    }

    [Fact]
    public void In_the_control_world_there_is_no_campaign() => Of(StoryMails.Control, StoryMails.Control.Known).Campaigns.ShouldBeEmpty();

    [Fact]
    public void At_the_end_of_the_year_a_warning_stands_for_each_of_the_three_reasons_and_no_other()
    {
        var warned = Together.Value.Warnings.Select(one => $"{one.Reason}: {string.Join(' ', FilesOf(one.Conversation))}").ToList();
        warned.Sort(StringComparer.Ordinal);
        warned.ShouldBe(
            [
                $"{LiveReason.Environment}: {string.Join(' ', StoryMails.Story.World.Cases["live-environment"])}",
                $"{LiveReason.Parallel}: {string.Join(' ', StoryMails.Story.World.Cases["live-parallel"])}",
                $"{LiveReason.ResemblesKnown}: {string.Join(' ', StoryMails.Story.World.Cases["live-resembles-known"])}",
            ],
            string.Join(" / ", Together.Value.Warnings.Select(one => one.Detail))
        );
    }

    private static Situation Of(StoryMails world, IReadOnlyList<KnownMail> mails) => Situations.Of(mails, world.Members, world.Stated);

    private static IEnumerable<string> FilesOf(string conversation) =>
        Together.Value.Conversations.Single(one => one.Id == conversation).Messages.Select(message => message.Mail).OfType<string>();
}
