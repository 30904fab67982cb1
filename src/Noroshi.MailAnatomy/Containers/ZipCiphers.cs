using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>The old ZIP cipher (APPNOTE.TXT 6.1): three 32-bit keys that the plain text drives.</summary>
internal struct ZipCrypto
{
    /// <summary>Bytes before the data.</summary>
    public const int HeaderLength = 12;

    private uint _key0 = 0x12345678;
    private uint _key1 = 0x23456789;
    private uint _key2 = 0x34567890;

    /// <summary>Starts with a password.</summary>
    public ZipCrypto(ReadOnlySpan<byte> password)
    {
        foreach (var value in password)
        {
            Update(value);
        }
    }

    /// <summary>Decrypts.</summary>
    public void Decrypt(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var half = (_key2 | 2) & 0xFFFF;
            var plain = (byte)(source[i] ^ (byte)((half * (half ^ 1)) >> 8));
            Update(plain);
            target[i] = plain;
        }
    }

    private void Update(byte plain)
    {
        _key0 = ArchiveCrc32.Step(_key0, plain);
        _key1 = ((_key1 + (byte)_key0) * 134775813) + 1;
        _key2 = ArchiveCrc32.Step(_key2, (byte)(_key1 >> 24));
    }
}

/// <summary>WinZip's AES encryption (AE-1, AE-2): PBKDF2-HMAC-SHA1 with 1,000 rounds, AES in counter mode, HMAC-SHA1 over the cipher text.</summary>
internal sealed class ZipAesKeys
{
    private const int Rounds = 1_000;

    /// <summary>Bytes of the authentication code behind the data.</summary>
    public const int CodeLength = 10;

    private readonly byte[] _keys;
    private readonly int _keyLength;

    private ZipAesKeys(byte[] keys, int keyLength) => (_keys, _keyLength) = (keys, keyLength);

    /// <summary>Bytes before the data: salt and two bytes of password check.</summary>
    public static int HeaderLength(int keyBits) => (keyBits / 16) + 2;

    /// <summary>Derives the keys; null when the two check bytes do not fit.</summary>
    public static ZipAesKeys? Derive(ReadOnlySpan<byte> data, int keyBits, ReadOnlySpan<byte> password)
    {
        var saltLength = keyBits / 16;
        var keyLength = keyBits / 8;
        if (data.Length < saltLength + 2 + CodeLength)
        {
            return null;
        }

        var keys = Rfc2898DeriveBytes.Pbkdf2(password, data[..saltLength], Rounds, HashAlgorithmName.SHA1, (2 * keyLength) + 2);
        return keys.AsSpan(2 * keyLength, 2).SequenceEqual(data.Slice(saltLength, 2)) ? new ZipAesKeys(keys, keyLength) : null;
    }

    /// <summary>Whether the authentication code fits the cipher text.</summary>
    public bool Authentic(ReadOnlySpan<byte> cipherText, ReadOnlySpan<byte> code)
    {
        Span<byte> full = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(_keys.AsSpan(_keyLength, _keyLength), cipherText, full);
        return full[..CodeLength].SequenceEqual(code);
    }

    /// <summary>Decrypts; the counter is little-endian and starts at one.</summary>
    public byte[] Decrypt(ReadOnlySpan<byte> cipherText)
    {
        const int Chunk = 16 * 256;
        using var aes = Aes.Create();
        aes.Key = _keys.AsSpan(0, _keyLength).ToArray();
        var plain = new byte[cipherText.Length];
        var counters = new byte[Chunk];
        var stream = new byte[Chunk];
        ulong counter = 1;
        for (var at = 0; at < cipherText.Length; at += Chunk)
        {
            for (var block = 0; block < Chunk; block += 16)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(counters.AsSpan(block), counter++);
            }

            aes.EncryptEcb(counters, stream, PaddingMode.None);
            var count = Math.Min(Chunk, cipherText.Length - at);
            for (var i = 0; i < count; i++)
            {
                plain[at + i] = (byte)(cipherText[at + i] ^ stream[i]);
            }
        }

        return plain;
    }
}

/// <summary>Bytes that a typed password may have become: ZIP programs disagree about the charset.</summary>
internal static class ZipPasswords
{
    /// <summary>The readings to try: one for ASCII, else CP932 (Windows programs in Japan) and UTF-8.</summary>
    public static IEnumerable<byte[]> Readings(string password)
    {
        if (Ascii.IsValid(password))
        {
            yield return Encoding.ASCII.GetBytes(password);
            yield break;
        }

        yield return Encoding.UTF8.GetBytes(password);
        if (CodePagesEncodingProvider.Instance.GetEncoding(932) is { } shiftJis)
        {
            yield return shiftJis.GetBytes(password);
        }
    }
}
