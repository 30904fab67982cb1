using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>
/// Parameters of Content-Type and Content-Disposition from raw bytes (RFC 2045 5.1, RFC 2231), as real mailers write them: raw 8-bit and
/// ISO-2022-JP names, encoded-words inside quotes, blanks in unquoted values, missing semicolons and quotes. Never throws; linear in the
/// length but for the sorting of pieces.
/// </summary>
public static class ParameterText
{
    private const byte Esc = 0x1B;
    private const int MaxName = 64;

    /// <summary>Parameters read per header.</summary>
    private const int MaxParameters = 100_000;

    /// <summary>Reads the parameters.</summary>
    /// <param name="rawValue">Bytes after the colon, folding kept.</param>
    /// <param name="charsetHint">Charset of the mail, for raw bytes.</param>
    /// <param name="findings">Gets what was repaired.</param>
    /// <returns>Decoded values by lower-case name, RFC 2231 pieces joined. Values hold no CR, LF or NUL.</returns>
    public static IReadOnlyDictionary<string, string> Parse(ReadOnlySpan<byte> rawValue, string? charsetHint, List<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        Dictionary<string, List<Piece>>? split = null;
        var charset = DoubleByteOf(rawValue, charsetHint);
        var scanner = new Scanner(rawValue, charset);
        for (var count = 0; count < MaxParameters && scanner.Next(out var parameter); count++)
        {
            if (parameter.Unclosed)
            {
                findings.AddBounded(FindingCodes.Mime.ParameterQuote.At(parameter.Name));
            }

            if (SplitName(parameter.Name, out var name, out var number, out var extended))
            {
                split ??= new Dictionary<string, List<Piece>>(StringComparer.Ordinal);
                if (!split.TryGetValue(name, out var pieces))
                {
                    split[name] = pieces = [];
                }

                pieces.Add(new Piece(number, extended, parameter.Value, parameter.Escaped, pieces.Count));
            }
            else if (
                !result.TryAdd(
                    name,
                    HeaderText.Decode(Unescape(rawValue[parameter.Value], parameter.Escaped, charset), charsetHint, findings)
                )
            )
            {
                findings.AddBounded(FindingCodes.Mime.ParameterDuplicate.At(name));
            }
        }

        foreach (var (name, pieces) in split ?? [])
        {
            var joined = Join(rawValue, name, pieces, charset, charsetHint, findings);
            if (result.TryGetValue(name, out var plain) && !plain.Equals(joined, StringComparison.Ordinal))
            {
                findings.AddBounded(FindingCodes.Mime.ParameterConflict.At($"{name}: {plain} / {joined}"));
            }

            result[name] = joined;
        }

        return result;
    }

    /// <summary>The charset parameter alone, cheaply; null when absent.</summary>
    internal static string? Charset(ReadOnlySpan<byte> rawValue)
    {
        var scanner = new Scanner(rawValue, null);
        for (var count = 0; count < 100 && scanner.Next(out var parameter); count++)
        {
            if (parameter.Name is "charset")
            {
                var value = Encoding.Latin1.GetString(rawValue[parameter.Value]).Trim();
                return value.Length == 0 ? null : value;
            }
        }

        return null;
    }

    /// <summary>Bytes of the first parameter of that name as they stand, quotes taken off; null when absent.</summary>
    internal static byte[]? Raw(ReadOnlySpan<byte> rawValue, string name)
    {
        var scanner = new Scanner(rawValue, DoubleByteOf(rawValue, null));
        for (var count = 0; count < MaxParameters && scanner.Next(out var parameter); count++)
        {
            if (parameter.Name == name)
            {
                return rawValue[parameter.Value].Trim(" \t\r\n"u8).ToArray();
            }
        }

        return null;
    }

    /// <summary>One parameter as it stands.</summary>
    private readonly record struct Parameter(string Name, Range Value, bool Escaped, bool Unclosed);

    /// <summary>A piece of an RFC 2231 parameter.</summary>
    private readonly record struct Piece(int Number, bool Extended, Range Value, bool Escaped, int Order);

    /// <summary>The charset whose trail bytes may look like backslash or quote; null when no such text is there.</summary>
    private static MultiByteCharset? DoubleByteOf(ReadOnlySpan<byte> raw, string? hint)
    {
        if (Utf8.IsValid(raw))
        {
            return null;
        }

        var charset = MultiByteCharset.Find(CharsetDecoder.Decode(raw, null, hint).Charset);
        return charset is null || charset == MultiByteCharset.EucJp ? null : charset;
    }

    /// <summary>Splits <c>filename*0*</c>; false for a plain name.</summary>
    private static bool SplitName(string written, out string name, out int number, out bool extended)
    {
        number = 0;
        extended = false;
        var star = written.IndexOf('*', StringComparison.Ordinal);
        name = star > 0 ? written[..star] : written;
        if (star <= 0)
        {
            return false;
        }

        var rest = written.AsSpan(star + 1);
        extended = rest.IsEmpty || rest[^1] == '*';
        rest = rest.TrimEnd('*');
        if (!rest.IsEmpty && !int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            name = written;
            return false;
        }

        return true;
    }

    private static string Join(
        ReadOnlySpan<byte> raw,
        string name,
        List<Piece> pieces,
        MultiByteCharset? doubleByte,
        string? hint,
        List<Finding> findings
    )
    {
        pieces.Sort(static (a, b) => a.Number != b.Number ? a.Number.CompareTo(b.Number) : a.Order.CompareTo(b.Order));
        var bytes = new ArrayBufferWriter<byte>(256);
        string? charset = null;
        var anyExtended = false;
        var expected = pieces[0].Number;
        for (var index = 0; index < pieces.Count; index++)
        {
            var piece = pieces[index];
            if (index > 0 && piece.Number == pieces[index - 1].Number)
            {
                findings.AddBounded(FindingCodes.Mime.ParameterDuplicate.At(name));
                continue;
            }

            if (piece.Number != expected || (index == 0 && piece.Number > 0))
            {
                findings.AddBounded(
                    FindingCodes.Mime.ParameterGap.At(string.Create(CultureInfo.InvariantCulture, $"{name}*{piece.Number}"))
                );
            }

            expected = piece.Number + 1;
            var value = Unescape(raw[piece.Value], piece.Escaped, doubleByte);
            if (index == 0 && piece.Extended)
            {
                value = value[CharsetPrefix(value, out charset)..];
            }

            anyExtended |= piece.Extended;
            Write(bytes, value, piece.Extended);
        }

        if (!anyExtended)
        {
            return HeaderText.Decode(bytes.WrittenSpan, hint, findings);
        }

        var decoded = CharsetDecoder.Decode(bytes.WrittenSpan, charset, hint);
        foreach (var finding in decoded.Findings)
        {
            findings.AddBounded(finding with { Detail = $"{name}: {finding.Detail}" });
        }

        return OneLine(decoded.Text, name, findings);
    }

    private static string OneLine(string text, string name, List<Finding> findings)
    {
        if (text.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
        {
            return text.Trim();
        }

        findings.AddBounded(FindingCodes.Mime.HiddenNewline.At(name));
        return text.Replace('\r', ' ').Replace('\n', ' ').Replace("\0", "", StringComparison.Ordinal).Trim();
    }

    /// <summary>Length of <c>charset'language'</c>; 0 when it is missing.</summary>
    private static int CharsetPrefix(ReadOnlySpan<byte> value, out string? charset)
    {
        charset = null;
        var first = value.IndexOf((byte)'\'');
        var second = first < 0 ? -1 : value[(first + 1)..].IndexOf((byte)'\'');
        if (second < 0 || first > MaxName || value[..first].IndexOf((byte)'%') >= 0)
        {
            return 0;
        }

        charset = first == 0 ? null : Encoding.Latin1.GetString(value[..first]);
        return first + second + 2;
    }

    private static void Write(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> value, bool percent)
    {
        var space = target.GetSpan(Math.Max(1, value.Length));
        var length = 0;
        for (var index = 0; index < value.Length; index++)
        {
            var one = value[index];
            if (
                percent
                && one == (byte)'%'
                && index + 2 < value.Length
                && char.IsAsciiHexDigit((char)value[index + 1])
                && char.IsAsciiHexDigit((char)value[index + 2])
            )
            {
                one = (byte)((EncodedWordBytes.Hex(value[index + 1]) << 4) | EncodedWordBytes.Hex(value[index + 2]));
                index += 2;
            }
            else if (one is (byte)'\r' or (byte)'\n' && percent)
            {
                continue;
            }

            space[length++] = one;
        }

        target.Advance(length);
    }

    /// <summary>Takes the backslashes off <c>\"</c> and <c>\\</c>; those before other letters stay, for old browsers send whole Windows paths.</summary>
    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> value, bool escaped, MultiByteCharset? charset)
    {
        if (!escaped)
        {
            return value;
        }

        var result = new byte[value.Length];
        var length = 0;
        var index = 0;
        while (index < value.Length)
        {
            if (value[index] == (byte)'\\' && index + 1 < value.Length && value[index + 1] is (byte)'"' or (byte)'\\')
            {
                index++;
                result[length++] = value[index++];
                continue;
            }

            var next = Step(value, index, charset);
            value[index..next].CopyTo(result.AsSpan(length));
            length += next - index;
            index = next;
        }

        return result.AsSpan(0, length);
    }

    /// <summary>Steps over one character, or over a whole two-byte run of ISO-2022-JP.</summary>
    private static int Step(ReadOnlySpan<byte> text, int at, MultiByteCharset? charset)
    {
        if (text[at] == Esc && at + 1 < text.Length && text[at + 1] == (byte)'$')
        {
            var end = text[(at + 1)..].IndexOf(Esc);
            return end < 0 ? Math.Min(text.Length, at + 3) : at + 1 + end;
        }

        if (text[at] < 0x80 || charset is null)
        {
            return at + 1;
        }

        charset.Read(text, at, out var used);
        return at + used;
    }

    /// <summary>Walks over the parameters; text in two-byte charsets is skipped by whole characters.</summary>
    private ref struct Scanner
    {
        private readonly ReadOnlySpan<byte> raw;
        private readonly MultiByteCharset? charset;
        private readonly int lastQuote;
        private int index;

        public Scanner(ReadOnlySpan<byte> raw, MultiByteCharset? charset)
        {
            this.raw = raw;
            this.charset = charset;
            lastQuote = raw.LastIndexOf((byte)'"');
            var semicolon = raw.IndexOf((byte)';');
            var equal = raw.IndexOf((byte)'=');
            index =
                semicolon >= 0 && (equal < 0 || semicolon < equal) ? semicolon
                : equal >= 0 ? Math.Max(0, raw[..equal].TrimEnd(" \t\r\n"u8).LastIndexOfAny((byte)' ', (byte)'\t', (byte)'\n'))
                : raw.Length;
        }

        public bool Next(out Parameter parameter)
        {
            parameter = default;
            while (true)
            {
                while (index < raw.Length && IsBlank(raw[index]) | raw[index] == (byte)';')
                {
                    index++;
                }

                if (index >= raw.Length)
                {
                    return false;
                }

                var end = raw[index..].IndexOfAny((byte)'=', (byte)';');
                if (end < 0)
                {
                    index = raw.Length;
                    return false;
                }

                var name = raw.Slice(index, end).Trim(" \t\r\n"u8);
                var isParameter = raw[index + end] == (byte)'=' && name.Length is > 0 and <= MaxName;
                index += end + 1;
                if (!isParameter)
                {
                    continue;
                }

                while (index < raw.Length && IsBlank(raw[index]))
                {
                    index++;
                }

                var text = Encoding.Latin1.GetString(name).ToLowerInvariant();
                parameter = index < raw.Length && raw[index] == (byte)'"' ? Quoted(text) : Unquoted(text);
                return true;
            }
        }

        private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

        private readonly int Step(int at) => ParameterText.Step(raw, at, charset);

        private Parameter Quoted(string name)
        {
            var start = index + 1;
            var escaped = false;
            for (var at = start; at < raw.Length; at = Step(at))
            {
                if (raw[at] == (byte)'\\' && at + 1 < raw.Length && raw[at + 1] is (byte)'"' or (byte)'\\')
                {
                    escaped = true;
                    at++;
                }
                else if (raw[at] == (byte)'"' && Closes(at))
                {
                    index = at + 1;
                    return new Parameter(name, start..at, escaped, Unclosed: false);
                }
            }

            var end = start;
            while (end < raw.Length && !(raw[end] == (byte)';' && StartsParameter(end + 1)))
            {
                end = Step(end);
            }

            index = end = Math.Min(end, raw.Length);
            return new Parameter(name, start..end, escaped, Unclosed: true);
        }

        /// <summary>A quote closes when the value ends there; others are part of a name that should have been escaped.</summary>
        private readonly bool Closes(int at)
        {
            if (at >= lastQuote)
            {
                return true;
            }

            var next = at + 1;
            while (next < raw.Length && IsBlank(raw[next]))
            {
                next++;
            }

            return next >= raw.Length || raw[next] == (byte)';' || StartsParameter(next);
        }

        private readonly bool StartsParameter(int at)
        {
            while (at < raw.Length && IsBlank(raw[at]))
            {
                at++;
            }

            var start = at;
            while (
                at < raw.Length && at - start < MaxName && (char.IsAsciiLetterOrDigit((char)raw[at]) || raw[at] is (byte)'-' or (byte)'*')
            )
            {
                at++;
            }

            return at > start && at < raw.Length && raw[at] == (byte)'=' && (at + 1 >= raw.Length || raw[at + 1] != (byte)'?');
        }

        private Parameter Unquoted(string name)
        {
            var start = index;
            var at = start;
            while (at < raw.Length && raw[at] != (byte)';')
            {
                if (IsBlank(raw[at]))
                {
                    var blank = at;
                    while (at < raw.Length && IsBlank(raw[at]))
                    {
                        at++;
                    }

                    // "charset=utf-8 format=flowed", and comments after what is no file name.
                    if (StartsParameter(at) || (at < raw.Length && raw[at] == (byte)'(' && !IsFileName(name)))
                    {
                        index = StartsParameter(at) ? at : SkipTo(at);
                        return new Parameter(name, start..blank, Escaped: false, Unclosed: false);
                    }

                    continue;
                }

                at = Step(at);
            }

            index = Math.Min(at, raw.Length);
            return new Parameter(name, start..index, Escaped: false, Unclosed: false);
        }

        private static bool IsFileName(string name) =>
            name.StartsWith("filename", StringComparison.Ordinal) || name.StartsWith("name", StringComparison.Ordinal);

        private readonly int SkipTo(int at)
        {
            var end = raw[at..].IndexOf((byte)';');
            return end < 0 ? raw.Length : at + end;
        }
    }
}
