using System.Text;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Hub.Sharing.Sanitising;
using Noroshi.Hub.Tests.Story;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Sharing.Sanitising;

/// <summary>The cases of the story can leave the hub, and nobody of the community with them.</summary>
public sealed class StorySharingTests
{
    private static readonly Lazy<Situation> Seen = new(() =>
        Situations.Of([.. StoryMails.Story.Known], StoryMails.Story.Members, StoryMails.Story.Stated)
    );

    private static readonly Lazy<IdentityGuard> Guard = new(() =>
        new IdentityGuard(
            StoryMails
                .Story.Members.Organizations.SelectMany(IdentityTerms.Of)
                .Concat(
                    StoryMails.Story.Mails.SelectMany(one =>
                        IdentityTerms.Harvested(one.Mail, Estates.Of(StoryMails.Story.Members.Find(one.Mail.Organization)))
                    )
                )
        )
    );

    [Fact]
    public void Table_1_leaves_with_its_roles_intervals_and_Lhaplus_and_without_the_provider()
    {
        var table1 = Attacks().Single(one => one.Messages.Count(message => message.Role != MessageRole.Other) == 9);
        var item = ItemAssembly.Assemble(Made(table1).Draft, _ => true);
        var rows = item.Conversations.Single().Messages;
        rows.Select(row => row.Role)
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
        rows[6].GapSeconds.ShouldBe(13 * 60);
        rows[8].GapSeconds.ShouldBe(51 * 60);
        rows[7].Description.Ja.ShouldContain("Lhaplus");
        rows[8].Description.Ja.ShouldContain("#1-5");
        rows.Where(row => row.Role == MessageRole.Reply).ShouldAllBe(row => row.Mail == null);
        item.Indicators.ShouldNotBeEmpty();
        item.Mails.ShouldAllBe(mail => mail.At == null);
        Guard.Value.Gate.Inspect(ItemForm.Bytes(item)).Hits.ShouldBeEmpty();
    }

    [Fact]
    public void Every_attack_of_the_story_passes_the_gate_and_keeps_what_helps_others()
    {
        var attacks = Attacks().ToList();
        attacks.Count.ShouldBeGreaterThanOrEqualTo(10);
        foreach (var attack in attacks)
        {
            var item = ItemAssembly.Assemble(Made(attack).Draft, _ => true);
            var report = Guard.Value.Gate.Inspect(ItemForm.Bytes(item));
            report.Hits.ShouldBeEmpty(Encoding.UTF8.GetString(ItemForm.Bytes(item)));
            item.Title.Ja.ShouldContain("やり取り型");
            item.Indicators.ShouldContain(one => one.Kind == IndicatorKind.Sender);
        }
    }

    private static IEnumerable<Conversation> Attacks() =>
        Seen.Value.Conversations.Where(one =>
            one.Stage == ConversationStage.Attacked && one.Assessment >= Assessment.Medium && one.Assessment != Assessment.Live
        );

    private static MadeDraft Made(Conversation conversation)
    {
        var keys = conversation.Messages.Select(message => message.Mail).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return DraftMaker.Make(
            new DraftOrder
            {
                Kind = ItemKind.Case,
                Audience = new Audience { Reach = AudienceReach.AllGroups },
                Marking = new Marking
                {
                    Tlp = Tlp.Amber,
                    Pap = Pap.Amber,
                    Redistribution = Redistribution.OwnOrganizationOnly,
                    ExpiresAt = new DateTimeOffset(2014, 3, 31, 0, 0, 0, TimeSpan.FromHours(9)),
                },
                Contact = new BothLanguages("情報ハブ", "the hub"),
            },
            new DraftMaterial
            {
                Mails =
                [
                    .. StoryMails
                        .Story.Mails.Where(one => keys.Contains(one.Mail.Key))
                        .Select(one => new GivenMail(one.Mail, one.Mail.Stated?.Provision ?? one.Mail.Key)),
                ],
                Conversations = [conversation],
                Campaign = Seen.Value.Campaigns.FirstOrDefault(campaign =>
                    campaign.Exchanges.Contains(conversation.Id, StringComparer.Ordinal)
                ),
                Members = StoryMails.Story.Members,
            },
            Guard.Value
        );
    }
}
