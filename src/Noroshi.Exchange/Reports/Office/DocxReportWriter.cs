using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Exchange.Reports.Office;

/// <summary>
/// A document to work on: real headings, lists, captions and footnotes, tables with header rows, figures with alternative text. Where nothing
/// can paint a figure, its numbers stand as a table.
/// </summary>
/// <param name="painter">Paints figures.</param>
public sealed class DocxReportWriter(IFigurePainter painter) : IReportWriter
{
    /// <inheritdoc/>
    public string Format => "docx";

    /// <inheritdoc/>
    public string Extension => ".docx";

    /// <inheritdoc/>
    public async Task WriteAsync(ReportDocument document, Stream to, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(to);
        var pictures = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var chart in document.Charts())
        {
            if (await painter.PngAsync(chart.Picture, cancellation) is { } png)
            {
                pictures[chart.Id] = png;
            }
        }

        await to.WriteAsync(Of(document, pictures), cancellation);
    }

    private static byte[] Of(ReportDocument document, Dictionary<string, byte[]> pictures)
    {
        using var bytes = new MemoryStream();
        using (var package = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document, autoSave: false))
        {
            OfficePackage.Describe(package.AddNewPart<CoreFilePropertiesPart>("rId2"), document);
            var main = package.AddNewPart<MainDocumentPart>(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "rId1"
            );
            Save(main.AddNewPart<StyleDefinitionsPart>("rIdStyles"), DocxStyles.Of(document.Ja));
            DocxFrame.Add(main, document);
            var lists = new DocxLists();
            var runs = new DocxRuns(document);
            var body = new DocxBody(document, runs, lists, new DocxPictures(main, pictures)).Write();
            Save(main.AddNewPart<FootnotesPart>("rIdFootnotes"), runs.Footnotes());
            Save(main.AddNewPart<NumberingDefinitionsPart>("rIdNumbering"), lists.Numbering());
            main.Document = new Document(body);
            main.Document.Save();
        }

        return OfficePackage.Settled(bytes);
    }

    private static void Save(OpenXmlPart part, OpenXmlPartRootElement root)
    {
        using var stream = part.GetStream(FileMode.Create, FileAccess.Write);
        root.Save(stream);
    }
}
