using System.Buffers;
using System.Globalization;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Scripts;

/// <summary>
/// Undoes by text alone what the commonest obfuscations do: characters by number, strings in pieces, escapes, marks that the language
/// ignores. Nothing is run. Each step is one pass over the text.
/// </summary>
internal static class Deobfuscation
{
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"'");
    private static readonly SearchValues<char> EscapeMarks = SearchValues.Create("\\%&");

    private static readonly SearchValues<string> CharacterCalls = SearchValues.Create(
        ["chr(", "chrw(", "chr$(", "chrw$(", "fromcharcode(", "fromcodepoint(", "[char]"],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>The text with everything undone; the same object when nothing was.</summary>
    /// <param name="source">Source.</param>
    /// <param name="format">Format of the script: carets are dropped in batch files only, backticks in PowerShell only.</param>
    public static string Of(string source, string format)
    {
        var text = Characters(source);
        text = Joined(text);
        text = Escaped(text);
        text = Joined(text);
        return format switch
        {
            "bat" => Without(text, '^'),
            "ps1" => Without(text, '`'),
            _ => text,
        };
    }

    /// <summary><c>Chr(104) &amp; Chr(116)</c>, <c>String.fromCharCode(104,116)</c> and <c>[char]104</c> become quoted strings.</summary>
    internal static string Characters(string text)
    {
        var rest = text.AsSpan();
        var at = rest.IndexOfAny(CharacterCalls);
        if (at < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        while (at >= 0)
        {
            var start = WordStart(rest, at);
            result.Append(rest[..start]);
            var open = rest[at] == '[' ? at + "[char]".Length : at + rest[at..].IndexOf('(') + 1;
            var call = rest[open..];
            if (Codes(call, list: rest[at] != '[', out var decoded, out var length))
            {
                result.Append('"').Append(decoded).Append('"');
                rest = call[length..];
            }
            else
            {
                result.Append(rest[start..open]);
                rest = call;
            }

            at = rest.IndexOfAny(CharacterCalls);
        }

        return result.Append(rest).ToString();
    }

    private static int WordStart(ReadOnlySpan<char> text, int at)
    {
        // "String." of String.fromCharCode belongs to the call.
        var start = at;
        while (start > 0 && at - start < 24 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] == '.'))
        {
            start--;
        }

        return start;
    }

    private static bool Codes(ReadOnlySpan<char> text, bool list, out string decoded, out int length)
    {
        var result = new StringBuilder();
        (decoded, length) = ("", 0);
        var at = 0;
        while (at < text.Length && result.Length < 1 << 20)
        {
            Skip(text, ref at);
            if (!Code(text, ref at, out var code))
            {
                return false;
            }

            result.Append((char)code);
            if (!list)
            {
                break;
            }

            Skip(text, ref at);
            if (at >= text.Length || text[at] is not (',' or ')'))
            {
                return false;
            }

            if (text[at++] == ')')
            {
                break;
            }
        }

        (decoded, length) = (result.ToString(), at);
        return result.Length > 0;
    }

    private static void Skip(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }
    }

    /// <summary>A number, or a sum or difference of two.</summary>
    private static bool Code(ReadOnlySpan<char> text, ref int at, out int code)
    {
        if (!Number(text, ref at, out code))
        {
            return false;
        }

        Skip(text, ref at);
        while (at < text.Length && text[at] is '+' or '-' or '^')
        {
            var sign = text[at];
            var next = at + 1;
            Skip(text, ref next);
            if (!Number(text, ref next, out var other))
            {
                break;
            }

            code =
                sign == '+' ? code + other
                : sign == '-' ? code - other
                : code ^ other;
            at = next;
            Skip(text, ref at);
        }

        return code is >= 0 and <= 0xFFFF;
    }

    private static bool Number(ReadOnlySpan<char> text, ref int at, out int value)
    {
        value = 0;
        if (at >= text.Length)
        {
            return false;
        }

        var rest = text[at..];
        var hex = rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("&h", StringComparison.OrdinalIgnoreCase);
        var digits = hex ? rest[2..] : rest;
        var length = 0;
        while (length < digits.Length && length < 7 && (hex ? char.IsAsciiHexDigit(digits[length]) : char.IsAsciiDigit(digits[length])))
        {
            length++;
        }

        at += length + (hex ? 2 : 0);
        return length > 0
            && int.TryParse(
                digits[..length],
                hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
                CultureInfo.InvariantCulture,
                out value
            );
    }

    /// <summary>Strings in pieces become one: <c>"a" + "b"</c>, <c>"a" &amp; "b"</c>, also over the ends of lines.</summary>
    internal static string Joined(string text)
    {
        var rest = text.AsSpan();
        StringBuilder? result = null;
        while (true)
        {
            var quote = rest.IndexOfAny(Quotes);
            if (quote < 0)
            {
                break;
            }

            var next = Seam(rest, quote + 1);
            if (next > 0)
            {
                result ??= new StringBuilder(text.Length);
                result.Append(rest[..quote]);
                rest = rest[next..];
            }
            else
            {
                result?.Append(rest[..(quote + 1)]);
                if (result is null)
                {
                    // Nothing was joined yet: what was passed is taken up when something is.
                    var passed = text.Length - rest.Length + quote + 1;
                    if (!HasSeam(rest[(quote + 1)..]))
                    {
                        return text;
                    }

                    result = new StringBuilder(text.Length).Append(text.AsSpan(0, passed));
                }

                rest = rest[(quote + 1)..];
            }
        }

        return result is null ? text : result.Append(rest).ToString();
    }

    private static bool HasSeam(ReadOnlySpan<char> text) => text.ContainsAny('+', '&');

    /// <summary>Behind a closing quote: offset behind the next opening one when only an operator stands between; else 0.</summary>
    private static int Seam(ReadOnlySpan<char> text, int at)
    {
        var operators = 0;
        for (var i = at; i < text.Length && i - at < 40; i++)
        {
            switch (text[i])
            {
                case ' ' or '\t' or '\r' or '\n' or '_':
                    break;
                case '(' or ')':
                    // Brackets around single pieces.
                    break;
                case '+' or '&':
                    if (++operators > 1)
                    {
                        return 0;
                    }

                    break;
                case '"' or '\'':
                    return operators == 1 ? i + 1 : 0;
                default:
                    return 0;
            }
        }

        return 0;
    }

    /// <summary><c>\x68 \u0068 %68 %u0068 &amp;#104;</c> become characters, when there are several.</summary>
    internal static string Escaped(string text)
    {
        const int Fewest = 4;
        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        var undone = 0;
        while (true)
        {
            var mark = rest.IndexOfAny(EscapeMarks);
            if (mark < 0)
            {
                break;
            }

            result.Append(rest[..mark]);
            rest = rest[mark..];
            var length = Escape(rest, out var c);
            if (length == 0)
            {
                result.Append(rest[0]);
                rest = rest[1..];
                continue;
            }

            undone++;
            result.Append(c);
            rest = rest[length..];
        }

        return undone < Fewest ? text : result.Append(rest).ToString();
    }

    private static int Escape(ReadOnlySpan<char> text, out char c)
    {
        c = '\0';
        var (skip, digits) = text switch
        {
            ['\\', 'x', ..] => (2, 2),
            ['\\', 'u', ..] => (2, 4),
            ['%', 'u', ..] => (2, 4),
            ['%', ..] => (1, 2),
            ['&', '#', ..] => (0, 0),
            _ => (-1, 0),
        };
        if (skip < 0)
        {
            return 0;
        }

        if (skip == 0)
        {
            return Entity(text, out c);
        }

        if (text.Length < skip + digits)
        {
            return 0;
        }

        var known = ushort.TryParse(text.Slice(skip, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        c = (char)value;
        return known ? skip + digits : 0;
    }

    private static int Entity(ReadOnlySpan<char> text, out char c)
    {
        c = '\0';
        var end = text[..Math.Min(text.Length, 10)].IndexOf(';');
        if (end < 3)
        {
            return 0;
        }

        var hex = text[2] is 'x' or 'X';
        var known = ushort.TryParse(
            text[(hex ? 3 : 2)..end],
            hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var value
        );
        c = (char)value;
        return known ? end + 1 : 0;
    }

    private static string Without(string text, char mark) =>
        text.Contains(mark, StringComparison.Ordinal) ? text.Replace(mark.ToString(), "", StringComparison.Ordinal) : text;
}
