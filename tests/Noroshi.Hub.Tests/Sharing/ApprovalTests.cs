using Noroshi.Hub.Sharing.Approvals;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Sharing;

/// <summary>The life cycle of an approval.</summary>
public sealed class ApprovalTests
{
    private static readonly DateTimeOffset Now = new(2013, 10, 17, 10, 0, 0, TimeSpan.FromHours(9));
    private static readonly DateTimeOffset Later = Now.AddDays(2);

    [Fact]
    public void A_yes_allows_the_version_that_was_shown_and_no_other()
    {
        var approved = Asked().Decide(ApprovalVerb.Approve, "u-boss", "hash-1", null, Now);
        approved.State.ShouldBe(ApprovalState.Approved);
        approved.Allows("hash-1").ShouldBeTrue();
        approved.Allows("hash-2").ShouldBeFalse();
        approved.Revised("hash-1").ShouldBe(approved);
        var edited = approved.Revised("hash-2");
        edited.State.ShouldBe(ApprovalState.Draft);
        edited.Allows("hash-1").ShouldBeFalse();
        edited.Allows("hash-2").ShouldBeFalse();
    }

    [Fact]
    public void A_yes_to_an_earlier_version_is_refused() =>
        Problem(() => Asked().Decide(ApprovalVerb.Approve, "u-boss", "hash-0", null, Now)).ShouldBe(ApprovalProblem.OtherVersion);

    [Fact]
    public void Who_handed_in_may_say_no_but_not_yes()
    {
        Problem(() => Asked().Decide(ApprovalVerb.Approve, "u-desk", "hash-1", null, Now)).ShouldBe(ApprovalProblem.ApproverIsSubmitter);
        Asked().Decide(ApprovalVerb.Refuse, "u-desk", "hash-1", "Not this one.", Now).State.ShouldBe(ApprovalState.Refused);
    }

    [Fact]
    public void Publication_is_another_question_and_void_with_the_same_changes()
    {
        Problem(() => Asked().Publish(PublicationApproval.Yes, "u-boss", "hash-1", Now)).ShouldBe(ApprovalProblem.NotInThisState);
        var approved = Asked().Decide(ApprovalVerb.Approve, "u-boss", "hash-1", null, Now);
        approved.Publication.ShouldBe(PublicationApproval.NotAsked);
        Problem(() => approved.Publish(PublicationApproval.Yes, "u-boss", "hash-0", Now)).ShouldBe(ApprovalProblem.OtherVersion);
        Problem(() => approved.Publish(PublicationApproval.Yes, "u-desk", "hash-1", Now)).ShouldBe(ApprovalProblem.ApproverIsSubmitter);
        approved.Publish(PublicationApproval.No, "u-desk", "hash-1", Now).Publication.ShouldBe(PublicationApproval.No);
        var allowed = approved.Publish(PublicationApproval.StatisticsOnly, "u-boss", "hash-1", Now);
        allowed.Publication.ShouldBe(PublicationApproval.StatisticsOnly);
        allowed.Allows("hash-1").ShouldBeTrue();
        allowed.Revised("hash-2").Publication.ShouldBe(PublicationApproval.NotAsked);
    }

    [Fact]
    public void A_reminder_is_due_once_when_half_of_the_time_is_over()
    {
        var asked = Asked();
        asked.ReminderDue(Now.AddHours(23)).ShouldBeFalse();
        asked.ReminderDue(Now.AddHours(24)).ShouldBeTrue();
        (asked with { Reminded = [Now] }).ReminderDue(Now.AddHours(25)).ShouldBeFalse();
        asked.ReminderDue(Later).ShouldBeFalse();
        asked.Decide(ApprovalVerb.Approve, "u-boss", "hash-1", null, Now).ReminderDue(Now.AddHours(25)).ShouldBeFalse();
    }

    [Fact]
    public void A_wish_and_a_no_need_words()
    {
        foreach (var verb in new[] { ApprovalVerb.RequestChange, ApprovalVerb.Refuse })
        {
            Problem(() => Asked().Decide(verb, "u-boss", "hash-1", "  ", Now)).ShouldBe(ApprovalProblem.WordsMissing);
        }
    }

    [Theory]
    [InlineData(ApprovalMode.PerCase, ApprovalState.Expired)]
    [InlineData(ApprovalMode.AtIntake, ApprovalState.Expired)]
    [InlineData(ApprovalMode.Standing, ApprovalState.Approved)]
    [InlineData(ApprovalMode.Urgent, ApprovalState.Approved)]
    public void Silence_is_a_yes_only_where_that_was_signed(ApprovalMode mode, ApprovalState expected)
    {
        var asked = Asked() with { Mode = mode };
        asked.AtDeadline(Later.AddSeconds(-1)).ShouldBeNull();
        var over = asked.AtDeadline(Later).ShouldNotBeNull();
        over.State.ShouldBe(expected);
        over.DecidedBy.ShouldBeNull();
        over.AtDeadline(Later.AddYears(1)).ShouldBeNull();
    }

    [Fact]
    public void An_expired_one_can_still_be_decided_or_asked_again()
    {
        var expired = Asked().AtDeadline(Later).ShouldNotBeNull();
        expired.Decide(ApprovalVerb.Approve, "u-boss", "hash-1", null, Later).Allows("hash-1").ShouldBeTrue();
        expired.Ask("hash-2", Later, Later.AddDays(1)).State.ShouldBe(ApprovalState.Pending);
    }

    [Fact]
    public void A_withdrawal_ends_it_for_good_whatever_the_text_becomes()
    {
        var approved = Asked().Decide(ApprovalVerb.Approve, "u-boss", "hash-1", null, Now);
        var withdrawn = approved.Withdraw("u-boss", null, Later);
        withdrawn.Allows("hash-1").ShouldBeFalse();
        withdrawn.Revised("hash-2").State.ShouldBe(ApprovalState.Withdrawn);
        Problem(() => withdrawn.Ask("hash-1", Later, Later)).ShouldBe(ApprovalProblem.NotInThisState);
        Problem(() => withdrawn.Decide(ApprovalVerb.Approve, "u-boss", "hash-1", null, Later)).ShouldBe(ApprovalProblem.NotInThisState);
    }

    [Fact]
    public void The_table_is_this_and_nothing_else()
    {
        var rows =
            from state in Enum.GetValues<ApprovalState>()
            from verb in Enum.GetValues<ApprovalVerb>()
            let after = Approval.After(state, verb)
            where after is not null
            select $"{state} {verb} {after}";
        rows.ShouldBe([
            "Draft Ask Pending",
            "Draft Revise Draft",
            "Draft Withdraw Withdrawn",
            "Pending Approve Approved",
            "Pending RequestChange ChangesRequested",
            "Pending Refuse Refused",
            "Pending Pass Approved",
            "Pending Expire Expired",
            "Pending Revise Draft",
            "Pending Withdraw Withdrawn",
            "ChangesRequested Refuse Refused",
            "ChangesRequested Revise Draft",
            "ChangesRequested Withdraw Withdrawn",
            "Approved Revise Draft",
            "Approved Withdraw Withdrawn",
            "Refused Revise Draft",
            "Refused Withdraw Withdrawn",
            "Expired Ask Pending",
            "Expired Approve Approved",
            "Expired RequestChange ChangesRequested",
            "Expired Refuse Refused",
            "Expired Revise Draft",
            "Expired Withdraw Withdrawn",
        ]);
    }

    private static Approval Asked() =>
        new Approval
        {
            Draft = "draft-1",
            Organization = "power-a",
            Provisions = ["p-1"],
            Submitters = ["u-desk"],
            Mode = ApprovalMode.PerCase,
        }.Ask("hash-1", Now, Later);

    private static ApprovalProblem Problem(Action step) => Should.Throw<ApprovalRefusedException>(step).Problem;
}
