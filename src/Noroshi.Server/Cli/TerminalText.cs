using System.Globalization;
using System.Text;

namespace Noroshi.Server.Cli;

/// <summary>Makes text from mails safe to print: control, bidirectional and invisible characters are written out.</summary>
internal static class TerminalText
{
    /// <summary>One line of text with every character that could move the cursor or the reading order made visible.</summary>
    public static string Escape(string text)
    {
        var plain = true;
        foreach (var character in text)
        {
            if (NeedsEscape(character))
            {
                plain = false;
                break;
            }
        }

        return plain ? text : EscapeAll(text);
    }

    private static string EscapeAll(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && NeedsEscape((char)rune.Value))
            {
                escaped.Append(Name((char)rune.Value));
            }
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse)
            {
                escaped.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
            }
            else
            {
                escaped.Append(rune.ToString());
            }
        }

        return escaped.ToString();
    }

    private static bool NeedsEscape(char character) =>
        char.IsControl(character)
        || char.IsSurrogate(character)
        || char.GetUnicodeCategory(character)
            is UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse;

    private static string Name(char character) =>
        character switch
        {
            '\t' => " ",
            '\r' or '\n' => " ",
            '\u202E' => "<RLO>",
            '\u202D' => "<LRO>",
            '\u202B' => "<RLE>",
            '\u202A' => "<LRE>",
            '\u202C' => "<PDF>",
            '\u2066' => "<LRI>",
            '\u2067' => "<RLI>",
            '\u2068' => "<FSI>",
            '\u2069' => "<PDI>",
            '\u200B' => "<ZWSP>",
            < ' ' or '\u007F' => $"<{(int)character:X2}>",
            _ => $"<U+{(int)character:X4}>",
        };
}
