using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>Files of text whose only purpose is to lead elsewhere: internet shortcuts and their kin of other systems.</summary>
internal sealed class ShortcutRecogniser : IFileTypeRecogniser
{
    private const int Window = 4_096;

    private static readonly FileTypeMatch Url = new(FileType.Shortcut, "url", ["url", "website"]);
    private static readonly FileTypeMatch Desktop = new(FileType.Shortcut, "desktop", ["desktop"]);
    private static readonly FileTypeMatch Webloc = new(FileType.Shortcut, "webloc", ["webloc", "fileloc", "inetloc"]);
    private static readonly FileTypeMatch Library = new(FileType.Shortcut, "library-ms", ["library-ms"]);
    private static readonly FileTypeMatch Search = new(FileType.Shortcut, "search-ms", ["search-ms"]);
    private static readonly FileTypeMatch Setting = new(FileType.Shortcut, "settingcontent-ms", ["settingcontent-ms"]);
    private static readonly FileTypeMatch SearchConnector = new(FileType.Shortcut, "searchconnector-ms", ["searchconnector-ms"]);
    private static readonly FileTypeMatch Scf = new(FileType.Shortcut, "scf", ["scf"]);
    private static readonly FileTypeMatch Rdp = new(FileType.Shortcut, "rdp", ["rdp"]);
    private static readonly FileTypeMatch Jnlp = new(FileType.Shortcut, "jnlp", ["jnlp"]);

    /// <inheritdoc/>
    public int Priority => 220;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("bplist00"u8))
        {
            // A property list of one key, URL.
            return bytes.Length < Window && bytes.IndexOf("SURL"u8) >= 0 ? Webloc : null;
        }

        // All text comes past here: only what may be one of these is looked at.
        if (TextSample.FirstByte(bytes) is not ((byte)'[' or (byte)'#' or (byte)';' or (byte)'<') && !MayBeRemoteDesktop(bytes))
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[Window];
        var sample = TextSample.Read(bytes, buffer);
        if (sample.IsEmpty)
        {
            return null;
        }

        var start = sample.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
        {
            return null;
        }

        return start[0] switch
        {
            (byte)'[' or (byte)'#' or (byte)';' => BySection(start),
            (byte)'<' => ByElement(start),
            _ => IsRemoteDesktop(start) ? Rdp : null,
        };
    }

    /// <inheritdoc/>
    public void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentNullException.ThrowIfNull(inspection);
        TextShortcuts.Add(bytes.Span, match.Format, inspection);
    }

    /// <summary>The first section may follow comments and other sections; a line of its own it must be.</summary>
    private static FileTypeMatch? BySection(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny((byte)'\r', (byte)'\n');
            var line = (end < 0 ? text : text[..end]).TrimEnd(" \t"u8);
            text = end < 0 ? default : text[(end + 1)..].TrimStart(" \t\r\n"u8);
            if (line.SequenceEqual("[internetshortcut]"u8))
            {
                return Url;
            }

            if (line.SequenceEqual("[desktop entry]"u8))
            {
                return Desktop;
            }

            if (line.SequenceEqual("[shell]"u8) && text.IndexOf("command="u8) >= 0)
            {
                return Scf;
            }
        }

        return null;
    }

    private static FileTypeMatch? ByElement(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("<plist"u8) is >= 0 and < 512 && text.IndexOf("<key>url</key>"u8) >= 0)
        {
            return Webloc;
        }

        return Root(text) switch
        {
            var root when root.StartsWith("librarydescription"u8) => Library,
            var root when root.StartsWith("persistedquery"u8) => Search,
            var root when root.StartsWith("pcsettings"u8) || root.StartsWith("searchablecontent"u8) => Setting,
            var root when root.StartsWith("searchconnectordescription"u8) => SearchConnector,
            var root when root.StartsWith("jnlp"u8) => Jnlp,
            _ => null,
        };
    }

    private static ReadOnlySpan<byte> Root(ReadOnlySpan<byte> text) =>
        MarkupRecogniser.SkipProlog(text) is [(byte)'<', .. var name] ? name : default;

    /// <summary>Lines of <c>name:type:value</c>, the first one included.</summary>
    private static bool MayBeRemoteDesktop(ReadOnlySpan<byte> bytes)
    {
        var utf16 = TextSample.IsUtf16(bytes, out _);
        var start = bytes[..Math.Min(bytes.Length, utf16 ? 512 : 256)];
        return utf16 || start.IndexOf(":i:"u8) >= 0 || start.IndexOf(":s:"u8) >= 0;
    }

    private static bool IsRemoteDesktop(ReadOnlySpan<byte> text) =>
        text.IndexOf("full address:s:"u8) >= 0 && (text.IndexOf(":i:"u8) >= 0 || text.StartsWith("full address:s:"u8));
}
