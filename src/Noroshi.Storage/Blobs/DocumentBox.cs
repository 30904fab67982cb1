using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Blobs;

/// <summary>
/// The form of a document in the log: nonce (12, random), cipher text, tag (16); AES-256-GCM under the key of the provision's retention class.
/// The plain side starts with a byte: 0 as it is, 1 zstd behind the length (4, big endian). Bound to document id, kind and provision.
/// </summary>
internal static class DocumentBox
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Packs; done on the caller's thread, before the writer's.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> content)
    {
        var packed = Compression.Pack(content);
        if (packed is null)
        {
            return [0, .. content];
        }

        var plain = new byte[5 + packed.Length];
        plain[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(1), content.Length);
        packed.CopyTo(plain, 5);
        return plain;
    }

    public static byte[] Seal(ReadOnlySpan<byte> packed, DocumentIdentity identity, ReadOnlySpan<byte> key)
    {
        var box = new byte[NonceSize + packed.Length + TagSize];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(
            box.AsSpan(0, NonceSize),
            packed,
            box.AsSpan(NonceSize, packed.Length),
            box.AsSpan(NonceSize + packed.Length),
            identity.Bytes()
        );
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    /// <exception cref="EvidenceDamagedException">Anything is not as it was written.</exception>
    public static byte[] Open(ReadOnlySpan<byte> box, DocumentIdentity identity, ReadOnlySpan<byte> key)
    {
        if (box.Length <= NonceSize + TagSize)
        {
            throw new EvidenceDamagedException($"Document {identity.Id:N}: it is cut off.");
        }

        var plain = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(box[..NonceSize], box.Slice(NonceSize, plain.Length), box[^TagSize..], plain, identity.Bytes());
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new EvidenceDamagedException($"Document {identity.Id:N}: it was changed or is not in its place.", error);
        }

        return plain[0] switch
            {
                0 => plain[1..],
                1 when plain.Length > 5 => Compression.Unpack(plain.AsSpan(5), BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(1))),
                _ => null,
            } ?? throw new EvidenceDamagedException($"Document {identity.Id:N}: it does not unpack.");
    }
}

/// <summary>What a document is bound to.</summary>
internal readonly record struct DocumentIdentity(Guid Id, long Provision, string Kind, string Subject)
{
    public byte[] Bytes()
    {
        var kind = Encoding.UTF8.GetBytes(Kind);
        var subject = Encoding.UTF8.GetBytes(Subject);
        var bytes = new byte[16 + 8 + 4 + kind.Length + subject.Length];
        Id.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), Provision);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(24), kind.Length);
        kind.CopyTo(bytes, 28);
        subject.CopyTo(bytes, 28 + kind.Length);
        return bytes;
    }
}
