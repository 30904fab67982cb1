using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Story;

/// <summary>The intake list of the story world without what its people judged: what the rules propose by themselves.</summary>
public sealed class StoryIntakeListTests
{
    private static readonly Lazy<(IReadOnlyList<IntakeRow> Rows, IReadOnlyList<KnownMail> Known)> List = new(() =>
    {
        var known = StoryMails.Story.Known.Select(Unjudged).ToList();
        var situation = Situations.Of(known, StoryMails.Story.Members, StoryMails.Story.Stated);
        return (IntakeList.Of(situation, known, _ => null, new VerdictRules()), known);
    });

    [Fact]
    public void Every_mail_that_came_in_stands_in_one_row()
    {
        var (rows, known) = List.Value;
        rows.Sum(row => row.Mails).ShouldBe(known.Count(one => one.Mail.Direction is null or MailDirection.Inbound));
        rows.Select(row => row.Group).Distinct(StringComparer.Ordinal).Count().ShouldBe(rows.Count);
        rows.Select(row => row.Last).ShouldBeInOrder(SortDirection.Descending);
        rows.Count.ShouldBeLessThan(rows.Sum(row => row.Mails), "near-identical mails collapse");
    }

    [Fact]
    public void The_attackers_mails_in_his_conversations_are_proposed_as_targeted()
    {
        var attacker = List.Value.Rows.Where(row => StoryMails.Story.CaseOf(row.Mail) > 0).ToList();
        attacker.Count.ShouldBeGreaterThan(20);
        var attacked = attacker.Where(row => row.Chips.Contains(Chip.Conversational)).ToList();
        attacked.Count.ShouldBeGreaterThan(10);
        attacked
            .Where(row => row.Proposal.Reason == VerdictReason.ConversationalAttack)
            .ShouldAllBe(row => row.Proposal.Verdict == Verdict.Targeted);
        attacker.ShouldAllBe(row => row.Campaign != null && row.Chips.Contains(Chip.Campaign));
        attacker.ShouldNotContain(row =>
            row.Proposal.Verdict == Verdict.MassMailed || row.Proposal.Verdict == Verdict.Harmless || row.Proposal.Verdict == Verdict.Spam
        );
    }

    [Fact]
    public void What_went_to_ten_destinations_is_proposed_as_mass_mailed_and_says_the_figures()
    {
        var (rows, _) = List.Value;
        rows.Where(row => row.Proposal.Verdict == Verdict.MassMailed)
            .ShouldAllBe(row => row.Destinations >= 10 && row.Proposal.Detail == $"{row.Destinations}/10");
        rows.Where(row => row.Destinations >= 10 && row.Proposal.Verdict == Verdict.Unknown).ShouldBeEmpty();
    }

    [Fact]
    public void A_verdict_on_one_mail_of_a_campaign_proposes_the_same_for_the_others()
    {
        var known = List.Value.Known;
        var situation = Situations.Of(known, StoryMails.Story.Members, StoryMails.Story.Stated);
        var attacker = situation.Campaigns.Single(one => one.Mails.Any(mail => StoryMails.Story.CaseOf(mail) > 0));
        var first = attacker.Mails[0];
        var rows = IntakeList.Of(
            situation,
            known,
            mail =>
                string.Equals(mail, first, StringComparison.Ordinal)
                    ? new GivenVerdict(Verdict.Targeted, VerdictReason.Analyst, "u")
                    : null,
            new VerdictRules()
        );
        rows.Where(row => row.Campaign == attacker.Id).ShouldAllBe(row => row.Proposal.Verdict == Verdict.Targeted);
    }

    private static KnownMail Unjudged(KnownMail one) =>
        one with
        {
            Mail = one.Mail with { Stated = one.Mail.Stated is { } stated ? stated with { Verdict = null } : null },
        };
}
