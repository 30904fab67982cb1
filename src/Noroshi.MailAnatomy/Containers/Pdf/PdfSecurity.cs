using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>What the encryption dictionary states (ISO 32000-1, 7.6.3; ISO 32000-2 for revision 6).</summary>
internal sealed class PdfLock
{
    private PdfLock() { }

    /// <summary>Version of the algorithm.</summary>
    public required int Version { get; init; }

    /// <summary>Revision of the standard handler; 2 to 6.</summary>
    public required int Revision { get; init; }

    /// <summary>Bytes of the key.</summary>
    public required int KeyLength { get; init; }

    /// <summary>Owner entry.</summary>
    public required byte[] Owner { get; init; }

    /// <summary>User entry.</summary>
    public required byte[] User { get; init; }

    /// <summary>Wrapped key for the owner, revisions 5 and 6.</summary>
    public required byte[] OwnerKey { get; init; }

    /// <summary>Wrapped key for the user, revisions 5 and 6.</summary>
    public required byte[] UserKey { get; init; }

    /// <summary>Permissions.</summary>
    public required int Permissions { get; init; }

    /// <summary>First half of the file's id.</summary>
    public required byte[] Id { get; init; }

    /// <summary>Whether the metadata stream is encrypted too.</summary>
    public required bool EncryptMetadata { get; init; }

    /// <summary>Cipher of streams: <c>rc4</c>, <c>aes-128</c>, <c>aes-256</c>, <c>none</c>.</summary>
    public required string Streams { get; init; }

    /// <summary>Cipher of strings.</summary>
    public required string Strings { get; init; }

    /// <summary>Cipher and key length for people: <c>pdf-rc4-40</c>, <c>pdf-rc4-128</c>, <c>pdf-aes-128</c>, <c>pdf-aes-256</c>.</summary>
    public string Name =>
        Streams == "rc4" ? $"pdf-rc4-{KeyLength * 8}"
        : Streams == "none" && Strings == "none" ? "pdf"
        : $"pdf-{(Streams == "none" ? Strings : Streams)}";

    /// <summary>Reads the dictionary a trailer leads to; null when there is none or it is not of the standard password handler.</summary>
    public static PdfLock? Of(PdfFile file)
    {
        var map = file.Resolve(file.Trailer("Encrypt"));
        var version = (int)file.Get(map, "V").Integer;
        var revision = (int)file.Get(map, "R").Integer;
        var owner = file.Get(map, "O").Bytes;
        var user = file.Get(map, "U").Bytes;
        if (
            map.Kind != PdfKind.Map
            || !file.Get(map, "Filter").Is("Standard")
            || revision is < 2 or > 6
            || version is < 1 or > 5
            || owner.Length < (revision >= 5 ? 48 : 32)
            || user.Length < (revision >= 5 ? 48 : 32)
        )
        {
            return null;
        }

        var id = file.Resolve(file.Trailer("ID"));
        var bits = file.Get(map, "Length").Integer;
        var length =
            version >= 5 ? 32
            : version == 4 ? 16
            : revision == 2 || bits is < 40 or > 128 ? 5
            : (int)bits / 8;
        return new PdfLock
        {
            Version = version,
            Revision = revision,
            KeyLength = length,
            Owner = owner,
            User = user,
            OwnerKey = file.Get(map, "OE").Bytes,
            UserKey = file.Get(map, "UE").Bytes,
            Permissions = unchecked((int)(long)file.Get(map, "P").Number),
            Id = id.Items.Count > 0 ? file.Resolve(id.Items[0]).Bytes : [],
            EncryptMetadata = file.Get(map, "EncryptMetadata") is not { Kind: PdfKind.Bool, Number: 0 },
            Streams = Cipher(file, map, version, "StmF"),
            Strings = Cipher(file, map, version, "StrF"),
        };
    }

    private static string Cipher(PdfFile file, PdfValue map, int version, string entry)
    {
        if (version < 4)
        {
            return "rc4";
        }

        var name = file.Get(map, entry).Name;
        var method = file.Get(file.Get(file.Get(map, "CF"), name), "CFM").Name;
        return name.Length == 0 || name == "Identity"
            ? "none"
            : method switch
            {
                "V2" => "rc4",
                "AESV2" => "aes-128",
                "AESV3" => "aes-256",
                _ => "none",
            };
    }
}

/// <summary>Keys of the standard security handler and the ciphers under them.</summary>
internal static class PdfSecurity
{
    private static ReadOnlySpan<byte> Padding =>
        [
            0x28,
            0xBF,
            0x4E,
            0x5E,
            0x4E,
            0x75,
            0x8A,
            0x41,
            0x64,
            0x00,
            0x4E,
            0x56,
            0xFF,
            0xFA,
            0x01,
            0x08,
            0x2E,
            0x2E,
            0x00,
            0xB6,
            0xD0,
            0x68,
            0x3E,
            0x80,
            0x2F,
            0x0C,
            0xA9,
            0xFE,
            0x64,
            0x53,
            0x69,
            0x7A,
        ];

    /// <summary>The key of the file when the password is the user's or the owner's; null when it is neither. Never throws.</summary>
    public static byte[]? Open(PdfLock by, string password)
    {
        foreach (var bytes in Forms(by, password))
        {
            if ((by.Revision >= 5 ? OpenNew(by, bytes) : OpenOld(by, bytes)) is { } key)
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>Programs disagree about the bytes of a password that is not ASCII.</summary>
    private static IEnumerable<byte[]> Forms(PdfLock by, string password)
    {
        var utf8 = Encoding.UTF8.GetBytes(password);
        if (by.Revision >= 5)
        {
            yield return utf8[..Math.Min(utf8.Length, 127)];
            if (password.IsNormalized(NormalizationForm.FormKC))
            {
                yield break;
            }

            var normal = Encoding.UTF8.GetBytes(UnicodeForms.Nfkc(password));
            yield return normal[..Math.Min(normal.Length, 127)];
            yield break;
        }

        if (Ascii.IsValid(password))
        {
            yield return utf8;
            yield break;
        }

        if (password.All(c => c < 0x100))
        {
            yield return Encoding.Latin1.GetBytes(password);
        }

        if (CodePagesEncodingProvider.Instance.GetEncoding(932) is { } shiftJis)
        {
            yield return shiftJis.GetBytes(password);
        }

        yield return utf8;
    }

    private static byte[]? OpenOld(PdfLock by, byte[] password)
    {
        var padded = Pad(password);
        return KeyOfUser(by, padded) ?? KeyOfUser(by, UserOfOwner(by, padded));
    }

    /// <summary>Algorithms 2, 4 and 5 of ISO 32000-1.</summary>
    private static byte[]? KeyOfUser(PdfLock by, byte[] padded)
    {
        var key = FileKey(by, padded);
        var check = new byte[32];
        if (by.Revision == 2)
        {
            Padding.CopyTo(check);
            Rc4(key, check);
            return check.AsSpan().SequenceEqual(by.User.AsSpan(0, 32)) ? key : null;
        }

        var digest = MD5.HashData((byte[])[.. Padding, .. by.Id]);
        for (var round = 0; round < 20; round++)
        {
            Rc4(Xor(key, round), digest);
        }

        return digest.AsSpan().SequenceEqual(by.User.AsSpan(0, 16)) ? key : null;
    }

    /// <summary>The key that a padded user password makes (algorithm 2).</summary>
    internal static byte[] FileKey(PdfLock by, byte[] padded)
    {
        var permissions = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(permissions, by.Permissions);
        byte[] open = by is { Revision: >= 4, EncryptMetadata: false } ? [0xFF, 0xFF, 0xFF, 0xFF] : [];
        var digest = MD5.HashData((byte[])[.. padded, .. by.Owner.AsSpan(0, 32), .. permissions, .. by.Id, .. open]);
        for (var i = 0; by.Revision >= 3 && i < 50; i++)
        {
            digest = MD5.HashData(digest.AsSpan(0, by.KeyLength));
        }

        return digest[..by.KeyLength];
    }

    /// <summary>The user's password, padded, from the owner's (algorithm 7).</summary>
    private static byte[] UserOfOwner(PdfLock by, byte[] padded)
    {
        var digest = MD5.HashData(padded);
        for (var i = 0; by.Revision >= 3 && i < 50; i++)
        {
            digest = MD5.HashData(digest.AsSpan(0, by.KeyLength));
        }

        var key = digest[..by.KeyLength];
        var user = by.Owner[..32];
        for (var round = by.Revision >= 3 ? 19 : 0; round >= 0; round--)
        {
            Rc4(Xor(key, round), user);
        }

        return user;
    }

    private static byte[]? OpenNew(PdfLock by, byte[] password)
    {
        var user = by.User.AsSpan(0, 48);
        if (Hash(by, password, user.Slice(32, 8), []).AsSpan().SequenceEqual(user[..32]) && by.UserKey.Length >= 32)
        {
            return Unwrap(Hash(by, password, user.Slice(40, 8), []), by.UserKey);
        }

        var owner = by.Owner.AsSpan(0, 48);
        return Hash(by, password, owner.Slice(32, 8), user).AsSpan().SequenceEqual(owner[..32]) && by.OwnerKey.Length >= 32
            ? Unwrap(Hash(by, password, owner.Slice(40, 8), user), by.OwnerKey)
            : null;
    }

    private static byte[] Unwrap(byte[] key, byte[] wrapped)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptCbc(wrapped.AsSpan(0, 32), new byte[16], PaddingMode.None);
    }

    /// <summary>SHA-256 in revision 5, algorithm 2.B of ISO 32000-2 in revision 6.</summary>
    private static byte[] Hash(PdfLock by, byte[] password, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> user)
    {
        var key = SHA256.HashData((byte[])[.. password, .. salt, .. user]);
        return by.Revision == 5 ? key : Harden(key, password, user);
    }

    internal static byte[] Harden(byte[] key, byte[] password, ReadOnlySpan<byte> user)
    {
        using var aes = Aes.Create();
        var last = 0;
        // At least 64 rounds; the last byte then ends it at once or within some 200 more.
        for (var round = 0; round < 64 || last > round - 32; round++)
        {
            byte[] one = [.. password, .. key, .. user];
            var all = new byte[one.Length * 64];
            for (var i = 0; i < 64; i++)
            {
                one.CopyTo(all, i * one.Length);
            }

            aes.Key = key[..16];
            var sealed_ = aes.EncryptCbc(all, key.AsSpan(16, 16), PaddingMode.None);
            var sum = 0;
            for (var i = 0; i < 16; i++)
            {
                sum += sealed_[i];
            }

            key = (sum % 3) switch
            {
                0 => SHA256.HashData(sealed_),
                1 => SHA384.HashData(sealed_),
                _ => SHA512.HashData(sealed_),
            };
            last = sealed_[^1];
        }

        return key[..32];
    }

    /// <summary>Decrypts a string or the data of a stream of one object.</summary>
    /// <param name="key">Key of the file.</param>
    /// <param name="cipher">Cipher, as the lock names it.</param>
    /// <param name="found">The object the bytes belong to.</param>
    /// <param name="data">The bytes.</param>
    public static byte[] Decrypt(byte[] key, string cipher, PdfObject found, ReadOnlySpan<byte> data)
    {
        if (cipher == "none")
        {
            return data.ToArray();
        }

        if (cipher == "aes-256")
        {
            return DecryptAes(key, data);
        }

        byte[] own =
        [
            .. key,
            (byte)found.Number,
            (byte)(found.Number >> 8),
            (byte)(found.Number >> 16),
            (byte)found.Generation,
            (byte)(found.Generation >> 8),
            .. cipher == "aes-128" ? "sAlT"u8 : default,
        ];
        var objectKey = MD5.HashData(own)[..Math.Min(16, key.Length + 5)];
        if (cipher == "aes-128")
        {
            return DecryptAes(objectKey, data);
        }

        var plain = data.ToArray();
        Rc4(objectKey, plain);
        return plain;
    }

    private static byte[] DecryptAes(byte[] key, ReadOnlySpan<byte> data)
    {
        if (data.Length < 32 || key.Length is not (16 or 32))
        {
            return [];
        }

        using var aes = Aes.Create();
        aes.Key = key;
        var body = data[16..];
        var plain = aes.DecryptCbc(body[..(body.Length & ~15)], data[..16], PaddingMode.None);
        int pad = plain[^1];
        return pad is >= 1 and <= 16 ? plain[..^pad] : plain;
    }

    internal static byte[] Pad(ReadOnlySpan<byte> password)
    {
        var padded = new byte[32];
        var count = Math.Min(32, password.Length);
        password[..count].CopyTo(padded);
        Padding[..(32 - count)].CopyTo(padded.AsSpan(count));
        return padded;
    }

    private static byte[] Xor(byte[] key, int round) => round == 0 ? key : [.. key.Select(one => (byte)(one ^ round))];

    /// <summary>RC4 in place.</summary>
    internal static void Rc4(ReadOnlySpan<byte> key, Span<byte> data)
    {
        Span<byte> state = stackalloc byte[256];
        for (var i = 0; i < 256; i++)
        {
            state[i] = (byte)i;
        }

        byte j = 0;
        for (var i = 0; i < 256; i++)
        {
            j += (byte)(state[i] + key[i % key.Length]);
            (state[i], state[j]) = (state[j], state[i]);
        }

        byte x = 0;
        byte y = 0;
        for (var i = 0; i < data.Length; i++)
        {
            y += state[++x];
            (state[x], state[y]) = (state[y], state[x]);
            data[i] ^= state[(byte)(state[x] + state[y])];
        }
    }
}

/// <summary>Checks passwords against the encryption dictionary; 16 or 32 bytes are compared.</summary>
internal sealed class PdfProbe(PdfLock by) : IPasswordProbe
{
    /// <inheritdoc/>
    public double CostMilliseconds => by.Revision >= 6 ? 1.5 : 0.05;

    /// <inheritdoc/>
    public bool Conclusive => true;

    /// <inheritdoc/>
    public bool Check(string password)
    {
        try
        {
            return PdfSecurity.Open(by, password) is not null;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
