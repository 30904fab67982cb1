using System.Text;
using Noroshi.Exchange.Csv;
using Noroshi.Exchange.Misp;
using Noroshi.Exchange.Notices;
using Noroshi.Exchange.Stix;
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
        // The hosts of a free-mail service are everybody's.
        item.Indicators.Where(one => one.Kind == IndicatorKind.Ip)
            .Select(one => one.Value)
            .ShouldNotContain("198.51.100.1", StringComparer.Ordinal);
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

    [Fact]
    public void Every_form_of_every_attack_passes_the_gate_whole()
    {
        var hub = new HubName(new Guid("7b1d1a52-1f0c-4c0e-8a5e-64c0a4b7d9e1"), "情報共有ハブ", "Sharing hub");
        var at = new DateTimeOffset(2014, 1, 6, 1, 2, 3, TimeSpan.Zero);
        foreach (var attack in Attacks())
        {
            var release = new Release
            {
                Item = ItemAssembly.Assemble(Made(attack).Draft, _ => true, ids: new DrawnIds()),
                FirstAt = at,
                At = at,
            };
            foreach (
                var (name, bytes) in new[]
                {
                    ("stix", StixBundle.Of(release, hub)),
                    ("misp", MispEvent.Of([release], hub).Json.ToArray()),
                    ("csv", IndicatorCsv.Of([release], ja: true, at)),
                    ("mail", Mail(release)),
                }
            )
            {
                var report = Guard.Value.Gate.Inspect(bytes);
                report.Incomplete.ShouldBeFalse(name);
                report.Hits.ShouldBeEmpty(name);
            }
        }
    }

    private static byte[] Mail(Release release)
    {
        using var mail = ShareNotice.Whole(
            release,
            new NoticeEnvelope
            {
                From = "hub@hub.invalid",
                FromName = "",
                To = "receiver@receiver.invalid",
                MessageId = "notice@hub.invalid",
                Date = DateTimeOffset.UnixEpoch,
                Boundary = "notice",
            }
        );
        return ShareNotice.Bytes(mail);
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

    /// <summary>
    /// Ids that look drawn and are the same in each run: among many at random there is now and then one that reads, undone often enough, like a short word
    /// of somebody, which is for a person to look at.
    /// </summary>
    private sealed class DrawnIds : IItemIds
    {
        private int _number;

        public Guid Item { get; } = new("0b7f6a52-4a3d-4c1e-9d55-1f2e3a4b5c6d");

        public Guid Indicator(IndicatorKind kind, string value) => Next();

        public Guid Campaign(string alias) => Next();

        private Guid Next() => new(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(++_number)).AsSpan(0, 16));
    }
}
