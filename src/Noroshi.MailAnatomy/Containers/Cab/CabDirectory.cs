using System.Buffers.Binary;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers.Cab;

/// <summary>A file as the cabinet lists it.</summary>
internal sealed record CabFile(uint Size, uint Offset, int Folder, uint Time, int Attributes, ReadOnlyMemory<byte> Name)
{
    /// <summary>From this folder number on a file is part of several cabinets.</summary>
    public const int FirstContinued = 0xFFFD;

    /// <summary>The name is UTF-8.</summary>
    public const int NameIsUtf8 = 0x80;
}

/// <summary>The lists at the front of a cabinet. Damage ends a list early and is noted.</summary>
internal sealed class CabDirectory
{
    public const int HasPrevious = 1;
    public const int HasNext = 2;

    private const int HasReserve = 4;
    private const int LongestName = 1024;

    public int Flags { get; private set; }

    public int BlockReserve { get; private set; }

    public List<CabFolder> Folders { get; } = [];

    public List<CabFile> Files { get; } = [];

    public List<Finding> Findings { get; } = [];

    /// <summary>Reads the lists; both counts are 16 bits wide, so that memory is bounded by the file.</summary>
    public static CabDirectory Read(ReadOnlyMemory<byte> bytes)
    {
        var directory = new CabDirectory();
        var span = bytes.Span;
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(span[8..]);
        var filesAt = BinaryPrimitives.ReadUInt32LittleEndian(span[16..]);
        int folders = BinaryPrimitives.ReadUInt16LittleEndian(span[26..]);
        int files = BinaryPrimitives.ReadUInt16LittleEndian(span[28..]);
        directory.Flags = BinaryPrimitives.ReadUInt16LittleEndian(span[30..]);
        if (stated > span.Length)
        {
            directory.Findings.Add(FindingCodes.Cab.Truncated.At($"{span.Length} of {stated} bytes are there"));
        }

        var at = directory.SkipHeader(span, out var folderReserve);
        directory.ReadFolders(span, at, folders, folderReserve);
        directory.ReadFiles(bytes, filesAt, files);
        return directory;
    }

    private int SkipHeader(ReadOnlySpan<byte> span, out int folderReserve)
    {
        var at = 36;
        folderReserve = 0;
        if ((Flags & HasReserve) != 0 && span.Length >= at + 4)
        {
            var headerReserve = BinaryPrimitives.ReadUInt16LittleEndian(span[at..]);
            folderReserve = span[at + 2];
            BlockReserve = span[at + 3];
            at += 4 + headerReserve;
        }

        // Names of the cabinet and of the disk, before and after.
        var strings = ((Flags & HasPrevious) != 0 ? 2 : 0) + ((Flags & HasNext) != 0 ? 2 : 0);
        for (; strings > 0 && at < span.Length; strings--)
        {
            var end = span[at..].IndexOf((byte)0);
            at = end < 0 ? span.Length : at + end + 1;
        }

        return at;
    }

    private void ReadFolders(ReadOnlySpan<byte> span, int at, int count, int reserve)
    {
        for (; count > 0; count--, at += 8 + reserve)
        {
            if (at + 8 + reserve > span.Length)
            {
                Findings.Add(FindingCodes.Cab.Broken.At($"{count} folders are missing"));
                return;
            }

            Folders.Add(
                new CabFolder(
                    BinaryPrimitives.ReadUInt32LittleEndian(span[at..]),
                    BinaryPrimitives.ReadUInt16LittleEndian(span[(at + 4)..]),
                    BinaryPrimitives.ReadUInt16LittleEndian(span[(at + 6)..])
                )
            );
        }
    }

    private void ReadFiles(ReadOnlyMemory<byte> bytes, long at, int count)
    {
        for (; count > 0; count--)
        {
            if (at + 17 > bytes.Length)
            {
                Findings.Add(FindingCodes.Cab.Broken.At($"{count} entries are missing"));
                return;
            }

            var entry = bytes[(int)at..];
            var span = entry.Span;
            var length = span.Slice(16, Math.Min(LongestName, span.Length - 16)).IndexOf((byte)0);
            if (length < 0)
            {
                Findings.Add(FindingCodes.Cab.Broken.At($"the name at byte {at + 16} has no end"));
                return;
            }

            Files.Add(
                new CabFile(
                    BinaryPrimitives.ReadUInt32LittleEndian(span),
                    BinaryPrimitives.ReadUInt32LittleEndian(span[4..]),
                    BinaryPrimitives.ReadUInt16LittleEndian(span[8..]),
                    ((uint)BinaryPrimitives.ReadUInt16LittleEndian(span[10..]) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(span[12..]),
                    BinaryPrimitives.ReadUInt16LittleEndian(span[14..]),
                    entry.Slice(16, length)
                )
            );
            at += 17 + length;
        }
    }
}
