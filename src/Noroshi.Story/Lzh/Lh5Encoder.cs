namespace Noroshi.Makers.Lzh;

/// <summary>Packs with -lh5-: greedy matches within 8 KiB, one Huffman block per 16,000 tokens.</summary>
public static class Lh5Encoder
{
    private const int Window = 8192;
    private const int Shortest = 3;
    private const int Longest = 256;
    private const int TokensPerBlock = 16_000;
    private const int Codes = 510;
    private const int Distances = 14;
    private const int Lengths = 19;
    private const int MaxBits = 16;

    private readonly record struct Token(int Code, int Distance);

    /// <summary>The packed bytes.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> content)
    {
        var bits = new BitWriter();
        var tokens = Match(content);
        for (var start = 0; start < tokens.Count; start += TokensPerBlock)
        {
            WriteBlock(bits, tokens.GetRange(start, Math.Min(TokensPerBlock, tokens.Count - start)));
        }

        return bits.Finish();
    }

    private static List<Token> Match(ReadOnlySpan<byte> content)
    {
        var tokens = new List<Token>();
        var latest = new Dictionary<int, int>();
        for (var at = 0; at < content.Length; )
        {
            var length = 0;
            var distance = 0;
            if (at + Shortest <= content.Length)
            {
                var key = content[at] | (content[at + 1] << 8) | (content[at + 2] << 16);
                if (latest.TryGetValue(key, out var earlier) && at - earlier <= Window)
                {
                    distance = at - earlier;
                    while (length < Longest && at + length < content.Length && content[earlier + length] == content[at + length])
                    {
                        length++;
                    }
                }

                latest[key] = at;
            }

            tokens.Add(length >= Shortest ? new Token(length - Shortest + 256, distance - 1) : new Token(content[at], 0));
            at += Math.Max(1, length >= Shortest ? length : 1);
        }

        return tokens;
    }

    private static int DistanceCode(int distance) => distance == 0 ? 0 : 32 - int.LeadingZeroCount(distance);

    private static void WriteBlock(BitWriter bits, List<Token> tokens)
    {
        var codeCounts = new int[Codes];
        var distanceCounts = new int[Distances];
        foreach (var token in tokens)
        {
            codeCounts[token.Code]++;
            if (token.Code >= 256)
            {
                distanceCounts[DistanceCode(token.Distance)]++;
            }
        }

        var codes = new Huffman(codeCounts);
        var distances = new Huffman(distanceCounts);
        bits.Write(tokens.Count, 16);
        WriteCodeTable(bits, codes);
        WriteShortTable(bits, distances, Distances, 4, skipAt: -1);
        foreach (var token in tokens)
        {
            codes.Write(bits, token.Code);
            if (token.Code >= 256)
            {
                var code = DistanceCode(token.Distance);
                distances.Write(bits, code);
                if (code > 1)
                {
                    bits.Write(token.Distance - (1 << (code - 1)), code - 1);
                }
            }
        }
    }

    private static void WriteCodeTable(BitWriter bits, Huffman codes)
    {
        var lengthCounts = new int[Lengths];
        for (var i = 0; i < codes.Used; i++)
        {
            lengthCounts[codes.Lengths[i] == 0 ? 0 : codes.Lengths[i] + 2]++;
        }

        var lengths = new Huffman(codes.Single >= 0 ? new int[Lengths] : lengthCounts);
        WriteShortTable(bits, lengths, Lengths, 5, skipAt: 3);
        if (codes.Single >= 0)
        {
            bits.Write(0, 9);
            bits.Write(codes.Single, 9);
            return;
        }

        bits.Write(codes.Used, 9);
        for (var i = 0; i < codes.Used; i++)
        {
            lengths.Write(bits, codes.Lengths[i] == 0 ? 0 : codes.Lengths[i] + 2);
        }
    }

    private static void WriteShortTable(BitWriter bits, Huffman table, int symbols, int countBits, int skipAt)
    {
        if (table.Single >= 0)
        {
            bits.Write(0, countBits);
            bits.Write(table.Single, countBits);
            return;
        }

        var used = Math.Min(symbols, table.Used);
        bits.Write(used, countBits);
        for (var i = 0; i < used; )
        {
            var length = table.Lengths[i++];
            if (length < 7)
            {
                bits.Write(length, 3);
            }
            else
            {
                // 7 and more: three ones, then a one for each further bit, then a zero.
                bits.Write(7, 3);
                bits.Write((1 << (length - 6)) - 2, length - 6);
            }

            if (i == skipAt)
            {
                var zeros = 0;
                while (zeros < 3 && i + zeros < used && table.Lengths[i + zeros] == 0)
                {
                    zeros++;
                }

                bits.Write(zeros, 2);
                i += zeros;
            }
        }
    }

    private sealed class Huffman
    {
        private readonly int[] _codes;

        public Huffman(int[] counts)
        {
            Lengths = new int[counts.Length];
            _codes = new int[counts.Length];
            var present = Enumerable.Range(0, counts.Length).Where(symbol => counts[symbol] > 0).ToList();
            if (present.Count <= 1)
            {
                Single = present.Count == 1 ? present[0] : 0;
                return;
            }

            var scaled = (int[])counts.Clone();
            while (!Measure(scaled, present))
            {
                foreach (var symbol in present)
                {
                    scaled[symbol] = (scaled[symbol] + 1) / 2;
                }
            }

            Used = present[^1] + 1;
            var code = 0;
            for (var length = 1; length <= MaxBits; length++, code <<= 1)
            {
                foreach (var symbol in present.Where(symbol => Lengths[symbol] == length))
                {
                    _codes[symbol] = code++;
                }
            }
        }

        public int Single { get; } = -1;

        public int Used { get; }

        public int[] Lengths { get; }

        public void Write(BitWriter bits, int symbol)
        {
            if (Single < 0)
            {
                bits.Write(_codes[symbol], Lengths[symbol]);
            }
        }

        private bool Measure(int[] counts, List<int> present)
        {
            var queue = new PriorityQueue<List<int>, long>();
            Array.Clear(Lengths);
            foreach (var symbol in present)
            {
                queue.Enqueue([symbol], counts[symbol]);
            }

            while (queue.Count > 1)
            {
                queue.TryDequeue(out var first, out var firstCount);
                queue.TryDequeue(out var second, out var secondCount);
                List<int> joined = [.. first ?? [], .. second ?? []];
                foreach (var symbol in joined)
                {
                    Lengths[symbol]++;
                }

                queue.Enqueue(joined, firstCount + secondCount);
            }

            return Lengths.Max() <= MaxBits;
        }
    }

    private sealed class BitWriter
    {
        private readonly List<byte> _bytes = [];
        private int _bits;
        private int _count;

        public void Write(int value, int count)
        {
            for (var i = count - 1; i >= 0; i--)
            {
                _bits = (_bits << 1) | ((value >> i) & 1);
                if (++_count == 8)
                {
                    _bytes.Add((byte)_bits);
                    _count = 0;
                }
            }
        }

        public byte[] Finish()
        {
            if (_count > 0)
            {
                Write(0, 8 - _count);
            }

            return _bytes.ToArray();
        }
    }
}
