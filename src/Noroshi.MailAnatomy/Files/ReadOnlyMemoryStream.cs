namespace Noroshi.MailAnatomy.Files;

/// <summary>Reads bytes that are already in memory without copying them.</summary>
internal sealed class ReadOnlyMemoryStream(ReadOnlyMemory<byte> bytes) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => bytes.Length;

    public override long Position
    {
        get => _position;
        set => _position = ArgumentInRange(value);
    }

    public override int Read(Span<byte> buffer)
    {
        var left = bytes.Span[(int)Math.Min(_position, bytes.Length)..];
        var count = Math.Min(left.Length, buffer.Length);
        left[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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

    private static long ArgumentInRange(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }
}
