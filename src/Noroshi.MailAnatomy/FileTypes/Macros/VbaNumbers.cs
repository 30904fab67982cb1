using System.Globalization;

namespace Noroshi.MailAnatomy.FileTypes.Macros;

/// <summary>Sums of literal numbers, as stand within <c>Chr(…)</c>: <c>100 + 4</c>, <c>&amp;H68</c>, <c>5 Xor 109</c>, from left to right.</summary>
internal static class VbaNumbers
{
    private const int MaxTerms = 16;

    /// <summary>Reads a sum.</summary>
    /// <returns>Where it ends (blanks behind it included), or -1 when it is none.</returns>
    public static int Read(ReadOnlySpan<char> text, int at, out long value)
    {
        value = 0;
        var sign = '+';
        for (var terms = 0; terms < MaxTerms; terms++)
        {
            at = Blanks(text, at);
            var end = Term(text, at, out var term);
            if (end < 0)
            {
                return -1;
            }

            value = sign switch
            {
                '+' => value + term,
                '-' => value - term,
                '*' => value * term,
                '/' => term == 0 ? 0 : value / term,
                _ => value ^ term,
            };
            at = Blanks(text, end);
            if (at < text.Length && text[at] is '+' or '-' or '*' or '/')
            {
                sign = text[at++];
            }
            else if (text[Math.Min(at, text.Length)..].StartsWith("Xor", StringComparison.OrdinalIgnoreCase))
            {
                sign = '^';
                at += 3;
            }
            else
            {
                return at;
            }
        }

        return -1;
    }

    private static int Term(ReadOnlySpan<char> text, int at, out long term)
    {
        term = 0;
        var hex = text[Math.Min(at, text.Length)..].StartsWith("&H", StringComparison.OrdinalIgnoreCase);
        var from = hex ? at + 2 : at;
        var end = from;
        while (end < text.Length && end - from < 9 && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
        {
            end++;
        }

        var digits = text[Math.Min(from, text.Length)..Math.Min(end, text.Length)];
        if (!long.TryParse(digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out term))
        {
            return -1;
        }

        return end < text.Length && text[end] is '&' or '%' or '#' ? end + 1 : end;
    }

    private static int Blanks(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }
}
