using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Judgement;

public sealed class VerdictTests
{
    [Theory]
    [InlineData(9, Verdict.Unknown)]
    [InlineData(10, Verdict.MassMailed)]
    [InlineData(400, Verdict.MassMailed)]
    public void Ten_destinations_make_a_mass_mailing(int destinations, Verdict expected) =>
        new VerdictRules().Propose(new VerdictFacts { Destinations = destinations }).Verdict.ShouldBe(expected);

    [Fact]
    public void A_community_may_agree_on_another_number_and_the_proposal_says_which() =>
        new VerdictRules(new CommunityRules { MassMailedFrom = 3 })
            .Propose(new VerdictFacts { Destinations = 4 })
            .ShouldBe(new VerdictProposal(Verdict.MassMailed, VerdictReason.ManyDestinations, "4/3"));

    [Fact]
    public void Whoever_answered_a_reply_meant_that_window_however_many_got_the_same_text() =>
        new VerdictRules()
            .Propose(
                new VerdictFacts
                {
                    Destinations = 50,
                    Exchange = Assessment.High,
                    Role = MessageRole.Attack,
                }
            )
            .Reason.ShouldBe(VerdictReason.ConversationalAttack);

    [Fact]
    public void A_reply_of_the_window_is_not_judged_targeted_because_its_exchange_is() =>
        new VerdictRules()
            .Propose(new VerdictFacts { Exchange = Assessment.High, Role = MessageRole.Reply })
            .Verdict.ShouldBe(Verdict.Unknown);

    [Fact]
    public void What_the_provider_stated_stands_above_the_rules_but_unknown_states_nothing()
    {
        new VerdictRules()
            .Propose(new VerdictFacts { Stated = Verdict.Spam, Destinations = 99 })
            .ShouldBe(new VerdictProposal(Verdict.Spam, VerdictReason.Stated));
        new VerdictRules().Propose(new VerdictFacts { Stated = Verdict.Unknown, Destinations = 99 }).Verdict.ShouldBe(Verdict.MassMailed);
    }

    [Fact]
    public void The_life_of_a_case_follows_its_table()
    {
        CaseFile.After(CaseState.Open, CaseVerb.Hold).ShouldBe(CaseState.Held);
        CaseFile.After(CaseState.Held, CaseVerb.Reopen).ShouldBe(CaseState.Open);
        CaseFile.After(CaseState.Excluded, CaseVerb.Close).ShouldBeNull();
        CaseFile.After(CaseState.Merged, CaseVerb.Reopen).ShouldBeNull();
        CaseFile.After(CaseState.Open, CaseVerb.Reopen).ShouldBeNull();
    }

    [Fact]
    public void Merging_keeps_everything_once_and_refuses_what_is_merged_already()
    {
        var at = new DateTimeOffset(2013, 10, 17, 9, 0, 0, TimeSpan.FromHours(9));
        var one = new CaseFile
        {
            Title = "A",
            Mails = ["1-1", "2-1"],
            Comments = [new("u1", at.AddHours(1), "later")],
        };
        var other = new CaseFile
        {
            Title = "B",
            Mails = ["2-1", "3-1"],
            Comments = [new("u2", at, "earlier")],
        };
        var (kept, gone) = one.Merge(other, "a");
        kept.Mails.ShouldBe(["1-1", "2-1", "3-1"]);
        kept.Comments.Select(comment => comment.Text).ShouldBe(["earlier", "later"]);
        (gone.State, gone.MergedInto, gone.Mails.Count).ShouldBe((CaseState.Merged, "a", 2));
        Should.Throw<InvalidOperationException>(() => one.Merge(gone, "a"));
    }

    [Fact]
    public void An_inquiry_says_what_is_missing()
    {
        var now = new DateTimeOffset(2013, 10, 17, 9, 0, 0, TimeSpan.FromHours(9));
        var good = new Inquiry
        {
            Kind = InquiryKind.Rfi,
            To = ["a", "b"],
            Text = "?",
            By = "u",
            At = now,
            Deadline = now.AddDays(4),
            PermittedBy = "c",
        };
        Inquiry.Problem(good, now).ShouldBeNull();
        Inquiry.Problem(good with { PermittedBy = null }, now).ShouldNotBeNull().En.ShouldContain("permitted");
        Inquiry.Problem(good with { Deadline = now }, now).ShouldNotBeNull().En.ShouldContain("deadline");
        Inquiry.Problem(good with { To = [] }, now).ShouldNotBeNull();
        Inquiry.Problem(good with { Kind = InquiryKind.ProviderRequest }, now).ShouldNotBeNull();
        Inquiry.Problem(good with { Text = null }, now).ShouldNotBeNull();
    }

    [Fact]
    public void A_reminder_goes_out_at_half_time_and_once_more_after_the_deadline()
    {
        var now = new DateTimeOffset(2013, 10, 17, 9, 0, 0, TimeSpan.FromHours(9));
        var asked = new Inquiry
        {
            Kind = InquiryKind.Rfi,
            To = ["a"],
            Text = "?",
            By = "u",
            At = now,
            Deadline = now.AddDays(4),
            PermittedBy = "c",
        };
        asked.ReminderDue(now.AddDays(1)).ShouldBeFalse();
        asked.ReminderDue(now.AddDays(2)).ShouldBeTrue();
        var once = asked with { Reminded = [now.AddDays(2)] };
        once.ReminderDue(now.AddDays(3)).ShouldBeFalse();
        once.ReminderDue(now.AddDays(4)).ShouldBeTrue();
        var twice = once with { Reminded = [now.AddDays(2), now.AddDays(4)] };
        twice.ReminderDue(now.AddDays(30)).ShouldBeFalse();
        var answered = asked with { Answers = [new("a", "k", now, "yes")] };
        answered.ReminderDue(now.AddDays(30)).ShouldBeFalse();
    }
}
