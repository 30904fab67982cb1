using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Tests.Story;
using Noroshi.MailAnatomy;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Judgement.Answers;

public sealed class OwnViewTests
{
    [Fact]
    public void An_early_warning_reaches_the_first_mails_of_later_cases_and_nobody_elses()
    {
        var story = StoryMails.Story;
        var (cases, others, warnedCases, warnedOthers) = (0, 0, 0, 0);
        foreach (var one in story.Known.Where(one => one.Mail.Direction == MailDirection.Inbound && one.Mail.ReceivedAt?.Year == 2013))
        {
            var ofCase = story.CaseOf(one.Mail.Key) > 0;
            if (!ofCase && one.Mail.Stated?.Verdict != "harmless")
            {
                continue;
            }

            var member = story.Members.Find(one.Mail.Organization);
            var given = Without(one);
            var foreign = story
                .Known.Where(other => other.Mail.Organization != one.Mail.Organization && other.Mail.ReceivedAt < one.Mail.ReceivedAt)
                .Select(Without)
                .ToList();
            var near = Related
                .To(
                    [MailPrint.Of(given, member)],
                    [.. foreign.Select(other => MailPrint.Of(other, story.Members.Find(other.Mail.Organization)))]
                )
                .ToHashSet(StringComparer.Ordinal);
            var reasons = OwnView.Of(
                new OwnMaterial
                {
                    Given = [given],
                    Warned = [.. foreign.Where(other => near.Contains(other.Mail.Key))],
                    Organization = member,
                }
            );
            var warned = reasons.Contains(AnswerReasons.EarlyWarning, StringComparer.Ordinal);
            (cases, others) = ofCase ? (cases + 1, others) : (cases, others + 1);
            (warnedCases, warnedOthers) = (warnedCases + (warned && ofCase ? 1 : 0), warnedOthers + (warned && !ofCase ? 1 : 0));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"cases {warnedCases}/{cases}, harmless {warnedOthers}/{others}");
        cases.ShouldBeGreaterThan(10);
        others.ShouldBeGreaterThan(10);
        warnedOthers.ShouldBe(0);
        warnedCases.ShouldBeGreaterThan(cases / 2);
    }

    [Fact]
    public void Without_mails_there_is_nothing_to_tell() => OwnView.Of(new OwnMaterial { Given = [] }).ShouldBe([AnswerReasons.NoMail]);

    [Fact]
    public void The_gravest_reason_decides_and_an_unknown_one_does_not()
    {
        AnswerReasons.Gravest([]).ShouldBe(AnswerKind.NothingFound);
        AnswerReasons.Gravest(["no.such"]).ShouldBe(AnswerKind.NothingFound);
        AnswerReasons.Gravest([AnswerReasons.Locked, AnswerReasons.Program, AnswerReasons.Parallel]).ShouldBe(AnswerKind.DoNotOpen);
        AnswerReasons
            .InOrder([AnswerReasons.Locked, AnswerReasons.Program, AnswerReasons.Locked])
            .ShouldBe([AnswerReasons.Program, AnswerReasons.Locked]);
    }

    [Fact]
    public void An_analysts_word_stands_above_a_later_automatic_one()
    {
        var at = new DateTimeOffset(2013, 10, 17, 0, 0, 0, TimeSpan.Zero);
        var automatic = new Answer
        {
            Kind = AnswerKind.DoNotOpen,
            Basis = AnswerBasis.Automatic,
            At = at,
        };
        var analyst = automatic with { Kind = AnswerKind.NothingFound, Basis = AnswerBasis.Analyst };
        Answer.Standing([automatic, analyst, automatic]).ShouldBe(analyst);
        Answer.Standing([]).ShouldBeNull();
        Answer.FromJson(automatic.ToJson()).SaysTheSame(automatic).ShouldBeTrue();
    }

    /// <summary>What a window hands in comes without a verdict.</summary>
    private static KnownMail Without(KnownMail one) => one with { Mail = one.Mail with { Stated = null } };
}
