using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Noroshi.Makers.Cab;

/// <summary>How a folder of a cabinet is packed.</summary>
public enum CabMethod
{
    /// <summary>Not at all.</summary>
    Stored = 0,

    /// <summary>MSZIP.</summary>
    MsZip = 1,

    /// <summary>Says LZX, but stores: readers without LZX only list it.</summary>
    ClaimsLzx = 0x1503,
}

/// <summary>Writes cabinets of one folder.</summary>
public static class CabMaker
{
    private const int Block = 32768;

    /// <summary>A cabinet.</summary>
    public static byte[] Make(CabMethod method, params (string Name, byte[] Content)[] files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var content = files.SelectMany(file => file.Content).ToArray();
        var blocks = Blocks(method, content);
        using var list = new MemoryStream();
        uint offset = 0;
        foreach (var (name, bytes) in files)
        {
            var utf8 = !Ascii.IsValid(name);
            Write32(list, (uint)bytes.Length);
            Write32(list, offset);
            list.Write([0, 0]);
            list.Write([0x05, 0x43, 0x8F, 0x52]); // 2013-08-05 10:20:30
            list.Write([(byte)(utf8 ? 0xA0 : 0x20), 0]);
            list.Write(Encoding.UTF8.GetBytes(name.Replace('/', '\\')));
            list.WriteByte(0);
            offset += (uint)bytes.Length;
        }

        var dataAt = 36 + 8 + (int)list.Length;
        using var cabinet = new MemoryStream();
        cabinet.Write("MSCF"u8);
        Write32(cabinet, 0);
        Write32(cabinet, (uint)(dataAt + blocks.Sum(block => block.Length)));
        Write32(cabinet, 0);
        Write32(cabinet, 44);
        Write32(cabinet, 0);
        cabinet.Write([3, 1, 1, 0, (byte)files.Length, (byte)(files.Length >> 8), 0, 0, 0x39, 0x30, 0, 0]);
        Write32(cabinet, (uint)dataAt);
        cabinet.Write([(byte)blocks.Count, (byte)(blocks.Count >> 8), (byte)method, (byte)((int)method >> 8)]);
        cabinet.Write(list.ToArray());
        blocks.ForEach(block => cabinet.Write(block));
        return cabinet.ToArray();
    }

    private static List<byte[]> Blocks(CabMethod method, byte[] content)
    {
        var blocks = new List<byte[]>();
        for (var at = 0; at < content.Length; at += Block)
        {
            var piece = content.AsSpan(at, Math.Min(Block, content.Length - at));
            var data = method == CabMethod.MsZip ? MsZip(piece) : piece.ToArray();
            var head = new byte[8];
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), (ushort)data.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(6), (ushort)piece.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(head, Checksum(head.AsSpan(4), Checksum(data, 0)));
            blocks.Add([.. head, .. data]);
        }

        return blocks;
    }

    private static byte[] MsZip(ReadOnlySpan<byte> piece)
    {
        using var packed = new MemoryStream();
        packed.Write("CK"u8);
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(piece);
        }

        return packed.ToArray();
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes, uint seed)
    {
        for (; bytes.Length >= 4; bytes = bytes[4..])
        {
            seed ^= BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        }

        uint rest = 0;
        foreach (var value in bytes)
        {
            rest = (rest << 8) | value;
        }

        return seed ^ rest;
    }

    private static void Write32(MemoryStream stream, uint value) =>
        stream.Write([(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)]);
}
