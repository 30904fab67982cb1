using System.Buffers.Binary;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Noroshi.Exchange.Reports;
using Noroshi.Exchange.Reports.Office;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Documents;
using Shouldly;
using Xunit;
using Sheet = DocumentFormat.OpenXml.Spreadsheet;

namespace Noroshi.Hub.Tests.Exchange.Reports;

/// <summary>Documents and workbooks, looked at by the validator of the Open XML SDK.</summary>
public sealed class OfficeReportTests
{
    public static TheoryData<string> Texts() => [.. NaughtyTexts.All];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_document_is_valid_with_headings_lists_captions_footnotes_and_header_rows(bool ja)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(await DocxAsync(SampleReport.Of(ja))), isEditable: false);
        Errors(document).ShouldBeEmpty();
        var main = document.MainDocumentPart.ShouldNotBeNull();
        var body = main.Document?.Body.ShouldNotBeNull();
        string? StyleOf(Paragraph one) => one.ParagraphProperties?.ParagraphStyleId?.Val?.Value;
        var paragraphs = body.ShouldNotBeNull().Descendants<Paragraph>().ToList();
        paragraphs.Where(one => StyleOf(one) == "Heading1").Select(one => one.InnerText).ShouldContain(ja ? "1. 活動の状況" : "1. Activity");
        paragraphs.Count(one => StyleOf(one) == "Heading2").ShouldBe(1);
        paragraphs.Count(one => StyleOf(one) == "Caption").ShouldBe(3);
        paragraphs.Count(one => one.Descendants<NumberingProperties>().Any()).ShouldBe(2);
        body.Descendants<Table>().ShouldAllBe(table => table.Descendants<TableHeader>().Count() == 1);
        var footnotes = main.FootnotesPart?.Footnotes.ShouldNotBeNull();
        footnotes.ShouldNotBeNull().Elements<Footnote>().Count(one => one.Id?.Value > 0).ShouldBe(2);
        body.Descendants<FootnoteReference>().Select(one => one.Id?.Value).ShouldBe([1, 2]);
        paragraphs.Single(one => one.InnerText.Contains(ja ? "384件の情報提供" : "384 items", StringComparison.Ordinal)).InnerText.ShouldContain("(*)");
        main.HeaderParts.Single().Header?.InnerText.ShouldContain("TLP:CLEAR");
        var picture = body.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.DocProperties>().Single();
        picture.Description?.Value.ShouldNotBeNull().ShouldContain("9% → 31%");
        var places = body.Descendants<BookmarkStart>().Select(one => one.Name?.Value).ToList();
        places.Distinct(StringComparer.Ordinal).Count().ShouldBe(places.Count);
        body.Descendants<Hyperlink>().Select(one => one.Anchor?.Value).ShouldAllBe(anchor => places.Contains(anchor));
        body.Descendants<Hyperlink>().Count(one => one.InnerText == "384").ShouldBe(3);
    }

    [Fact]
    public async Task Without_a_painter_a_figures_numbers_stand_as_a_table()
    {
        using var to = new MemoryStream();
        await new DocxReportWriter(new NoPainter()).WriteAsync(SampleReport.Of(ja: true), to, TestContext.Current.CancellationToken);
        using var document = WordprocessingDocument.Open(to, isEditable: false);
        Errors(document).ShouldBeEmpty();
        var body = (document.MainDocumentPart?.Document?.Body).ShouldNotBeNull();
        body.Descendants<Drawing>().ShouldBeEmpty();
        body.InnerText.ShouldContain("画像は作成できなかった");
        body.Descendants<Table>().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_workbook_is_valid_with_a_sheet_for_each_table_and_figure_and_numbers_as_numbers(bool ja)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(await XlsxAsync(SampleReport.Of(ja))), isEditable: false);
        Errors(document).ShouldBeEmpty();
        var book = document.WorkbookPart.ShouldNotBeNull();
        var sheets = book.Workbook?.Descendants<Sheet.Sheet>().ToList() ?? [];
        sheets.Select(one => one.Name?.Value).ShouldBe(
            ja
                ? ["目次", "表1 情報提供と情報共有の件数", "図1 不正接続先の地域別割合", "表2 ある「やり取り型」攻撃事例のメールの流れ", "数値の定義"]
                : ["Contents", "Table 1 Provisions and shared i", "Figure 1 Destinations by countr", "Table 2 Mails of one conversati", "Definitions of the figures"]
        );
        var counts = Cells(book, sheets[1]);
        counts["B2"].CellValue?.Text.ShouldBe("241");
        counts["B3"].CellValue?.Text.ShouldBe("1204");
        counts["C3"].CellValue?.Text.ShouldBe("-0.125");
        counts["A2"].InnerText.ShouldBe(ja ? "情報提供件数" : "Provisions");
        Cells(book, sheets[2])["C2"].CellValue?.Text.ShouldBe("0.31");
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task No_text_breaks_a_document_or_becomes_a_formula(string text)
    {
        using (var document = WordprocessingDocument.Open(new MemoryStream(await DocxAsync(SampleReport.Of(ja: true, text))), isEditable: false))
        {
            Errors(document).ShouldBeEmpty();
        }

        using var workbook = SpreadsheetDocument.Open(new MemoryStream(await XlsxAsync(SampleReport.Of(ja: true, text))), isEditable: false);
        Errors(workbook).ShouldBeEmpty();
        var cells = (workbook.WorkbookPart?.WorksheetParts ?? []).SelectMany(part => part.Worksheet?.Descendants<Sheet.Cell>() ?? []).ToList();
        cells.ShouldAllBe(cell => cell.CellFormula == null);
        var quoted = (uint)CellLook.Quoted;
        cells
            .Where(cell => cell.InlineString != null && cell.InnerText.Length > 0 && cell.InnerText[0] is '=' or '+' or '@' or '＝')
            .ShouldAllBe(cell => cell.StyleIndex != null && (cell.StyleIndex.Value == quoted || cell.StyleIndex.Value < 3 || cell.StyleIndex.Value == 10));
    }

    [Fact]
    public async Task The_same_report_gives_the_same_bytes()
    {
        (await DocxAsync(SampleReport.Of(ja: true))).ShouldBe(await DocxAsync(SampleReport.Of(ja: true)));
        (await XlsxAsync(SampleReport.Of(ja: false))).ShouldBe(await XlsxAsync(SampleReport.Of(ja: false)));
    }

    [Fact]
    public void Names_of_sheets_are_short_clean_and_each_there_once()
    {
        var names = new SheetNames();
        names.Of("a/b:c*d?e[f]g\\h").ShouldBe("a_b_c_d_e_f_g_h");
        names.Of("A/B:C*D?E[F]G\\H").ShouldBe("A_B_C_D_E_F_G_H (2)");
        names.Of("").ShouldBe("Sheet");
        names.Of("History").ShouldBe("Sheet (2)");
        names.Of(new string('長', 40)).Length.ShouldBe(31);
        names.Of(new string('長', 40)).ShouldEndWith(" (2)");
        names.Of(new string('x', 30) + "𠮷").ShouldBe(new string('x', 30));
    }

    private static List<string> Errors(OpenXmlPackage package) =>
        [
            .. new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019)
                .Validate(package, TestContext.Current.CancellationToken)
                .Select(error => $"{error.Path?.XPath}: {error.Description}"),
        ];

    private static Dictionary<string, Sheet.Cell> Cells(WorkbookPart book, Sheet.Sheet sheet) =>
        ((WorksheetPart)book.GetPartById(sheet.Id?.Value ?? ""))
            .Worksheet?.Descendants<Sheet.Cell>()
            .ToDictionary(one => one.CellReference?.Value ?? "", StringComparer.Ordinal) ?? [];

    private static async Task<byte[]> DocxAsync(ReportDocument report)
    {
        using var to = new MemoryStream();
        await new DocxReportWriter(new OnePixel()).WriteAsync(report, to, TestContext.Current.CancellationToken);
        return to.ToArray();
    }

    private static async Task<byte[]> XlsxAsync(ReportDocument report)
    {
        using var to = new MemoryStream();
        await new XlsxReportWriter().WriteAsync(report, to, TestContext.Current.CancellationToken);
        return to.ToArray();
    }

    /// <summary>A painter without a browser: a picture of one pixel.</summary>
    private sealed class OnePixel : IFigurePainter
    {
        public Task<byte[]?> PngAsync(Figure figure, CancellationToken cancellation)
        {
            var png = new byte[33];
            "\u0089PNG\r\n\u001a\n"u8[1..].CopyTo(png.AsSpan(0));
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), 1);
            return Task.FromResult<byte[]?>(png);
        }
    }
}
