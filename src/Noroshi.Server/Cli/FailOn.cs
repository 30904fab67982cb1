using Noroshi.Hub.Conversations;
using Noroshi.Hub.Judgement;
using Noroshi.MailAnatomy.Findings;
using Noroshi.Server.Analysis;

namespace Noroshi.Server.Cli;

/// <summary>What <c>--fail-on</c> asks for: <c>attack</c>, <c>conversation</c>, or <c>finding:CODE</c>.</summary>
internal static class FailOn
{
    private const string FindingPrefix = "finding:";

    /// <summary>What is wrong with a word; null when nothing is.</summary>
    public static string? Fault(string word, Speech speech) =>
        word is "attack" or "conversation" ? null
        : !word.StartsWith(FindingPrefix, StringComparison.Ordinal)
            ? speech[
                $"--fail-on {word}: 使えるのは attack、conversation、finding:コード です。",
                $"--fail-on {word}: attack, conversation and finding:CODE are known."
            ]
        : !FindingCodes.ByCode().ContainsKey(word[FindingPrefix.Length..])
            ? speech[
                $"--fail-on {word}: そのコードはありません。一覧は docs/findings.md にあります。",
                $"--fail-on {word}: there is no such code; docs/findings.md lists them."
            ]
        : null;

    /// <summary>Whether a run shows what a word asks for.</summary>
    public static bool Applies(string word, RunTotals totals, Situation situation) =>
        word switch
        {
            "attack" => situation.Mails.Values.Any(mail => PayloadEvidence.IsAttack(PayloadEvidence.In(mail)))
                || situation.Conversations.Any(one => one.Messages.Any(message => message.Role == MessageRole.Attack)),
            "conversation" => situation.Conversations.Any(one => one.Assessment is Assessment.High or Assessment.Medium or Assessment.Live),
            _ => totals.Has(word[FindingPrefix.Length..]),
        };
}
