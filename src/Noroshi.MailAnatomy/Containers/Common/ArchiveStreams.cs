namespace Noroshi.MailAnatomy.Containers;

/// <summary>A check of content beyond size and CRC-32; one object checks one reading.</summary>
internal abstract class ContentCheck
{
    /// <summary>Takes content as it comes.</summary>
    public virtual void Add(ReadOnlySpan<byte> content) { }

    /// <summary>What is wrong at the end, null when nothing.</summary>
    /// <param name="sum">Checksum of all content, CRC-32 unless another was asked for.</param>
    public abstract string? Wrong(uint sum);
}

/// <summary>What the content of an entry must be to count as whole.</summary>
/// <param name="Size">Bytes, null when not stated.</param>
/// <param name="Sum">Checksum of the content, null when there is none to compare with.</param>
/// <param name="Kind">How the checksum is computed; null for CRC-32.</param>
internal readonly record struct Expected(long? Size, uint? Sum, Checksum? Kind = null);

/// <summary>
/// The content of an entry: decoded lazily, checked at the end. Every failure of a decoder, of whatever type, becomes an
/// <see cref="InvalidDataException"/>, and so do a wrong size and a wrong checksum.
/// </summary>
/// <param name="open">Makes the decoder; called at the first read. The stream closes it.</param>
/// <param name="expected">What must come out.</param>
/// <param name="stopAtSize">The decoder does not know its end: exactly the stated size is read.</param>
/// <param name="check">A further check of the content.</param>
internal sealed class VerifiedStream(Func<Stream> open, Expected expected, bool stopAtSize, ContentCheck? check = null) : ForwardStream
{
    private readonly Checksum _kind = expected.Kind ?? Checksum.Crc32;
    private Stream? _decoder;
    private uint _state = (expected.Kind ?? Checksum.Crc32).Start;
    private long _count;
    private bool _ended;

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.Length == 0)
        {
            return 0;
        }

        if (stopAtSize && expected.Size is { } size)
        {
            buffer = buffer[..(int)Math.Clamp(size - _count, 0, buffer.Length)];
        }

        var count = buffer.Length == 0 ? 0 : Decode(buffer);
        if (count > 0)
        {
            _state = _kind.Update(_state, buffer[..count]);
            check?.Add(buffer[..count]);
            _count += count;
            return count;
        }

        _ended = true;
        Verify();
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Release(_decoder);
        }

        base.Dispose(disposing);
    }

    /// <summary>Lets a decoder go; some of them read on while they are disposed and fail at that.</summary>
    /// <returns>Whether it went quietly; its bytes were handed out and checked, so that a failure here changes nothing.</returns>
    private static bool Release(Stream? decoder)
    {
        try
        {
            decoder?.Dispose();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private int Decode(Span<byte> buffer)
    {
        try
        {
            _decoder ??= open();
            return _decoder.Read(buffer);
        }
        catch (Exception error) when (error is not InvalidDataException)
        {
            // Also when memory runs out: what decoders ask for at once stands in the data, and garbage asks for a lot.
            throw new InvalidDataException($"The data cannot be decoded: {error.GetType().Name}.", error);
        }
    }

    private void Verify()
    {
        if (expected.Size is { } size && size != _count)
        {
            throw new InvalidDataException($"Wrong size: {_count} instead of {size}.");
        }

        var found = _kind.Finish(_state);
        if (expected.Sum is { } sum && sum != found)
        {
            throw new InvalidDataException($"Wrong checksum: {found:x8} instead of {sum:x8}.");
        }

        if (check?.Wrong(found) is { } wrong)
        {
            throw new InvalidDataException(wrong);
        }
    }
}

/// <summary>
/// A decoder that is not disposed together with its reader: several entries share it, or disposing it would decode the rest.
/// </summary>
internal sealed class BorrowedStream(Stream inner) : ForwardStream
{
    /// <summary>Bytes read through this object.</summary>
    public long Count { get; private set; }

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Count += read;
        return read;
    }
}

/// <summary>Reads streams in one piece, within a limit.</summary>
internal static class Streams
{
    /// <summary>Everything up to <paramref name="limit"/> bytes; null when more came or the stream failed.</summary>
    public static byte[]? ReadAll(Func<Stream> open, int limit)
    {
        try
        {
            using var stream = open();
            using var all = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int count;
            while ((count = stream.Read(buffer, 0, buffer.Length)) > 0)
            {
                if (all.Length + count > limit)
                {
                    return null;
                }

                all.Write(buffer, 0, count);
            }

            return all.ToArray();
        }
        catch (Exception)
        {
            // Decoders fail on hostile bytes with exceptions of many types; what failed is simply not there.
            return null;
        }
    }

    /// <summary>Whether the stream can be read to its end without a failure within the limit.</summary>
    public static bool ReadsToEnd(Func<Stream> open, long limit)
    {
        try
        {
            using var stream = open();
            var buffer = new byte[16 * 1024];
            long total = 0;
            int count;
            while ((count = stream.Read(buffer, 0, buffer.Length)) > 0)
            {
                total += count;
                if (total > limit)
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception)
        {
            // A wrong key makes garbage, and garbage makes decoders fail with exceptions of many types.
            return false;
        }
    }
}
