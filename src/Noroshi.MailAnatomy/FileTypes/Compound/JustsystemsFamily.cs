namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>
/// Documents of JustSystems programs in compound files. The class identifier says nothing reliable, so the names of the streams and the
/// marks at their beginning decide: <c>DocumentText</c> starting <c>SsmgV.01</c>, the segment table (<c>VDA_DOC</c>), the fonts
/// (<c>FontV.01</c>) and the views. Compressed documents (.jttc, .jtdc) keep an LHA member behind a 38-byte mark in <c>JSCompDocument</c>.
/// </summary>
internal sealed class JustsystemsFamily : ICompoundFamily
{
    private const int MemberAt = 38;

    private static readonly FileTypeMatch Ichitaro = new(FileType.Justsystems, "jtd", ["jtd", "jtt"]);
    private static readonly FileTypeMatch CompressedTemplate = new(FileType.Justsystems, "jttc", ["jttc", "jtdc"]);
    private static readonly FileTypeMatch CompressedDocument = new(FileType.Justsystems, "jtdc", ["jtdc", "jttc"]);

    // No published notes tell Hanako's streams from those of the company's other programs.
    private static readonly FileTypeMatch Relative = new(
        FileType.Justsystems,
        "justsystems",
        ["jhd", "jht", "jsh", "jsd", "jst", "jtd", "jtt", "jfw", "jvw", "jdh"]
    );

    /// <inheritdoc/>
    public int Priority => 10;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ref CompoundFile file)
    {
        if (file.FindStream("JSCompDocument") is { } packed && Compressed(file.Read(packed, 512)) is { } compressed)
        {
            return compressed;
        }

        var own = false;
        foreach (var entry in file.Entries)
        {
            own |=
                entry.Name.StartsWith("\u0004JSRV_", StringComparison.Ordinal)
                && (entry.Orphan || !entry.Path.Contains('/', StringComparison.Ordinal));
        }

        var marks = Marks(ref file);
        return marks >= 2 || (marks == 1 && own) ? Ichitaro
            : own ? Relative
            : null;
    }

    private static int Marks(ref CompoundFile file)
    {
        var marks = 0;
        marks += Starts(ref file, "DocumentText", "SsmgV.01"u8) ? 2 : 0;
        marks += Starts(ref file, "\u0004JSRV_SegmentInformation", "VDA_DOC\0"u8) && file.FindStream("DocumentText") is not null ? 1 : 0;
        marks += Starts(ref file, "Font", "FontV.01"u8) ? 1 : 0;
        marks += file.FindStream("DocumentViewStyles") is not null ? 1 : 0;
        marks += file.FindStream("DocumentEditStyles") is not null ? 1 : 0;
        return marks;
    }

    private static bool Starts(ref CompoundFile file, string stream, ReadOnlySpan<byte> mark) =>
        file.FindStream(stream) is { } entry && file.Read(entry, mark.Length).AsSpan().SequenceEqual(mark);

    /// <summary>The name that the LHA member was packed under tells a template from a document, where it is kept.</summary>
    private static FileTypeMatch? Compressed(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < 24 || !stream[2..].StartsWith("JustCompressedDocument"u8))
        {
            return null;
        }

        if (stream.Length < MemberAt + 22)
        {
            return CompressedTemplate;
        }

        // LHA header levels 0 and 1: length of the name at 21, the name after it.
        var member = stream[MemberAt..];
        var name = member[20] <= 1 ? member.Slice(22, Math.Min(member[21], member.Length - 22)) : default;
        return name.EndsWith(".jtd"u8) || name.EndsWith(".JTD"u8) ? CompressedDocument : CompressedTemplate;
    }
}
