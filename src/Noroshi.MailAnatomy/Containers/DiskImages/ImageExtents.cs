using Noroshi.MailAnatomy.Containers.Lzh;

namespace Noroshi.MailAnatomy.Containers.DiskImages;

/// <summary>A run of bytes of an image. A negative start stands for zeros that the image does not store.</summary>
internal readonly record struct ImageExtent(long Start, long Length);

/// <summary>Reads a file of an image from its runs.</summary>
/// <param name="image">The image.</param>
/// <param name="extents">The runs in order; those outside the image end the file early.</param>
/// <param name="size">Bytes the file has.</param>
internal sealed class ImageFileStream(ReadOnlyMemory<byte> image, IReadOnlyList<ImageExtent> extents, long size) : ForwardStream
{
    private int _extent;
    private long _inExtent;
    private long _read;

    /// <summary>Reads on.</summary>
    /// <exception cref="InvalidDataException">The file goes on outside the image.</exception>
    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, size - _read);
        if (wanted <= 0)
        {
            return 0;
        }

        while (_extent < extents.Count && _inExtent >= extents[_extent].Length)
        {
            _extent++;
            _inExtent = 0;
        }

        if (_extent == extents.Count)
        {
            throw new InvalidDataException($"The content ends after {_read} of {size} bytes.");
        }

        var extent = extents[_extent];
        var count = (int)Math.Min(wanted, extent.Length - _inExtent);
        if (extent.Start < 0)
        {
            buffer[..count].Clear();
        }
        else
        {
            var start = extent.Start + _inExtent;
            if (start >= image.Length)
            {
                throw new InvalidDataException($"The content lies outside the image after {_read} of {size} bytes.");
            }

            count = (int)Math.Min(count, image.Length - start);

            image.Span.Slice((int)start, count).CopyTo(buffer);
        }

        _inExtent += count;
        _read += count;
        return count;
    }
}

/// <summary>Limits of a walk through an image, shared by its file systems.</summary>
internal sealed class ImageWalk
{
    public const int MaxDepth = 64;
    public const int MaxEntries = 200_000;

    private const long MaxDirectoryBytes = 64L << 20;

    private readonly HashSet<long> _visited = [];
    private long _directoryBytes;
    private int _entries;

    /// <summary>A limit was hit; the walk ends.</summary>
    public bool Exhausted { get; private set; }

    /// <summary>Whether a directory at this place may be read; false when it was read before (a loop) or a limit is hit.</summary>
    public bool Enter(long place, long size, long imageLength)
    {
        if (!_visited.Add(place))
        {
            return false;
        }

        _directoryBytes += Math.Min(size, imageLength);
        Exhausted |= _directoryBytes > MaxDirectoryBytes;
        return !Exhausted;
    }

    /// <summary>Whether one more entry may be listed.</summary>
    public bool Take()
    {
        Exhausted |= ++_entries > MaxEntries;
        return !Exhausted;
    }
}
