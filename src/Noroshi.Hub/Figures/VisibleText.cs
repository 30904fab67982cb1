using System.Globalization;
using System.Text;

namespace Noroshi.Hub.Figures;

/// <summary>Text of strangers for pages and figures: what would be invisible, turn the reading order or break XML is written out.</summary>
public static class VisibleText
{
    /// <summary>The text with controls, format characters, private use and lone surrogates as <c>[U+202E]</c>; line feeds stay.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = 0;
        while (first < text.Length && IsPlain(text[first]))
        {
            first++;
        }

        return first == text.Length ? text : WrittenOut(text, first);
    }

    /// <summary>The same on one line.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Of(text.ReplaceLineEndings(" ")).Replace('\n', ' ').Replace('\t', ' ');
    }

    private static bool IsPlain(char character) =>
        character is >= ' ' and < '\u007f' or '\n' or (>= '\u3041' and <= '\u30ff') or (>= '\u4e00' and <= '\u9fff');

    private static string WrittenOut(string text, int from)
    {
        var written = new StringBuilder(text.Length + 16).Append(text, 0, from);
        var at = from;
        while (at < text.Length)
        {
            if (Rune.TryGetRuneAt(text, at, out var rune))
            {
                written.Append(IsVisible(rune) ? rune.ToString() : Code(rune.Value));
                at += rune.Utf16SequenceLength;
            }
            else
            {
                written.Append(Code(text[at]));
                at++;
            }
        }

        return written.ToString();
    }

    private static bool IsVisible(Rune rune) =>
        rune.Value is '\n' or '\t'
        || (
            rune.Value is not (0xFFFE or 0xFFFF or 0x034F or 0x115F or 0x1160 or 0x3164 or 0xFFA0)
            && Rune.GetUnicodeCategory(rune)
                is not (
                    UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned
                )
        );

    private static string Code(int value) =>
        value switch
        {
            0x202E => "[U+202E RLO]",
            0x202D => "[U+202D LRO]",
            0x202B => "[U+202B RLE]",
            0x202A => "[U+202A LRE]",
            0x202C => "[U+202C PDF]",
            0x2066 => "[U+2066 LRI]",
            0x2067 => "[U+2067 RLI]",
            0x2068 => "[U+2068 FSI]",
            0x2069 => "[U+2069 PDI]",
            0x200B => "[U+200B ZWSP]",
            _ => string.Create(CultureInfo.InvariantCulture, $"[U+{value:X4}]"),
        };
}
