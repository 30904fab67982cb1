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
                if (PeriodOf(parsed) is not { } period)
                {
                    return Refused(folder);
                }

                await SituationAtRest.LoadAsync(
                    services.GetRequiredService<HubSituation>(),
                    services.GetRequiredService<IHubStore>(),
                    CancellationToken.None
                );
                var material = await services
                    .GetRequiredService<ReportMaterials>()
                    .OfAsync(period, speech.Japanese, CancellationToken.None);
                return await WriteAsync(parsed, folder, SentMaterial.Of(material), speech);
            },
            through: async (parsed, data, cancellation) =>
                PeriodOf(parsed) is not { } period ? Refused(folder)
                : await ControlSocket.AskAsync(data, "report", period.Id, cancellation) is { } answer
                    ? await ToldAsync(parsed, folder, answer, speech)
                : null
        );
    }

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

        return answer.Deserialize(ReportMaterialJson.Default.SentMaterial) is { } sent
            ? await WriteAsync(parsed, folder, sent, speech)
            : folder.Refuse("ハブの応答を読めません。", "What the hub answered cannot be read.");
    }

    private static async Task<int> WriteAsync(ParseResult parsed, IdentityFolder folder, SentMaterial sent, Speech speech)
    {
        if (sent.In(speech.Japanese) is not { } material)
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

        return failed ? ExitCode.Error : ExitCode.Ok;
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
