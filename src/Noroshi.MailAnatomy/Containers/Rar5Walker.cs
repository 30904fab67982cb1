using System.Security.Cryptography;
using System.Text;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>Reads the blocks of RAR 5 leniently (RAR 5.0 archive format). Every block moves forward by at least its own header.</summary>
internal static class Rar5Walker
{
    private const int MainHead = 1;
    private const int FileHead = 2;
    private const int ServiceHead = 3;
    private const int CryptHead = 4;
    private const int EndHead = 5;

    /// <summary>A header larger than this is refused, as by the format's own programs.</summary>
    private const int MaxHeader = 2 << 20;

    /// <summary>The part of a header that all types share.</summary>
    private readonly record struct Head(ulong Type, ulong Flags, int Extra, long Data, int Fields);

    /// <summary>Reads the headers.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="start">Offset of the signature.</param>
    /// <param name="keys">Keys when a password is known.</param>
    public static RarListing Read(ReadOnlySpan<byte> bytes, int start, RarKeys? keys)
    {
        var listing = new RarListing { Rar5 = true, Start = start };
        long position = start + 8;
        for (var count = 0; count < Rar4Walker.MaxBlocks && position + 7 <= bytes.Length && !listing.EndSeen; count++)
        {
            var locked = listing.HeaderEncrypted;
            if (locked && !MayOpen(listing, keys))
            {
                listing.StillLocked = true;
                break;
            }

            var header = locked
                ? OpenHeader(bytes[(int)position..], listing.HeaderLock, keys, out var length)
                : PlainHeader(bytes[(int)position..], out length);
            if (header.Length == 0 || ReadHead(header) is not { } head)
            {
                listing.StillLocked = locked && listing.Files.Count == 0;
                listing.Findings.Add(
                    listing.StillLocked
                        ? FindingCodes.Container.PasswordWrong.At("aes-256")
                        : FindingCodes.Container.Damaged.At($"block at {position}")
                );
                break;
            }

            var data = position + length;
            Take(bytes, header, head, data, listing);
            position = head.Data > bytes.Length - data ? bytes.Length : data + head.Data;
            listing.End = position;
        }

        if (listing.EndSeen && listing.End < bytes.Length && bytes[(int)listing.End..].ContainsAnyExcept((byte)0))
        {
            listing.Findings.Add(FindingCodes.Container.Suffix.At($"{bytes.Length - listing.End} bytes"));
        }

        return listing;
    }

    /// <summary>Whether the first locked header opens: its checksum of 32 bits must fit.</summary>
    public static bool Opens(ReadOnlySpan<byte> bytes, RarListing listing, RarKeys keys) =>
        listing.LockedFrom < bytes.Length && OpenHeader(bytes[listing.LockedFrom..], listing.HeaderLock, keys, out _).Length > 0;

    private static bool MayOpen(RarListing listing, RarKeys? keys)
    {
        if (keys is null || listing.HeaderLock is not { } by)
        {
            return false;
        }

        if (by.Count > RarKeys.MaxCount)
        {
            return false;
        }

        if (keys.Rar5Fits(by) is false)
        {
            listing.Findings.Add(FindingCodes.Container.PasswordWrong.At("aes-256"));
            return false;
        }

        return true;
    }

    private static ReadOnlySpan<byte> PlainHeader(ReadOnlySpan<byte> rest, out int length)
    {
        length = 0;
        var cursor = new ByteCursor(rest);
        var crc = cursor.U32();
        var size = cursor.Vint();
        if (cursor.Failed || size is 0 or > MaxHeader || cursor.Position > 7 || (long)size > cursor.Left)
        {
            return [];
        }

        length = cursor.Position + (int)size;
        return ArchiveCrc32.Of(rest[4..length]) == crc ? rest[cursor.Position..length] : [];
    }

    /// <summary>A locked header: 16 bytes of first block, then checksum, size and header in whole blocks of 16 bytes.</summary>
    private static ReadOnlySpan<byte> OpenHeader(ReadOnlySpan<byte> rest, Rar5Lock? by, RarKeys? keys, out int length)
    {
        length = 0;
        if (keys is null || by is null || rest.Length < 32)
        {
            return [];
        }

        var key = new AesKey(keys.Rar5(by), rest[..16].ToArray());
        var cursor = new ByteCursor(key.Decrypt(rest.Slice(16, 16)));
        cursor.U32();
        var size = cursor.Vint();
        var whole = ((long)cursor.Position + (long)Math.Min(size, MaxHeader) + 15) & ~15L;
        if (cursor.Failed || size is 0 or > MaxHeader || 16 + whole > rest.Length)
        {
            return [];
        }

        var header = PlainHeader(key.Decrypt(rest.Slice(16, (int)whole)), out _);
        length = 16 + (int)whole;
        return header;
    }

    private static Head? ReadHead(ReadOnlySpan<byte> header)
    {
        var cursor = new ByteCursor(header);
        var type = cursor.Vint();
        var flags = cursor.Vint();
        var extra = (flags & 1) != 0 ? cursor.Vint() : 0;
        var data = (flags & 2) != 0 ? cursor.Vint() : 0;
        return cursor.Failed || extra > (ulong)cursor.Left || data > long.MaxValue
            ? null
            : new Head(type, flags, (int)extra, (long)data, cursor.Position);
    }

    private static void Take(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> header, Head head, long data, RarListing listing)
    {
        var cursor = new ByteCursor(header);
        cursor.GoTo(head.Fields);
        switch (head.Type)
        {
            case MainHead:
                var flags = cursor.Vint();
                listing.MultiVolume |= (flags & 1) != 0;
                listing.Solid = (flags & 4) != 0;
                listing.Recovery |= (flags & 8) != 0;
                break;
            case CryptHead:
                TakeLock(ref cursor, data, listing);
                break;
            case FileHead or ServiceHead:
                TakeFile(bytes, header, head, data, listing);
                break;
            case EndHead:
                listing.EndSeen = true;
                listing.MultiVolume |= (cursor.Vint() & 1) != 0;
                break;
            default:
                break;
        }
    }

    private static void TakeLock(ref ByteCursor cursor, long data, RarListing listing)
    {
        var version = cursor.Vint();
        listing.HeaderEncrypted = true;
        listing.LockedFrom = (int)data;
        if (version == 0)
        {
            listing.HeaderLock = ReadLock(ref cursor, withIv: false);
        }

        if (listing.HeaderLock is null)
        {
            listing.Findings.Add(FindingCodes.Container.Unsupported.At($"encryption version {version}"));
        }
        else if (listing.HeaderLock.Count > RarKeys.MaxCount)
        {
            listing.Findings.Add(FindingCodes.Container.KeyCost.At($"2^{listing.HeaderLock.Count} rounds"));
        }
    }

    private static Rar5Lock? ReadLock(ref ByteCursor cursor, bool withIv)
    {
        var flags = cursor.Vint();
        int count = cursor.U8();
        var salt = cursor.Take(16).ToArray();
        var iv = withIv ? cursor.Take(16).ToArray() : [];
        byte[]? check = null;
        if ((flags & 1) != 0)
        {
            var value = cursor.Take(8);
            var sum = cursor.Take(4);

            // A check value whose own checksum is wrong says nothing about the password.
            check = !cursor.Failed && SHA256.HashData(value).AsSpan(0, 4).SequenceEqual(sum) ? value.ToArray() : null;
        }

        return cursor.Failed ? null : new Rar5Lock(count, salt, iv, check, (flags & 2) != 0);
    }

    private static void TakeFile(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> header, Head head, long data, RarListing listing)
    {
        var cursor = new ByteCursor(header);
        cursor.GoTo(head.Fields);
        var flags = cursor.Vint();
        var size = cursor.Vint();
        cursor.Vint();
        var time = (flags & 2) != 0 ? ArchiveTimes.FromUnix(cursor.U32()) : null;
        var crc = (flags & 4) != 0 ? cursor.U32() : (uint?)null;
        var packing = cursor.Vint();
        var host = cursor.Vint();
        var nameLength = cursor.Vint();
        var rawName = cursor.Take((long)Math.Min(nameLength, MaxHeader));
        if (cursor.Failed || size > long.MaxValue)
        {
            listing.Findings.Add(FindingCodes.Container.Damaged.At($"file header before {data}"));
            return;
        }

        var (name, charset) = EntryNames.DecodeUtf8(rawName);
        var extras = ReadExtras(header[Math.Max(cursor.Position, header.Length - head.Extra)..]);
        var algorithm = (int)(packing & 0x3F);
        var file = new RarFile
        {
            Name = EntryNames.Separate(name),
            Charset = charset,
            Rar5 = true,
            DataOffset = data,
            Packed = head.Data,
            Size = (flags & 8) != 0 ? null : (long)size,
            Crc = crc,
            Blake2 = extras.Blake2,
            Version =
                algorithm == 0 ? 50
                : algorithm == 1 ? 70
                : 50 + algorithm,
            Method = (int)(packing >> 7) & 7,
            Dictionary = (int)(packing >> 10) & (algorithm == 0 ? 15 : 31),
            Solid = (packing & 0x40) != 0,
            Encrypted = extras.Locked,
            Lock = extras.Lock,
            IsDirectory = (flags & 1) != 0,
            LinkTarget = extras.Target,
            SplitBefore = (head.Flags & 8) != 0,
            SplitAfter = (head.Flags & 16) != 0,
            HostOs = RarWords.Host5(host),
            Time = extras.Time ?? time,
        };
        Add(bytes, head, file, listing);
    }

    private static void Add(ReadOnlySpan<byte> bytes, Head head, RarFile file, RarListing listing)
    {
        if (head.Type == ServiceHead)
        {
            listing.CommentFile = file.Name == "CMT" ? file : listing.CommentFile;
            listing.Recovery |= file.Name == "RR";
            return;
        }

        if (file.Packed > bytes.Length - file.DataOffset)
        {
            file.Findings.Add(FindingCodes.Container.Truncated.At($"{file.Packed} bytes stated, {bytes.Length - file.DataOffset} left"));
        }

        if (file.Lock is { Count: > RarKeys.MaxCount } costly)
        {
            file.Findings.Add(FindingCodes.Container.KeyCost.At($"2^{costly.Count} rounds"));
        }

        EntryNames.Inspect(file.Name, file.Findings);
        listing.Files.Add(file);
    }

    /// <summary>What the records behind the name say.</summary>
    private readonly record struct Extras(bool Locked, Rar5Lock? Lock, byte[]? Blake2, string? Time, string? Target);

    private static Extras ReadExtras(ReadOnlySpan<byte> extra)
    {
        var result = default(Extras);
        var all = new ByteCursor(extra);
        while (all.Left > 0 && !all.Failed)
        {
            var size = all.Vint();
            var cursor = new ByteCursor(all.Take((long)Math.Min(size, MaxHeader)));
            if (all.Failed)
            {
                break;
            }

            switch (cursor.Vint())
            {
                case 1:
                    result = result with { Locked = true, Lock = cursor.Vint() == 0 ? ReadLock(ref cursor, withIv: true) : null };
                    break;
                case 2:
                    result = result with { Blake2 = cursor.Vint() == 0 && cursor.Left >= 32 ? cursor.Take(32).ToArray() : null };
                    break;
                case 3:
                    result = result with { Time = ReadTime(ref cursor) ?? result.Time };
                    break;
                case 5:
                    cursor.Vint();
                    cursor.Vint();
                    result = result with { Target = Encoding.UTF8.GetString(cursor.Take((long)Math.Min(cursor.Vint(), MaxHeader))) };
                    break;
                default:
                    break;
            }
        }

        return result;
    }

    private static string? ReadTime(ref ByteCursor cursor)
    {
        var flags = cursor.Vint();
        if ((flags & 2) == 0)
        {
            return null;
        }

        return (flags & 1) != 0 ? ArchiveTimes.FromUnix(cursor.U32()) : ArchiveTimes.FromFileTime(cursor.U64());
    }
}
