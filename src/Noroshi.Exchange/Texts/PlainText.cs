using System.Globalization;
using System.Text;

namespace Noroshi.Exchange.Texts;

/// <summary>Keeps what an attacker wrote from becoming more than text in somebody's tool.</summary>
internal static class PlainText
{
    /// <summary>One line without control or invisible characters, at most so many UTF-16 units; what is longer ends with …</summary>
    /// <remarks>
    /// Marks of direction are shown as <c>[U+202E]</c>: in a file name they are evidence, and invisible they would do to the reader what they did
    /// to the victim.
    /// </remarks>
    public static string Line(string text, int longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + 8 > longest)
            {
                return clean.Append('…').ToString();
            }

            Append(clean, rune);
        }

        return clean.ToString();
    }

    /// <summary>Lines, each cleaned as <see cref="Line"/> does.</summary>
    public static IEnumerable<string> Lines(string text, int longest) =>
        text.ReplaceLineEndings("\n").Split('\n').Select(line => Line(line, longest));

    private static void Append(StringBuilder to, Rune rune)
    {
        if (rune.Value is >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 or 0x200E or 0x200F or 0x061C)
        {
            to.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
        }
        else if (
            Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        )
        {
            to.Append(' ');
        }
        else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format)
        {
            to.Append(rune);
        }
    }
}
