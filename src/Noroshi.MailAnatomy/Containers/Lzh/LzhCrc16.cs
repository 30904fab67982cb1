namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>CRC-16 of LHA (CRC-16/ARC: reflected 0x8005, start 0).</summary>
internal static class LzhCrc16
{
    private static readonly ushort[] Table = Make();

    /// <summary>Adds bytes to the CRC.</summary>
    public static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        var table = Table;
        foreach (var value in bytes)
        {
            crc = (crc >> 8) ^ table[(byte)(crc ^ value)];
        }

        return crc;
    }

    private static ushort[] Make()
    {
        var table = new ushort[256];
        for (var i = 0; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
            }

            table[i] = (ushort)crc;
        }

        return table;
    }
}
