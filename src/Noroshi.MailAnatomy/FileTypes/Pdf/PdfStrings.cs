using System.Globalization;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Pdf;

/// <summary>Text and dates as PDF stores them (ISO 32000-1, 7.9).</summary>
internal static class PdfStrings
{
    private const string HighDocEncoding =
        "\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203A\u2212\u2030\u201E\u201C\u201D\u2018"
        + "\u2019\u201A\u2122\uFB01\uFB02\u0141\u0152\u0160\u0178\u017D\u0131\u0142\u0153\u0161\u017E\uFFFD\u20AC";

    /// <summary>Text of a string: UTF-16 or UTF-8 by its mark, else PDFDocEncoding, or Shift_JIS that older Japanese programs wrote.</summary>
    public static string Decode(byte[] bytes)
    {
        if (bytes is [0xFE, 0xFF, ..])
        {
            return Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);
        }

        if (bytes is [0xFF, 0xFE, ..])
        {
            return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
        }

        if (bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            return Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3);
        }

        if (!bytes.AsSpan().ContainsAnyInRange((byte)0x80, (byte)0xFF))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        if (IsShiftJis(bytes) && CodePagesEncodingProvider.Instance.GetEncoding(932) is { } shiftJis)
        {
            return shiftJis.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            text.Append(value is >= 0x80 and <= 0xA0 ? HighDocEncoding[value - 0x80] : (char)value);
        }

        return text.ToString();
    }

    /// <summary>A date <c>D:YYYYMMDDHHmmSSOHH'mm</c> as RFC 3339 with its offset, or without one when it states none; null when it is none.</summary>
    public static string? Date(string text)
    {
        var digits = text.AsSpan().Trim();
        digits = digits.StartsWith("D:") ? digits[2..] : digits;
        var length = 0;
        while (length < digits.Length && length < 14 && char.IsAsciiDigit(digits[length]))
        {
            length++;
        }

        if (length < 8)
        {
            return null;
        }

        Span<char> full = stackalloc char[14];
        full.Fill('0');
        digits[..length].CopyTo(full);
        if (!DateTime.TryParseExact(full, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        var stamp = time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return stamp + Offset(digits[length..]);
    }

    private static string Offset(ReadOnlySpan<char> zone)
    {
        if (zone.IsEmpty)
        {
            return "";
        }

        if (zone[0] is 'Z' or 'z')
        {
            return "Z";
        }

        if (zone[0] is not ('+' or '-') || zone.Length < 3 || !char.IsAsciiDigit(zone[1]) || !char.IsAsciiDigit(zone[2]))
        {
            return "";
        }

        var minutes = zone[3..].TrimStart('\'');
        var known = minutes.Length >= 2 && char.IsAsciiDigit(minutes[0]) && char.IsAsciiDigit(minutes[1]);
        return $"{zone[..3]}:{(known ? minutes[..2] : "00")}";
    }

    /// <summary>Pairs of Shift_JIS alone, at least one: PDFDocEncoding has no such runs.</summary>
    private static bool IsShiftJis(byte[] bytes)
    {
        var pairs = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var lead = bytes[i];
            if (lead is >= 0x81 and <= 0x9F or >= 0xE0 and <= 0xFC)
            {
                if (++i >= bytes.Length || bytes[i] is < 0x40 or 0x7F or > 0xFC)
                {
                    return false;
                }

                pairs++;
            }
            else if (lead is 0x80 or 0xA0 or >= 0xFD)
            {
                return false;
            }
        }

        return pairs > 0;
    }
}
