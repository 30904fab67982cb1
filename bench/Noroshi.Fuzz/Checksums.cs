namespace Noroshi.Fuzz;

/// <summary>Checksums for targets that mend what a change broke.</summary>
internal static class Checksums
{
    /// <summary>CRC-32 of ZIP, 7z and ARJ.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
