using System.IO.Compression;

namespace Noroshi.Makers.Hostile;

/// <summary>A gigabyte of zeros in the streams of each packer, made without ever holding the gigabyte.</summary>
internal static class HostileArchivesZeros
{
    /// <summary>Bytes of all these streams.</summary>
    public const long Size = 1L << 30;

    private static readonly Lazy<uint> Checksum = new(() =>
    {
        var block = new byte[1 << 20];
        var crc = HostileArchivesBytes.Crc32(block);
        var all = crc;
        for (var i = 1; i < Size >> 20; i++)
        {
            all = HostileArchivesBytes.Join(all, crc, block.Length);
        }

        return all;
    });

    private static readonly Lazy<byte[]> Deflated = new(() =>
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var block = new byte[1 << 20];
            for (long done = 0; done < Size; done += block.Length)
            {
                deflate.Write(block);
            }
        }

        return packed.ToArray();
    });

    /// <summary>CRC-32 of the gigabyte.</summary>
    public static uint Crc => Checksum.Value;

    /// <summary>ZIP.</summary>
    public static byte[] Zip() => RawZip.Make([Entry("zeros.bin")]);

    /// <summary>Entry for a ZIP archive.</summary>
    public static RawZipEntry Entry(string name) =>
        new(name)
        {
            Data = Deflated.Value,
            Method = 8,
            Crc = Crc,
            Packed = Deflated.Value.Length,
            Size = Size,
        };

    /// <summary>gzip.</summary>
    public static byte[] Gzip() => HostileArchivesBytes.Gzip(Deflated.Value, Crc, Size);

    /// <summary>bzip2: 23 blocks of some 40 bytes, each for 45,900,000 zeros (runs of 255, which the format writes as 5 bytes).</summary>
    public static byte[] Bzip2(int blocks = 23)
    {
        // 180,000 runs of "0 0 0 0 251": sorted, the last column is 180,000 times 251 and then 720,000 zeros.
        const int Runs = 180_000;
        var crc = BzipCrc(Runs * 255L);
        var bits = new HostileArchivesBits().Put(0x425A6839, 32);
        uint all = 0;
        for (var block = 0; block < blocks; block++)
        {
            all = ((all << 1) | (all >> 31)) ^ crc;
            bits.Put(0x314159265359, 48).Put(crc, 32).Put(0, 1).Put(0, 24);
            bits.Put(0x8001, 16).Put(0x8000, 16).Put(0x0010, 16); // Used bytes: 0x00 and 0xFB.
            bits.Put(2, 3).Put(1, 15).Put(0, 1); // Two tables; one group of symbols, of the first table.
            for (var table = 0; table < 2; table++)
            {
                bits.Put(2, 5).Put(0, 4); // Four symbols of two bits each.
            }

            bits.Put(2, 2);
            Run(bits, Runs - 1);
            bits.Put(2, 2);
            Run(bits, (Runs * 4) - 1);
            bits.Put(3, 2);
        }

        return bits.Put(0x177245385090, 48).Put(all, 32).Done();
    }

    /// <summary>LZH, -lh5-: blocks whose only code takes no bit at all.</summary>
    public static byte[] Lzh()
    {
        var bits = new HostileArchivesBits();
        Block(bits, 1, 0);
        for (long tokens = (Size / 256) - 1; tokens > 0; tokens -= 65_535)
        {
            Block(bits, (int)Math.Min(tokens, 65_535), 509);
        }

        Block(bits, 1, 508);
        var packed = bits.Done();
        var name = "zeros.bin"u8.ToArray();
        var header = new ByteText()
            .Add("-lh5-")
            .U32(packed.Length)
            .U32(Size)
            .U32(HostileArchivesBytes.DosTime)
            .B(0x20, 0, (byte)name.Length)
            .Add(name)
            .U16(0)
            .Done();
        return new ByteText().B((byte)header.Length, (byte)header.Sum(value => value)).Add(header).Add(packed).B(0).Done();

        // Table sizes of zero stand for a single symbol: the lengths of codes, the code, the distance (1 byte back).
        static void Block(HostileArchivesBits bits, int tokens, int code) =>
            bits.Put((ulong)tokens, 16).Put(0, 5).Put(0, 5).Put(0, 9).Put((ulong)code, 9).Put(0, 4).Put(0, 4);
    }

    /// <summary>CAB, MSZIP: the same block 32,768 times.</summary>
    public static byte[] Cab()
    {
        var packed = (byte[])[.. "CK"u8, .. HostileArchivesBytes.Deflate(new byte[32_768])];
        var block = new ByteText().U32(0).U16(packed.Length).U16(32_768).Add(packed).Done();
        const int Blocks = (int)(Size / 32_768);
        var file = new ByteText().U32(Size).U32(0).U16(0).U16(0x4305).U16(0x528F).U16(0x20).Add("zeros.bin\0").Done();
        var cab = new ByteText()
            .Add("MSCF")
            .U32(0)
            .U32(44 + file.Length + ((long)Blocks * block.Length))
            .U32(0)
            .U32(44)
            .U32(0)
            .B(3, 1)
            .U16(1)
            .U16(1)
            .U16(0)
            .U16(0x1234)
            .U16(0)
            .U32(44 + file.Length)
            .U16(Blocks)
            .U16(1)
            .Add(file);
        for (var i = 0; i < Blocks; i++)
        {
            cab.Add(block);
        }

        return cab.Done();
    }

    /// <summary>7z with LZMA.</summary>
    public static byte[] SevenZip()
    {
        var packed = new ZeroLzma().Chunk(Size, first: true);
        return RawSevenZip.One("zeros.bin", packed, [1, 0x23, 3, 1, 1, 5, 0x5D, 0, 0, 0x10, 0], (ulong)Size, Crc);
    }

    /// <summary>xz with LZMA2, no check.</summary>
    public static byte[] Xz(long size = Size)
    {
        const int Piece = 1 << 20;
        var coder = new ZeroLzma();
        var data = new ByteText();
        for (long done = 0; done < size; done += Piece)
        {
            var piece = Math.Min(Piece, size - done);
            var chunk = coder.Chunk(piece, first: done == 0);
            var control = (done == 0 ? 0xE0 : 0x80) | (int)((piece - 1) >> 16);
            data.B((byte)control, (byte)((piece - 1) >> 8), (byte)(piece - 1), (byte)((chunk.Length - 1) >> 8), (byte)(chunk.Length - 1));
            if (done == 0)
            {
                data.B(0x5D);
            }

            data.Add(chunk);
        }

        return XzFile(data.B(0).Done(), size);
    }

    /// <summary>An xz file around one LZMA2 stream.</summary>
    public static byte[] XzFile(byte[] lzma2, long size, byte dictionary = 16)
    {
        var flags = new byte[] { 0, 0 };
        var head = new byte[] { 2, 0, 0x21, 1, dictionary, 0, 0, 0 };
        var block = new ByteText().Add(head).U32(HostileArchivesBytes.Crc32(head)).Add(lzma2).Done();
        var padding = new byte[(4 - (block.Length % 4)) % 4];
        var index = new ByteText().B(0, 1).Vint((ulong)block.Length).Vint((ulong)size).Done();
        index = [.. index, .. new byte[(4 - (index.Length % 4)) % 4]];
        var footer = new ByteText().U32((index.Length / 4)).Add(flags).Done();
        return new ByteText()
            .B(0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0)
            .Add(flags)
            .U32(HostileArchivesBytes.Crc32(flags))
            .Add(block)
            .Add(padding)
            .Add(index)
            .U32(HostileArchivesBytes.Crc32(index))
            .U32(HostileArchivesBytes.Crc32(footer))
            .Add(footer)
            .Add("YZ")
            .Done();
    }

    private static void Run(HostileArchivesBits bits, long length)
    {
        // Bijective base 2: RUNA is 1, RUNB is 2.
        for (; length > 0; length = (length - 1) >> 1)
        {
            bits.Put((length & 1) != 0 ? 0ul : 1ul, 2);
        }
    }

    private static uint BzipCrc(long zeros)
    {
        // Zeros only shift the register, so doubling a matrix does it in a few steps.
        var step = new uint[32];
        for (var i = 0; i < 32; i++)
        {
            step[i] = i == 31 ? 0x04C11DB7 : 1u << (i + 1);
        }

        var crc = 0xFFFFFFFF;
        for (var bits = zeros * 8; bits > 0; bits >>= 1)
        {
            crc = (bits & 1) != 0 ? Times(step, crc) : crc;
            step = Array.ConvertAll(step, column => Times(step, column));
        }

        return ~crc;

        static uint Times(uint[] matrix, uint vector)
        {
            uint sum = 0;
            for (var i = 0; vector != 0; vector >>= 1, i++)
            {
                sum ^= (vector & 1) != 0 ? matrix[i] : 0;
            }

            return sum;
        }
    }
}

/// <summary>LZMA (lc 3, lp 0, pb 2) of nothing but zeros: one literal, then the longest repeats of distance 1.</summary>
internal sealed class ZeroLzma
{
    private const int Longest = 273;
    private readonly ushort[] _isMatch = Half(12 << 4);
    private readonly ushort[] _isRep = Half(12);
    private readonly ushort[] _isRepG0 = Half(12);
    private readonly ushort[] _isRep0Long = Half(12 << 4);
    private readonly ushort[] _choices = Half(2);
    private readonly ushort[] _low = Half(16 << 3);
    private readonly ushort[] _mid = Half(16 << 3);
    private readonly ushort[] _high = Half(256);
    private readonly ushort[] _literal = Half(0x300);
    private int _state;
    private long _position;
    private ulong _lowEnd;
    private uint _range;
    private byte _cache;
    private long _cacheSize;
    private List<byte> _bytes = [];

    /// <summary>Packs more zeros; the range coder starts anew, the probabilities go on.</summary>
    public byte[] Chunk(long count, bool first)
    {
        _bytes = [];
        (_lowEnd, _range, _cache, _cacheSize) = (0, uint.MaxValue, 0, 1);
        if (first)
        {
            Literal();
            count--;
        }

        while (count > 0)
        {
            // One byte may not be left over: the shortest repeat has two.
            var length = (int)Math.Min(Longest, count);
            length = count - length == 1 ? length - 1 : length;
            if (length == 1)
            {
                Literal();
            }
            else
            {
                Repeat(length);
            }

            count -= length;
        }

        for (var i = 0; i < 5; i++)
        {
            ShiftLow();
        }

        return [.. _bytes];
    }

    private static ushort[] Half(int count) => [.. Enumerable.Repeat((ushort)1024, count)];

    private void Literal()
    {
        Bit(_isMatch, (_state << 4) + (int)(_position & 3), 0);
        // After a match a literal is coded against the byte at the last distance, a zero here: the tables from 0x100 on.
        var symbol = 1;
        var matched = _state >= 7;
        for (var i = 0; i < 8; i++)
        {
            Bit(_literal, matched ? 0x100 + symbol : symbol, 0);
            symbol <<= 1;
        }

        _state =
            _state < 4 ? 0
            : _state < 10 ? _state - 3
            : _state - 6;
        _position++;
    }

    private void Repeat(int length)
    {
        var place = (int)(_position & 3);
        Bit(_isMatch, (_state << 4) + place, 1);
        Bit(_isRep, _state, 1);
        Bit(_isRepG0, _state, 0);
        Bit(_isRep0Long, (_state << 4) + place, 1);
        var symbol = length - 2;
        if (symbol < 8)
        {
            Bit(_choices, 0, 0);
            Tree(_low, place << 3, symbol, 3);
        }
        else if (symbol < 16)
        {
            Bit(_choices, 0, 1);
            Bit(_choices, 1, 0);
            Tree(_mid, place << 3, symbol - 8, 3);
        }
        else
        {
            Bit(_choices, 0, 1);
            Bit(_choices, 1, 1);
            Tree(_high, 0, symbol - 16, 8);
        }

        _state = _state < 7 ? 8 : 11;
        _position += length;
    }

    private void Tree(ushort[] table, int offset, int symbol, int bits)
    {
        var node = 1;
        for (var i = bits - 1; i >= 0; i--)
        {
            var bit = (symbol >> i) & 1;
            Bit(table, offset + node, bit);
            node = (node << 1) | bit;
        }
    }

    private void Bit(ushort[] table, int index, int bit)
    {
        var bound = (_range >> 11) * table[index];
        if (bit == 0)
        {
            _range = bound;
            table[index] += (ushort)((2048 - table[index]) >> 5);
        }
        else
        {
            _lowEnd += bound;
            _range -= bound;
            table[index] -= (ushort)(table[index] >> 5);
        }

        while (_range < 1u << 24)
        {
            _range <<= 8;
            ShiftLow();
        }
    }

    private void ShiftLow()
    {
        if (_lowEnd is < 0xFF000000 or > uint.MaxValue)
        {
            var carry = (byte)(_lowEnd >> 32);
            do
            {
                _bytes.Add((byte)(_cache + carry));
                _cache = 0xFF;
            } while (--_cacheSize > 0);

            _cache = (byte)(_lowEnd >> 24);
        }

        _cacheSize++;
        _lowEnd = (_lowEnd & 0x00FFFFFF) << 8;
    }
}
