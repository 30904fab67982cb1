using System.Buffers.Binary;
using System.Text;

namespace Noroshi.Makers.DiskImages;

/// <summary>Writes ISO 9660 images with Joliet names beside the short ones.</summary>
public static class IsoMaker
{
    private const int Sector = 2048;

    private sealed class Node(string name)
    {
        public string Name { get; } = name;
        public byte[]? Content { get; init; }
        public List<Node> Children { get; } = [];
        public int DataSector { get; set; }
        public int[] DirectorySectors { get; } = new int[2];
        public int[] DirectorySizes { get; } = new int[2];
    }

    /// <summary>An image; folders come from the slashes of the names.</summary>
    public static byte[] Make(string label, bool joliet, params (string Path, byte[] Content)[] files)
    {
        ArgumentNullException.ThrowIfNull(label);
        ArgumentNullException.ThrowIfNull(files);
        var root = new Node("");
        foreach (var (path, content) in files)
        {
            Insert(root, path.Split('/'), content);
        }

        var nodes = All(root).ToList();
        var next = joliet ? 19 : 18;
        for (var tree = 0; tree < (joliet ? 2 : 1); tree++)
        {
            foreach (var folder in nodes.Where(node => node.Content is null))
            {
                folder.DirectorySizes[tree] = Round(DirectoryBytes(folder, tree, root).Length);
                folder.DirectorySectors[tree] = next;
                next += folder.DirectorySizes[tree] / Sector;
            }
        }

        foreach (var file in nodes.Where(node => node.Content is not null))
        {
            file.DataSector = next;
            next += Round(file.Content?.Length ?? 0) / Sector;
        }

        var image = new byte[next * Sector];
        for (var tree = 0; tree < (joliet ? 2 : 1); tree++)
        {
            WriteDescriptor(image.AsSpan((16 + tree) * Sector, Sector), tree, label, root, next);
            foreach (var folder in nodes.Where(node => node.Content is null))
            {
                DirectoryBytes(folder, tree, root).CopyTo(image, folder.DirectorySectors[tree] * Sector);
            }
        }

        var end = image.AsSpan((joliet ? 18 : 17) * Sector);
        end[0] = 255;
        "CD001"u8.CopyTo(end[1..]);
        end[6] = 1;
        foreach (var file in nodes)
        {
            file.Content?.CopyTo(image, file.DataSector * Sector);
        }

        return image;
    }

    private static void Insert(Node folder, string[] path, byte[] content)
    {
        foreach (var name in path[..^1])
        {
            var inner = folder.Children.Find(child => child.Name == name && child.Content is null);
            if (inner is null)
            {
                folder.Children.Add(inner = new Node(name));
            }

            folder = inner;
        }

        folder.Children.Add(new Node(path[^1]) { Content = content });
    }

    private static IEnumerable<Node> All(Node node) => node.Children.SelectMany(All).Prepend(node);

    private static int Round(int length) => (length + Sector - 1) / Sector * Sector;

    private static void WriteDescriptor(Span<byte> descriptor, int tree, string label, Node root, int sectors)
    {
        descriptor[0] = (byte)(tree + 1);
        "CD001"u8.CopyTo(descriptor[1..]);
        descriptor[6] = 1;
        descriptor.Slice(8, 64).Fill((byte)' ');
        if (tree == 0)
        {
            Encoding.ASCII.GetBytes(label).CopyTo(descriptor[40..]);
        }
        else
        {
            Encoding.BigEndianUnicode.GetBytes(label.PadRight(16)).CopyTo(descriptor[40..]);
        }

        Both(descriptor[80..], sectors);
        if (tree == 1)
        {
            "%/E"u8.CopyTo(descriptor[88..]);
        }

        descriptor[120] = 1;
        descriptor[123] = 1;
        descriptor[124] = 1;
        descriptor[127] = 1;
        descriptor[129] = Sector >> 8;
        descriptor[130] = Sector >> 8;
        Record(root, tree, [0]).CopyTo(descriptor[156..]);
        descriptor.Slice(190, 623).Fill((byte)' ');
        "NOROSHI ISO MAKER"u8.CopyTo(descriptor[574..]);
        descriptor[881] = 1;
    }

    private static byte[] DirectoryBytes(Node folder, int tree, Node root)
    {
        using var bytes = new MemoryStream();
        var records = folder.Children.Select((child, index) => Record(child, tree, Name(child, tree, index)));
        foreach (var record in records.Prepend(Record(root, tree, [1])).Prepend(Record(folder, tree, [0])))
        {
            if (Sector - (bytes.Length % Sector) < record.Length)
            {
                bytes.Write(new byte[Sector - (bytes.Length % Sector)]);
            }

            bytes.Write(record);
        }

        return bytes.ToArray();
    }

    private static byte[] Name(Node node, int tree, int index)
    {
        if (tree == 1)
        {
            return Encoding.BigEndianUnicode.GetBytes(node.Content is null ? node.Name : node.Name + ";1");
        }

        var dot = node.Name.LastIndexOf('.');
        var extension = dot > 0 && Ascii.IsValid(node.Name.AsSpan(dot + 1)) ? node.Name[(dot + 1)..].ToUpperInvariant() : "";
        return Encoding.ASCII.GetBytes(node.Content is null ? $"DIR{index}" : $"FILE{index}.{extension};1");
    }

    private static byte[] Record(Node node, int tree, byte[] name)
    {
        var record = new byte[33 + name.Length + (name.Length % 2 == 0 ? 1 : 0)];
        record[0] = (byte)record.Length;
        Both(record.AsSpan(2), node.Content is null ? node.DirectorySectors[tree] : node.DataSector);
        Both(record.AsSpan(10), node.Content?.Length ?? node.DirectorySizes[tree]);
        ((ReadOnlySpan<byte>)[113, 8, 5, 10, 20, 30, 36]).CopyTo(record.AsSpan(18)); // 2013-08-05 10:20:30 +09:00
        record[25] = (byte)(node.Content is null ? 2 : 0);
        record[28] = 1;
        record[31] = 1;
        record[32] = (byte)name.Length;
        name.CopyTo(record, 33);
        return record;
    }

    private static void Both(Span<byte> bytes, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], value);
    }
}
