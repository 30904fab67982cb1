using System.Buffers;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>How the lines of a mail end. CR alone counts only where the mail has no LF at all (classic Mac).</summary>
/// <param name="carriageReturnOnly">Lines end with CR alone.</param>
internal readonly struct LineEnds(bool carriageReturnOnly)
{
    /// <summary>What ends lines in these bytes.</summary>
    public static LineEnds Of(ReadOnlySpan<byte> bytes) => new(bytes.IndexOf((byte)'\n') < 0 && bytes.IndexOf((byte)'\r') >= 0);

    /// <summary>Length of the line at <paramref name="index"/> without its end, and where the next one starts.</summary>
    public (int Length, int Next) Next(ReadOnlySpan<byte> bytes, int index)
    {
        var rest = bytes[index..];
        var end = rest.IndexOf(carriageReturnOnly ? (byte)'\r' : (byte)'\n');
        if (end < 0)
        {
            return (rest.Length, bytes.Length);
        }

        var length = end > 0 && rest[end - 1] == (byte)'\r' && !carriageReturnOnly ? end - 1 : end;
        return (length, index + end + 1);
    }

    /// <summary>Whether a line starts at <paramref name="index"/>.</summary>
    public bool IsEndBefore(ReadOnlySpan<byte> bytes, int index) =>
        index == 0 || bytes[index - 1] == (carriageReturnOnly ? (byte)'\r' : (byte)'\n');
}

/// <summary>What a line looks like.</summary>
internal static class HeaderLine
{
    /// <summary>Longest header name that is taken for one.</summary>
    public const int MaxName = 128;

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create([
        .. Enumerable.Range(0x21, 0x5E).Where(value => value != ':').Select(value => (byte)value),
    ]);

    /// <summary>A name of printable ASCII (RFC 5322 2.2; blanks before the colon allowed, RFC 5322 4.5) and a colon.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> line)
    {
        var colon = line[..Math.Min(line.Length, MaxName)].IndexOf((byte)':');
        if (colon <= 0)
        {
            return false;
        }

        var name = line[..colon].TrimEnd(" \t"u8);
        return !name.IsEmpty && !name.ContainsAnyExcept(NameBytes);
    }

    /// <summary>
    /// Whether a line that is no header starts a body: what follows at <paramref name="next"/> is no header, no folded line and no blank line.
    /// </summary>
    public static bool StartsBody(ReadOnlySpan<byte> bytes, LineEnds ends, int next)
    {
        if (next >= bytes.Length)
        {
            return true;
        }

        var (length, _) = ends.Next(bytes, next);
        var line = bytes.Slice(next, length);
        return !line.IsEmpty && line[0] is not ((byte)' ' or (byte)'\t') && !IsHeader(line);
    }
}
