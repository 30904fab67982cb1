using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;

namespace Noroshi.MailAnatomy.FileTypes.Compound;

/// <summary>Readable runs in bytes whose format is not known: 8-bit text (Shift_JIS included) and UTF-16LE.</summary>
internal static class TextRuns
{
    /// <summary>The runs, one a line.</summary>
    /// <param name="bytes">Bytes of any kind.</param>
    /// <param name="shortest">Bytes of the shortest run worth keeping, letters of UTF-16.</param>
    /// <param name="maxCharacters">Where it ends.</param>
    public static string Read(ReadOnlySpan<byte> bytes, int shortest, int maxCharacters)
    {
        var text = new StringBuilder();
        for (var at = 0; at < bytes.Length && text.Length < maxCharacters; )
        {
            var narrow = Narrow(bytes[at..]);
            var wide = WideLength(bytes[at..]);
            if (wide / 2 >= shortest && wide > narrow)
            {
                text.Append(Encoding.Unicode.GetString(bytes.Slice(at, wide))).Append('\n');
                at += wide;
            }
            else if (narrow >= shortest)
            {
                text.Append(PropertySetReader.Decode(bytes.Slice(at, narrow), 932)).Append('\n');
                at += narrow;
            }
            else
            {
                at += Math.Max(1, narrow);
            }
        }

        return text.ToString();
    }

    /// <summary>ASCII and Shift_JIS pairs.</summary>
    private static int Narrow(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var letter = bytes[at];
            if (letter is (>= 0x20 and < 0x7F) or 9 or 10 or 13 or (>= 0xA1 and <= 0xDF))
            {
                at++;
            }
            else if (
                letter is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xEF)
                && at + 1 < bytes.Length
                && bytes[at + 1] is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC)
            )
            {
                at += 2;
            }
            else
            {
                break;
            }
        }

        return Math.Min(at, bytes.Length);
    }

    private static int WideLength(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        for (; at + 2 <= bytes.Length; at += 2)
        {
            var letter = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            if (letter is not ((>= 0x20 and < 0x7F) or 9 or 10 or 13))
            {
                break;
            }
        }

        return at;
    }
}
