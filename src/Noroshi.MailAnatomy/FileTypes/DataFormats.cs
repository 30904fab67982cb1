namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>Small formats that are told by their first line or bytes.</summary>
internal sealed class DataFormats : IFileTypeRecogniser
{
    private static readonly FileTypeMatch Vcf = new(FileType.Other, "vcf", ["vcf", "vcard"]);
    private static readonly FileTypeMatch Ics = new(FileType.Other, "ics", ["ics", "ical", "vcs", "ifb"]);
    private static readonly FileTypeMatch Reg = new(FileType.Script, "reg", ["reg"]);
    private static readonly FileTypeMatch Inf = new(FileType.Script, "inf", ["inf"]);
    private static readonly FileTypeMatch Chm = new(FileType.Other, "chm", ["chm", "chi", "chq"]);
    private static readonly FileTypeMatch Hlp = new(FileType.Other, "hlp", ["hlp", "cnt"]);
    private static readonly FileTypeMatch PostScript = new(FileType.Other, "ps", ["ps", "eps", "ai"]);
    private static readonly FileTypeMatch Sqlite = new(FileType.Other, "sqlite", ["sqlite", "db", "sqlite3", "db3"]);

    /// <inheritdoc/>
    public int Priority => 210;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8)
        {
            return null;
        }

        if (bytes.StartsWith("ITSF"u8) && bytes[4] is >= 2 and <= 4)
        {
            return Chm;
        }

        if (bytes.StartsWith("?_\u0003\0"u8))
        {
            return Hlp;
        }

        if (bytes.StartsWith("SQLite format 3\0"u8))
        {
            return Sqlite;
        }

        Span<byte> buffer = stackalloc byte[256];
        var sample = TextSample.Read(bytes[..Math.Min(bytes.Length, 512)], buffer).TrimStart(" \t\r\n"u8);
        return sample.StartsWith("begin:vcard"u8) ? Vcf
            : sample.StartsWith("begin:vcalendar"u8) ? Ics
            : sample.StartsWith("windows registry editor version 5"u8) || sample.StartsWith("regedit4"u8) ? Reg
            : sample.StartsWith("%!ps"u8) ? PostScript
            : sample.StartsWith("[version]"u8) && sample.IndexOf("signature"u8) >= 0 && sample.IndexOf((byte)'$') >= 0 ? Inf
            : null;
    }
}
