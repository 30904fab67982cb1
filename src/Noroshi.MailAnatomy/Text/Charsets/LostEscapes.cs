namespace Noroshi.MailAnatomy.Text.Charsets;

/// <summary>
/// Puts ESC back where a gateway stripped it: <c>$B…(B</c> in text that is declared ISO-2022-JP, has no ESC at all, and whose bytes between
/// are an even run of assigned JIS X 0208 characters.
/// </summary>
internal static class LostEscapes
{
    /// <summary>The text with its escapes; null when nothing of the kind is there.</summary>
    public static byte[]? Restore(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf((byte)0x1B) >= 0 || (bytes.IndexOf("$B"u8) < 0 && bytes.IndexOf("$@"u8) < 0))
        {
            return null;
        }

        var output = new List<byte>(bytes.Length + 16);
        var found = false;
        var index = 0;
        while (index < bytes.Length)
        {
            if (bytes[index] != (byte)'$')
            {
                output.Add(bytes[index++]);
                continue;
            }

            var length = RunLength(bytes[index..], out var closed);
            if (closed)
            {
                found = true;
                output.Add(0x1B);
            }

            output.AddRange(bytes.Slice(index, length));
            index += length;
            if (closed)
            {
                output.Add(0x1B);
            }
        }

        return found ? [.. output] : null;
    }

    /// <summary>Bytes from <c>$B</c> up to <c>(B</c>; when that never comes, the bytes that cannot hold another start.</summary>
    private static int RunLength(ReadOnlySpan<byte> text, out bool closed)
    {
        closed = false;
        if (text is not [_, (byte)'B' or (byte)'@', ..])
        {
            return 1;
        }

        var index = 2;
        while (index + 1 < text.Length)
        {
            if (text[index] == (byte)'(' && text[index + 1] is (byte)'B' or (byte)'J' && index > 2)
            {
                closed = true;
                break;
            }

            if (text[index] is < 0x21 or > 0x7E || MultiByteCharset.FromJis(text[index] - 0x20, text[index + 1] - 0x20) < 0)
            {
                break;
            }

            index += 2;
        }

        return index;
    }
}
