using System.CommandLine;
using System.Text.Json;
using Noroshi.Exchange.Hunting;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Sharing;
using Noroshi.Server.Sharing.Hunting;

namespace Noroshi.Server.Cli;

/// <summary>
/// <c>noroshi hunt</c>: a member looks through its own logs for what was shared. All of it happens on the member's machine; the hub gets answers
/// (受信あり, 受信なし) and nothing else, and only with <c>--send</c>.
/// </summary>
internal static class HuntCommand
{
    private const int MostShown = 200;

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        var logs = new Argument<string[]>("LOG")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = speech["ログのファイルまたはフォルダ(gzipも可)", "log files or folders (also gzip)"],
        };
        var table = new Option<string>("--indicators")
        {
            HelpName = "F",
            Required = true,
            Description = speech["共有された指標のCSV", "CSV of shared indicators"],
        };
        var looked = new Option<string?>("--looked")
        {
            HelpName = "TEXT",
            Description = speech[
                "確認した範囲・期間。指定すると、見つからない情報に「受信なし」と回答します",
                "range and period looked at; items of which nothing is found are answered 'not seen' then"
            ],
        };
        var send = new Option<bool>("--send")
        {
            Description = speech["回答をハブに送る(ログの内容は送りません)", "send the answers to the hub (nothing of the logs)"],
        };
        var json = new Option<bool>("--json") { Description = speech["結果をJSONで出力", "write the result as JSON"] };
        var hub = new HubAddress(speech);
        var command = new Command("hunt", speech["共有された指標を自組織のログから探す", "look for shared indicators in one's own logs"])
        {
            logs,
            table,
            looked,
            send,
            json,
        };
        hub.AddTo(command);
        command.SetAction(
            (parsed, cancellation) =>
                Errors.Guard(
                    speech,
                    async () =>
                    {
                        var paths = parsed.GetRequiredValue(logs);
                        if (paths.Append(parsed.GetRequiredValue(table)).FirstOrDefault(path => !Path.Exists(path)) is { } missing)
                        {
                            await Console.Error.WriteLineAsync(
                                TerminalText.Escape(speech[$"見つかりません: {missing}", $"not found: {missing}"])
                            );
                            return ExitCode.NotFound;
                        }

                        var outcome = Outcome(paths, parsed.GetRequiredValue(table), cancellation);
                        Write(outcome, parsed.GetValue(json), speech);
                        var answers = HuntAnswers.Of(outcome, parsed.GetValue(looked));
                        return parsed.GetValue(send) ? await SendAsync(() => hub.Client(parsed), answers, speech, cancellation)
                            : outcome.UnreadLogs.Count > 0 ? ExitCode.Partly
                            : ExitCode.Ok;
                    }
                )
        );
        return command;
    }

    private static HuntOutcome Outcome(IReadOnlyList<string> logs, string table, CancellationToken cancellation)
    {
        using var stream = File.OpenRead(table);
        return new HuntRun(IndicatorTable.Read(stream)).Run(logs, cancellation);
    }

    private static void Write(HuntOutcome outcome, bool json, Speech speech)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(outcome, HuntJson.Default.HuntOutcome));
            return;
        }

        foreach (var one in outcome.Found.Take(MostShown))
        {
            var kind = one.Kind.ToString().ToLowerInvariant();
            Console.Out.WriteLine(
                TerminalText.Escape(
                    speech[
                        $"受信あり {one.Value} ({kind}) {one.Lines}行 最初 {one.First} 最後 {one.Last}",
                        $"seen {one.Value} ({kind}) in {one.Lines} lines, first {one.First}, last {one.Last}"
                    ]
                )
            );
        }

        foreach (var log in outcome.UnreadLogs)
        {
            Console.Error.WriteLine(
                TerminalText.Escape(
                    speech[
                        $"{log.File}: {log.Lines}行まで読みました。残りは読めません: {log.Problem}",
                        $"{log.File}: read up to line {log.Lines}, the rest cannot be read: {log.Problem}"
                    ]
                )
            );
        }

        if (outcome.UnreadRows.Count > 0)
        {
            Console.Error.WriteLine(
                speech[
                    $"指標のCSVのうち、読めない行があります: {string.Join(", ", outcome.UnreadRows.Take(20))}",
                    $"lines of the table that are no indicators: {string.Join(", ", outcome.UnreadRows.Take(20))}"
                ]
            );
        }

        Console.Error.WriteLine(
            speech[
                $"{outcome.Files}ファイル {outcome.Lines}行を確認。指標 {outcome.Found.Count}件あり、{outcome.NotFound.Count}件なし、短すぎて対象外 {outcome.NotLookedFor.Count}件、期限切れ・撤回 {outcome.Over}件",
                $"{outcome.Files} files, {outcome.Lines} lines. Indicators: {outcome.Found.Count} found, {outcome.NotFound.Count} not found, {outcome.NotLookedFor.Count} too short to look for, {outcome.Over} expired or retracted"
            ]
        );
    }

    private static async Task<int> SendAsync(
        Func<HttpClient?> hub,
        IReadOnlyList<HuntAnswer> answers,
        Speech speech,
        CancellationToken cancellation
    )
    {
        using var client = hub();
        if (client is null)
        {
            return ExitCode.Usage;
        }

        try
        {
            var (sent, refused) = await HuntAnswers.SendAsync(client, answers, cancellation);
            foreach (var one in refused)
            {
                await Console.Error.WriteLineAsync(TerminalText.Escape(one));
            }

            var seen = answers.Count(one => one.Order.Kind == SightingKind.Seen);
            await Console.Error.WriteLineAsync(
                speech[
                    $"回答 {sent}件を送りました(受信あり {seen}件、受信なし {answers.Count - seen}件)。",
                    $"{sent} answers sent ({seen} seen, {answers.Count - seen} not seen)."
                ]
            );
            return refused.Count == 0 ? ExitCode.Ok
                : sent > 0 ? ExitCode.Partly
                : ExitCode.Refused;
        }
        catch (HttpRequestException)
        {
            await Console.Error.WriteLineAsync(
                speech[
                    "ハブに接続できません。結果は上のとおりです。同じコマンドをもう一度実行すると、同じ回答が送られます。",
                    "The hub cannot be reached. What was found stands above; the same command sends the same answers again."
                ]
            );
            return ExitCode.Unreachable;
        }
    }
}
