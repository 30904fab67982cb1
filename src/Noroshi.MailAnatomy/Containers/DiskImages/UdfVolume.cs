using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.Containers.DiskImages;

/// <summary>An address within a UDF volume: block of a partition.</summary>
internal readonly record struct UdfAddress(uint Block, int Partition, uint Length);

/// <summary>The parts of a UDF volume that places are computed with (ECMA-167 parts 3 and 4, OSTA UDF 1.02 to 2.60).</summary>
internal sealed class UdfVolume
{
    private const int AnchorTag = 2;
    private const int PrimaryTag = 1;
    private const int PartitionTag = 5;
    private const int LogicalVolumeTag = 6;
    private const int TerminatorTag = 8;
    private const int FileSetTag = 256;
    private const int MaxDescriptors = 256;

    private readonly ReadOnlyMemory<byte> _image;
    private readonly Dictionary<int, long> _partitionStarts = [];
    private readonly List<Map> _maps = [];

    private UdfVolume(ReadOnlyMemory<byte> image, int sector)
    {
        _image = image;
        Sector = sector;
    }

    private sealed record Map(int Partition, IReadOnlyList<ImageExtent>? Metadata, bool Readable);

    /// <summary>Bytes of a logical block.</summary>
    public int BlockSize { get; private set; } = 2048;

    /// <summary>Bytes of a sector of the image.</summary>
    public int Sector { get; }

    /// <summary>Label of the logical volume.</summary>
    public string? Label { get; private set; }

    /// <summary>Revision, e.g. <c>1.02</c>.</summary>
    public string? Revision { get; private set; }

    /// <summary>Program that wrote the volume.</summary>
    public string? Writer { get; private set; }

    /// <summary>Where the root directory's entry is.</summary>
    public UdfAddress Root { get; private set; }

    /// <summary>The volume recognition area names UDF.</summary>
    public static bool IsMarked(ReadOnlySpan<byte> image)
    {
        for (var sector = 16; sector < 64; sector++)
        {
            var at = sector * 2048;
            if (at + 6 > image.Length)
            {
                return false;
            }

            var mark = image.Slice(at + 1, 5);
            if (mark.SequenceEqual("NSR02"u8) || mark.SequenceEqual("NSR03"u8))
            {
                return true;
            }

            if (
                !mark.SequenceEqual("CD001"u8)
                && !mark.SequenceEqual("BEA01"u8)
                && !mark.SequenceEqual("BOOT2"u8)
                && !mark.SequenceEqual("CDW02"u8)
            )
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Finds the anchor and reads the descriptors; null when the volume cannot be entered.</summary>
    public static UdfVolume? Read(ReadOnlyMemory<byte> image)
    {
        foreach (var sector in (ReadOnlySpan<int>)[2048, 512, 4096])
        {
            var sectors = image.Length / sector;
            foreach (var at in (ReadOnlySpan<long>)[256, sectors - 257L, sectors - 1L])
            {
                var place = at * sector;
                if (at <= 0 || place + 512 > image.Length || Tag(image.Span[(int)place..]) != AnchorTag)
                {
                    continue;
                }

                var volume = new UdfVolume(image, sector);
                var anchor = image.Span[(int)place..];
                if (
                    volume.ReadSequence(
                        BinaryPrimitives.ReadUInt32LittleEndian(anchor[20..]),
                        BinaryPrimitives.ReadUInt32LittleEndian(anchor[16..])
                    )
                    || volume.ReadSequence(
                        BinaryPrimitives.ReadUInt32LittleEndian(anchor[28..]),
                        BinaryPrimitives.ReadUInt32LittleEndian(anchor[24..])
                    )
                )
                {
                    return volume;
                }
            }
        }

        return null;
    }

    /// <summary>The bytes at an address, up to its length, cut at the end of the image; empty when outside.</summary>
    public ReadOnlyMemory<byte> Slice(UdfAddress address, long length)
    {
        var extents = Resolve(address.Partition, address.Block, length);
        return extents.Count == 0 || extents[0].Start < 0 || extents[0].Start >= _image.Length
            ? default
            : _image.Slice((int)extents[0].Start, (int)Math.Min(extents[0].Length, _image.Length - extents[0].Start));
    }

    /// <summary>Where a run of blocks stands in the image; several runs when the metadata of the volume is scattered, none when unknown.</summary>
    public IReadOnlyList<ImageExtent> Resolve(int partition, uint block, long length)
    {
        if (partition < 0 || partition >= _maps.Count || !_maps[partition].Readable)
        {
            return [];
        }

        var map = _maps[partition];
        var offset = (long)block * BlockSize;
        if (map.Metadata is null)
        {
            return _partitionStarts.TryGetValue(map.Partition, out var start) ? [new ImageExtent(start + offset, length)] : [];
        }

        var runs = new List<ImageExtent>();
        foreach (var extent in map.Metadata)
        {
            if (offset >= extent.Length)
            {
                offset -= extent.Length;
                continue;
            }

            var count = Math.Min(length, extent.Length - offset);
            runs.Add(new ImageExtent(extent.Start < 0 ? -1 : extent.Start + offset, count));
            length -= count;
            offset = 0;
            if (length == 0)
            {
                break;
            }
        }

        return runs;
    }

    internal static int Tag(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16)
        {
            return -1;
        }

        // The checksum of the tag is the sum of its other bytes.
        byte sum = 0;
        for (var i = 0; i < 16; i++)
        {
            sum += i == 4 ? (byte)0 : bytes[i];
        }

        return sum == bytes[4] ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : -1;
    }

    /// <summary>A long allocation descriptor.</summary>
    internal static UdfAddress LongAddress(ReadOnlySpan<byte> bytes) =>
        new(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes) & 0x3FFFFFFF
        );

    /// <summary>OSTA compressed Unicode: the first byte says how wide the characters are.</summary>
    internal static string? Text(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty
            ? null
            : bytes[0] switch
            {
                8 or 254 => Encoding.Latin1.GetString(bytes[1..]),
                16 or 255 => Encoding.BigEndianUnicode.GetString(bytes[1..(1 + ((bytes.Length - 1) & ~1))]),
                _ => null,
            };

    // A fixed field keeps the length of its text in its last byte.
    private static string? Field(ReadOnlySpan<byte> field)
    {
        int length = field[^1];
        var text = length > 0 && length < field.Length ? Text(field[..length]) : null;
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private bool ReadSequence(uint sector, uint length)
    {
        _partitionStarts.Clear();
        _maps.Clear();
        var volumeAt = -1L;
        for (var i = 0; i < Math.Min(MaxDescriptors, length / Sector); i++)
        {
            var at = ((long)sector + i) * Sector;
            if (at + 512 > _image.Length)
            {
                break;
            }

            var descriptor = _image.Span[(int)at..];
            switch (Tag(descriptor))
            {
                case PrimaryTag:
                    Writer = Encoding.ASCII.GetString(descriptor.Slice(389, 23)).Trim('\0', ' ', '*');
                    break;
                case PartitionTag:
                    _partitionStarts[BinaryPrimitives.ReadUInt16LittleEndian(descriptor[22..])] =
                        (long)BinaryPrimitives.ReadUInt32LittleEndian(descriptor[188..]) * Sector;
                    break;
                case LogicalVolumeTag:
                    volumeAt = at;
                    break;
                case TerminatorTag:
                    i = MaxDescriptors;
                    break;
                default:
                    break;
            }
        }

        return volumeAt >= 0 && ReadLogicalVolume(_image.Span[(int)volumeAt..]);
    }

    private bool ReadLogicalVolume(ReadOnlySpan<byte> descriptor)
    {
        var blockSize = BinaryPrimitives.ReadUInt32LittleEndian(descriptor[212..]);
        if (blockSize is not (512 or 1024 or 2048 or 4096))
        {
            return false;
        }

        BlockSize = (int)blockSize;
        Label = Field(descriptor.Slice(84, 128));
        int revision = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[240..]);
        Revision = FormattableString.Invariant($"{revision >> 8:x}.{revision & 0xFF:x2}");
        var mapsLength = BinaryPrimitives.ReadUInt32LittleEndian(descriptor[264..]);
        var maps = descriptor[440..][..(int)Math.Min(mapsLength, (uint)Math.Max(0, Math.Min(descriptor.Length, Sector) - 440))];
        while (maps.Length >= 6 && maps[1] >= 6 && maps[1] <= maps.Length)
        {
            _maps.Add(ReadMap(maps[..maps[1]]));
            maps = maps[maps[1]..];
        }

        var files = LongAddress(descriptor[248..]);
        var set = Slice(files, 512);
        if (set.Length < 512 || Tag(set.Span) != FileSetTag)
        {
            return false;
        }

        Root = LongAddress(set.Span[400..]);
        return true;
    }

    private Map ReadMap(ReadOnlySpan<byte> map)
    {
        if (map[0] == 1)
        {
            return new Map(BinaryPrimitives.ReadUInt16LittleEndian(map[4..]), null, true);
        }

        if (map.Length < 64)
        {
            return new Map(-1, null, false);
        }

        var partition = BinaryPrimitives.ReadUInt16LittleEndian(map[38..]);
        var kind = map[5..28];
        if (kind.StartsWith("*UDF Sparable"u8))
        {
            // Spare blocks stand in for worn ones on media; images have none.
            return new Map(partition, null, true);
        }

        if (!kind.StartsWith("*UDF Metadata"u8) || !_partitionStarts.TryGetValue(partition, out var start))
        {
            return new Map(partition, null, false);
        }

        foreach (
            var block in (ReadOnlySpan<uint>)
                [BinaryPrimitives.ReadUInt32LittleEndian(map[40..]), BinaryPrimitives.ReadUInt32LittleEndian(map[44..])]
        )
        {
            var at = start + ((long)block * BlockSize);
            if (at + BlockSize <= _image.Length && UdfEntry.Read(_image.Slice((int)at, BlockSize)) is { } entry)
            {
                return new Map(partition, UdfEntry.PlainExtents(entry, start, BlockSize), true);
            }
        }

        return new Map(partition, null, false);
    }
}
