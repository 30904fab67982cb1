using System.Text;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Drafts;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Sharing;

/// <summary>Items from parts: what a provider's no removes, and that it does not show.</summary>
public sealed class ItemAssemblyTests
{
    [Fact]
    public void A_refusal_removes_exactly_what_rests_on_that_provider()
    {
        var all = ItemAssembly.Assemble(Draft(), _ => true);
        var without = ItemAssembly.Assemble(Draft(), provision => provision != "p-b");
        all.Mails.Count.ShouldBe(3);
        without.Mails.Select(mail => mail.Subject).ShouldBe(["inquiry", "a third"]);
        without.Indicators.Select(one => one.Value).ShouldBe(["both@free.example", "third@free.example"]);
        without.Summary.En.ShouldBe("One is known.");
        all.Summary.En.ShouldBe("One is known.\nAnother one is like it.");
        without.Campaign.ShouldBeNull();
        all.Campaign.ShouldNotBeNull();
    }

    [Fact]
    public void What_is_left_is_what_it_would_be_had_the_other_never_provided()
    {
        var draft = Draft();
        var never = draft with
        {
            Texts = [.. draft.Texts.Where(NotB)],
            Mails = [.. draft.Mails.Where(NotB)],
            Conversations = [.. draft.Conversations.Where(NotB)],
            Indicators = [.. draft.Indicators.Where(NotB)],
            Campaigns = [.. draft.Campaigns.Where(NotB)],
        };
        Encoding
            .UTF8.GetString(ItemForm.Bytes(ItemAssembly.Assemble(draft, provision => provision != "p-b")))
            .ShouldBe(Encoding.UTF8.GetString(ItemForm.Bytes(ItemAssembly.Assemble(never, _ => true))));

        static bool NotB<T>(DraftPart<T> part)
            where T : class => !part.Provisions.Contains("p-b", StringComparer.Ordinal);
    }

    [Fact]
    public void Labels_have_no_gap_and_descriptions_name_the_new_ones()
    {
        var without = ItemAssembly.Assemble(Draft(), provision => provision != "p-a");
        without.Conversations.Single().Messages.Select(row => row.Label).ShouldBe(["#1-1", "#1-2"]);
        without.Conversations.Single().Messages[1].Description.En.ShouldBe("Answers #1-1.");
        without.Mails.Select(mail => mail.Label).ShouldBe(["#1-2", "#2-1"]);
    }

    [Fact]
    public void Another_providers_part_does_not_change_what_a_provider_approves()
    {
        var draft = Draft();
        var changed = draft with
        {
            Mails =
            [
                .. draft.Mails.Select(part =>
                    part.Provisions.Contains("p-b", StringComparer.Ordinal)
                        ? part with
                        {
                            Value = part.Value with { Mail = part.Value.Mail with { Subject = "something else" } },
                        }
                        : part
                ),
            ],
        };
        Hash(changed, "p-a").ShouldBe(Hash(draft, "p-a"));
        Hash(changed, "p-b").ShouldNotBe(Hash(draft, "p-b"), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_text_marking_and_audience_is_part_of_what_is_approved()
    {
        var draft = Draft();
        var hash = Hash(draft, "p-a");
        Hash(draft with { Audience = new Audience { Reach = AudienceReach.AllGroups } }, "p-a").ShouldNotBe(hash, StringComparer.Ordinal);
        Hash(draft with { Marking = draft.Marking with { Tlp = Tlp.Green } }, "p-a").ShouldNotBe(hash, StringComparer.Ordinal);
        Hash(draft with { Contact = new BothLanguages("窓口", "desk") }, "p-a").ShouldNotBe(hash, StringComparer.Ordinal);
        Hash(draft with { Texts = [.. draft.Texts.Skip(1)] }, "p-a").ShouldNotBe(hash, StringComparer.Ordinal);
        Hash(draft, "p-a").ShouldBe(hash);
    }

    [Fact]
    public void Items_are_read_back_as_they_were_written()
    {
        var item = ItemAssembly.Assemble(Draft(), _ => true, 2, new RandomIds());
        var bytes = ItemForm.Bytes(item);
        ItemForm.Bytes(ItemForm.Read(bytes)).ShouldBe(bytes);
    }

    [Fact]
    public void Only_a_release_draws_ids()
    {
        ItemAssembly.Assemble(Draft(), _ => true).Indicators.ShouldAllBe(one => one.Id == Guid.Empty);
        var released = ItemAssembly.Assemble(Draft(), _ => true, 1, new RandomIds());
        released.Indicators.Select(one => one.Id).Append(released.Id).Distinct().Count().ShouldBe(released.Indicators.Count + 1);
        released.Indicators.ShouldAllBe(one => one.Id.Version == 4);
    }

    private static string Hash(ItemDraft draft, string provision) => ItemAssembly.ApprovalHash(draft, one => one == provision);

    private static ItemDraft Draft() =>
        new()
        {
            Kind = ItemKind.Case,
            Origin = ItemOrigin.Provisions,
            Audience = new Audience { Reach = AudienceReach.OwnGroup, Groups = ["power"] },
            Marking = new Marking
            {
                Tlp = Tlp.Amber,
                Pap = Pap.Amber,
                Redistribution = Redistribution.OwnOrganizationOnly,
                ExpiresAt = new DateTimeOffset(2014, 4, 1, 0, 0, 0, TimeSpan.FromHours(9)),
            },
            Contact = new BothLanguages("情報ハブ 分析担当", "Hub analysts"),
            Texts =
            [
                new(new(TextPlace.Title, new("標題", "A title")), []),
                new(new(TextPlace.Summary, new("一件が知られています。", "One is known.")), []),
                new(new(TextPlace.Summary, new("似たものがもう一件あります。", "Another one is like it.")), ["p-b"]),
                new(new(TextPlace.Countermeasure, new("添付を開かないでください。", "Do not open the attachment.")), []),
            ],
            Mails = [Mail("a/1", "inquiry", "p-a"), Mail("b/1", "the attack", "p-b"), Mail("c/1", "a third", "p-c")],
            Conversations =
            [
                Conversation("p-a", new DraftRow(Row("Asks.", null), "a/1")),
                Conversation(
                    "p-b",
                    new DraftRow(Row("The window replies.", null), null),
                    new DraftRow(Row("Answers {row:1}.", 660), "b/1")
                ),
            ],
            Indicators =
            [
                Sender("both@free.example", "p-a", "a/1"),
                Sender("both@free.example", "p-b", "b/1"),
                Sender("b-only@free.example", "p-b", "b/1"),
                Sender("third@free.example", "p-c", "c/1"),
            ],
            Campaigns =
            [
                new(
                    new SanitisedCampaign
                    {
                        Id = Guid.Empty,
                        Alias = "X",
                        Strong = true,
                    },
                    ["p-a", "p-b"]
                ),
            ],
        };

    private static DraftPart<DraftMail> Mail(string key, string subject, string provision) =>
        new(new DraftMail(key, new SanitisedMail { Label = "", Subject = subject }, []), [provision]);

    private static DraftPart<DraftConversation> Conversation(string provision, params DraftRow[] rows) =>
        new(new DraftConversation(ConversationStage.Attacked, false, WindowKind.ContactWindow, rows), [provision]);

    private static SanitisedMessage Row(string text, long? gap) =>
        new()
        {
            Label = "",
            Role = MessageRole.Attack,
            Source = MessageSource.Mail,
            GapSeconds = gap,
            Description = new BothLanguages(text, text),
        };

    private static DraftPart<DraftIndicator> Sender(string address, string provision, string key) =>
        new(
            new DraftIndicator(
                new SanitisedIndicator
                {
                    Id = Guid.Empty,
                    Kind = IndicatorKind.Sender,
                    Value = address,
                    Role = IndicatorRole.Delivery,
                },
                [key]
            ),
            [provision]
        );
}
