using Noroshi.MailAnatomy.Findings;
using Noroshi.Server.Analysis;

namespace Noroshi.Server.Cli;

/// <summary>What <c>analyze</c> says on standard error: what it could not read, whom it does not know, what it counted.</summary>
internal static class AnalyzeTalk
{
    private const int MostLines = 20;

    /// <summary>Says what was passed over and counted.</summary>
    /// <returns>The exit code of the run, <c>--fail-on</c> left out.</returns>
    public static int Conclude(RunTotals totals, FoundInputs found, Speech speech)
    {
        foreach (var one in totals.PassedOver.Take(MostLines))
        {
            Say(WhyPassedOver(one, speech));
        }

        if (totals.PassedOver.Count > MostLines)
        {
            Say(
                speech[
                    $"ほか {totals.PassedOver.Count - MostLines} 件も飛ばしました。",
                    $"passed over {totals.PassedOver.Count - MostLines} more."
                ]
            );
        }

        Say(
            speech[$"入力 {found.Inputs.Count} 件からメール {totals.Mails} 通。", $"{totals.Mails} mails from {found.Inputs.Count} inputs."]
        );
        if (totals.Mails == 0 && found.Stated.Count == 0)
        {
            return ExitCode.Error;
        }

        return
            found.Unread.Count > 0
            || totals.Has(FindingCodes.Run.Unread.Code)
            || totals.Has(FindingCodes.Run.LockedMail.Code)
            || totals.PassedOver.Any(one => one.Code != FindingCodes.Run.NoMail.Code)
            ? ExitCode.Partly
            : ExitCode.Ok;
    }

    private static string WhyPassedOver(Finding one, Speech speech) =>
        one.Code == FindingCodes.Run.LockedMail.Code
            ? speech[
                $"暗号化されていて開けません(--password で渡せます): {one.Detail}",
                $"locked, could not be opened (--password gives one): {one.Detail}"
            ]
        : one.Code == FindingCodes.Run.NoMail.Code
            ? speech[
                $"メールではないので飛ばしました(中身は noroshi dissect で見られます): {one.Detail}",
                $"passed over, not a mail (noroshi dissect takes it apart): {one.Detail}"
            ]
        : speech[
            $"最後まで読めていません: {one.Detail}: {Sentence(one, speech)} [{one.Code}]",
            $"not read to its end: {one.Detail}: {Sentence(one, speech)} [{one.Code}]"
        ];

    private static string Sentence(Finding finding, Speech speech) =>
        FindingCodes.ByCode().TryGetValue(finding.Code, out var code) ? speech[code.Ja, code.En] : finding.Code;

    /// <summary>Says which folders could not be listed.</summary>
    public static void SayUnread(FoundInputs found, Speech speech)
    {
        foreach (var reason in found.Unread.Take(MostLines))
        {
            Say(speech[$"フォルダを読めません: {reason}", $"a folder cannot be read: {reason}"]);
        }
    }

    /// <summary>Says which organisations nobody knows.</summary>
    public static void SayStrangers(FoundInputs found, Speech speech)
    {
        if (found.Strangers.Count > 0)
        {
            var names = string.Join(", ", found.Strangers.Take(MostLines));
            Say(
                speech[
                    $"注意: 参加組織のファイルにない組織です({found.Strangers.Count}件)。方向は決められません: {names}",
                    $"Note: organisations that the members file does not know ({found.Strangers.Count}); directions stay unknown: {names}"
                ]
            );
        }
    }

    /// <summary>Talk goes to standard error; names come from whoever made the files.</summary>
    public static void Say(string text) => Console.Error.WriteLine(TerminalText.Escape(text));
}
