using System.Text;

namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>A decoded name.</summary>
/// <param name="Text">The name with <c>/</c> between folders.</param>
/// <param name="Charset">Charset it was decoded from, IANA name.</param>
/// <param name="Lossy">Some bytes stand for no character of the charset.</param>
internal sealed record LzhName(string Text, string Charset, bool Lossy);

/// <summary>
/// Decodes names of old archives. The formats state no charset, so the bytes decide: what is valid UTF-8 with characters of three bytes, or
/// EUC-JP with kana, is that; all else is CP932, as the archivers of Japan write it.
/// </summary>
internal static class LzhNames
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding? StrictCp932 = Strict(932);
    private static readonly Encoding? StrictEuc = Strict(51932);

    /// <summary>Name and folder of a header as one path.</summary>
    public static LzhName Path(LzhHeader header)
    {
        if (!header.NameUtf16.IsEmpty || !header.DirectoryUtf16.IsEmpty)
        {
            var folder = Utf16(header.DirectoryUtf16.Span);
            var name = Utf16(header.NameUtf16.Span);
            return new(Join(folder, name), "utf-16", false);
        }

        // Folder and name are decoded together, so that both get one charset.
        var parts = header.Directory;
        var bytes = new byte[parts.Length + 1 + header.Name.Length];
        parts.Span.CopyTo(bytes);
        var length = parts.Length;
        if (length > 0 && bytes[length - 1] != 0xFF)
        {
            bytes[length++] = 0xFF;
        }

        header.Name.Span.CopyTo(bytes.AsSpan(length));
        return Decode(bytes.AsSpan(0, length + header.Name.Length), header.CodePage, header.HostOs, separator: parts.IsEmpty ? -1 : 0xFF);
    }

    /// <summary>Decodes a name or comment.</summary>
    /// <param name="bytes">Bytes as stored.</param>
    /// <param name="codePage">Windows code page the archive states, or 0.</param>
    /// <param name="hostOs">Letter of the system, NUL when not known.</param>
    /// <param name="separator">Byte that parts folders besides the usual ones, -1 for none.</param>
    public static LzhName Decode(ReadOnlySpan<byte> bytes, int codePage = 0, char hostOs = '\0', int separator = -1)
    {
        // A separator that is no byte of any name becomes one that every charset has.
        var clean = bytes.ToArray();
        if (separator >= 0)
        {
            clean.AsSpan().Replace((byte)separator, (byte)'/');
        }

        var name = DecodeText(clean, codePage, hostOs);
        return name with { Text = name.Text.Replace('\\', '/') };
    }

    /// <summary>Decodes text of the same uncertain charset, backslashes kept.</summary>
    public static LzhName DecodeText(byte[] bytes, int codePage = 0, char hostOs = '\0')
    {
        var (text, charset, lossy) = Choose(bytes, codePage, hostOs);
        return new(text, charset, lossy);
    }

    private static (string Text, string Charset, bool Lossy) Choose(byte[] bytes, int codePage, char hostOs)
    {
        if (System.Text.Ascii.IsValid(bytes))
        {
            return (Encoding.ASCII.GetString(bytes), "us-ascii", false);
        }

        if (codePage is > 0 and < 65536 && Strict(codePage) is { } stated && Try(stated, bytes) is { } asStated)
        {
            return (asStated, stated.WebName, false);
        }

        var unix = hostOs is 'U' or 'm' or 'J' or 'K' or '9';
        var utf8 = Try(StrictUtf8, bytes);
        var cp932 = Try(StrictCp932, bytes);
        if (utf8 is not null && (unix || cp932 is null || utf8.Any(character => character >= 0x800)))
        {
            return (utf8, "utf-8", false);
        }

        if (Try(StrictEuc, bytes) is { } euc && (cp932 is null || unix || euc.Any(character => character is >= '\u3041' and <= '\u30F6')))
        {
            return (euc, "euc-jp", false);
        }

        if (cp932 is not null)
        {
            return (cp932, "cp932", false);
        }

        return hostOs == 'A'
            ? (Encoding.Latin1.GetString(bytes), "iso-8859-1", false)
            : ((CodePagesEncodingProvider.Instance.GetEncoding(932) ?? Encoding.Latin1).GetString(bytes), "cp932", true);
    }

    private static Encoding? Strict(int codePage)
    {
        try
        {
            return codePage == 65001
                ? StrictUtf8
                : CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private static string? Try(Encoding? encoding, byte[] bytes)
    {
        try
        {
            return encoding?.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Utf16(ReadOnlySpan<byte> bytes) =>
        Encoding.Unicode.GetString(bytes[..(bytes.Length & ~1)]).Replace('\uFFFF', '/').Replace('\\', '/').TrimEnd('\0');

    private static string Join(string folder, string name) =>
        folder.Length == 0 || folder.EndsWith('/') ? folder + name : $"{folder}/{name}";
}
