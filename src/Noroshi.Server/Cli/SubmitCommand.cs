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
        var server = new Option<string>("--server")
        {
            HelpName = "U",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable("NOROSHI_SERVER") is { Length: > 0 } said ? said : "http://127.0.0.1:8080",
            Description = speech[
                "ハブのアドレス(既定: NOROSHI_SERVER または http://127.0.0.1:8080)",
                "address of the hub (default: NOROSHI_SERVER or http://127.0.0.1:8080)"
            ],
        };
        var key = new Option<string?>("--key")
        {
            HelpName = "F",
            Description = speech[
                "APIキー、またはキーを書いたファイル(既定: NOROSHI_KEY)",
                "API key, or a file that holds it (default: NOROSHI_KEY)"
            ],
        };
        var authority = AuthorityOption(speech);
        var json = new Option<bool>("--json") { Description = speech["結果をJSONで出力", "write the result as JSON"] };
        var command = new Command("submit", speech["メールをハブに提供する", "hand mails in to a hub"])
        {
            path,
            organization,
            window,
            server,
            key,
            authority,
            json,
        };
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
                                Server = parsed.GetRequiredValue(server),
                                Key = Key(parsed.GetValue(key)),
                                Authority = parsed.GetValue(authority),
                            },
                            parsed.GetValue(json),
                            speech,
                            cancellation
                        )
                )
        );
        return command;
    }

    private static Option<string?> AuthorityOption(Speech speech) =>
        new Option<string?>("--ca")
        {
            HelpName = "F",
            Description = speech["信頼する認証局の証明書(PEM)", "certificate of the CA to trust (PEM)"],
        };

    private static Argument<string> PathArgument(Speech speech) =>
        new Argument<string>("PATH") { Description = speech["ファイルまたはフォルダ", "file or folder"] };

    /// <summary>A file is read, so that the key need not stand in the list of processes.</summary>
    private static string? Key(string? said)
    {
        var text =
            said is not null && File.Exists(said) ? File.ReadAllText(said) : said ?? Environment.GetEnvironmentVariable("NOROSHI_KEY");
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    private static async Task<int> Run(SubmitOrder order, bool json, Speech speech, CancellationToken cancellation)
    {
        if (!Path.Exists(order.Path))
        {
            await Console.Error.WriteLineAsync(TerminalText.Escape(speech[$"見つかりません: {order.Path}", $"not found: {order.Path}"]));
            return ExitCode.NotFound;
        }

        if (!Uri.TryCreate(order.Server, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync(
                speech[
                    $"--server はhttp://かhttps://で始まるアドレスです: {order.Server}",
                    $"--server is an address with http:// or https://: {order.Server}"
                ]
            );
            return ExitCode.Usage;
        }

        if (server.Scheme == "http" && !server.IsLoopback)
        {
            await Console.Error.WriteLineAsync(
                speech[
                    "平文のHTTPではキーとメールが盗み見られます。https:// を使ってください。",
                    "Plain HTTP would show key and mails to the network. Use https://."
                ]
            );
            return ExitCode.Usage;
        }

        if (order.Key is null)
        {
            await Console.Error.WriteLineAsync(
                speech["APIキーがありません。NOROSHI_KEY か --key で指定してください。", "There is no API key: set NOROSHI_KEY or --key."]
            );
            return ExitCode.Usage;
        }

        using var submission = new Submission(order, server, new SubmitTalk(speech));
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
