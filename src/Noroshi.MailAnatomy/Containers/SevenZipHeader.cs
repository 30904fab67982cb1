using System.Buffers.Binary;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>
/// Reads the header of a 7z archive (7zFormat.txt of the LZMA SDK). Everything it allocates is bounded by the length of the header, and a
/// header that contradicts itself is refused as a whole by <see cref="InvalidDataException"/>, which its callers turn into a finding.
/// </summary>
internal ref partial struct SevenZipHeader(ReadOnlySpan<byte> header, long dataStart, long dataLength)
{
    private const int MaxCoders = 32;
    private const int MaxStreams = 32;

    private readonly int _length = header.Length;
    private ByteCursor _cursor = new(header);

    /// <summary>Reads the folders of a packed header.</summary>
    public List<SevenZipFolder> ReadStreams(out List<long> perFolder, out List<(long Size, uint? Crc)> parts)
    {
        var folders = new List<SevenZipFolder>();
        var packed = new List<(long Offset, long Length)>();
        perFolder = [];
        parts = [];
        for (var id = Number(); id != 0; id = Number())
        {
            switch (id)
            {
                case 6:
                    packed = ReadPackInfo();
                    break;
                case 7:
                    folders = ReadFolders();
                    perFolder = [.. folders.Select(_ => 1L)];
                    break;
                case 8:
                    parts = ReadSubStreams(folders, out perFolder);
                    break;
                default:
                    throw Bad($"streams property {id}");
            }
        }

        if (parts.Count == 0)
        {
            parts = [.. folders.Select(folder => (folder.Size, folder.Crc))];
        }

        Attach(folders, packed);
        return folders;
    }

    /// <summary>Reads the whole header behind its first byte.</summary>
    public void ReadAll(SevenZipListing listing)
    {
        var folders = new List<SevenZipFolder>();
        List<long> perFolder = [];
        List<(long Size, uint? Crc)> parts = [];
        for (var id = Number(); id != 0; id = Number())
        {
            switch (id)
            {
                case 2:
                    SkipArchiveProperties();
                    break;
                case 3:
                    ReadStreams(out _, out _);
                    break;
                case 4:
                    folders = ReadStreams(out perFolder, out parts);
                    listing.Folders = folders;
                    break;
                case 5:
                    ReadFiles(listing, folders, perFolder, parts);
                    break;
                default:
                    throw Bad($"header property {id}");
            }
        }
    }

    private static InvalidDataException Bad(string what) => new($"The 7z header is damaged: {what}.");

    private byte Byte()
    {
        var value = _cursor.U8();
        return _cursor.Failed ? throw Bad("it is cut") : value;
    }

    /// <summary>A number whose first byte says by its leading ones how many bytes follow.</summary>
    private ulong Number()
    {
        var first = Byte();
        ulong value = 0;
        var mask = 0x80;
        for (var i = 0; i < 8; i++)
        {
            if ((first & mask) == 0)
            {
                return value | ((ulong)(first & (mask - 1)) << (8 * i));
            }

            value |= (ulong)Byte() << (8 * i);
            mask >>= 1;
        }

        return value;
    }

    private long Length()
    {
        var value = Number();
        return value > long.MaxValue ? throw Bad("a size is negative") : (long)value;
    }

    /// <summary>A count of things of which each takes at least a bit of the header.</summary>
    private int Count(int perByte = 1)
    {
        var value = Number();
        return value > (ulong)_length * (ulong)perByte ? throw Bad($"a count of {value}") : (int)value;
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        var field = _cursor.Take(count);
        return _cursor.Failed ? throw Bad("it is cut") : field;
    }

    private bool[] Bits(int count)
    {
        var bits = new bool[count];
        byte value = 0;
        for (var i = 0; i < count; i++)
        {
            if ((i & 7) == 0)
            {
                value = Byte();
            }

            bits[i] = (value & (0x80 >> (i & 7))) != 0;
        }

        return bits;
    }

    private bool[] OptionalBits(int count)
    {
        if (Byte() == 0)
        {
            return Bits(count);
        }

        var all = new bool[count];
        Array.Fill(all, true);
        return all;
    }

    private uint?[] Digests(int count)
    {
        var defined = OptionalBits(count);
        var digests = new uint?[count];
        for (var i = 0; i < count; i++)
        {
            digests[i] = defined[i] ? BinaryPrimitives.ReadUInt32LittleEndian(Take(4)) : null;
        }

        return digests;
    }

    private void SkipArchiveProperties()
    {
        while (Number() != 0)
        {
            Take(Length());
        }
    }

    private List<(long Offset, long Length)> ReadPackInfo()
    {
        var position = Length();
        var count = Count();
        var streams = new List<(long Offset, long Length)>();
        for (var id = Number(); id != 0; id = Number())
        {
            if (id == 9)
            {
                for (var i = 0; i < count; i++)
                {
                    var length = Length();
                    streams.Add((dataStart + position, length));
                    position = position > long.MaxValue - length ? throw Bad("packed streams are too long") : position + length;
                }
            }
            else if (id == 10)
            {
                Digests(count);
            }
            else
            {
                throw Bad($"pack property {id}");
            }
        }

        return streams;
    }

    private List<SevenZipFolder> ReadFolders()
    {
        if (Number() != 11)
        {
            throw Bad("no folders");
        }

        var count = Count();
        if (Byte() != 0)
        {
            throw Bad("folders stand elsewhere");
        }

        var folders = new List<SevenZipFolder>(count);
        for (var i = 0; i < count; i++)
        {
            folders.Add(ReadFolder());
        }

        if (Number() != 12)
        {
            throw Bad("no sizes");
        }

        foreach (var folder in folders)
        {
            folder.Sizes = new long[folder.Coders.Sum(coder => coder.Outputs)];
            for (var i = 0; i < folder.Sizes.Length; i++)
            {
                folder.Sizes[i] = Length();
            }
        }

        for (var id = Number(); id != 0; id = Number())
        {
            if (id != 10)
            {
                throw Bad($"folder property {id}");
            }

            var digests = Digests(count);
            for (var i = 0; i < count; i++)
            {
                folders[i].Crc = digests[i];
            }
        }

        return folders;
    }

    private SevenZipFolder ReadFolder()
    {
        var count = Count();
        if (count is 0 or > MaxCoders)
        {
            throw Bad($"{count} coders");
        }

        var coders = new List<SevenZipCoder>(count);
        for (var i = 0; i < count; i++)
        {
            var flags = Byte();
            ulong id = 0;
            foreach (var value in Take(flags & 15))
            {
                id = (id << 8) | value;
            }

            var (inputs, outputs) = (flags & 0x10) != 0 ? (Count(), Count()) : (1, 1);
            if (inputs is 0 or > MaxStreams || outputs != 1 || (flags & 0xC0) != 0 || (flags & 15) > 8)
            {
                throw Bad("a coder");
            }

            var properties = (flags & 0x20) != 0 ? Take(Length()).ToArray() : [];
            coders.Add(new SevenZipCoder(id, inputs, outputs, properties));
        }

        var totalIn = coders.Sum(coder => coder.Inputs);
        var binds = new List<(int In, int Out)>();
        for (var i = 0; i < count - 1; i++)
        {
            var bind = (In: Count(), Out: Count());
            if (bind.In >= totalIn || bind.Out >= count || binds.Exists(other => other.In == bind.In || other.Out == bind.Out))
            {
                throw Bad("a bind");
            }

            binds.Add(bind);
        }

        return new SevenZipFolder
        {
            Coders = coders,
            Binds = binds,
            Packed = ReadPackedStreams(totalIn, totalIn - binds.Count, binds),
        };
    }

    private List<int> ReadPackedStreams(int totalIn, int count, List<(int In, int Out)> binds)
    {
        if (count < 1)
        {
            throw Bad("no packed stream");
        }

        if (count == 1)
        {
            return [Enumerable.Range(0, totalIn).First(stream => !binds.Exists(bind => bind.In == stream))];
        }

        var packed = new List<int>(count);
        for (var i = 0; i < count; i++)
        {
            var stream = Count();
            packed.Add(
                stream >= totalIn || packed.Contains(stream) || binds.Exists(bind => bind.In == stream)
                    ? throw Bad("a packed stream")
                    : stream
            );
        }

        return packed;
    }

    private List<(long Size, uint? Crc)> ReadSubStreams(List<SevenZipFolder> folders, out List<long> perFolder)
    {
        perFolder = [.. folders.Select(_ => 1L)];
        var id = Number();
        if (id == 13)
        {
            for (var i = 0; i < folders.Count; i++)
            {
                perFolder[i] = Count();
            }

            id = Number();
        }

        if (perFolder.Sum() > _length)
        {
            throw Bad("too many parts");
        }

        var parts = new List<(long Size, uint? Crc)>();
        for (var i = 0; i < folders.Count; i++)
        {
            var left = folders[i].Size;
            for (long part = 1; part < perFolder[i]; part++)
            {
                var size = id == 9 ? Length() : throw Bad("no part sizes");
                left = size > left ? throw Bad("parts larger than their folder") : left - size;
                parts.Add((size, null));
            }

            if (perFolder[i] > 0)
            {
                parts.Add((left, perFolder[i] == 1 ? folders[i].Crc : null));
            }
        }

        id = id == 9 ? Number() : id;
        for (; id != 0; id = Number())
        {
            if (id != 10)
            {
                throw Bad($"part property {id}");
            }

            ReadPartDigests(folders, perFolder, parts);
        }

        return parts;
    }

    private void ReadPartDigests(List<SevenZipFolder> folders, List<long> perFolder, List<(long Size, uint? Crc)> parts)
    {
        // A folder of one part with a checksum of its own does not repeat it here.
        var unknown = new List<int>();
        var at = 0;
        for (var i = 0; i < folders.Count; i++)
        {
            for (long part = 0; part < perFolder[i]; part++, at++)
            {
                if (perFolder[i] != 1 || folders[i].Crc is null)
                {
                    unknown.Add(at);
                }
            }
        }

        var digests = Digests(unknown.Count);
        for (var i = 0; i < unknown.Count; i++)
        {
            parts[unknown[i]] = (parts[unknown[i]].Size, digests[i]);
        }
    }

    private readonly void Attach(List<SevenZipFolder> folders, List<(long Offset, long Length)> packed)
    {
        var next = 0;
        foreach (var folder in folders)
        {
            foreach (var _ in folder.Packed)
            {
                if (next >= packed.Count)
                {
                    throw Bad("a folder without packed stream");
                }

                var (offset, length) = packed[next++];
                if (offset < 0 || length > dataLength)
                {
                    length = Math.Max(0, dataLength);
                }

                folder.Streams.Add((offset, length));
            }
        }
    }
}
