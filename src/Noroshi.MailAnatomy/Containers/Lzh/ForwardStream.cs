namespace Noroshi.MailAnatomy.Containers.Lzh;

/// <summary>A stream that is only read forward.</summary>
internal abstract class ForwardStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public sealed override void Flush() { }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>A checksum that is computed piece by piece.</summary>
/// <param name="Start">Value before the first byte.</param>
/// <param name="Update">Adds bytes.</param>
/// <param name="Finish">Last step.</param>
internal sealed record Checksum(uint Start, Checksum.Add Update, Func<uint, uint> Finish)
{
    public delegate uint Add(uint state, ReadOnlySpan<byte> bytes);

    /// <summary>CRC-32 of ZIP and ARJ.</summary>
    public static Checksum Crc32 { get; } = new(uint.MaxValue, ArchiveCrc32.Continue, static state => ~state);

    /// <summary>CRC-16 of LZH.</summary>
    public static Checksum Crc16 { get; } = new(0, LzhCrc16.Update, static state => state);
}

/// <summary>Computes a checksum as the content is read and says at its end whether content and archive agree.</summary>
/// <param name="inner">Content; closed with this stream.</param>
/// <param name="size">Bytes the archive states.</param>
/// <param name="expected">Checksum the archive states; null when it states none.</param>
/// <param name="checksum">How it is computed.</param>
internal sealed class CheckedStream(Stream inner, long size, uint? expected, Checksum checksum) : ForwardStream
{
    private uint _state = checksum.Start;
    private long _read;
    private bool _ended;

    /// <summary>Reads on.</summary>
    /// <exception cref="InvalidDataException">At the end, when size or checksum disagree.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        var count = inner.Read(buffer);
        if (count > 0)
        {
            _state = checksum.Update(_state, buffer[..count]);
            _read += count;
            return count;
        }

        _ended = true;
        if (_read != size)
        {
            throw new InvalidDataException($"The content ends after {_read} of {size} bytes.");
        }

        if (expected is { } sum && checksum.Finish(_state) != sum)
        {
            throw new InvalidDataException($"The checksum is {checksum.Finish(_state):x4}, the archive states {sum:x4}.");
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Bytes in memory as a stream, without a copy.</summary>
internal sealed class MemoryContent(ReadOnlyMemory<byte> bytes) : ForwardStream
{
    private int _position;

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, bytes.Length - _position);
        bytes.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
