using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>One storage or stream of a compound file.</summary>
/// <param name="Path">Names from the root joined by <c>/</c>, without a leading one; control characters as stored.</param>
/// <param name="Name">Own name.</param>
/// <param name="IsStream">A stream; otherwise a storage.</param>
/// <param name="Size">Bytes the directory states, never negative.</param>
/// <param name="Start">First sector or mini sector.</param>
/// <param name="Orphan">No walk from the root reaches it: the tree is damaged or the entry was deleted.</param>
/// <param name="ClassId">CLSID as stored.</param>
/// <param name="CreatedAt">FILETIME of a storage; 0 for none.</param>
/// <param name="ModifiedAt">FILETIME of a storage; 0 for none.</param>
internal readonly record struct CompoundEntry(
    string Path,
    string Name,
    bool IsStream,
    long Size,
    uint Start,
    bool Orphan,
    Guid ClassId,
    ulong CreatedAt = 0,
    ulong ModifiedAt = 0
);

/// <summary>
/// Lenient reader of Compound File Binary files (MS-CFB, versions 3 and 4). Ichitaro writes FATs with duplicate and looping chains, and
/// attackers write worse, so nothing here trusts a count: a chain is never longer than the file has sectors, and what cannot be followed is
/// read on in place. Never throws on bytes.
/// </summary>
internal ref partial struct CompoundFile
{
    /// <summary>Entries of the directory that are looked at.</summary>
    public const int MaxEntries = 32_768;

    private const int EntrySize = 128;
    private const int MaxDepth = 32;

    /// <summary>Characters of all paths together: deep trees of long names must not fill the heap.</summary>
    private const int MaxPathCharacters = 2 << 20;

    private const uint MaxRegularSector = 0xFFFFFFFA;
    private const uint EndOfChain = 0xFFFFFFFE;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly int sectorShift;
    private readonly int miniShift;
    private readonly int sectorCount;
    private readonly uint miniCutoff;
    private readonly int[] fat;
    private int[]? miniFat;
    private int[]? miniStream;
    private long rootSize;
    private uint rootStart;

    // Thousands of entries may claim the same sectors; reading them all must not cost thousands of times the file.
    private long readLeft;

    private CompoundFile(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        MajorVersion = BinaryPrimitives.ReadUInt16LittleEndian(bytes[0x1A..]);
        int shift = BinaryPrimitives.ReadUInt16LittleEndian(bytes[0x1E..]);
        sectorShift =
            shift is >= 7 and <= 16 ? shift
            : MajorVersion == 4 ? 12
            : 9;
        int mini = BinaryPrimitives.ReadUInt16LittleEndian(bytes[0x20..]);
        miniShift = mini is >= 3 and <= 12 && mini < sectorShift ? mini : 6;
        var cutoff = BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x38..]);
        miniCutoff = cutoff is > 0 and <= 1 << 20 ? cutoff : 4096;
        // The last sector may be cut short, and its rest still counts.
        sectorCount = (int)((bytes.Length + (1L << sectorShift) - 1) >> sectorShift) - 1;
        Entries = [];
        readLeft = (8L * bytes.Length) + (16 << 20);
        fat = ReadFatSectors();
    }

    /// <summary>The eight bytes every compound file starts with (MS-CFB 2.2).</summary>
    public static ReadOnlySpan<byte> Signature => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>3 or 4 in files that keep the rules.</summary>
    public int MajorVersion { get; }

    /// <summary>Everything but the root, in the order of the directory.</summary>
    public CompoundEntry[] Entries { get; private set; }

    /// <summary>Some chain or the tree does not hold together; what could be read is here.</summary>
    public bool Damaged { get; private set; }

    /// <summary>CLSID of the root storage.</summary>
    public Guid RootClassId { get; private set; }

    /// <summary>FILETIME of the root storage, which Office sets to the moment of saving; 0 for none.</summary>
    public ulong RootModifiedAt { get; private set; }

    /// <summary>
    /// Where the last sector that the FAT has in use ends; the length of the file when nothing lies behind it or the tables are damaged.
    /// </summary>
    public readonly int UsedLength()
    {
        if (Damaged || fat.Length == 0)
        {
            return bytes.Length;
        }

        // The tables themselves are in use whatever they say of themselves.
        var last = 0L;
        foreach (var sector in fat)
        {
            last = Math.Max(last, sector);
        }

        var known = Math.Min(sectorCount, (long)fat.Length << (sectorShift - 2));
        for (var sector = known - 1; sector > last; sector--)
        {
            if (Next((uint)sector) != uint.MaxValue)
            {
                last = sector;
            }
        }

        return (int)Math.Min(bytes.Length, (last + 2) << sectorShift);
    }

    /// <summary>Reads header, FAT and directory.</summary>
    /// <returns>False when the bytes are no compound file at all.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> bytes, out CompoundFile file)
    {
        if (bytes.Length < 512 || !bytes.StartsWith(Signature))
        {
            file = default;
            return false;
        }

        file = new CompoundFile(bytes);
        file.ReadDirectory();
        return true;
    }

    /// <summary>The entry with that path, letter case ignored; null when there is none.</summary>
    public readonly CompoundEntry? Find(string path)
    {
        foreach (var entry in Entries)
        {
            if (!entry.Orphan && entry.Path.Equals(path, StringComparison.OrdinalIgnoreCase))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>
    /// The stream under the root with that name; a stream whose place in the tree was lost counts too, but only when the root has none.
    /// </summary>
    public readonly CompoundEntry? FindStream(string name)
    {
        if (Find(name) is { IsStream: true } found)
        {
            return found;
        }

        foreach (var entry in Entries)
        {
            if (entry is { Orphan: true, IsStream: true } && entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Bytes of a stream.</summary>
    /// <param name="entry">A stream of this file.</param>
    /// <param name="maxBytes">At most so many bytes are read.</param>
    /// <returns>
    /// Fewer bytes than stated when chains or the file end early, or when more than eight times the file was read already.
    /// </returns>
    public byte[] Read(CompoundEntry entry, int maxBytes)
    {
        // No honest stream is longer than its file, so a stated size cannot make a large allocation.
        var wanted = (int)Math.Min(Math.Min(entry.Size, maxBytes), Math.Min(bytes.Length, readLeft));
        if (!entry.IsStream || wanted <= 0)
        {
            return [];
        }

        readLeft -= wanted;
        var result = new byte[wanted];
        var read = entry.Size < miniCutoff ? ReadMini(entry.Start, result) : ReadRegular(entry.Start, result);
        return read == wanted ? result : result[..read];
    }

    private readonly bool InFile(uint sector) => sector < (uint)sectorCount;

    private readonly ReadOnlySpan<byte> Sector(uint sector)
    {
        var from = (int)(((long)sector + 1) << sectorShift);
        return bytes.Slice(from, Math.Min(1 << sectorShift, bytes.Length - from));
    }

    /// <summary>Sector numbers of the FAT in order; -1 where one lies outside the file, so that later ones keep their place.</summary>
    private int[] ReadFatSectors()
    {
        var perSector = 1 << (sectorShift - 2);
        var most = (sectorCount / perSector) + 1;
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x2C..]);
        var count = (int)Math.Min(stated, (uint)most);
        if (stated == 0)
        {
            count = most;
        }

        var list = new List<int>(Math.Min(count, 128));
        for (var i = 0; i < 109 && list.Count < count; i++)
        {
            AddFatSector(list, BinaryPrimitives.ReadUInt32LittleEndian(bytes[(0x4C + (4 * i))..]));
        }

        var next = BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x44..]);
        for (var steps = 0; list.Count < count && InFile(next) && steps < sectorCount; steps++)
        {
            var table = Sector(next);
            var slots = Math.Min((table.Length / 4) - 1, perSector - 1);
            for (var i = 0; i < slots && list.Count < count; i++)
            {
                AddFatSector(list, BinaryPrimitives.ReadUInt32LittleEndian(table[(4 * i)..]));
            }

            next = table.Length < 1 << sectorShift ? EndOfChain : BinaryPrimitives.ReadUInt32LittleEndian(table[^4..]);
        }

        return [.. list];
    }

    private void AddFatSector(List<int> list, uint sector)
    {
        if (InFile(sector))
        {
            list.Add((int)sector);
            return;
        }

        Damaged |= sector <= MaxRegularSector;
        list.Add(-1);
    }

    private readonly uint Next(uint sector)
    {
        var perSectorShift = sectorShift - 2;
        var index = (int)(sector >> perSectorShift);
        if (index >= fat.Length || fat[index] < 0)
        {
            return uint.MaxValue;
        }

        var table = Sector((uint)fat[index]);
        var at = (int)(sector & ((1u << perSectorShift) - 1)) * 4;
        return at + 4 <= table.Length ? BinaryPrimitives.ReadUInt32LittleEndian(table[at..]) : uint.MaxValue;
    }

    /// <summary>
    /// The sectors of a chain. A chain that leaves the file, meets a free sector or meets itself is read on in place until
    /// <paramref name="most"/> sectors are there: writers lay streams out in one piece far more often than not.
    /// </summary>
    private int[] Chain(uint start, int most)
    {
        most = Math.Min(most, sectorCount);
        if (most <= 0 || !InFile(start))
        {
            Damaged |= start <= MaxRegularSector;
            return [];
        }

        var chain = new List<int>(Math.Min(most, 1024));
        var seen = new HashSet<uint>();
        var sector = start;
        while (chain.Count < most && InFile(sector) && seen.Add(sector))
        {
            chain.Add((int)sector);
            var next = Next(sector);
            if (next == EndOfChain)
            {
                break;
            }

            if (!InFile(next) || seen.Contains(next))
            {
                Damaged |= chain.Count < most;
                next = sector + 1;
            }

            sector = next;
        }

        return [.. chain];
    }

    private readonly int SectorsFor(long size) => (int)Math.Min(int.MaxValue, (size + (1L << sectorShift) - 1) >> sectorShift);

    private int ReadRegular(uint start, Span<byte> target)
    {
        var read = 0;
        foreach (var sector in Chain(start, SectorsFor(target.Length)))
        {
            var part = Sector((uint)sector);
            part = part[..Math.Min(part.Length, target.Length - read)];
            part.CopyTo(target[read..]);
            read += part.Length;
        }

        return read;
    }

    private int ReadMini(uint start, Span<byte> target)
    {
        miniStream ??= Chain(rootStart, SectorsFor(Math.Min(rootSize, bytes.Length)));
        miniFat ??= Chain(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x3C..]),
            (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x40..]), int.MaxValue)
        );
        var perSector = 1 << (sectorShift - miniShift);
        var miniCount = (long)miniStream.Length * perSector;
        var sector = start;
        var read = 0;
        for (var steps = 0L; read < target.Length && sector < miniCount && steps < miniCount; steps++)
        {
            var part = Sector((uint)miniStream[(int)(sector / (uint)perSector)]);
            var from = (int)(sector % (uint)perSector) << miniShift;
            if (from >= part.Length)
            {
                break;
            }

            part = part.Slice(from, Math.Min(Math.Min(1 << miniShift, part.Length - from), target.Length - read));
            part.CopyTo(target[read..]);
            read += part.Length;
            var next = NextMini(sector);
            if (next == EndOfChain)
            {
                break;
            }

            if (next >= miniCount)
            {
                Damaged |= read < target.Length;
                next = sector + 1;
            }

            sector = next;
        }

        return read;
    }

    private readonly uint NextMini(uint sector)
    {
        var perSector = 1u << (sectorShift - 2);
        var index = sector / perSector;
        if (miniFat is null || index >= miniFat.Length)
        {
            return uint.MaxValue;
        }

        var table = Sector((uint)miniFat[index]);
        var at = (int)(sector % perSector) * 4;
        return at + 4 <= table.Length ? BinaryPrimitives.ReadUInt32LittleEndian(table[at..]) : uint.MaxValue;
    }
}
