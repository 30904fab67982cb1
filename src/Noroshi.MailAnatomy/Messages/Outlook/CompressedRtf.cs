using System.Buffers.Binary;
using Noroshi.MailAnatomy.Containers;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>RTF that came out of PidTagRtfCompressed.</summary>
/// <param name="Bytes">The RTF, as much as could be read.</param>
/// <param name="Problem">What does not hold together, for a finding; null when everything does.</param>
internal sealed record DecompressedRtf(ReadOnlyMemory<byte> Bytes, string? Problem);

/// <summary>Decompresses RTF ([MS-OXRTFCP]).</summary>
internal static class CompressedRtf
{
    /// <summary>Bytes that come out at most: a body is text, and what is larger than this is none.</summary>
    public const int MostOut = 16 << 20;

    private const uint Compressed = 0x75465A4C;
    private const uint Plain = 0x414C454D;
    private const int HeaderLength = 16;
    private const int Ring = 4096;

    /// <summary>The history that [MS-OXRTFCP] 2.1.2.1 prescribes.</summary>
    private static ReadOnlySpan<byte> History =>
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"u8;

    /// <summary>The RTF; null when the bytes are no compressed RTF. Damage ends it early.</summary>
    public static DecompressedRtf? Decompress(ReadOnlyMemory<byte> memory)
    {
        var bytes = memory.Span;
        if (bytes.Length < HeaderLength)
        {
            return null;
        }

        // COMPSIZE counts what follows itself; bytes behind it are no part of the stream.
        long stated = BinaryPrimitives.ReadUInt32LittleEndian(bytes) - 12L;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        var data = memory[HeaderLength..];
        var cut = stated > data.Length;
        data = stated >= 0 && !cut ? data[..(int)stated] : data;
        switch (BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]))
        {
            case Plain:
                // Some writers are wrong by the twelve bytes of the header in one or the other length.
                var rest = memory[HeaderLength..];
                var kept = (int)Math.Min(Math.Min(size, MostOut), (uint)rest.Length);
                return new DecompressedRtf(rest[..kept], size > rest.Length + 12L ? $"{rest.Length} of {size} bytes are there" : null);
            case Compressed:
                var (output, problem) = Unpack(data.Span, size);
                var sum = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
                problem ??=
                    cut ? "the compressed bytes are cut off"
                    : output.Length != size ? $"{output.Length} bytes came out, {size} are stated"
                    // [MS-OXRTFCP] 2.1.3.2: the checksum of ZIP without its inversions.
                    : ArchiveCrc32.Continue(0, data.Span) != sum ? "the checksum is wrong"
                    : null;
                return new DecompressedRtf(output, problem);
            default:
                return null;
        }
    }

    private static (byte[] Output, string? Problem) Unpack(ReadOnlySpan<byte> data, uint size)
    {
        // Neither the stated size nor the input alone makes a large allocation: a reference of two bytes gives 17 at most.
        var most = (int)Math.Min(MostOut, data.Length * 9L);
        var output = new byte[(int)Math.Min(most, size)];
        Span<byte> ring = stackalloc byte[Ring];
        ring.Clear();
        History.CopyTo(ring);
        var write = History.Length;
        var (at, length) = (0, 0);
        while (at < data.Length)
        {
            if (length + (8 * 17) > output.Length)
            {
                if (length >= MostOut)
                {
                    return (output[..MostOut], $"more than {MostOut} bytes come out");
                }

                Array.Resize(ref output, Math.Max(output.Length, 1_024) * 2);
            }

            int flags = data[at++];
            for (var bit = 0; bit < 8; bit++)
            {
                if ((flags & (1 << bit)) == 0)
                {
                    if (at >= data.Length)
                    {
                        return (output[..length], null);
                    }

                    output[length++] = ring[write] = data[at++];
                    write = (write + 1) % Ring;
                    continue;
                }

                if (at + 2 > data.Length)
                {
                    return (output[..length], "a reference is cut off");
                }

                var place = (data[at] << 4) | (data[at + 1] >> 4);
                var count = (data[at + 1] & 15) + 2;
                at += 2;
                if (place == write)
                {
                    // A reference to the place about to be written marks the end.
                    return (output[..length], null);
                }

                for (; count > 0; count--)
                {
                    output[length++] = ring[write] = ring[place];
                    place = (place + 1) % Ring;
                    write = (write + 1) % Ring;
                }
            }
        }

        return (output[..length], null);
    }
}
