namespace Noroshi.MailAnatomy.Containers;

/// <summary>
/// Reads bytes that are already in memory without copying them. Made for decoders that cannot be trusted to stop: one that keeps asking
/// after the end is stopped by an <see cref="EndOfStreamException"/> instead of looping for ever.
/// </summary>
internal sealed class ReadOnlyMemoryStream(ReadOnlyMemory<byte> bytes) : Stream
{
    private const int ReadsPastEnd = 4096;

    private int _position;
    private int _emptyReads;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => bytes.Length;

    /// <summary>Offset of the next byte; one outside the bytes becomes the nearest end.</summary>
    public override long Position
    {
        get => _position;
        set => _position = (int)Math.Clamp(value, 0, bytes.Length);
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, bytes.Length - _position);
        if (count == 0)
        {
            return buffer.Length > 0 && ++_emptyReads > ReadsPastEnd
                ? throw new EndOfStreamException("The decoder asks for bytes behind the end.")
                : 0;
        }

        bytes.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            SeekOrigin.End => bytes.Length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException("The bytes cannot be changed.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The bytes cannot be changed.");
}
