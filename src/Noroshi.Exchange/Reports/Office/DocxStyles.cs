using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Noroshi.Exchange.Reports.Office;

/// <summary>The styles of a document, by their ids.</summary>
internal static class DocxStyles
{
    public const string Form = "ReportForm";
    public const string Facts = "ReportFacts";
    public const string LastFact = "ReportFactsEnd";
    public const string Text = "BodyText";
    public const string List = "ListNumber";
    public const string Caption = "Caption";
    public const string Under = "TableNote";
    public const string Picture = "Picture";
    public const string Cell = "TableText";
    public const string Table = "ReportTable";
    public const string Mark = "FootnoteReference";
    public const string Note = "FootnoteText";

    private const string Face = "BIZ UDPGothic";
    private const string Rule = "767680";

    /// <summary>Heading of a level, 1 or 2.</summary>
    public static string Heading(int level) => level > 1 ? "Heading2" : "Heading1";

    /// <summary>The styles.</summary>
    public static Styles Of(bool ja) =>
        new(
            new DocDefaults(
                new RunPropertiesDefault(
                    new RunPropertiesBaseStyle(
                        new RunFonts
                        {
                            Ascii = Face,
                            HighAnsi = Face,
                            EastAsia = "BIZ UDPゴシック",
                            ComplexScript = Face,
                        },
                        new FontSize { Val = "21" },
                        new Languages
                        {
                            // Words in Latin letters of a Japanese text are of the text.
                            Val = ja ? "ja-JP" : "en-GB",
                            EastAsia = "ja-JP",
                        }
                    )
                ),
                new ParagraphPropertiesDefault(
                    new ParagraphPropertiesBaseStyle(
                        new SpacingBetweenLines
                        {
                            After = "100",
                            Line = "320",
                            LineRule = LineSpacingRuleValues.Auto,
                        }
                    )
                )
            ),
            Paragraph("Normal", "Normal", null, new StyleParagraphProperties(), new StyleRunProperties(), isDefault: true),
            Paragraph(
                Text,
                "Body Text",
                "Normal",
                ja ? new StyleParagraphProperties(new Indentation { FirstLine = "210", FirstLineChars = 100 }) : new StyleParagraphProperties(),
                new StyleRunProperties()
            ),
            Paragraph(Form, "Report Form", "Normal", Spaced(0, 0), Run(19, colour: "55555D")),
            Paragraph("Title", "Title", "Normal", Spaced(0, 80), Run(36, bold: true)),
            Paragraph("Subtitle", "Subtitle", "Normal", Spaced(0, 160), Run(23, bold: true)),
            Paragraph(Facts, "Report Facts", "Normal", Spaced(0, 20), Run(19)),
            Paragraph(LastFact, "Report Facts End", Facts, Ruled(Space(0, 280)), new StyleRunProperties()),
            Paragraph("Heading1", "heading 1", "Normal", Headed(0), Run(27, bold: true)),
            Paragraph("Heading2", "heading 2", "Normal", Headed(1), Run(23, bold: true)),
            Paragraph(List, "List Number", "Normal", Spaced(0, 80), new StyleRunProperties()),
            Paragraph(Caption, "caption", "Normal", Kept(200, 80), Run(21, bold: true)),
            Paragraph(Under, "Table Note", "Normal", Spaced(60, 240), Run(17, colour: "55555D")),
            Paragraph(Picture, "Picture", "Normal", Kept(0, 60), new StyleRunProperties()),
            Paragraph(Cell, "Table Text", "Normal", Spaced(20, 20), Run(18)),
            Paragraph(Note, "footnote text", "Normal", Spaced(0, 20), Run(17)),
            Paragraph("Header", "header", "Normal", Spaced(0, 0), Run(16, colour: "55555D")),
            Paragraph("Footer", "footer", "Normal", Spaced(0, 0), Run(16, colour: "55555D")),
            Superscript(),
            TableLook()
        );

    private static Style Paragraph(
        string id,
        string name,
        string? basedOn,
        StyleParagraphProperties paragraph,
        StyleRunProperties run,
        bool isDefault = false
    )
    {
        var style = new Style
        {
            Type = StyleValues.Paragraph,
            StyleId = id,
            Default = isDefault ? true : null,
        };
        style.Append(new StyleName { Val = name });
        if (basedOn is not null)
        {
            style.Append(new BasedOn { Val = basedOn });
        }

        style.Append(new PrimaryStyle());
        if (paragraph.HasChildren)
        {
            style.Append(paragraph);
        }

        if (run.HasChildren)
        {
            style.Append(run);
        }

        return style;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static SpacingBetweenLines Space(int before, int after) => new() { Before = Number(before), After = Number(after) };

    private static StyleParagraphProperties Spaced(int before, int after) => new(Space(before, after));

    private static StyleParagraphProperties Kept(int before, int after) => new(new KeepNext(), Space(before, after));

    private static StyleParagraphProperties Headed(int level)
    {
        var properties = new StyleParagraphProperties(new KeepNext(), new KeepLines());
        if (level == 0)
        {
            properties.Append(Line(4));
        }

        properties.Append(Space(level == 0 ? 360 : 240, 120), new OutlineLevel { Val = level });
        return properties;
    }

    private static StyleParagraphProperties Ruled(SpacingBetweenLines space) => new(Line(8), space);

    private static ParagraphBorders Line(uint size) =>
        new(
            new BottomBorder
            {
                Val = BorderValues.Single,
                Size = size,
                Space = 3U,
                Color = Rule,
            }
        );

    private static StyleRunProperties Run(int halfPoints, bool bold = false, string? colour = null)
    {
        var run = new StyleRunProperties();
        if (bold)
        {
            run.Append(new Bold());
        }

        if (colour is not null)
        {
            run.Append(new Color { Val = colour });
        }

        run.Append(new FontSize { Val = Number(halfPoints) });
        return run;
    }

    private static Style Superscript() =>
        new(
            new StyleName { Val = "footnote reference" },
            new StyleRunProperties(new VerticalTextAlignment { Val = VerticalPositionValues.Superscript })
        )
        {
            Type = StyleValues.Character,
            StyleId = Mark,
        };

    private static Style TableLook() =>
        new(
            new StyleName { Val = "Report Table" },
            new StyleTableProperties(
                new TableBorders(
                    new TopBorder
                    {
                        Val = BorderValues.Single,
                        Size = 6U,
                        Color = Rule,
                    },
                    new BottomBorder
                    {
                        Val = BorderValues.Single,
                        Size = 6U,
                        Color = Rule,
                    },
                    new InsideHorizontalBorder
                    {
                        Val = BorderValues.Single,
                        Size = 4U,
                        Color = "D6D6DE",
                    }
                ),
                new TableCellMarginDefault(
                    new TopMargin { Width = "30", Type = TableWidthUnitValues.Dxa },
                    new TableCellLeftMargin { Width = 85, Type = TableWidthValues.Dxa },
                    new BottomMargin { Width = "30", Type = TableWidthUnitValues.Dxa },
                    new TableCellRightMargin { Width = 85, Type = TableWidthValues.Dxa }
                )
            ),
            new TableStyleProperties(
                new RunPropertiesBaseStyle(new Bold()),
                new TableStyleConditionalFormattingTableCellProperties(
                    new Shading
                    {
                        Val = ShadingPatternValues.Clear,
                        Color = "auto",
                        Fill = "F3F4F8",
                    }
                )
            )
            {
                Type = TableStyleOverrideValues.FirstRow,
            }
        )
        {
            Type = StyleValues.Table,
            StyleId = Table,
            CustomStyle = true,
        };
}
