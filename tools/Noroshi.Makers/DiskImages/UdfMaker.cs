using System.Buffers.Binary;
using System.Text;

namespace Noroshi.Makers.DiskImages;

/// <summary>How the content of files is addressed.</summary>
public enum UdfAddressing
{
    /// <summary>Short allocation descriptors.</summary>
    Short = 0,

    /// <summary>Long allocation descriptors.</summary>
    Long = 1,

    /// <summary>Content within the file entry where it fits, else short.</summary>
    Embedded = 3,
}

/// <summary>Writes UDF images: revision 1.02 with plain file entries, or 2.50 with extended ones and a metadata partition.</summary>
public static class UdfMaker
{
    private const int Sector = 2048;
    private const int PartitionStart = 300;
    private const int MetadataStart = 2;
    private const int MetadataBlocks = 200;

    private sealed class Image(bool metadata, UdfAddressing addressing)
    {
        public byte[] Bytes { get; } = new byte[4 << 20];
        public bool Metadata => metadata;
        public UdfAddressing Addressing => addressing;
        public int NextStructure { get; set; }
        public int NextData { get; set; } = MetadataStart + MetadataBlocks;

        /// <summary>Structures live in the metadata partition when there is one.</summary>
        public int StructureOffset => (PartitionStart + (metadata ? MetadataStart : 0)) * Sector;

        public Span<byte> Structure(int block) => Bytes.AsSpan(StructureOffset + (block * Sector), Sector);
    }

    /// <summary>An image of 4 MiB; folders come from the slashes of the names.</summary>
    public static byte[] Make(string label, bool metadata, UdfAddressing addressing, params (string Path, byte[] Content)[] files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var image = new Image(metadata, addressing);
        var bytes = image.Bytes;
        foreach (var (mark, sector) in new[] { ("BEA01", 16), (metadata ? "NSR03" : "NSR02", 17), ("TEA01", 18) })
        {
            Encoding.ASCII.GetBytes(mark).CopyTo(bytes, (sector * Sector) + 1);
            bytes[(sector * Sector) + 6] = 1;
        }

        WriteVolume(image, label);
        var set = image.NextStructure++;
        var root = WriteFolder(image, "", [.. files]);
        var fileSet = image.Structure(set);
        LongAddress(fileSet[400..], root, Sector, metadata ? 1 : 0);
        Tag(fileSet, 256, set);
        return bytes;
    }

    private static void WriteVolume(Image image, string label)
    {
        var bytes = image.Bytes;
        var anchor = bytes.AsSpan(256 * Sector, Sector);
        foreach (var at in (int[])[16, 24])
        {
            BinaryPrimitives.WriteInt32LittleEndian(anchor[at..], 16 * Sector);
            BinaryPrimitives.WriteInt32LittleEndian(anchor[(at + 4)..], 32);
        }

        Tag(anchor, 2, 256);
        var primary = bytes.AsSpan(32 * Sector, Sector);
        "*Noroshi Makers"u8.CopyTo(primary[389..]);
        Tag(primary, 1, 32);
        var partition = bytes.AsSpan(33 * Sector, Sector);
        BinaryPrimitives.WriteInt32LittleEndian(partition[188..], PartitionStart);
        BinaryPrimitives.WriteInt32LittleEndian(partition[192..], (bytes.Length / Sector) - PartitionStart);
        Tag(partition, 5, 33);
        var volume = bytes.AsSpan(34 * Sector, Sector);
        var name = Text(label);
        name.CopyTo(volume[84..]);
        volume[84 + 127] = (byte)name.Length;
        BinaryPrimitives.WriteInt32LittleEndian(volume[212..], Sector);
        "*OSTA UDF Compliant"u8.CopyTo(volume[217..]);
        BinaryPrimitives.WriteUInt16LittleEndian(volume[240..], (ushort)(image.Metadata ? 0x0250 : 0x0102));
        LongAddress(volume[248..], 0, Sector, image.Metadata ? 1 : 0);
        volume[264] = (byte)(image.Metadata ? 70 : 6);
        volume[268] = (byte)(image.Metadata ? 2 : 1);
        volume[440] = 1;
        volume[441] = 6;
        if (image.Metadata)
        {
            volume[446] = 2;
            volume[447] = 64;
            "*UDF Metadata Partition"u8.CopyTo(volume[451..]);
            BinaryPrimitives.WriteInt32LittleEndian(volume[490..], 1);
            WriteEntry(image, bytes.AsSpan((PartitionStart + 0) * Sector, Sector), 0, 251, [], MetadataBlocks * Sector, MetadataStart);
        }

        Tag(volume, 6, 34);
        Tag(bytes.AsSpan(35 * Sector, Sector), 8, 35);
    }

    private static int WriteFolder(Image image, string prefix, List<(string Path, byte[] Content)> files)
    {
        var entry = image.NextStructure++;
        using var names = new MemoryStream();
        names.Write(Identifier(image, "", 10, entry));
        foreach (var group in files.GroupBy(file => file.Path.Split('/')[0], StringComparer.Ordinal))
        {
            var inner = group
                .Where(file => file.Path.Contains('/', StringComparison.Ordinal))
                .Select(file => (file.Path[(group.Key.Length + 1)..], file.Content))
                .ToList();
            if (inner.Count > 0)
            {
                names.Write(Identifier(image, group.Key, 2, WriteFolder(image, prefix + group.Key + "/", inner)));
            }

            foreach (var (_, content) in group.Where(file => file.Path == group.Key))
            {
                var block = image.NextStructure++;
                WriteFile(image, block, content);
                names.Write(Identifier(image, group.Key, 0, block));
            }
        }

        var list = names.ToArray();
        var start = image.NextStructure;
        image.NextStructure += (list.Length + Sector - 1) / Sector;
        list.CopyTo(image.Bytes.AsSpan(image.StructureOffset + (start * Sector)));
        WriteEntry(image, image.Structure(entry), entry, 4, [], list.Length, start);
        return entry;
    }

    private static void WriteFile(Image image, int block, byte[] content)
    {
        if (image.Addressing == UdfAddressing.Embedded && content.Length < 1500)
        {
            WriteEntry(image, image.Structure(block), block, 5, content, content.Length, -1);
            return;
        }

        var start = image.NextData;
        image.NextData += (content.Length + Sector - 1) / Sector;
        content.CopyTo(image.Bytes.AsSpan((PartitionStart + start) * Sector));
        WriteEntry(image, image.Structure(block), block, 5, [], content.Length, start);
    }

    // Files lie in the plain partition even when their entries lie in the metadata one; then only long addresses can say so.
    private static void WriteEntry(Image image, Span<byte> entry, int block, int fileType, byte[] content, int size, int start)
    {
        var extended = image.Metadata;
        var kind =
            content.Length > 0 || start < 0 ? 3
            : fileType == 5 && (image.Metadata || image.Addressing == UdfAddressing.Long) ? 1
            : 0;
        entry[27] = (byte)fileType;
        entry[34] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(entry[56..], size);
        var time = entry[(extended ? 92 : 84)..];
        BinaryPrimitives.WriteInt16LittleEndian(time, (1 << 12) | 540);
        BinaryPrimitives.WriteInt16LittleEndian(time[2..], 2013);
        ((ReadOnlySpan<byte>)[8, 5, 10, 20, 30]).CopyTo(time[4..]);
        var lengths = extended ? 212 : 172;
        var body = entry[(extended ? 216 : 176)..];
        if (kind == 3)
        {
            content.CopyTo(body);
            BinaryPrimitives.WriteInt32LittleEndian(entry[lengths..], content.Length);
        }
        else if (kind == 1)
        {
            LongAddress(body, start, size, 0);
            BinaryPrimitives.WriteInt32LittleEndian(entry[lengths..], 16);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(body, size);
            BinaryPrimitives.WriteInt32LittleEndian(body[4..], start);
            BinaryPrimitives.WriteInt32LittleEndian(entry[lengths..], 8);
        }

        Tag(entry, extended ? 266 : 261, block);
    }

    private static byte[] Identifier(Image image, string name, int flags, int block)
    {
        var text = name.Length == 0 ? [] : Text(name);
        var identifier = new byte[(38 + text.Length + 3) & ~3];
        identifier[16] = 1;
        identifier[18] = (byte)flags;
        identifier[19] = (byte)text.Length;
        LongAddress(identifier.AsSpan(20), block, Sector, image.Metadata ? 1 : 0);
        text.CopyTo(identifier, 38);
        Tag(identifier, 257, 0);
        return identifier;
    }

    private static byte[] Text(string text) =>
        text.All(character => character < 256) ? [8, .. Encoding.Latin1.GetBytes(text)] : [16, .. Encoding.BigEndianUnicode.GetBytes(text)];

    private static void LongAddress(Span<byte> bytes, int block, int length, int partition)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], block);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[8..], (short)partition);
    }

    private static void Tag(Span<byte> bytes, int id, int location)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)id);
        bytes[2] = 2;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], location);
        byte sum = 0;
        for (var i = 0; i < 16; i++)
        {
            sum += i == 4 ? (byte)0 : bytes[i];
        }

        bytes[4] = sum;
    }
}
