using System.Buffers;
using System.Text;

namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>The beginning of a text, narrow and in lower case, for recognisers that look for ASCII words.</summary>
internal static class TextSample
{
    /// <summary>Bytes of the longest sample.</summary>
    public const int Length = 8_192;

    /// <summary>Stands for a UTF-16 character outside ASCII.</summary>
    public const byte Wide = 0xFF;

    // All but tab to carriage return, backspace, DOS end of file, and the escape and shifts of ISO-2022.
    private static readonly SearchValues<byte> Controls = SearchValues.Create([
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        0x10,
        0x11,
        0x12,
        0x13,
        0x14,
        0x15,
        0x16,
        0x17,
        0x18,
        0x19,
        0x1C,
        0x1D,
        0x1E,
        0x1F,
        0x7F,
    ]);

    private static ReadOnlySpan<byte> Skipped =>
        [(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0x0B, 0x0C, 0, 0xFE, 0xFF, 0xEF, 0xBB, 0xBF];

    /// <summary>The first byte of the text that is no white space, byte-order marks and the nil bytes of UTF-16 skipped; 0 when there is none.</summary>
    public static byte FirstByte(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, Length)].TrimStart(Skipped);
        return start.IsEmpty ? (byte)0 : start[0];
    }

    /// <summary>
    /// Copies the beginning into <paramref name="target"/>: byte-order marks left out, ASCII letters made small, UTF-16 made one byte a
    /// character (<see cref="Wide"/> for what is not ASCII), other bytes as they are.
    /// </summary>
    /// <returns>The sample; empty when the bytes are no text.</returns>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        var length = Narrow(bytes, target);
        var sample = target[..length];
        if (!IsText(sample))
        {
            return [];
        }

        Ascii.ToLowerInPlace(sample, out var lowered);
        // The conversion stops at bytes outside ASCII and is taken up behind each.
        while (lowered < sample.Length)
        {
            var rest = sample[lowered..];
            var skip = rest.IndexOfAnyInRange((byte)0, (byte)0x7F);
            if (skip < 0)
            {
                break;
            }

            Ascii.ToLowerInPlace(rest[skip..], out var more);
            lowered += skip + more;
        }

        return sample;
    }

    /// <summary>Whether the bytes are UTF-16, by mark or because every second byte of the beginning is nil.</summary>
    public static bool IsUtf16(ReadOnlySpan<byte> bytes, out bool bigEndian)
    {
        bigEndian = bytes is [0xFE, 0xFF, ..];
        if (bigEndian || bytes is [0xFF, 0xFE, ..])
        {
            return true;
        }

        var start = bytes[..(Math.Min(bytes.Length, 64) & ~1)];
        var (even, odd) = (0, 0);
        for (var i = 0; i < start.Length; i += 2)
        {
            even += start[i] == 0 ? 1 : 0;
            odd += start[i + 1] == 0 ? 1 : 0;
        }

        bigEndian = even > odd;
        return start.Length >= 8 && Math.Min(even, odd) == 0 && Math.Max(even, odd) >= start.Length * 3 / 8;
    }

    private static int Narrow(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        if (!IsUtf16(bytes, out var bigEndian))
        {
            var text = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
            text = text[..Math.Min(text.Length, target.Length)];
            text.CopyTo(target);
            return text.Length;
        }

        var from = bytes[0] is 0xFE or 0xFF ? 2 : 0;
        var length = Math.Min((bytes.Length - from) / 2, target.Length);
        var (low, high) = bigEndian ? (1, 0) : (0, 1);
        for (var i = 0; i < length; i++)
        {
            var at = from + (2 * i);
            target[i] = bytes[at + high] == 0 && bytes[at + low] < 0x80 ? bytes[at + low] : Wide;
        }

        return length;
    }

    /// <summary>No nil byte, and hardly a control that text does not use.</summary>
    private static bool IsText(ReadOnlySpan<byte> sample)
    {
        if (sample.IsEmpty || sample.Contains((byte)0))
        {
            return false;
        }

        var controls = 0;
        var rest = sample;
        for (var at = rest.IndexOfAny(Controls); at >= 0 && controls <= sample.Length / 256; at = rest.IndexOfAny(Controls))
        {
            controls++;
            rest = rest[(at + 1)..];
        }

        return controls <= sample.Length / 256;
    }
}
