using System.Buffers.Binary;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OfficeCrypto;

/// <summary>A binary document: decrypted in an image of the same length.</summary>
internal abstract class BinaryDocumentLock(ReadOnlyMemory<byte> file, IStreamCipher cipher) : DocumentLock
{
    /// <inheritdoc/>
    public override string Encryption => cipher.Encryption;

    /// <inheritdoc/>
    public override double CostMilliseconds => 0.01;

    /// <summary>The cipher.</summary>
    protected IStreamCipher Cipher => cipher;

    /// <inheritdoc/>
    public override byte[]? Unlock(string password) => cipher.Unlock(password);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Decrypt(byte[] key, List<Finding> findings)
    {
        var image = file.ToArray();
        Overwrite(image, key);
        return image;
    }

    /// <summary>Puts the decrypted streams into the image.</summary>
    protected abstract void Overwrite(Span<byte> image, byte[] key);
}

/// <summary>Word (MS-DOC 2.2.6): main, table and data stream; the first 68 bytes of the main stream stay as they are.</summary>
internal sealed class WordLock(ReadOnlyMemory<byte> file, IStreamCipher cipher, List<LockedStream> streams)
    : BinaryDocumentLock(file, cipher)
{
    private const int Open = 68;
    private const int Block = 512;

    /// <inheritdoc/>
    protected override void Overwrite(Span<byte> image, byte[] key)
    {
        for (var i = 0; i < streams.Count; i++)
        {
            var bytes = streams[i].ToArray();
            var start = i == 0 ? bytes[..Math.Min(Open, bytes.Length)] : [];
            Cipher.Decrypt(key, bytes, Block);
            start.CopyTo(bytes, 0);
            if (start.Length >= 18)
            {
                // fEncrypted and fObfuscated off, no key.
                bytes[11] &= 0x7E;
                bytes.AsSpan(14, 4).Clear();
            }

            streams[i].Overwrite(image, bytes);
        }
    }
}

/// <summary>Excel (MS-XLS 2.2.10): the records of the workbook stream but for their headers and seven kinds.</summary>
internal sealed class BookLock(ReadOnlyMemory<byte> file, IStreamCipher cipher, LockedStream book) : BinaryDocumentLock(file, cipher)
{
    private const int Block = 1_024;

    /// <inheritdoc/>
    protected override void Overwrite(Span<byte> image, byte[] key)
    {
        var locked = book.ToArray();
        var plain = locked.AsSpan().ToArray();
        var xor = Cipher is XorCipher;
        if (!xor)
        {
            Cipher.Decrypt(key, plain, Block);
        }

        var at = 0;
        while (at + 4 <= locked.Length)
        {
            var kind = BinaryPrimitives.ReadUInt16LittleEndian(locked.AsSpan(at));
            var body = at + 4;
            int length = BinaryPrimitives.ReadUInt16LittleEndian(locked.AsSpan(at + 2));
            var there = Math.Min(length, locked.Length - body);
            var open =
                BiffStream.IsOpen(kind) ? there
                : kind == BiffStream.BoundSheet ? Math.Min(4, there)
                : 0;
            locked.AsSpan(at, 4 + open).CopyTo(plain.AsSpan(at));
            if (xor)
            {
                XorCipher.DecryptRecord(key, plain.AsSpan(body + open, there - open), body + length + open);
            }

            if (kind == BiffStream.Pass)
            {
                // A record of no kind and the same length stands where the lock was described.
                plain.AsSpan(at, 2).Clear();
                plain.AsSpan(body, there).Clear();
            }

            at = body + length;
        }

        book.Overwrite(image, plain);
    }
}

/// <summary>Records of a workbook stream.</summary>
internal static class BiffStream
{
    /// <summary>FilePass.</summary>
    public const int Pass = 0x2F;

    /// <summary>BoundSheet8, whose first four bytes are never encrypted.</summary>
    public const int BoundSheet = 0x85;

    /// <summary>FilePass stands soon after the beginning.</summary>
    public const int PassWindow = 16_384;

    /// <summary>Records that are never encrypted: BOF, FilePass, UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead.</summary>
    public static bool IsOpen(int kind) =>
        kind is 0x0809 or 0x0409 or 0x0209 or 0x0009 or Pass or 0x0194 or 0x0195 or 0x00E1 or 0x0196 or 0x0138;

    /// <summary>Where the body of FilePass stands; null when there is none.</summary>
    public static (int At, int Length)? FilePass(ReadOnlySpan<byte> book)
    {
        var at = 0;
        for (var records = 0; at + 4 <= book.Length && records < 256; records++)
        {
            var kind = BinaryPrimitives.ReadUInt16LittleEndian(book[at..]);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(book[(at + 2)..]);
            if ((records == 0 && kind != 0x0809) || kind == 0x000A)
            {
                return null;
            }

            if (kind == Pass)
            {
                return at + 4 + length <= book.Length ? (at + 4, length) : null;
            }

            at += 4 + length;
        }

        return null;
    }
}

/// <summary>PowerPoint (MS-PPT 2.3.2 to 2.3.7): every persist object by itself, its number being that of the block.</summary>
internal sealed class ShowLock(ReadOnlyMemory<byte> file, Rc4Cipher cipher, LockedStream show, LockedStream user, ShowStream objects)
    : BinaryDocumentLock(file, cipher)
{
    /// <inheritdoc/>
    protected override void Overwrite(Span<byte> image, byte[] key)
    {
        var bytes = show.ToArray();
        Span<byte> header = stackalloc byte[8];
        foreach (var (id, at) in objects.Objects)
        {
            if (at > bytes.Length - 8 || id == objects.SessionId)
            {
                continue;
            }

            var kind = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 2));
            if (kind is ShowStream.UserEdit or ShowStream.PersistDirectory)
            {
                continue;
            }

            // The header says how long the object is, and is encrypted itself.
            bytes.AsSpan(at, 8).CopyTo(header);
            cipher.DecryptBlock(key, header, id);
            var length = 8L + BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            var end = (int)Math.Min(at + length, objects.After(at, bytes.Length));
            cipher.DecryptBlock(key, bytes.AsSpan(at, end - at), id);
        }

        foreach (var edit in objects.Edits)
        {
            // The last field names the lock; without it the record is four bytes shorter.
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(edit + 4)) == 0x20)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(edit + 4), 0x1C);
            }
        }

        show.Overwrite(image, bytes);
        var current = user.ToArray();
        if (current.Length >= 16)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(current.AsSpan(12), ShowStream.OpenToken);
            user.Overwrite(image, current);
        }
    }
}

/// <summary>What a presentation says about its objects.</summary>
/// <param name="Cipher">How they are encrypted; null when that is not stated.</param>
/// <param name="SessionId">Number of the object that describes the lock.</param>
/// <param name="Objects">Number and offset of each object.</param>
/// <param name="Edits">Offsets of the UserEditAtom records.</param>
internal sealed record ShowStream(Rc4Cipher? Cipher, uint SessionId, SortedDictionary<uint, int> Objects, List<int> Edits)
{
    /// <summary>Type of UserEditAtom.</summary>
    public const int UserEdit = 0x0FF5;

    /// <summary>Type of PersistDirectoryAtom.</summary>
    public const int PersistDirectory = 0x1772;

    /// <summary>Token of a document that is not encrypted.</summary>
    public const uint OpenToken = 0xE391C05F;

    private const uint LockedToken = 0xF3D1C4DF;
    private const int Session = 0x2F14;
    private const int MaxEdits = 1_000;
    private const int MaxObjects = 200_000;

    private int[]? _offsets;

    /// <summary>Whether the current user's record says that the document is encrypted.</summary>
    public static bool IsLocked(ref CompoundFile file) =>
        file.FindStream("Current User") is { } entry
        && file.Read(entry, 16) is { Length: 16 } user
        && BinaryPrimitives.ReadUInt32LittleEndian(user.AsSpan(12)) == LockedToken;

    /// <summary>Offset of the next object, or the end.</summary>
    public int After(int offset, int end)
    {
        _offsets ??= [.. Objects.Values.Concat(Edits).Order()];
        var index = Array.BinarySearch(_offsets, offset + 1);
        index = index < 0 ? ~index : index;
        return index < _offsets.Length ? Math.Min(_offsets[index], end) : end;
    }

    /// <summary>Follows the edits, newest first; each must lie before the one that names it.</summary>
    public static ShowStream? Read(ReadOnlySpan<byte> show, ReadOnlySpan<byte> user)
    {
        if (user.Length < 20)
        {
            return null;
        }

        var objects = new SortedDictionary<uint, int>();
        var edits = new List<int>();
        uint session = 0;
        long at = BinaryPrimitives.ReadUInt32LittleEndian(user[16..]);
        while (
            edits.Count < MaxEdits && at + 36 <= show.Length && BinaryPrimitives.ReadUInt16LittleEndian(show[((int)at + 2)..]) == UserEdit
        )
        {
            var edit = show[(int)at..];
            edits.Add((int)at);
            if (session == 0 && edit.Length >= 40 && BinaryPrimitives.ReadUInt32LittleEndian(edit[4..]) >= 0x20)
            {
                session = BinaryPrimitives.ReadUInt32LittleEndian(edit[36..]);
            }

            Directory(show, BinaryPrimitives.ReadUInt32LittleEndian(edit[20..]), objects);
            var before = BinaryPrimitives.ReadUInt32LittleEndian(edit[16..]);
            if (before == 0 || before >= at)
            {
                break;
            }

            at = before;
        }

        var cipher = objects.TryGetValue(session, out var place) ? SessionCipher(show, place) : null;
        return new ShowStream(cipher, session, objects, edits);
    }

    private static Rc4Cipher? SessionCipher(ReadOnlySpan<byte> show, int at)
    {
        if (at > show.Length - 8 || BinaryPrimitives.ReadUInt16LittleEndian(show[(at + 2)..]) != Session)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(show[(at + 4)..]);
        return Rc4Cipher.Read(show.Slice(at + 8, (int)Math.Min(length, show.Length - at - 8)));
    }

    private static void Directory(ReadOnlySpan<byte> show, uint at, SortedDictionary<uint, int> objects)
    {
        if (at > show.Length - 8 || BinaryPrimitives.ReadUInt16LittleEndian(show[((int)at + 2)..]) != PersistDirectory)
        {
            return;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(show[((int)at + 4)..]);
        var rest = show[((int)at + 8)..];
        rest = rest[..(int)Math.Min(length, rest.Length)];
        while (rest.Length >= 4 && objects.Count < MaxObjects)
        {
            var head = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            rest = rest[4..];
            for (var (id, left) = (head & 0xFFFFF, head >> 20); left > 0 && rest.Length >= 4; id++, left--)
            {
                var offset = BinaryPrimitives.ReadUInt32LittleEndian(rest);
                rest = rest[4..];
                if (offset < show.Length)
                {
                    // Newer edits come first and win.
                    objects.TryAdd(id, (int)offset);
                }
            }
        }
    }
}
