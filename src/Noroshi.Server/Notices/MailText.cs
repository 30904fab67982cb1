using System.Globalization;
using System.Text;
using MimeKit;

namespace Noroshi.Server.Notices;

/// <summary>Keeps what comes from elsewhere from becoming more than text in a mail.</summary>
internal static class MailText
{
    private const int LongestLine = 400;
    private const int LongestBlock = 8_000;

    /// <summary>Whether it is one bare mail address, and nothing that could end a header or a command.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: > 2 and <= 254 }
        && text.All(letter => letter is > ' ' and < '\u007f' and not ('<' or '>' or '(' or ')' or ',' or ';' or ':' or '"' or '\\'))
        && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at == text.LastIndexOf('@')
        && at < text.Length - 1
        && MailboxAddress.TryParse(text, out var parsed)
        && string.Equals(parsed.Address, text, StringComparison.Ordinal);

    /// <summary>One line without control or invisible characters.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Clean(text, newLines: false, LongestLine);
    }

    /// <summary>Lines without other control or invisible characters.</summary>
    public static string Block(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Clean(text.ReplaceLineEndings("\n"), newLines: true, LongestBlock);
    }

    private static string Clean(string text, bool newLines, int longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= longest)
            {
                break;
            }

            if (rune.Value == '\n' && newLines)
            {
                clean.Append('\n');
                continue;
            }

            // Line and paragraph separators, bidirectional controls, surrogates that stand alone: nothing that changes how the rest is read.
            var category = Rune.GetUnicodeCategory(rune);
            clean.Append(
                category
                    is UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.Surrogate
                    ? " "
                    : rune.ToString()
            );
        }

        return clean.ToString();
    }
}
