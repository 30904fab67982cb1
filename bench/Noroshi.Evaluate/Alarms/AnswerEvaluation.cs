using System.Globalization;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Makers.Threads;

namespace Noroshi.Evaluate.Alarms;

/// <summary>A mail that a window hands in, and the answer that it gets.</summary>
/// <param name="Key">Key of the mail.</param>
/// <param name="What">What its author knows of it: <c>attack</c>, <c>reconnaissance</c>, <c>benign</c>.</param>
/// <param name="Answer">Answer.</param>
/// <param name="Reasons">Codes.</param>
internal sealed record GivenAnswer(string Key, string What, AnswerKind Answer, IReadOnlyList<string> Reasons);

/// <summary>Which of the four answers windows get that hand in each mail when it comes, without a word of their own about it.</summary>
internal sealed class AnswerEvaluation : IEvaluation
{
    public string Word => "answers";

    public string Title => "Answers to windows";

    public void Run(string mails, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Print(OfThreads(ReadThreads.All()), output);
    }

    /// <summary>A table of answers by what the mails are, and the most frequent reasons.</summary>
    public static void Print(IReadOnlyList<GivenAnswer> answers, TextWriter output)
    {
        output.WriteLine("| mails | N | do-not-open | hold-reply | cannot-tell | nothing-found |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var group in answers.GroupBy(one => one.What, StringComparer.Ordinal).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            string Share(AnswerKind kind) =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{group.Count(one => one.Answer == kind)} ({100.0 * group.Count(one => one.Answer == kind) / group.Count():0.0} %)"
                );
            output.WriteLine(
                $"| {group.Key} | {group.Count()} | {Share(AnswerKind.DoNotOpen)} | {Share(AnswerKind.HoldReply)} | {Share(AnswerKind.CannotTell)} | {Share(AnswerKind.NothingFound)} |"
            );
        }

        output.WriteLine();
        foreach (var group in answers.GroupBy(one => one.What, StringComparer.Ordinal).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var reasons = group
                .SelectMany(one => one.Reasons)
                .GroupBy(code => code, StringComparer.Ordinal)
                .OrderByDescending(one => one.Count())
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Count()}"));
            output.WriteLine($"- {group.Key}: {string.Join(", ", reasons)}");
        }
    }

    /// <summary>Each mail from outside of the authored threads, given when it came, after all earlier ones of its thread.</summary>
    public static IReadOnlyList<GivenAnswer> OfThreads(IReadOnlyList<ReadThread> threads)
    {
        var answers = new List<GivenAnswer>();
        foreach (var thread in threads)
        {
            var member = ReadThreads.Members.Find(thread.Authored.Organization.Id);
            var earlier = new List<KnownMail>();
            foreach (var message in thread.Messages.Where(one => one is { Authored: not null, Entry.Mail: not null }))
            {
                if (message is not { Authored: { } authored, Entry.Mail: { } mail })
                {
                    continue;
                }

                var known = KnownMail.Of(mail with { Stated = null }, member);
                if (authored.Way == AuthoredWay.In)
                {
                    var reasons = OwnView.Of(
                        new OwnMaterial
                        {
                            Given = [known],
                            Own = [.. earlier],
                            Organization = member,
                        }
                    );
                    answers.Add(new GivenAnswer(mail.Key, WhatIs(thread.Authored, authored), AnswerReasons.Gravest(reasons), reasons));
                }

                earlier.Add(known);
            }
        }

        return answers;
    }

    private static string WhatIs(AuthoredThread thread, AuthoredMessage message) =>
        !thread.Attack ? "benign"
        : message.Role == AuthoredRole.Attack ? "attack"
        : "reconnaissance";
}
