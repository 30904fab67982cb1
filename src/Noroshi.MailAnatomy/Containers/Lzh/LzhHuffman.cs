namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>
/// A canonical Huffman code as LHA builds it from code lengths: shorter codes first, then by symbol, at most 16 bits.
/// Codes that no symbol has are an error only when they occur, since old packers wrote incomplete sets.
/// </summary>
internal sealed class LzhHuffman(int symbols)
{
    private const int MaxLength = 16;
    private const int FastBits = 10;

    private readonly ushort[] _sorted = new ushort[symbols];
    private readonly ushort[] _fast = new ushort[1 << FastBits];
    private readonly int[] _first = new int[MaxLength + 1];
    private readonly int[] _counts = new int[MaxLength + 1];
    private readonly int[] _offsets = new int[MaxLength + 1];
    private int _single = -1;

    /// <summary>Every code is this symbol and takes no bits.</summary>
    /// <exception cref="InvalidDataException">The symbol is not of the alphabet.</exception>
    public void BuildSingle(int symbol)
    {
        if (symbol >= symbols)
        {
            throw new InvalidDataException("A code table names a symbol outside its alphabet.");
        }

        _single = symbol;
    }

    /// <summary>Builds the code from its lengths, 0 for symbols without one.</summary>
    /// <exception cref="InvalidDataException">More codes than fit, or longer than 16 bits.</exception>
    public void Build(ReadOnlySpan<byte> lengths)
    {
        _single = -1;
        Array.Clear(_counts);
        Array.Clear(_fast);
        foreach (var length in lengths)
        {
            if (length > MaxLength)
            {
                throw new InvalidDataException("A code is longer than 16 bits.");
            }

            _counts[length]++;
        }

        _counts[0] = 0;
        var code = 0;
        var offset = 0;
        for (var length = 1; length <= MaxLength; length++)
        {
            code = (code + _counts[length - 1]) << 1;
            _first[length] = code;
            _offsets[length] = offset;
            offset += _counts[length];
            if (code + _counts[length] > 1 << length)
            {
                throw new InvalidDataException("A code table has more codes than fit.");
            }
        }

        Span<int> next = stackalloc int[MaxLength + 1];
        next.Clear();
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
            {
                continue;
            }

            var rank = next[length]++;
            _sorted[_offsets[length] + rank] = (ushort)symbol;
            if (length <= FastBits)
            {
                var start = (_first[length] + rank) << (FastBits - length);
                _fast.AsSpan(start, 1 << (FastBits - length)).Fill((ushort)((symbol << 5) | length));
            }
        }
    }

    /// <summary>Reads one symbol.</summary>
    /// <exception cref="InvalidDataException">No symbol has the code that follows, or the data ended.</exception>
    public int Decode(LzhBitReader bits)
    {
        if (_single >= 0)
        {
            return _single;
        }

        var entry = _fast[bits.Peek(FastBits)];
        if (entry != 0)
        {
            bits.Skip(entry & 31);
            return entry >> 5;
        }

        var peeked = bits.Peek(MaxLength);
        for (var length = FastBits + 1; length <= MaxLength; length++)
        {
            var rank = (peeked >> (MaxLength - length)) - _first[length];
            if (rank >= 0 && rank < _counts[length])
            {
                bits.Skip(length);
                return _sorted[_offsets[length] + rank];
            }
        }

        throw new InvalidDataException("The packed data holds a code that stands for nothing.");
    }
}
