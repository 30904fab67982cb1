using System.Buffers.Binary;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>
/// Reads the directory of a ZIP archive leniently (APPNOTE.TXT 6.3.10): from its end record when there is one, else from the entries'
/// own headers. Every loop goes forward through the bytes.
/// </summary>
internal static class ZipWalker
{
    /// <summary>Entries that are read; a directory has room for more only in archives of several megabytes of names.</summary>
    public const int MaxRecords = 100_000;

    /// <summary>Bytes that one scan may search for ends of data that no header states.</summary>
    private const long SearchBudget = 512L << 20;

    private static ReadOnlySpan<byte> LocalSignature => "PK\x03\x04"u8;
    private static ReadOnlySpan<byte> CentralSignature => "PK\x01\x02"u8;
    private static ReadOnlySpan<byte> EndSignature => "PK\x05\x06"u8;
    private static ReadOnlySpan<byte> DescriptorSignature => "PK\x07\x08"u8;

    /// <summary>What an end record says.</summary>
    /// <param name="At">Offset of the record.</param>
    /// <param name="Directory">Offset of the directory in the bytes given.</param>
    /// <param name="Shift">Bytes in front that the archive does not count.</param>
    /// <param name="Entries">Entries stated.</param>
    /// <param name="Disk">Number of this volume.</param>
    /// <param name="CommentLength">Length of the comment.</param>
    private readonly record struct End(int At, long Directory, long Shift, long Entries, long Disk, int CommentLength);

    /// <summary>Whether an end record near the end points at a directory: the sign of an archive behind other data.</summary>
    public static bool HasDirectory(ReadOnlySpan<byte> bytes) => FindEnd(bytes, out _) is { Entries: > 0 };

    /// <summary>Reads the headers.</summary>
    public static ZipListing Read(ReadOnlySpan<byte> bytes)
    {
        var listing = new ZipListing();
        if (FindEnd(bytes, out var candidates) is { } end)
        {
            ReadDirectory(bytes, end, listing);
            JudgeEnds(bytes, end, candidates, listing);
        }
        else
        {
            listing.Findings.Add(FindingCodes.Container.NoDirectory.At("no end record"));
            listing.MultiVolume = bytes.StartsWith(DescriptorSignature);
            ScanLocals(bytes, bytes.IndexOf(LocalSignature), bytes.Length, listing, hidden: false);
        }

        if (listing.MultiVolume)
        {
            listing.Findings.Add(FindingCodes.Container.VolumeMissing.At("zip volume"));
        }

        return listing;
    }

    private static End? FindEnd(ReadOnlySpan<byte> bytes, out List<End> candidates)
    {
        candidates = [];
        var before = bytes.Length;
        End? empty = null;
        for (var tries = 0; tries < 64; tries++)
        {
            var at = bytes[..before].LastIndexOf(EndSignature);
            if (at < 0)
            {
                break;
            }

            before = at;
            if (ReadEnd(bytes, at) is { } end)
            {
                if (end.Entries == 0 && end.Directory == end.At)
                {
                    empty ??= end;
                    continue;
                }

                candidates.Add(end);
            }
        }

        // A record whose comment reaches exactly to the end is the one programs take.
        var length = bytes.Length;
        var exact = candidates.FindIndex(end => end.At + 22 + end.CommentLength == length);
        return candidates.Count == 0 ? empty : candidates[Math.Max(0, exact)];
    }

    private static End? ReadEnd(ReadOnlySpan<byte> bytes, int at)
    {
        var cursor = new ByteCursor(bytes[at..]);
        cursor.U32();
        long disk = cursor.U16();
        cursor.U16();
        cursor.U16();
        long entries = cursor.U16();
        long size = cursor.U32();
        long offset = cursor.U32();
        var comment = cursor.U16();
        if (cursor.Failed)
        {
            return null;
        }

        long directoryEnd = at;
        if ((entries == 0xFFFF || size == 0xFFFFFFFF || offset == 0xFFFFFFFF || disk == 0xFFFF) && ReadEnd64(bytes, at) is { } wide)
        {
            (entries, size, offset, disk, directoryEnd) = wide;
        }

        // What the record says, or, when bytes were put in front, the place right before the record.
        foreach (var directory in stackalloc long[] { directoryEnd - size, offset })
        {
            if (directory >= 0 && directory <= at && (entries == 0 ? directory == at : StartsWith(bytes, directory, CentralSignature)))
            {
                return new End(at, directory, directory - offset, entries, disk, comment);
            }
        }

        // The directory of a last volume may begin in another volume.
        return disk > 0 && comment + at + 22 == bytes.Length ? new End(at, -1, 0, entries, disk, comment) : null;
    }

    private static (long Entries, long Size, long Offset, long Disk, long At)? ReadEnd64(ReadOnlySpan<byte> bytes, int end)
    {
        var locator = end - 20;
        if (!StartsWith(bytes, locator, "PK\x06\x07"u8))
        {
            return null;
        }

        var at = BinaryPrimitives.ReadInt64LittleEndian(bytes[(locator + 8)..]);
        if (!StartsWith(bytes, at, "PK\x06\x06"u8))
        {
            at = locator - 56;
            if (!StartsWith(bytes, at, "PK\x06\x06"u8))
            {
                return null;
            }
        }

        var cursor = new ByteCursor(bytes[(int)at..]);
        cursor.GoTo(16);
        long disk = cursor.U32();
        cursor.U32();
        cursor.U64();
        var entries = (long)cursor.U64();
        var size = (long)cursor.U64();
        var offset = (long)cursor.U64();
        return cursor.Failed || entries < 0 || size < 0 || offset < 0 ? null : (entries, size, offset, disk, at);
    }

    private static void ReadDirectory(ReadOnlySpan<byte> bytes, End end, ZipListing listing)
    {
        listing.MultiVolume = end.Disk > 0 || bytes.StartsWith(DescriptorSignature);
        if (end.CommentLength > 0)
        {
            var comment = bytes[(end.At + 22)..Math.Min(bytes.Length, end.At + 22 + end.CommentLength)];
            listing.Comment = EntryNames.Decode(comment).Text;
        }

        if (end.Directory < 0)
        {
            ScanLocals(bytes, bytes.IndexOf(LocalSignature), end.At, listing, hidden: false);
            return;
        }

        var position = (int)end.Directory;
        while (position < end.At && listing.Records.Count < MaxRecords && StartsWith(bytes, position, CentralSignature))
        {
            if (ZipHeaders.ReadCentral(bytes, position, end.Shift) is not { } read)
            {
                listing.Findings.Add(FindingCodes.Container.Damaged.At($"directory at {position}"));
                break;
            }

            listing.Records.Add(end.Disk > 0 && read.Record.Disk != end.Disk ? Elsewhere(read.Record) : read.Record);
            position += read.Length;
        }

        if (listing.Records.Count >= MaxRecords)
        {
            listing.Findings.Add(FindingCodes.Limits.Entries.At($"more than {MaxRecords} entries"));
        }
        else if ((listing.Records.Count & 0xFFFF) != (end.Entries & 0xFFFF))
        {
            listing.Findings.Add(FindingCodes.Container.EntryCount.At($"{end.Entries} stated, {listing.Records.Count} found"));
        }

        JudgeLayout(bytes, end, listing);
    }

    /// <summary>An entry of another volume: its offset counts there, so what stands at that offset here is none of its headers.</summary>
    private static ZipRecord Elsewhere(ZipRecord record)
    {
        record.Findings.RemoveAll(finding =>
            finding.Code == FindingCodes.Container.NameMismatch.Code || finding.Code == FindingCodes.Container.HeaderMismatch.Code
        );
        record.Findings.Add(FindingCodes.Container.VolumeMissing.At($"begins in volume {record.Disk + 1}"));
        return record with { DataOffset = -1 };
    }

    /// <summary>Looks at what the entries cover: overlaps, entries that nobody lists, data in front.</summary>
    private static void JudgeLayout(ReadOnlySpan<byte> bytes, End end, ZipListing listing)
    {
        var ranges = listing
            .Records.Where(record => record.DataOffset >= 0)
            .Select(record => (Start: record.LocalOffset, End: Math.Min(end.At, record.DataOffset + (record.Packed ?? 0))))
            .OrderBy(range => range.Start)
            .ToList();
        long reached = 0;
        var overlaps = 0;
        var hidden = new List<(long Start, long End)>();
        foreach (var (start, stop) in ranges)
        {
            overlaps += start < reached ? 1 : 0;
            if (start > reached)
            {
                hidden.Add((reached, start));
            }

            reached = Math.Max(reached, stop);
        }

        if (reached < end.Directory)
        {
            hidden.Add((reached, end.Directory));
        }

        if (overlaps > 0)
        {
            listing.Findings.Add(FindingCodes.Container.Overlap.At($"{overlaps} entries"));
        }

        var first = ranges.Count > 0 ? ranges[0].Start : end.Directory;
        if (first > 0 && !StartsWith(bytes, 0, LocalSignature) && !listing.MultiVolume)
        {
            listing.Prefix = first;
        }

        if (overlaps > 0)
        {
            // Nothing is sure about which bytes belong to whom: everything is searched.
            hidden = [(first, end.Directory)];
        }

        var listed = listing.Records.Count;
        foreach (var (start, stop) in hidden.Take(64))
        {
            // What stands in front of everything may be a program that names the signature; between entries nothing but headers belongs.
            var found = start == 0 ? (StartsWith(bytes, 0, LocalSignature) ? 0 : -1) : bytes[(int)start..(int)stop].IndexOf(LocalSignature);
            if (found >= 0)
            {
                ScanLocals(bytes, (int)start + found, (int)stop, listing, hidden: true);
            }
        }

        if (listing.Records.Count > listed)
        {
            listing.Findings.Add(FindingCodes.Container.HiddenEntry.At($"{listing.Records.Count - listed} entries"));
        }
    }

    private static void JudgeEnds(ReadOnlySpan<byte> bytes, End end, List<End> candidates, ZipListing listing)
    {
        var behind = bytes.Length - (end.At + 22L + end.CommentLength);
        if (behind > 0)
        {
            listing.Findings.Add(FindingCodes.Container.Suffix.At($"{behind} bytes"));
        }
        else if (behind < 0)
        {
            listing.Findings.Add(FindingCodes.Container.Truncated.At("the comment is cut"));
        }

        if (listing.Prefix > 0)
        {
            listing.Findings.Add(FindingCodes.Container.Prefix.At($"{listing.Prefix} bytes"));
        }

        // An archive stored in the archive has an end record of its own inside the data of its entry: that one is no second directory.
        foreach (var other in candidates)
        {
            if (other.At != end.At && other.Directory != end.Directory && !listing.Records.Exists(record => Holds(record, other.At)))
            {
                listing.Findings.Add(FindingCodes.Container.TwoDirectories.At($"offsets {end.At} and {other.At}"));
                return;
            }
        }
    }

    private static bool Holds(ZipRecord record, long offset) =>
        record.DataOffset >= 0 && offset >= record.DataOffset && offset < record.DataOffset + (record.Packed ?? 0);

    private static void ScanLocals(ReadOnlySpan<byte> bytes, int from, int to, ZipListing listing, bool hidden)
    {
        var budget = SearchBudget;
        var known = listing.Records.Select(record => record.LocalOffset).ToHashSet();
        var position = from;
        while (position >= 0 && position < to && listing.Records.Count < MaxRecords)
        {
            if (ZipHeaders.ReadLocalAsRecord(bytes, position, to, ref budget) is { } record)
            {
                if (hidden)
                {
                    record.Findings.Add(FindingCodes.Container.HiddenEntry.At($"offset {position}"));
                }

                if (known.Add(position))
                {
                    listing.Records.Add(record);
                }

                position = (int)Math.Min(to, record.DataOffset + (record.Packed ?? 0));
            }
            else
            {
                position += 4;
            }

            var next = position >= to ? -1 : bytes[position..to].IndexOf(LocalSignature);
            position = next < 0 ? -1 : position + next;
        }
    }

    /// <summary>Whether the signature stands at the offset.</summary>
    public static bool StartsWith(ReadOnlySpan<byte> bytes, long offset, ReadOnlySpan<byte> signature) =>
        offset >= 0 && offset + signature.Length <= bytes.Length && bytes[(int)offset..].StartsWith(signature);
}
