using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Noroshi.Exchange.Reports;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Reports;
using Noroshi.Server.Reports.Outputs;
using Noroshi.Server.Statistics;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi report</c>: the activity report, the quarterly report or the press release. While the hub runs it goes through it.</summary>
internal static class ReportCommand
{
    private static readonly Option<int> Year = new("--fiscal-year") { Required = true, HelpName = "2013" };
    private static readonly Option<int?> Quarter = new("--quarter") { HelpName = "1-4" };
    private static readonly Option<string> Formats = new("--format") { HelpName = "html,pdf,docx,xlsx,json" };
    private static readonly Option<string> Out = new("--out") { Required = true, HelpName = "DIR" };
    private static readonly Option<bool> Press = new("--press-release");

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        Year.Description = speech["年度(4月から翌年3月まで)", "fiscal year, April to March"];
        Quarter.Description = speech["四半期(1は4月から6月まで)", "quarter; 1 is April to June"];
        Formats.Description = speech["出力形式(コンマ区切り、省略時はhtml)", "formats, with commas between them; html without it"];
        Out.Description = speech["出力先のフォルダ", "folder that the files are written to"];
        Press.Description = speech["プレス発表の形式にする", "the press release instead"];
        var folder = new IdentityFolder(speech);
        return folder.Verb(
            "report",
            speech["活動レポート・四半期レポート・プレス発表を作る", "activity report, quarterly report or press release"],
            [Year, Quarter, Formats, Out, Press],
            async (parsed, services) =>
            {
                if (AskOf(parsed, speech) is not { } ask)
                {
                    return Refused(folder);
                }

                await SituationAtRest.LoadAsync(
                    services.GetRequiredService<HubSituation>(),
                    services.GetRequiredService<IHubStore>(),
                    CancellationToken.None
                );
                var found = await services.GetRequiredService<ReportAnswers>().OfAsync(ask, CancellationToken.None);
                return await WriteAsync(parsed, folder, found, speech);
            },
            through: async (parsed, data, cancellation) =>
                AskOf(parsed, speech) is not { } ask ? Refused(folder)
                : await ControlSocket.AskAsync(data, "report", ask.Line, cancellation) is { } answer
                    ? await ToldAsync(parsed, folder, answer, speech)
                : null
        );
    }

    private static ReportAsk? AskOf(ParseResult parsed, Speech speech) =>
        PeriodOf(parsed) is { } period ? new ReportAsk(period, parsed.GetValue(Press), speech.Japanese) : null;

    private static Period? PeriodOf(ParseResult parsed)
    {
        var year = parsed.GetValue(Year);
        return parsed.GetValue(Quarter) is { } quarter
            ? parsed.GetValue(Press)
                ? null
                : Period.Parse(string.Create(CultureInfo.InvariantCulture, $"FY{year:0000}Q{quarter}"))
            : Period.Parse(string.Create(CultureInfo.InvariantCulture, $"FY{year:0000}"));
    }

    private static int Refused(IdentityFolder folder) =>
        folder.Refuse(
            "--fiscal-year は4桁の年度、--quarter は1から4です。--press-release は年度だけに使えます。",
            "--fiscal-year has four digits and --quarter is 1 to 4; --press-release is for fiscal years only.",
            ExitCode.Usage
        );

    private static async Task<int> ToldAsync(ParseResult parsed, IdentityFolder folder, JsonElement answer, Speech speech)
    {
        if (answer.TryGetProperty("refused", out var refused))
        {
            return folder.Refuse(refused.GetProperty("ja").GetString() ?? "", refused.GetProperty("en").GetString() ?? "");
        }

        if (answer.TryGetProperty("error", out var error))
        {
            return folder.Refuse(error.GetString() ?? "", error.GetString() ?? "");
        }

        return answer.Deserialize(ReportMaterialJson.Default.CheckedMaterial) is { } found
            ? await WriteAsync(parsed, folder, found, speech)
            : folder.Refuse("ハブの応答を読めません。", "What the hub answered cannot be read.");
    }

    private static async Task<int> WriteAsync(ParseResult parsed, IdentityFolder folder, CheckedMaterial found, Speech speech)
    {
        if (found.Material.In(speech.Japanese) is not { } material)
        {
            return Refused(folder);
        }

        using var chromium = new Chromium(ChromiumProgram.Find(), TimeProvider.System);
        var wanted = (parsed.GetValue(Formats) ?? "html").Split(
            ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        var unknown = wanted.FirstOrDefault(format => ReportWriters.Of(format, chromium) is null);
        if (unknown is not null || wanted.Length == 0)
        {
            var offered = string.Join(",", ReportWriters.All(chromium).Select(one => one.Format));
            return folder.Refuse($"--format は {offered} から選びます。", $"--format is one or more of {offered}.", ExitCode.Usage);
        }

        var report = ReportForms.Of(material, parsed.GetValue(Press));
        var target = Directory.CreateDirectory(parsed.GetValue(Out) ?? ".").FullName;
        var failed = false;
        foreach (
            var writer in wanted
                .Distinct(StringComparer.Ordinal)
                .Select(format => ReportWriters.Of(format, chromium))
                .OfType<IReportWriter>()
        )
        {
            failed |= !await TryWriteAsync(writer, report, target, speech);
        }

        Tell(found.Problems, speech);
        return failed ? ExitCode.Error
            : found.Problems.Any(one => one.Blocks) ? ExitCode.Partly
            : ExitCode.Ok;
    }

    /// <summary>What the check found: the files are written all the same, so that it can be looked at where it stands.</summary>
    private static void Tell(IReadOnlyList<FoundProblem> problems, Speech speech)
    {
        foreach (var one in problems)
        {
            var weight = one.Blocks ? speech["要修正", "to be mended"] : speech["要確認", "to be looked at"];
            var place = one.Block is { } block ? speech[$"（{block}）", $" ({block})"] : "";
            // What it is about is said where it is more than the place: a word or a number.
            var what = one.What == one.Block || one.Block is null ? "" : $" {one.What}";
            AnalyzeTalk.Say($"{weight}: {speech[one.Ja, one.En]}{place}{what}");
        }

        var blocking = problems.Count(one => one.Blocks);
        if (blocking > 0)
        {
            AnalyzeTalk.Say(
                speech[
                    $"点検: 修正が必要な点が{blocking}件あります。ファイルは書き出しました。直してからでなければ決裁できません。",
                    $"Check: {blocking} to be mended. The files were written; the report cannot be decided before that."
                ]
            );
        }
    }

    /// <summary>A file is there whole or not at all; other formats are written although one cannot be made here.</summary>
    private static async Task<bool> TryWriteAsync(IReportWriter writer, ReportDocument report, string folder, Speech speech)
    {
        var path = Path.Combine(folder, report.Id + writer.Extension);
        var unfinished = path + ".part";
        try
        {
            await using (var file = File.Create(unfinished))
            {
                await writer.WriteAsync(report, file, CancellationToken.None);
            }

            File.Move(unfinished, path, overwrite: true);
            await Console.Out.WriteLineAsync(path);
            return true;
        }
        catch (ReportOutputException failure)
        {
            File.Delete(unfinished);
            await Console.Error.WriteLineAsync(speech[$"{writer.Format}: {failure.Ja}", $"{writer.Format}: {failure.En}"]);
            return false;
        }
    }
}
