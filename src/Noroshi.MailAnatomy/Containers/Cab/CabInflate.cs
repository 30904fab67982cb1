namespace Noroshi.MailAnatomy.Containers.Cab;

/// <summary>
/// Inflate (RFC 1951) for one MSZIP block: the block may copy from the 32 KiB that blocks before it produced, which the runtime's own
/// decoder cannot be given.
/// </summary>
internal sealed class CabInflate
{
    /// <summary>Bytes of history, and the most that one block gives.</summary>
    public const int BlockSize = 32768;

    private const int MaxBits = 15;
    private const int EndOfBlock = 256;

    private static ReadOnlySpan<ushort> LengthBases =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<ushort> DistanceBases =>
        [
            1,
            2,
            3,
            4,
            5,
            7,
            9,
            13,
            17,
            25,
            33,
            49,
            65,
            97,
            129,
            193,
            257,
            385,
            513,
            769,
            1025,
            1537,
            2049,
            3073,
            4097,
            6145,
            8193,
            12289,
            16385,
            24577,
        ];

    private static ReadOnlySpan<byte> DistanceBits =>
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    private static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly byte[] _window = new byte[BlockSize * 2];
    private readonly Table _literals = new(288);
    private readonly Table _distances = new(32);
    private readonly Table _lengths = new(19);
    private ReadOnlyMemory<byte> _input;
    private int _position;
    private uint _bits;
    private int _count;
    private int _written;
    private int _history;

    /// <summary>Unpacks one block, its <c>CK</c> mark removed.</summary>
    /// <returns>What the block gives; valid until the next call.</returns>
    /// <exception cref="InvalidDataException">The block does not follow the format.</exception>
    public ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> block)
    {
        // What came last becomes history; it always ends at the middle of the window.
        _history = Math.Min(BlockSize, _history + _written);
        _window.AsSpan(_written, BlockSize).CopyTo(_window);
        _input = block;
        _position = 0;
        _bits = 0;
        _count = 0;
        _written = 0;
        bool last;
        do
        {
            last = Read(1) == 1;
            switch (Read(2))
            {
                case 0:
                    Stored();
                    break;
                case 1:
                    BuildFixed();
                    Codes();
                    break;
                case 2:
                    BuildDynamic();
                    Codes();
                    break;
                default:
                    throw new InvalidDataException("A deflate block is of an unknown kind.");
            }
        } while (!last);

        return _window.AsMemory(BlockSize, _written);
    }

    private int Read(int count)
    {
        Need(count);
        var value = (int)(_bits & ((1u << count) - 1));
        _bits >>= count;
        _count -= count;
        return value;
    }

    private void Need(int count)
    {
        while (_count < count)
        {
            if (_position >= _input.Length)
            {
                throw new InvalidDataException("A deflate block ends early.");
            }

            _bits |= (uint)_input.Span[_position++] << _count;
            _count += 8;
        }
    }

    private void Put(byte value)
    {
        if (_written == BlockSize)
        {
            throw new InvalidDataException("A block gives more than 32 KiB.");
        }

        _window[BlockSize + _written++] = value;
    }

    private void Stored()
    {
        // Whole bytes that were read ahead go back.
        _position -= _count / 8;
        _bits = 0;
        _count = 0;
        var span = _input.Span;
        if (_position + 4 > span.Length)
        {
            throw new InvalidDataException("A stored deflate block ends early.");
        }

        var length = span[_position] | (span[_position + 1] << 8);
        var inverse = span[_position + 2] | (span[_position + 3] << 8);
        _position += 4;
        if ((length ^ inverse) != 0xFFFF || length > span.Length - _position || length > BlockSize - _written)
        {
            throw new InvalidDataException("A stored deflate block has a wrong length.");
        }

        span.Slice(_position, length).CopyTo(_window.AsSpan(BlockSize + _written));
        _position += length;
        _written += length;
    }

    private void BuildFixed()
    {
        Span<byte> lengths = stackalloc byte[288];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        _literals.Build(lengths);
        lengths[..32].Fill(5);
        _distances.Build(lengths[..32]);
    }

    private void BuildDynamic()
    {
        var literals = Read(5) + 257;
        var distances = Read(5) + 1;
        var orders = Read(4) + 4;
        Span<byte> lengths = stackalloc byte[288 + 32];
        lengths.Clear();
        for (var i = 0; i < orders; i++)
        {
            lengths[LengthOrder[i]] = (byte)Read(3);
        }

        _lengths.Build(lengths[..19]);
        lengths.Clear();
        var at = 0;
        while (at < literals + distances)
        {
            var symbol = Decode(_lengths);
            if (symbol < 16)
            {
                lengths[at++] = (byte)symbol;
                continue;
            }

            if (symbol == 16 && at == 0)
            {
                throw new InvalidDataException("A deflate table repeats nothing.");
            }

            var value = symbol == 16 ? lengths[at - 1] : (byte)0;
            var repeat = symbol switch
            {
                16 => Read(2) + 3,
                17 => Read(3) + 3,
                _ => Read(7) + 11,
            };
            if (at + repeat > literals + distances || literals > 288)
            {
                throw new InvalidDataException("A deflate table is longer than stated.");
            }

            lengths.Slice(at, repeat).Fill(value);
            at += repeat;
        }

        if (literals > 288)
        {
            throw new InvalidDataException("A deflate table has too many codes.");
        }

        _literals.Build(lengths[..literals]);
        _distances.Build(lengths.Slice(literals, distances));
    }

    private void Codes()
    {
        while (true)
        {
            var symbol = Decode(_literals);
            if (symbol < EndOfBlock)
            {
                Put((byte)symbol);
                continue;
            }

            if (symbol == EndOfBlock)
            {
                return;
            }

            symbol -= EndOfBlock + 1;
            if (symbol >= LengthBases.Length)
            {
                throw new InvalidDataException("A length code stands for nothing.");
            }

            var length = LengthBases[symbol] + Read(LengthBits[symbol]);
            var code = Decode(_distances);
            if (code >= DistanceBases.Length)
            {
                throw new InvalidDataException("A distance code stands for nothing.");
            }

            var distance = DistanceBases[code] + Read(DistanceBits[code]);
            if (distance > _history + _written)
            {
                throw new InvalidDataException("A copy reaches before the first byte.");
            }

            for (; length > 0; length--)
            {
                Put(_window[BlockSize + _written - distance]);
            }
        }
    }

    private int Decode(Table table)
    {
        // Near the end of a block there may be fewer bits than the table looks at; missing ones count as zeros, but cannot be taken.
        while (_count < MaxBits && _position < _input.Length)
        {
            _bits |= (uint)_input.Span[_position++] << _count;
            _count += 8;
        }

        var entry = table.Fast[(int)(_bits & (Table.FastSize - 1))];
        if (entry != 0)
        {
            Read(entry & 15);
            return entry >> 4;
        }

        return DecodeLong(table);
    }

    private int DecodeLong(Table table)
    {
        var code = 0;
        var first = 0;
        var index = 0;
        for (var length = 1; length <= MaxBits; length++)
        {
            code |= Read(1);
            var count = table.Counts[length];
            if (code - first < count)
            {
                return table.Symbols[index + code - first];
            }

            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        throw new InvalidDataException("A deflate code stands for nothing.");
    }

    private sealed class Table(int symbols)
    {
        public const int FastSize = 1 << FastBits;

        private const int FastBits = 9;

        /// <summary>By the next bits: symbol and, in the low four bits, length; 0 for longer codes.</summary>
        public ushort[] Fast { get; } = new ushort[FastSize];

        public int[] Counts { get; } = new int[MaxBits + 1];

        public ushort[] Symbols { get; } = new ushort[symbols];

        public void Build(ReadOnlySpan<byte> lengths)
        {
            Array.Clear(Counts);
            foreach (var length in lengths)
            {
                Counts[length]++;
            }

            Counts[0] = 0;
            Span<int> offsets = stackalloc int[MaxBits + 2];
            offsets.Clear();
            var left = 1;
            for (var length = 1; length <= MaxBits; length++)
            {
                left = (left << 1) - Counts[length];
                if (left < 0)
                {
                    throw new InvalidDataException("A deflate table has more codes than fit.");
                }

                offsets[length + 1] = offsets[length] + Counts[length];
            }

            Array.Clear(Fast);
            Span<int> codes = stackalloc int[MaxBits + 1];
            codes.Clear();
            for (var length = 1; length < MaxBits; length++)
            {
                codes[length + 1] = (codes[length] + Counts[length]) << 1;
            }

            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                int length = lengths[symbol];
                if (length == 0)
                {
                    continue;
                }

                Symbols[offsets[length]++] = (ushort)symbol;
                FillFast(codes[length]++, length, symbol);
            }
        }

        // Codes stand with their first bit lowest.
        private void FillFast(int code, int length, int symbol)
        {
            var reversed = 0;
            for (var bit = 0; bit < length; bit++)
            {
                reversed |= ((code >> bit) & 1) << (length - 1 - bit);
            }

            for (var at = reversed; length <= FastBits && at < FastSize; at += 1 << length)
            {
                Fast[at] = (ushort)((symbol << 4) | length);
            }
        }
    }
}
