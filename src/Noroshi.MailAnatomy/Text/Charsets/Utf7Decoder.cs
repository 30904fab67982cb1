namespace Noroshi.MailAnatomy.Text.Charsets;

/// <summary>UTF-7 (RFC 2152), decoded here because the one of .NET is obsolete and unsafe. 7-bit input only.</summary>
internal static class Utf7Decoder
{
    /// <summary>Decodes; damage is logged and marked with U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, ref DamageLog damage)
    {
        var output = new char[bytes.Length];
        var length = 0;
        var index = 0;
        while (index < bytes.Length)
        {
            var value = bytes[index++];
            if (value != (byte)'+')
            {
                output[length++] = value < 0x80 ? (char)value : '\uFFFD';
                if (value >= 0x80)
                {
                    damage.Add(index - 1);
                }

                continue;
            }

            if (index < bytes.Length && bytes[index] == (byte)'-')
            {
                output[length++] = '+';
                index++;
                continue;
            }

            index = Shifted(bytes, index, output, ref length, ref damage);
        }

        return new string(output, 0, length);
    }

    private static int Shifted(ReadOnlySpan<byte> bytes, int index, char[] output, ref int length, ref DamageLog damage)
    {
        var start = index;
        uint bits = 0;
        var count = 0;
        while (index < bytes.Length)
        {
            var sextet = Base64Bytes.Sextet(bytes[index]);
            if (sextet < 0)
            {
                break;
            }

            bits = (bits << 6) | (uint)sextet;
            count += 6;
            index++;
            if (count >= 16)
            {
                count -= 16;
                output[length++] = (char)(bits >> count);
                bits &= (1u << count) - 1;
            }
        }

        if (index == start)
        {
            // A plus sign that shifts nothing: people write "C++" in mails that wrongly claim UTF-7.
            output[length++] = '+';
            return index;
        }

        if (bits != 0 || count >= 6)
        {
            damage.Add(start - 1);
        }

        return index < bytes.Length && bytes[index] == (byte)'-' ? index + 1 : index;
    }
}

/// <summary>Base64 alphabet (RFC 4648 4).</summary>
internal static class Base64Bytes
{
    /// <summary>Value of a letter of the alphabet; -1 for anything else.</summary>
    public static int Sextet(byte value) =>
        value switch
        {
            >= (byte)'A' and <= (byte)'Z' => value - 'A',
            >= (byte)'a' and <= (byte)'z' => value - 'a' + 26,
            >= (byte)'0' and <= (byte)'9' => value - '0' + 52,
            (byte)'+' => 62,
            (byte)'/' => 63,
            _ => -1,
        };
}
