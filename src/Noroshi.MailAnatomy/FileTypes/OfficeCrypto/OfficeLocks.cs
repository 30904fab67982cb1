using System.Buffers.Binary;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OfficeCrypto;

/// <summary>Finds how a document is locked.</summary>
internal static class OfficeLocks
{
    /// <summary>Hash rounds that are computed for one password; Office writes 100,000 and 50,000, and 10,000,000 are allowed.</summary>
    public const int MaxSpins = 500_000;

    /// <summary>What Excel tries before it asks (MS-XLS 2.4.117).</summary>
    private const string Excel = "VelvetSweatshop";

    /// <summary>What PowerPoint tries before it asks.</summary>
    private const string PowerPoint = "/01Hannes Ruescher/01";

    private const int MaxInfo = 64 << 10;

    /// <summary>Whether the compound file says that it is locked.</summary>
    public static bool IsLocked(ReadOnlySpan<byte> bytes)
    {
        if (!CompoundFile.TryOpen(bytes, out var file))
        {
            return false;
        }

        if (file.FindStream("EncryptedPackage") is not null)
        {
            return true;
        }

        if (file.FindStream("WordDocument") is { } word)
        {
            return file.Read(word, 12) is { Length: 12 } fib && (fib[11] & 1) != 0;
        }

        if ((file.FindStream("Workbook") ?? file.FindStream("Book")) is { } book)
        {
            return BiffStream.FilePass(file.Read(book, BiffStream.PassWindow)) is not null;
        }

        return ShowStream.IsLocked(ref file);
    }

    /// <summary>The lock; null when there is none.</summary>
    public static DocumentLock? Find(ReadOnlyMemory<byte> bytes)
    {
        if (!CompoundFile.TryOpen(bytes.Span, out var file))
        {
            return null;
        }

        if (file.FindStream("EncryptedPackage") is { } package)
        {
            return Package(bytes, ref file, package);
        }

        if (file.FindStream("WordDocument") is { } word)
        {
            return WordLock(bytes, ref file, word);
        }

        if ((file.FindStream("Workbook") ?? file.FindStream("Book")) is { } book)
        {
            return BookLock(bytes, ref file, book);
        }

        return ShowLock(bytes, ref file);
    }

    private static DocumentLock Package(ReadOnlyMemory<byte> bytes, ref CompoundFile file, CompoundEntry package)
    {
        var info = file.FindStream("EncryptionInfo") is { } entry ? file.Read(entry, MaxInfo) : [];
        if (info.Length < 8)
        {
            return Closed("office", FindingCodes.OfficeCrypto.Unsupported.At("no EncryptionInfo: protected by a service"));
        }

        var major = BinaryPrimitives.ReadUInt16LittleEndian(info);
        var minor = BinaryPrimitives.ReadUInt16LittleEndian(info.AsSpan(2));
        var content = new LockedStream(bytes, file.Pieces(package, bytes.Length));
        return (major, minor) switch
        {
            (4, 4) => AgileDescriptor.Read(info.AsSpan(8), out var agile) is { } broken
                ? Closed("office-agile", broken)
                : new AgileLock(agile, content) { Defaults = [Excel], Refusal = Cost(agile.SpinCount) },
            (2 or 3 or 4, 2) => StandardLock.Create(info.AsSpan(4), content, [Excel]),
            _ => Closed("office", FindingCodes.OfficeCrypto.Unsupported.At($"EncryptionInfo {major}.{minor}")),
        };
    }

    private static Finding? Cost(int spins) => spins > MaxSpins ? FindingCodes.OfficeCrypto.KeyCost.At($"{spins} rounds") : null;

    private static DocumentLock? WordLock(ReadOnlyMemory<byte> bytes, ref CompoundFile file, CompoundEntry word)
    {
        var fib = file.Read(word, 32);
        if (fib.Length < 32 || (fib[11] & 1) == 0)
        {
            return null;
        }

        var flags = BinaryPrimitives.ReadUInt16LittleEndian(fib.AsSpan(10));
        var key = BinaryPrimitives.ReadUInt32LittleEndian(fib.AsSpan(14));
        var table = file.FindStream((flags & 0x0200) != 0 ? "1Table" : "0Table");
        IStreamCipher? cipher;
        if ((flags & 0x8000) != 0)
        {
            // The high word is the key, the low word the verifier (MS-OFFCRYPTO 2.3.7.4).
            cipher = new XorCipher((ushort)(key >> 16), (ushort)key);
        }
        else
        {
            cipher = Rc4Cipher.Read(table is { } entry ? file.Read(entry, (int)Math.Min(key, 4_096)) : []);
        }

        if (cipher is null)
        {
            return Closed("office-rc4", FindingCodes.OfficeCrypto.Broken.At("Table stream"));
        }

        var streams = new List<LockedStream> { new(bytes, file.Pieces(word, bytes.Length)) };
        foreach (var other in new[] { table, file.FindStream("Data") })
        {
            if (other is { } one)
            {
                streams.Add(new LockedStream(bytes, file.Pieces(one, bytes.Length)));
            }
        }

        return new WordLock(bytes, cipher, streams) { Refusal = cipher.Refusal };
    }

    private static DocumentLock? BookLock(ReadOnlyMemory<byte> bytes, ref CompoundFile file, CompoundEntry book)
    {
        var start = file.Read(book, BiffStream.PassWindow);
        if (BiffStream.FilePass(start) is not { } pass)
        {
            return null;
        }

        var body = start.AsSpan(pass.At, pass.Length);
        IStreamCipher? cipher;
        if (body.Length >= 6 && body[0] == 1)
        {
            cipher = Rc4Cipher.Read(body[2..]);
        }
        else if (body.Length is 4 or 5)
        {
            // BIFF5 knows XOR only and has no type word.
            cipher = new XorCipher(BinaryPrimitives.ReadUInt16LittleEndian(body), BinaryPrimitives.ReadUInt16LittleEndian(body[2..]));
        }
        else
        {
            cipher =
                body.Length >= 6
                    ? new XorCipher(BinaryPrimitives.ReadUInt16LittleEndian(body[2..]), BinaryPrimitives.ReadUInt16LittleEndian(body[4..]))
                    : null;
        }

        return cipher is null
            ? Closed("office-rc4", FindingCodes.OfficeCrypto.Broken.At("FilePass"))
            : new BookLock(bytes, cipher, new LockedStream(bytes, file.Pieces(book, bytes.Length)))
            {
                Refusal = cipher.Refusal,
                Defaults = [Excel],
            };
    }

    private static DocumentLock? ShowLock(ReadOnlyMemory<byte> bytes, ref CompoundFile file)
    {
        if (!ShowStream.IsLocked(ref file) || file.FindStream("PowerPoint Document") is not { } document)
        {
            return null;
        }

        var show = new LockedStream(bytes, file.Pieces(document, bytes.Length));
        var user = file.FindStream("Current User") is { } entry
            ? new LockedStream(bytes, file.Pieces(entry, 4_096))
            : new LockedStream(bytes, []);
        var objects = ShowStream.Read(show.ToArray(), user.ToArray());
        return objects?.Cipher is { } cipher
            ? new ShowLock(bytes, cipher, show, user, objects) { Refusal = cipher.Refusal, Defaults = [PowerPoint] }
            : Closed("office-rc4-cryptoapi", FindingCodes.OfficeCrypto.Broken.At("CryptSession10Container"));
    }

    private static ClosedLock Closed(string encryption, Finding why) => new(encryption) { Refusal = why };
}

/// <summary>A stream of the file by the places where its bytes lie.</summary>
internal sealed class LockedStream(ReadOnlyMemory<byte> file, List<(int At, int Length)> pieces)
{
    /// <summary>Bytes of the stream.</summary>
    public int Length { get; } = pieces.Sum(piece => piece.Length);

    /// <summary>The bytes in order.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        var at = 0;
        foreach (var (from, length) in pieces)
        {
            file.Span.Slice(from, length).CopyTo(bytes.AsSpan(at));
            at += length;
        }

        return bytes;
    }

    /// <summary>Writes other bytes over those of the stream in an image of the file.</summary>
    public void Overwrite(Span<byte> image, ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        foreach (var (from, length) in pieces)
        {
            bytes.Slice(at, length).CopyTo(image[from..]);
            at += length;
        }
    }
}
