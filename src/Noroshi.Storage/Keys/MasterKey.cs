using System.Security.Cryptography;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Keys;

/// <summary>One master key: wraps keys and seals small secrets (AES-256-GCM, random nonce, bound to what it is for).</summary>
internal sealed class MasterKey
{
    public const int Size = 32;
    public const int IdSize = 8;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _key;

    public MasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Size)
        {
            throw new MasterKeyException($"A master key has {Size} bytes, not {key.Length}.");
        }

        _key = key.ToArray();
        Id = HMACSHA256.HashData(_key, "noroshi master key id"u8)[..IdSize];
    }

    /// <summary>Says which key it is and nothing of the key.</summary>
    public byte[] Id { get; }

    /// <summary>The id in hexadecimal.</summary>
    public string Name => Convert.ToHexStringLower(Id);

    public byte[] Seal(ReadOnlySpan<byte> value, ReadOnlySpan<byte> purpose)
    {
        var box = new byte[NonceSize + value.Length + TagSize];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), value, box.AsSpan(NonceSize, value.Length), box.AsSpan(NonceSize + value.Length), purpose);
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> made for the same purpose.</summary>
    /// <exception cref="MasterKeyException">Changed, or sealed for something else.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, ReadOnlySpan<byte> purpose)
    {
        if (box.Length < NonceSize + TagSize)
        {
            throw new MasterKeyException("A wrapped key is cut off.");
        }

        var value = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        try
        {
            aes.Decrypt(box[..NonceSize], box.Slice(NonceSize, value.Length), box[^TagSize..], value, purpose);
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new MasterKeyException($"A key that master key {Name} wrapped was changed.", error);
        }

        return value;
    }

    internal ReadOnlySpan<byte> Bytes => _key;
}
