using System.Buffers.Binary;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>
/// Makes a storage of a compound file into a compound file of its own (MS-CFB version 3), so that an embedded document can be looked into
/// like one that came by itself. The bytes depend on the content only: the same object in two files has the same hash.
/// </summary>
internal static class CompoundWriter
{
    private const uint Free = 0xFFFFFFFF;
    private const uint End = 0xFFFFFFFE;
    private const uint FatMark = 0xFFFFFFFD;
    private const uint DifatMark = 0xFFFFFFFC;
    private const int SectorSize = 512;
    private const int MiniSize = 64;
    private const int MiniCutoff = 4096;
    private const int MaxNodes = 4_096;

    private sealed record Node(CompoundEntry Entry)
    {
        public List<int> Children { get; } = [];

        public uint Left { get; set; } = Free;

        public uint Right { get; set; } = Free;

        public uint Child { get; set; } = Free;

        public uint Start { get; set; } = End;

        public int Size { get; set; }
    }

    /// <summary>The storage as a file; empty when it is larger than <paramref name="maxBytes"/>.</summary>
    public static byte[] Build(ref CompoundFile file, CompoundTree tree, CompoundEntry storage, int maxBytes)
    {
        var nodes = Collect(tree, storage);
        var total = 0L;
        foreach (var node in nodes)
        {
            total += node.Entry.IsStream ? node.Entry.Size : 0;
        }

        if (total > maxBytes)
        {
            return [];
        }

        var sectors = new MemoryStream();
        var fat = new List<uint>();
        var mini = new MemoryStream();
        var miniFat = new List<uint>();
        foreach (var node in nodes)
        {
            var content = node.Entry.IsStream ? file.Read(node.Entry, maxBytes) : [];
            node.Size = content.Length;
            if (content.Length > 0)
            {
                node.Start = content.Length < MiniCutoff ? Add(mini, miniFat, content, MiniSize) : Add(sectors, fat, content, SectorSize);
            }
        }

        if (mini.Length > 0)
        {
            nodes[0].Start = Add(sectors, fat, mini.ToArray(), SectorSize);
            nodes[0].Size = (int)mini.Length;
        }

        var miniFatAt = miniFat.Count > 0 ? Add(sectors, fat, Words(miniFat, SectorSize), SectorSize) : End;
        Link(nodes);
        var directoryAt = Add(sectors, fat, Directory(nodes), SectorSize);
        return Assemble(sectors.ToArray(), fat, directoryAt, miniFatAt, ((miniFat.Count * 4) + SectorSize - 1) / SectorSize);
    }

    private static List<Node> Collect(CompoundTree tree, CompoundEntry storage)
    {
        var nodes = new List<Node> { new(storage) };
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Entry.IsStream)
            {
                continue;
            }

            foreach (var child in tree.In(nodes[i].Entry.Path))
            {
                if (nodes.Count >= MaxNodes)
                {
                    return nodes;
                }

                nodes[i].Children.Add(nodes.Count);
                nodes.Add(new Node(child));
            }
        }

        return nodes;
    }

    private static uint Add(MemoryStream target, List<uint> table, byte[] content, int unit)
    {
        var start = (uint)table.Count;
        var count = (content.Length + unit - 1) / unit;
        for (var i = 0; i < count; i++)
        {
            table.Add(i + 1 < count ? start + (uint)i + 1 : End);
        }

        target.Write(content);
        target.Write(new byte[(count * unit) - content.Length]);
        return start;
    }

    /// <summary>MS-CFB 2.6.4: siblings are ordered by the length of their names, then by upper-case letters.</summary>
    private static void Link(List<Node> nodes)
    {
        foreach (var node in nodes)
        {
            var children = node
                .Children.OrderBy(child => nodes[child].Entry.Name.Length)
                .ThenBy(child => nodes[child].Entry.Name.ToUpperInvariant(), StringComparer.Ordinal)
                .ToArray();
            node.Child = Balance(nodes, children);
        }
    }

    private static uint Balance(List<Node> nodes, ReadOnlySpan<int> children)
    {
        // Halves each time, so twelve levels are the deepest.
        if (children.IsEmpty)
        {
            return Free;
        }

        var middle = children.Length / 2;
        nodes[children[middle]].Left = Balance(nodes, children[..middle]);
        nodes[children[middle]].Right = Balance(nodes, children[(middle + 1)..]);
        return (uint)children[middle];
    }

    private static byte[] Directory(List<Node> nodes)
    {
        var bytes = new byte[(nodes.Count + 3) / 4 * SectorSize];
        for (var at = 0; at < bytes.Length; at += 128)
        {
            bytes.AsSpan(at + 68, 12).Fill(0xFF);
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            var node = nodes[i];
            var entry = bytes.AsSpan(i * 128, 128);
            var name = i == 0 ? "Root Entry" : node.Entry.Name;
            Encoding.Unicode.GetBytes(name.AsSpan(0, Math.Min(31, name.Length)), entry);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)((Math.Min(31, name.Length) + 1) * 2));
            entry[66] = (byte)(
                i == 0 ? 5
                : node.Entry.IsStream ? 2
                : 1
            );
            entry[67] = 1;
            BinaryPrimitives.WriteUInt32LittleEndian(entry[68..], node.Left);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[72..], node.Right);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[76..], node.Child);
            node.Entry.ClassId.TryWriteBytes(entry[80..]);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[108..], node.Entry.ModifiedAt);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[116..], node.Entry.IsStream || i == 0 ? node.Start : 0);
            BinaryPrimitives.WriteInt64LittleEndian(entry[120..], node.Size);
        }

        return bytes;
    }

    private static byte[] Words(List<uint> words, int unit)
    {
        var bytes = new byte[((words.Count * 4) + unit - 1) / unit * unit];
        bytes.AsSpan().Fill(0xFF);
        for (var i = 0; i < words.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), words[i]);
        }

        return bytes;
    }

    private static byte[] Assemble(byte[] sectors, List<uint> fat, uint directory, uint miniFat, int miniFatCount)
    {
        const int PerSector = SectorSize / 4;
        var content = fat.Count;
        var (fatCount, difatCount) = (0, 0);
        while (true)
        {
            var needed = (content + fatCount + difatCount + PerSector - 1) / PerSector;
            var chained = needed > 109 ? (needed - 109 + PerSector - 2) / (PerSector - 1) : 0;
            if (needed == fatCount && chained == difatCount)
            {
                break;
            }

            (fatCount, difatCount) = (needed, chained);
        }

        fat.AddRange(Enumerable.Repeat(FatMark, fatCount));
        fat.AddRange(Enumerable.Repeat(DifatMark, difatCount));
        var difat = new List<uint>();
        for (var i = 0; i < difatCount; i++)
        {
            for (var slot = 0; slot < PerSector - 1; slot++)
            {
                var index = 109 + (i * (PerSector - 1)) + slot;
                difat.Add(index < fatCount ? (uint)(content + index) : Free);
            }

            difat.Add(i + 1 < difatCount ? (uint)(content + fatCount + i + 1) : End);
        }

        var header = Header(directory, miniFat, miniFatCount, content, fatCount, difatCount);
        return [.. header, .. sectors, .. Words(fat, SectorSize), .. Words(difat, SectorSize)];
    }

    private static byte[] Header(uint directory, uint miniFat, int miniFatCount, int content, int fatCount, int difatCount)
    {
        var header = new byte[SectorSize];
        CompoundFile.Signature.CopyTo(header);
        void Short(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at), (ushort)value);
        void Word(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at), value);
        Short(0x18, 0x3E);
        Short(0x1A, 3);
        Short(0x1C, 0xFFFE);
        Short(0x1E, 9);
        Short(0x20, 6);
        Word(0x2C, (uint)fatCount);
        Word(0x30, directory);
        Word(0x38, MiniCutoff);
        Word(0x3C, miniFat);
        Word(0x40, (uint)miniFatCount);
        Word(0x44, difatCount > 0 ? (uint)(content + fatCount) : End);
        Word(0x48, (uint)difatCount);
        for (var i = 0; i < 109; i++)
        {
            Word(0x4C + (4 * i), i < fatCount ? (uint)(content + i) : Free);
        }

        return header;
    }
}
