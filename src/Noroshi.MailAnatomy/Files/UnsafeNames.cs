using System.Buffers;

namespace Noroshi.MailAnatomy.Files;

/// <summary>Stored names that would leave the folder or name a device if somebody unpacked them. Here names are data only.</summary>
internal static class UnsafeNames
{
    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\");

    /// <summary>
    /// What the name would do, in one word for a finding's detail: <c>nul</c> (cut off at NUL), <c>absolute</c>, <c>drive</c>, <c>parent</c>
    /// (climbs up), <c>device</c>; null when it is harmless.
    /// </summary>
    public static string? Danger(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            return "nul";
        }

        if (name.StartsWith('/') || name.StartsWith('\\'))
        {
            return "absolute";
        }

        if (name.Length >= 2 && name[1] == ':' && char.IsAsciiLetter(name[0]))
        {
            return "drive";
        }

        var device = false;
        var rest = name.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny(Separators);
            var part = end < 0 ? rest : rest[..end];
            if (part.TrimEnd(' ') is "..")
            {
                return "parent";
            }

            device |= IsDevice(part);
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return device ? "device" : null;
    }

    private static bool IsDevice(ReadOnlySpan<char> part)
    {
        var dot = part.IndexOfAny('.', ':');
        Span<char> lower = stackalloc char[6];
        var stem = (dot < 0 ? part : part[..dot]).TrimEnd(' ');
        return stem.Length switch
        {
            3 => Lower(stem, lower) is "con" or "prn" or "aux" or "nul",
            4 => char.IsAsciiDigit(stem[3]) && Lower(stem[..3], lower) is "com" or "lpt",
            6 => Lower(stem, lower) is "clock$" or "conin$",
            7 => stem.Equals("conout$", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    private static ReadOnlySpan<char> Lower(ReadOnlySpan<char> text, Span<char> buffer) =>
        buffer[..Math.Max(0, text.ToLowerInvariant(buffer))];
}
