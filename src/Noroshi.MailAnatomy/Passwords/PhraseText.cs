using System.Numerics;
using System.Runtime.InteropServices;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>Characters and widths for the phrase grammar.</summary>
internal static class PhraseText
{
    private const char FirstFull = '\uFF01';
    private const char LastFull = '\uFF5E';
    private const ushort FullToHalf = 0xFEE0;

    /// <summary>
    /// Full-width ASCII and ideographic spaces as ASCII, character by character, so that places in the result are places in the
    /// original. This is the part of NFKC that keeps lengths.
    /// </summary>
    public static string Fold(string text)
    {
        var span = text.AsSpan();
        if (!span.ContainsAnyInRange(FirstFull, LastFull) && !span.ContainsAny('\u3000', '\u00A0', '\t'))
        {
            return text;
        }

        return string.Create(
            text.Length,
            text,
            static (folded, source) =>
            {
                source.CopyTo(folded);
                var units = MemoryMarshal.Cast<char, ushort>(folded);
                var width = Vector<ushort>.Count;
                var i = 0;
                for (; i + width <= units.Length; i += width)
                {
                    var block = new Vector<ushort>(units[i..]);
                    var full = Vector.LessThanOrEqual(block - new Vector<ushort>(FirstFull), new Vector<ushort>(LastFull - FirstFull));
                    var blank =
                        Vector.Equals(block, new Vector<ushort>('\u3000'))
                        | Vector.Equals(block, new Vector<ushort>('\u00A0'))
                        | Vector.Equals(block, new Vector<ushort>('\t'));
                    block -= full & new Vector<ushort>(FullToHalf);
                    Vector.ConditionalSelect(blank, new Vector<ushort>(' '), block).CopyTo(units[i..]);
                }

                for (; i < folded.Length; i++)
                {
                    folded[i] = Fold(folded[i]);
                }
            }
        );
    }

    /// <summary>One character folded.</summary>
    private static char Fold(char c) =>
        c switch
        {
            >= FirstFull and <= LastFull => (char)(c - FullToHalf),
            '\u3000' or '\u00A0' or '\t' => ' ',
            _ => c,
        };

    /// <summary>The closing partner of a quote or bracket, NUL for any other character.</summary>
    public static char Closer(char c) =>
        c switch
        {
            '「' => '」',
            '『' => '』',
            '【' => '】',
            '《' => '》',
            '〔' => '〕',
            '〈' => '〉',
            '“' => '”',
            '‘' => '’',
            '｢' => '｣',
            '«' => '»',
            '≪' => '≫',
            '(' => ')',
            '[' => ']',
            '<' => '>',
            '{' => '}',
            '"' => '"',
            '\'' => '\'',
            '`' => '`',
            '„' => '“',
            '〝' => '〟',
            _ => '\0',
        };

    /// <summary>Printable ASCII without the space.</summary>
    public static bool IsAscii(char c) => c is > ' ' and < '\u007F';

    /// <summary>ASCII letter or digit.</summary>
    public static bool IsAlphanumeric(char c) => char.IsAsciiLetterOrDigit(c);

    /// <summary>Hiragana.</summary>
    public static bool IsHiragana(char c) => c is >= '\u3041' and <= '\u309F';

    /// <summary>Katakana of either width, the long mark included.</summary>
    public static bool IsKatakana(char c) => c is (>= '\u30A1' and <= '\u30FE') or (>= '\uFF66' and <= '\uFF9F');

    /// <summary>Characters between a label and its value.</summary>
    public static bool IsSeparator(char c) =>
        c
            is ':'
                or '='
                or '-'
                or '>'
                or '|'
                or '*'
                or '~'
                or '→'
                or '⇒'
                or '⇨'
                or '➡'
                or '➔'
                or '►'
                or '▶'
                or '…'
                or '・'
                or '･'
                or '–'
                or '—'
                or '―'
                or '─'
                or '│'
                or '┃'
                or '‐'
                or '−'
                or '〜'
                or '；'
                or ';'
                or '︰'
                or '∶'
                or '／'
                or '↓'
                or '_'
                or '•';

    /// <summary>Marks around labels and at the start of list lines.</summary>
    public static bool IsDecoration(char c) =>
        c
            is ' '
                or '■'
                or '□'
                or '◆'
                or '◇'
                or '●'
                or '○'
                or '◎'
                or '★'
                or '☆'
                or '▼'
                or '▽'
                or '▲'
                or '△'
                or '#'
                or '※'
                or '】'
                or '］'
                or ']'
                or '」'
                or '』'
                or ')'
                or '》'
                or '〕'
                or '〉'
                or '【'
                or '\u200B'
                or '\uFEFF';

    /// <summary>A line that only rules off: three or more marks and no letter.</summary>
    public static bool IsRule(ReadOnlySpan<char> line)
    {
        foreach (var c in line)
        {
            if (
                c != ' '
                && !IsSeparator(c)
                && !IsDecoration(c)
                && c is not ('━' or '═' or '+' or '＿' or '↑' or '.' or '‥' or '┌' or '└' or '┐' or '┘' or '¯' or '￣' or '/' or '\\')
            )
            {
                return false;
            }
        }

        return true;
    }
}
