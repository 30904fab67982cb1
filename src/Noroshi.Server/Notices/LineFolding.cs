using System.Globalization;
using System.Text;

namespace Noroshi.Server.Notices;

/// <summary>Breaks lines of plain text by the columns that they take on a screen: a Japanese letter takes two.</summary>
internal static class LineFolding
{
    private const string NeverFirst = "、。，．・：；？！)）」』】〕ー々～ぁぃぅぇぉっゃゅょァィゥェォッャュョ";
    private const string NeverLast = "(（「『【〔";

    /// <summary>Appends a line, broken where it is longer than so many columns.</summary>
    public static void Append(StringBuilder to, string line, int columns)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(line);
        var indent = line.StartsWith('・') ? "  " : line[..(line.Length - line.TrimStart(' ').Length)];
        var rest = line;
        while (true)
        {
            var end = BreakAt(rest, columns);
            if (end >= rest.Length)
            {
                to.Append(rest);
                return;
            }

            to.Append(rest.AsSpan(0, end).TrimEnd(' ')).Append('\n');
            rest = indent + rest[end..].TrimStart(' ');
        }
    }

    /// <summary>Where the next line begins.</summary>
    private static int BreakAt(string line, int columns)
    {
        var (column, fits) = (0, 0);
        for (var at = 0; at < line.Length; at++)
        {
            column += IsWide(line[at]) ? 2 : 1;
            if (column > columns)
            {
                return fits > 0 ? fits : Math.Max(1, at);
            }

            if (at + 1 < line.Length && MayBreak(line[at], line[at + 1]))
            {
                fits = at + 1;
            }
        }

        return line.Length;
    }

    private static bool MayBreak(char before, char after) =>
        before == ' '
        || (
            (IsWide(before) || IsWide(after))
            && !char.IsLowSurrogate(after)
            && !NeverFirst.Contains(after, StringComparison.Ordinal)
            && !NeverLast.Contains(before, StringComparison.Ordinal)
        );

    private static bool IsWide(char letter) =>
        letter >= '\u1100'
        && (letter is < '\uff61' or > '\uffdc')
        && CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark;
}
