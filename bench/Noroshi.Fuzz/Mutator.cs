using System.Buffers.Binary;

namespace Noroshi.Fuzz;

/// <summary>Makes new inputs of old ones: a pile of small changes at places where something stands.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> dictionary, int maxLength)
{
    private static readonly byte[] Marks = [.. "\0\t\n\r\u001B !\"#$%&'()*+,-./:;<=>?@[\\]_{|}~"u8];

    private static readonly long[] Interesting =
    [
        -1,
        0,
        1,
        2,
        3,
        4,
        7,
        8,
        16,
        31,
        32,
        33,
        63,
        64,
        65,
        100,
        127,
        128,
        129,
        255,
        256,
        257,
        511,
        512,
        513,
        1000,
        1024,
        2048,
        4095,
        4096,
        4097,
        0x7FFE,
        0x7FFF,
        0x8000,
        0xFFFE,
        0xFFFF,
        0x10000,
        0x100000,
        0x7FFFFFFE,
        0x7FFFFFFF,
        0x80000000,
        0xFFFFFFF0,
        0xFFFFFFFE,
        0xFFFFFFFF,
        0x100000000,
        long.MaxValue,
        long.MinValue,
    ];

    private readonly byte[] _bytes = new byte[maxLength];
    private int _length;

    /// <summary>A changed copy of one input; now and then with the tail of another.</summary>
    public byte[] Make(byte[] from, byte[] other)
    {
        _length = Math.Min(from.Length, maxLength);
        Array.Copy(from, _bytes, _length);
        if (random.Next(8) == 0)
        {
            Splice(other);
        }

        for (var changes = 1 << random.Next(6); changes > 0; changes--)
        {
            Change(other);
        }

        return _bytes.AsSpan(0, _length).ToArray();
    }

    private void Change(byte[] other)
    {
        switch (random.Next(dictionary.Count > 0 ? 15 : 13))
        {
            case 0:
                Flip();
                break;
            case 1:
            case 2:
                Set((byte)random.Next(256));
                break;
            case 3:
            case 4:
                Number((_, _) => Interesting[random.Next(Interesting.Length)]);
                break;
            case 5:
            case 6:
                Number((value, width) => value + random.Next(-35, 36));
                break;
            case 7:
                Delete();
                break;
            case 8:
                Insert(_bytes.AsSpan(0, _length), block: true);
                break;
            case 9:
                Overwrite(_bytes.AsSpan(0, _length));
                break;
            case 10:
                InsertRun();
                break;
            case 11:
                Insert(other, block: true);
                break;
            case 12:
                Set(Marks[random.Next(Marks.Length)]);
                break;
            case 13:
                Insert(dictionary[random.Next(dictionary.Count)], block: false);
                break;
            default:
                Put(dictionary[random.Next(dictionary.Count)]);
                break;
        }
    }

    /// <summary>A place; runs of zeros (of images and containers with holes) are seldom worth a change.</summary>
    private int Place(int width)
    {
        var place = 0;
        for (var tries = 0; tries < 8; tries++)
        {
            place = random.Next(_length - width + 1);
            if (_bytes[place] != 0 || random.Next(16) == 0)
            {
                break;
            }
        }

        return place;
    }

    private void Flip()
    {
        if (_length > 0)
        {
            _bytes[Place(1)] ^= (byte)(1 << random.Next(8));
        }
    }

    private void Set(byte value)
    {
        if (_length > 0)
        {
            _bytes[Place(1)] = value;
        }
    }

    private void Number(Func<long, int, long> change)
    {
        var width = 1 << random.Next(4);
        if (_length < width)
        {
            return;
        }

        var span = _bytes.AsSpan(Place(width), width);
        var big = random.Next(2) == 0;
        switch (width)
        {
            case 1:
                span[0] = (byte)change(span[0], 1);
                break;
            case 2 when big:
                BinaryPrimitives.WriteInt16BigEndian(span, (short)change(BinaryPrimitives.ReadInt16BigEndian(span), 2));
                break;
            case 2:
                BinaryPrimitives.WriteInt16LittleEndian(span, (short)change(BinaryPrimitives.ReadInt16LittleEndian(span), 2));
                break;
            case 4 when big:
                BinaryPrimitives.WriteInt32BigEndian(span, (int)change(BinaryPrimitives.ReadInt32BigEndian(span), 4));
                break;
            case 4:
                BinaryPrimitives.WriteInt32LittleEndian(span, (int)change(BinaryPrimitives.ReadInt32LittleEndian(span), 4));
                break;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(span, change(BinaryPrimitives.ReadInt64LittleEndian(span), 8));
                break;
        }
    }

    private void Delete()
    {
        if (_length < 2)
        {
            return;
        }

        var count = Math.Min(BlockLength(), _length - 1);
        var at = random.Next(_length - count + 1);
        _bytes.AsSpan(at + count, _length - at - count).CopyTo(_bytes.AsSpan(at));
        _length -= count;
    }

    private void Insert(ReadOnlySpan<byte> from, bool block)
    {
        var count = block ? Math.Min(BlockLength(), from.Length) : from.Length;
        count = Math.Min(count, maxLength - _length);
        if (count <= 0)
        {
            return;
        }

        var copy = from.Slice(block ? random.Next(from.Length - count + 1) : 0, count).ToArray();
        copy.CopyTo(Open(random.Next(_length + 1), count));
    }

    private void InsertRun()
    {
        var count = Math.Min(BlockLength(), maxLength - _length);
        if (count > 0)
        {
            Open(random.Next(_length + 1), count).Fill((byte)(random.Next(2) == 0 ? 0 : random.Next(256)));
        }
    }

    private Span<byte> Open(int at, int count)
    {
        _bytes.AsSpan(at, _length - at).CopyTo(_bytes.AsSpan(at + count));
        _length += count;
        return _bytes.AsSpan(at, count);
    }

    private void Overwrite(ReadOnlySpan<byte> from)
    {
        var count = Math.Min(BlockLength(), Math.Min(from.Length, _length));
        if (count > 0)
        {
            from.Slice(random.Next(from.Length - count + 1), count).CopyTo(_bytes.AsSpan(random.Next(_length - count + 1)));
        }
    }

    private void Put(byte[] token)
    {
        if (token.Length <= _length && token.Length > 0)
        {
            token.CopyTo(_bytes, random.Next(_length - token.Length + 1));
        }
    }

    private void Splice(byte[] other)
    {
        if (_length < 2 || other.Length < 2)
        {
            return;
        }

        var keep = random.Next(1, _length);
        var from = random.Next(other.Length);
        var count = Math.Min(other.Length - from, maxLength - keep);
        other.AsSpan(from, count).CopyTo(_bytes.AsSpan(keep));
        _length = keep + count;
    }

    /// <summary>Mostly short.</summary>
    private int BlockLength() => 1 + random.Next(1 << random.Next(1, 11));
}
