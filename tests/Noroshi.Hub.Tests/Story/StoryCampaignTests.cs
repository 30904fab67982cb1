using Noroshi.Hub.Campaigns;
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
        campaign
            .Mails.ShouldBe(
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
        patterns.OfType<SequentialPattern>().ShouldHaveSingleItem().Organizations.ShouldBe(5);
        patterns.OfType<CarefulPattern>().ShouldHaveSingleItem();
        patterns.OfType<ReturningPattern>().Select(one => one.Organization).ShouldBe(["gas-b", "power-b"], ignoreOrder: true);
        patterns.OfType<AttendedPattern>().ShouldHaveSingleItem();
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
            var rest = story.Known.Where((known, at) => known.Mail.Organization != left && (story.CaseOf(known.Mail.Key) > 0 || at % 2 == 0));
            var found = Of(story, [.. rest]).Campaigns.ShouldHaveSingleItem();
            found.Mails.ShouldBe(campaign.Mails.Where(key => !key.StartsWith(left + "/", StringComparison.Ordinal)), ignoreOrder: true, left);
        }
    }

    [Fact]
    public void In_the_control_world_there_is_no_campaign() => Of(StoryMails.Control, StoryMails.Control.Known).Campaigns.ShouldBeEmpty();

    [Fact]
    public void At_the_end_of_the_year_warnings_stand_for_the_first_mail_that_resembles_and_for_the_question_about_the_environment()
    {
        var warned = Together.Value.Warnings.Select(one => $"{one.Reason}: {string.Join(' ', FilesOf(one.Conversation))}").ToList();
        warned.ShouldBe(
            [
                $"{LiveReason.ResemblesKnown}: {string.Join(' ', StoryMails.Story.World.Cases["live-resembles-known"])}",
                $"{LiveReason.Environment}: {string.Join(' ', StoryMails.Story.World.Cases["live-environment"])}",
            ],
            ignoreOrder: true,
            string.Join(" / ", Together.Value.Warnings.Select(one => one.Detail))
        );
    }

    private static Situation Of(StoryMails world, IReadOnlyList<KnownMail> mails) => Situations.Of(mails, world.Members, world.Stated);

    private static IEnumerable<string> FilesOf(string conversation) =>
        Together.Value.Conversations.Single(one => one.Id == conversation).Messages.Select(message => message.Mail).OfType<string>();
}
