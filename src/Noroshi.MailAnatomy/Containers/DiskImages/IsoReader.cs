using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.Containers.Lzh;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers.DiskImages;

/// <summary>ISO 9660 (ECMA-119) with Joliet and the names and links of Rock Ridge.</summary>
internal sealed class IsoReader
{
    private const int Sector = 2048;
    private const int FirstDescriptor = 16;
    private const int MaxDescriptors = 64;
    private const int DirectoryFlag = 2;
    private const int MoreExtents = 0x80;

    private readonly ReadOnlyMemory<byte> _image;
    private readonly List<Finding> _findings;
    private readonly bool _joliet;
    private readonly int _root;

    private IsoReader(ReadOnlyMemory<byte> image, List<Finding> findings, int root, bool joliet)
    {
        _image = image;
        _findings = findings;
        _root = root;
        _joliet = joliet;
    }

    /// <summary>What the volume says of itself.</summary>
    public sealed record Volume(int Primary, int Joliet, string? Label, string? System, string? Application);

    /// <summary>The volume descriptors; null when there is no primary one.</summary>
    public static Volume? FindVolume(ReadOnlySpan<byte> image)
    {
        var primary = -1;
        var joliet = -1;
        for (var i = 0; i < MaxDescriptors; i++)
        {
            var at = (FirstDescriptor + i) * Sector;
            if (at + Sector > image.Length)
            {
                break;
            }

            var descriptor = image.Slice(at, Sector);
            if (!descriptor[1..].StartsWith("CD001"u8) || descriptor[0] == 255)
            {
                break;
            }

            if (descriptor[0] == 1 && primary < 0)
            {
                primary = at;
            }
            else if (
                descriptor[0] == 2
                && joliet < 0
                && descriptor[88] == '%'
                && descriptor[89] == '/'
                && descriptor[90] is (byte)'@' or (byte)'C' or (byte)'E'
            )
            {
                joliet = at;
            }
        }

        if (primary < 0)
        {
            return null;
        }

        var volume = image.Slice(primary, Sector);
        var label = joliet >= 0 ? Unicode(image.Slice(joliet + 40, 32)).Trim(' ', '\0') : Field(volume.Slice(40, 32));
        return new Volume(primary, joliet, Empty(label), Empty(Field(volume.Slice(8, 32))), Empty(Field(volume.Slice(574, 128))));
    }

    /// <summary>The entries, folders before what is in them.</summary>
    public static IEnumerable<ContainerEntry> Entries(ReadOnlyMemory<byte> image, Volume volume, List<Finding> findings)
    {
        var joliet = volume.Joliet >= 0;
        return new IsoReader(image, findings, joliet ? volume.Joliet : volume.Primary, joliet).Walk();
    }

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Field(ReadOnlySpan<byte> bytes) => Plain(bytes.TrimEnd(" \0"u8)).Text;

    private static string Unicode(ReadOnlySpan<byte> bytes) => Encoding.BigEndianUnicode.GetString(bytes[..(bytes.Length & ~1)]);

    private sealed record Directory(string Path, long Start, long Size, int Depth);

    private sealed record Entry(string Name, string Charset, long Start, long Size, int Flags, string? Time, string? Link);

    private IEnumerable<ContainerEntry> Walk()
    {
        var walk = new ImageWalk();
        var root = ReadRecord(_image.Span[(_root + 156)..], 34);
        if (root is null)
        {
            _findings.AddBounded(FindingCodes.DiskImages.Broken.At("the root directory cannot be read"));
            yield break;
        }

        var pending = new Stack<Directory>();
        pending.Push(new Directory("", root.Start, root.Size, 0));
        while (pending.TryPop(out var directory) && !walk.Exhausted)
        {
            if (!walk.Enter(directory.Start, directory.Size, _image.Length))
            {
                _findings.AddBounded(FindingCodes.DiskImages.Loop.At($"folder {directory.Path}"));
                continue;
            }

            foreach (var (entry, extents) in Files(directory))
            {
                if (!walk.Take())
                {
                    break;
                }

                var path = directory.Path + entry.Name;
                var isDirectory = (entry.Flags & DirectoryFlag) != 0;
                if (isDirectory && directory.Depth < ImageWalk.MaxDepth)
                {
                    pending.Push(new Directory(path + "/", entry.Start, entry.Size, directory.Depth + 1));
                }
                else if (isDirectory)
                {
                    _findings.AddBounded(FindingCodes.DiskImages.Limit.At($"more than {ImageWalk.MaxDepth} folders within each other"));
                }

                yield return ToEntry(entry, extents, path, isDirectory);
            }
        }

        if (walk.Exhausted)
        {
            _findings.AddBounded(FindingCodes.DiskImages.Limit.At("folders"));
        }
    }

    private ContainerEntry ToEntry(Entry entry, List<ImageExtent> extents, string path, bool isDirectory)
    {
        var size = extents.Sum(extent => extent.Length);
        var outside = extents.Exists(extent => extent.Start + extent.Length > _image.Length);
        return new ContainerEntry
        {
            Name = path,
            NameCharset = entry.Charset,
            Size = isDirectory ? null : size,
            ModifiedAt = entry.Time,
            IsDirectory = isDirectory,
            LinkTarget = entry.Link,
            Method = "stored",
            Open = isDirectory || entry.Link is not null ? null : () => new ImageFileStream(_image, extents, size),
            Findings = outside && !isDirectory ? [FindingCodes.DiskImages.Truncated.At(path)] : [],
        };
    }

    // Records do not cross sectors; a length of 0 stands for the rest of a sector. A file of several extents has a record for each.
    private IEnumerable<(Entry Entry, List<ImageExtent> Extents)> Files(Directory directory)
    {
        List<ImageExtent> extents = [];
        var end = Math.Min(_image.Length, directory.Start + directory.Size);
        var at = directory.Start;
        while (at < end)
        {
            int length = _image.Span[(int)at];
            if (length == 0)
            {
                at = ((at / Sector) + 1) * Sector;
                continue;
            }

            var record = length >= 34 && at + length <= _image.Length ? ReadRecord(_image.Span[(int)at..], length) : null;
            if (record is null)
            {
                _findings.AddBounded(FindingCodes.DiskImages.Broken.At($"directory record at byte {at}"));
                at = ((at / Sector) + 1) * Sector;
                continue;
            }

            at += length;
            if (record.Name is "\0" or "\u0001")
            {
                continue;
            }

            extents.Add(new ImageExtent(record.Start, record.Size));
            if ((record.Flags & MoreExtents) == 0)
            {
                yield return (record, extents);
                extents = [];
            }
        }
    }

    private Entry? ReadRecord(ReadOnlySpan<byte> bytes, int length)
    {
        int nameLength = bytes[32];
        if (33 + nameLength > length)
        {
            return null;
        }

        var start = ((long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[2..]) + bytes[1]) * Sector;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]);
        var (name, charset) = Name(bytes.Slice(33, nameLength));
        string? link = null;
        if (!_joliet)
        {
            var systemUse = 33 + nameLength + ((nameLength & 1) == 0 ? 1 : 0);
            if (systemUse < length)
            {
                ReadRockRidge(bytes[systemUse..length], ref name, ref charset, ref link);
            }
        }

        return new Entry(name, charset, start, size, bytes[25], Time(bytes.Slice(18, 7)), link);
    }

    private (string Name, string Charset) Name(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0] or [1])
        {
            return (bytes[0] == 0 ? "\0" : "\u0001", "us-ascii");
        }

        var (name, charset) = _joliet ? new EntryName(Unicode(bytes), "utf-16be") : Plain(bytes);
        var version = name.LastIndexOf(';');
        if (version > 0 && name.AsSpan(version + 1).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            name = name[..version];
        }

        return (!_joliet && name.Length > 1 ? name.TrimEnd('.') : name, charset);
    }

    private static EntryName Plain(ReadOnlySpan<byte> bytes) => EntryNames.Decode(bytes, fallback: EntryNames.Japanese);

    // SUSP entries: two letters, length, version. Continuation areas are rare for names and not followed.
    private static void ReadRockRidge(ReadOnlySpan<byte> area, ref string name, ref string charset, ref string? link)
    {
        var pieces = new List<byte>();
        var targets = new List<string>();
        while (area.Length >= 4)
        {
            int length = area[2];
            if (length < 4 || length > area.Length)
            {
                break;
            }

            if (length > 5 && area.StartsWith("NM"u8) && (area[4] & 6) == 0)
            {
                pieces.AddRange(area[5..length]);
            }
            else if (length > 5 && area.StartsWith("SL"u8))
            {
                ReadLink(area[5..length], targets);
            }

            area = area[length..];
        }

        if (pieces.Count > 0 && name is not ("\0" or "\u0001"))
        {
            (name, charset) = EntryNames.Decode([.. pieces], unix: true, fallback: EntryNames.Japanese);
        }

        if (targets.Count > 0)
        {
            link = string.Join('/', targets);
        }
    }

    // Components: flags, length, text; flag 2 stands for ".", 4 for "..", 8 for the root.
    private static void ReadLink(ReadOnlySpan<byte> components, List<string> targets)
    {
        while (components.Length >= 2 && components.Length >= 2 + components[1])
        {
            targets.Add(
                (components[0] & 0x0E) switch
                {
                    2 => ".",
                    4 => "..",
                    8 => "",
                    _ => EntryNames.Decode(components.Slice(2, components[1]), unix: true, fallback: EntryNames.Japanese).Text,
                }
            );
            components = components[(2 + components[1])..];
        }
    }

    private static string? Time(ReadOnlySpan<byte> bytes) =>
        ImageTimes.Format(1900 + bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], (sbyte)bytes[6] * 15);
}

internal static class ImageTimes
{
    /// <summary>RFC 3339; without offset when <paramref name="offsetMinutes"/> is null; null when it is no time.</summary>
    public static string? Format(int year, int month, int day, int hour, int minute, int second, int? offsetMinutes)
    {
        if (
            year is < 1601 or > 9999
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour > 23
            || minute > 59
            || second > 59
            || offsetMinutes is < -14 * 60 or > 14 * 60
        )
        {
            return null;
        }

        var local = FormattableString.Invariant($"{year:D4}-{month:D2}-{day:D2}T{hour:D2}:{minute:D2}:{second:D2}");
        if (offsetMinutes is not { } offset)
        {
            return local;
        }

        var size = Math.Abs(offset);
        return local + FormattableString.Invariant($"{(offset < 0 ? '-' : '+')}{size / 60:D2}:{size % 60:D2}");
    }
}
