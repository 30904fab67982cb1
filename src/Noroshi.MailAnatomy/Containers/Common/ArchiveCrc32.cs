using System.Buffers.Binary;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>CRC-32 as ZIP, RAR, 7z and gzip use it (ISO 3309, polynomial 0xEDB88320, reflected).</summary>
internal static class ArchiveCrc32
{
    private static readonly uint[] Tables = MakeTables();

    /// <summary>Checksum of the bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Continue(~0u, bytes);

    /// <summary>Takes more bytes into a running value, which starts as all ones and is inverted at the end.</summary>
    public static uint Continue(uint running, ReadOnlySpan<byte> bytes)
    {
        var table = Tables.AsSpan();
        while (bytes.Length >= 8)
        {
            var low = running ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            running =
                table[(7 << 8) | (int)(low & 0xFF)]
                ^ table[(6 << 8) | (int)((low >> 8) & 0xFF)]
                ^ table[(5 << 8) | (int)((low >> 16) & 0xFF)]
                ^ table[(4 << 8) | (int)(low >> 24)]
                ^ table[(3 << 8) | (int)(high & 0xFF)]
                ^ table[(2 << 8) | (int)((high >> 8) & 0xFF)]
                ^ table[(1 << 8) | (int)((high >> 16) & 0xFF)]
                ^ table[(int)(high >> 24)];
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            running = Step(running, value);
        }

        return running;
    }

    /// <summary>One byte into the running value; the old ZIP cipher uses the same step.</summary>
    public static uint Step(uint running, byte value) => Tables[(byte)(running ^ value)] ^ (running >> 8);

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0; i < 256; i++)
        {
            var value = (uint)i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            }

            tables[i] = value;
        }

        for (var i = 256; i < tables.Length; i++)
        {
            var before = tables[i - 256];
            tables[i] = (before >> 8) ^ tables[(byte)before];
        }

        return tables;
    }
}
