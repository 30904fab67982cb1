namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>-lz5- of LArc: groups of eight tokens, copies name a place in the ring of 4 KiB.</summary>
internal sealed class LzhLz5Tokens(ReadOnlyMemory<byte> packed) : LzhTokens(packed)
{
    private const int Ring = 4096;
    private const int Start = Ring - 18;

    private int _flags = 1;

    public override int Window => Ring;

    // LArc starts with a prepared history: runs of 13 of each byte, all bytes up and down, zeros, blanks.
    public override byte Before(int distance)
    {
        var place = (Start - distance) & (Ring - 1);
        return place switch
        {
            < 256 * 13 => (byte)(place / 13),
            < (256 * 13) + 256 => (byte)(place - (256 * 13)),
            < (256 * 13) + 512 => (byte)(255 - (place - (256 * 13) - 256)),
            < (256 * 13) + 512 + 128 => 0,
            < Start => (byte)' ',
            _ => 0,
        };
    }

    public override int Next(long produced, out int value)
    {
        if (_flags == 1)
        {
            _flags = Bits.Read(8) | 0x100;
        }

        var literal = (_flags & 1) != 0;
        _flags >>= 1;
        value = Bits.Read(8);
        if (literal)
        {
            return 0;
        }

        var second = Bits.Read(8);
        var place = value | ((second & 0xF0) << 4);
        value = LzhPlaces.Distance(Start + produced, place, Ring);
        return (second & 0x0F) + 3;
    }
}

/// <summary>-lzs- of early LArc: single bits tell literals and copies apart, the ring has 2 KiB.</summary>
internal sealed class LzhLzsTokens(ReadOnlyMemory<byte> packed) : LzhTokens(packed)
{
    private const int Ring = 2048;

    public override int Window => Ring;

    public override int Next(long produced, out int value)
    {
        if (Bits.Read(1) == 1)
        {
            value = Bits.Read(8);
            return 0;
        }

        var place = Bits.Read(11);
        value = LzhPlaces.Distance(Ring - 17 + produced, place, Ring);
        return Bits.Read(4) + 2;
    }
}

internal static class LzhPlaces
{
    /// <summary>Distance from the next byte back to a place in the ring; the place about to be written is a whole ring away.</summary>
    public static int Distance(long next, int place, int ring)
    {
        var distance = (int)((next - place) & (ring - 1));
        return distance == 0 ? ring : distance;
    }
}
