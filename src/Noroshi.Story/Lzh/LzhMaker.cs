using System.Buffers.Binary;
using System.Text;

namespace Noroshi.Makers.Lzh;

/// <summary>A member to be written.</summary>
public sealed record LzhMember(string Name, byte[] Content)
{
    /// <summary><c>-lh0-</c>, <c>-lh5-</c> or <c>-lhd-</c>; any other writes the content as it is under that name.</summary>
    public string Method { get; init; } = "-lh5-";

    /// <summary>0 to 3.</summary>
    public int Level { get; init; } = 2;

    /// <summary>Charset of the name, a Windows code page.</summary>
    public int CodePage { get; init; } = 932;

    /// <summary>Letter of the system.</summary>
    public char HostOs { get; init; } = 'M';

    /// <summary>Local for level 0 and 1, UTC for 2 and 3.</summary>
    public DateTime Time { get; init; } = new(2013, 8, 5, 10, 20, 30, DateTimeKind.Utc);

    /// <summary>More extended headers: type and data.</summary>
    public IReadOnlyList<(byte Type, byte[] Data)> Extensions { get; init; } = [];
}

/// <summary>Writes LZH archives with header levels 0 to 3, stored or with a real -lh5-.</summary>
public static class LzhMaker
{
    /// <summary>An archive with its end mark.</summary>
    public static byte[] Make(params LzhMember[] members)
    {
        using var archive = new MemoryStream();
        foreach (var member in members)
        {
            archive.Write(MakeMember(member));
        }

        archive.WriteByte(0);
        return archive.ToArray();
    }

    /// <summary>Header and packed data of one member.</summary>
    public static byte[] MakeMember(LzhMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var packed = member.Method == "-lh5-" ? Lh5Encoder.Encode(member.Content) : member.Content;
        return member.Level switch
        {
            0 or 1 => [.. OldHeader(member, packed), .. packed],
            2 => [.. NewHeader(member, packed, 2), .. packed],
            _ => [.. NewHeader(member, packed, 4), .. packed],
        };
    }

    /// <summary>CRC-16/ARC.</summary>
    public static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
            }
        }

        return (ushort)crc;
    }

    private static byte[] Name(LzhMember member, string name) =>
        (CodePagesEncodingProvider.Instance.GetEncoding(member.CodePage) ?? Encoding.UTF8).GetBytes(name);

    private static byte[] OldHeader(LzhMember member, byte[] packed)
    {
        var name = Name(member, member.Name.Replace('/', '\\'));
        byte[] extensions = [];
        if (member.Level == 1)
        {
            // The size of the next header stands before it; the last one is followed by 0.
            using var chain = new MemoryStream();
            foreach (var (type, data) in member.Extensions)
            {
                chain.Write([(byte)(data.Length + 3), (byte)((data.Length + 3) >> 8), type, .. data]);
            }

            chain.Write([0, 0]);
            extensions = chain.ToArray();
        }

        using var header = new MemoryStream();
        header.Write(Encoding.ASCII.GetBytes(member.Method));
        WriteUInt32(header, (uint)(packed.Length + Math.Max(0, extensions.Length - 2)));
        WriteUInt32(header, (uint)member.Content.Length);
        WriteUInt32(header, DosTime(member.Time));
        header.Write([0x20, (byte)member.Level, (byte)name.Length]);
        header.Write(name);
        WriteUInt16(header, Crc16(member.Content));
        if (member.Level == 1)
        {
            header.WriteByte((byte)member.HostOs);
            header.Write(extensions.AsSpan(0, 2));
        }

        var bytes = header.ToArray();
        var sum = (byte)bytes.Sum(value => value);
        return [(byte)bytes.Length, sum, .. bytes, .. extensions.AsSpan(Math.Min(2, extensions.Length))];
    }

    private static byte[] NewHeader(LzhMember member, byte[] packed, int width)
    {
        var slash = member.Name.LastIndexOf('/');
        var chain = new List<(byte Type, byte[] Data)> { (0, [0, 0]), (1, Name(member, member.Name[(slash + 1)..])) };
        if (slash >= 0)
        {
            var folders = member.Name[..slash].Split('/');
            chain.Add((2, [.. folders.SelectMany(folder => (byte[])[.. Name(member, folder), 0xFF])]));
        }

        chain.AddRange(member.Extensions);
        using var header = new MemoryStream();
        header.Write([(byte)(width == 4 ? 4 : 0), 0]);
        header.Write(Encoding.ASCII.GetBytes(member.Method));
        WriteUInt32(header, (uint)packed.Length);
        WriteUInt32(header, (uint)member.Content.Length);
        WriteUInt32(header, (uint)new DateTimeOffset(member.Time, TimeSpan.Zero).ToUnixTimeSeconds());
        header.Write([0x20, (byte)(width == 4 ? 3 : 2)]);
        WriteUInt16(header, Crc16(member.Content));
        header.WriteByte((byte)member.HostOs);
        if (width == 4)
        {
            WriteUInt32(header, 0);
        }

        foreach (var (type, data) in chain)
        {
            WriteSize(header, data.Length + 1 + width, width);
            header.WriteByte(type);
            header.Write(data);
        }

        WriteSize(header, 0, width);
        if (width == 2 && (byte)header.Length == 0)
        {
            // A first byte of 0 would end the archive.
            header.WriteByte(0);
        }

        var bytes = header.ToArray();
        if (width == 4)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), bytes.Length);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)bytes.Length);
        }

        var crcAt = (width == 4 ? 28 : 24) + width + 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(crcAt), Crc16(bytes));
        return bytes;
    }

    private static uint DosTime(DateTime time) =>
        ((uint)(time.Year - 1980) << 25)
        | ((uint)time.Month << 21)
        | ((uint)time.Day << 16)
        | ((uint)time.Hour << 11)
        | ((uint)time.Minute << 5)
        | (uint)(time.Second / 2);

    private static void WriteSize(MemoryStream stream, int size, int width)
    {
        if (width == 4)
        {
            WriteUInt32(stream, (uint)size);
        }
        else
        {
            WriteUInt16(stream, (ushort)size);
        }
    }

    private static void WriteUInt16(MemoryStream stream, ushort value) => stream.Write([(byte)value, (byte)(value >> 8)]);

    private static void WriteUInt32(MemoryStream stream, uint value) =>
        stream.Write([(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)]);
}
