using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Hub.Reports.Texts;

/// <summary>Where runs of a report stand.</summary>
internal enum RunPlace
{
    /// <summary>Running text: paragraphs, items of lists, footnotes.</summary>
    Text,

    /// <summary>Cell of a table.</summary>
    Cell,

    /// <summary>Under a table or a picture.</summary>
    Note,
}

/// <summary>Runs that belong together.</summary>
/// <param name="Id">Id of the block.</param>
/// <param name="Place">Where they stand.</param>
/// <param name="Runs">Runs.</param>
internal sealed record RunGroup(string Id, RunPlace Place, IReadOnlyList<Run> Runs);

/// <summary>Walks over what a report prints.</summary>
internal static class ReportRuns
{
    /// <summary>All runs.</summary>
    public static IEnumerable<Run> Of(ReportDocument report) => Groups(report).SelectMany(one => one.Runs);

    /// <summary>All runs, by what they stand in.</summary>
    public static IEnumerable<RunGroup> Groups(ReportDocument report) =>
        report
            .Sections.SelectMany(section => section.Blocks.SelectMany(Groups))
            .Concat(report.Footnotes.Select((runs, at) => new RunGroup(FootnoteId(at), RunPlace.Text, runs)));

    /// <summary>All blocks.</summary>
    public static IEnumerable<ReportBlock> Blocks(ReportDocument report) => report.Sections.SelectMany(section => section.Blocks);

    private static string FootnoteId(int at) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"footnote-{at + 1}");

    private static IEnumerable<RunGroup> Groups(ReportBlock block) =>
        block switch
        {
            ParagraphBlock paragraph => [new RunGroup(paragraph.Id, RunPlace.Text, paragraph.Runs)],
            ListBlock list => list.Items.Select(one => new RunGroup(one.Id, RunPlace.Text, one.Runs)),
            TableBlock table => Groups(table),
            ChartBlock chart => Groups(chart.Data).Append(new RunGroup(chart.Id, RunPlace.Note, chart.Note)),
            _ => throw new ArgumentException(block.GetType().Name, nameof(block)),
        };

    private static IEnumerable<RunGroup> Groups(TableBlock table) =>
        table
            .Rows.SelectMany(row => row)
            .Select(cell => new RunGroup(table.Id, RunPlace.Cell, cell))
            .Append(new RunGroup(table.Id, RunPlace.Note, table.Note));
}
