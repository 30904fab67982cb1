using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>One tool that took part in the building.</summary>
/// <param name="Product">Kind of tool.</param>
/// <param name="Build">Its build number.</param>
/// <param name="Count">Objects it made.</param>
internal sealed record RichEntry(ushort Product, ushort Build, uint Count);

/// <summary>The header that Microsoft's linker leaves between the DOS program and the new header, scrambled with its own checksum.</summary>
/// <param name="Key">Checksum, which is the key.</param>
/// <param name="Entries">Tools, bounded.</param>
/// <param name="Valid">The checksum is that of the DOS header and the entries.</param>
/// <param name="Hash">MD5 of the unscrambled header without its end mark, as the field computes it.</param>
internal sealed record RichHeader(uint Key, IReadOnlyList<RichEntry> Entries, bool Valid, string Hash)
{
    private const uint Start = 0x536E_6144;
    private const int MaxBytes = 4_096;

    /// <summary>Reads the header; null when there is none.</summary>
    public static RichHeader? Read(PeFile pe)
    {
        var limit = Math.Min(pe.HeaderAt, MaxBytes);
        if (limit < 0x90)
        {
            return null;
        }

        var area = pe.Span[..limit];
        var end = area[0x40..].LastIndexOf("Rich"u8);
        end = end < 0 ? -1 : end + 0x40;
        if (end < 0 || end + 8 > area.Length)
        {
            return null;
        }

        var key = area.U32(end + 4);
        var start = end - 16;
        while (start >= 0x40 && (area.U32(start) ^ key) != Start)
        {
            start -= 4;
        }

        if (start < 0x40)
        {
            return null;
        }

        var clear = area[start..end].ToArray();
        for (var i = 0; i + 4 <= clear.Length; i += 4)
        {
            var at = clear.AsSpan(i);
            BinaryPrimitives.WriteUInt32LittleEndian(at, BinaryPrimitives.ReadUInt32LittleEndian(at) ^ key);
        }

        var entries = new List<RichEntry>();
        ReadOnlySpan<byte> decoded = clear;
        for (var i = 16; i + 8 <= decoded.Length; i += 8)
        {
            entries.Add(new RichEntry(decoded.U16(i + 2), decoded.U16(i), decoded.U32(i + 4)));
        }

        return new RichHeader(key, entries, Sum(area, start, entries) == key, Convert.ToHexStringLower(MD5.HashData(clear)));
    }

    /// <summary>Offset of the header plus each byte before it turned by its place (the field for the new header left out) plus the entries.</summary>
    private static uint Sum(ReadOnlySpan<byte> area, int start, List<RichEntry> entries)
    {
        var sum = (uint)start;
        for (var i = 0; i < start; i++)
        {
            sum += i is >= 0x3C and < 0x40 ? 0 : BitOperations.RotateLeft(area[i], i);
        }

        foreach (var entry in entries)
        {
            sum += BitOperations.RotateLeft(((uint)entry.Product << 16) | entry.Build, (int)(entry.Count & 31));
        }

        return sum;
    }
}
