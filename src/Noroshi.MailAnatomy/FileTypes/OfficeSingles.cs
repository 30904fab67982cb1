using Noroshi.MailAnatomy.FileTypes.OneNote;
using Noroshi.MailAnatomy.FileTypes.OpenXml;
using Noroshi.MailAnatomy.FileTypes.Rtf;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>Office formats that are neither compound files nor ZIP files.</summary>
internal sealed class OfficeSingles : IFileTypeRecogniser
{
    private static readonly FileTypeMatch Rtf = new(FileType.Office, "rtf", ["rtf", "wri"]);
    private static readonly FileTypeMatch One = new(FileType.Office, "one", ["one"]);
    private static readonly FileTypeMatch OneToc = new(FileType.Office, "onetoc2", ["onetoc2"]);
    private static readonly FileTypeMatch Mdb = new(FileType.Office, "mdb", ["mdb", "mde", "mda", "mdw", "ldb"]);
    private static readonly FileTypeMatch Accdb = new(FileType.Office, "accdb", ["accdb", "accde", "accda"]);
    private static readonly FileTypeMatch OldXls = new(FileType.Office, "xls", ["xls", "xlm", "xlc", "xla"]);
    private static readonly FileTypeMatch OldDoc = new(FileType.Office, "doc", ["doc", "dot"]);
    private static readonly FileTypeMatch ActiveMime = new(FileType.Office, "mso", ["mso"]);
    private static readonly FileTypeMatch Iqy = new(FileType.Office, "iqy", ["iqy"]);
    private static readonly FileTypeMatch Slk = new(FileType.Office, "slk", ["slk"]);

    // GUIDs of MS-ONESTORE 2.3.1 in the byte order of the file.
    private static ReadOnlySpan<byte> OneGuid =>
        [0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, 0xAE, 0xB1, 0x53, 0x78, 0xD0, 0x29, 0x96, 0xD3];

    private static ReadOnlySpan<byte> OneTocGuid =>
        [0xA1, 0x2F, 0xFF, 0x43, 0xD9, 0xEF, 0x76, 0x4C, 0x9E, 0xE2, 0x10, 0xEA, 0x57, 0x22, 0x76, 0x5F];

    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        // Word takes {\rt without the f, and spaces before it; exploit documents live on that.
        if (bytes.TrimStart(" \t\r\n"u8).StartsWith("{\\rt"u8))
        {
            return Rtf;
        }

        if (bytes.StartsWith(OneGuid))
        {
            return One;
        }

        if (bytes.StartsWith(OneTocGuid))
        {
            return OneToc;
        }

        if (bytes.Length > 19 && bytes[..4].SequenceEqual("\0\u0001\0\0"u8))
        {
            return bytes[4..].StartsWith("Standard Jet DB"u8) ? Mdb
                : bytes[4..].StartsWith("Standard ACE DB"u8) ? Accdb
                : null;
        }

        if (bytes.StartsWith("ActiveMime"u8))
        {
            return ActiveMime;
        }

        return Bare(bytes) ?? Query(bytes);
    }

    /// <inheritdoc/>
    public void Inspect(ReadOnlyMemory<byte> bytes, FileTypeMatch match, FileInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(match);
        var sink = new TraitSink(inspection);
        switch (match.Format)
        {
            case "rtf":
                RtfInspector.Inspect(bytes.Span, sink);
                break;
            case "one" or "onetoc2":
                OneNoteInspector.Inspect(bytes, sink);
                break;
        }
    }

    /// <summary>Documents of Excel 2 to 4 (BOF records of MS-XLS's forebears) and Word 2.</summary>
    private static FileTypeMatch? Bare(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16)
        {
            return null;
        }

        if (
            bytes[0] == 9
            && bytes[1] is 0 or 2 or 4
            && bytes[2] is 4 or 6
            && bytes[3] == 0
            && bytes[7] == 0
            && bytes[6] is 0x10 or 0x20 or 0x40
        )
        {
            return OldXls;
        }

        return bytes[0] == 0xDB && bytes[1] == 0xA5 && bytes[2] == 0x2D && bytes[3] == 0 ? OldDoc : null;
    }

    /// <summary>Text files that make Excel fetch or compute.</summary>
    private static FileTypeMatch? Query(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("WEB\r\n1\r\n"u8) || bytes.StartsWith("WEB\n1\n"u8))
        {
            return Iqy;
        }

        return
            bytes.StartsWith("ID;P"u8) && bytes[..Math.Min(bytes.Length, 4096)].IndexOf("\nC;"u8) is >= 0
            || (bytes.StartsWith("ID;P"u8) && bytes[4..Math.Min(bytes.Length, 128)].IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and < 64)
            ? Slk
            : null;
    }
}
