using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>
/// Reads the headers of level 0 to 3. Everything is relative to the bytes given: a header that points outside is cut at the end, and each
/// extended header lies behind the one before, so that no chain can loop.
/// </summary>
internal static class LzhHeaderReader
{
    private const int MethodAt = 2;
    private const int LevelAt = 20;
    private const int ShortestBase = 22;
    private const int MaxExtensions = 256;
    private const int MaxLevel3Header = 1 << 20;

    /// <summary>Whether the bytes at this place could begin a header: method and level are plausible.</summary>
    public static bool LooksLikeHeader(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= ShortestBase
        && bytes[MethodAt] == '-'
        && bytes[MethodAt + 4] == '-'
        && IsFamily(bytes[MethodAt + 1], bytes[MethodAt + 2])
        && IsMethodLetter(bytes[MethodAt + 3])
        && bytes[LevelAt] <= 3;

    /// <summary>Reads the header at <paramref name="start"/>; null when there is none that can be followed.</summary>
    public static LzhHeader? Read(ReadOnlyMemory<byte> archive, long start)
    {
        if (start < 0 || start >= archive.Length)
        {
            return null;
        }

        var bytes = archive[(int)start..];
        if (!LooksLikeHeader(bytes.Span))
        {
            return null;
        }

        var header = bytes.Span[LevelAt] switch
        {
            0 or 1 => ReadOld(bytes),
            2 => ReadLevel2(bytes),
            _ => ReadLevel3(bytes),
        };
        if (header is null)
        {
            return null;
        }

        header.DataStart += start;
        SplitComment(header);
        return header;
    }

    private static bool IsFamily(byte first, byte second) =>
        (first == 'l' && second is (byte)'h' or (byte)'z') || (first == 'p' && second == 'm');

    private static bool IsMethodLetter(byte letter) => letter is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'z';

    private static LzhHeader Begin(ReadOnlySpan<byte> span) =>
        new()
        {
            Level = span[LevelAt],
            Method = Encoding.ASCII.GetString(span.Slice(MethodAt, 5)),
            PackedSize = BinaryPrimitives.ReadUInt32LittleEndian(span[7..]),
            Size = BinaryPrimitives.ReadUInt32LittleEndian(span[11..]),
        };

    private static LzhHeader? ReadOld(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        int length = span[0] + 2;
        int nameLength = span[21];
        if (length < ShortestBase + nameLength || length > span.Length)
        {
            return null;
        }

        var header = Begin(span);
        header.ModifiedAt = ArchiveTimes.FromDos(BinaryPrimitives.ReadUInt32LittleEndian(span[15..]));
        header.Name = bytes.Slice(ShortestBase, nameLength);
        header.ChecksumOk = Sum(span[2..length]) == span[1];
        header.DataStart = length;
        var after = ShortestBase + nameLength;
        if (length >= after + 2)
        {
            header.DataCrc = BinaryPrimitives.ReadUInt16LittleEndian(span[after..]);
        }

        if (header.Level == 0)
        {
            if (!header.Method.StartsWith("-pm", StringComparison.Ordinal))
            {
                ReadLevel0Area(header, span[Math.Min(after + 2, length)..length]);
            }

            return header;
        }

        if (length < after + 5)
        {
            return null;
        }

        header.HostOs = (char)span[after + 2];
        ReadLevel1Extensions(header, bytes, length);
        FixLhark(header);
        return header;
    }

    // The last two bytes of a level 1 header give the size of the first extended header; the packed size counts them all.
    private static void ReadLevel1Extensions(LzhHeader header, ReadOnlyMemory<byte> bytes, int length)
    {
        var extended = ReadExtensions(header, bytes, length - 2, bytes.Length, 2, out var crcAt);
        header.DataStart = extended;
        header.PackedSize -= extended - length;
        if (header.PackedSize < 0)
        {
            header.ExtensionsBroken = true;
            header.PackedSize = 0;
        }

        CheckCrc(header, bytes.Span[..extended], crcAt);
    }

    private static LzhHeader? ReadLevel2(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(span);
        if (length < 26 || length > span.Length)
        {
            return null;
        }

        var header = Begin(span);
        ReadNewBase(header, span);
        if (header.HostOs == 'K' && length + 2 <= span.Length)
        {
            // LHa for OS-9/68k leaves its own two bytes out of the count.
            length += 2;
        }

        ReadExtensions(header, bytes, 24, length, 2, out var crcAt);
        header.DataStart = length;
        CheckCrc(header, span[..length], crcAt);
        return header;
    }

    private static LzhHeader? ReadLevel3(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < 32 || BinaryPrimitives.ReadUInt16LittleEndian(span) != 4)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(span[24..]);
        if (length is < 32 or > MaxLevel3Header || length > span.Length)
        {
            return null;
        }

        var header = Begin(span);
        ReadNewBase(header, span);
        ReadExtensions(header, bytes, 28, (int)length, 4, out var crcAt);
        header.DataStart = length;
        CheckCrc(header, span[..(int)length], crcAt);
        return header;
    }

    private static void ReadNewBase(LzhHeader header, ReadOnlySpan<byte> span)
    {
        header.ModifiedAt = UnixTime(BinaryPrimitives.ReadUInt32LittleEndian(span[15..]));
        header.DataCrc = BinaryPrimitives.ReadUInt16LittleEndian(span[21..]);
        header.HostOs = (char)span[23];
    }

    // Returns the place behind the last extended header.
    private static int ReadExtensions(LzhHeader header, ReadOnlyMemory<byte> bytes, int sizeAt, int end, int width, out int crcAt)
    {
        crcAt = -1;
        var at = sizeAt;
        for (var count = 0; ; count++)
        {
            if (at + width > end)
            {
                header.ExtensionsBroken = true;
                return Math.Min(at, end);
            }

            var size =
                width == 2
                    ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[at..])
                    : BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[at..]);
            at += width;
            if (size == 0)
            {
                return at;
            }

            if (size < 1 + width || size > end - at || count == MaxExtensions)
            {
                header.ExtensionsBroken = true;
                return at;
            }

            var data = bytes.Slice(at + 1, (int)size - 1 - width);
            ReadExtension(header, bytes.Span[at], data);
            if (bytes.Span[at] == 0 && data.Length >= 2 && crcAt < 0)
            {
                crcAt = at + 1;
            }

            at += (int)size - width;
        }
    }

    private static void ReadExtension(LzhHeader header, byte type, ReadOnlyMemory<byte> data)
    {
        var span = data.Span;
        switch (type)
        {
            case 0x01:
                header.Name = data;
                break;
            case 0x02:
                header.Directory = data;
                break;
            case 0x3F or 0x71:
                header.Comment = data;
                break;
            case 0x41 when span.Length >= 24:
                header.ModifiedAt = ArchiveTimes.FromFileTime(BinaryPrimitives.ReadUInt64LittleEndian(span[8..])) ?? header.ModifiedAt;
                break;
            case 0x42 when span.Length >= 16:
                var packed = BinaryPrimitives.ReadInt64LittleEndian(span);
                var size = BinaryPrimitives.ReadInt64LittleEndian(span[8..]);
                header.ExtensionsBroken |= packed < 0 || size < 0;
                header.PackedSize = Math.Max(0, packed);
                header.Size = Math.Max(0, size);
                break;
            case 0x44:
                header.NameUtf16 = data;
                break;
            case 0x45:
                header.DirectoryUtf16 = data;
                break;
            case 0x46 when span.Length >= 4:
                header.CodePage = BinaryPrimitives.ReadInt32LittleEndian(span);
                break;
            case 0x50 when span.Length >= 2:
                header.UnixMode = BinaryPrimitives.ReadUInt16LittleEndian(span);
                break;
            case 0x54 when span.Length >= 4:
                header.ModifiedAt = UnixTime(BinaryPrimitives.ReadUInt32LittleEndian(span));
                break;
            default:
                break;
        }
    }

    // Level 0 has room for the data of a system behind the CRC; Unix and OS-9 use it.
    private static void ReadLevel0Area(LzhHeader header, ReadOnlySpan<byte> area)
    {
        if (area.IsEmpty)
        {
            return;
        }

        header.HostOs = (char)area[0];
        if (area.Length >= 12 && area[0] is (byte)'U' or (byte)'K')
        {
            header.ModifiedAt = UnixTime(BinaryPrimitives.ReadUInt32LittleEndian(area[2..])) ?? header.ModifiedAt;
            header.UnixMode = BinaryPrimitives.ReadUInt16LittleEndian(area[^6..]);
        }
    }

    private static void FixLhark(LzhHeader header)
    {
        // LHARK took the name -lh7- for a method of its own; it alone writes level 1 with a blank as the system.
        if (header is { Level: 1, HostOs: ' ', Method: "-lh7-" })
        {
            header.IsLhark = true;
        }
    }

    private static void CheckCrc(LzhHeader header, ReadOnlySpan<byte> bytes, int crcAt)
    {
        if (crcAt < 0 || crcAt + 2 > bytes.Length)
        {
            return;
        }

        // The field itself counts as zero.
        var crc = LzhCrc16.Update(0, bytes[..crcAt]);
        crc = LzhCrc16.Update(crc, [0, 0]);
        crc = LzhCrc16.Update(crc, bytes[(crcAt + 2)..]);
        var holds = crc == BinaryPrimitives.ReadUInt16LittleEndian(bytes[crcAt..]);
        header.ChecksumOk = header.ChecksumOk is { } sum ? sum && holds : holds;
    }

    private static byte Sum(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (var value in bytes)
        {
            sum += value;
        }

        return sum;
    }

    // Amiga tools put a comment behind a NUL in the name.
    private static void SplitComment(LzhHeader header)
    {
        var nul = header.Name.Span.IndexOf((byte)0);
        if (nul < 0)
        {
            return;
        }

        if (header.Comment.IsEmpty)
        {
            header.Comment = header.Name[(nul + 1)..];
        }

        header.Name = header.Name[..nul];
    }

    /// <summary>Seconds since 1970; null for 0, which stands for no time.</summary>
    private static string? UnixTime(uint seconds) => seconds == 0 ? null : ArchiveTimes.FromUnix(seconds);
}
