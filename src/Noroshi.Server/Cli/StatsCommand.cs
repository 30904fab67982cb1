using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Statistics;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Statistics;

namespace Noroshi.Server.Cli;

/// <summary><c>noroshi stats</c>: the figures of a fiscal year, quarter or month. While the hub runs it goes through it.</summary>
internal static class StatsCommand
{
    private static readonly Option<int> Year = new("--fiscal-year") { Required = true, HelpName = "2013" };
    private static readonly Option<int?> Quarter = new("--quarter") { HelpName = "1-4" };
    private static readonly Option<string?> By = new("--by");
    private static readonly Option<bool> Csv = new("--csv");
    private static readonly Option<bool> Recount = new("--recount");
    private static readonly Option<bool> Freeze = new("--freeze");
    private static readonly Option<string?> Reason = new("--reason") { HelpName = "TEXT" };

    /// <summary>The verb.</summary>
    public static Command Create(Speech speech)
    {
        Describe(speech);
        var folder = new IdentityFolder(speech);
        return folder.Verb(
            "stats",
            speech["年度・四半期・月の統計を出す", "figures of a fiscal year, quarter or month"],
            [Year, Quarter, By, Csv, Recount, Freeze, Reason],
            async (parsed, services) =>
            {
                if (OrderOf(parsed) is not { } order)
                {
                    return Refused(folder);
                }

                await SituationAtRest.LoadAsync(
                    services.GetRequiredService<HubSituation>(),
                    services.GetRequiredService<IHubStore>(),
                    CancellationToken.None
                );
                var figures = await order.DoAsync(services.GetRequiredService<StatisticsWork>(), CancellationToken.None);
                return Write(parsed, folder, figures, speech);
            },
            through: async (parsed, data, cancellation) =>
                OrderOf(parsed) is not { } order ? Refused(folder)
                : await ControlSocket.AskAsync(data, "stats", order.Text, cancellation) is { } answer ? Told(parsed, folder, answer, speech)
                : null
        );
    }

    private static void Describe(Speech speech)
    {
        Year.Description = speech["年度(4月から翌年3月まで)", "fiscal year, April to March"];
        Quarter.Description = speech["四半期(1は4月から6月まで)", "quarter; 1 is April to June"];
        By.Description = speech["期間を四半期ごと・月ごとにも分ける", "also divided into quarters or months"];
        By.AcceptOnlyFromAmong("quarter", "month");
        Csv.Description = speech["CSVで出力", "write CSV"];
        Recount.Description = speech["確定値があっても数え直した値を出す", "as counted now, also where figures are final"];
        Freeze.Description = speech["期間を確定値にする(期間の終了後)", "make the period final, after it has ended"];
        Reason.Description = speech["確定値を改める理由", "why final figures are revised"];
    }

    private static StatisticsOrder? OrderOf(ParseResult parsed)
    {
        var year = parsed.GetValue(Year);
        var whole = parsed.GetValue(Quarter) is { } quarter
            ? Period.Parse(string.Create(CultureInfo.InvariantCulture, $"FY{year:0000}Q{quarter}"))
            : Period.Parse(string.Create(CultureInfo.InvariantCulture, $"FY{year:0000}"));
        if (whole is not { } period)
        {
            return null;
        }

        IEnumerable<Period> parts = parsed.GetValue(By) switch
        {
            "quarter" when period.Kind == PeriodKind.Year => period.Parts(PeriodKind.Quarter),
            "month" => period.Parts(PeriodKind.Month),
            _ => [],
        };
        return new StatisticsOrder(
            [.. parts.Prepend(period).Select(one => one.Id)],
            parsed.GetValue(Recount),
            parsed.GetValue(Freeze),
            parsed.GetValue(Reason)
        );
    }

    private static int Refused(IdentityFolder folder) =>
        folder.Refuse(
            "--fiscal-year は4桁の年度、--quarter は1から4です。",
            "--fiscal-year has four digits and --quarter is 1 to 4.",
            ExitCode.Usage
        );

    private static int Told(ParseResult parsed, IdentityFolder folder, JsonElement answer, Speech speech)
    {
        if (answer.TryGetProperty("refused", out var refused))
        {
            return folder.Refuse(refused.GetProperty("ja").GetString() ?? "", refused.GetProperty("en").GetString() ?? "");
        }

        if (answer.TryGetProperty("error", out var error))
        {
            return folder.Refuse(error.GetString() ?? "", error.GetString() ?? "");
        }

        return Write(
            parsed,
            folder,
            answer.GetProperty("figures").Deserialize(StatisticsJson.Default.IReadOnlyListStatistic) ?? [],
            speech
        );
    }

    private static int Write(ParseResult parsed, IdentityFolder folder, IReadOnlyList<Statistic> figures, Speech speech)
    {
        if (parsed.GetValue(folder.Json) || parsed.GetValue(Csv))
        {
            using var stdout = Console.OpenStandardOutput();
            stdout.Write(parsed.GetValue(Csv) ? StatisticsDocument.Csv(figures) : StatisticsDocument.Json(figures));
            return ExitCode.Ok;
        }

        foreach (var one in figures)
        {
            IdentityFolder.Row(StatisticsTalk.Cells(one, speech));
        }

        return ExitCode.Ok;
    }
}

/// <summary>Figures in lines that people read.</summary>
internal static class StatisticsTalk
{
    /// <summary>Period, name, value with its whole, the period before beside it, and what stands out.</summary>
    public static IEnumerable<string?> Cells(Statistic one, Speech speech)
    {
        var title = StatisticDefinitions.Of(one.Id).Title.In(speech.Japanese);
        var part = one.Id.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? $" [{one.Id[(dot + 1)..]}]" : "";
        yield return one.Period;
        yield return one.State == StatisticState.Final ? speech["確定", "final"] : speech["速報", "preliminary"];
        yield return $"{title}{part}{(one.Group is null ? "" : $" ({one.Group})")}";
        yield return Value(one.Value, one.Rounded, (one.Numerator, one.Denominator), one.Suppressed ? "*" : "-");
        yield return one.Previous is { } before
            ? $"{before.Period}: {Value(before.Value, before.Rounded, (before.Numerator, before.Denominator), "-")}"
            : "";
        yield return string.Join(' ', Remarks(one, speech));
    }

    private static IEnumerable<string> Remarks(Statistic one, Speech speech)
    {
        if (one.FirstSeen)
        {
            yield return speech["初めて(本ハブの観測範囲では)", "first seen (within what this hub observed)"];
        }

        if (one.Multiple is { } multiple)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"×{multiple:0.##}");
        }

        foreach (var (reason, count) in one.Excluded)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"-{reason}:{count}");
        }
    }

    private static string Value(decimal? value, long? rounded, (long? Part, long? Whole) counts, string none) =>
        value is not { } known ? none
        : rounded is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent} % ({counts.Part}/{counts.Whole})")
        : counts.Whole is { } readings ? string.Create(CultureInfo.InvariantCulture, $"{known:0.#} min (N={readings})")
        : string.Create(CultureInfo.InvariantCulture, $"{known:0}");
}
