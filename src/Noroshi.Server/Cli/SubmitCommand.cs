using System.CommandLine;
using System.Text.Json;
using Noroshi.Server.Intake;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi submit PATH</c>: hands mails in as a member, through the API.</summary>
internal static class SubmitCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        var path = PathArgument(speech);
        var organization = new Option<string>("--organization")
        {
            HelpName = "O",
            Required = true,
            Description = speech["組織のID", "id of the organisation"],
        };
        var window = new Option<string?>("--window") { HelpName = "W", Description = speech["窓口のID", "id of the contact window"] };
        var hub = new HubAddress(speech);
        var json = new Option<bool>("--json") { Description = speech["結果をJSONで出力", "write the result as JSON"] };
        var command = new Command("submit", speech["メールをハブに提供する", "hand mails in to a hub"])
        {
            path,
            organization,
            window,
            json,
        };
        hub.AddTo(command);
        command.SetAction(
            (parsed, cancellation) =>
                Errors.Guard(
                    speech,
                    () =>
                        Run(
                            new SubmitOrder
                            {
                                Path = Path.GetFullPath(parsed.GetRequiredValue(path)),
                                Organization = parsed.GetRequiredValue(organization),
                                Window = parsed.GetValue(window),
                            },
                            () => hub.Client(parsed),
                            parsed.GetValue(json),
                            speech,
                            cancellation
                        )
                )
        );
        return command;
    }

    private static Argument<string> PathArgument(Speech speech) =>
        new Argument<string>("PATH") { Description = speech["ファイルまたはフォルダ", "file or folder"] };

    private static async Task<int> Run(SubmitOrder order, Func<HttpClient?> hub, bool json, Speech speech, CancellationToken cancellation)
    {
        if (!Path.Exists(order.Path))
        {
            await Console.Error.WriteLineAsync(TerminalText.Escape(speech[$"見つかりません: {order.Path}", $"not found: {order.Path}"]));
            return ExitCode.NotFound;
        }

        if (hub() is not { } client)
        {
            return ExitCode.Usage;
        }

        using var submission = new Submission(order, client, new SubmitTalk(speech));
        var outcome = await submission.RunAsync(cancellation);
        return Finish(outcome, json, speech);
    }

    private static int Finish(SubmitOutcome outcome, bool json, Speech speech)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(outcome, SubmitJson.Default.SubmitOutcome));
        }
        else
        {
            foreach (var file in outcome.Files)
            {
                var told = file.Number is { } number
                    ? speech[$"受付番号 {number}", $"number {number}"]
                        + (file.Repeated ? speech[" (提供済み)", " (was there already)"] : "")
                    : speech[$"失敗: {file.Problem}", $"failed: {file.Problem}"];
                Console.Out.WriteLine(TerminalText.Escape($"{file.File}: {told}"));
            }

            Console.Error.WriteLine(
                speech[
                    $"提供 {outcome.Submitted}件、提供済み {outcome.Repeated}件、失敗 {outcome.Failed}件",
                    $"{outcome.Submitted} submitted, {outcome.Repeated} were there already, {outcome.Failed} failed"
                ]
            );
        }

        if (outcome.Unreachable)
        {
            Console.Error.WriteLine(
                speech[
                    "ハブに接続できません。同じコマンドをもう一度実行すると、残りだけが提供されます。",
                    "The hub cannot be reached. The same command, run again, submits what is left."
                ]
            );
            return ExitCode.Unreachable;
        }

        if (outcome.Failed == 0)
        {
            return ExitCode.Ok;
        }

        return outcome.Submitted + outcome.Repeated > 0 ? ExitCode.Partly : ExitCode.Error;
    }
}

/// <summary>Progress on a terminal.</summary>
internal sealed class SubmitTalk(Speech speech)
{
    private readonly Lock _gate = new();

    /// <summary>So many of so many.</summary>
    public void Progress(int done, int all)
    {
        if (Console.IsErrorRedirected)
        {
            return;
        }

        lock (_gate)
        {
            Console.Error.Write(speech[$"\r提供中 {done}/{all}", $"\rsubmitting {done}/{all}"] + (done == all ? "\r\u001b[K" : ""));
        }
    }
}
