using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>Reads the blocks of RAR 1.5 to 4 leniently. Every block moves forward by at least its own header.</summary>
internal static class Rar4Walker
{
    /// <summary>Blocks that are read.</summary>
    public const int MaxBlocks = 100_000;

    /// <summary>Locked headers that are opened, each with a key derivation of its own at worst.</summary>
    private const int MaxSalts = 64;

    private const int MainHead = 0x73;
    private const int FileHead = 0x74;
    private const int CommentHead = 0x75;
    private const int ProtectHead = 0x78;
    private const int SubHead = 0x7A;
    private const int EndHead = 0x7B;

    /// <summary>One block header in plain text.</summary>
    private readonly ref struct Block(ReadOnlySpan<byte> header, long data, bool intact)
    {
        public ReadOnlySpan<byte> Header { get; } = header;

        public long Data { get; } = data;

        public bool Intact { get; } = intact;

        public int Type => Header[2];

        public int Flags => BinaryPrimitives.ReadUInt16LittleEndian(Header[3..]);

        public int Size => BinaryPrimitives.ReadUInt16LittleEndian(Header[5..]);
    }

    /// <summary>Reads the headers.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="start">Offset of the signature.</param>
    /// <param name="keys">Keys when a password is known.</param>
    public static RarListing Read(ReadOnlySpan<byte> bytes, int start, RarKeys? keys)
    {
        var listing = new RarListing { Start = start };
        long position = start + 7;
        var salts = new HashSet<string>(StringComparer.Ordinal);
        for (var count = 0; count < MaxBlocks && position + 7 <= bytes.Length && !listing.EndSeen; count++)
        {
            if (listing.HeaderEncrypted && keys is null)
            {
                listing.StillLocked = true;
                break;
            }

            byte[]? opened = null;
            var headerLength = 0;
            if (listing.HeaderEncrypted)
            {
                if (
                    position + 24 > bytes.Length
                    || (salts.Add(Convert.ToHexString(bytes.Slice((int)position, 8))) && salts.Count > MaxSalts)
                )
                {
                    break;
                }

                opened = OpenHeader(bytes[(int)position..], keys, out headerLength);
                if (opened is null)
                {
                    listing.StillLocked = listing.Files.Count == 0 && !listing.EndSeen;
                    Report(listing, position, listing.StillLocked);
                    break;
                }
            }

            var header = opened is null ? Plain(bytes, position) : opened;
            if (header.Length < 7)
            {
                Report(listing, position, locked: false);
                break;
            }

            headerLength = opened is null ? header.Length : headerLength;
            var block = new Block(header, position + headerLength, Crc(header));
            if (!block.Intact && block.Type is not (FileHead or MainHead))
            {
                Report(listing, position, locked: false);
                break;
            }

            position = Take(bytes, block, listing);
            listing.End = position;
        }

        Judge(bytes, listing);
        return listing;
    }

    /// <summary>Whether the first two locked headers open with the keys; the second only when there is one.</summary>
    public static bool Opens(ReadOnlySpan<byte> bytes, RarListing listing, RarKeys keys)
    {
        if (listing.LockedFrom + 24 > bytes.Length)
        {
            return false;
        }

        if (OpenHeader(bytes[listing.LockedFrom..], keys, out var length) is not { } first || !Crc(first))
        {
            return false;
        }

        var next = listing.LockedFrom + length + DataLength(first);
        return next < 0 || next + 24 > bytes.Length || (OpenHeader(bytes[(int)next..], keys, out _) is { } second && Crc(second));
    }

    private static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> bytes, long position)
    {
        var rest = bytes[(int)position..];
        var size = BinaryPrimitives.ReadUInt16LittleEndian(rest[5..]);
        return size < 7 || size > rest.Length ? [] : rest[..size];
    }

    /// <summary>A locked header: 8 bytes of salt, then the header in whole blocks of 16 bytes.</summary>
    private static byte[]? OpenHeader(ReadOnlySpan<byte> rest, RarKeys? keys, out int length)
    {
        length = 0;
        if (keys is null)
        {
            return null;
        }

        var key = keys.Rar4(rest[..8]);
        var first = key.Decrypt(rest.Slice(8, 16));
        var size = BinaryPrimitives.ReadUInt16LittleEndian(first.AsSpan(5));
        if (first[2] is < MainHead or > EndHead || size < 7)
        {
            return null;
        }

        var padded = (size + 15) & ~15;
        if (8 + padded > rest.Length)
        {
            return null;
        }

        length = 8 + padded;
        return key.Decrypt(rest.Slice(8, padded))[..size];
    }

    /// <summary>The checksum covers everything behind it; of main and comment headers only the fixed part in old archives.</summary>
    private static bool Crc(ReadOnlySpan<byte> header)
    {
        var stated = BinaryPrimitives.ReadUInt16LittleEndian(header);
        if ((ushort)ArchiveCrc32.Of(header[2..]) == stated)
        {
            return true;
        }

        var old =
            header[2] == MainHead ? 13
            : header[2] == CommentHead ? 13
            : header[2] == FileHead ? FileCoreLength(header)
            : 0;
        return old > 2 && old <= header.Length && (ushort)ArchiveCrc32.Of(header[2..old]) == stated;
    }

    private static int FileCoreLength(ReadOnlySpan<byte> header) =>
        header.Length < 28 ? 0 : 32 + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);

    private static long DataLength(ReadOnlySpan<byte> header)
    {
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[3..]);
        if (((flags & 0x8000) == 0 && header[2] is not (FileHead or SubHead)) || header.Length < 11)
        {
            return 0;
        }

        long low = BinaryPrimitives.ReadUInt32LittleEndian(header[7..]);
        return (flags & 0x100) != 0 && header[2] is FileHead or SubHead && header.Length >= 36
            ? low | ((long)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(header[32..]), 1u << 28) << 32)
            : low;
    }

    private static long Take(ReadOnlySpan<byte> bytes, Block block, RarListing listing)
    {
        var dataLength = DataLength(block.Header);
        switch (block.Type)
        {
            case MainHead:
                TakeMain(block, listing);
                break;
            case FileHead:
                TakeFile(bytes, block, dataLength, listing, service: false);
                break;
            case SubHead:
                TakeFile(bytes, block, dataLength, listing, service: true);
                break;
            case ProtectHead:
                listing.Recovery = true;
                break;
            case EndHead:
                listing.EndSeen = true;
                listing.MultiVolume |= (block.Flags & 1) != 0;
                break;
            default:
                break;
        }

        var next = block.Data + dataLength;
        return next < block.Data ? bytes.Length : Math.Min(next, bytes.Length);
    }

    private static void TakeMain(Block block, RarListing listing)
    {
        listing.MultiVolume |= (block.Flags & 1) != 0;
        listing.Solid = (block.Flags & 8) != 0;
        listing.Recovery |= (block.Flags & 0x40) != 0;
        listing.HeaderEncrypted = (block.Flags & 0x80) != 0;
        listing.LockedFrom = (int)block.Data;
        if ((block.Flags & 2) != 0 && block.Header.Length > 13 + 13 && block.Header[13 + 2] == CommentHead)
        {
            // Comment of RAR 1.5 and 2: a block of its own inside the main header.
            var comment = block.Header[13..];
            listing.CommentFile = new RarFile
            {
                Name = "CMT",
                DataOffset = block.Data - block.Header.Length + 13 + 13,
                Packed = comment.Length - 13,
                Size = BinaryPrimitives.ReadUInt16LittleEndian(comment[7..]),
                Version = comment[9],
                Method = comment[10] - 0x30,
            };
        }
    }

    private static void TakeFile(ReadOnlySpan<byte> bytes, Block block, long packed, RarListing listing, bool service)
    {
        var cursor = new ByteCursor(block.Header);
        cursor.GoTo(11);
        long size = cursor.U32();
        var host = cursor.U8();
        var crc = cursor.U32();
        var time = cursor.U32();
        int version = cursor.U8();
        var method = cursor.U8() - 0x30;
        int nameLength = cursor.U16();
        var attributes = cursor.U32();
        if ((block.Flags & 0x100) != 0)
        {
            cursor.U32();
            size |= (long)cursor.U32() << 32;
        }

        // A size with the highest bit set is no size.
        size = size < 0 ? uint.MaxValue : size;
        var rawName = cursor.Take(nameLength);
        if (cursor.Failed)
        {
            listing.Findings.Add(FindingCodes.Container.Damaged.At($"file header at {block.Data - block.Header.Length}"));
            return;
        }

        if (service)
        {
            TakeService(block, cursor, rawName, packed, size, crc, version, method, listing);
            return;
        }

        var salt = (block.Flags & 0x400) != 0 ? cursor.Take(8).ToArray() : null;
        var (name, charset) = Name(rawName, (block.Flags & 0x200) != 0);
        var directory = (block.Flags & 0xE0) == 0xE0 || (version < 20 && host < 3 && (attributes & 0x10) != 0);
        var file = new RarFile
        {
            Name = EntryNames.Separate(name),
            Charset = charset,
            DataOffset = block.Data,
            Packed = packed,
            Size = size is uint.MaxValue ? null : size,
            Crc = crc,
            Version = version,
            Method = method,
            Dictionary = (block.Flags >> 5) & 7,
            Solid = version < 20 ? listing.Solid && listing.ContentSeen : (block.Flags & 0x10) != 0,
            Encrypted = (block.Flags & 4) != 0,
            Salt = salt,
            IsDirectory = directory,
            LinkTarget = host == 3 && (attributes & 0xF000) == 0xA000 ? "" : null,
            SplitBefore = (block.Flags & 1) != 0,
            SplitAfter = (block.Flags & 2) != 0,
            HostOs = RarWords.Host4(host),
            Time = ArchiveTimes.FromDos(time),
        };
        listing.ContentSeen |= !directory;
        AddFile(bytes, block, file, listing);
    }

    private static void AddFile(ReadOnlySpan<byte> bytes, Block block, RarFile file, RarListing listing)
    {
        if (!block.Intact)
        {
            file.Findings.Add(FindingCodes.Container.Damaged.At($"checksum of the header at {block.Data - block.Header.Length}"));
        }

        if (file.Packed > bytes.Length - block.Data)
        {
            file.Findings.Add(FindingCodes.Container.Truncated.At($"{file.Packed} bytes stated, {bytes.Length - block.Data} left"));
        }

        EntryNames.Inspect(file.Name, file.Findings);
        listing.Files.Add(file);
    }

    private static void TakeService(
        Block block,
        ByteCursor cursor,
        ReadOnlySpan<byte> name,
        long packed,
        long size,
        uint crc,
        int version,
        int method,
        RarListing listing
    )
    {
        listing.Recovery |= name.SequenceEqual("RR"u8);
        if (!name.SequenceEqual("CMT"u8))
        {
            return;
        }

        listing.CommentIsUtf16 = (block.Flags & 0xE0) != 0xE0 && (BinaryPrimitives.ReadUInt32LittleEndian(block.Header[28..]) & 1) != 0;
        listing.CommentFile = new RarFile
        {
            Name = "CMT",
            DataOffset = block.Data,
            Packed = packed,
            Size = size,
            Crc = crc,
            Version = version,
            Method = method,
            Dictionary = (block.Flags >> 5) & 7,
            Encrypted = (block.Flags & 4) != 0,
            Salt = (block.Flags & 0x400) != 0 ? cursor.Take(8).ToArray() : null,
        };
    }

    private static EntryName Name(ReadOnlySpan<byte> raw, bool unicode)
    {
        if (!unicode)
        {
            return EntryNames.Decode(raw);
        }

        var zero = raw.IndexOf((byte)0);
        return zero < 0 ? EntryNames.DecodeUtf8(raw) : new(RarNames.Decode(raw[..zero], raw[(zero + 1)..]), "utf-16");
    }

    private static void Report(RarListing listing, long position, bool locked) =>
        listing.Findings.Add(
            locked ? FindingCodes.Container.PasswordWrong.At("rar3-aes-128") : FindingCodes.Container.Damaged.At($"block at {position}")
        );

    private static void Judge(ReadOnlySpan<byte> bytes, RarListing listing)
    {
        if (listing.EndSeen && listing.End < bytes.Length && bytes[(int)listing.End..].ContainsAnyExcept((byte)0))
        {
            listing.Findings.Add(FindingCodes.Container.Suffix.At($"{bytes.Length - listing.End} bytes"));
        }
    }
}

/// <summary>Unicode names of RAR 3 and 4: stored as differences from the OEM name.</summary>
internal static class RarNames
{
    /// <summary>Decodes; the OEM name fills what the differences leave out.</summary>
    public static string Decode(ReadOnlySpan<byte> oem, ReadOnlySpan<byte> encoded)
    {
        var result = new StringBuilder(oem.Length);
        if (encoded.Length == 0)
        {
            return EntryNames.Decode(oem).Text;
        }

        int high = encoded[0];
        var at = 1;
        var flags = 0;
        var flagBits = 0;
        while (at < encoded.Length && result.Length < 4_096)
        {
            if (flagBits == 0)
            {
                flags = encoded[at++];
                flagBits = 8;
                if (at >= encoded.Length)
                {
                    break;
                }
            }

            flagBits -= 2;
            switch ((flags >> flagBits) & 3)
            {
                case 0:
                    result.Append((char)encoded[at++]);
                    break;
                case 1:
                    result.Append((char)(encoded[at++] | (high << 8)));
                    break;
                case 2:
                    if (at + 1 < encoded.Length)
                    {
                        result.Append((char)(encoded[at] | (encoded[at + 1] << 8)));
                    }

                    at += 2;
                    break;
                default:
                    at = Repeat(oem, encoded, at, high, result);
                    break;
            }
        }

        return result.ToString();
    }

    private static int Repeat(ReadOnlySpan<byte> oem, ReadOnlySpan<byte> encoded, int at, int high, StringBuilder result)
    {
        int length = encoded[at++];
        var correction = 0;
        var page = 0;
        if ((length & 0x80) != 0)
        {
            correction = at < encoded.Length ? encoded[at] : 0;
            at++;
            page = high;
        }

        for (var count = (length & 0x7F) + 2; count > 0 && result.Length < oem.Length; count--)
        {
            result.Append((char)(((oem[result.Length] + correction) & 0xFF) | (page << 8)));
        }

        return at;
    }
}
