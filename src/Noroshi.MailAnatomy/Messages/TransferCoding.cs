using System.Buffers;
using System.Buffers.Text;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.MailAnatomy.Messages;

/// <summary>
/// Takes transfer encodings off (RFC 2045 6.7, 6.8, POSIX uuencode), however damaged: what is no code is passed over in base64 and kept in
/// quoted-printable.
/// </summary>
internal static class TransferCoding
{
    private const byte NoCode = 0xFF;

    private static readonly SearchValues<byte> Base64Bytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n \t"u8
    );

    private static readonly SearchValues<byte> Letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8
    );

    private static readonly byte[] Ranks = MakeRanks();

    /// <summary>Decodes; what is not encoded comes back as it is.</summary>
    /// <param name="raw">Content of a part.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="path">Place of the part, for findings.</param>
    /// <param name="findings">Gets what was damaged.</param>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> raw, TransferEncoding encoding, string path, List<Finding> findings)
    {
        switch (encoding)
        {
            case TransferEncoding.Base64:
                if (raw.Span.IndexOfAnyExcept(Base64Bytes) is var bad and >= 0)
                {
                    findings.Add(FindingCodes.Mail.Base64.At($"part {path}, byte {bad}"));
                }

                return Base64Content(raw.Span);
            case TransferEncoding.QuotedPrintable:
                return QuotedPrintable(raw, path, findings);
            case TransferEncoding.Uuencode:
                return UuContent(raw.Span);
            default:
                return raw;
        }
    }

    /// <summary>
    /// Base64 in groups of four letters, counted over everything that is no letter. Runs of letters go through the vectorised decoder, other
    /// lines letter by letter: padding may stand anywhere when files were joined, and the decoder of the runtime has its own ideas of blanks.
    /// </summary>
    internal static ReadOnlyMemory<byte> Base64Content(ReadOnlySpan<byte> raw)
    {
        var output = new byte[(raw.Length / 4 * 3) + 3];
        var length = 0;
        var count = 0;
        uint group = 0;
        var marks = 0;
        var slow = 0;
        for (var at = 0; at < raw.Length; )
        {
            if (count == 0 && at >= slow)
            {
                at += Run(raw[at..], output.AsSpan(length), out var written);
                length += written;
                var next = raw[Math.Min(at + 1, raw.Length)..].IndexOf((byte)'\n');
                slow = next < 0 ? raw.Length : at + 2 + next;
                if (at >= raw.Length)
                {
                    break;
                }
            }

            var letter = raw[at++];
            var rank = Ranks[letter];
            if (rank == NoCode)
            {
                continue;
            }

            group = (group << 6) | rank;
            marks = (marks << 1) | (letter == (byte)'=' ? 1 : 0);
            if (++count < 4)
            {
                continue;
            }

            // The first mark of padding in the second half ends the group.
            var bytes =
                (marks & 0b100) != 0 ? 0
                : (marks & 0b010) != 0 ? 1
                : (marks & 0b001) != 0 ? 2
                : 3;
            for (var i = 0; i < bytes; i++)
            {
                output[length++] = (byte)(group >> (16 - (8 * i)));
            }

            (count, group, marks) = (0, 0, 0);
        }

        return output.AsMemory(0, length);
    }

    /// <summary>Decodes the whole groups of letters at the start of what is left, line after line.</summary>
    /// <returns>Bytes read; what stands there is no clean line.</returns>
    private static int Run(ReadOnlySpan<byte> raw, Span<byte> output, out int written)
    {
        var at = 0;
        written = 0;
        while (at < raw.Length)
        {
            var clean = raw[at..].IndexOfAnyExcept(Letters);
            clean = clean < 0 ? raw.Length - at : clean;
            Base64.DecodeFromUtf8(raw.Slice(at, clean & ~3), output[written..], out var read, out var more, isFinalBlock: false);
            at += read;
            written += more;
            if (read < clean || at == raw.Length || raw[at] is not ((byte)'\r' or (byte)'\n'))
            {
                break;
            }

            var next = raw[at..].IndexOfAnyExcept((byte)'\r', (byte)'\n');
            at = next < 0 ? raw.Length : at + next;
        }

        return at;
    }

    private static byte[] MakeRanks()
    {
        var ranks = new byte[256];
        ranks.AsSpan().Fill(NoCode);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        for (var i = 0; i < alphabet.Length; i++)
        {
            ranks[alphabet[i]] = (byte)i;
        }

        ranks['='] = 0;
        return ranks;
    }

    /// <summary>Quoted-printable; text without any code is not copied.</summary>
    private static ReadOnlyMemory<byte> QuotedPrintable(ReadOnlyMemory<byte> raw, string path, List<Finding> findings)
    {
        var bytes = raw.Span;
        var next = bytes.IndexOf((byte)'=');
        if (next < 0)
        {
            return raw;
        }

        var output = new byte[bytes.Length];
        var length = 0;
        var at = 0;
        var damaged = false;
        while (next >= 0)
        {
            bytes.Slice(at, next).CopyTo(output.AsSpan(length));
            length += next;
            at += next;
            if (!damaged && !IsCode(bytes[(at + 1)..]))
            {
                damaged = true;
                findings.Add(FindingCodes.Mail.QuotedPrintable.At($"part {path}, byte {at}"));
            }

            at = Code(bytes, at, output, ref length);
            next = bytes[at..].IndexOf((byte)'=');
        }

        bytes[at..].CopyTo(output.AsSpan(length));
        return output.AsMemory(0, length + bytes.Length - at);
    }

    /// <summary>Reads what stands at an equals sign; gives the place behind it. What is no code is kept, a code cut off by the end is not.</summary>
    private static int Code(ReadOnlySpan<byte> bytes, int at, byte[] output, ref int length)
    {
        if (at + 1 >= bytes.Length)
        {
            return bytes.Length;
        }

        var first = bytes[at + 1];
        switch (first)
        {
            case (byte)'\n':
                return at + 2;
            case (byte)'=':
                output[length++] = first;
                return at + 1;
            case (byte)'\r' when at + 2 < bytes.Length && bytes[at + 2] == (byte)'\n':
                return at + 3;
            default:
                break;
        }

        var isHex = char.IsAsciiHexDigit((char)first);
        if ((isHex || first == (byte)'\r') && at + 2 >= bytes.Length)
        {
            return bytes.Length;
        }

        if (isHex && char.IsAsciiHexDigit((char)bytes[at + 2]))
        {
            output[length++] = (byte)((EncodedWordBytes.Hex(first) << 4) | EncodedWordBytes.Hex(bytes[at + 2]));
            return at + 3;
        }

        // The sign and the letters that were taken for a code stay as they are.
        var kept = isHex || first == (byte)'\r' ? 3 : 2;
        bytes.Slice(at, kept).CopyTo(output.AsSpan(length));
        length += kept;
        return at + kept;
    }

    private static bool IsCode(ReadOnlySpan<byte> rest)
    {
        if (rest is [var first, var second, ..] && char.IsAsciiHexDigit((char)first) && char.IsAsciiHexDigit((char)second))
        {
            return true;
        }

        var blank = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return blank < 0 || rest[blank] is (byte)'\r' or (byte)'\n';
    }

    /// <summary>The content of one uuencoded file from its begin line on; empty when there is none.</summary>
    private static ReadOnlyMemory<byte> UuContent(ReadOnlySpan<byte> raw)
    {
        var at =
            raw.StartsWith("begin "u8) ? 0
            : raw.IndexOf("\nbegin "u8) is var hit and >= 0 ? hit + 1
            : raw.Length;
        var output = new byte[raw.Length - at];
        var length = 0;
        var first = true;
        while (at < raw.Length)
        {
            var end = raw[at..].IndexOf((byte)'\n');
            var line = (end < 0 ? raw[at..] : raw.Slice(at, end)).TrimEnd((byte)'\r');
            at += end < 0 ? raw.Length - at : end + 1;
            if (first || line.IsEmpty)
            {
                first = false;
                continue;
            }

            var count = Value(line[0]);
            if (count == 0)
            {
                break;
            }

            for (var i = 1; i + 3 < line.Length && count > 0; i += 4)
            {
                var group = (Value(line[i]) << 18) | (Value(line[i + 1]) << 12) | (Value(line[i + 2]) << 6) | Value(line[i + 3]);
                for (var shift = 16; shift >= 0 && count > 0; shift -= 8, count--)
                {
                    output[length++] = (byte)(group >> shift);
                }
            }
        }

        return output.AsMemory(0, length);
    }

    private static int Value(byte letter) => (letter - 0x20) & 0x3F;
}
