using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Documents;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;

namespace Noroshi.Exchange.Reports.Office;

/// <summary>The text of a document from front to definitions.</summary>
internal sealed class DocxBody(ReportDocument document, DocxRuns runs, DocxLists lists, DocxPictures pictures)
{
    private readonly Body _body = new();

    public Body Write()
    {
        WriteFront();
        foreach (var section in document.Sections)
        {
            WriteSection(section);
        }

        WriteFootnotes();
        WriteContacts();
        WriteSources();
        _body.Append(DocxFrame.Section());
        return _body;
    }

    private string Say(Hub.Words words) => words.In(document.Ja);

    private void WriteFront()
    {
        Plain(DocxStyles.Form, Say(ReportWords.FormOf(document.Form)));
        Plain("Title", document.Title);
        if (document.Subtitle is { } subtitle)
        {
            Plain("Subtitle", subtitle);
        }

        void Fact(Hub.Words name, string value) => Plain(DocxStyles.Facts, $"{Say(name)}{(document.Ja ? ":" : ": ")}{value}");
        Fact(ReportWords.On, document.Date);
        Fact(ReportWords.Issued, document.Issuer);
        Fact(ReportWords.Period, document.Period);
        Fact(ReportWords.StateName, Say(ReportWords.State(document.State)));
        Plain(DocxStyles.LastFact, $"{Say(ReportWords.Handling)}{(document.Ja ? ":" : ": ")}{document.Marking}");
    }

    private void WriteSection(ReportSection section)
    {
        if (section.Heading is { } heading)
        {
            Heading(section.Level, heading, section.Id);
        }

        foreach (var block in section.Blocks)
        {
            WriteBlock(block);
        }
    }

    private void WriteBlock(ReportBlock block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                _body.Append(Paragraph(DocxStyles.Text, runs.Of(paragraph.Runs)));
                break;
            case ListBlock list:
                var number = lists.New();
                foreach (var item in list.Items)
                {
                    var line = Paragraph(DocxStyles.List, runs.Of(item.Runs));
                    line.ParagraphProperties?.Append(
                        new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = number })
                    );
                    _body.Append(line);
                }

                break;
            case TableBlock table:
                Caption(table.Id, table.Caption);
                WriteTable(table, table.Caption);
                Under(table.Note);
                break;
            case ChartBlock chart:
                WriteChart(chart);
                break;
            default:
                throw new ArgumentException(block.GetType().Name, nameof(block));
        }
    }

    private void WriteChart(ChartBlock chart)
    {
        Caption(chart.Id, chart.Caption);
        if (pictures.Of(chart) is { } picture)
        {
            _body.Append(Paragraph(DocxStyles.Picture, [picture]));
        }
        else
        {
            Plain(DocxStyles.Under, Say(ReportWords.NoPicture));
            WriteTable(chart.Data, chart.Caption);
        }

        Under(chart.Note);
    }

    private void WriteTable(TableBlock table, string name)
    {
        var rows = table.Rows.Select(row =>
            (IEnumerable<Paragraph>)
                table.Columns.Select((column, at) => Cell(at < row.Count ? runs.Of(row[at]) : [], column.Numeric)).ToList()
        );
        _body.Append(Table(name, table.Columns, rows));
    }

    private void Under(IReadOnlyList<Hub.Reports.Documents.Run> note) => _body.Append(Paragraph(DocxStyles.Under, runs.Of(note)));

    private void WriteFootnotes()
    {
        var left = runs.Uncarried.ToList();
        if (left.Count > 0)
        {
            Heading(1, Say(ReportWords.Footnotes), "footnotes");
            _body.Append(left.Select(runs.Footnote));
        }
    }

    private void WriteContacts()
    {
        if (document.Contacts.Count == 0)
        {
            return;
        }

        Heading(1, Say(ReportWords.Contacts), "contacts");
        foreach (var contact in document.Contacts)
        {
            _body.Append(Paragraph("Normal", [new Run(new RunProperties(new Bold()), DocxRuns.TextOf(contact.Heading))]));
            foreach (var line in contact.Lines)
            {
                Plain("Normal", line);
            }
        }
    }

    private void WriteSources()
    {
        if (document.Sources.Count == 0)
        {
            return;
        }

        Heading(1, Say(ReportWords.Definitions), "definitions");
        Plain(DocxStyles.Text, Say(ReportWords.DefinitionsLead));
        TableColumn[] columns =
        [
            new(Say(ReportWords.Definition)),
            new(Say(ReportWords.Number), true),
            new(Say(ReportWords.Made), true),
            new(Say(ReportWords.Population)),
            new(Say(ReportWords.Version)),
        ];
        _body.Append(Table(Say(ReportWords.Definitions), columns, SourceRow.Of(document).Select(Source)));
        // A table may not be the last thing of a body.
        _body.Append(Paragraph("Normal", []));
    }

    private IEnumerable<Paragraph> Source(SourceRow row)
    {
        var (start, end) = runs.Place(DocxRuns.Definition(row.Number));
        var figure = row.Source.Figure;
        var leftOut = row.LeftOut.Length == 0 ? "" : $" ({Say(ReportWords.LeftOut)}: {row.LeftOut})";
        yield return Cell([start, Words(row.Source.Definition), end], numeric: false);
        yield return Cell([Words(row.Value)], numeric: true);
        yield return Cell([Words(row.Made)], numeric: true);
        yield return Cell([Words($"{row.Population}{leftOut}")], numeric: false);
        yield return Cell(
            [Words($"{figure.Period} / {figure.CategoryVersion} / {Say(ReportWords.State(figure.State))}")],
            numeric: false
        );
    }

    private static Table Table(string name, IReadOnlyList<TableColumn> columns, IEnumerable<IEnumerable<Paragraph>> rows)
    {
        var cells = rows.Select(row => row.ToList()).ToList();
        var widths = Widths(columns, cells);
        var table = new Table(
            new TableProperties(
                new TableStyle { Val = DocxStyles.Table },
                new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
                new TableLook { FirstRow = true, NoVerticalBand = true },
                new TableCaption { Val = OfficePackage.Line(name) }
            ),
            new TableGrid(widths.Select(width => new GridColumn { Width = width }))
        );
        table.Append(
            new TableRow(
                [
                    new TableRowProperties(new CantSplit(), new TableHeader()),
                    .. columns.Select((column, at) => Boxed(Cell([Words(column.Heading)], column.Numeric), widths[at])),
                ]
            )
        );
        foreach (var row in cells)
        {
            table.Append(new TableRow([new TableRowProperties(new CantSplit()), .. row.Select((cell, at) => Boxed(cell, widths[at]))]));
        }

        return table;
    }

    /// <summary>Widths by what the columns hold, in twentieths of a point; together as wide as the text.</summary>
    private static List<string> Widths(IReadOnlyList<TableColumn> columns, List<List<Paragraph>> rows)
    {
        const double least = 45;
        const double most = 260;
        double Of(string text) => TextWidth.Of(text.Length > 100 ? text[..100] : text, 9) + 12;
        var wanted = columns
            .Select(
                (column, at) =>
                    Math.Clamp(rows.Where(row => at < row.Count).Select(row => Of(row[at].InnerText)).Append(Of(column.Heading)).Max(), least, most)
            )
            .ToList();
        // Numbers are never broken; the texts share what is left.
        const double page = DocxFrame.TextWidth / 20.0;
        bool Fixed(int at) => columns[at].Numeric && columns.Any(column => !column.Numeric);
        var numbers = wanted.Where((_, at) => Fixed(at)).Sum();
        var taken = Math.Min(numbers, page * 0.7);
        var others = wanted.Where((_, at) => !Fixed(at)).Sum();
        return
        [
            .. wanted.Select(
                (width, at) => FormattableString.Invariant($"{(int)(20 * (Fixed(at) ? width * taken / numbers : (page - taken) * width / others))}")
            ),
        ];
    }

    private static TableCell Boxed(Paragraph cell, string width) =>
        new(new TableCellProperties(new TableCellWidth { Width = width, Type = TableWidthUnitValues.Dxa }), cell);

    private void Heading(int level, string text, string anchor)
    {
        var (start, end) = runs.Place(anchor);
        _body.Append(Paragraph(DocxStyles.Heading(level), [start, Words(text), end]));
    }

    private void Caption(string anchor, string text)
    {
        var (start, end) = runs.Place(anchor);
        _body.Append(Paragraph(DocxStyles.Caption, [start, Words(text), end]));
    }

    private void Plain(string style, string text) => _body.Append(Paragraph(style, [Words(text)]));

    private static Run Words(string text) => new(DocxRuns.TextOf(text));

    private static Paragraph Cell(IEnumerable<OpenXmlElement> content, bool numeric)
    {
        var cell = Paragraph(DocxStyles.Cell, content);
        if (numeric)
        {
            cell.ParagraphProperties?.Append(new Justification { Val = JustificationValues.Right });
        }

        return cell;
    }

    private static Paragraph Paragraph(string style, IEnumerable<OpenXmlElement> content)
    {
        var paragraph = new Paragraph { ParagraphProperties = new ParagraphProperties(new ParagraphStyleId { Val = style }) };
        paragraph.Append(content);
        return paragraph;
    }
}
