using System.Buffers.Binary;
using Noroshi.MailAnatomy.Containers.Lzh;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers.DiskImages;

/// <summary>A file entry or extended file entry (ECMA-167 4/14.9 and 4/14.17).</summary>
/// <param name="FileType">4 directory, 5 file, 12 symbolic link.</param>
/// <param name="AddressKind">0 short, 1 long, 2 extended addresses, 3 the content itself.</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="Time">Twelve bytes of the time of the last change.</param>
/// <param name="Addresses">Allocation descriptors or content.</param>
internal sealed record UdfEntry(int FileType, int AddressKind, long Size, ReadOnlyMemory<byte> Time, ReadOnlyMemory<byte> Addresses)
{
    public const int Directory = 4;
    public const int SymbolicLink = 12;
    public const int Embedded = 3;

    private const int FileTag = 261;
    private const int ExtendedTag = 266;

    /// <summary>Reads the entry at the beginning of a block; null when there is none.</summary>
    public static UdfEntry? Read(ReadOnlyMemory<byte> block)
    {
        var tag = UdfVolume.Tag(block.Span);
        var extended = tag == ExtendedTag;
        var bodyAt = extended ? 216 : 176;
        if ((tag != FileTag && !extended) || block.Length < bodyAt)
        {
            return null;
        }

        var span = block.Span;
        var lengths = extended ? 208 : 168;
        long attributes = BinaryPrimitives.ReadUInt32LittleEndian(span[lengths..]);
        long addresses = BinaryPrimitives.ReadUInt32LittleEndian(span[(lengths + 4)..]);
        var size = BinaryPrimitives.ReadInt64LittleEndian(span[56..]);
        if (size < 0 || bodyAt + attributes + addresses > block.Length)
        {
            return null;
        }

        return new UdfEntry(
            span[27],
            BinaryPrimitives.ReadUInt16LittleEndian(span[34..]) & 7,
            size,
            block.Slice(extended ? 92 : 84, 12),
            block.Slice((int)(bodyAt + attributes), (int)addresses)
        );
    }

    /// <summary>The extents of the metadata file itself, whose short addresses lie in the partition beneath.</summary>
    public static List<ImageExtent> PlainExtents(UdfEntry entry, long partitionStart, int blockSize)
    {
        var extents = new List<ImageExtent>();
        var span = entry.Addresses.Span;
        for (; entry.AddressKind == 0 && span.Length >= 8; span = span[8..])
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(span);
            if ((length & 0x3FFFFFFF) == 0)
            {
                break;
            }

            var start = partitionStart + ((long)BinaryPrimitives.ReadUInt32LittleEndian(span[4..]) * blockSize);
            extents.Add(new ImageExtent(length >> 30 == 0 ? start : -1, length & 0x3FFFFFFF));
        }

        return extents;
    }
}

/// <summary>Walks the files of a UDF volume.</summary>
internal sealed class UdfReader(ReadOnlyMemory<byte> image, UdfVolume volume, List<Finding> findings)
{
    private const int IdentifierTag = 257;
    private const int AllocationTag = 258;
    private const int MaxContinuations = 4_096;
    private const int MaxExtents = 200_000;
    private const int MaxDirectory = 16 << 20;
    private const int FlagDirectory = 2;
    private const int FlagDeleted = 4;
    private const int FlagParent = 8;

    private sealed record Folder(string Path, UdfAddress Address, int Depth);

    /// <summary>The entries, folders before what is in them.</summary>
    public IEnumerable<ContainerEntry> Entries()
    {
        var walk = new ImageWalk();
        var pending = new Stack<Folder>();
        pending.Push(new Folder("", volume.Root, 0));
        while (pending.TryPop(out var folder) && !walk.Exhausted)
        {
            var entry = ReadEntry(folder.Address);
            if (entry is null)
            {
                findings.AddBounded(FindingCodes.DiskImages.Broken.At($"folder /{folder.Path}"));
                continue;
            }

            if (!walk.Enter(((long)folder.Address.Partition << 32) | folder.Address.Block, entry.Size, image.Length))
            {
                findings.AddBounded(FindingCodes.DiskImages.Loop.At($"folder /{folder.Path}"));
                continue;
            }

            foreach (var (name, flags, address) in Names(entry, folder))
            {
                if (!walk.Take())
                {
                    break;
                }

                var path = folder.Path + name;
                if ((flags & FlagDirectory) != 0 && folder.Depth < ImageWalk.MaxDepth)
                {
                    pending.Push(new Folder(path + "/", address, folder.Depth + 1));
                }
                else if ((flags & FlagDirectory) != 0)
                {
                    findings.AddBounded(FindingCodes.DiskImages.Limit.At($"more than {ImageWalk.MaxDepth} folders within each other"));
                }

                yield return ToEntry(path, (flags & FlagDirectory) != 0, address);
            }
        }

        if (walk.Exhausted)
        {
            findings.AddBounded(FindingCodes.DiskImages.Limit.At("folders"));
        }
    }

    private UdfEntry? ReadEntry(UdfAddress address) => UdfEntry.Read(volume.Slice(address, volume.BlockSize));

    private ContainerEntry ToEntry(string path, bool isDirectory, UdfAddress address)
    {
        var entry = ReadEntry(address);
        var notes = new List<Finding>();
        if (entry is null)
        {
            notes.Add(FindingCodes.DiskImages.Broken.At($"file entry of {path}"));
        }

        var link = entry is { FileType: UdfEntry.SymbolicLink };
        return new ContainerEntry
        {
            Name = path,
            NameCharset = "utf-16be",
            Size = isDirectory ? null : entry?.Size,
            ModifiedAt = entry is null ? null : Time(entry.Time.Span),
            IsDirectory = isDirectory,
            LinkTarget = entry is not null && link ? LinkTarget(Content(entry, address.Partition, 4096).Span) : null,
            Method = "stored",
            Open = isDirectory || link || entry is null ? null : () => OpenFile(entry, address.Partition),
            Findings = notes,
        };
    }

    private Stream OpenFile(UdfEntry entry, int partition) =>
        entry.AddressKind == UdfEntry.Embedded
            ? new ImageFileStream(entry.Addresses, [new ImageExtent(0, entry.Addresses.Length)], entry.Size)
            : new ImageFileStream(image, Extents(entry, partition), entry.Size);

    private ReadOnlyMemory<byte> Content(UdfEntry entry, int partition, int most)
    {
        var size = (int)Math.Min(Math.Min(entry.Size, most), image.Length);
        var bytes = new byte[size];
        var filled = 0;
        try
        {
            using var stream = OpenFile(entry, partition);
            while (filled < size && stream.Read(bytes.AsSpan(filled)) is > 0 and var count)
            {
                filled += count;
            }
        }
        catch (InvalidDataException)
        {
            findings.AddBounded(FindingCodes.DiskImages.Truncated.At($"{filled} of {size} bytes of a folder"));
        }

        return bytes.AsMemory(0, filled);
    }

    private IEnumerable<(string Name, int Flags, UdfAddress Address)> Names(UdfEntry entry, Folder folder)
    {
        var content = Content(entry, folder.Address.Partition, MaxDirectory);
        var at = 0;
        while (at + 38 <= content.Length)
        {
            var identifier = content[at..];
            if (UdfVolume.Tag(identifier.Span) != IdentifierTag)
            {
                findings.AddBounded(FindingCodes.DiskImages.Broken.At($"name at byte {at} of folder /{folder.Path}"));
                yield break;
            }

            int flags = identifier.Span[18];
            int nameLength = identifier.Span[19];
            int use = BinaryPrimitives.ReadUInt16LittleEndian(identifier.Span[36..]);
            if (38 + use + nameLength > identifier.Length)
            {
                yield break;
            }

            var name = UdfVolume.Text(identifier.Span.Slice(38 + use, nameLength));
            at += (38 + use + nameLength + 3) & ~3;
            if ((flags & (FlagDeleted | FlagParent)) == 0 && name is not null)
            {
                yield return (name, flags, UdfVolume.LongAddress(identifier.Span[20..]));
            }
        }
    }

    // Short, long and extended addresses; kind 3 in the top bits leads on to more addresses.
    private List<ImageExtent> Extents(UdfEntry entry, int partition)
    {
        var extents = new List<ImageExtent>();
        var width = entry.AddressKind switch
        {
            0 => 8,
            1 => 16,
            _ => 20,
        };
        var addresses = entry.Addresses;
        var continuations = 0;
        while (addresses.Length >= width && extents.Count < MaxExtents)
        {
            var span = addresses.Span;
            var stated = BinaryPrimitives.ReadUInt32LittleEndian(span);
            var length = stated & 0x3FFFFFFF;
            if (length == 0)
            {
                break;
            }

            var at = entry.AddressKind switch
            {
                0 => new UdfAddress(BinaryPrimitives.ReadUInt32LittleEndian(span[4..]), partition, length),
                1 => UdfVolume.LongAddress(span),
                _ => UdfVolume.LongAddress(span[8..]),
            };
            if (stated >> 30 == 3)
            {
                addresses = ++continuations > MaxContinuations ? default : More(at);
                continue;
            }

            if (stated >> 30 == 0)
            {
                extents.AddRange(volume.Resolve(at.Partition, at.Block, length));
            }
            else
            {
                extents.Add(new ImageExtent(-1, length));
            }

            addresses = addresses[width..];
        }

        return extents;
    }

    private ReadOnlyMemory<byte> More(UdfAddress address)
    {
        var block = volume.Slice(address, volume.BlockSize);
        if (UdfVolume.Tag(block.Span) != AllocationTag || block.Length < 24)
        {
            return default;
        }

        return block.Slice(24, (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(block.Span[20..]), block.Length - 24));
    }

    // Components: type, length, version of the name, name. 2 is the root, 3 "..", 4 ".", 5 a name.
    private static string LinkTarget(ReadOnlySpan<byte> path)
    {
        var parts = new List<string>();
        while (path.Length >= 4 && path.Length >= 4 + path[1])
        {
            parts.Add(
                path[0] switch
                {
                    2 => "",
                    3 => "..",
                    4 => ".",
                    _ => UdfVolume.Text(path.Slice(4, path[1])) ?? "",
                }
            );
            path = path[(4 + path[1])..];
        }

        return string.Join('/', parts);
    }

    // ECMA-167 1/7.3: zone in minutes (twelve bits, -2047 for none), year, month, day, hour, minute, second.
    private static string? Time(ReadOnlySpan<byte> bytes)
    {
        var zone = (BinaryPrimitives.ReadInt16LittleEndian(bytes) << 20) >> 20;
        return ImageTimes.Format(
            BinaryPrimitives.ReadInt16LittleEndian(bytes[2..]),
            bytes[4],
            bytes[5],
            bytes[6],
            bytes[7],
            bytes[8],
            zone == -2047 ? null : zone
        );
    }
}
