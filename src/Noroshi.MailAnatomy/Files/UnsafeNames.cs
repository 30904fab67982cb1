using System.Buffers;
using System.Collections.Frozen;

namespace Noroshi.MailAnatomy.Files;

/// <summary>Stored names that would leave the folder or name a device if somebody unpacked them. Here names are data only.</summary>
internal static class UnsafeNames
{
    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\");

    private static readonly FrozenSet<string> Devices = new[] { "con", "prn", "aux", "nul", "clock$" }
        .Concat(Enumerable.Range(1, 9).SelectMany(number => new[] { $"com{number}", $"lpt{number}" }))
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the name is absolute, climbs up, holds NUL, names a drive, a UNC path or a reserved device.</summary>
    public static bool IsUnsafe(string name)
    {
        if (name.Contains('\0') || name.StartsWith('/') || name.StartsWith('\\'))
        {
            return true;
        }

        if (name.Length >= 2 && name[1] == ':' && char.IsAsciiLetter(name[0]))
        {
            return true;
        }

        var rest = name.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny(Separators);
            var part = end < 0 ? rest : rest[..end];
            if (part is ".." || IsDevice(part))
            {
                return true;
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return false;
    }

    private static bool IsDevice(ReadOnlySpan<char> part)
    {
        var dot = part.IndexOf('.');
        var stem = (dot < 0 ? part : part[..dot]).TrimEnd(' ');
        return stem.Length is >= 3 and <= 6 && Devices.GetAlternateLookup<ReadOnlySpan<char>>().Contains(stem);
    }
}
