using Noroshi.Hub.Figures;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Documents;

/// <summary>Which report it is.</summary>
public enum ReportForm
{
    /// <summary>Activity report of a fiscal year (活動レポート), である style.</summary>
    Activity,

    /// <summary>Report of a quarter, with the three before it beside.</summary>
    Quarterly,

    /// <summary>Press release (プレス発表), です・ます style.</summary>
    PressRelease,

    /// <summary>Everything about one campaign (attacker "X").</summary>
    Dossier,

    /// <summary>Who issues the reports and what it does, as of a date.</summary>
    IssuerProfile,
}

/// <summary>
/// A report as it is read: sections of blocks in one language, before any format. Writers (HTML, PDF, DOCX, XLSX, CSV, JSON) print it and decide nothing:
/// numbering, wording, rounding and alternative texts are settled here.
/// </summary>
public sealed record ReportDocument
{
    /// <summary>Stable id, fit for file names and addresses: <c>activity-2013-ja</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Form.</summary>
    public required ReportForm Form { get; init; }

    /// <summary>Whether it is Japanese; English otherwise.</summary>
    public required bool Ja { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Line under the title; null for none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Who issues it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Its date as printed: 2014年5月30日, 30 May 2014.</summary>
    public required string Date { get; init; }

    /// <summary>Period as printed: 2013年度(2013年4月~2014年3月).</summary>
    public required string Period { get; init; }

    /// <summary>Whether figures of it may still change; printed on the first page.</summary>
    public required StatisticState State { get; init; }

    /// <summary>Marking as printed: <c>TLP:CLEAR</c>.</summary>
    public required string Marking { get; init; }

    /// <summary>Sections in order; the first may be a lead without heading.</summary>
    public required IReadOnlyList<ReportSection> Sections { get; init; }

    /// <summary>Footnotes in the order of their numbers, from 1.</summary>
    public IReadOnlyList<IReadOnlyList<Run>> Footnotes { get; init; } = [];

    /// <summary>Contact blocks, each a heading and lines; never a mail address.</summary>
    public IReadOnlyList<ContactBlock> Contacts { get; init; } = [];

    /// <summary>Figures that are printed anywhere, with their definitions: what the numbers link to.</summary>
    public required IReadOnlyList<FigureSource> Sources { get; init; }
}

/// <summary>A section.</summary>
/// <param name="Id">Anchor, ASCII, unique in the report.</param>
/// <param name="Level">1 for a chapter, 2 for a part of it.</param>
/// <param name="Heading">Heading with its number as printed; null for the lead.</param>
/// <param name="Blocks">What stands in it.</param>
public sealed record ReportSection(string Id, int Level, string? Heading, IReadOnlyList<ReportBlock> Blocks);

/// <summary>Something that stands in a section.</summary>
public abstract record ReportBlock;

/// <summary>A paragraph.</summary>
/// <param name="Id">Unique in the report and the same from one making to the next: what an edited wording is kept under.</param>
/// <param name="Runs">Text.</param>
public sealed record ParagraphBlock(string Id, IReadOnlyList<Run> Runs) : ReportBlock;

/// <summary>A numbered list (1. 2. 3.).</summary>
public sealed record ListBlock(IReadOnlyList<ParagraphBlock> Items) : ReportBlock;

/// <summary>A table.</summary>
public sealed record TableBlock : ReportBlock
{
    /// <summary>Anchor and file name, ASCII: <c>table-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Caption with its number: 表1 ある…の流れ.</summary>
    public required string Caption { get; init; }

    /// <summary>Columns.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>Rows; each has one cell for each column.</summary>
    public required IReadOnlyList<IReadOnlyList<IReadOnlyList<Run>>> Rows { get; init; }

    /// <summary>What stands under it: N, unit, period, category version, footnotes.</summary>
    public IReadOnlyList<Run> Note { get; init; } = [];
}

/// <summary>A column of a table.</summary>
/// <param name="Heading">Heading.</param>
/// <param name="Numeric">Whether its cells are numbers and stand to the right.</param>
public sealed record TableColumn(string Heading, bool Numeric = false);

/// <summary>A picture made of numbers, never a pie.</summary>
public sealed record ChartBlock : ReportBlock
{
    /// <summary>Anchor and file name, ASCII: <c>figure-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Caption with its number: 図1 不正接続先の地域別割合.</summary>
    public required string Caption { get; init; }

    /// <summary>What it says, made of the same numbers: for those who do not see it.</summary>
    public required string Description { get; init; }

    /// <summary>The picture.</summary>
    public required Figure Picture { get; init; }

    /// <summary>Its numbers, all of them: what its <c>.csv</c>, <c>.json</c> and sheet hold. Without caption of its own.</summary>
    public required TableBlock Data { get; init; }

    /// <summary>What stands under it: N, unit, period, category version, that shares may not add to 100.</summary>
    public IReadOnlyList<Run> Note { get; init; } = [];
}

/// <summary>A piece of text.</summary>
/// <param name="Text">As printed.</param>
public abstract record Run(string Text);

/// <summary>Words.</summary>
public sealed record TextRun(string Text, bool Strong = false) : Run(Text);

/// <summary>A number that is bound to a figure: nobody can type another.</summary>
/// <param name="Text">As printed: 385, 157%, 4.</param>
/// <param name="Source">Which figure (<see cref="FigureSource.Key"/>).</param>
public sealed record FigureRun(string Text, string Source) : Run(Text)
{
    /// <summary>Which number of the figure it is: empty for its value, <c>part</c>, <c>whole</c>, <c>times</c>, <c>weeks</c>, <c>months</c>.</summary>
    public string Facet { get; init; } = "";
}

/// <summary>Mark of a footnote.</summary>
/// <param name="Text">As printed: (*1).</param>
/// <param name="Number">Its number, from 1.</param>
public sealed record FootnoteRun(string Text, int Number) : Run(Text);

/// <summary>Mention of a table, a figure or a section.</summary>
/// <param name="Text">As printed: 図1.</param>
/// <param name="Target">Its anchor.</param>
public sealed record ReferenceRun(string Text, string Target) : Run(Text);

/// <summary>A contact.</summary>
/// <param name="Heading">For what.</param>
/// <param name="Lines">Name, telephone.</param>
public sealed record ContactBlock(string Heading, IReadOnlyList<string> Lines);

/// <summary>Where a printed number comes from.</summary>
/// <param name="Key">Unique in the report: <c>FY2013/c2Region.JP</c>.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Definition">What it counts, in the language of the report.</param>
public sealed record FigureSource(string Key, Statistic Figure, string Definition);
