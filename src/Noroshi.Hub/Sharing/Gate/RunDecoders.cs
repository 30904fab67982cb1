using System.Buffers;
using System.Globalization;
using System.Text;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>Decoders of stretches of a text: base64, base32, hexadecimal, decimal lists, bits, uuencode, ascii85.</summary>
internal static class RunDecoders
{
    private const int ShortestBase64 = 6;
    private const int ShortestBase32 = 8;
    private const int ShortestHex = 8;
    private const int ShortestBits = 24;
    private const int LeastNumbers = 4;
    private const int Folded = 16;
    private const string Base64Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
    private static readonly SearchValues<char> Base64Either = SearchValues.Create(Base64Letters);
    private static readonly SearchValues<char> Base64OfImap = SearchValues.Create(Base64Letters + ",");
    private static readonly SearchValues<char> Base32Either = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz234567"
    );
    private static readonly SearchValues<char> BitsEither = SearchValues.Create("01");
    private static readonly SearchValues<char> StartsHex = SearchValues.Create("0123456789abcdefABCDEFxX\\");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<(string Name, Func<string, IEnumerable<byte[]>> Find)> All { get; } =
    [
        ("base64", text => Base64(text, Base64Either)),
        ("imap", text => text.Contains('&', StringComparison.Ordinal) ? Base64(text, Base64OfImap) : []),
        ("base32", Base32),
        ("hex", Hex),
        ("decimal", Decimal),
        ("bits", Bits),
        ("uuencode", UuEncode),
        ("ascii85", Ascii85),
    ];

    /// <summary>
    /// Each stretch of letters of base64 (both alphabets, and that of IMAP), at four offsets: a name may stand in the middle of something else.
    /// Folded lines are one stretch.
    /// </summary>
    private static IEnumerable<byte[]> Base64(string text, SearchValues<char> letters)
    {
        foreach (var run in Runs(text, letters, Folded, ShortestBase64))
        {
            for (var offset = 0; offset < 4; offset++)
            {
                var length = Math.Max(0, run.Length - offset);
                length -= length % 4 == 1 ? 1 : 0;
                if (length >= ShortestBase64)
                {
                    yield return Sextets(run.AsSpan(offset, length));
                }
            }
        }
    }

    private static byte[] Sextets(ReadOnlySpan<char> letters)
    {
        var bytes = new byte[letters.Length * 6 / 8];
        var (bits, count, at) = (0, 0, 0);
        foreach (var letter in letters)
        {
            bits = ((bits << 6) | SextetOf(letter)) & 0xFFFFFF;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                bytes[at++] = (byte)(bits >> count);
            }
        }

        return bytes;
    }

    private static int SextetOf(char letter) =>
        letter switch
        {
            >= 'A' and <= 'Z' => letter - 'A',
            >= 'a' and <= 'z' => letter - 'a' + 26,
            >= '0' and <= '9' => letter - '0' + 52,
            '+' or '-' => 62,
            _ => 63,
        };

    private static IEnumerable<byte[]> Base32(string text)
    {
        foreach (var run in Runs(text, Base32Either, Folded, ShortestBase32))
        {
            for (var offset = 0; offset < 8 && run.Length - offset >= ShortestBase32; offset++)
            {
                var bytes = new byte[(run.Length - offset) * 5 / 8];
                var (bits, count, filled) = (0, 0, 0);
                foreach (var letter in run.AsSpan(offset))
                {
                    bits = ((bits << 5) | (letter <= '7' ? letter - '2' + 26 : (letter | 0x20) - 'a')) & 0xFFFF;
                    count += 5;
                    if (count >= 8)
                    {
                        count -= 8;
                        bytes[filled++] = (byte)(bits >> count);
                    }
                }

                yield return bytes;
            }
        }
    }

    /// <summary>Pairs of hexadecimal digits, with or without something between them: blank, colon, comma, dash, <c>0x</c>, <c>\x</c>.</summary>
    private static IEnumerable<byte[]> Hex(string text)
    {
        var bytes = new List<byte>();
        var at = 0;
        while (at < text.Length)
        {
            if (bytes.Count == 0 && text.AsSpan(at).IndexOfAny(StartsHex) is not 0 and var skip)
            {
                if (skip < 0)
                {
                    yield break;
                }

                at += skip;
            }

            var next = at;
            while (
                next < text.Length
                && next - at < 4
                && bytes.Count > 0
                && text[next] is ' ' or ':' or ',' or '-' or '\\' or '\r' or '\n' or ';'
            )
            {
                next++;
            }

            if (
                next + 1 < text.Length && text[next] is '0' or '\\' && text[next + 1] is 'x' or 'X'
                || next + 1 < text.Length && text[next] is 'x' or 'X'
            )
            {
                next += text[next] is 'x' or 'X' ? 1 : 2;
            }

            if (next + 1 < text.Length && char.IsAsciiHexDigit(text[next]) && char.IsAsciiHexDigit(text[next + 1]))
            {
                bytes.Add(byte.Parse(text.AsSpan(next, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                at = next + 2;
                continue;
            }

            foreach (var run in Whole(bytes, ShortestHex / 2))
            {
                yield return run;
            }

            at++;
        }

        foreach (var run in Whole(bytes, ShortestHex / 2))
        {
            yield return run;
        }
    }

    /// <summary>Lists of numbers as code points or bytes: <c>112,111,119</c>.</summary>
    private static IEnumerable<byte[]> Decimal(string text)
    {
        var numbers = new List<int>();
        var at = 0;
        while (at < text.Length)
        {
            if (numbers.Count == 0 && text.AsSpan(at).IndexOfAnyInRange('0', '9') is not 0 and var skip)
            {
                if (skip < 0)
                {
                    yield break;
                }

                at += skip;
            }

            if (!char.IsAsciiDigit(text[at]))
            {
                if (!(numbers.Count > 0 && text[at] is ' ' or ',' or ';' or '\r' or '\n' or '-' or '.' or '|' or ':' or '&' or '#'))
                {
                    foreach (var list in Numbers(numbers))
                    {
                        yield return list;
                    }

                    numbers.Clear();
                }

                at++;
                continue;
            }

            var end = at;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            numbers.Add(end - at <= 7 ? int.Parse(text.AsSpan(at, end - at), CultureInfo.InvariantCulture) : -1);
            at = end;
        }

        foreach (var list in Numbers(numbers))
        {
            yield return list;
        }
    }

    private static IEnumerable<byte[]> Numbers(List<int> numbers)
    {
        if (numbers.Count < LeastNumbers)
        {
            yield break;
        }

        if (numbers.All(number => number is >= 0 and <= 255))
        {
            yield return [.. numbers.Select(number => (byte)number)];
        }

        var text = string.Concat(numbers.Select(number => Rune.IsValid(number) && number >= ' ' ? new Rune(number).ToString() : " "));
        if (text.Any(character => character >= 0x80))
        {
            yield return Encoding.UTF8.GetBytes(text);
        }
    }

    private static IEnumerable<byte[]> Bits(string text)
    {
        foreach (var run in Runs(text, BitsEither, 1, ShortestBits))
        {
            var bytes = new byte[run.Length / 8];
            for (var at = 0; at < bytes.Length; at++)
            {
                bytes[at] = Convert.ToByte(run.Substring(at * 8, 8), 2);
            }

            yield return bytes;
        }
    }

    private static IEnumerable<byte[]> UuEncode(string text)
    {
        for (
            var begin = text.IndexOf("begin ", StringComparison.Ordinal);
            begin >= 0;
            begin = text.IndexOf("begin ", begin + 1, StringComparison.Ordinal)
        )
        {
            var bytes = new List<byte>();
            foreach (var line in text[begin..].Split('\n').Skip(1).Select(line => line.TrimEnd('\r')))
            {
                if (line.Length == 0 || line[0] is '`' or ' ' || line.StartsWith("end", StringComparison.Ordinal))
                {
                    break;
                }

                UuLine(line, bytes);
            }

            foreach (var run in Whole(bytes, 3))
            {
                yield return run;
            }
        }
    }

    private static void UuLine(string line, List<byte> bytes)
    {
        var length = (line[0] - ' ') & 0x3F;
        for (var at = 1; at + 3 < line.Length && length > 0; at += 4)
        {
            var value = 0;
            for (var digit = 0; digit < 4; digit++)
            {
                value = (value << 6) | ((line[at + digit] - ' ') & 0x3F);
            }

            for (var shift = 16; shift >= 0 && length > 0; shift -= 8, length--)
            {
                bytes.Add((byte)(value >> shift));
            }
        }
    }

    private static IEnumerable<byte[]> Ascii85(string text)
    {
        for (
            var begin = text.IndexOf("<~", StringComparison.Ordinal);
            begin >= 0;
            begin = text.IndexOf("<~", begin + 2, StringComparison.Ordinal)
        )
        {
            var end = text.IndexOf("~>", begin + 2, StringComparison.Ordinal);
            if (end < 0)
            {
                yield break;
            }

            yield return Ascii85Bytes(text.AsSpan(begin + 2, end - begin - 2));
        }
    }

    private static byte[] Ascii85Bytes(ReadOnlySpan<char> digits)
    {
        var bytes = new List<byte>();
        ulong value = 0;
        var count = 0;
        foreach (var digit in digits)
        {
            if (digit == 'z' && count == 0)
            {
                bytes.AddRange([0, 0, 0, 0]);
            }
            else if (digit is >= '!' and <= 'u')
            {
                value = (value * 85) + (uint)(digit - '!');
                if (++count == 5)
                {
                    Emit(value, 4);
                    value = 0;
                    count = 0;
                }
            }
        }

        if (count > 1)
        {
            for (var at = count; at < 5; at++)
            {
                value = (value * 85) + 84;
            }

            Emit(value, count - 1);
        }

        return [.. bytes];

        void Emit(ulong group, int length)
        {
            for (var at = 0; at < length; at++)
            {
                bytes.Add((byte)(group >> (24 - (8 * at))));
            }
        }
    }

    /// <summary>
    /// Different stretches of certain characters. A line end (and the blanks of a folded line) does not end one when what stands before is long enough
    /// to have been folded.
    /// </summary>
    private static HashSet<string> Runs(string text, SearchValues<char> letters, int folded, int shortest)
    {
        var runs = new HashSet<string>(StringComparer.Ordinal);
        var bySpan = runs.GetAlternateLookup<ReadOnlySpan<char>>();
        var lines = new StringBuilder();
        for (var at = 0; ; )
        {
            var before = text.AsSpan(at).IndexOfAny(letters);
            if (lines.Length > 0 && (before < 0 || text.AsSpan(at, before).ContainsAnyExcept(" \t\r\n")))
            {
                Done(lines, runs, shortest);
            }

            if (before < 0)
            {
                return runs;
            }

            var from = at + before;
            var length = text.AsSpan(from).IndexOfAnyExcept(letters);
            at = length < 0 ? text.Length : from + length;
            if (at - from >= folded && at < text.Length && text[at] is '\r' or '\n' or ' ' or '\t')
            {
                lines.Append(text, from, at - from);
            }
            else if (lines.Length > 0)
            {
                Done(lines.Append(text, from, at - from), runs, shortest);
            }
            else if (at - from >= shortest)
            {
                bySpan.Add(text.AsSpan(from, at - from));
            }
        }
    }

    private static void Done(StringBuilder lines, HashSet<string> runs, int shortest)
    {
        if (lines.Length >= shortest)
        {
            runs.Add(lines.ToString());
        }

        lines.Clear();
    }

    private static IEnumerable<byte[]> Whole(List<byte> bytes, int shortest)
    {
        if (bytes.Count >= shortest)
        {
            yield return [.. bytes];
        }

        bytes.Clear();
    }
}
