namespace Noroshi.Makers.Hostile;

/// <summary>
/// Archives that hold themselves. A deflate stream of stored blocks ("copy the next n bytes") and fixed blocks ("repeat the last n bytes"),
/// each five bytes long, writes its own bytes between a prefix and a suffix; the checksum, which stands in both, is the solution of
/// 32 linear equations over one bit.
/// </summary>
internal static class HostileArchivesQuines
{
    private const int Op = 5;

    /// <summary>A ZIP archive whose only entry is the archive.</summary>
    public static byte[] Zip()
    {
        // The lengths 60 and 253 make both repeats fit into five bytes.
        var name = "noroshi-archive-in-itself.zip."u8.ToArray();
        return Solve(crc =>
        {
            byte[] Make(long packed, long size)
            {
                var entry = new RawZipEntry(name, [])
                {
                    Method = 8,
                    Crc = crc,
                    Packed = packed,
                    Size = size,
                };
                var prefix = RawZip.Local(entry);
                var comment = new string('-', 253 - Op - 46 - name.Length - 22);
                byte[] suffix =
                [
                    1,
                    0,
                    0,
                    0xFF,
                    0xFF,
                    .. RawZip.Central(entry, 0),
                    .. RawZip.End(1, 46 + name.Length, prefix.Length + packed, comment),
                ];
                return Body(prefix, suffix);
            }

            var length = Make(0, 0).Length;
            return Make(length - 60 - (253 - Op), length);
        });
    }

    /// <summary>A gzip file that unpacks to itself.</summary>
    public static byte[] Gzip() =>
        Solve(crc =>
        {
            byte[] Make(long size)
            {
                byte[] prefix = [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 2, 3, .. "q.gz"u8, 0];
                return Body(prefix, new ByteText().B(1, 0, 0, 0xFF, 0xFF).U32(crc).U32(size).Done());
            }

            return Make(Make(0).Length);
        });

    private static byte[] Body(byte[] p, byte[] s)
    {
        var text = new ByteText();
        byte[] lp = Copy(p.Length + Op),
            rp = Repeat(p.Length + Op),
            l0 = Copy(0),
            l1 = Copy(Op),
            l4 = Copy(4 * Op),
            r4 = Repeat(4 * Op);
        byte[] ls = Copy(s.Length + Op),
            rs = Repeat(s.Length + Op);
        byte[][] pieces =
        [
            p,
            lp,
            p,
            lp,
            rp,
            l1,
            rp,
            l1,
            l1,
            l4,
            rp,
            l1,
            l1,
            l4,
            r4,
            l4,
            r4,
            l4,
            r4,
            l4,
            r4,
            l4,
            r4,
            l0,
            l0,
            ls,
            r4,
            l0,
            l0,
            ls,
            rs,
            s,
            rs,
            s,
        ];
        foreach (var piece in pieces)
        {
            text.Add(piece);
        }

        return text.Done();
    }

    private static byte[] Copy(int count) => [0, (byte)count, (byte)(count >> 8), (byte)~count, (byte)(~count >> 8)];

    /// <summary>A fixed block of 40 bits that repeats the last bytes once: two matches, or one and an empty block behind it.</summary>
    private static byte[] Repeat(int count)
    {
        var bits = new List<bool>();
        Low(0b010, 3);
        if (count is >= 17 and <= 20)
        {
            Match(10, count);
            Match(count - 10, count);
            High(0, 7);
        }
        else
        {
            Match(count, count);
            High(0, 7);
            Low(0b010, 3);
            High(0, 7);
        }

        if (bits.Count != 40)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "These bytes do not fit.");
        }

        var bytes = new byte[Op];
        for (var i = 0; i < 40; i++)
        {
            bytes[i / 8] |= (byte)(bits[i] ? 1 << (i % 8) : 0);
        }

        return bytes;

        void Low(int value, int width)
        {
            for (var i = 0; i < width; i++)
            {
                bits.Add(((value >> i) & 1) != 0);
            }
        }

        void High(int value, int width)
        {
            for (var i = width - 1; i >= 0; i--)
            {
                bits.Add(((value >> i) & 1) != 0);
            }
        }

        void Match(int length, int distance)
        {
            var (code, extra, first) = length switch
            {
                <= 10 => (254 + length, 0, length),
                >= 65 and <= 66 => (276, 3, 59),
                258 => (285, 0, 258),
                _ => throw new ArgumentOutOfRangeException(nameof(length), length, "No such length is needed."),
            };
            High(code < 280 ? code - 256 : code - 280 + 0xC0, code < 280 ? 7 : 8);
            Low(length - first, extra);
            var (distanceCode, distanceExtra, distanceFirst) = distance switch
            {
                <= 24 => (8, 3, 17),
                <= 96 => (12, 5, 65),
                _ => (16, 7, 257),
            };
            High(distanceCode, 5);
            Low(distance - distanceFirst, distanceExtra);
        }
    }

    /// <summary>Finds the checksum for which the checksum of the bytes is itself.</summary>
    private static byte[] Solve(Func<uint, byte[]> make)
    {
        uint At(uint crc) => HostileArchivesBytes.Crc32(make(crc));
        var constant = At(0);
        // Row i: the bits of x that bit i of "checksum(x) xor x" depends on, and the constant in bit 32.
        var rows = new ulong[32];
        for (var column = 0; column < 32; column++)
        {
            var change = At(1u << column) ^ constant ^ (1u << column);
            for (var row = 0; row < 32; row++)
            {
                rows[row] |= (ulong)((change >> row) & 1) << column;
            }
        }

        for (var row = 0; row < 32; row++)
        {
            rows[row] |= (ulong)((constant >> row) & 1) << 32;
        }

        var done = 0;
        uint solution = 0;
        var pivots = new int[32];
        for (var column = 0; column < 32; column++)
        {
            var pivot = Array.FindIndex(rows, done, row => ((row >> column) & 1) != 0);
            if (pivot < 0)
            {
                continue;
            }

            (rows[done], rows[pivot]) = (rows[pivot], rows[done]);
            for (var row = 0; row < 32; row++)
            {
                rows[row] ^= row != done && ((rows[row] >> column) & 1) != 0 ? rows[done] : 0;
            }

            pivots[done++] = column;
        }

        for (var row = 0; row < done; row++)
        {
            solution |= (uint)((rows[row] >> 32) & 1) << pivots[row];
        }

        var made = make(solution);
        return HostileArchivesBytes.Crc32(made) == solution ? made : throw new InvalidOperationException("No checksum fits.");
    }
}
