using System.Buffers;
using System.Text;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>Small questions about addresses and display names.</summary>
internal static class AddressText
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\0\u3000");
    private static readonly SearchValues<char> Unquotable = SearchValues.Create("()<>[]:;@\\,\" ");

    /// <summary>ASCII without encoded words and escape sequences: it needs no decoding.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExceptInRange('\u0001', '\u007f') && !text.Contains('\u001b') && text.IndexOf("=?", StringComparison.Ordinal) < 0;

    /// <summary>"undisclosed-recipients:;", the null path and the mail system itself: nobody on purpose.</summary>
    public static bool IsNobody(ReadOnlySpan<char> text)
    {
        text = text.Trim(" \t\r\n;,");
        return text.IsEmpty
            || text[^1] == ':'
            || text.EndsWith("<>", StringComparison.Ordinal)
            || text.Equals("MAILER-DAEMON", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>One line: line ends and runs of blanks are one space.</summary>
    public static string Line(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IndexOfAny("\r\n\t") < 0 && trimmed.IndexOf("  ", StringComparison.Ordinal) < 0)
        {
            return trimmed.Length == text.Length ? text : trimmed.ToString();
        }

        var line = new StringBuilder(trimmed.Length);
        var blank = false;
        foreach (var letter in trimmed)
        {
            if (letter is ' ' or '\t' or '\r' or '\n')
            {
                blank = true;
                continue;
            }

            if (blank)
            {
                line.Append(' ');
                blank = false;
            }

            line.Append(letter);
        }

        return line.ToString();
    }

    /// <summary>
    /// Takes quotes and backslashes off a quoted string. A backslash behind a high byte is the second half of a Shift_JIS letter,
    /// one inside an escape sequence half of an ISO-2022-JP letter: both stay.
    /// </summary>
    public static void Unquote(ReadOnlySpan<char> token, StringBuilder target, int limit)
    {
        var inner = token[1..^1];
        var shifted = false;
        for (var at = 0; at < inner.Length && target.Length < limit; at++)
        {
            var letter = inner[at];
            if (letter == '\u001b' && at + 1 < inner.Length)
            {
                shifted = inner[at + 1] == '$';
            }

            if (letter == '\\' && !shifted && at + 1 < inner.Length && !(at > 0 && inner[at - 1] is >= '\u0081' and <= '\u00fc'))
            {
                at++;
                letter = inner[at];
            }

            target.Append(letter);
        }
    }

    /// <summary>
    /// The stretch around the last at-sign, without the words around it; blanks at the at-sign belong to it. Length 0 when none.
    /// </summary>
    public static (int Start, int Length) Bare(ReadOnlySpan<char> line)
    {
        var sign = line.LastIndexOfAny('@', '＠');
        if (sign <= 0)
        {
            return default;
        }

        var start = sign;
        while (start > 0 && StructuredText.IsBlank(line[start - 1]))
        {
            start--;
        }

        if (start > 1 && line[start - 1] == '"' && line[..(start - 1)].LastIndexOf('"') is >= 0 and var open)
        {
            start = open;
        }
        else
        {
            while (start > 0 && !StructuredText.IsBlank(line[start - 1]) && line[start - 1] is not ('<' or '>'))
            {
                start--;
            }
        }

        var end = sign + 1;
        while (end < line.Length && StructuredText.IsBlank(line[end]))
        {
            end++;
        }

        while (end < line.Length && !StructuredText.IsBlank(line[end]) && line[end] is not ('<' or '>'))
        {
            end++;
        }

        return start < sign && end > sign + 1 ? (start, end - start) : default;
    }

    /// <summary>An address without route, blanks, brackets and full-width letters around and in it.</summary>
    public static string Clean(string address)
    {
        var text = address.AsSpan().Trim(" \t\r\n\0<>'");
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            text = text[7..];
        }

        if (text.Length > 0 && text[0] == '@' && text.LastIndexOf(':') is > 0 and var route)
        {
            text = text[(route + 1)..];
        }

        if (text.Contains('"'))
        {
            return text.ToString();
        }

        if (text.IndexOf('(') is >= 0 and var comment)
        {
            text = text[..comment].Trim();
        }

        if (text.IndexOfAny(Blanks) >= 0 && Bare(text) is { Length: > 0 } word)
        {
            text = text.Slice(word.Start, word.Length);
        }

        if (!text.Contains('['))
        {
            text = text.TrimEnd(']');
        }

        return text.IndexOfAny(Blanks) < 0 && !text.ContainsAnyInRange('\uff01', '\uff5e') ? text.ToString() : Compact(text);
    }

    /// <summary>An address in the display name that is not the real one; null when there is none.</summary>
    public static string? OtherAddress(ReadOnlySpan<char> display, string address)
    {
        var from = 0;
        while (from < display.Length && display[from..].IndexOfAny('@', '＠') is >= 0 and var next)
        {
            var sign = from + next;
            var start = sign;
            while (start > from && IsAddressLetter(display[start - 1]))
            {
                start--;
            }

            var end = sign + 1;
            while (end < display.Length && IsAddressLetter(display[end]))
            {
                end++;
            }

            var shown = Compact(display[start..end]).TrimEnd('.');
            if (
                start < sign
                && shown.AsSpan(sign - start).TrimEnd('.').Contains('.')
                && !shown.Equals(address, StringComparison.OrdinalIgnoreCase)
            )
            {
                return shown;
            }

            from = end;
        }

        return null;
    }

    /// <summary>Dots at an end of the local part or in a row, no at-sign, or signs that only a quoted local part may have.</summary>
    public static bool BreaksRfc(ReadOnlySpan<char> address)
    {
        var sign = address.LastIndexOf('@');
        if (sign <= 0)
        {
            return !address.Equals("MAILER-DAEMON", StringComparison.OrdinalIgnoreCase);
        }

        var local = address[..sign];
        if (local[0] == '"' && local[^1] == '"' && local.Length > 1)
        {
            return false;
        }

        return local[0] == '.'
            || local[^1] == '.'
            || local.IndexOf("..", StringComparison.Ordinal) >= 0
            || local.IndexOfAny(Unquotable) >= 0
            || sign == address.Length - 1;
    }

    private static bool IsAddressLetter(char letter) =>
        letter is >= '\uff01' and <= '\uff5e'
            ? IsAddressLetter((char)(letter - 0xfee0))
            : char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '+';

    private static string Compact(ReadOnlySpan<char> text)
    {
        var compact = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (!StructuredText.IsBlank(letter))
            {
                compact.Append(letter is >= '\uff01' and <= '\uff5e' ? (char)(letter - 0xfee0) : letter);
            }
        }

        return compact.ToString();
    }
}
