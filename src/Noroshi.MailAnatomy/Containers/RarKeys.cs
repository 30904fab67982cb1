using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>An AES key with its first block.</summary>
/// <param name="Key">16 or 32 bytes.</param>
/// <param name="Iv">16 bytes.</param>
internal sealed record AesKey(byte[] Key, byte[] Iv)
{
    /// <summary>Decrypts whole blocks in CBC mode; a cut last block is dropped.</summary>
    public byte[] Decrypt(ReadOnlySpan<byte> cipherText)
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        return aes.DecryptCbc(cipherText[..(cipherText.Length & ~15)], Iv, PaddingMode.None);
    }
}

/// <summary>Keys of one password for one RAR archive; derives each salt once.</summary>
internal sealed class RarKeys(string password)
{
    /// <summary>Largest binary logarithm of the RAR 5 rounds that is computed: 2^20, about 0.3 s.</summary>
    public const int MaxCount = 20;

    /// <summary>Characters of a RAR password.</summary>
    private const int MaxPassword = 127;

    /// <summary>Rounds of RAR 3 and 4; the first block is taken at every sixteenth part.</summary>
    private const int Rounds4 = 0x40000;

    private readonly string _password = password.Length > MaxPassword ? password[..MaxPassword] : password;
    private readonly Dictionary<string, AesKey> _rar4 = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _rar5 = new(StringComparer.Ordinal);

    /// <summary>Key and first block of RAR 3 and 4 (SHA-1, 262,144 rounds).</summary>
    public AesKey Rar4(ReadOnlySpan<byte> salt)
    {
        var name = Convert.ToHexString(salt);
        if (!_rar4.TryGetValue(name, out var key))
        {
            _rar4[name] = key = Derive4(salt);
        }

        return key;
    }

    /// <summary>Key of RAR 5 (PBKDF2 with HMAC-SHA256).</summary>
    public byte[] Rar5(Rar5Lock by) => Derive5(by, 0);

    /// <summary>Key of the checksums.</summary>
    public byte[] Rar5Hash(Rar5Lock by) => Derive5(by, 16);

    /// <summary>Whether the password check fits; null when the archive has none.</summary>
    public bool? Rar5Fits(Rar5Lock by)
    {
        if (by.Check is not { } check)
        {
            return null;
        }

        var value = Derive5(by, 32);
        for (var i = 0; i < 8; i++)
        {
            if ((value[i] ^ value[i + 8] ^ value[i + 16] ^ value[i + 24]) != check[i])
            {
                return false;
            }
        }

        return true;
    }

    private byte[] Derive5(Rar5Lock by, int more)
    {
        var name = $"{Convert.ToHexString(by.Salt)}/{by.Count}/{more}";
        if (!_rar5.TryGetValue(name, out var value))
        {
            var rounds = (1 << Math.Min(by.Count, MaxCount)) + more;
            value = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(_password), by.Salt, rounds, HashAlgorithmName.SHA256, 32);
            _rar5[name] = value;
        }

        return value;
    }

    /// <summary>
    /// Each round hashes password, salt and a 24-bit round number. The rounds of one sixteenth are laid out in one buffer and hashed in one
    /// call, which is far cheaper than a call per round.
    /// </summary>
    private AesKey Derive4(ReadOnlySpan<byte> salt)
    {
        const int Part = Rounds4 / 16;
        const int Batch = 1_024;
        var seed = new byte[(_password.Length * 2) + salt.Length];
        Encoding.Unicode.GetBytes(_password, seed);
        salt.CopyTo(seed.AsSpan(_password.Length * 2));
        var step = seed.Length + 3;
        var buffer = new byte[Batch * step];
        for (var i = 0; i < Batch; i++)
        {
            seed.CopyTo(buffer, i * step);
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        var iv = new byte[16];
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        var round = 0;
        for (var part = 0; part < 16; part++)
        {
            // The first block's byte is taken after the first round of each part.
            Fill(buffer, step, seed.Length, round, 1);
            sha.AppendData(buffer, 0, step);
            sha.GetCurrentHash(digest);
            iv[part] = digest[19];
            round++;
            var left = Part - 1;
            while (left > 0)
            {
                var count = Math.Min(left, Batch);
                Fill(buffer, step, seed.Length, round, count);
                sha.AppendData(buffer, 0, count * step);
                round += count;
                left -= count;
            }
        }

        sha.GetCurrentHash(digest);
        var key = new byte[16];
        for (var i = 0; i < 16; i += 4)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(key.AsSpan(i), BinaryPrimitives.ReadUInt32BigEndian(digest[i..]));
        }

        return new AesKey(key, iv);
    }

    private static void Fill(byte[] buffer, int step, int offset, int round, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var at = (i * step) + offset;
            var number = round + i;
            buffer[at] = (byte)number;
            buffer[at + 1] = (byte)(number >> 8);
            buffer[at + 2] = (byte)(number >> 16);
        }
    }
}
