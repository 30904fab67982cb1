using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Exchange.Reports.Office;

/// <summary>
/// A workbook for those who count on: first what it is, then one table, or one figure's numbers, a sheet with its headings in the first row and
/// numbers as numbers, last the definitions.
/// </summary>
public sealed class XlsxReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public string Format => "xlsx";

    /// <inheritdoc/>
    public string Extension => ".xlsx";

    /// <inheritdoc/>
    public async Task WriteAsync(ReportDocument document, Stream to, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(to);
        await to.WriteAsync(Of(document), cancellation);
    }

    private static byte[] Of(ReportDocument document)
    {
        using var bytes = new MemoryStream();
        using (var package = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook, autoSave: false))
        {
            OfficePackage.Describe(package.AddNewPart<CoreFilePropertiesPart>("rId2"), document);
            var book = new Workbook(package.AddNewPart<WorkbookPart>("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "rId1"));
            var parts = document.Data().ToList();
            var names = new SheetNames();
            var cover = names.Of(ReportWords.Contents.In(document.Ja));
            var sheets = parts.ConvertAll(one => names.Of(one.Caption));
            book.Add(cover, Cover(document, [.. parts.Zip(sheets, (one, sheet) => (sheet, one.Caption, NoteOf(document, one.Id)))]));
            for (var at = 0; at < parts.Count; at++)
            {
                book.Add(sheets[at], Table(parts[at].Table));
            }

            if (document.Sources.Count > 0)
            {
                book.Add(names.Of(ReportWords.Definitions.In(document.Ja)), Definitions(document));
            }

            book.Save();
        }

        return OfficePackage.Settled(bytes);
    }

    private static IEnumerable<IReadOnlyList<Cell>> Cover(ReportDocument document, IReadOnlyList<(string Sheet, string Caption, string Note)> sheets)
    {
        IReadOnlyList<Cell> Fact(Hub.Words name, string value) => [Cell.Label(name.In(document.Ja)), Cell.Text(value)];
        yield return [Cell.Label(document.Title)];
        if (document.Subtitle is { } subtitle)
        {
            yield return [Cell.Text(subtitle)];
        }

        yield return Fact(ReportWords.Issued, document.Issuer);
        yield return Fact(ReportWords.On, document.Date);
        yield return Fact(ReportWords.Period, document.Period);
        yield return Fact(ReportWords.StateName, ReportWords.State(document.State).In(document.Ja));
        yield return Fact(ReportWords.Handling, document.Marking);
        yield return [];
        foreach (var (sheet, caption, note) in sheets)
        {
            yield return [Cell.Text(sheet), Cell.Text(caption), Cell.Text(note)];
        }
    }

    private static string NoteOf(ReportDocument document, string id) =>
        ReportParts.Plain(
            document.Tables().FirstOrDefault(one => one.Id == id)?.Note ?? document.Charts().FirstOrDefault(one => one.Id == id)?.Note ?? []
        );

    private static IEnumerable<IReadOnlyList<Cell>> Table(TableBlock table)
    {
        yield return [.. table.Columns.Select(column => Cell.Head(column.Heading, column.Numeric))];
        foreach (var row in table.Rows)
        {
            yield return [.. table.Columns.Select((column, at) => Cell.Of(column, at < row.Count ? row[at] : []))];
        }
    }

    private static IEnumerable<IReadOnlyList<Cell>> Definitions(ReportDocument document)
    {
        var ja = document.Ja;
        yield return
        [
            .. new[]
            {
                ReportWords.Definition,
                ReportWords.Value,
                ReportWords.Numerator,
                ReportWords.Denominator,
                ReportWords.Unit,
                ReportWords.Population,
                ReportWords.LeftOut,
                ReportWords.Period,
                ReportWords.Version,
                ReportWords.StateName,
                ReportWords.Id,
            }.Select((head, at) => Cell.Head(head.In(ja), numbers: at is >= 1 and <= 3)),
        ];
        foreach (var row in SourceRow.Of(document))
        {
            var figure = row.Source.Figure;
            yield return
            [
                Cell.Text(row.Source.Definition),
                figure.Suppressed ? Cell.Text(ReportWords.NotTold.In(ja))
                    : figure.Unit == "percent" ? Cell.Number(figure.Value / 100, CellLook.ExactPercent)
                    : Cell.Number(figure.Value, CellLook.Plain),
                Cell.Number(figure.Numerator, CellLook.Whole),
                Cell.Number(figure.Denominator, CellLook.Whole),
                Cell.Text(ReportWords.UnitOf(figure.Unit, ja)),
                Cell.Text(row.Population),
                Cell.Text(row.LeftOut),
                Cell.Text(figure.Period),
                Cell.Text(figure.CategoryVersion),
                Cell.Text(ReportWords.State(figure.State).In(ja)),
                Cell.Text(row.Source.Key),
            ];
        }
    }
}
