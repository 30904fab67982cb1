using Noroshi.MailAnatomy.Text;
using System.Text;

namespace Noroshi.MailAnatomy.Indicators;

/// <summary>
/// Matcher for the public suffix list (https://publicsuffix.org/list/): wildcard and exception rules, sections of the
/// registries and of private operators both. A name whose last label is on no list has no registrable domain here, although
/// the list's own algorithm would take any last label: file names and typing errors would otherwise become domains.
/// </summary>
public static class PublicSuffix
{
    /// <summary>Labels of the longest rule and one more: names under it need no look at deeper labels.</summary>
    private const int MaxRuleLabels = 7;

    private static readonly SortedTable Rules = SortedTable.Load("public-suffix.txt");
    private static readonly Answer?[] Answers = new Answer?[512];

    /// <summary>Version and date of the list.</summary>
    public static string Version => Rules.Version;

    /// <summary>The part of a host that somebody registered: <c>www.example.co.jp</c> gives <c>example.co.jp</c>.</summary>
    /// <param name="host">Host name in any case, Unicode or IDNA ASCII.</param>
    /// <returns>Lower case IDNA ASCII; null for addresses, public suffixes themselves and unknown suffixes.</returns>
    public static string? RegistrableDomain(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var name = HostName.Canonical(host);
        if (name is null)
        {
            return null;
        }

        var start = RegistrableStart(name);
        return start switch
        {
            < 0 => null,
            0 => name,
            _ => name[start..],
        };
    }

    /// <summary>
    /// Where the registrable domain starts in a canonical name; -1 when it has none. The same few hosts are asked for again and again,
    /// in one mail and in the mails of one sender, so the last answer for each of some slots is kept.
    /// </summary>
    internal static int RegistrableStart(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > HostName.MaxLength)
        {
            return -1;
        }

        ref var slot = ref Answers[string.GetHashCode(name, StringComparison.Ordinal) & (Answers.Length - 1)];
        if (Volatile.Read(ref slot) is { } known && name.SequenceEqual(known.Name))
        {
            return known.Start;
        }

        var start = Find(name);
        Volatile.Write(ref slot, new Answer(new string(name), start));
        return start;
    }

    private static int Find(ReadOnlySpan<char> name)
    {
        if (char.IsAsciiDigit(name[^1]))
        {
            return -1;
        }

        Span<byte> buffer = stackalloc byte[HostName.MaxLength + 2];
        var bytes = buffer[2..];
        Encoding.Latin1.GetBytes(name, bytes);
        bytes = bytes[..name.Length];

        Span<int> starts = stackalloc int[MaxRuleLabels + 1];
        var count = 0;
        for (var end = name.Length; count < starts.Length && end >= 0;)
        {
            var dot = name[..end].LastIndexOf('.');
            starts[count++] = dot + 1;
            end = dot;
        }

        for (var label = count - 1; label >= 0; label--)
        {
            if (Matches(buffer, bytes, starts[label], label == 0 ? -1 : starts[label - 1], out var isException))
            {
                var suffix = isException ? label - 1 : label;
                return suffix + 1 < count ? starts[suffix + 1] : -1;
            }
        }

        return -1;
    }

    /// <summary>Looks up <c>!name</c>, <c>name</c> and <c>*.parent</c>, in that order: an exception goes before its wildcard.</summary>
    private static bool Matches(Span<byte> buffer, Span<byte> bytes, int start, int parent, out bool isException)
    {
        isException = false;
        if (Rules.TryFind(bytes[start..], out _))
        {
            return true;
        }

        if (parent < 0)
        {
            return false;
        }

        // The two bytes before the name, or those of the label in front, lend room for the mark.
        Span<byte> kept = stackalloc byte[2];
        var at = start + 1;
        buffer.Slice(at, 1).CopyTo(kept);
        buffer[at] = (byte)'!';
        isException = Rules.TryFind(buffer[at..(bytes.Length + 2)], out _);
        buffer[at] = kept[0];
        if (isException)
        {
            return true;
        }

        at = parent;
        buffer.Slice(at, 2).CopyTo(kept);
        buffer[at] = (byte)'*';
        buffer[at + 1] = (byte)'.';
        var found = Rules.TryFind(buffer[at..(bytes.Length + 2)], out _);
        kept.CopyTo(buffer[at..]);
        return found;
    }

    /// <summary>One kept answer; replaced whole, so that threads see either the old or the new one.</summary>
    private sealed record Answer(string Name, int Start);
}
