using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Exchange.Reports;

/// <summary>Tables and figures of a report in the order in which they stand.</summary>
internal static class ReportParts
{
    /// <summary>Its tables.</summary>
    public static IEnumerable<TableBlock> Tables(this ReportDocument document) => Blocks(document).OfType<TableBlock>();

    /// <summary>Its figures.</summary>
    public static IEnumerable<ChartBlock> Charts(this ReportDocument document) => Blocks(document).OfType<ChartBlock>();

    /// <summary>Its tables and, as tables, the numbers of its figures, with the caption of each.</summary>
    public static IEnumerable<(string Id, string Caption, TableBlock Table)> Data(this ReportDocument document)
    {
        foreach (var block in Blocks(document))
        {
            if (block is TableBlock table)
            {
                yield return (table.Id, table.Caption, table);
            }
            else if (block is ChartBlock chart)
            {
                yield return (chart.Id, chart.Caption, chart.Data);
            }
        }
    }

    /// <summary>A text without its links.</summary>
    public static string Plain(IEnumerable<Run> runs) => string.Concat(runs.Select(run => run.Text));

    private static IEnumerable<ReportBlock> Blocks(ReportDocument document) => document.Sections.SelectMany(section => section.Blocks);
}
