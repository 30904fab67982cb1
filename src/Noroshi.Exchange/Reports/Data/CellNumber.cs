using System.Globalization;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Exchange.Reports.Data;

/// <summary>The number that a cell prints.</summary>
/// <param name="Value">Its value; a percentage as a hundredth.</param>
/// <param name="Percent">Whether it is one.</param>
/// <param name="Decimals">Digits behind the point, as printed.</param>
internal readonly record struct CellNumber(decimal Value, bool Percent, int Decimals)
{
    private const int Longest = 24;

    /// <summary>Text of a cell on one line, without the marks of footnotes.</summary>
    public static string TextOf(IEnumerable<Run> runs) =>
        VisibleText.Line(string.Concat(runs.Where(run => run is not FootnoteRun).Select(run => run.Text))).Trim();

    /// <summary>The number of a text that is one as reports print it (1,204, -12.5, 31%); null of any other.</summary>
    public static CellNumber? Of(string text)
    {
        if (text.Length is 0 or > Longest)
        {
            return null;
        }

        var percent = text[^1] is '%' or '%';
        var digits = percent ? text[..^1].TrimEnd(' ') : text;
        if (
            !decimal.TryParse(
                digits,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var value
            )
            || !digits.All(letter => letter is (>= '0' and <= '9') or '-' or ',' or '.')
            || digits[^1] is ',' or '.' or '-'
        )
        {
            return null;
        }

        var point = digits.IndexOf('.', StringComparison.Ordinal);
        return new CellNumber(percent ? value / 100 : value, percent, point < 0 ? 0 : digits.Length - point - 1);
    }
}
