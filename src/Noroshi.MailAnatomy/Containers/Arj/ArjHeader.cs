using System.Buffers.Binary;
using Noroshi.MailAnatomy.Containers.Lzh;

namespace Noroshi.MailAnatomy.Containers.Arj;

/// <summary>One header of an ARJ archive (ARJ technical notes, "archive structure").</summary>
internal sealed record ArjHeader
{
    public const byte FlagGarbled = 0x01;
    public const byte FlagVolume = 0x04;
    public const byte FlagContinued = 0x08;
    public const byte TypeMain = 2;
    public const byte TypeDirectory = 3;

    private const int HeaderAt = 4;
    private const int LargestHeader = 2600;
    private const int ShortestFirst = 30;
    private const int MaxExtensions = 64;

    public required byte Version { get; init; }
    public required byte HostOs { get; init; }
    public required byte Flags { get; init; }
    public required byte Method { get; init; }
    public required byte Type { get; init; }
    public required byte GarbleModifier { get; init; }
    public required uint Time { get; init; }
    public required uint PackedSize { get; init; }
    public required uint Size { get; init; }
    public required uint Crc { get; init; }

    /// <summary>Version of the encryption; main header only.</summary>
    public required byte EncryptionVersion { get; init; }

    public required ReadOnlyMemory<byte> Name { get; init; }
    public required ReadOnlyMemory<byte> Comment { get; init; }
    public required bool CrcOk { get; init; }
    public required long DataStart { get; init; }

    /// <summary>The mark of a header and a length that can be one.</summary>
    public static bool LooksLikeHeader(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderAt + ShortestFirst
        && bytes[0] == 0x60
        && bytes[1] == 0xEA
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]) is >= ShortestFirst and <= LargestHeader
        && bytes[HeaderAt] >= ShortestFirst;

    /// <summary>The header of length 0 that ends an archive.</summary>
    public static bool IsEnd(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 4 && bytes[0] == 0x60 && bytes[1] == 0xEA && bytes[2] == 0 && bytes[3] == 0;

    /// <summary>Reads the header at <paramref name="start"/>; null when there is none.</summary>
    public static ArjHeader? Read(ReadOnlyMemory<byte> archive, long start)
    {
        if (start < 0 || start >= archive.Length || !LooksLikeHeader(archive.Span[(int)start..]))
        {
            return null;
        }

        var bytes = archive[(int)start..];
        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[2..]);
        if (HeaderAt + length + 4 > bytes.Length)
        {
            return null;
        }

        var header = bytes.Slice(HeaderAt, length);
        var span = header.Span;
        int first = span[0];
        if (first > length)
        {
            return null;
        }

        var (name, rest) = Text(header[first..]);
        return new ArjHeader
        {
            Version = span[1],
            HostOs = span[3],
            Flags = span[4],
            Method = span[5],
            Type = span[6],
            GarbleModifier = span[7],
            Time = BinaryPrimitives.ReadUInt32LittleEndian(span[8..]),
            PackedSize = BinaryPrimitives.ReadUInt32LittleEndian(span[12..]),
            Size = BinaryPrimitives.ReadUInt32LittleEndian(span[16..]),
            Crc = BinaryPrimitives.ReadUInt32LittleEndian(span[20..]),
            EncryptionVersion = span[28],
            Name = name,
            Comment = Text(rest).Text,
            CrcOk = ArchiveCrc32.Of(span) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[(HeaderAt + length)..]),
            DataStart = start + SkipExtensions(bytes.Span, HeaderAt + length + 4),
        };
    }

    /// <summary>Time of the entry as the host system keeps it.</summary>
    public string? ModifiedAt =>
        HostOs is not (2 or 8) ? ArchiveTimes.FromDos(Time)
        : Time == 0 ? null
        : ArchiveTimes.FromUnix(Time);

    /// <summary>Name of the host system.</summary>
    public string HostName =>
        HostOs switch
        {
            0 => "MS-DOS",
            1 => "PRIMOS",
            2 => "Unix",
            3 => "Amiga",
            4 => "Mac OS",
            5 => "OS/2",
            6 => "Apple GS",
            7 => "Atari",
            8 => "NeXT",
            9 => "VAX VMS",
            10 => "Windows 95",
            11 => "Windows NT",
            _ => $"0x{HostOs:x2}",
        };

    private static (ReadOnlyMemory<byte> Text, ReadOnlyMemory<byte> Behind) Text(ReadOnlyMemory<byte> bytes)
    {
        var nul = bytes.Span.IndexOf((byte)0);
        return nul < 0 ? (bytes, default) : (bytes[..nul], bytes[(nul + 1)..]);
    }

    // Extended headers: length, bytes, CRC-32; a length of 0 ends them. The result never lies behind the bytes.
    private static int SkipExtensions(ReadOnlySpan<byte> bytes, int at)
    {
        for (var count = 0; count < MaxExtensions && at + 2 <= bytes.Length; count++)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            at += 2;
            if (length == 0)
            {
                break;
            }

            at = Math.Min(bytes.Length, at + length + 4);
        }

        return at;
    }
}
