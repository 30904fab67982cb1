namespace Noroshi.Hub.Conversations.Threading;

/// <summary>
/// Quotes marked with other signs than <c>&gt;</c> (<c>#</c>, <c>--]</c>, <c>JK&gt;</c>, <c>｜</c>) below a line that introduces them: the lines
/// without the mark are the writer's answers between, although the whole rest looks like an unmarked quote.
/// </summary>
internal static class OddQuoteMarks
{
    private const int Longest = 5;
    private const int Looked = 200;

    /// <summary>The mark that some of the lines share and others lack; null when there is none.</summary>
    /// <param name="lines">Lines of one block below an introduction.</param>
    public static string? In(ReadOnlySpan<string> lines)
    {
        var mark = "";
        foreach (var line in lines)
        {
            if (line.AsSpan().Trim().Length > 0)
            {
                mark = Mark(line);
                break;
            }
        }

        if (mark.Length == 0 || mark.StartsWith('>'))
        {
            return null;
        }

        var (with, without) = (0, 0);
        foreach (var line in lines[..Math.Min(lines.Length, Looked)])
        {
            if (line.AsSpan().Trim().Length > 0)
            {
                _ = line.StartsWith(mark, StringComparison.Ordinal) ? with++ : without++;
            }
        }

        return with >= 2 && without >= 1 ? mark : null;
    }

    /// <summary>Signs at the beginning of a line, or initials with a bracket.</summary>
    private static string Mark(string line)
    {
        var end = 0;
        while (end < line.Length && end < Longest && !char.IsLetterOrDigit(line[end]) && !char.IsWhiteSpace(line[end]))
        {
            end++;
        }

        if (end > 0)
        {
            return end < Longest ? line[..end] : "";
        }

        while (end < line.Length && end < Longest && char.IsAsciiLetterUpper(line[end]))
        {
            end++;
        }

        return end > 0 && end < line.Length && line[end] is ('>' or '|' or ']') ? line[..(end + 1)] : "";
    }
}
