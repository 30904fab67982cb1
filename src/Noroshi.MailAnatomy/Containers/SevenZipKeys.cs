using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>Keys of one password for one 7z archive: SHA-256 over salt, password and a 64-bit round number; derives each salt once.</summary>
internal sealed class SevenZipKeys(string password)
{
    /// <summary>Largest binary logarithm of the rounds that is computed; 7-Zip itself writes 19.</summary>
    public const int MaxPower = 24;

    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    /// <summary>Properties of the AES coder.</summary>
    /// <param name="Power">Binary logarithm of the rounds; 63 means no hashing at all.</param>
    /// <param name="Salt">Salt, mostly empty.</param>
    /// <param name="Iv">First block, padded to 16 bytes.</param>
    internal sealed record Lock(int Power, byte[] Salt, byte[] Iv);

    /// <summary>Reads the properties; null when they are cut.</summary>
    public static Lock? ReadLock(ReadOnlySpan<byte> properties)
    {
        if (properties.Length < 1)
        {
            return null;
        }

        int first = properties[0];
        var iv = new byte[16];
        if ((first & 0xC0) == 0)
        {
            return new Lock(first & 0x3F, [], iv);
        }

        if (properties.Length < 2)
        {
            return null;
        }

        var saltLength = (first >> 7) + (properties[1] >> 4);
        var ivLength = ((first >> 6) & 1) + (properties[1] & 15);
        if (properties.Length < 2 + saltLength + ivLength)
        {
            return null;
        }

        properties.Slice(2 + saltLength, ivLength).CopyTo(iv);
        return new Lock(first & 0x3F, properties.Slice(2, saltLength).ToArray(), iv);
    }

    /// <summary>Whether the rounds can be paid.</summary>
    public static bool Affordable(Lock by) => by.Power is <= MaxPower or 63;

    /// <summary>The key.</summary>
    public AesKey Derive(Lock by)
    {
        var name = $"{by.Power}/{Convert.ToHexString(by.Salt)}";
        if (!_keys.TryGetValue(name, out var key))
        {
            _keys[name] = key = by.Power == 63 ? Unhashed(by.Salt) : Hash(by.Salt, 1L << Math.Min(by.Power, MaxPower));
        }

        return new AesKey(key, by.Iv);
    }

    private byte[] Unhashed(byte[] salt)
    {
        var key = new byte[32];
        var seed = (byte[])[.. salt, .. Encoding.Unicode.GetBytes(password)];
        seed.AsSpan(0, Math.Min(32, seed.Length)).CopyTo(key);
        return key;
    }

    /// <summary>Many rounds are laid out in one buffer and hashed in one call, which is far cheaper than a call per round.</summary>
    private byte[] Hash(byte[] salt, long rounds)
    {
        const int Batch = 1_024;
        var seed = (byte[])[.. salt, .. Encoding.Unicode.GetBytes(password)];
        var step = seed.Length + 8;
        var count = (int)Math.Min(Batch, rounds);
        var buffer = new byte[count * step];
        for (var i = 0; i < count; i++)
        {
            seed.CopyTo(buffer, i * step);
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long round = 0; round < rounds; round += count)
        {
            for (var i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan((i * step) + seed.Length), round + i);
            }

            sha.AppendData(buffer);
        }

        return sha.GetHashAndReset();
    }
}
