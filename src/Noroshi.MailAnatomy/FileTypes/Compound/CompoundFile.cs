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
internal readonly record struct CompoundEntry(string Path, string Name, bool IsStream, long Size, uint Start, bool Orphan, Guid ClassId);

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
    /// <returns>Fewer bytes than stated when chains or the file end early.</returns>
    public byte[] Read(CompoundEntry entry, int maxBytes)
    {
        // No honest stream is longer than its file, so a stated size cannot make a large allocation.
        var wanted = (int)Math.Min(Math.Min(entry.Size, maxBytes), bytes.Length);
        if (!entry.IsStream || wanted <= 0)
        {
            return [];
        }

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

    private void ReadDirectory()
    {
        var start = BinaryPrimitives.ReadUInt32LittleEndian(bytes[0x30..]);
        if (!InFile(start) || !LooksLikeRoot(Sector(start)))
        {
            Damaged = true;
            start = FindRoot() ?? start;
        }

        var raw = ReadRawEntries(Chain(start, (MaxEntries * EntrySize) >> sectorShift));
        if (raw.Count > 0)
        {
            rootStart = raw[0].Start;
            rootSize = raw[0].Size;
            RootClassId = raw[0].ClassId;
            Entries = Walk(raw);
        }
    }

    private static bool LooksLikeRoot(ReadOnlySpan<byte> sector) =>
        sector.Length >= EntrySize && sector[66] == 5 && sector[0] != 0 && sector[1] == 0;

    /// <summary>Looks for a directory whose place in the header was destroyed.</summary>
    private readonly uint? FindRoot()
    {
        var name = "R\0o\0o\0t\0 \0E\0n\0t\0r\0y\0"u8;
        for (var sector = 0u; sector < (uint)sectorCount; sector++)
        {
            var part = Sector(sector);
            if (part.StartsWith(name) && LooksLikeRoot(part))
            {
                return sector;
            }
        }

        return null;
    }

    private readonly record struct RawEntry(string Name, byte Kind, uint Left, uint Right, uint Child, uint Start, long Size, Guid ClassId);

    private readonly List<RawEntry> ReadRawEntries(int[] chain)
    {
        var entries = new List<RawEntry>();
        foreach (var sector in chain)
        {
            var part = Sector((uint)sector);
            // A chain that wandered off into content is left where entries stop making sense.
            for (var at = 0; at + EntrySize <= part.Length; at += EntrySize)
            {
                var entry = part.Slice(at, EntrySize);
                if (entry[66] is not (0 or 1 or 2 or 5) || entries.Count >= MaxEntries)
                {
                    return entries;
                }

                entries.Add(ReadRawEntry(entry));
            }
        }

        return entries;
    }

    private readonly RawEntry ReadRawEntry(ReadOnlySpan<byte> entry)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
        length = Math.Clamp((length & ~1) - 2, 0, 62);
        var size = BinaryPrimitives.ReadInt64LittleEndian(entry[120..]);
        if (MajorVersion != 4)
        {
            // MS-CFB 2.6.1: the upper half may hold rubbish in version 3.
            size &= 0xFFFFFFFF;
        }

        return new RawEntry(
            Encoding.Unicode.GetString(entry[..length]),
            entry[66],
            BinaryPrimitives.ReadUInt32LittleEndian(entry[68..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[72..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[76..]),
            BinaryPrimitives.ReadUInt32LittleEndian(entry[116..]),
            Math.Max(0, size),
            new Guid(entry.Slice(80, 16))
        );
    }

    /// <summary>Gives each entry its path; every entry is visited once, whatever the links say.</summary>
    private CompoundEntry[] Walk(List<RawEntry> raw)
    {
        var paths = new string?[raw.Count];
        var visited = new bool[raw.Count];
        visited[0] = true;
        var characters = 0;
        var pending = new Stack<(uint Index, string Prefix, int Depth)>();
        pending.Push((raw[0].Child, "", 0));
        while (pending.TryPop(out var step))
        {
            if (step.Index >= raw.Count)
            {
                Damaged |= step.Index <= MaxRegularSector;
                continue;
            }

            var index = (int)step.Index;
            if (visited[index] || raw[index].Kind is not (1 or 2))
            {
                Damaged = true;
                continue;
            }

            visited[index] = true;
            characters += step.Prefix.Length + raw[index].Name.Length;
            if (characters > MaxPathCharacters)
            {
                Damaged = true;
                break;
            }

            paths[index] = step.Prefix + raw[index].Name;
            pending.Push((raw[index].Left, step.Prefix, step.Depth));
            pending.Push((raw[index].Right, step.Prefix, step.Depth));
            if (raw[index].Kind == 1 && step.Depth < MaxDepth)
            {
                pending.Push((raw[index].Child, paths[index] + "/", step.Depth + 1));
            }
            else if (raw[index] is { Kind: 2, Child: not 0 and <= MaxRegularSector })
            {
                // A stream has no children ([MS-CFB] 2.6.1); 0 is what careless writers leave there.
                Damaged = true;
            }
        }

        var entries = new List<CompoundEntry>(raw.Count);
        for (var i = 1; i < raw.Count; i++)
        {
            if (raw[i].Kind is 1 or 2)
            {
                entries.Add(
                    new CompoundEntry(
                        paths[i] ?? raw[i].Name,
                        raw[i].Name,
                        raw[i].Kind == 2,
                        raw[i].Size,
                        raw[i].Start,
                        paths[i] is null,
                        raw[i].ClassId
                    )
                );
            }
        }

        return [.. entries];
    }
}
