using System.Buffers.Binary;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>
/// Reads little-endian fields in order. Reading past the end gives zeros and sets <see cref="Failed"/>, so that a header can be read in
/// one go and judged once.
/// </summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Offset of the next field.</summary>
    public int Position { get; private set; }

    /// <summary>A field lay (partly) behind the end.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Left => _bytes.Length - Position;

    /// <summary>One byte.</summary>
    public byte U8()
    {
        var field = Take(1);
        return field.Length == 1 ? field[0] : (byte)0;
    }

    /// <summary>Two bytes.</summary>
    public ushort U16()
    {
        var field = Take(2);
        return field.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(field) : (ushort)0;
    }

    /// <summary>Four bytes.</summary>
    public uint U32()
    {
        var field = Take(4);
        return field.Length == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(field) : 0;
    }

    /// <summary>Eight bytes.</summary>
    public ulong U64()
    {
        var field = Take(8);
        return field.Length == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(field) : 0;
    }

    /// <summary>A number of 7 bits a byte, low bits first, as RAR 5 uses it; at most ten bytes.</summary>
    public ulong Vint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = U8();
            if (shift < 64)
            {
                value |= (ulong)(next & 0x7F) << shift;
            }

            if ((next & 0x80) == 0)
            {
                return value;
            }
        }

        Failed = true;
        return 0;
    }

    /// <summary>That many bytes; empty when they are not there.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Left || Failed)
        {
            Failed = true;
            return [];
        }

        var field = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return field;
    }

    /// <summary>Goes to an offset.</summary>
    public void GoTo(int position)
    {
        if (position < 0 || position > _bytes.Length)
        {
            Failed = true;
            return;
        }

        Position = position;
    }
}
