using Noroshi.MailAnatomy.Containers.Lzh;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>A stream that is only read forward.</summary>
internal abstract class ForwardStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException();

    public override long Position
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
