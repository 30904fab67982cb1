using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Noroshi.Hub.Reports.Documents;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;

namespace Noroshi.Exchange.Reports.Office;

/// <summary>Running head and foot of every page, size of the paper, settings.</summary>
internal static class DocxFrame
{
    /// <summary>Width of the text in twentieths of a point: A4 less its margins.</summary>
    public const int TextWidth = 11_906 - (2 * Side);

    private const int Side = 1_134;
    private const string Head = "rIdHeader";
    private const string Foot = "rIdFooter";

    /// <summary>Adds head, foot and settings.</summary>
    public static void Add(MainDocumentPart main, ReportDocument document)
    {
        var header = main.AddNewPart<HeaderPart>(Head);
        header.Header = new Header(Line("Header", Words(document.Issuer), new Run(new TabChar()), Words(document.Marking, bold: true)));
        header.Header.Save();
        var footer = main.AddNewPart<FooterPart>(Foot);
        footer.Footer = new Footer(
            Line("Footer", Words(document.Title), new Run(new TabChar()), Field("PAGE"), Words(" / "), Field("NUMPAGES"))
        );
        footer.Footer.Save();
        var settings = main.AddNewPart<DocumentSettingsPart>("rIdSettings");
        settings.Settings = new Settings(
            new FootnoteDocumentWideProperties(new FootnoteSpecialReference { Id = -1 }, new FootnoteSpecialReference { Id = 0 }),
            new Compatibility(
                new CompatibilitySetting
                {
                    Name = CompatSettingNameValues.CompatibilityMode,
                    Uri = "http://schemas.microsoft.com/office/word",
                    Val = "15",
                }
            ),
            new ThemeFontLanguages { Val = document.Ja ? "ja-JP" : "en-GB", EastAsia = "ja-JP" }
        );
        settings.Settings.Save();
    }

    /// <summary>The paper, last in the body.</summary>
    public static SectionProperties Section() =>
        new(
            new HeaderReference { Type = HeaderFooterValues.Default, Id = Head },
            new FooterReference { Type = HeaderFooterValues.Default, Id = Foot },
            new PageSize { Width = 11_906U, Height = 16_838U },
            new PageMargin
            {
                Top = 1_304,
                Bottom = 1_134,
                Left = Side,
                Right = Side,
                Header = 567U,
                Footer = 510U,
                Gutter = 0U,
            }
        );

    private static Paragraph Line(string style, params OpenXmlElement[] runs)
    {
        var line = new Paragraph(
            new ParagraphProperties(
                new ParagraphStyleId { Val = style },
                new Tabs(new TabStop { Val = TabStopValues.Right, Position = TextWidth })
            )
        );
        line.Append(runs);
        return line;
    }

    private static Run Words(string text, bool bold = false) =>
        bold ? new Run(new RunProperties(new Bold()), DocxRuns.TextOf(text)) : new Run(DocxRuns.TextOf(text));

    private static SimpleField Field(string name) => new(new Run(new Text("1"))) { Instruction = name };
}
