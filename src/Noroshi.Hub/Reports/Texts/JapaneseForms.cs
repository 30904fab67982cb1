using System.Text;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Hub.Reports.Texts;

/// <summary>Punctuation of Japanese reports is full width, wherever a text came from; marks of footnotes stay as they are.</summary>
internal static class JapaneseForms
{
    /// <summary>A text with full-width brackets, and colons behind Japanese words.</summary>
    public static string Of(string text)
    {
        var made = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            made.Append(
                character switch
                {
                    '(' => '\uFF08',
                    ')' => '\uFF09',
                    ':' when made.Length > 0 && !char.IsAscii(made[^1]) => '\uFF1A',
                    _ => character,
                }
            );
        }

        return made.ToString();
    }

    /// <summary>The report with them.</summary>
    public static ReportDocument Of(ReportDocument report) =>
        report with
        {
            Title = Of(report.Title),
            Subtitle = report.Subtitle is { } subtitle ? Of(subtitle) : null,
            Period = Of(report.Period),
            Sections =
            [
                .. report.Sections.Select(one =>
                    one with
                    {
                        Heading = one.Heading is { } heading ? Of(heading) : null,
                        Blocks = [.. one.Blocks.Select(Of)],
                    }
                ),
            ],
            Footnotes = [.. report.Footnotes.Select(Of)],
            Sources = [.. report.Sources.Select(one => one with { Definition = Of(one.Definition) })],
        };

    private static ReportBlock Of(ReportBlock block) =>
        block switch
        {
            ParagraphBlock paragraph => Of(paragraph),
            ListBlock list => new ListBlock([.. list.Items.Select(Of)]),
            TableBlock table => Of(table),
            ChartBlock chart => chart with
            {
                Caption = Of(chart.Caption),
                Description = Of(chart.Description),
                Data = Of(chart.Data),
                Note = Of(chart.Note),
            },
            _ => block,
        };

    private static ParagraphBlock Of(ParagraphBlock paragraph) => paragraph with { Runs = Of(paragraph.Runs) };

    private static TableBlock Of(TableBlock table) =>
        table with
        {
            Caption = Of(table.Caption),
            Columns = [.. table.Columns.Select(one => one with { Heading = Of(one.Heading) })],
            Rows = [.. table.Rows.Select(row => (IReadOnlyList<IReadOnlyList<Run>>)[.. row.Select(Of)])],
            Note = Of(table.Note),
        };

    private static IReadOnlyList<Run> Of(IReadOnlyList<Run> runs) =>
        [.. runs.Select(run => run is TextRun text ? text with { Text = Of(text.Text) } : run)];
}
