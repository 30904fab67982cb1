using System.Buffers.Binary;
using System.Text;

namespace Noroshi.Makers.FileTypes;

/// <summary>Writes compound files (MS-CFB) of version 3 or 4 from paths and bytes.</summary>
public sealed class CompoundMaker(int version = 3)
{
    private const uint Free = 0xFFFFFFFF;
    private const uint End = 0xFFFFFFFE;
    private const int MiniCutoff = 4096;
    private const int MiniSize = 64;

    private readonly List<Node> nodes = [new("Root Entry", 5, [])];
    private readonly Dictionary<(int Parent, string Name), int> storages = [];

    private int SectorSize => version == 4 ? 4096 : 512;

    private sealed record Node(string Name, byte Kind, byte[] Content)
    {
        public List<int> Children { get; } = [];

        public uint Left { get; set; } = Free;

        public uint Right { get; set; } = Free;

        public uint Child { get; set; } = Free;

        public uint Start { get; set; } = End;

        public long Size { get; set; }
    }

    /// <summary>CLSID of the root.</summary>
    public Guid ClassId { get; set; }

    /// <summary>Adds a stream; storages on the way are made. <c>/</c> separates names.</summary>
    public CompoundMaker Stream(string path, byte[] content)
    {
        var parts = path.Split('/');
        var parent = 0;
        foreach (var part in parts[..^1])
        {
            parent = ChildOf(parent, part) ?? Add(parent, new Node(part, 1, []));
        }

        Add(parent, new Node(parts[^1], 2, content) { Size = content.Length });
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] Build()
    {
        var sectors = new List<byte[]>();
        var fat = new List<uint>();
        var mini = new List<byte>();
        var miniFat = new List<uint>();
        foreach (var node in nodes.Where(node => node.Kind == 2 && node.Content.Length > 0))
        {
            node.Start = node.Content.Length < MiniCutoff ? AddMini(mini, miniFat, node.Content) : AddChain(sectors, fat, node.Content);
        }

        if (mini.Count > 0)
        {
            nodes[0].Start = AddChain(sectors, fat, [.. mini]);
            nodes[0].Size = mini.Count;
        }

        var miniFatStart = miniFat.Count > 0 ? AddChain(sectors, fat, Words(miniFat)) : End;
        Link(0);
        var directoryStart = AddChain(sectors, fat, Directory());
        var miniFatSectors = miniFat.Count > 0 ? ((miniFat.Count * 4) + SectorSize - 1) / SectorSize : 0;
        var (fatAt, difatAt, difatCount) = AddFat(sectors, fat);
        return Assemble(sectors, fatAt, difatAt, difatCount, directoryStart, miniFatStart, miniFatSectors);
    }

    private int? ChildOf(int parent, string name) => storages.TryGetValue((parent, name), out var child) ? child : null;

    private int Add(int parent, Node node)
    {
        nodes.Add(node);
        nodes[parent].Children.Add(nodes.Count - 1);
        storages.TryAdd((parent, node.Name), nodes.Count - 1);
        return nodes.Count - 1;
    }

    /// <summary>Siblings in the order of the format: shorter names first, then by letters.</summary>
    private void Link(int parent)
    {
        var children = nodes[parent]
            .Children.OrderBy(child => nodes[child].Name.Length)
            .ThenBy(child => nodes[child].Name.ToUpperInvariant(), StringComparer.Ordinal)
            .ToArray();
        nodes[parent].Child = Balance(children);
        foreach (var child in children.Where(child => nodes[child].Kind == 1))
        {
            Link(child);
        }
    }

    private uint Balance(ReadOnlySpan<int> children)
    {
        if (children.IsEmpty)
        {
            return Free;
        }

        var middle = children.Length / 2;
        nodes[children[middle]].Left = Balance(children[..middle]);
        nodes[children[middle]].Right = Balance(children[(middle + 1)..]);
        return (uint)children[middle];
    }

    private static uint AddMini(List<byte> mini, List<uint> miniFat, byte[] content)
    {
        var start = (uint)miniFat.Count;
        var count = (content.Length + MiniSize - 1) / MiniSize;
        for (var i = 0; i < count; i++)
        {
            miniFat.Add(i + 1 < count ? start + (uint)i + 1 : End);
        }

        mini.AddRange(content);
        mini.AddRange(new byte[(count * MiniSize) - content.Length]);
        return start;
    }

    private uint AddChain(List<byte[]> sectors, List<uint> fat, byte[] content)
    {
        var start = (uint)sectors.Count;
        var count = Math.Max(1, (content.Length + SectorSize - 1) / SectorSize);
        for (var i = 0; i < count; i++)
        {
            var sector = new byte[SectorSize];
            content.AsSpan(i * SectorSize, Math.Min(SectorSize, content.Length - (i * SectorSize))).CopyTo(sector);
            sectors.Add(sector);
            fat.Add(i + 1 < count ? start + (uint)i + 1 : End);
        }

        return start;
    }

    private byte[] Directory()
    {
        var perSector = SectorSize / 128;
        var bytes = new byte[(nodes.Count + perSector - 1) / perSector * SectorSize];
        for (var at = 0; at < bytes.Length; at += 128)
        {
            bytes.AsSpan(at + 68, 12).Fill(0xFF);
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            var node = nodes[i];
            var entry = bytes.AsSpan(i * 128, 128);
            Encoding.Unicode.GetBytes(node.Name, entry);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)((node.Name.Length + 1) * 2));
            entry[66] = node.Kind;
            entry[67] = 1;
            BinaryPrimitives.WriteUInt32LittleEndian(entry[68..], node.Left);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[72..], node.Right);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[76..], node.Child);
            if (i == 0)
            {
                ClassId.TryWriteBytes(entry[80..]);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(entry[116..], node.Kind == 1 ? 0 : node.Start);
            BinaryPrimitives.WriteInt64LittleEndian(entry[120..], node.Size);
        }

        return bytes;
    }

    private (List<uint> FatAt, uint DifatAt, int DifatCount) AddFat(List<byte[]> sectors, List<uint> fat)
    {
        var perSector = SectorSize / 4;
        var content = sectors.Count;
        var (fatCount, difatCount) = (0, 0);
        while (true)
        {
            var needed = (content + fatCount + difatCount + perSector - 1) / perSector;
            var chained = needed > 109 ? (needed - 109 + perSector - 2) / (perSector - 1) : 0;
            if (needed == fatCount && chained == difatCount)
            {
                break;
            }

            (fatCount, difatCount) = (needed, chained);
        }

        var fatAt = Enumerable.Range(content, fatCount).Select(sector => (uint)sector).ToList();
        var difatAt = content + fatCount;
        fat.AddRange(Enumerable.Repeat(0xFFFFFFFD, fatCount));
        fat.AddRange(Enumerable.Repeat(0xFFFFFFFC, difatCount));
        fat.AddRange(Enumerable.Repeat(Free, (fatCount * perSector) - fat.Count));
        var table = Words(fat);
        for (var i = 0; i < fatCount; i++)
        {
            sectors.Add(table.AsSpan(i * SectorSize, SectorSize).ToArray());
        }

        for (var i = 0; i < difatCount; i++)
        {
            var words = fatAt.Skip(109 + (i * (perSector - 1))).Take(perSector - 1).ToList();
            words.AddRange(Enumerable.Repeat(Free, perSector - 1 - words.Count));
            words.Add(i + 1 < difatCount ? (uint)(difatAt + i + 1) : End);
            sectors.Add(Words(words));
        }

        return (fatAt, difatCount > 0 ? (uint)difatAt : End, difatCount);
    }

    private static byte[] Words(List<uint> words)
    {
        var bytes = new byte[words.Count * 4];
        for (var i = 0; i < words.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), words[i]);
        }

        return bytes;
    }

    private byte[] Assemble(
        List<byte[]> sectors,
        List<uint> fatAt,
        uint difatAt,
        int difatCount,
        uint directory,
        uint miniFat,
        int miniFatCount
    )
    {
        var header = new byte[SectorSize];
        ReadOnlySpan<byte> signature = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        signature.CopyTo(header);
        void Short(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at), (ushort)value);
        void Word(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at), value);
        Short(0x18, 0x3E);
        Short(0x1A, version);
        Short(0x1C, 0xFFFE);
        Short(0x1E, version == 4 ? 12 : 9);
        Short(0x20, 6);
        Word(0x28, version == 4 ? (uint)(((nodes.Count * 128) + SectorSize - 1) / SectorSize) : 0);
        Word(0x2C, (uint)fatAt.Count);
        Word(0x30, directory);
        Word(0x38, MiniCutoff);
        Word(0x3C, miniFat);
        Word(0x40, (uint)miniFatCount);
        Word(0x44, difatAt);
        Word(0x48, (uint)difatCount);
        for (var i = 0; i < 109; i++)
        {
            Word(0x4C + (4 * i), i < fatAt.Count ? fatAt[i] : Free);
        }

        return [.. header, .. sectors.SelectMany(sector => sector)];
    }
}
