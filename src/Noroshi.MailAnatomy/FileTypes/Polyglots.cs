using System.Buffers.Binary;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>Looks for a second strong signature in a file whose type is known.</summary>
public static class Polyglots
{
    private const int PdfWindow = 1024;

    // From here on an appended archive is looked for; searching a whole large image would cost more than it tells.
    private const int MaxSearched = 16 << 20;

    /// <summary>
    /// What else the bytes are. Programs with an archive behind them are ordinary self-extractors and not meant; ZIP-based documents are ZIP
    /// by design.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="type">Type by content.</param>
    /// <param name="format">Format by content.</param>
    /// <returns>One finding per second format, none for an ordinary file. Never throws on bytes.</returns>
    public static IReadOnlyList<Finding> Of(ReadOnlySpan<byte> bytes, FileType type, string format)
    {
        var findings = new List<Finding>();
        var zipBased = bytes.StartsWith("PK\u0003\u0004"u8);
        var start = bytes[..Math.Min(bytes.Length, PdfWindow)];
        if (type is not (FileType.Pdf or FileType.Mail) && Binary(type) && PdfRecogniser.HeaderAt(start) is > 0 and var pdf)
        {
            findings.Add(FindingCodes.FileTypes.Polyglot.At($"{format}+pdf@{pdf}"));
        }

        if (!zipBased && type is FileType.Pdf or FileType.Image or FileType.Html or FileType.Office && Zip(bytes) is { } zip)
        {
            findings.Add(FindingCodes.FileTypes.Polyglot.At($"{format}+zip@{zip}"));
        }

        if (type is FileType.Image or FileType.Pdf)
        {
            Appended(bytes, type, format, findings);
        }

        if (type == FileType.Pdf && bytes.IndexOf("MIME-Version:"u8) >= 0 && bytes.IndexOf("application/x-mso"u8) >= 0)
        {
            findings.Add(FindingCodes.FileTypes.Polyglot.At("pdf+mhtml"));
        }

        return findings;
    }

    internal static void Add(ReadOnlySpan<byte> bytes, FileTypeMatch match, FileInspection inspection) =>
        inspection.Findings.AddRange(Of(bytes, match.Type, match.Format));

    private static bool Binary(FileType type) =>
        type
            is FileType.Office
                or FileType.Justsystems
                or FileType.Executable
                or FileType.Shortcut
                or FileType.Image
                or FileType.Archive
                or FileType.DiskImage;

    /// <summary>Offset of a whole ZIP file at the end of the bytes: its directory must be where the end record says, give or take a prefix.</summary>
    internal static int? ZipAtEnd(ReadOnlySpan<byte> bytes) => Zip(bytes);

    private static int? Zip(ReadOnlySpan<byte> bytes)
    {
        var end = ZipNames.EndRecord(bytes);
        if (end < 0)
        {
            return null;
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(end + 12)..]);
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(end + 16)..]);
        var directory = end - (long)size;
        if (size < 46 || directory <= 0 || !bytes[(int)directory..].StartsWith("PK\u0001\u0002"u8))
        {
            return null;
        }

        // Written behind the other file (offsets relative to itself) or with offsets that count the prefix.
        var prefix = directory - stated;
        var first = BinaryPrimitives.ReadUInt32LittleEndian(bytes[((int)directory + 42)..]);
        var local = prefix >= 0 ? prefix + first : first;
        return local < directory && bytes[(int)local..].StartsWith("PK\u0003\u0004"u8) ? (int)local : null;
    }

    private static void Appended(ReadOnlySpan<byte> bytes, FileType type, string format, List<Finding> findings)
    {
        var end = EndOf(bytes, format);
        if (end < 0)
        {
            return;
        }

        var rest = bytes[end..];
        rest = rest[..Math.Min(rest.Length, MaxSearched)];
        ReadOnlySpan<byte> rar = "Rar!\u001A\u0007"u8;
        ReadOnlySpan<byte> sevenZip = [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C];
        if (rest.IndexOf(rar) is >= 0 and var atRar)
        {
            findings.Add(FindingCodes.FileTypes.Polyglot.At($"{format}+rar@{end + atRar}"));
        }

        if (rest.IndexOf(sevenZip) is >= 0 and var atSeven)
        {
            findings.Add(FindingCodes.FileTypes.Polyglot.At($"{format}+7z@{end + atSeven}"));
        }

        if (type == FileType.Image && (rest.IndexOf("<hta:application"u8) >= 0 || rest.IndexOf("<script"u8) >= 0))
        {
            findings.Add(FindingCodes.FileTypes.Polyglot.At($"{format}+html"));
        }

        if (ProgramRecogniser.IsPe(rest))
        {
            findings.Add(FindingCodes.FileTypes.Polyglot.At($"{format}+pe@{end}"));
        }
    }

    /// <summary>Where the format itself ends; -1 when that is not cheap to say.</summary>
    private static int EndOf(ReadOnlySpan<byte> bytes, string format)
    {
        switch (format)
        {
            case "pdf":
                var eof = bytes.LastIndexOf("%%EOF"u8);
                return eof < 0 ? -1 : eof + 5;
            case "png":
                var iend = bytes.IndexOf("IEND"u8);
                return iend < 0 || iend + 8 > bytes.Length ? -1 : iend + 8;
            case "jpg":
                // A thumbnail has an end mark of its own, so the last one before the tail counts.
                var mark = bytes.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]);
                return mark < 0 ? -1 : mark + 2;
            case "bmp":
                var size = bytes.Length >= 6 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[2..]) : 0;
                return size is > 0 and < int.MaxValue && size < bytes.Length ? (int)size : -1;
            default:
                return -1;
        }
    }
}
