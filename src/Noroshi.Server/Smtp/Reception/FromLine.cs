using System.Text;

namespace Noroshi.Server.Smtp.Reception;

/// <summary>
/// Reads the one thing that the intake wants to know of a mail before it is taken apart in the jail: the address in From. Looks at a bounded
/// piece of the header block, decodes nothing.
/// </summary>
internal static class FromLine
{
    private const int Block = 64 * 1024;
    private const int Longest = 4_096;

    /// <summary>The address; null when there is none to be read.</summary>
    public static string? Read(ReadOnlySpan<byte> mail)
    {
        var block = mail[..Math.Min(mail.Length, Block)];
        while (!block.IsEmpty)
        {
            var line = Take(ref block);
            if (line.Length == 0)
            {
                return null;
            }

            if (line.Length >= 5 && Ascii.EqualsIgnoreCase(line[..5], "from:"u8))
            {
                var value = new StringBuilder(Encoding.Latin1.GetString(line[5..]));
                while (!block.IsEmpty && block[0] is (byte)' ' or (byte)'\t' && value.Length < Longest)
                {
                    value.Append(Encoding.Latin1.GetString(Take(ref block)));
                }

                return AddressIn(value.ToString(0, Math.Min(value.Length, Longest)));
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> block)
    {
        var end = block.IndexOf((byte)'\n');
        var line = end < 0 ? block : block[..end];
        block = end < 0 ? [] : block[(end + 1)..];
        return line.TrimEnd((byte)'\r');
    }

    /// <summary>What stands in the last angle brackets, else the last word with an @.</summary>
    private static string? AddressIn(string value)
    {
        var open = value.LastIndexOf('<');
        var close = open < 0 ? -1 : value.IndexOf('>', open);
        var text =
            close > 0
                ? value[(open + 1)..close]
                : value
                    .Split((char[]?)[' ', '\t', ',', ';', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
                    .LastOrDefault(word => word.Contains('@'));
        text = text?.Trim();
        return text is { Length: > 2 and <= 320 } && text.Contains('@') ? text : null;
    }
}
