using System.Buffers;
using System.Globalization;

namespace Noroshi.MailAnatomy.FileTypes.Scripts;

/// <summary>Bytes that a source text writes out.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Kind"><c>base64</c>, <c>hex</c>, <c>numbers</c> or <c>escapes</c>.</param>
/// <param name="At">Offset of the first character.</param>
internal sealed record Literal(byte[] Bytes, string Kind, int At);

/// <summary>Finds bytes that are written out in a source text. One pass; what comes out is never more than the text is long.</summary>
internal static class Literals
{
    /// <summary>Literals of one text.</summary>
    public const int Most = 256;

    private const int FewestDigits = 40;
    private const int FewestNumbers = 24;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
    );
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>All of them in order of kinds; empty for an ordinary text.</summary>
    public static List<Literal> Find(ReadOnlySpan<char> text)
    {
        var found = new List<Literal>();
        Runs(text, found);
        Numbers(text, found);
        Escapes(text, found);
        return found;
    }

    private static void Runs(ReadOnlySpan<char> text, List<Literal> found)
    {
        for (var at = 0; at < text.Length && found.Count < Most; )
        {
            var start = text[at..].IndexOfAny(Alphabet);
            if (start < 0)
            {
                return;
            }

            start += at;
            var end = RunEnd(text, start);
            at = end;
            // A line of an address or a path is seldom that long, and does not decode to anything known.
            if (end - start < FewestDigits)
            {
                continue;
            }

            while (at < text.Length && Continues(text, at) is var next and > 0)
            {
                at = RunEnd(text, next);
            }

            if (Decode(text[start..at], start) is { } literal)
            {
                found.Add(literal);
            }
        }
    }

    private static int RunEnd(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOfAnyExcept(Alphabet);
        return length < 0 ? text.Length : start + length;
    }

    /// <summary>Where the run goes on in the next line; 0 when it does not.</summary>
    private static int Continues(ReadOnlySpan<char> text, int at)
    {
        var next = at;
        while (next < text.Length && next - at < 16 && text[next] is '\r' or '\n' or ' ' or '\t')
        {
            next++;
        }

        return next > at && text[at..next].ContainsAny('\r', '\n') && next < text.Length && RunEnd(text, next) - next >= FewestDigits / 2
            ? next
            : 0;
    }

    private static Literal? Decode(ReadOnlySpan<char> run, int at)
    {
        if (!run.ContainsAnyExcept(HexDigits) && run.Length >= 2 * FewestNumbers)
        {
            return new Literal(Convert.FromHexString(run[..(run.Length & ~1)]), "hex", at);
        }

        return Base64(run) is { Length: > 0 } bytes ? new Literal(bytes, "base64", at) : null;
    }

    /// <summary>Decodes base64 of either alphabet; white space is passed, missing padding added.</summary>
    public static byte[] Base64(ReadOnlySpan<char> run)
    {
        var target = new byte[(run.Length / 4 * 3) + 3];
        var (length, bits, count) = (0, 0, 0);
        foreach (var c in run)
        {
            var value = c switch
            {
                >= 'A' and <= 'Z' => c - 'A',
                >= 'a' and <= 'z' => c - 'a' + 26,
                >= '0' and <= '9' => c - '0' + 52,
                '+' or '-' => 62,
                '/' or '_' => 63,
                _ => -1,
            };
            if (value < 0)
            {
                continue;
            }

            bits = (bits << 6) | value;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                target[length++] = (byte)(bits >> count);
            }

            bits &= 0xFF;
        }

        return target[..length];
    }

    /// <summary>Lists like <c>77,90,144</c> or <c>0x4D, 0x5A</c> or <c>&amp;H4D,&amp;H5A</c>.</summary>
    private static void Numbers(ReadOnlySpan<char> text, List<Literal> found)
    {
        var bytes = new ArrayBufferWriter<byte>();
        for (var at = 0; at < text.Length && found.Count < Most; )
        {
            var start = text[at..].IndexOfAnyInRange('0', '9');
            if (start < 0)
            {
                return;
            }

            start += at;
            at = start;
            bytes.ResetWrittenCount();
            while (Number(text, ref at) is { } value)
            {
                bytes.Write([value]);
                if (!Comma(text, ref at))
                {
                    break;
                }
            }

            at = Math.Max(at, start + 1);
            if (bytes.WrittenCount >= FewestNumbers)
            {
                found.Add(new Literal(bytes.WrittenSpan.ToArray(), "numbers", start));
            }
        }
    }

    private static byte? Number(ReadOnlySpan<char> text, ref int at)
    {
        var rest = text[at..];
        var hex = rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("&h", StringComparison.OrdinalIgnoreCase);
        var digits = hex ? rest[2..] : rest;
        var length = hex ? digits.IndexOfAnyExcept(HexDigits) : digits.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? digits.Length : length;
        at += length + (hex ? 2 : 0);
        return
            length is > 0 and <= 3
            && int.TryParse(
                digits[..length],
                hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var value
            )
            && value < 256
            ? (byte)value
            : null;
    }

    private static bool Comma(ReadOnlySpan<char> text, ref int at)
    {
        var next = at;
        Blanks(text, ref next);
        if (next >= text.Length || text[next] != ',')
        {
            return false;
        }

        next++;
        Blanks(text, ref next);
        at = next;
        return true;
    }

    private static void Blanks(ReadOnlySpan<char> text, ref int at)
    {
        // Lists may be wrapped; VBScript wraps with an underscore.
        for (var i = 0; i < 8 && at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n' or '_'; i++)
        {
            at++;
        }
    }

    /// <summary>Runs of <c>\x4D\x5A</c> or <c>%4D%5A</c>.</summary>
    private static void Escapes(ReadOnlySpan<char> text, List<Literal> found)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var mark in (string[])["\\x", "%"])
        {
            for (var at = 0; at < text.Length && found.Count < Most; )
            {
                var start = text[at..].IndexOf(mark, StringComparison.Ordinal);
                if (start < 0)
                {
                    break;
                }

                start += at;
                at = start;
                bytes.ResetWrittenCount();
                while (
                    at + mark.Length + 2 <= text.Length
                    && text[at..].StartsWith(mark, StringComparison.Ordinal)
                    && byte.TryParse(
                        text.Slice(at + mark.Length, 2),
                        NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture,
                        out var value
                    )
                )
                {
                    bytes.Write([value]);
                    at += mark.Length + 2;
                }

                at = Math.Max(at, start + mark.Length);
                if (bytes.WrittenCount >= FewestNumbers)
                {
                    found.Add(new Literal(bytes.WrittenSpan.ToArray(), "escapes", start));
                }
            }
        }
    }
}
