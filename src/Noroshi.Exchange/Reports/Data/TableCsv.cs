using System.Text;
using Noroshi.Exchange.Csv;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Exchange.Reports.Data;

/// <summary>A table, or the numbers of a figure, as CSV: UTF-8 with a byte order mark, CR LF (RFC 4180), nothing that a spreadsheet takes for a formula.</summary>
internal static class TableCsv
{
    /// <summary>Headings, then rows; cells as printed, numbers without their grouping.</summary>
    public static byte[] Of(TableBlock table)
    {
        var text = new StringBuilder();
        Row(text, table.Columns.Select(column => column.Heading));
        foreach (var row in table.Rows)
        {
            Row(text, table.Columns.Select((column, at) => Cell(column, at < row.Count ? row[at] : [])));
        }

        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Cell(TableColumn column, IReadOnlyList<Run> runs)
    {
        var text = CellNumber.TextOf(runs);
        return column.Numeric && CellNumber.Of(text) is not null ? text.Replace(",", "", StringComparison.Ordinal) : text;
    }

    private static void Row(StringBuilder to, IEnumerable<string> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
            {
                to.Append(',');
            }

            first = false;
            // A minus before a number starts no formula: spreadsheets read it as what it is.
            if (cell.StartsWith('-') && CellNumber.Of(cell) is not null)
            {
                to.Append(cell);
            }
            else
            {
                CsvCell.Append(to, cell);
            }
        }

        to.Append("\r\n");
    }
}
