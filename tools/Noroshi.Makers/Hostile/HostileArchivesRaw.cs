using System.Text;

namespace Noroshi.Makers.Hostile;

/// <summary>An entry of a ZIP archive, each field of which may lie.</summary>
internal sealed record RawZipEntry(byte[] Name, byte[] Content)
{
    public RawZipEntry(string name, string content = "content")
        : this(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(content)) { }

    /// <summary>Name in the local header when it is another one.</summary>
    public byte[]? LocalName { get; init; }

    /// <summary>Packed data; the content itself when stored.</summary>
    public byte[]? Data { get; init; }

    public int Method { get; init; }

    public int Flags { get; init; }

    public int MadeBy { get; init; } = 20;

    public long Attributes { get; init; }

    public uint? Crc { get; init; }

    public long? Packed { get; init; }

    public long? Size { get; init; }

    /// <summary>Sizes of the local header when they are others.</summary>
    public long? LocalSize { get; init; }

    public byte[] Extra { get; init; } = [];

    public byte[] Bytes => Data ?? Content;

    /// <summary>The same, deflated.</summary>
    public RawZipEntry Deflated() =>
        this with
        {
            Method = 8,
            Data = HostileArchivesBytes.Deflate(Content),
            Size = Content.Length,
            Crc = HostileArchivesBytes.Crc32(Content),
        };
}

/// <summary>Writes ZIP archives field by field.</summary>
internal static class RawZip
{
    /// <summary>An archive.</summary>
    public static byte[] Make(params IReadOnlyList<RawZipEntry> entries) => Make(entries, "");

    /// <summary>An archive with a comment.</summary>
    public static byte[] Make(IReadOnlyList<RawZipEntry> entries, string comment)
    {
        var body = new ByteText();
        var directory = new ByteText();
        long at = 0;
        foreach (var entry in entries)
        {
            var local = Local(entry);
            directory.Add(Central(entry, at));
            body.Add(local).Add(entry.Bytes);
            at += local.Length + entry.Bytes.Length;
        }

        var central = directory.Done();
        return body.Add(central).Add(End(entries.Count, central.Length, at, comment)).Done();
    }

    public static byte[] Local(RawZipEntry entry)
    {
        var name = entry.LocalName ?? entry.Name;
        return new ByteText()
            .Add("PK\x03\x04")
            .U16(20)
            .U16(entry.Flags)
            .U16(entry.Method)
            .U32(HostileArchivesBytes.DosTime)
            .U32(entry.Crc ?? HostileArchivesBytes.Crc32(entry.Content))
            .U32(entry.LocalSize ?? entry.Packed ?? entry.Bytes.Length)
            .U32(entry.LocalSize ?? entry.Size ?? entry.Content.Length)
            .U16(name.Length)
            .U16(entry.Extra.Length)
            .Add(name)
            .Add(entry.Extra)
            .Done();
    }

    public static byte[] Central(RawZipEntry entry, long at) =>
        new ByteText()
            .Add("PK\x01\x02")
            .U16(entry.MadeBy)
            .U16(20)
            .U16(entry.Flags)
            .U16(entry.Method)
            .U32(HostileArchivesBytes.DosTime)
            .U32(entry.Crc ?? HostileArchivesBytes.Crc32(entry.Content))
            .U32(entry.Packed ?? entry.Bytes.Length)
            .U32(entry.Size ?? entry.Content.Length)
            .U16(entry.Name.Length)
            .U16(entry.Extra.Length)
            .U16(0)
            .U16(0)
            .U16(0)
            .U32(entry.Attributes)
            .U32(at)
            .Add(entry.Name)
            .Add(entry.Extra)
            .Done();

    public static byte[] End(long entries, long size, long at, string comment = "") =>
        new ByteText().Add("PK\x05\x06").U16(0).U16(0).U16(entries).U16(entries).U32(size).U32(at).U16(comment.Length).Add(comment).Done();
}

/// <summary>Writes RAR 4 and RAR 5 blocks with any header.</summary>
internal static class RawRar
{
    public static readonly byte[] Mark4 = [.. "Rar!\x1A\x07\0"u8];
    public static readonly byte[] Mark5 = [.. "Rar!\x1A\x07\x01\0"u8];

    /// <summary>A stored archive of RAR 4.</summary>
    public static byte[] Make4(int mainFlags, params IReadOnlyList<byte[]> blocks) =>
        [.. Mark4, .. Block4(0x73, mainFlags, new byte[6]), .. blocks.SelectMany(block => block), .. Block4(0x7B, 0x4000, [])];

    /// <summary>A block with the right checksum.</summary>
    public static byte[] Block4(int type, int flags, byte[] rest, int? size = null)
    {
        var header = new ByteText().B((byte)type).U16(flags).U16(size ?? (7 + rest.Length)).Add(rest).Done();
        return new ByteText().U16(HostileArchivesBytes.Crc32(header) & 0xFFFF).Add(header).Done();
    }

    /// <summary>A stored file.</summary>
    public static byte[] File4(
        byte[] name,
        byte[] content,
        int flags = 0,
        byte host = 2,
        long attributes = 0x20,
        long? packed = null,
        long? size = null,
        uint? crc = null
    ) =>
        [
            .. Block4(
                0x74,
                0x8000 | flags,
                new ByteText()
                    .U32(packed ?? content.Length)
                    .U32(size ?? content.Length)
                    .B(host)
                    .U32(crc ?? HostileArchivesBytes.Crc32(content))
                    .U32(HostileArchivesBytes.DosTime)
                    .B(20, 0x30)
                    .U16(name.Length)
                    .U32(attributes)
                    .Add(name)
                    .Done()
            ),
            .. content,
        ];

    /// <summary>A stored archive of RAR 5.</summary>
    public static byte[] Make5(ulong mainFlags, params IReadOnlyList<byte[]> blocks) =>
        [.. Mark5, .. Block5([1, 0, (byte)mainFlags]), .. blocks.SelectMany(block => block), .. Block5([5, 0, 0])];

    /// <summary>A header with the right checksum and size.</summary>
    public static byte[] Block5(byte[] header, ulong? size = null)
    {
        var sized = new ByteText().Vint(size ?? (ulong)header.Length).Add(header).Done();
        return new ByteText().U32(HostileArchivesBytes.Crc32(sized)).Add(sized).Done();
    }

    /// <summary>A stored file, with an extra area when one is given.</summary>
    public static byte[] File5(
        byte[] name,
        byte[] content,
        byte[]? extra = null,
        ulong flags = 0,
        ulong? packed = null,
        ulong? size = null,
        ulong? nameLength = null,
        ulong method = 0
    )
    {
        var header = new ByteText().B(2).Vint(2 | (extra is null ? 0ul : 1ul) | flags);
        if (extra is not null)
        {
            header.Vint((ulong)extra.Length);
        }

        header
            .Vint(packed ?? (ulong)content.Length)
            .B(4)
            .Vint(size ?? (ulong)content.Length)
            .B(0x20)
            .U32(HostileArchivesBytes.Crc32(content))
            .Vint(method)
            .B(0)
            .Vint(nameLength ?? (ulong)name.Length)
            .Add(name)
            .Add(extra ?? []);
        return [.. Block5(header.Done()), .. content];
    }
}

/// <summary>Writes 7z archives from a header.</summary>
internal static class RawSevenZip
{
    /// <summary>Coder of method "copy".</summary>
    public static readonly byte[] Copy = [1, 1, 0];

    /// <summary>Signature header, packed data, header.</summary>
    public static byte[] Make(byte[] packed, byte[] header, ulong? headerAt = null, ulong? headerSize = null)
    {
        var start = new ByteText()
            .U64(headerAt ?? (ulong)packed.Length)
            .U64(headerSize ?? (ulong)header.Length)
            .U32(HostileArchivesBytes.Crc32(header))
            .Done();
        return new ByteText()
            .B((byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, 0, 4)
            .U32(HostileArchivesBytes.Crc32(start))
            .Add(start)
            .Add(packed)
            .Add(header)
            .Done();
    }

    /// <summary>An archive of one file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="packed">Packed data.</param>
    /// <param name="coder">Number of coders and the coders.</param>
    /// <param name="size">Unpacked size.</param>
    /// <param name="crc">CRC-32 of the content.</param>
    /// <param name="attributes">Windows attributes, Unix mode in the high half.</param>
    public static byte[] One(string name, byte[] packed, byte[] coder, ulong size, uint? crc, uint attributes = 0x20)
    {
        var streams = Streams((ulong)packed.Length, coder, [size], crc);
        return Make(packed, new ByteText().B(1, 4).Add(streams).Add(Files([name], attributes)).B(0).Done());
    }

    /// <summary>The property that describes one folder of one packed stream.</summary>
    public static byte[] Streams(ulong packed, byte[] coder, ulong[] sizes, uint? crc, ulong at = 0)
    {
        var text = new ByteText().B(6).Number(at).Number(1).B(9).Number(packed).B(0, 7, 11).Number(1).B(0).Add(coder).B(12);
        foreach (var size in sizes)
        {
            text.Number(size);
        }

        return (crc is { } sum ? text.B(10, 1).U32(sum) : text).B(0, 0).Done();
    }

    /// <summary>The property that names the files.</summary>
    public static byte[] Files(string[] names, uint attributes = 0x20)
    {
        var text = Encoding.Unicode.GetBytes(string.Join('\0', names) + "\0");
        var files = new ByteText().B(5).Number((ulong)names.Length).B(17).Number((ulong)text.Length + 1).B(0).Add(text);
        files.B(21).Number((ulong)((names.Length * 4) + 2)).B(1, 0);
        foreach (var _ in names)
        {
            files.U32(attributes);
        }

        return files.B(0).Done();
    }
}

/// <summary>Writes TAR archives block by block.</summary>
internal static class RawTar
{
    /// <summary>An archive with its end mark.</summary>
    public static byte[] Make(params IReadOnlyList<byte[]> entries) => [.. entries.SelectMany(entry => entry), .. new byte[1024]];

    /// <summary>A header and its data.</summary>
    public static byte[] Entry(byte[] name, byte[] content, char type = '0', string link = "", byte[]? size = null, byte[]? rest = null)
    {
        var header = new byte[512];
        name.AsSpan(0, Math.Min(100, name.Length)).CopyTo(header);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        "0000000\0"u8.CopyTo(header.AsSpan(108));
        "0000000\0"u8.CopyTo(header.AsSpan(116));
        (size ?? Octal(content.Length)).CopyTo(header, 124);
        "12177676116\0"u8.CopyTo(header.AsSpan(136));
        header[156] = (byte)type;
        Encoding.UTF8.GetBytes(link).AsSpan().CopyTo(header.AsSpan(157, 100));
        (rest ?? [.. "ustar\0"u8, .. "00"u8]).CopyTo(header, 257);
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return [.. header, .. content, .. new byte[(512 - (content.Length % 512)) % 512]];
    }

    /// <summary>A pax header with one record.</summary>
    public static byte[] Pax(params IReadOnlyList<(string Key, string Value)> records)
    {
        var text = string.Concat(
            records.Select(record =>
            {
                var rest = $" {record.Key}={record.Value}\n";
                var length = rest.Length + 1;
                while (length.ToString(System.Globalization.CultureInfo.InvariantCulture).Length + rest.Length != length)
                {
                    length++;
                }

                return length.ToString(System.Globalization.CultureInfo.InvariantCulture) + rest;
            })
        );
        return Entry("PaxHeader"u8.ToArray(), Encoding.UTF8.GetBytes(text), 'x');
    }

    /// <summary>A size in eleven octal digits.</summary>
    public static byte[] Octal(long size) => Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0') + "\0");
}
