using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Makers;

/// <summary>A file to put into an archive.</summary>
/// <param name="Name">Name with <c>/</c>.</param>
/// <param name="Content">Content.</param>
public sealed record MadeFile(string Name, byte[] Content)
{
    /// <summary>Time stored; a fixed one, so that the same call makes the same bytes.</summary>
    public DateTime Modified { get; init; } = new(2013, 10, 17, 9, 30, 0, DateTimeKind.Utc);

    /// <summary>A text file.</summary>
    public static MadeFile Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}

/// <summary>What the makers of archives share: written for clearness, not for speed.</summary>
internal static class ArchiveBytes
{
    /// <summary>CRC-32 bit by bit.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = ~0u;
        foreach (var value in bytes)
        {
            crc = CrcStep(crc, value);
        }

        return ~crc;
    }

    /// <summary>One byte of CRC-32.</summary>
    public static uint CrcStep(uint crc, byte value)
    {
        crc ^= value;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return crc;
    }

    /// <summary>Bytes that look random and are the same every time.</summary>
    public static byte[] Noise(string seed, int length)
    {
        var noise = new List<byte>();
        for (var i = 0; noise.Count < length; i++)
        {
            noise.AddRange(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{i}")));
        }

        return [.. noise.Take(length)];
    }

    /// <summary>Encrypts in CBC mode; the plain text is filled up with zeros to whole blocks.</summary>
    public static byte[] EncryptCbc(byte[] key, byte[] iv, ReadOnlySpan<byte> plain)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var whole = new byte[(plain.Length + 15) & ~15];
        plain.CopyTo(whole);
        return aes.EncryptCbc(whole, iv, PaddingMode.None);
    }

    /// <summary>DOS date and time.</summary>
    public static uint DosTime(DateTime time) =>
        (uint)(
            ((time.Year - 1980) << 25) | (time.Month << 21) | (time.Day << 16) | (time.Hour << 11) | (time.Minute << 5) | (time.Second / 2)
        );
}

/// <summary>Appends little-endian fields.</summary>
internal sealed class FieldWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>Bytes so far.</summary>
    public long Length => _bytes.Count;

    public FieldWriter U8(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    public FieldWriter U16(int value) => U8(value).U8(value >> 8);

    public FieldWriter U32(uint value)
    {
        Span<byte> field = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(field, value);
        return Add(field);
    }

    public FieldWriter U64(ulong value)
    {
        Span<byte> field = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(field, value);
        return Add(field);
    }

    /// <summary>A number of 7 bits a byte, as RAR 5 writes it.</summary>
    public FieldWriter Vint(ulong value)
    {
        while (value > 0x7F)
        {
            U8((int)(value & 0x7F) | 0x80);
            value >>= 7;
        }

        return U8((int)value);
    }

    /// <summary>A number as 7z writes it, always in one of its two simplest forms.</summary>
    public FieldWriter Number(ulong value) => value < 0x80 ? U8((int)value) : U8(0xFF).U64(value);

    public FieldWriter Add(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];
}
