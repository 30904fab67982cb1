using System.Buffers;
using System.Text;

namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Message-IDs as gateways and forwards leave them: letter case, blanks and brackets changed, ends cut off, something put in front.</summary>
internal sealed class Identifiers
{
    /// <summary>Less than this of an identifier is not enough to know it again.</summary>
    private const int Enough = 16;

    private const int MostCuts = 6;
    private static readonly SearchValues<char> Joints = SearchValues.Create("-_.=+/:!%$");

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly string[] forward;
    private readonly string[] backward;

    /// <summary>The identifiers of the mails that are here.</summary>
    public Identifiers(IEnumerable<string> known)
    {
        foreach (var id in known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            numbers[id] = numbers.Count;
        }

        forward = [.. numbers.Keys.Order(StringComparer.Ordinal)];
        backward = [.. numbers.Keys.Select(Reversed).Order(StringComparer.Ordinal)];
    }

    /// <summary>An identifier without what transport changes; null when nothing is left.</summary>
    public static string? Plain(string? id)
    {
        if (id is null)
        {
            return null;
        }

        var plain = new StringBuilder(id.Length);
        foreach (var character in id)
        {
            if (!char.IsWhiteSpace(character) && !char.IsControl(character) && character is not ('<' or '>' or '"' or '\\'))
            {
                plain.Append(char.ToLowerInvariant(character));
            }
        }

        return plain.Length == 0 ? null : plain.ToString();
    }

    /// <summary>The identifier of a mail that is here, as it stands or damaged in one way that leaves no choice; null when there is none.</summary>
    public string? Known(string plain) =>
        numbers.ContainsKey(plain) ? plain
        : Telling(plain) ? Damaged(plain)
        : null;

    /// <summary>An address or a word also stands in the place of an identifier; a made one has figures in it.</summary>
    private static bool Telling(string plain) => plain.Length >= Enough && plain.Count(char.IsAsciiDigit) >= 4;

    private string? Damaged(string plain)
    {
        // Cut off at the end: here, or in the mail itself.
        if (OnlyOne(forward, plain) is { } longer)
        {
            return longer;
        }

        if (Shorter(forward, plain) is { } shorter)
        {
            return shorter;
        }

        // Something put in front (or cut off): in the mail itself, or here.
        if (OnlyOne(backward, Reversed(plain)) is { } before)
        {
            return Reversed(before);
        }

        var at = 0;
        for (var cut = 0; cut < MostCuts; cut++)
        {
            var next = plain.AsSpan(at).IndexOfAny(Joints);
            if (next < 0 || plain.Length - (at + next + 1) < Enough)
            {
                return null;
            }

            at += next + 1;
            if (Telling(plain[at..]) && numbers.ContainsKey(plain[at..]))
            {
                return plain[at..];
            }
        }

        return null;
    }

    /// <summary>The only known one that begins so.</summary>
    private static string? OnlyOne(string[] sorted, string start)
    {
        var at = First(sorted, start);
        return
            at < sorted.Length
            && sorted[at].StartsWith(start, StringComparison.Ordinal)
            && (at + 1 == sorted.Length || !sorted[at + 1].StartsWith(start, StringComparison.Ordinal))
            ? sorted[at]
            : null;
    }

    /// <summary>A known one with which this one begins.</summary>
    private static string? Shorter(string[] sorted, string whole)
    {
        var at = First(sorted, whole) - 1;
        return at >= 0 && Telling(sorted[at]) && whole.StartsWith(sorted[at], StringComparison.Ordinal) ? sorted[at] : null;
    }

    private static int First(string[] sorted, string value)
    {
        var at = Array.BinarySearch(sorted, value, StringComparer.Ordinal);
        return at < 0 ? ~at : at;
    }

    private static string Reversed(string text)
    {
        var characters = text.ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }
}
