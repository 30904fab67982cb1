using System.Globalization;
using System.Text;

namespace Noroshi.Makers.Outlook;

/// <summary>Writes RTF bodies: HTML or text wrapped into RTF (MS-OXRTFEX), and their compression (MS-OXRTFCP).</summary>
public static class RtfMaker
{
    private const int Ring = 4096;

    /// <summary>The history every reader of compressed RTF begins with.</summary>
    private const string History =
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

    /// <summary>HTML wrapped into RTF; text in the bytes of the code page.</summary>
    public static byte[] FromHtml(string html, int codePage)
    {
        var rtf = new StringBuilder(Head(codePage) + "\\fromhtml1 ");
        rtf.Append(Fonts(codePage)).Append("{\\colortbl\\red0\\green0\\blue0;}\r\n\\uc1\\pard\\plain\\deftab360 \\f0\\fs24 ");
        for (var at = 0; at < html.Length; )
        {
            if (html[at] == '<')
            {
                var end = html.IndexOf('>', at) + 1;
                end = end == 0 ? html.Length : end;
                rtf.Append("{\\*\\htmltag64 ").Append(Escape(html[at..end], codePage)).Append('}');
                // What readers of plain RTF show in place of the element.
                rtf.Append("\\htmlrtf \\par \\htmlrtf0 ");
                at = end;
            }
            else if (html[at] == '&' && html.IndexOf(';', at) is > 0 and var semicolon && semicolon - at < 10)
            {
                rtf.Append("{\\*\\htmltag84 ").Append(html[at..(semicolon + 1)]).Append("}\\htmlrtf ?\\htmlrtf0 ");
                at = semicolon + 1;
            }
            else
            {
                var end = html.IndexOfAny(['<', '&'], at + 1);
                end = end < 0 ? html.Length : end;
                rtf.Append(Escape(html[at..end], codePage));
                at = end;
            }
        }

        return Encoding.ASCII.GetBytes(rtf.Append("}\r\n\0").ToString());
    }

    /// <summary>Plain text wrapped into RTF, or native RTF of the text.</summary>
    /// <param name="text">Text with LF.</param>
    /// <param name="codePage">Code page of its bytes; 0 writes every foreign character as \u.</param>
    /// <param name="native">Without the mark of wrapped text.</param>
    public static byte[] FromText(string text, int codePage, bool native = false) =>
        Encoding.ASCII.GetBytes(
            Head(codePage == 0 ? 1252 : codePage)
                + (native ? "" : "\\fromtext ")
                + Fonts(codePage == 0 ? 1252 : codePage)
                + "\\uc1\\pard\\plain\\f0\\fs20 "
                + Escape(text, codePage)
                + "\\par }\0"
        );

    /// <summary>Compressed as Outlook does it.</summary>
    public static byte[] Compress(byte[] rtf)
    {
        var ring = new byte[Ring];
        Encoding.ASCII.GetBytes(History, ring);
        var write = History.Length;
        var data = new List<byte>();
        var (flagAt, flags, bit) = (0, 0, 8);
        void Token(bool reference)
        {
            if (bit == 8)
            {
                flagAt = data.Count;
                data.Add(0);
                (flags, bit) = (0, 0);
            }

            flags |= reference ? 1 << bit : 0;
            bit++;
            data[flagAt] = (byte)flags;
        }

        for (var at = 0; at < rtf.Length; )
        {
            var (place, length) = Longest(ring, write, rtf.AsSpan(at));
            Token(length >= 2);
            var taken = Math.Max(1, length >= 2 ? length : 1);
            if (length >= 2)
            {
                data.Add((byte)(place >> 4));
                data.Add((byte)((place << 4) | (length - 2)));
            }
            else
            {
                data.Add(rtf[at]);
            }

            for (; taken > 0; taken--, at++)
            {
                ring[write] = rtf[at];
                write = (write + 1) % Ring;
            }
        }

        Token(reference: true);
        data.Add((byte)(write >> 4));
        data.Add((byte)(write << 4));
        return Wrap([.. data], rtf.Length, 0x75465A4C, Crc([.. data]));
    }

    /// <summary>The header of compressed RTF around anything.</summary>
    public static byte[] Wrap(byte[] data, int size, uint kind, uint crc) =>
        [
            .. BitConverter.GetBytes(data.Length + 12),
            .. BitConverter.GetBytes(size),
            .. BitConverter.GetBytes(kind),
            .. BitConverter.GetBytes(crc),
            .. data,
        ];

    /// <summary>Uncompressed in the wrapping of compressed RTF.</summary>
    public static byte[] Store(byte[] rtf) => Wrap(rtf, rtf.Length, 0x414C454D, 0);

    /// <summary>The checksum of the compressed bytes.</summary>
    public static uint Crc(byte[] data)
    {
        var crc = 0u;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return crc;
    }

    private static (int Place, int Length) Longest(byte[] ring, int write, ReadOnlySpan<byte> rest)
    {
        var (best, place) = (0, 0);
        var most = Math.Min(17, rest.Length);
        for (var start = 0; start < Ring && best < most; start++)
        {
            // What is not written yet cannot be referred to.
            var room = (write - start + Ring) % Ring;
            var length = 0;
            while (length < most && length < room && ring[(start + length) % Ring] == rest[length])
            {
                length++;
            }

            if (length > best && start != write)
            {
                (best, place) = (length, start);
            }
        }

        return (place, best);
    }

    private static string Head(int codePage) => $"{{\\rtf1\\ansi\\ansicpg{codePage}\\deff0";

    private static string Fonts(int codePage) =>
        $"{{\\fonttbl\r\n{{\\f0\\fswiss\\fcharset{(codePage == 932 ? 128 : 0)} Font;}}\r\n{{\\f1\\fmodern Courier;}}}}\r\n";

    private static string Escape(string text, int codePage)
    {
        var encoding = codePage == 0 ? null : CodePagesEncodingProvider.Instance.GetEncoding(codePage);
        var result = new StringBuilder();
        foreach (var character in text)
        {
            switch (character)
            {
                case '\\' or '{' or '}':
                    result.Append('\\').Append(character);
                    break;
                case '\n':
                    result.Append("\\par\r\n");
                    break;
                case '\r':
                    break;
                case < '\u0080':
                    result.Append(character);
                    break;
                default:
                    var bytes = encoding?.GetBytes([character]);
                    if (bytes is null or [(byte)'?'])
                    {
                        result.Append(CultureInfo.InvariantCulture, $"\\u{(short)character}?");
                    }
                    else
                    {
                        result.Append(string.Concat(bytes.Select(value => $"\\'{value:x2}")));
                    }

                    break;
            }
        }

        return result.ToString();
    }
}
