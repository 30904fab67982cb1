namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>
/// The static Huffman family: -lh4- to -lh7-, -lhx- of UNLHA32, -lh7- of LHARK and methods 1 to 3 of ARJ. They differ in the reach of
/// copies and in the width of the field that counts the distance codes.
/// </summary>
/// <param name="packed">Packed bytes.</param>
/// <param name="windowBits">Reach of copies, as a power of two.</param>
/// <param name="distanceCountBits">Bits that state how many distance codes follow.</param>
/// <param name="lhark">Lengths and distances as LHARK writes them.</param>
internal sealed class LzhStaticTokens(ReadOnlyMemory<byte> packed, int windowBits, int distanceCountBits, bool lhark = false)
    : LzhTokens(packed)
{
    private const int CodeCountBits = 9;
    private const int LengthCountBits = 5;
    private const int Threshold = 3;
    private const int LharkLongest = 514;

    private readonly LzhHuffman _codes = new(1 << CodeCountBits);
    private readonly LzhHuffman _lengths = new(1 << LengthCountBits);
    private readonly LzhHuffman _distances = new(1 << distanceCountBits);
    private int _left;

    public override int Window => 1 << windowBits;

    public override int Next(long produced, out int value)
    {
        while (_left == 0)
        {
            StartBlock();
        }

        _left--;
        var code = _codes.Decode(Bits);
        if (code < 256)
        {
            value = code;
            return 0;
        }

        var length = lhark ? LharkLength(code) : code - 256 + Threshold;
        value = (lhark ? LharkDistance() : Distance()) + 1;
        return length;
    }

    private int Distance()
    {
        var code = _distances.Decode(Bits);
        if (code > windowBits + 1)
        {
            throw new InvalidDataException("A distance code is larger than the history.");
        }

        return code <= 1 ? code : (1 << (code - 1)) + Bits.Read(code - 1);
    }

    private int LharkLength(int code)
    {
        if (code < 264)
        {
            return code - 256 + Threshold;
        }

        if (code >= 288)
        {
            return LharkLongest;
        }

        var low = (code - 260) / 4;
        return ((4 + (code % 4)) << low) + Bits.Read(low) + Threshold;
    }

    private int LharkDistance()
    {
        var code = _distances.Decode(Bits);
        if (code < 4)
        {
            return code;
        }

        var low = (code - 2) / 2;
        if (low >= windowBits)
        {
            throw new InvalidDataException("A distance code is larger than the history.");
        }

        return ((2 + (code % 2)) << low) + Bits.Read(low);
    }

    private void StartBlock()
    {
        _left = Bits.Read(16);
        ReadShortLengths(_lengths, LengthCountBits, LengthCountBits, skipAt: 3);
        ReadCodeLengths();
        ReadShortLengths(_distances, distanceCountBits, distanceCountBits, skipAt: -1);
    }

    private void ReadShortLengths(LzhHuffman table, int countBits, int symbolBits, int skipAt)
    {
        var count = Bits.Read(countBits);
        if (count == 0)
        {
            table.BuildSingle(Bits.Read(symbolBits));
            return;
        }

        Span<byte> lengths = stackalloc byte[1 << symbolBits];
        lengths.Clear();
        var symbol = 0;
        while (symbol < count)
        {
            var length = Bits.Read(3);
            if (length == 7)
            {
                while (length <= 16 && Bits.Read(1) == 1)
                {
                    length++;
                }
            }

            lengths[symbol++] = (byte)length;
            if (symbol == skipAt)
            {
                symbol += Bits.Read(2);
            }
        }

        table.Build(lengths);
    }

    private void ReadCodeLengths()
    {
        var count = Bits.Read(CodeCountBits);
        if (count == 0)
        {
            _codes.BuildSingle(Bits.Read(CodeCountBits));
            return;
        }

        Span<byte> lengths = stackalloc byte[1 << CodeCountBits];
        lengths.Clear();
        var symbol = 0;
        while (symbol < count)
        {
            var code = _lengths.Decode(Bits);
            if (code > 2)
            {
                lengths[symbol++] = (byte)(code - 2);
                continue;
            }

            symbol += code switch
            {
                0 => 1,
                1 => Bits.Read(4) + 3,
                _ => Bits.Read(9) + 20,
            };
        }

        _codes.Build(lengths);
    }
}

/// <summary>-lh3-: static Huffman whose lengths are written plainly, distances in units of 64.</summary>
internal sealed class LzhLh3Tokens(ReadOnlyMemory<byte> packed) : LzhTokens(packed)
{
    private const int Codes = 286;
    private const int DistanceCodes = 128;

    // Symbols at which the ready-made distance code gets one bit longer, starting from two bits.
    private static readonly int[] ReadyMadeSteps = [1, 1, 3, 6, 13, 31, 78];

    private readonly LzhHuffman _codes = new(512);
    private readonly LzhHuffman _distances = new(DistanceCodes);
    private int _left;

    public override int Window => 1 << 13;

    public override int Next(long produced, out int value)
    {
        while (_left == 0)
        {
            StartBlock();
        }

        _left--;
        var code = _codes.Decode(Bits);
        if (code < 256)
        {
            value = code;
            return 0;
        }

        if (code == Codes - 1)
        {
            code += Bits.Read(8);
        }

        value = (_distances.Decode(Bits) << 6) + Bits.Read(6) + 1;
        return code - 256 + 3;
    }

    private void StartBlock()
    {
        _left = Bits.Read(16);
        ReadLengths(_codes, Codes, 9, firstBits: true);
        if (Bits.Read(1) == 1)
        {
            ReadLengths(_distances, DistanceCodes, 7, firstBits: false);
            return;
        }

        Span<byte> lengths = stackalloc byte[DistanceCodes];
        byte length = 2;
        var step = 0;
        for (var symbol = 0; symbol < DistanceCodes; symbol++)
        {
            while (step < ReadyMadeSteps.Length && ReadyMadeSteps[step] == symbol)
            {
                length++;
                step++;
            }

            lengths[symbol] = length;
        }

        _distances.Build(lengths);
    }

    // Three first lengths of 1 cannot be a code; they announce a table of one symbol.
    private void ReadLengths(LzhHuffman table, int count, int symbolBits, bool firstBits)
    {
        Span<byte> lengths = stackalloc byte[Codes];
        lengths.Clear();
        for (var symbol = 0; symbol < count; symbol++)
        {
            lengths[symbol] = firstBits ? (byte)(Bits.Read(1) == 1 ? Bits.Read(4) + 1 : 0) : (byte)Bits.Read(4);
            if (symbol == 2 && lengths[0] == 1 && lengths[1] == 1 && lengths[2] == 1)
            {
                table.BuildSingle(Bits.Read(symbolBits));
                return;
            }
        }

        table.Build(lengths[..count]);
    }
}
