using System.Buffers.Binary;
using System.Numerics;

namespace Noroshi.MailAnatomy.FileTypes.Macros;

/// <summary>Compressed containers of VBA projects (MS-OVBA 2.4.1): chunks of at most 4,096 bytes, literals and copies within the chunk.</summary>
internal static class VbaCompression
{
    private const int ChunkSize = 4_096;

    /// <summary>Unpacks.</summary>
    /// <param name="bytes">Bytes from the container's signature (0x01) on.</param>
    /// <param name="maxBytes">Where it ends at the latest.</param>
    /// <param name="damaged">Some chunk does not follow the format; what came out before is there.</param>
    /// <returns>What came out; null when the bytes are no container.</returns>
    public static byte[]? Unpack(ReadOnlySpan<byte> bytes, int maxBytes, out bool damaged)
    {
        damaged = false;
        if (bytes.Length < 3 || bytes[0] != 1)
        {
            return null;
        }

        var output = new MemoryStream();
        Span<byte> chunk = stackalloc byte[ChunkSize];
        var at = 1;
        while (at + 2 < bytes.Length && output.Length < maxBytes)
        {
            int header = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            if (((header >> 12) & 7) != 3)
            {
                // Streams go on behind the container now and then; a first chunk without its mark is none at all.
                damaged = output.Length == 0;
                break;
            }

            var end = Math.Min(bytes.Length, at + (header & 0xFFF) + 3);
            var body = bytes[(at + 2)..end];
            if ((header & 0x8000) == 0)
            {
                output.Write(body[..Math.Min(body.Length, ChunkSize)]);
            }
            else
            {
                output.Write(chunk[..UnpackChunk(body, chunk, ref damaged)]);
            }

            at = end;
        }

        if (output.Length > maxBytes)
        {
            output.SetLength(maxBytes);
        }

        return output.ToArray();
    }

    private static int UnpackChunk(ReadOnlySpan<byte> body, Span<byte> chunk, ref bool damaged)
    {
        var written = 0;
        for (var at = 0; at < body.Length; )
        {
            int flags = body[at++];
            for (var bit = 0; bit < 8 && at < body.Length; bit++)
            {
                if (((flags >> bit) & 1) == 0)
                {
                    if (written >= ChunkSize)
                    {
                        damaged = true;
                        return written;
                    }

                    chunk[written++] = body[at++];
                    continue;
                }

                if (at + 2 > body.Length)
                {
                    damaged = true;
                    return written;
                }

                int token = BinaryPrimitives.ReadUInt16LittleEndian(body[at..]);
                at += 2;
                // MS-OVBA 2.4.1.3.19.1: the further into the chunk, the more bits of the token are the distance.
                var bits = Math.Max(4, written <= 1 ? 0 : BitOperations.Log2((uint)(written - 1)) + 1);
                var length = (token & (0xFFFF >> bits)) + 3;
                var distance = (token >> (16 - bits)) + 1;
                if (distance > written || written + length > ChunkSize)
                {
                    damaged = true;
                    return written;
                }

                for (; length > 0; length--, written++)
                {
                    chunk[written] = chunk[written - distance];
                }
            }
        }

        return written;
    }
}
