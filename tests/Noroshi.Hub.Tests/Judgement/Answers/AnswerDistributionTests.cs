using Noroshi.Evaluate.Alarms;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Tests.Story;
using Noroshi.MailAnatomy;
using Noroshi.Makers.Threads;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Judgement.Answers;

public sealed class AnswerDistributionTests(ITestOutputHelper output)
{
    [Fact]
    public void No_attack_of_the_story_is_answered_with_nothing_found()
    {
        var story = StoryMails.Story;
        var answers = new List<GivenAnswer>();
        foreach (var group in story.Known.GroupBy(known => known.Mail.Organization, StringComparer.Ordinal))
        {
            var member = story.Members.Find(group.Key);
            var known = new List<KnownMail>();
            var prints = new List<MailPrint>();
            foreach (var one in group.OrderBy(one => one.Mail.ReceivedAt))
            {
                var given = one with { Mail = one.Mail with { Stated = null } };
                var print = MailPrint.Of(given, member);
                if (one.Mail.Direction is not (MailDirection.Outbound or MailDirection.Internal))
                {
                    var near = Related.To([print], prints).ToHashSet(StringComparer.Ordinal);
                    var reasons = OwnView.Of(
                        new OwnMaterial
                        {
                            Given = [given],
                            Own = [.. known.Where(own => near.Contains(own.Mail.Key))],
                            Organization = member,
                        }
                    );
                    var (told, _) = story.Mails.First(mail => mail.Story.File == one.Mail.Key);
                    var what =
                        told.Case == 0 ? $"other {one.Mail.Stated?.Verdict}"
                        : told.Payload.Length > 0 ? "attack"
                        : "case without payload";
                    answers.Add(new GivenAnswer(one.Mail.Key, what, AnswerReasons.Gravest(reasons), reasons));
                }

                known.Add(given);
                prints.Add(print);
            }
        }

        Show(answers);
        answers.Where(one => one.What == "attack").ShouldNotBeEmpty();
        answers.Where(one => one is { What: "attack", Answer: AnswerKind.NothingFound }).ShouldBeEmpty();
        // What speaks about an archive that stayed shut, and who asks for names: the figures of decision 13.
        answers
            .Where(one => one.Reasons.Any(reason => reason == AnswerReasons.LockedBefore))
            .ShouldAllBe(one => one.Answer >= AnswerKind.CannotTell);
        answers.Count(one => one is { What: "case without payload", Answer: AnswerKind.NothingFound }).ShouldBe(13);
        answers.Count(one => one is { What: "other targeted", Answer: AnswerKind.NothingFound }).ShouldBe(20);
    }

    [Fact]
    public void Honest_people_at_the_window_are_seldom_told_not_to_be_opened()
    {
        var answers = AnswerEvaluation.OfThreads(ReadThreads.Of([.. AuthoredThreads.All(2)]));
        Show(answers);
        var benign = answers.Where(one => one.What == "benign").ToList();
        benign.Count.ShouldBeGreaterThan(50);
        // The two that remain show the window a mail with a disguised program: it is not to be opened whoever sends it.
        benign.Where(one => one.Answer == AnswerKind.DoNotOpen).ShouldAllBe(one => one.Reasons.Contains(AnswerReasons.ReportedMail));
        benign.Count(one => one.Answer == AnswerKind.HoldReply).ShouldBeLessThan(benign.Count / 20);
        benign.Count(one => one.Answer == AnswerKind.NothingFound).ShouldBeGreaterThan(benign.Count * 3 / 5);
    }

    private void Show(IReadOnlyList<GivenAnswer> answers)
    {
        using var text = new StringWriter();
        AnswerEvaluation.Print(answers, text);
        foreach (
            var one in answers.Where(one =>
                one is { What: "attack", Answer: AnswerKind.NothingFound } or { What: "benign", Answer: >= AnswerKind.HoldReply }
            )
        )
        {
            text.WriteLine($"{one.What} {one.Key}: {one.Answer} {string.Join(' ', one.Reasons)}");
        }
        output.WriteLine(text.ToString());
    }
}
