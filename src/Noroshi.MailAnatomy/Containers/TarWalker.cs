using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>An entry of a TAR archive.</summary>
internal sealed record TarRecord
{
    /// <summary>Name with <c>/</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Charset of the name.</summary>
    public required string Charset { get; init; }

    /// <summary>Type flag.</summary>
    public required char Type { get; init; }

    /// <summary>Offset of the data.</summary>
    public required long Data { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Time.</summary>
    public string? Time { get; init; }

    /// <summary>Target of a link.</summary>
    public string? Link { get; init; }

    /// <summary>What was noticed.</summary>
    public List<Finding> Findings { get; } = [];
}

/// <summary>
/// Reads TAR leniently: v7, ustar, pax (POSIX.1-2001) and GNU long names. Every step goes forward by at least one block of 512 bytes.
/// </summary>
internal static class TarWalker
{
    private const int Block = 512;
    private const int MaxRecords = 100_000;
    private const int MaxExtension = 1 << 20;

    /// <summary>Whether the first block is a header: its checksum must fit.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Block || bytes[0] == 0)
        {
            return false;
        }

        var stated = Octal(bytes.Slice(148, 8));
        var sum = Sums(bytes[..Block]);
        return stated > 0 && (stated == sum.Unsigned || stated == sum.Signed);
    }

    /// <summary>What pax and GNU headers say about the entry behind them.</summary>
    private sealed class Extensions
    {
        public string? Name { get; set; }

        public string? Link { get; set; }

        public long? Size { get; set; }

        public string? Time { get; set; }

        public bool Sparse { get; set; }
    }

    /// <summary>Reads the headers.</summary>
    public static List<TarRecord> Read(ReadOnlySpan<byte> bytes, List<Finding> findings)
    {
        var records = new List<TarRecord>();
        var local = new Extensions();
        var global = new Extensions();
        long position = 0;
        var ended = false;
        while (position + Block <= bytes.Length && records.Count < MaxRecords)
        {
            var header = bytes.Slice((int)position, Block);
            if (!header.ContainsAnyExcept((byte)0))
            {
                ended = true;
                position += Block;
                continue;
            }

            if (!IsHeader(header))
            {
                findings.Add(
                    ended
                        ? FindingCodes.Container.Suffix.At($"{bytes.Length - position} bytes")
                        : FindingCodes.Container.Damaged.At($"header at {position}")
                );
                return records;
            }

            if (ended)
            {
                findings.Add(FindingCodes.Container.HiddenEntry.At($"behind the end mark at {position}"));
                ended = false;
            }

            position += Block;
            var size = Math.Max(0, Number(header.Slice(124, 12)));
            var type = (char)header[156];
            var extension = type is 'x' or 'X' or 'g' or 'L' or 'K';
            size = extension ? size : local.Size ?? global.Size ?? size;
            var data = bytes[(int)position..(int)Math.Min(bytes.Length, position + Math.Min(size, MaxExtension))];
            if (extension)
            {
                if (size > MaxExtension)
                {
                    findings.Add(FindingCodes.Container.LongName.At($"extended header of {size} bytes"));
                }

                TakeExtension(type, data, local, global);
            }
            else
            {
                records.Add(Make(header, type, position, size, bytes.Length, local, global));
                local = new Extensions();
            }

            // Links and devices state the size of what they stand for and have no data.
            var stored = type is >= '1' and <= '6' ? 0 : size;
            position = stored > bytes.Length ? bytes.Length : position + ((stored + Block - 1) / Block * Block);
        }

        if (records.Count >= MaxRecords)
        {
            findings.Add(FindingCodes.Limits.Entries.At($"more than {MaxRecords} entries"));
        }
        else if (ended && bytes[(int)position..].ContainsAnyExcept((byte)0))
        {
            findings.Add(FindingCodes.Container.Suffix.At($"{bytes.Length - position} bytes"));
        }

        return records;
    }

    private static TarRecord Make(
        ReadOnlySpan<byte> header,
        char type,
        long position,
        long size,
        int length,
        Extensions local,
        Extensions global
    )
    {
        var (name, charset) = EntryNames.Decode(Text(header[..100]));
        var prefix = header.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(header.Slice(345, 155)) : [];
        if (prefix.Length > 0)
        {
            name = $"{EntryNames.Decode(prefix).Text}/{name}";
        }

        if ((local.Name ?? global.Name) is { } better)
        {
            (name, charset) = (better, "utf-8");
        }

        var record = new TarRecord
        {
            Name = EntryNames.Separate(name),
            Charset = charset,
            Type = type,
            Data = position,
            Size = type is >= '1' and <= '6' ? 0 : size,
            Time = local.Time ?? global.Time ?? ArchiveTimes.FromUnix(Number(header.Slice(136, 12))),
            Link = type is '1' or '2' ? local.Link ?? EntryNames.Decode(Text(header.Slice(157, 100))).Text : null,
        };
        if (record.Size > length - position)
        {
            record.Findings.Add(FindingCodes.Container.Truncated.At($"{record.Size} bytes stated, {length - position} left"));
        }

        if (type is '3' or '4' or '6')
        {
            record.Findings.Add(FindingCodes.Container.SpecialFile.At($"type {type}"));
        }

        if (type == 'S' || local.Sparse)
        {
            record.Findings.Add(FindingCodes.Container.Unsupported.At("sparse file; only the stored parts are read"));
        }

        if (type == 'M')
        {
            record.Findings.Add(FindingCodes.Container.VolumeMissing.At("continued from another volume"));
        }

        EntryNames.Inspect(record.Name, record.Findings);
        return record;
    }

    private static void TakeExtension(char type, ReadOnlySpan<byte> data, Extensions local, Extensions global)
    {
        switch (type)
        {
            case 'L':
                local.Name = EntryNames.Decode(Text(data)).Text;
                break;
            case 'K':
                local.Link = EntryNames.Decode(Text(data)).Text;
                break;
            default:
                TakePax(data, type == 'g' ? global : local);
                break;
        }
    }

    /// <summary>Records of the form "length key=value\n", the length counting the whole record.</summary>
    private static void TakePax(ReadOnlySpan<byte> data, Extensions target)
    {
        while (data.Length > 0)
        {
            var space = data.IndexOf((byte)' ');
            if (space is < 1 or > 9 || !int.TryParse(data[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                return;
            }

            if (length <= space + 2 || length > data.Length)
            {
                return;
            }

            var record = data[(space + 1)..(length - 1)];
            data = data[length..];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1)
            {
                continue;
            }

            TakePaxRecord(Encoding.ASCII.GetString(record[..equals]), EntryNames.DecodeUtf8(record[(equals + 1)..]).Text, target);
        }
    }

    private static void TakePaxRecord(string key, string value, Extensions target)
    {
        switch (key)
        {
            case "path" or "GNU.sparse.name":
                target.Name = value;
                break;
            case "linkpath":
                target.Link = value;
                break;
            case "size":
                target.Size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : target.Size;
                break;
            case "mtime":
                var whole = value.AsSpan(0, value.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? dot : value.Length);
                target.Time = long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
                    ? ArchiveTimes.FromUnix(seconds)
                    : target.Time;
                break;
            default:
                target.Sparse |= key.StartsWith("GNU.sparse.", StringComparison.Ordinal);
                break;
        }
    }

    private static (long Unsigned, long Signed) Sums(ReadOnlySpan<byte> header)
    {
        long unsigned = 0;
        long signed = 0;
        for (var i = 0; i < Block; i++)
        {
            var value = i is >= 148 and < 156 ? (byte)' ' : header[i];
            unsigned += value;
            signed += (sbyte)value;
        }

        return (unsigned, signed);
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    /// <summary>Octal digits, or base-256 when the first bit is set.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) == 0)
        {
            return Octal(field);
        }

        long value = 0;
        foreach (var one in field[^8..])
        {
            value = (value << 8) | one;
        }

        return value;
    }

    private static long Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        var digits = 0;
        foreach (var one in field)
        {
            if (one is >= (byte)'0' and <= (byte)'7')
            {
                value = (value << 3) | (uint)(one - '0');
                digits++;
            }
            else if (digits > 0)
            {
                break;
            }
            else if (one != ' ')
            {
                return one == 0 ? 0 : -1;
            }
        }

        return value;
    }
}
