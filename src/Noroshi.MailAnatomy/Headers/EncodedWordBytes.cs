using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>
/// Collects the bytes of adjacent encoded-words of one charset (RFC 2047 2), so that a character or escape sequence that was split over
/// words is whole again before it is decoded. Base64 that was split inside a group of four goes on in the next word.
/// </summary>
internal sealed class EncodedWordBytes
{
    private byte[] buffer = [];
    private int length;
    private uint bits;
    private int bitCount;
    private bool splitGroup;

    /// <summary>Bytes so far.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>A character stood in the encoded text that its alphabet does not have, or a group was cut.</summary>
    public bool Broken { get; private set; }

    /// <summary>Starts over for the next run of words.</summary>
    public void Clear()
    {
        length = 0;
        bits = 0;
        bitCount = 0;
        splitGroup = false;
        Broken = false;
    }

    /// <summary>Adds the encoded text of one word.</summary>
    public void Add(bool base64, ReadOnlySpan<byte> text)
    {
        if (length + text.Length > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(length + text.Length, buffer.Length * 2));
        }

        if (base64)
        {
            AddBase64(text);
        }
        else
        {
            splitGroup = false;
            AddQ(text);
        }
    }

    /// <summary>To be called after the last word: a group that never went on is damage.</summary>
    public void Finish()
    {
        if (splitGroup && (bits != 0 || bitCount >= 6))
        {
            Broken = true;
        }
    }

    private void AddBase64(ReadOnlySpan<byte> text)
    {
        if (!splitGroup)
        {
            bits = 0;
            bitCount = 0;
        }

        splitGroup = false;
        var padded = false;
        foreach (var value in text)
        {
            var sextet = Base64Bytes.Sextet(value);
            if (sextet < 0)
            {
                padded |= value == (byte)'=';
                Broken |= value is not ((byte)'=' or (byte)' ' or (byte)'\t');
                if (value == (byte)'=')
                {
                    // Padding ends a group; what follows in the same word is another piece glued on.
                    bits = 0;
                    bitCount = 0;
                }

                continue;
            }

            padded = false;
            bits = (bits << 6) | (uint)sextet;
            bitCount += 6;
            if (bitCount >= 8)
            {
                bitCount -= 8;
                buffer[length++] = (byte)(bits >> bitCount);
                bits &= (1u << bitCount) - 1;
            }
        }

        // Left-over bits that carry something were cut inside a group; zero bits are only missing padding.
        splitGroup = !padded && (bitCount >= 6 || bits != 0);
    }

    private void AddQ(ReadOnlySpan<byte> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var value = text[index];
            if (value == (byte)'_')
            {
                value = (byte)' ';
            }
            else if (value == (byte)'=')
            {
                if (index + 2 < text.Length && char.IsAsciiHexDigit((char)text[index + 1]) && char.IsAsciiHexDigit((char)text[index + 2]))
                {
                    value = (byte)((Hex(text[index + 1]) << 4) | Hex(text[index + 2]));
                    index += 2;
                }
                else
                {
                    Broken = true;
                }
            }

            buffer[length++] = value;
        }
    }

    /// <summary>Value of an ASCII hex digit.</summary>
    internal static int Hex(byte digit) => (digit & 0xF) + (digit > (byte)'9' ? 9 : 0);
}
