using System.Globalization;
using System.IO.Compression;
using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Tests.Sharing;

/// <summary>Ways in which a name can be hidden in a text. Written apart from the gate's decoders, so that neither follows the other's mistakes.</summary>
internal static class LeakEncoders
{
    public static IReadOnlyList<(string Name, Func<string, string> Encode)> Text { get; } =
    [
        ("plain", text => text),
        ("upper", text => text.ToUpperInvariant()),
        ("lower", text => text.ToLowerInvariant()),
        ("full width", text => Each(text, c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c)),
        ("half-width kana", HalfWidth),
        ("hiragana", text => Each(text, c => c is >= 'ァ' and <= 'ヶ' ? (char)(c - 0x60) : c)),
        ("zero width", text => string.Join('\u200B', text.AsEnumerable())),
        ("soft hyphens", text => string.Join('\u00AD', text.AsEnumerable())),
        ("word joiners", text => string.Join('\u2060', text.AsEnumerable())),
        ("combining marks", text => string.Concat(text.Select(c => char.IsAsciiLetter(c) ? $"{c}\u0301" : c.ToString()))),
        ("spaced", text => string.Join(' ', text.AsEnumerable())),
        ("dotted", text => string.Join('.', text.AsEnumerable())),
        ("line ends", text => string.Join("\r\n ", text.AsEnumerable())),
        (
            "cyrillic look-alikes",
            text =>
                Each(
                    text,
                    c =>
                        c switch
                        {
                            'a' => 'а',
                            'e' => 'е',
                            'o' => 'о',
                            'p' => 'р',
                            'c' => 'с',
                            'x' => 'х',
                            _ => c,
                        }
                )
        ),
        (
            "digits for letters",
            text =>
                Each(
                    text,
                    c =>
                        c switch
                        {
                            'o' => '0',
                            'l' => '1',
                            'O' => '0',
                            _ => c,
                        }
                )
        ),
        (
            "bold letters",
            text => string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x1D41A + c - 'a') : c.ToString()))
        ),
        ("circled letters", text => Each(text, c => char.IsAsciiLetterLower(c) ? (char)(0x24D0 + c - 'a') : c)),
        (
            "squared letters",
            text => string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(0x1F170 + c - 'a') : c.ToString()))
        ),
        (
            "tag letters",
            text => string.Concat(text.Select(c => c is > ' ' and < '\u007F' ? char.ConvertFromUtf32(0xE0000 + c) : c.ToString()))
        ),
        ("reversed", Reversed),
        ("reversed behind RLO", text => $"\u202E{Reversed(text)}\u202C"),
        ("rot13", Rot13),
        ("base64", text => Convert.ToBase64String(Utf8(text))),
        ("base64 url", text => Convert.ToBase64String(Utf8(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_')),
        ("base64 one off", text => Convert.ToBase64String(Utf8($"x{text}"))),
        ("base64 two off", text => $"Q{Convert.ToBase64String(Utf8(text)).TrimEnd('=')}"),
        (
            "base64 folded",
            text =>
                Convert.ToBase64String(Utf8($"{new string('-', 60)}{text}{new string('-', 60)}"), Base64FormattingOptions.InsertLineBreaks)
        ),
        ("base64 utf-16", text => Convert.ToBase64String(Encoding.Unicode.GetBytes(text))),
        ("base64 utf-16be", text => Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(text))),
        ("base64 shift_jis", text => Convert.ToBase64String(In("shift_jis", text))),
        ("base64 euc-jp", text => Convert.ToBase64String(In("euc-jp", text))),
        ("base64 twice", text => Convert.ToBase64String(Utf8(Convert.ToBase64String(Utf8(text))))),
        ("base64 gzip", text => Convert.ToBase64String(Gzip(Utf8(text)))),
        ("base64 zlib", text => Convert.ToBase64String(Zlib(Utf8(text)))),
        ("base32", Base32),
        ("hex", text => Convert.ToHexString(Utf8(text))),
        ("hex lower", text => Convert.ToHexStringLower(Utf8(text))),
        ("hex colons", text => string.Join(':', Utf8(text).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)))),
        ("hex 0x", text => string.Join(", ", Utf8(text).Select(b => $"0x{b:X2}"))),
        ("hex backslash", text => string.Concat(Utf8(text).Select(b => $"\\x{b:x2}"))),
        ("hex base64", text => Convert.ToHexStringLower(Utf8(Convert.ToBase64String(Utf8(text))))),
        ("octal", text => string.Concat(Utf8(text).Select(b => $"\\{Convert.ToString(b, 8).PadLeft(3, '0')}"))),
        ("bits", text => string.Concat(Utf8(text).Select(b => Convert.ToString(b, 2).PadLeft(8, '0')))),
        ("decimal bytes", text => string.Join(',', Utf8(text).Select(b => b.ToString(CultureInfo.InvariantCulture)))),
        ("decimal code points", text => string.Join(", ", text.Select(c => ((int)c).ToString(CultureInfo.InvariantCulture)))),
        ("percent", text => string.Concat(Utf8(text).Select(b => $"%{b:X2}"))),
        ("percent where needed", Uri.EscapeDataString),
        ("percent twice", text => Uri.EscapeDataString(string.Concat(Utf8(text).Select(b => $"%{b:X2}")))),
        (
            "percent shift_jis",
            text => string.Concat(In("shift_jis", text).Select(b => char.IsAsciiLetterOrDigit((char)b) ? ((char)b).ToString() : $"%{b:X2}"))
        ),
        ("quoted-printable", text => string.Concat(Utf8(text).Select(b => $"={b:X2}"))),
        ("quoted-printable soft lines", text => string.Join("=\r\n", Utf8(text).Select(b => $"={b:X2}"))),
        ("entities", text => string.Concat(text.Select(c => $"&#{(int)c};"))),
        ("entities hex", text => string.Concat(text.Select(c => $"&#x{(int)c:X};"))),
        ("entities twice", text => string.Concat(text.Select(c => $"&amp;#{(int)c};"))),
        ("tags", text => string.Join("<b></b>", text.AsEnumerable())),
        ("json", text => string.Concat(text.Select(c => $"\\u{(int)c:x4}"))),
        ("json base64", text => string.Concat(Convert.ToBase64String(Utf8(text)).Select(c => $"\\u{(int)c:x4}"))),
        ("es6", text => string.Concat(text.Select(c => $"\\u{{{(int)c:x}}}"))),
        ("percent u", text => string.Concat(text.Select(c => $"%u{(int)c:X4}"))),
        ("rtf unicode", text => string.Concat(text.Select(c => $"\\u{(short)c}?"))),
        ("rtf bytes", text => string.Concat(In("shift_jis", text).Select(b => $"\\'{b:x2}"))),
        ("encoded word b", text => $"=?UTF-8?B?{Convert.ToBase64String(Utf8(text))}?="),
        ("encoded word q", text => $"=?UTF-8?Q?{string.Concat(Utf8(text).Select(b => $"={b:X2}"))}?="),
        ("encoded word jis", text => $"=?ISO-2022-JP?B?{Convert.ToBase64String(In("iso-2022-jp", text))}?="),
        (
            "encoded words split",
            text => string.Join("\r\n ", text.Chunk(2).Select(part => $"=?UTF-8?B?{Convert.ToBase64String(Utf8(new string(part)))}?="))
        ),
        ("parameter pieces", text => $"filename*0*=UTF-8''{Percent(text[..2])};\r\n filename*1*={Percent(text[2..])}"),
        ("jis without escapes", text => Encoding.ASCII.GetString([.. In("iso-2022-jp", text).Where(b => b != 0x1B)])),
        ("utf-7", Utf7),
        ("mojibake", text => Encoding.Latin1.GetString(Utf8(text))),
        ("uuencode", UuEncode),
        ("ascii85", Ascii85),
    ];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] In(string charset, string text) =>
        (CharsetAliases.Find(charset) ?? throw new InvalidOperationException(charset)).GetBytes(text);

    private static string Each(string text, Func<char, char> map) => string.Concat(text.Select(map));

    private static string Percent(string text) => string.Concat(Utf8(text).Select(b => $"%{b:X2}"));

    private static string Reversed(string text) => string.Concat(text.Reverse());

    private static string HalfWidth(string text)
    {
        const string full = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
        const string half = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ";
        return Each(text, c => full.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? half[at] : c);
    }

    private static string Rot13(string text) =>
        Each(
            text,
            c =>
                char.IsAsciiLetterLower(c) ? (char)('a' + ((c - 'a' + 13) % 26))
                : char.IsAsciiLetterUpper(c) ? (char)('A' + ((c - 'A' + 13) % 26))
                : c
        );

    private static string Base32(string text)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(Utf8(text).Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));
        bits = bits.PadRight((bits.Length + 4) / 5 * 5, '0');
        return string.Concat(bits.Chunk(5).Select(five => letters[Convert.ToInt32(new string(five), 2)]));
    }

    private static string Utf7(string text)
    {
        var encoded = new StringBuilder();
        foreach (var run in text.GroupAdjacent(c => c < 0x80))
        {
            encoded.Append(
                run.All(c => c < 0x80) ? run : $"+{Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(run)).TrimEnd('=')}-"
            );
        }

        return encoded.ToString();
    }

    private static IEnumerable<string> GroupAdjacent(this string text, Func<char, bool> key)
    {
        var from = 0;
        for (var at = 1; at <= text.Length; at++)
        {
            if (at == text.Length || key(text[at]) != key(text[from]))
            {
                yield return text[from..at];
                from = at;
            }
        }
    }

    private static string UuEncode(string text)
    {
        var bytes = Utf8(text);
        var line = new StringBuilder().Append((char)(' ' + bytes.Length));
        foreach (var three in bytes.Chunk(3))
        {
            var value = (three[0] << 16) | ((three.Length > 1 ? three[1] : 0) << 8) | (three.Length > 2 ? three[2] : 0);
            for (var shift = 18; shift >= 0; shift -= 6)
            {
                line.Append((char)(' ' + ((value >> shift) & 0x3F)));
            }
        }

        return $"begin 644 x\n{line}\n`\nend\n";
    }

    private static string Ascii85(string text)
    {
        var encoded = new StringBuilder("<~");
        foreach (var four in Utf8(text).Chunk(4))
        {
            ulong value = 0;
            for (var at = 0; at < 4; at++)
            {
                value = (value << 8) | (at < four.Length ? four[at] : 0u);
            }

            var digits = new char[5];
            for (var at = 4; at >= 0; at--)
            {
                digits[at] = (char)('!' + (value % 85));
                value /= 85;
            }

            encoded.Append(digits, 0, four.Length + 1);
        }

        return encoded.Append("~>").ToString();
    }

    public static byte[] Gzip(byte[] bytes) => Through(bytes, stream => new GZipStream(stream, CompressionLevel.Optimal));

    public static byte[] Zlib(byte[] bytes) => Through(bytes, stream => new ZLibStream(stream, CompressionLevel.Optimal));

    private static byte[] Through(byte[] bytes, Func<Stream, Stream> open)
    {
        using var whole = new MemoryStream();
        using (var stream = open(whole))
        {
            stream.Write(bytes);
        }

        return whole.ToArray();
    }
}
