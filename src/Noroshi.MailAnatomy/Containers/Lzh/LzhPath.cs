using System.Text;

namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>Name and folder of a header as one path, and its comment.</summary>
internal static class LzhPath
{
    /// <summary>The path with <c>/</c> between folders.</summary>
    public static EntryName Of(LzhHeader header)
    {
        if (!header.NameUtf16.IsEmpty || !header.DirectoryUtf16.IsEmpty)
        {
            var folder = Utf16(header.DirectoryUtf16.Span);
            var name = Utf16(header.NameUtf16.Span);
            return new(Join(folder, name), "utf-16");
        }

        // Folder and name are decoded together, so that both get one charset. 0xFF, the separator of LZH, is no byte of any name.
        var parts = header.Directory;
        var bytes = new byte[parts.Length + 1 + header.Name.Length];
        parts.Span.CopyTo(bytes);
        bytes.AsSpan(0, parts.Length).Replace((byte)0xFF, (byte)'/');
        var length = parts.Length;
        if (length > 0 && bytes[length - 1] != '/')
        {
            bytes[length++] = (byte)'/';
        }

        header.Name.Span.CopyTo(bytes.AsSpan(length));
        if (!parts.IsEmpty)
        {
            bytes.AsSpan(length).Replace((byte)0xFF, (byte)'/');
        }

        var decoded = Decode(bytes.AsSpan(0, length + header.Name.Length), header);
        return decoded with { Text = EntryNames.Separate(decoded.Text) };
    }

    /// <summary>The comment; null when there is none.</summary>
    public static string? Comment(LzhHeader header) =>
        header.Comment.IsEmpty ? null : Decode(header.Comment.Span, header).Text.TrimEnd('\0');

    private static EntryName Decode(ReadOnlySpan<byte> bytes, LzhHeader header) =>
        EntryNames.Decode(
            bytes,
            header.CodePage,
            header.HostOs is 'U' or 'm' or 'J' or 'K' or '9',
            header.HostOs == 'A' ? EntryNames.Latin : EntryNames.Japanese
        );

    private static string Utf16(ReadOnlySpan<byte> bytes) =>
        EntryNames.Separate(Encoding.Unicode.GetString(bytes[..(bytes.Length & ~1)]).Replace('\uFFFF', '/')).TrimEnd('\0');

    private static string Join(string folder, string name) =>
        folder.Length == 0 || folder.EndsWith('/') ? folder + name : $"{folder}/{name}";
}
