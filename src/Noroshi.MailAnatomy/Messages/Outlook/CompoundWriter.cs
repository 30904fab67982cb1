using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>
/// Makes a compound file (MS-CFB, version 4) of a storage of another one, so that what was embedded is a file of its own. The same storage
/// always gives the same bytes.
/// </summary>
internal sealed class CompoundWriter
{
    private const uint Free = 0xFFFFFFFF;
    private const uint End = 0xFFFFFFFE;
    private const int Sector = 4_096;
    private const int Mini = 64;
    private const int EntrySize = 128;

    private readonly List<Node> _nodes = [new Node("Root Entry", 5, [])];

    private sealed class Node(string name, byte kind, byte[] content)
    {
        public string Name { get; } = name;
        public byte Kind { get; } = kind;
        public byte[] Content { get; } = content;
        public List<int> Children { get; } = [];
        public uint Left { get; set; } = Free;
        public uint Right { get; set; } = Free;
        public uint Child { get; set; } = Free;
        public uint Start { get; set; } = End;
    }

    /// <summary>CLSID of the root.</summary>
    public Guid ClassId { get; init; }

    /// <summary>Bytes of all streams.</summary>
    public long Size { get; private set; }

    /// <summary>Adds a storage.</summary>
    /// <param name="parent">Number of the storage it stands in; 0 for the root.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Its number.</returns>
    public int Storage(int parent, string name) => Add(parent, new Node(name, 1, []));

    /// <summary>Adds a stream.</summary>
    public void Stream(int parent, string name, byte[] content)
    {
        Size += content.Length;
        Add(parent, new Node(name, 2, content));
    }

    private int Add(int parent, Node node)
    {
        _nodes.Add(node);
        _nodes[parent].Children.Add(_nodes.Count - 1);
        return _nodes.Count - 1;
    }

    /// <summary>The file.</summary>
    public byte[] Build()
    {
        foreach (var node in _nodes)
        {
            Link(node);
        }

        var miniCount = _nodes.Sum(node => IsMini(node) ? Count(node.Content.Length, Mini) : 0);
        var next = 0;
        foreach (var node in _nodes)
        {
            if (node.Kind == 2 && node.Content.Length > 0 && !IsMini(node))
            {
                node.Start = (uint)next;
                next += Count(node.Content.Length, Sector);
            }
        }

        var miniAt = next;
        var miniFatAt = miniAt + Count(miniCount * Mini, Sector);
        var directoryAt = miniFatAt + Count(miniCount * 4, Sector);
        var content = directoryAt + Count(_nodes.Count * EntrySize, Sector);
        var fatCount = 1;
        while (fatCount * (Sector / 4) < content + fatCount)
        {
            fatCount++;
        }

        var file = new byte[(1 + content + fatCount) * Sector];
        var fat = file.AsSpan((1 + content) * Sector);
        fat.Fill(0xFF);
        WriteStreams(file, fat, miniAt, miniFatAt);
        Chain(fat, miniAt, miniFatAt - miniAt);
        Chain(fat, miniFatAt, directoryAt - miniFatAt);
        Chain(fat, directoryAt, content - directoryAt);
        for (var i = 0; i < fatCount; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(fat[((content + i) * 4)..], 0xFFFFFFFD);
        }

        WriteDirectory(file.AsSpan((1 + directoryAt) * Sector, (content - directoryAt) * Sector), miniCount, miniAt);
        WriteHeader(file, fatCount, content, directoryAt, (miniFatAt, miniCount));
        return file;
    }

    private static int Count(long length, int unit) => (int)((length + unit - 1) / unit);

    private static bool IsMini(Node node) => node.Kind == 2 && node.Content.Length is > 0 and < Sector;

    /// <summary>Siblings in the order of the format: shorter names first, then by letters.</summary>
    private void Link(Node parent)
    {
        var children = parent.Children.ToArray();
        Array.Sort(
            children,
            (a, b) =>
                _nodes[a].Name.Length != _nodes[b].Name.Length ? _nodes[a].Name.Length - _nodes[b].Name.Length
                : string.Compare(_nodes[a].Name, _nodes[b].Name, StringComparison.OrdinalIgnoreCase) is var order and not 0 ? order
                : a - b
        );
        parent.Child = Balance(children);
    }

    /// <summary>As deep as the logarithm of their number.</summary>
    private uint Balance(ReadOnlySpan<int> children)
    {
        if (children.IsEmpty)
        {
            return Free;
        }

        var middle = children.Length / 2;
        _nodes[children[middle]].Left = Balance(children[..middle]);
        _nodes[children[middle]].Right = Balance(children[(middle + 1)..]);
        return (uint)children[middle];
    }

    private void WriteStreams(Span<byte> file, Span<byte> fat, int miniAt, int miniFatAt)
    {
        var mini = file[((1 + miniAt) * Sector)..((1 + miniFatAt) * Sector)];
        var miniFat = file[((1 + miniFatAt) * Sector)..];
        var nextMini = 0;
        foreach (var node in _nodes)
        {
            if (IsMini(node))
            {
                var count = Count(node.Content.Length, Mini);
                node.Start = (uint)nextMini;
                node.Content.CopyTo(mini[(nextMini * Mini)..]);
                Chain(miniFat, nextMini, count);
                nextMini += count;
            }
            else if (node.Kind == 2 && node.Content.Length > 0)
            {
                node.Content.CopyTo(file[((1 + (int)node.Start) * Sector)..]);
                Chain(fat, (int)node.Start, Count(node.Content.Length, Sector));
            }
        }

        var rest = miniFat[(nextMini * 4)..(Count(nextMini * 4L, Sector) * Sector)];
        rest.Fill(0xFF);
    }

    private static void Chain(Span<byte> table, int start, int count)
    {
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table[((start + i) * 4)..], i + 1 < count ? (uint)(start + i + 1) : End);
        }
    }

    private void WriteDirectory(Span<byte> directory, int miniCount, int miniAt)
    {
        for (var at = 0; at < directory.Length; at += EntrySize)
        {
            directory.Slice(at + 68, 12).Fill(0xFF);
        }

        for (var i = 0; i < _nodes.Count; i++)
        {
            var node = _nodes[i];
            var entry = directory.Slice(i * EntrySize, EntrySize);
            var name = node.Name.Length > 31 ? node.Name.AsSpan(0, 31) : node.Name;
            Encoding.Unicode.GetBytes(name, entry);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)((name.Length + 1) * 2));
            entry[66] = node.Kind;
            entry[67] = 1;
            BinaryPrimitives.WriteUInt32LittleEndian(entry[68..], node.Left);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[72..], node.Right);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[76..], node.Child);
            if (i == 0)
            {
                ClassId.TryWriteBytes(entry[80..]);
                node.Start = miniCount > 0 ? (uint)miniAt : End;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(entry[116..], node.Kind == 1 ? 0 : node.Start);
            BinaryPrimitives.WriteInt64LittleEndian(entry[120..], i == 0 ? miniCount * (long)Mini : node.Content.Length);
        }
    }

    private static void WriteHeader(Span<byte> file, int fatCount, int fatAt, int directoryAt, (int At, int Count) miniFat)
    {
        CompoundFile.Signature.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file[0x18..], 0x3E);
        BinaryPrimitives.WriteUInt16LittleEndian(file[0x1A..], 4);
        BinaryPrimitives.WriteUInt16LittleEndian(file[0x1C..], 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(file[0x1E..], 12);
        BinaryPrimitives.WriteUInt16LittleEndian(file[0x20..], 6);
        BinaryPrimitives.WriteUInt32LittleEndian(file[0x28..], (uint)(fatAt - directoryAt));
        BinaryPrimitives.WriteUInt32LittleEndian(file[0x2C..], (uint)fatCount);
        BinaryPrimitives.WriteUInt32LittleEndian(file[0x30..], (uint)directoryAt);
        BinaryPrimitives.WriteUInt32LittleEndian(file[0x38..], Sector);
        BinaryPrimitives.WriteUInt32LittleEndian(file[0x3C..], miniFat.Count > 0 ? (uint)miniFat.At : End);
        BinaryPrimitives.WriteUInt32LittleEndian(file[0x40..], (uint)Count(miniFat.Count * 4L, Sector));
        BinaryPrimitives.WriteUInt32LittleEndian(file[0x44..], End);
        for (var i = 0; i < 109; i++)
        {
            // 109 sectors of the table reach over 436 MiB; no worker holds a file as large.
            BinaryPrimitives.WriteUInt32LittleEndian(file[(0x4C + (4 * i))..], i < fatCount ? (uint)(fatAt + i) : Free);
        }
    }
}
