using System.Globalization;
using System.Text;

namespace Noroshi.Exchange.Csv;

/// <summary>Cells of RFC 4180 that no spreadsheet takes for a formula.</summary>
internal static class CsvCell
{
    /// <summary>
    /// Appends a cell. One that begins, after blanks, with a sign that starts a formula (also in full width, as Japanese input has it) gets an
    /// apostrophe before it; control characters become blanks, so that a cell is one line.
    /// </summary>
    public static void Append(StringBuilder to, string text)
    {
        var clean = new StringBuilder(text.Length + 2);
        if (IsFormula(text))
        {
            clean.Append('\'');
        }

        foreach (var letter in text)
        {
            clean.Append(
                char.GetUnicodeCategory(letter)
                    is UnicodeCategory.Control
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                    ? ' '
                    : letter
            );
        }

        if (clean.ToString().AsSpan().IndexOfAny('"', ',', ' ') < 0)
        {
            to.Append(clean);
            return;
        }

        to.Append('"').Append(clean.Replace("\"", "\"\"")).Append('"');
    }

    /// <summary>Whether a spreadsheet may take a text for a formula when it is typed or read anew.</summary>
    public static bool IsFormula(string text)
    {
        // A tab or line end at the start moves what follows into a cell of its own in some programs.
        var start = text.AsSpan().TrimStart(" \t\r\n\0\u00a0\u3000\u200b\ufeff");
        return (text.Length > 0 && text[0] is '\t' or '\r' or '\n' or '\0')
            || (
                start.Length > 0
                && start[0] is '=' or '+' or '-' or '@' or '|' or '%' or '＝' or '＋' or '－' or '＠' or '﹦' or '﹢' or '﹣' or '﹫' or '−'
            );
    }
}
