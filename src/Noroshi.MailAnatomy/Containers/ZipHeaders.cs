using System.Buffers.Binary;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>Reads the two headers of a ZIP entry and their extra fields.</summary>
internal static class ZipHeaders
{
    /// <summary>What the extra fields of one header say.</summary>
    private sealed class Extras
    {
        public long? Size { get; set; }

        public long? Packed { get; set; }

        public long? Offset { get; set; }

        public int? Disk { get; set; }

        public string? UnicodeName { get; set; }

        public string? UnicodeComment { get; set; }

        public string? Time { get; set; }

        public ZipAes? Aes { get; set; }

        public bool Strong { get; set; }
    }

    /// <summary>Fields that both headers have, in their common order (APPNOTE.TXT 4.3.7).</summary>
    private ref struct Common
    {
        public int Needed;
        public int Flags;
        public int Method;
        public uint DosTime;
        public uint Crc;
        public uint Packed;
        public uint Size;
        public int NameLength;
        public int ExtraLength;

        public void Read(ref ByteCursor cursor)
        {
            Needed = cursor.U16();
            Flags = cursor.U16();
            Method = cursor.U16();
            DosTime = cursor.U32();
            Crc = cursor.U32();
            Packed = cursor.U32();
            Size = cursor.U32();
            NameLength = cursor.U16();
            ExtraLength = cursor.U16();
        }
    }

    /// <summary>Reads a directory entry and the local header it points at; null when it is cut.</summary>
    /// <param name="bytes">The archive.</param>
    /// <param name="at">Offset of the entry.</param>
    /// <param name="shift">Bytes in front of the archive that its offsets do not count.</param>
    public static (ZipRecord Record, int Length)? ReadCentral(ReadOnlySpan<byte> bytes, int at, long shift)
    {
        var cursor = new ByteCursor(bytes[at..]);
        cursor.U32();
        var madeBy = cursor.U16();
        var common = default(Common);
        common.Read(ref cursor);
        var commentLength = cursor.U16();
        int disk = cursor.U16();
        cursor.U16();
        var attributes = cursor.U32();
        long offset = cursor.U32();
        var rawName = cursor.Take(common.NameLength);
        var rawExtra = cursor.Take(common.ExtraLength);
        var rawComment = cursor.Take(commentLength);
        if (cursor.Failed)
        {
            return null;
        }

        var extras = ReadExtras(rawExtra, rawName, common.Size == uint.MaxValue, common.Packed == uint.MaxValue, offset == uint.MaxValue);
        var findings = new List<Finding>();
        var (name, charset) = Name(rawName, common.Flags, extras, findings);
        offset = extras.Offset ?? offset;
        var local = offset + shift;
        var dataOffset = JudgeLocal(bytes, local, common, rawName, findings);
        var record = new ZipRecord
        {
            Name = name,
            Charset = charset,
            Flags = common.Flags,
            Method = extras.Aes is { } aes && common.Method == 99 ? aes.Method : common.Method,
            Crc = common.Crc,
            DosTime = common.DosTime,
            Packed = extras.Packed ?? common.Packed,
            Size = extras.Size ?? common.Size,
            LocalOffset = local,
            DataOffset = dataOffset,
            MadeBy = madeBy,
            Needed = common.Needed,
            Attributes = attributes,
            Disk = extras.Disk ?? disk,
            Aes = extras.Aes,
            StrongEncryption = extras.Strong || (common.Flags & 0x41) == 0x41,
            Comment =
                rawComment.Length == 0
                    ? null
                    : extras.UnicodeComment
                        ?? ((common.Flags & 0x800) != 0 ? EntryNames.DecodeUtf8(rawComment) : EntryNames.Decode(rawComment)).Text,
            ExactTime = extras.Time,
        };
        record.Findings.AddRange(findings);
        return (record, cursor.Position);
    }

    /// <summary>Reads a local header as the only source about an entry; null when it is none.</summary>
    /// <param name="bytes">The archive.</param>
    /// <param name="at">Offset of the header.</param>
    /// <param name="to">Where entries end.</param>
    /// <param name="budget">Bytes that may still be searched for ends of data; many headers in a large file would make that quadratic.</param>
    public static ZipRecord? ReadLocalAsRecord(ReadOnlySpan<byte> bytes, int at, int to, ref long budget)
    {
        var cursor = new ByteCursor(bytes[at..to]);
        cursor.U32();
        var common = default(Common);
        common.Read(ref cursor);
        var rawName = cursor.Take(common.NameLength);
        var rawExtra = cursor.Take(common.ExtraLength);

        // The signature alone is four bytes that any data may hold.
        if (cursor.Failed || common.NameLength == 0 || common.Method > 99 || (common.Needed & 0xFF) > 99)
        {
            return null;
        }

        var extras = ReadExtras(rawExtra, rawName, common.Size == uint.MaxValue, common.Packed == uint.MaxValue, false);
        var findings = new List<Finding>();
        var (name, charset) = Name(rawName, common.Flags, extras, findings);
        var data = at + cursor.Position;
        long? packed = extras.Packed ?? common.Packed;
        long? size = extras.Size ?? common.Size;
        var crc = common.Crc;
        if ((common.Flags & 8) != 0 && packed == 0)
        {
            if (budget <= 0)
            {
                return null;
            }

            (packed, size, crc) = FromDescriptor(bytes[data..to], ref budget);
        }

        var record = new ZipRecord
        {
            Name = name,
            Charset = charset,
            Flags = common.Flags,
            Method = extras.Aes is { } aes && common.Method == 99 ? aes.Method : common.Method,
            Crc = crc,
            DosTime = common.DosTime,
            Packed = packed,
            Size = size,
            LocalOffset = at,
            DataOffset = data,
            MadeBy = 0xFF00,
            Needed = common.Needed,
            Aes = extras.Aes,
            StrongEncryption = extras.Strong || (common.Flags & 0x41) == 0x41,
            ExactTime = extras.Time,
        };
        record.Findings.AddRange(findings);
        return record;
    }

    /// <summary>Sizes of an entry that states none: from the descriptor behind its data, else up to the next header.</summary>
    private static (long? Packed, long? Size, uint Crc) FromDescriptor(ReadOnlySpan<byte> data, ref long budget)
    {
        var from = 0;
        for (var tries = 0; tries < 1_000; tries++)
        {
            var found = data[from..].IndexOf("PK\x07\x08"u8);
            budget -= found < 0 ? data.Length - from : found;
            if (found < 0)
            {
                break;
            }

            var at = from + found;
            if (at + 16 <= data.Length && BinaryPrimitives.ReadUInt32LittleEndian(data[(at + 8)..]) == at)
            {
                return (
                    at,
                    BinaryPrimitives.ReadUInt32LittleEndian(data[(at + 12)..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(data[(at + 4)..])
                );
            }

            from = at + 4;
        }

        var next = data.IndexOf("PK\x03\x04"u8);
        var central = data.IndexOf("PK\x01\x02"u8);
        budget -= (next < 0 ? data.Length : next) + (central < 0 ? data.Length : central);
        var stop =
            next < 0 ? central
            : central < 0 ? next
            : Math.Min(next, central);
        return (stop < 0 ? data.Length : stop, null, 0);
    }

    private static long JudgeLocal(
        ReadOnlySpan<byte> bytes,
        long at,
        Common central,
        ReadOnlySpan<byte> centralName,
        List<Finding> findings
    )
    {
        if (!ZipWalker.StartsWith(bytes, at, "PK\x03\x04"u8))
        {
            return -1;
        }

        var cursor = new ByteCursor(bytes[(int)at..]);
        cursor.U32();
        var local = default(Common);
        local.Read(ref cursor);
        var name = cursor.Take(local.NameLength);
        cursor.Take(local.ExtraLength);
        if (cursor.Failed)
        {
            return -1;
        }

        // Flag 13 masks the local header on purpose.
        if ((central.Flags & 0x2000) == 0)
        {
            if (!name.SequenceEqual(centralName))
            {
                findings.Add(FindingCodes.Container.NameMismatch.At($"also {EntryNames.Short(EntryNames.Decode(name).Text)}"));
            }

            var stated = (local.Flags & 8) == 0 || local.Packed != 0;
            if (
                local.Method != central.Method
                || (local.Flags & 1) != (central.Flags & 1)
                || (stated && local.Packed != uint.MaxValue && central.Packed != uint.MaxValue && local.Packed != central.Packed)
                || (stated && local.Size != uint.MaxValue && central.Size != uint.MaxValue && local.Size != central.Size)
            )
            {
                findings.Add(FindingCodes.Container.HeaderMismatch.At($"local header at {at}"));
            }
        }

        return at + cursor.Position;
    }

    private static (string Name, string Charset) Name(ReadOnlySpan<byte> raw, int flags, Extras extras, List<Finding> findings)
    {
        var (name, charset) = (flags & 0x800) != 0 ? EntryNames.DecodeUtf8(raw) : EntryNames.Decode(raw);
        if (extras.UnicodeName is { } unicode)
        {
            var byBytes = EntryNames.Separate(name);
            name = unicode;
            charset = "utf-8";

            // ASCII raw names are read the same in every charset, so a differing Unicode name is a second name, unless the raw one was
            // made by writing marks or escapes for what its charset lacks.
            var plain = !raw.ContainsAnyExceptInRange((byte)0, (byte)0x7F) && !raw.ContainsAny("?_#"u8);
            if (plain && byBytes != EntryNames.Separate(unicode))
            {
                findings.Add(FindingCodes.Container.NameMismatch.At($"also {EntryNames.Short(byBytes)}"));
            }
        }

        name = EntryNames.Separate(name);
        EntryNames.Inspect(name, findings);
        return (name, charset);
    }

    private static Extras ReadExtras(ReadOnlySpan<byte> extra, ReadOnlySpan<byte> rawName, bool wantSize, bool wantPacked, bool wantOffset)
    {
        var result = new Extras();
        while (extra.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
            {
                break;
            }

            var cursor = new ByteCursor(extra.Slice(4, length));
            extra = extra[(4 + length)..];
            ReadExtra(id, ref cursor, rawName, result);
            if (id == 0x0001)
            {
                // Only the fields that do not fit into the header are there, in this order.
                result.Size = wantSize ? Positive(cursor.U64()) : null;
                result.Packed = wantPacked ? Positive(cursor.U64()) : null;
                result.Offset = wantOffset ? Positive(cursor.U64()) : null;
            }
        }

        return result;
    }

    private static void ReadExtra(int id, ref ByteCursor cursor, ReadOnlySpan<byte> rawName, Extras result)
    {
        switch (id)
        {
            case 0x7075:
                cursor.U8();
                if (cursor.U32() == ArchiveCrc32.Of(rawName) && !cursor.Failed)
                {
                    result.UnicodeName = EntryNames.DecodeUtf8(cursor.Take(cursor.Left)).Text;
                }

                break;
            case 0x6375:
                cursor.U8();
                cursor.U32();
                result.UnicodeComment = EntryNames.DecodeUtf8(cursor.Take(cursor.Left)).Text;
                break;
            case 0x5455:
                if ((cursor.U8() & 1) != 0 && cursor.Left >= 4)
                {
                    result.Time ??= ArchiveTimes.FromUnix((int)cursor.U32());
                }

                break;
            case 0x000A:
                cursor.U32();
                if (cursor.U16() == 1 && cursor.U16() >= 8)
                {
                    result.Time = ArchiveTimes.FromFileTime(cursor.U64()) ?? result.Time;
                }

                break;
            case 0x9901:
                var version = cursor.U16();
                cursor.U16();
                var strength = cursor.U8();
                var method = cursor.U16();
                if (!cursor.Failed && strength is >= 1 and <= 3)
                {
                    result.Aes = new ZipAes(version, 64 + (64 * strength), method);
                }

                break;
            case 0x0017:
                result.Strong = true;
                break;
            default:
                break;
        }
    }

    /// <summary>A size or offset; beyond 2^60 it is none, which keeps sums of two from overflowing.</summary>
    private static long? Positive(ulong value) => value > 1UL << 60 ? null : (long)value;
}
