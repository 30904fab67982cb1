using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>
/// Decoders that work in place: what they undo stays beside what stood beside it, so that a word of which only a part was hidden is whole again.
/// </summary>
internal static class TextDecoders
{
    /// <summary>Shorter texts hold no encoded word.</summary>
    public const int Shortest = 4;

    /// <summary>Text to text; null or the same when there is nothing to undo.</summary>
    public static IReadOnlyList<(string Name, Func<string, string?> Decode)> ToText { get; } =
    [
        ("tags", WithoutTags),
        ("entities", text => text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : null),
        ("unicode-escape", text => Escapes(text, HexEscape)),
        ("rtf-unicode", text => text.Contains("\\u", StringComparison.Ordinal) ? Escapes(text, RtfEscape) : null),
        ("utf-7", Utf7),
        ("encoded-word", EncodedWords),
        ("parameter-pieces", ParameterPieces),
        ("punycode", Punycode),
        ("letter-emoji", Letters),
        ("lost-escape", LostEscapes),
        ("mojibake-latin1", text => Reread(text, "latin-1", "utf-8")),
        ("mojibake-1252", text => Reread(text, "windows-1252", "utf-8")),
        ("mojibake-sjis", text => Reread(text, "shift_jis", "utf-8")),
        ("mojibake-latin1-sjis", text => Reread(text, "latin-1", "shift_jis")),
        ("mojibake-latin1-euc", text => Reread(text, "latin-1", "euc-jp")),
    ];

    /// <summary>Text to bytes, whose charset is another question; null when there is nothing to undo.</summary>
    public static IReadOnlyList<(string Name, Func<string, byte[]?> Decode)> ToBytes { get; } =
    [
        ("percent", text => ByteEscapes.Hex(text, "%")),
        ("quoted-printable", text => ByteEscapes.Hex(text, "=")),
        ("backslash-x", text => ByteEscapes.Hex(text, "\\x")),
        ("rtf", text => ByteEscapes.Hex(text, "\\'")),
        ("octal", ByteEscapes.Octal),
    ];

    /// <summary>The text without markup; what stood on both sides of a tag joins.</summary>
    private static string? WithoutTags(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
        {
            return null;
        }

        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var end =
                text[at] == '<' && at + 1 < text.Length && (char.IsAsciiLetter(text[at + 1]) || text[at + 1] is '/' or '!' or '?')
                    ? text.IndexOf('>', at)
                    : -1;
            if (end < 0)
            {
                plain.Append(text[at++]);
            }
            else
            {
                at = end + 1;
            }
        }

        return plain.ToString();
    }

    /// <summary>Escapes of code points, each as <paramref name="escape"/> reads them.</summary>
    private static string? Escapes(string text, Func<string, int, (string Text, int Used)> escape)
    {
        if (
            !text.Contains('\\', StringComparison.Ordinal)
            && !text.Contains("%u", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("U+", StringComparison.Ordinal)
        )
        {
            return null;
        }

        var plain = new StringBuilder(text.Length);
        var changed = false;
        for (var at = 0; at < text.Length; )
        {
            if (text[at] is '\\' or '%' or 'U' && escape(text, at) is var (rune, used) && used > 0)
            {
                plain.Append(rune);
                at += used;
                changed = true;
            }
            else
            {
                plain.Append(text[at++]);
            }
        }

        return changed ? plain.ToString() : null;
    }

    /// <summary><c>\uXXXX</c>, <c>\UXXXXXXXX</c>, <c>\u{X}</c>, <c>%uXXXX</c>, <c>U+XXXX</c>, <c>\XXXX</c> of CSS.</summary>
    private static (string Text, int Used) HexEscape(string text, int at)
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("\\u{", StringComparison.Ordinal))
        {
            var end = rest.IndexOf('}');
            return end is > 3 and < 10 && Code(rest[3..end]) is { } code ? (code, end + 1) : ("", 0);
        }

        if (rest.StartsWith("\\U", StringComparison.Ordinal) && rest.Length >= 10 && Code(rest.Slice(2, 8)) is { } wide)
        {
            return (wide, 10);
        }

        if (
            rest.StartsWith("\\u", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("%u", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("U+", StringComparison.Ordinal)
        )
        {
            return rest.Length >= 6 && Code(rest.Slice(2, 4)) is { } code ? (code, 6) : ("", 0);
        }

        return rest[0] == '\\' ? Css(rest) : ("", 0);
    }

    /// <summary><c>\uN?</c> of RTF: decimal and signed, with one character for readers that know no Unicode behind it.</summary>
    private static (string Text, int Used) RtfEscape(string text, int from)
    {
        var rest = text.AsSpan(from);
        if (!rest.StartsWith("\\u", StringComparison.Ordinal))
        {
            return ("", 0);
        }

        var at = 2;
        while (at < rest.Length && at < 9 && (char.IsAsciiDigit(rest[at]) || (at == 2 && rest[at] == '-')))
        {
            at++;
        }

        if (!int.TryParse(rest[2..at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code))
        {
            return ("", 0);
        }

        code = code < 0 ? code + 65_536 : code;
        var used = at < rest.Length && rest[at] is '?' or ' ' ? at + 1 : at;
        return code is > 0 and <= char.MaxValue ? (((char)code).ToString(), used) : ("", 0);
    }

    private static (string Text, int Used) Css(ReadOnlySpan<char> rest)
    {
        var at = 1;
        while (at < rest.Length && at < 7 && char.IsAsciiHexDigit(rest[at]))
        {
            at++;
        }

        // Less than four digits are far more often an ordinary escape.
        return at >= 5 && Code(rest[1..at]) is { } code ? (code, at < rest.Length && rest[at] == ' ' ? at + 1 : at) : ("", 0);
    }

    private static string? Code(ReadOnlySpan<char> hex) =>
        int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? code is >= 0xD800 and <= 0xDFFF
                ? ((char)code).ToString()
                : Rune.IsValid(code)
                    ? new Rune(code).ToString()
                    : null
            : null;

    /// <summary>Shifted stretches of UTF-7 (RFC 2152), and of IMAP's kind of it (RFC 3501 5.1.3), among text of any kind.</summary>
    private static string? Utf7(string text)
    {
        if (!text.AsSpan().ContainsAny('+', '&'))
        {
            return null;
        }

        var plain = new StringBuilder(text.Length);
        var changed = false;
        for (var at = 0; at < text.Length; )
        {
            var end = at + 1;
            if (text[at] is '+' or '&')
            {
                while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '/' or '+' or ','))
                {
                    end++;
                }
            }

            if (end - at > 2 && FromBase64(text[(at + 1)..end].Replace(',', '/')) is { Length: > 1 } bytes)
            {
                plain.Append(Encoding.BigEndianUnicode.GetString(bytes.AsSpan(0, bytes.Length & ~1)));
                changed = true;
                at = end < text.Length && text[end] == '-' ? end + 1 : end;
            }
            else
            {
                plain.Append(text[at++]);
            }
        }

        return changed ? plain.ToString() : null;
    }

    /// <summary>RFC 2047 words; blanks between two of them go.</summary>
    private static string? EncodedWords(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal))
        {
            return null;
        }

        var plain = new StringBuilder(text.Length);
        var end = -1;
        for (var at = 0; at < text.Length; )
        {
            if (EncodedWord(text, at) is var (word, used) && used > 0)
            {
                if (end >= 0 && string.IsNullOrWhiteSpace(plain.ToString(end, plain.Length - end)))
                {
                    plain.Length = end;
                }

                plain.Append(word);
                end = plain.Length;
                at += used;
            }
            else
            {
                plain.Append(text[at++]);
            }
        }

        return end < 0 ? null : plain.ToString();
    }

    private static (string Text, int Used) EncodedWord(string text, int at)
    {
        if (string.CompareOrdinal(text, at, "=?", 0, 2) != 0)
        {
            return ("", 0);
        }

        var charset = text.IndexOf('?', at + 2);
        if (charset < 0 || charset + 2 >= text.Length || text[charset + 2] != '?')
        {
            return ("", 0);
        }

        var end = text.IndexOf("?=", charset + 3, StringComparison.Ordinal);
        if (end < 0 || end - at > 1_000)
        {
            return ("", 0);
        }

        var content = text[(charset + 3)..end];
        var bytes = text[charset + 1] is 'B' or 'b'
            ? FromBase64(content)
            : ByteEscapes.Hex(content.Replace('_', ' '), "=") ?? Encoding.UTF8.GetBytes(content);
        return bytes is null ? ("", 0) : (CharsetDecoder.Decode(bytes, text[(at + 2)..charset].Split('*')[0]).Text, end + 2 - at);
    }

    private static byte[]? FromBase64(string text)
    {
        var digits = text.TrimEnd('=');
        if (digits.Length % 4 == 1)
        {
            return null;
        }

        var padded = digits.PadRight((digits.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var written) ? bytes[..written] : null;
    }

    /// <summary>RFC 2231: <c>; name*1*=</c> between the pieces of one value goes, and so does <c>charset''</c> before the first.</summary>
    private static string? ParameterPieces(string text)
    {
        if (!text.Contains('*', StringComparison.Ordinal))
        {
            return null;
        }

        var plain = new StringBuilder(text.Length);
        var changed = false;
        for (var at = 0; at < text.Length; )
        {
            var used = text[at] is ';' or '"' ? PieceMark(text, at) : 0;
            changed |= used > 0;
            if (used == 0)
            {
                plain.Append(text[at]);
            }

            at += Math.Max(used, 1);
        }

        return changed ? plain.ToString() : null;
    }

    private static int PieceMark(string text, int from)
    {
        var at = from;
        while (at < text.Length && text[at] is '"' or ';' or ' ' or '\r' or '\n' or '\t')
        {
            at++;
        }

        var name = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '-'))
        {
            at++;
        }

        if (at == name || at >= text.Length || text[at] != '*')
        {
            return 0;
        }

        var digits = ++at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        if (at == digits)
        {
            return 0;
        }

        at += at < text.Length && text[at] == '*' ? 1 : 0;
        if (at >= text.Length || text[at] != '=')
        {
            return 0;
        }

        at++;
        return (at < text.Length && text[at] == '"' ? at + 1 : at) - from;
    }

    private static string? Punycode(string text)
    {
        const string prefix = "xn--";
        if (!text.Contains(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var mapping = new IdnMapping { AllowUnassigned = true, UseStd3AsciiRules = false };
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var end = at;
            if (string.Compare(text, at, prefix, 0, prefix.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '-'))
                {
                    end++;
                }
            }

            if (end == at)
            {
                plain.Append(text[at++]);
                continue;
            }

            plain.Append(Label(mapping, text[at..end]));
            at = end;
        }

        return plain.ToString();
    }

    private static string Label(IdnMapping mapping, string label)
    {
        try
        {
            return mapping.GetUnicode(label);
        }
        catch (ArgumentException)
        {
            return label;
        }
    }

    /// <summary>Letters that are drawn as flags, tags or boxes and have no compatibility form.</summary>
    private static string? Letters(string text)
    {
        if (!text.AsSpan().ContainsAny('\uD83C', '\uDB40'))
        {
            return null;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = rune.Value switch
            {
                >= 0x1F1E6 and <= 0x1F1FF => (char)('a' + rune.Value - 0x1F1E6),
                >= 0xE0020 and <= 0xE007E => (char)(rune.Value - 0xE0000),
                >= 0x1F150 and <= 0x1F169 => (char)('a' + rune.Value - 0x1F150),
                >= 0x1F170 and <= 0x1F189 => (char)('a' + rune.Value - 0x1F170),
                _ => '\0',
            };
            if (letter == '\0')
            {
                plain.Append(rune);
            }
            else
            {
                plain.Append(letter);
            }
        }

        return plain.ToString();
    }

    /// <summary>ISO-2022-JP whose escape characters were lost on the way: <c>$B…(B</c>.</summary>
    private static string? LostEscapes(string text)
    {
        if (!text.Contains("$B", StringComparison.Ordinal) && !text.Contains("$@", StringComparison.Ordinal))
        {
            return null;
        }

        var restored = text.Replace("$B", "\u001B$B", StringComparison.Ordinal)
            .Replace("$@", "\u001B$@", StringComparison.Ordinal)
            .Replace("(B", "\u001B(B", StringComparison.Ordinal)
            .Replace("(J", "\u001B(J", StringComparison.Ordinal)
            .Replace("\u001B\u001B", "\u001B", StringComparison.Ordinal);
        return CharsetDecoder.Decode(Encoding.UTF8.GetBytes(restored), "iso-2022-jp").Text;
    }

    /// <summary>A text that was read in a wrong charset: back to its bytes, and read in the right one.</summary>
    private static string? Reread(string text, string wrong, string right)
    {
        // The name "iso-8859-1" means Windows' superset in mail; here each byte counts.
        var from = wrong == "latin-1" ? Encoding.Latin1 : CharsetAliases.Find(wrong);
        if (from is null || !MayBeMisread(text, wrong, right) || CharsetAliases.Find(right) is not { } to)
        {
            return null;
        }

        var reread = to.GetString(from.GetBytes(text));
        return reread.AsSpan().ContainsAnyInRange('\u3040', '\u9FFF') ? reread : null;
    }

    /// <summary>
    /// Whether rereading can give Japanese at all, seen without doing it. A character from U+3040 to U+9FFF starts with E3 to E9 in UTF-8, and both
    /// western charsets have these bytes where Unicode has them; in the other charsets it starts at 0x81.
    /// </summary>
    private static bool MayBeMisread(string text, string wrong, string right)
    {
        if (wrong == "shift_jis")
        {
            return text.AsSpan().ContainsAny(LeadsInShiftJis.Value);
        }

        return right == "utf-8"
            ? text.AsSpan().ContainsAnyInRange('\u00E3', '\u00E9')
            : text.AsSpan().ContainsAnyInRange('\u0080', '\u00FF');
    }

    /// <summary>Characters that Shift_JIS writes with a byte from E3 to E9, in either place.</summary>
    private static readonly Lazy<SearchValues<char>> LeadsInShiftJis = new(() =>
    {
        var charset =
            CharsetAliases.Find("shift_jis") ?? throw new InvalidOperationException("Shift_JIS is among the charsets of the library.");
        return SearchValues.Create([
            .. Enumerable
                .Range(0x80, char.MaxValue + 1 - 0x80)
                .Select(code => (char)code)
                .Where(one => !char.IsSurrogate(one) && charset.GetBytes([one]).AsSpan().ContainsAnyInRange((byte)0xE3, (byte)0xE9)),
        ]);
    });
}
