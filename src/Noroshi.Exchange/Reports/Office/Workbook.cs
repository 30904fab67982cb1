using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Noroshi.Hub.Figures;

namespace Noroshi.Exchange.Reports.Office;

/// <summary>A workbook while it is being written.</summary>
internal sealed class Workbook
{
    private const double MostWidth = 60;

    private readonly WorkbookPart _part;
    private readonly Sheets _sheets = new();

    public Workbook(WorkbookPart part)
    {
        _part = part;
        part.AddNewPart<WorkbookStylesPart>("rIdStyles").Stylesheet = Styles();
    }

    /// <summary>Adds a sheet; its first row stays when the others scroll.</summary>
    public void Add(string name, IEnumerable<IReadOnlyList<Cell>> rows)
    {
        var number = (uint)_sheets.ChildElements.Count + 1;
        var id = string.Create(CultureInfo.InvariantCulture, $"rIdSheet{number}");
        var part = _part.AddNewPart<WorksheetPart>(id);
        var data = new SheetData();
        var widths = new List<double>();
        uint at = 0;
        foreach (var cells in rows)
        {
            at++;
            data.Append(RowOf(at, cells));
            Widen(widths, cells);
        }

        var view = new SheetView { WorkbookViewId = 0U };
        if (number > 1)
        {
            view.Append(
                new Pane
                {
                    VerticalSplit = 1D,
                    TopLeftCell = "A2",
                    ActivePane = PaneValues.BottomLeft,
                    State = PaneStateValues.Frozen,
                }
            );
        }

        var sheet = new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            new SheetViews(view), new SheetFormatProperties { DefaultRowHeight = 16D });
        if (widths.Count > 0)
        {
            sheet.Append(
                new Columns(
                    widths.Select(
                        (width, column) =>
                            new Column
                            {
                                Min = (uint)column + 1,
                                Max = (uint)column + 1,
                                Width = width,
                                CustomWidth = true,
                            }
                    )
                )
            );
        }

        sheet.Append(
            data,
            new PageSetup
            {
                PaperSize = 9U,
                Orientation = OrientationValues.Landscape,
                FitToWidth = 1U,
                FitToHeight = 0U,
            }
        );
        part.Worksheet = sheet;
        _sheets.Append(
            new Sheet
            {
                Name = name,
                SheetId = number,
                Id = id,
            }
        );
    }

    /// <summary>Writes the table of sheets.</summary>
    public void Save()
    {
        _part.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new BookViews(new WorkbookView()), _sheets);
        foreach (var sheet in _part.WorksheetParts)
        {
            sheet.Worksheet?.Save();
        }

        _part.WorkbookStylesPart?.Stylesheet?.Save();
        _part.Workbook.Save();
    }

    private static Row RowOf(uint at, IReadOnlyList<Cell> cells)
    {
        var row = new Row { RowIndex = at };
        for (var column = 0; column < cells.Count; column++)
        {
            var cell = cells[column];
            var made = new DocumentFormat.OpenXml.Spreadsheet.Cell
            {
                CellReference = string.Create(CultureInfo.InvariantCulture, $"{Letters(column)}{at}"),
                StyleIndex = (uint)cell.Look,
            };
            if (cell.Value is { } value)
            {
                // Spreadsheets count in double anyway.
                made.CellValue = new CellValue(((double)value).ToString("R", CultureInfo.InvariantCulture));
            }
            else if (cell.Words is { Length: > 0 } words)
            {
                made.DataType = CellValues.InlineString;
                made.InlineString = new InlineString(new Text(words) { Space = SpaceProcessingModeValues.Preserve });
            }
            else
            {
                continue;
            }

            row.Append(made);
        }

        return row;
    }

    private static void Widen(List<double> widths, IReadOnlyList<Cell> cells)
    {
        for (var column = 0; column < cells.Count; column++)
        {
            if (column == widths.Count)
            {
                widths.Add(9);
            }

            var cell = cells[column];
            var text = cell.Words ?? "000,000";
            // A title alone in its row may run over the columns beside it.
            var width = cells.Count == 1 ? 9 : Math.Ceiling(TextWidth.Of(text.Length > 200 ? text[..200] : text, 11) / 6.5) + 2;
            widths[column] = Math.Clamp(width, widths[column], MostWidth);
        }
    }

    private static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    private static Stylesheet Styles()
    {
        const uint exact = 164;
        const uint tenth = 165;
        const uint tenthPercent = 166;
        CellFormat Format(uint number, uint font = 0, bool right = false, bool quoted = false, uint border = 0)
        {
            var format = new CellFormat
            {
                NumberFormatId = number,
                FontId = font,
                FillId = 0U,
                BorderId = border,
                FormatId = 0U,
                ApplyNumberFormat = true,
                QuotePrefix = quoted ? true : null,
            };
            format.Append(
                new Alignment
                {
                    Vertical = VerticalAlignmentValues.Top,
                    Horizontal = right ? HorizontalAlignmentValues.Right : null,
                }
            );
            return format;
        }

        Font Face(bool bold) =>
            bold
                ? new Font(new Bold(), new FontSize { Val = 11D }, new FontName { Val = "BIZ UDPゴシック" }, new FontCharSet { Val = 128 })
                : new Font(new FontSize { Val = 11D }, new FontName { Val = "BIZ UDPゴシック" }, new FontCharSet { Val = 128 });

        return new Stylesheet(
            new NumberingFormats(
                new NumberingFormat { NumberFormatId = exact, FormatCode = "0.00%" },
                new NumberingFormat { NumberFormatId = tenth, FormatCode = "#,##0.0" },
                new NumberingFormat { NumberFormatId = tenthPercent, FormatCode = "0.0%" }
            ),
            new Fonts(Face(bold: false), Face(bold: true)),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 })
            ),
            new Borders(
                new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
                new Border(
                    new LeftBorder(),
                    new RightBorder(),
                    new TopBorder(),
                    new BottomBorder(new Color { Rgb = "FF767680" }) { Style = BorderStyleValues.Thin },
                    new DiagonalBorder()
                )
            ),
            new CellStyleFormats(new CellFormat { NumberFormatId = 0U, FontId = 0U, FillId = 0U, BorderId = 0U }),
            // In the order of CellLook.
            new CellFormats(
                Format(0),
                Format(0, font: 1, border: 1),
                Format(0, font: 1, right: true, border: 1),
                Format(3),
                Format(9),
                Format(tenthPercent),
                Format(exact),
                Format(tenth),
                Format(0, quoted: true),
                Format(0, right: true),
                Format(0, font: 1)
            ),
            new CellStyles(new CellStyle { Name = "Normal", FormatId = 0U, BuiltinId = 0U })
        );
    }
}
