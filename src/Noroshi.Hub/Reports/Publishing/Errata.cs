using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Publishing;

/// <summary>The list of corrections (正誤表) at the end of a corrected report: what was printed, and what is right.</summary>
public static class Errata
{
    private const string Anchor = "errata";
    private const string TableId = "table-errata";

    /// <summary>The report with the list; the report itself when neither a reason is given nor a figure differs.</summary>
    /// <param name="report">The corrected report.</param>
    /// <param name="reason">Why it is corrected.</param>
    /// <param name="was">Figures of the version before.</param>
    /// <param name="now">Figures of this one.</param>
    public static ReportDocument Add(ReportDocument report, string? reason, IReadOnlyList<Statistic> was, IReadOnlyList<Statistic> now)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (reason is null)
        {
            return report;
        }

        var printed = report.Sources.Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        var old = SmallCells.Outward(was, new CellRule()).Where(one => one.Group is null).ToList();
        var corrected = SmallCells.Outward(now, new CellRule()).Where(one => one.Group is null).ToList();
        var lines = FrozenPeriod
            .Corrections(old, corrected)
            .Where(one => one.Is is { } changed && printed.Contains($"{changed.Period}/{changed.Id}") && Differs(one))
            .ToList();
        var sheet = new FigureSheet(report.Ja, []);
        var rows = lines.ConvertAll(one => Row(sheet, one));
        var runs = rows.SelectMany(row => row).SelectMany(cell => cell).OfType<FigureRun>();
        var heading = report.Ja ? "正誤表" : "Corrections";
        var table = new TableBlock
        {
            Id = TableId,
            Caption = heading,
            Columns = [new(report.Ja ? "項目" : "Figure"), new(report.Ja ? "誤" : "Was", true), new(report.Ja ? "正" : "Is", true)],
            Rows = rows,
        };
        var text = sheet.Say(
            $"この版では、次の理由により先に公表した版を訂正した。理由:「{reason}」。",
            $"This version corrects what was published before. Reason: “{reason}”."
        );
        var mention = sheet.Say(
            $"訂正した数字を{Making.See("正誤表", TableId)}に示す。",
            $"{Making.See("The list", TableId)} names the figures."
        );
        IReadOnlyList<ReportBlock> blocks =
            rows.Count == 0
                ? [new ParagraphBlock(Anchor, text.Runs)]
                : [new ParagraphBlock(Anchor, Prose.Joined([text, mention], report.Ja ? "" : " ").Runs), table];
        return report with
        {
            Sections = [.. report.Sections, new ReportSection(Anchor, 1, heading, blocks)],
            Sources =
            [
                .. report
                    .Sources.Concat(sheet.SourcesOf(runs))
                    .DistinctBy(one => one.Key, StringComparer.Ordinal)
                    .OrderBy(one => one.Key, StringComparer.Ordinal),
            ],
        };
    }

    private static bool Differs(Correction one) =>
        one.Was?.Value != one.Is?.Value || one.Was?.Numerator != one.Is?.Numerator || one.Was?.Denominator != one.Is?.Denominator;

    private static IReadOnlyList<IReadOnlyList<Run>> Row(FigureSheet sheet, Correction one)
    {
        var id = one.Id;
        var title = StatisticDefinitions.Of(id).Title.In(sheet.Ja);
        var category = CategoryWords.Of(id)?.In(sheet.Ja);
        var name =
            category is null ? title
            : sheet.Ja ? $"{title}({category})"
            : $"{title} ({category})";
        // The version before is another figure: its key says so.
        var was = one.Was is { } before ? before with { Period = $"{before.Period}@" } : null;
        return
        [
            [new TextRun(name)],
            [sheet.Printed(was)],
            [sheet.Printed(one.Is)],
        ];
    }
}
