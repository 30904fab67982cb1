namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>What a method packs: literals and copies of earlier bytes.</summary>
internal abstract class LzhTokens(ReadOnlyMemory<byte> packed)
{
    /// <summary>The packed bits.</summary>
    protected LzhBitReader Bits { get; } = new(packed);

    /// <summary>Bytes of history that copies reach, a power of two.</summary>
    public abstract int Window { get; }

    /// <summary>What history holds before the first byte: the byte at <paramref name="distance"/> (1 = the nearest).</summary>
    public virtual byte Before(int distance) => (byte)' ';

    /// <summary>Reads one token.</summary>
    /// <param name="produced">Bytes that came out so far.</param>
    /// <param name="value">The literal, or the distance of the copy (1 = the byte before).</param>
    /// <returns>0 for a literal, else the length of the copy.</returns>
    /// <exception cref="InvalidDataException">The data does not follow the method.</exception>
    public abstract int Next(long produced, out int value);
}

/// <summary>Unpacks tokens through a ring of history. Memory is the ring alone, whatever the size.</summary>
internal sealed class LzhWindowStream : ForwardStream
{
    private readonly LzhTokens _tokens;
    private readonly byte[] _ring;
    private readonly int _mask;
    private readonly long _size;
    private long _produced;
    private int _copyLeft;
    private int _copyDistance;

    public LzhWindowStream(LzhTokens tokens, long size)
    {
        _tokens = tokens;
        _size = size;
        _ring = new byte[tokens.Window];
        _mask = tokens.Window - 1;
        for (var distance = 1; distance <= _ring.Length; distance++)
        {
            _ring[_ring.Length - distance] = tokens.Before(distance);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, _size - _produced);
        var written = 0;
        while (written < wanted)
        {
            if (_copyLeft == 0)
            {
                var length = _tokens.Next(_produced, out var value);
                if (length == 0)
                {
                    var literal = (byte)value;
                    _ring[(int)(_produced++ & _mask)] = literal;
                    buffer[written++] = literal;
                    continue;
                }

                if (value < 1 || value > _ring.Length)
                {
                    throw new InvalidDataException("A copy reaches outside the history.");
                }

                _copyLeft = length;
                _copyDistance = value;
            }

            var count = Math.Min(_copyLeft, wanted - written);
            _copyLeft -= count;
            for (; count > 0; count--)
            {
                var copied = _ring[(int)((_produced - _copyDistance) & _mask)];
                _ring[(int)(_produced++ & _mask)] = copied;
                buffer[written++] = copied;
            }
        }

        return written;
    }
}
