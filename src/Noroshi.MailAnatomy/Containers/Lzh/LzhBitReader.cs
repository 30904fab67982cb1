using System.Runtime.CompilerServices;

namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>Bits of packed data, highest bit of each byte first. Past the end zeros can be peeked at, but never taken.</summary>
internal sealed class LzhBitReader(ReadOnlyMemory<byte> data)
{
    private ulong _bits;
    private int _count;
    private int _padding;
    private int _position;

    /// <summary>The next <paramref name="count"/> bits (0 to 24) without taking them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Peek(int count)
    {
        if (_count < count)
        {
            Refill();
        }

        return (int)((_bits >> (_count - count)) & ((1UL << count) - 1));
    }

    /// <summary>Takes bits that were peeked at.</summary>
    /// <exception cref="InvalidDataException">The data ended before these bits.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        _count -= count;
        if (_count < _padding)
        {
            throw new InvalidDataException("The packed data ends early.");
        }
    }

    /// <summary>Takes <paramref name="count"/> bits (0 to 24).</summary>
    /// <exception cref="InvalidDataException">The data ended before these bits.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(int count)
    {
        var value = Peek(count);
        Skip(count);
        return value;
    }

    private void Refill()
    {
        var span = data.Span;
        while (_count <= 48)
        {
            _bits <<= 8;
            if (_position < span.Length)
            {
                _bits |= span[_position++];
            }
            else
            {
                _padding += 8;
            }

            _count += 8;
        }
    }
}
