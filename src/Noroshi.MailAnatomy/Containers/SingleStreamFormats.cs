using System.Buffers.Binary;
using System.IO.Compression;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.LZMA;
using SharpCompress.Compressors.Lzw;
using SharpCompress.Compressors.Xz;
using ZstdStream = SharpCompress.Compressors.ZStandard.DecompressionStream;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>What the single-stream formats share: one entry, whose name the caller makes from the file's own when the format has none.</summary>
internal static class SingleStream
{
    /// <summary>Memory a decoder may ask for.</summary>
    public const long MaxMemory = 64L << 20;

    /// <summary>A container of one entry.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="format">Format, which is also the method.</param>
    /// <param name="entry">What is known of the entry; its name is empty when the format stores none.</param>
    /// <param name="open">Makes the decoder.</param>
    /// <param name="refusal">Why it is not decoded.</param>
    /// <param name="check">Makes a check of the content.</param>
    public static OpenedContainer Open(
        ReadOnlyMemory<byte> bytes,
        ContainerInfo format,
        ContainerEntry entry,
        Func<Stream> open,
        Finding? refusal,
        Func<ContentCheck>? check = null
    )
    {
        var findings = new List<Finding>();
        if (entry.Name.Length > 0)
        {
            EntryNames.Inspect(entry.Name, findings);
        }

        if (refusal is not null)
        {
            findings.Add(refusal);
        }

        var whole = entry with
        {
            PackedSize = bytes.Length,
            HostOs = format.HostOs,
            Open = refusal is null
                ? () => new VerifiedStream(open, new Expected(entry.Size, null), stopAtSize: false, check?.Invoke())
                : null,
            Findings = findings,
        };
        return new OpenedContainer(format, [whole]);
    }

    /// <summary>What is known of an entry without a name.</summary>
    public static ContainerEntry Nameless(string method) => new() { Name = "", Method = method };
}

/// <summary>gzip (RFC 1952), also of several members.</summary>
public sealed class GzipFormat : IContainerFormat, ISingleContent
{
    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 10 && bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]) && bytes[3] < 0x20;

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password)
    {
        var cursor = new ByteCursor(bytes.Span);
        cursor.Take(3);
        var flags = cursor.U8();
        var time = cursor.U32();
        cursor.U8();
        var host = cursor.U8();
        if ((flags & 4) != 0)
        {
            cursor.Take(cursor.U16());
        }

        var (name, charset) = (flags & 8) != 0 ? EntryNames.Decode(Text(ref cursor)) : new EntryName("", "us-ascii");
        var comment = (flags & 16) != 0 ? EntryNames.Decode(Text(ref cursor)).Text : null;
        var info = new ContainerInfo
        {
            Format = "gz",
            HostOs = HostOs(host),
            Comment = comment,
        };
        var entry = SingleStream.Nameless("deflate") with
        {
            Name = EntryNames.Separate(name),
            NameCharset = charset,
            ModifiedAt = time == 0 ? null : ArchiveTimes.FromUnix(time),
            Comment = comment,
        };
        return SingleStream.Open(
            bytes,
            info,
            entry,
            () => new GZipStream(new ReadOnlyMemoryStream(bytes), CompressionMode.Decompress),
            null,
            () => new GzipCheck(bytes)
        );
    }

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;

    private static ReadOnlySpan<byte> Text(ref ByteCursor cursor)
    {
        var rest = cursor;
        var all = rest.Take(rest.Left);
        var end = all.IndexOf((byte)0);
        var text = cursor.Take(Math.Max(0, end));
        cursor.U8();
        return text;
    }

    private static string HostOs(int value) =>
        value switch
        {
            0 => "fat",
            1 => "amiga",
            3 => "unix",
            7 => "macintosh",
            10 or 11 => "ntfs",
            255 => "unknown",
            _ => $"os-{value}",
        };
}

/// <summary>
/// The decoder ends silently where the file is cut. The trailer of a whole file (checksum and size of the content, RFC 1952 2.3.1) stands
/// somewhere in it; a file of several members has several trailers, which the decoder compares itself.
/// </summary>
internal sealed class GzipCheck(ReadOnlyMemory<byte> bytes) : ContentCheck
{
    private uint _count;

    public override void Add(ReadOnlySpan<byte> content) => _count += (uint)content.Length;

    public override string? Wrong(uint crc32)
    {
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc32);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _count);
        var span = bytes.Span;
        var members = span[Math.Min(span.Length, 18)..].IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]) >= 0;
        return members || span.LastIndexOf(trailer) >= 0 ? null : "The gzip file is cut.";
    }
}

/// <summary>bzip2, also of several streams.</summary>
public sealed class Bzip2Format : IContainerFormat, ISingleContent
{
    /// <summary>Streams behind each other that are decoded.</summary>
    private const int MaxStreams = 3_000;

    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 14
        && bytes.StartsWith("BZh"u8)
        && bytes[3] is >= (byte)'1' and <= (byte)'9'
        && (
            bytes[4..].StartsWith((ReadOnlySpan<byte>)[0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
            || bytes[4..].StartsWith((ReadOnlySpan<byte>)[0x17, 0x72, 0x45, 0x38, 0x50, 0x90])
        );

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password)
    {
        // The decoder makes its tables of some 4 MB anew for each stream; programs that pack in parallel write one per 100 to 900 kB of content.
        var streams = bytes.Span.Count("BZh"u8);
        return SingleStream.Open(
            bytes,
            new ContainerInfo { Format = "bz2" },
            SingleStream.Nameless("bzip2"),
            () =>
                BZip2Stream.Create(
                    new ReadOnlyMemoryStream(bytes),
                    SharpCompress.Compressors.CompressionMode.Decompress,
                    decompressConcatenated: true
                ),
            streams > MaxStreams ? FindingCodes.Limits.Entries.At($"{streams} streams") : null
        );
    }

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;
}

/// <summary>xz.</summary>
public sealed class XzFormat : IContainerFormat, ISingleContent
{
    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]);

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password) =>
        SingleStream.Open(
            bytes,
            new ContainerInfo { Format = "xz" },
            SingleStream.Nameless("xz"),
            () => new XZStream(new ReadOnlyMemoryStream(bytes)),
            Dictionary(bytes.Span) > SingleStream.MaxMemory ? FindingCodes.Container.Memory.At($"{Dictionary(bytes.Span) >> 20} MiB") : null
        );

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;

    /// <summary>Dictionary of the first block's LZMA2 filter (xz-file-format 5.3.1): filter 0x21, one byte of properties.</summary>
    private static long Dictionary(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 24 || bytes[12] == 0)
        {
            return 0;
        }

        var header = bytes.Slice(12, Math.Min(bytes.Length - 12, (bytes[12] + 1) * 4));
        var at = header.LastIndexOf([(byte)0x21, (byte)1]);
        return at < 0 || at + 2 >= header.Length ? 0
            : header[at + 2] >= 40 ? uint.MaxValue
            : (2L | (uint)(header[at + 2] & 1)) << ((header[at + 2] / 2) + 11);
    }
}

/// <summary>Zstandard (RFC 8878).</summary>
public sealed class ZstandardFormat : IContainerFormat, ISingleContent
{
    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]);

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password) =>
        SingleStream.Open(
            bytes,
            new ContainerInfo { Format = "zst" },
            SingleStream.Nameless("zstd"),
            () => new ZstdStream(new ReadOnlyMemoryStream(bytes)),
            Window(bytes.Span) > SingleStream.MaxMemory
                ? FindingCodes.Container.Memory.At($"window of {Window(bytes.Span) >> 20} MiB")
                : null
        );

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;

    /// <summary>Window descriptor of the first frame (RFC 8878 3.1.1.1.2); a single segment states its size instead.</summary>
    private static long Window(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 6 || (bytes[4] & 0x20) != 0)
        {
            return 0;
        }

        var size = 1L << (10 + (bytes[5] >> 3));
        return size + (size / 8 * (bytes[5] & 7));
    }
}

/// <summary>lzip.</summary>
public sealed class LzipFormat : IContainerFormat, ISingleContent
{
    private const int HeaderLength = 6;
    private const int TrailerLength = 20;

    /// <inheritdoc/>
    public int Priority => 100;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) => bytes.Length >= HeaderLength + TrailerLength && bytes.StartsWith("LZIP\x01"u8);

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password) =>
        SingleStream.Open(
            bytes,
            new ContainerInfo { Format = "lz", FormatVersion = "1" },
            SingleStream.Nameless("lzma"),
            () => Decode(bytes),
            Dictionary(bytes.Span[5]) > SingleStream.MaxMemory
                ? FindingCodes.Container.Memory.At($"{Dictionary(bytes.Span[5]) >> 20} MiB")
                : null
        );

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;

    private static long Dictionary(int coded)
    {
        var size = 1L << Math.Min(coded & 0x1F, 29);
        return size - (size / 16 * (coded >> 5));
    }

    /// <summary>A single member: its LZMA stream has fixed properties, and its trailer states checksum and size.</summary>
    private static VerifiedStream Decode(ReadOnlyMemory<byte> bytes)
    {
        var trailer = bytes.Span[^TrailerLength..];
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        var size = BinaryPrimitives.ReadUInt64LittleEndian(trailer[4..]);
        if (size > long.MaxValue || BinaryPrimitives.ReadUInt64LittleEndian(trailer[12..]) != (ulong)bytes.Length)
        {
            throw new InvalidDataException("The trailer does not fit: the file is cut or has several members.");
        }

        var properties = new byte[5];
        properties[0] = 93;
        BinaryPrimitives.WriteUInt32LittleEndian(
            properties.AsSpan(1),
            (uint)Math.Clamp(Dictionary(bytes.Span[5]), 4_096, SingleStream.MaxMemory)
        );
        var packed = bytes[HeaderLength..^TrailerLength];
        return new VerifiedStream(
            () => LzmaStream.Create(properties, new ReadOnlyMemoryStream(packed), packed.Length, (long)size),
            new Expected((long)size, crc),
            stopAtSize: true
        );
    }
}

/// <summary>compress(1), LZW.</summary>
public sealed class CompressFormat : IContainerFormat, ISingleContent
{
    /// <inheritdoc/>
    public int Priority => 200;

    /// <inheritdoc/>
    public bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 3
        && bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x9D])
        && (bytes[2] & 0x1F) is >= 9 and <= 16
        && (bytes[2] & 0x60) == 0;

    /// <inheritdoc/>
    public OpenedContainer Open(ReadOnlyMemory<byte> bytes, string? password) =>
        SingleStream.Open(
            bytes,
            new ContainerInfo { Format = "z", HostOs = "unix" },
            SingleStream.Nameless("lzw"),
            () => new LzwStream(new ReadOnlyMemoryStream(bytes)),
            null
        );

    /// <inheritdoc/>
    public IPasswordProbe? CreateProbe(ReadOnlyMemory<byte> bytes) => null;
}
