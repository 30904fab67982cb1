using System.Text;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>Names of entries: raw bytes to text, and what is strange about a name.</summary>
internal static class EntryNames
{
    /// <summary>Characters from which a name counts as abnormally long; Windows paths end at 260, Unix ones at 4,096.</summary>
    private const int LongName = 1_024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes a name whose charset nobody states: ASCII, UTF-8, CP932 or EUC-JP, whichever the bytes fit best.</summary>
    /// <returns>The name, and the charset it was read as.</returns>
    public static (string Name, string Charset) Decode(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.ContainsAnyExceptInRange((byte)0, (byte)0x7F))
        {
            return (Encoding.ASCII.GetString(bytes), "us-ascii");
        }

        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return (StrictUtf8.GetString(bytes), "utf-8");
        }

        var shiftJis = JapaneseScore.ShiftJis(bytes);
        var euc = JapaneseScore.EucJp(bytes);
        if (shiftJis < 0 && euc < 0)
        {
            return (Page(437).GetString(bytes), "ibm437");
        }

        return euc > shiftJis ? (Page(51932).GetString(bytes), "euc-jp") : (Page(932).GetString(bytes), "windows-31j");
    }

    /// <summary>A name that its archive says is UTF-8; falls back to <see cref="Decode"/> when it is not.</summary>
    public static (string Name, string Charset) DecodeUtf8(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? (StrictUtf8.GetString(bytes), "utf-8") : Decode(bytes);

    /// <summary>Stored separators made <c>/</c>.</summary>
    public static string Separate(string name) => name.Replace('\\', '/');

    /// <summary>What is strange about a name.</summary>
    public static void Inspect(string name, List<Finding> findings)
    {
        if (name.Length > LongName)
        {
            findings.Add(FindingCodes.Container.LongName.At($"{name.Length} characters"));
        }

        if (name.AsSpan().ContainsAnyInRange('\0', '\x1F') || name.Contains('\x7F', StringComparison.Ordinal))
        {
            findings.Add(FindingCodes.Container.ControlInName.At(Short(name)));
        }

        if (LeavesFolder(name))
        {
            findings.Add(FindingCodes.Container.PathOutside.At(Short(name)));
        }

        if (HasDeviceName(name))
        {
            findings.Add(FindingCodes.Container.DeviceName.At(Short(name)));
        }
    }

    /// <summary>The name for a finding's detail, shortened.</summary>
    public static string Short(string name) => name.Length <= 200 ? name : string.Concat(name.AsSpan(0, 200), "…");

    private static bool LeavesFolder(ReadOnlySpan<char> name)
    {
        if (name.StartsWith("/") || (name.Length >= 2 && name[1] == ':' && char.IsAsciiLetter(name[0])))
        {
            return true;
        }

        foreach (var part in name.Split('/'))
        {
            if (name[part].TrimEnd(' ') is "..")
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasDeviceName(ReadOnlySpan<char> name)
    {
        foreach (var range in name.Split('/'))
        {
            var part = name[range];
            var dot = part.IndexOf('.');
            var stem = (dot < 0 ? part : part[..dot]).TrimEnd(' ');
            if (stem.Length is < 3 or > 4)
            {
                continue;
            }

            var device =
                stem.Length == 3
                    ? stem.Equals("CON", StringComparison.OrdinalIgnoreCase)
                        || stem.Equals("PRN", StringComparison.OrdinalIgnoreCase)
                        || stem.Equals("AUX", StringComparison.OrdinalIgnoreCase)
                        || stem.Equals("NUL", StringComparison.OrdinalIgnoreCase)
                    : char.IsAsciiDigit(stem[3])
                        && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase));
            if (device)
            {
                return true;
            }
        }

        return false;
    }

    private static Encoding Page(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.Latin1;
}

/// <summary>How well bytes fit the two legacy Japanese charsets: below zero when they cannot be that charset.</summary>
internal static class JapaneseScore
{
    /// <summary>CP932 (JIS X 0208 shifted, half-width kana as single bytes).</summary>
    public static int ShiftJis(ReadOnlySpan<byte> bytes)
    {
        var score = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var lead = bytes[i];
            if (lead < 0x80)
            {
                continue;
            }

            if (lead is >= 0xA1 and <= 0xDF)
            {
                // Half-width kana: legal, yet names made of nothing else are mostly EUC read wrongly.
                score += 1;
                continue;
            }

            if (lead is 0x80 or 0xA0 or > 0xFC || i + 1 >= bytes.Length)
            {
                return -1;
            }

            var trail = bytes[++i];
            if (trail is < 0x40 or 0x7F or > 0xFC)
            {
                return -1;
            }

            score += lead is 0x82 or 0x83 ? 6 : lead is >= 0x88 and <= 0x9F ? 4 : 2;
        }

        return score;
    }

    /// <summary>EUC-JP (JIS X 0208 with both high bits set, half-width kana after 0x8E, JIS X 0212 after 0x8F).</summary>
    public static int EucJp(ReadOnlySpan<byte> bytes)
    {
        var score = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var lead = bytes[i];
            if (lead < 0x80)
            {
                continue;
            }

            var length = lead == 0x8F ? 3 : 2;
            if ((lead is < 0xA1 and not (0x8E or 0x8F)) || lead == 0xFF || i + length > bytes.Length)
            {
                return -1;
            }

            if (bytes.Slice(i + 1, length - 1).ContainsAnyExceptInRange((byte)0xA1, (byte)0xFE))
            {
                return -1;
            }

            score += lead is 0xA4 or 0xA5 ? 6 : lead is >= 0xB0 and <= 0xCF ? 5 : 2;
            i += length - 1;
        }

        return score;
    }
}
