using System.Buffers;
using System.Globalization;
using System.Text;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>
/// Shapes of generated identifiers (boundaries, Message-IDs). What is random within one maker must vanish, what is constant must
/// stay: known words are kept, dates are <c>D</c>, hexadecimal runs <c>h</c> or <c>H</c> with their length, decimal counters <c>9</c>
/// (their length varies), zero-padded ones <c>d</c> with their length, other runs <c>x</c> with their length, and base64 text is <c>b</c>, because its signs fall anywhere.
/// </summary>
internal static class IdentifierShape
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private const int Longest = 300;
    private const int ShortestBase64 = 24;

    /// <summary>Constant words of makers; longer ones first where one begins another.</summary>
    private static readonly string[] Words =
    [
        "MULTIPART",
        "multipart",
        "MIXED",
        "Mixed",
        "mixed",
        "alternative",
        "related",
        "ALTERNATIVE",
        "RELATED",
        "NextPart",
        "Multipart",
        "Message-Boundary",
        "Apple-Mail",
        "JavaMail",
        "boundary",
        "Boundary",
        "BOUNDARY",
        "Becky",
        "qmail",
        "Alternative",
        "Related",
        "Next",
        "NEXT",
        "Part",
        "PART",
        "part",
        "nqp",
        "alt",
        "mimepart",
        "mime",
        "MIME",
        "frontier",
        "separator",
        "phpmailer",
        "PHPMailer",
        "swift",
        "Enigmail",
        "evolution",
        "camel",
        "Pine",
        "mutt",
        "Message",
        "android",
        "Android",
        "GMX",
        "yahoo",
        "mail",
        "Mail",
        "outlook",
    ];

    private static readonly string[][] WordsByStart =
    [
        .. Enumerable.Range(0, 0x80).Select(start => Words.Where(word => word[0] == start).ToArray()),
    ];

    private static readonly SearchValues<string> LongWords = SearchValues.Create(
        [.. Words.Where(word => word.Length > 3)],
        StringComparison.Ordinal
    );

    /// <summary>Shape of a Message-ID: brackets and domain left out.</summary>
    public static string OfMessageId(string value)
    {
        var text = value.AsSpan().Trim().Trim("<>");
        var sign = text.LastIndexOf('@');
        return Of(sign >= 0 ? text[..sign] : text);
    }

    /// <summary>Shape of the text; at most 300 characters of it are looked at.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        text = text.Length > Longest ? text[..Longest] : text;
        if (Base64Start(text) is >= 0 and var start)
        {
            return string.Concat(text[..start], "b");
        }

        var shape = new StringBuilder(text.Length);
        var hexadecimal = HexOf(text);
        var at = 0;
        var afterDate = false;
        while (at < text.Length)
        {
            if (Word(text[at..]) is { } word)
            {
                shape.Append(word);
                at += word.Length;
                afterDate = false;
                continue;
            }

            var end = at;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]) && (end == at || Word(text[end..]) is null))
            {
                end++;
            }

            if (end == at)
            {
                shape.Append(text[at++]);
                continue;
            }

            var isDate = Run(shape, text[at..end], hexadecimal, afterDate);
            afterDate = isDate;
            at = end;
        }

        return shape.ToString();
    }

    private enum Hex
    {
        None,
        Lower,
        Upper,
    }

    private static bool Run(StringBuilder shape, ReadOnlySpan<char> run, Hex hexadecimal, bool afterDate)
    {
        var hex = !run.ContainsAnyExcept(HexDigits);
        var digits = !run.ContainsAnyExceptInRange('0', '9');
        if (digits && IsDate(run))
        {
            Counted(shape, 'D', run.Length);
            return true;
        }

        // A hexadecimal run is all decimal now and then (every seventh time with four digits): the rest of the identifier, or the
        // place behind a date, tells what it is. A run that short may hold no letter, so that its case is not told.
        var known = !digits || hexadecimal != Hex.None;
        if (hex && run.Length == 4 && (known || afterDate))
        {
            Counted(shape, 'h', run.Length);
        }
        else if (hex && ((known && run.Length is 8 or 12 or 16) || run.Length >= 20 || (!digits && run.Length >= 6)))
        {
            Counted(shape, hexadecimal == Hex.Upper ? 'H' : 'h', run.Length);
        }
        else if (digits && run.Length > 1 && run[0] == '0')
        {
            Counted(shape, 'd', run.Length);
        }
        else if (digits)
        {
            shape.Append('9');
        }
        else
        {
            Counted(shape, 'x', run.Length);
        }

        return false;
    }

    private static void Counted(StringBuilder shape, char sign, int count) => shape.Append(CultureInfo.InvariantCulture, $"{sign}{count}");

    /// <summary>yyyymmdd, with hours and minutes, with seconds, with milliseconds; 1990 to 2089.</summary>
    private static bool IsDate(ReadOnlySpan<char> run)
    {
        if (run.Length is not (8 or 12 or 14 or 17))
        {
            return false;
        }

        return (
                run.StartsWith("19", StringComparison.Ordinal)
                    ? run[2] == '9'
                    : run.StartsWith("20", StringComparison.Ordinal) && run[2] < '9'
            )
            && Two(run[4..]) is >= 1 and <= 12
            && Two(run[6..]) is >= 1 and <= 31
            && (run.Length < 12 || (Two(run[8..]) < 24 && Two(run[10..]) < 60))
            && (run.Length < 14 || Two(run[12..]) < 61);
    }

    private static int Two(ReadOnlySpan<char> digits) => ((digits[0] - '0') * 10) + (digits[1] - '0');

    /// <summary>Whether some run is surely hexadecimal, and the case of the long ones.</summary>
    private static Hex HexOf(ReadOnlySpan<char> text)
    {
        var found = Hex.None;
        var at = 0;
        while (at < text.Length)
        {
            var end = at;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
            {
                end++;
            }

            var run = text[at..end];
            if (
                run.Length >= 4
                && (run.Length >= 8 || run.ContainsAnyInRange('0', '9'))
                && !run.ContainsAnyExcept(HexDigits)
                && run.ContainsAnyExceptInRange('0', '9')
            )
            {
                if (run.Length >= 8 && run.ContainsAnyInRange('A', 'F') && !run.ContainsAnyInRange('a', 'f'))
                {
                    return Hex.Upper;
                }

                found = Hex.Lower;
            }

            at = end + 1;
        }

        return found;
    }

    private static string? Word(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] >= WordsByStart.Length)
        {
            return null;
        }

        foreach (var word in WordsByStart[text[0]])
        {
            if (text.StartsWith(word, StringComparison.Ordinal))
            {
                return word;
            }
        }

        return null;
    }

    /// <summary>
    /// Start of a tail of at least 24 base64 letters (both alphabets) that is no run of hexadecimal groups; -1 when there is none.
    /// "CA" before the random part of Gmail's is constant and kept.
    /// </summary>
    private static int Base64Start(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '/' or '=' or '-' or '_'))
        {
            start--;
        }

        if (text[start..].StartsWith("CA", StringComparison.Ordinal) && text.Length - start > ShortestBase64)
        {
            start += 2;
        }

        var tail = text[start..];
        if (tail.Length < ShortestBase64 || tail.ContainsAny(LongWords))
        {
            return -1;
        }

        // Groups of constant length with letters of one case are counted instead: UUIDs, queue identifiers.
        var both = tail.ContainsAnyInRange('A', 'Z') && tail.ContainsAnyInRange('a', 'z') && tail.ContainsAnyInRange('0', '9');
        return both && tail.ContainsAnyInRange('g', 'z') && tail.ContainsAnyInRange('G', 'Z') ? start : -1;
    }
}
