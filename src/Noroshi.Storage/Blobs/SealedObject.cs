using System.Buffers.Binary;
using System.Security.Cryptography;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Blobs;

/// <summary>
/// The form of an encrypted object. Header of 32 bytes: <c>NRSO</c>, version 1, compression (0 none, 1 zstd), log2 of the chunk size, 0, the
/// object's id (16), length of the plain bytes (8, big endian). Then chunks, each AES-256-GCM under the object's own key: cipher text and tag
/// (16). The nonce is 3 zero bytes, the chunk's number (8, big endian), and 1 for the last chunk, else 0; the header is bound to every chunk. So a
/// changed, moved, missing or added chunk, a cut end, and the chunk of another object do not open. A key seals one object only: nonces do not
/// repeat.
/// </summary>
internal static class SealedObject
{
    public const int KeySize = 32;
    public const int HeaderSize = 32;
    private const int TagSize = 16;
    private const byte Version = 1;
    private const int ChunkBits = 16;

    /// <summary>Bytes of the sealed form.</summary>
    public static long SizeOf(long payload, int chunkBits = ChunkBits) =>
        HeaderSize + payload + (Math.Max(1, (payload + (1L << chunkBits) - 1) >> chunkBits) * TagSize);

    /// <summary>Compresses where it helps and seals.</summary>
    /// <param name="content">Plain bytes.</param>
    /// <param name="id">Object.</param>
    /// <param name="key">Its key, used for nothing else.</param>
    /// <param name="chunkBits">log2 of the chunk size; tests take small ones.</param>
    public static byte[] Seal(ReadOnlySpan<byte> content, Guid id, ReadOnlySpan<byte> key, int chunkBits = ChunkBits)
    {
        var packed = Compression.Pack(content);
        var payload = packed is null ? content : packed;
        var box = new byte[SizeOf(payload.Length, chunkBits)];
        var header = box.AsSpan(0, HeaderSize);
        "NRSO"u8.CopyTo(header);
        header[4] = Version;
        header[5] = (byte)(packed is null ? 0 : 1);
        header[6] = (byte)chunkBits;
        WriteId(id, header[8..24]);
        BinaryPrimitives.WriteInt64BigEndian(header[24..], content.Length);

        using var aes = new AesGcm(key, TagSize);
        Span<byte> nonce = stackalloc byte[12];
        var chunk = 1 << chunkBits;
        var output = box.AsSpan(HeaderSize);
        for (long number = 0; ; number++)
        {
            var last = payload.Length <= chunk;
            var part = last ? payload : payload[..chunk];
            Nonce(nonce, number, last);
            aes.Encrypt(nonce, part, output[..part.Length], output.Slice(part.Length, TagSize), header);
            if (last)
            {
                return box;
            }

            output = output[(part.Length + TagSize)..];
            payload = payload[part.Length..];
        }
    }

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    /// <exception cref="EvidenceDamagedException">Anything is not as it was written.</exception>
    public static byte[] Open(ReadOnlySpan<byte> box, Guid id, ReadOnlySpan<byte> key)
    {
        Span<byte> expected = stackalloc byte[16];
        WriteId(id, expected);
        if (
            box.Length < HeaderSize + TagSize
            || !box[..4].SequenceEqual("NRSO"u8)
            || box[4] != Version
            || box[5] > 1
            || box[6] is < 4 or > 24
            || box[7] != 0
            || !box[8..24].SequenceEqual(expected)
        )
        {
            throw new EvidenceDamagedException($"Object {id:N}: the header is not that of this object.");
        }

        var header = box[..HeaderSize];
        var length = BinaryPrimitives.ReadInt64BigEndian(header[24..]);
        var payload = Decrypt(box, id, key);
        if (header[5] == 0)
        {
            return payload.Length == length ? payload : throw new EvidenceDamagedException($"Object {id:N}: the length is wrong.");
        }

        return Compression.Unpack(payload, length) ?? throw new EvidenceDamagedException($"Object {id:N}: it does not unpack.");
    }

    private static byte[] Decrypt(ReadOnlySpan<byte> box, Guid id, ReadOnlySpan<byte> key)
    {
        var header = box[..HeaderSize];
        var chunk = (1 << box[6]) + TagSize;
        var rest = box[HeaderSize..];
        var chunks = (rest.Length + chunk - 1) / chunk;
        if (rest.Length < TagSize || rest.Length % chunk is > 0 and < TagSize)
        {
            throw new EvidenceDamagedException($"Object {id:N}: it is cut off.");
        }

        var plain = new byte[rest.Length - (chunks * TagSize)];
        var output = plain.AsSpan();
        using var aes = new AesGcm(key, TagSize);
        Span<byte> nonce = stackalloc byte[12];
        for (long number = 0; number < chunks; number++)
        {
            var part = rest[..Math.Min(chunk, rest.Length)];
            Nonce(nonce, number, number == chunks - 1);
            try
            {
                aes.Decrypt(nonce, part[..^TagSize], part[^TagSize..], output[..(part.Length - TagSize)], header);
            }
            catch (AuthenticationTagMismatchException error)
            {
                throw new EvidenceDamagedException($"Object {id:N}: chunk {number} was changed or is not of this object.", error);
            }

            output = output[(part.Length - TagSize)..];
            rest = rest[part.Length..];
        }

        return plain;
    }

    private static void Nonce(Span<byte> nonce, long number, bool last)
    {
        nonce[..3].Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..], number);
        nonce[11] = (byte)(last ? 1 : 0);
    }

    private static void WriteId(Guid id, Span<byte> target) => id.TryWriteBytes(target, bigEndian: true, out _);
}
