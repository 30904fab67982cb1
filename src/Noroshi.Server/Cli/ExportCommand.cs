using System.CommandLine;
using System.Text.Json;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi export</c>: released items in a file. While the hub runs it goes through it.</summary>
internal static class ExportCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        var folder = new IdentityFolder(speech);
        var format = new Option<string>("--format")
        {
            Required = true,
            Description = speech["形式 (stix, misp, csv)", "format (stix, misp, csv)"],
        };
        format.AcceptOnlyFromAmong([.. Exports.Formats]);
        var audience = new Option<string?>("--audience")
        {
            HelpName = "A",
            Description = speech[
                "共有範囲 (all, public, group-業界ID, scheme-ID)。既定: すべて",
                "stream (all, public, group-ID, scheme-ID); default: all of them"
            ],
        };
        var to = new Option<string?>("--out")
        {
            HelpName = "F",
            Description = speech["書き出すファイル(既定: 標準出力)", "file to write (default: stdout)"],
        };
        return folder.Verb(
            "export",
            speech["承認され匿名化された共有情報を書き出す", "write approved, anonymised items to a file"],
            [format, audience, to],
            async (parsed, services) =>
            {
                var made = await services
                    .GetRequiredService<Exports>()
                    .OfAsync(OrganizationCommand.Operator, parsed.GetRequiredValue(format), parsed.GetValue(audience));
                return await WriteAsync(made, parsed.GetValue(to), speech);
            },
            through: async (parsed, data, cancellation) =>
            {
                var asked = $"{parsed.GetRequiredValue(format)} {parsed.GetValue(audience)}".Trim();
                if (await ControlSocket.AskAsync(data, "export", asked, cancellation) is not { } answer)
                {
                    return null;
                }

                if (answer.TryGetProperty("refused", out var refused))
                {
                    return folder.Refuse(
                        refused.GetProperty("ja").GetString() ?? "",
                        refused.GetProperty("en").GetString() ?? "",
                        refused.GetProperty("status").GetInt32() == 404 ? ExitCode.NotFound : ExitCode.Refused
                    );
                }

                return await WriteAsync(
                    new ExportFile(answer.GetProperty("items").GetInt32(), answer.GetProperty("bytes").GetBytesFromBase64()),
                    parsed.GetValue(to),
                    speech
                );
            }
        );
    }

    private static async Task<int> WriteAsync(ExportFile made, string? path, Speech speech)
    {
        if (path is null)
        {
            await using var stdout = Console.OpenStandardOutput();
            await stdout.WriteAsync(made.Bytes);
        }
        else
        {
            await File.WriteAllBytesAsync(path, made.Bytes);
        }

        AnalyzeTalk.Say(speech[$"{made.Items} 件を書き出しました。", $"{made.Items} items were written."]);
        return ExitCode.Ok;
    }
}
