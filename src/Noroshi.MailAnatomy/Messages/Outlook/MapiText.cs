using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>Byte strings of MAPI (PtypString8): the code page stands elsewhere in the message and is often not true.</summary>
internal static class MapiText
{
    /// <summary>A byte string in the stated code page, or in what its bytes show.</summary>
    /// <param name="bytes">Bytes, with or without the closing NUL.</param>
    /// <param name="codePage">Windows code page; 0 when not stated.</param>
    /// <param name="findings">Gets repairs; null when nobody asks.</param>
    public static string Narrow(ReadOnlySpan<byte> bytes, int codePage, List<Finding>? findings = null)
    {
        var decoded = CharsetDecoder.Decode(bytes.TrimEnd((byte)0), Charset(codePage));
        findings?.AddRange(decoded.Findings);
        return decoded.Text;
    }

    /// <summary>Canonical name of a Windows code page; null for 0 and for those that nobody knows.</summary>
    public static string? Charset(int codePage) =>
        codePage switch
        {
            <= 0 => null,
            932 => "shift_jis",
            936 or 54936 => "gb18030",
            949 or 51949 => "euc-kr",
            950 => "big5",
            20127 => "us-ascii",
            20932 or 51932 => "euc-jp",
            50220 or 50221 or 50222 => "iso-2022-jp",
            50225 => "iso-2022-kr",
            52936 => "hz-gb-2312",
            1200 => "utf-16le",
            65000 => "utf-7",
            65001 => "utf-8",
            >= 1250 and <= 1258 => $"windows-{codePage}",
            >= 28592 and <= 28605 => $"iso-8859-{codePage - 28590}",
            28591 => "iso-8859-1",
            _ => FromRuntime(codePage),
        };

    /// <summary>Windows code page of a language ([MS-LCID]) for messages that do not state one; 0 when it is a Western one or unknown.</summary>
    public static int OfLocale(int locale) =>
        (locale & 0x3FF) switch
        {
            0x11 => 932,
            0x12 => 949,
            0x04 => (locale >> 10) is 1 or 3 or 5 ? 950 : 936,
            0x19 or 0x22 or 0x23 or 0x02 => 1251,
            0x15 or 0x05 or 0x0E or 0x18 or 0x1B or 0x24 => 1250,
            0x08 => 1253,
            0x1F => 1254,
            0x0D => 1255,
            0x01 => 1256,
            0x1E => 874,
            _ => 0,
        };

    private static string? FromRuntime(int codePage) =>
        CharsetAliases.FromCodePage(codePage) is { } encoding
        && CharsetAliases.Canonical(encoding.WebName) is var name
        && CharsetAliases.IsKnown(name)
            ? name
            : null;
}
