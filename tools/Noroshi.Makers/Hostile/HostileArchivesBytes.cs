using System.Buffers.Binary;
using System.IO.Compression;

namespace Noroshi.Makers.Hostile;

/// <summary>Numbers and checksums as archive formats store them.</summary>
internal static class HostileArchivesBytes
{
    /// <summary>2013-08-05 10:20:30 as a DOS date and time.</summary>
    public const uint DosTime = 0x4305528F;

    private static readonly uint[] Table = MakeTable();

    /// <summary>Appends bytes.</summary>
    public static ByteText B(this ByteText target, params ReadOnlySpan<byte> bytes) => target.Add(bytes);

    /// <summary>Appends 16 bits, little-endian.</summary>
    public static ByteText U16(this ByteText target, long value) => target.Add([(byte)value, (byte)(value >> 8)]);

    /// <summary>Appends 32 bits, little-endian.</summary>
    public static ByteText U32(this ByteText target, long value) => target.U16(value).U16(value >> 16);

    /// <summary>Appends 64 bits, little-endian.</summary>
    public static ByteText U64(this ByteText target, ulong value) => target.U32((long)(value & 0xFFFFFFFF)).U32((long)(value >> 32));

    /// <summary>Appends RAR 5's number of 7 bits a byte.</summary>
    public static ByteText Vint(this ByteText target, ulong value)
    {
        while (value > 0x7F)
        {
            target.Add([(byte)(value | 0x80)]);
            value >>= 7;
        }

        return target.Add([(byte)value]);
    }

    /// <summary>Appends 7z's number in its longest form, which is always legal.</summary>
    public static ByteText Number(this ByteText target, ulong value) => target.B(0xFF).U64(value);

    /// <summary>CRC-32 as in ZIP; goes on from an earlier value.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes, uint earlier = 0)
    {
        var crc = ~earlier;
        foreach (var value in bytes)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    /// <summary>CRC-32 of two pieces from those of each (the first one is shifted through as many zeros as the second is long).</summary>
    public static uint Join(uint first, uint second, long secondLength)
    {
        // Column i of the matrix says where bit i goes after the zeros.
        var power = new uint[32];
        power[0] = 0xEDB88320;
        for (var i = 1; i < 32; i++)
        {
            power[i] = 1u << (i - 1);
        }

        var crc = first;
        for (var bits = secondLength * 8; bits > 0; bits >>= 1)
        {
            crc = (bits & 1) != 0 ? Times(power, crc) : crc;
            power = Array.ConvertAll(power, column => Times(power, column));
        }

        return crc ^ second;
    }

    /// <summary>Raw deflate.</summary>
    public static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>A gzip member around a raw deflate stream.</summary>
    public static byte[] Gzip(byte[] deflated, uint crc, long size) =>
        new ByteText().B(0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3).Add(deflated).U32(crc).U32(size).Done();

    /// <summary>A gzip member of a content.</summary>
    public static byte[] Gzip(byte[] content) => Gzip(Deflate(content), Crc32(content), content.Length);

    /// <summary>A copy with a few bytes put in at an offset.</summary>
    public static byte[] Patched(this byte[] bytes, int at, params ReadOnlySpan<byte> patch)
    {
        var copy = (byte[])bytes.Clone();
        patch.CopyTo(copy.AsSpan(at));
        return copy;
    }

    private static uint Times(uint[] matrix, uint vector)
    {
        uint sum = 0;
        for (var i = 0; vector != 0; vector >>= 1, i++)
        {
            sum ^= (vector & 1) != 0 ? matrix[i] : 0;
        }

        return sum;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            table[i] = i;
            for (var bit = 0; bit < 8; bit++)
            {
                table[i] = (table[i] & 1) != 0 ? (table[i] >> 1) ^ 0xEDB88320 : table[i] >> 1;
            }
        }

        return table;
    }
}

/// <summary>Bits, most significant first, as bzip2 and LZH store them.</summary>
internal sealed class HostileArchivesBits
{
    private readonly List<byte> _bytes = [];
    private int _current;
    private int _count;

    /// <summary>Appends bits.</summary>
    public HostileArchivesBits Put(ulong value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            _current = (_current << 1) | (int)((value >> i) & 1);
            if (++_count == 8)
            {
                _bytes.Add((byte)_current);
                _current = _count = 0;
            }
        }

        return this;
    }

    /// <summary>The bytes, the last one filled with zeros.</summary>
    public byte[] Done()
    {
        Put(0, (8 - _count) & 7);
        return [.. _bytes];
    }
}
