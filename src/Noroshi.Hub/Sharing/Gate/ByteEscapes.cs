using System.Globalization;
using System.Text;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>Escapes of single bytes in a text; what stands between them becomes bytes as UTF-8. Null when there are none.</summary>
internal static class ByteEscapes
{
    /// <summary>Escapes of one byte in two hexadecimal digits behind a mark; soft line ends of quoted-printable go.</summary>
    public static byte[]? Hex(string text, string mark)
    {
        if (!text.Contains(mark, StringComparison.Ordinal))
        {
            return null;
        }

        using var bytes = new MemoryStream(text.Length);
        var changed = false;
        for (var at = 0; at < text.Length; )
        {
            var digits = at + mark.Length;
            if (string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0)
            {
                if (digits + 1 < text.Length && char.IsAsciiHexDigit(text[digits]) && char.IsAsciiHexDigit(text[digits + 1]))
                {
                    bytes.WriteByte(byte.Parse(text.AsSpan(digits, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    at = digits + 2;
                    changed = true;
                    continue;
                }

                if (mark == "=" && digits < text.Length && text[digits] is '\r' or '\n')
                {
                    at = text[digits] == '\r' && digits + 1 < text.Length && text[digits + 1] == '\n' ? digits + 2 : digits + 1;
                    changed = true;
                    continue;
                }
            }

            at += WriteCharacter(bytes, text, at);
        }

        return changed ? bytes.ToArray() : null;
    }

    /// <summary>Escapes of one byte in three octal digits behind a backslash.</summary>
    public static byte[]? Octal(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        using var bytes = new MemoryStream(text.Length);
        var changed = false;
        for (var at = 0; at < text.Length; )
        {
            if (
                text[at] == '\\'
                && at + 3 < text.Length
                && text[at + 1] is >= '0' and <= '3'
                && text[at + 2] is >= '0' and <= '7'
                && text[at + 3] is >= '0' and <= '7'
            )
            {
                bytes.WriteByte((byte)(((text[at + 1] - '0') * 64) + ((text[at + 2] - '0') * 8) + (text[at + 3] - '0')));
                at += 4;
                changed = true;
            }
            else
            {
                at += WriteCharacter(bytes, text, at);
            }
        }

        return changed ? bytes.ToArray() : null;
    }

    private static int WriteCharacter(MemoryStream bytes, string text, int at)
    {
        if (text[at] < 0x80)
        {
            bytes.WriteByte((byte)text[at]);
            return 1;
        }

        var length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        Span<byte> utf8 = stackalloc byte[8];
        bytes.Write(utf8[..Encoding.UTF8.GetBytes(text.AsSpan(at, length), utf8)]);
        return length;
    }
}
