using System.Text;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>
/// Form of a Date header: <c>E, d MMM yyyy HH:mm:ss Z (z)</c> and its variants. Whether days are padded shows on nine days of a
/// month only and is left out, so that the same tool gives the same form on every day.
/// </summary>
internal static class DateShape
{
    private const int Longest = 80;

    /// <summary>The form; text that is no date gives a form of its own kind.</summary>
    public static string Of(ReadOnlySpan<char> date)
    {
        date = date.Trim();
        date = date.Length > Longest ? date[..Longest] : date;
        var shape = new StringBuilder(32);
        var at = 0;
        var time = false;
        while (at < date.Length)
        {
            var end = at + 1;
            if (char.IsAsciiDigit(date[at]))
            {
                while (end < date.Length && (char.IsAsciiDigit(date[end]) || (date[end] == ':' && end + 1 < date.Length)))
                {
                    end++;
                }

                time |= Number(shape, date[at..end]);
            }
            else if (char.IsLetter(date[at]))
            {
                while (end < date.Length && char.IsLetter(date[end]))
                {
                    end++;
                }

                shape.Append(Word(date[at..end], time));
            }
            else if (date[at] is '+' or '-' && time && end < date.Length && char.IsAsciiDigit(date[end]))
            {
                while (end < date.Length && (char.IsAsciiDigit(date[end]) || date[end] == ':'))
                {
                    end++;
                }

                shape.Append('Z').Append(date[at..end].Contains(':') ? ":" : "");
            }
            else if (!StructuredText.IsBlank(date[at]))
            {
                shape.Append(date[at]);
            }
            else if (shape.Length > 0 && shape[^1] != ' ')
            {
                shape.Append(' ');
            }

            at = end;
        }

        return shape.ToString();
    }

    private static bool Number(StringBuilder shape, ReadOnlySpan<char> run)
    {
        if (run.Contains(':'))
        {
            shape.Append(run.Count(':') > 1 ? "HH:mm:ss" : "HH:mm");
            return true;
        }

        shape.Append(
            run.Length switch
            {
                4 => "yyyy",
                <= 2 => "d",
                _ => "9",
            }
        );
        return false;
    }

    private static string Word(ReadOnlySpan<char> word, bool time)
    {
        if (time)
        {
            return
                word.Equals("GMT", StringComparison.OrdinalIgnoreCase)
                || word.Equals("UTC", StringComparison.OrdinalIgnoreCase)
                || word.Equals("UT", StringComparison.OrdinalIgnoreCase)
                ? word.ToString()
                : "z";
        }

        if (DateWords.Month(word) > 0)
        {
            return word.Length > 3 ? "MMMM" : "MMM";
        }

        return word.Length > 3 ? "EEEE" : "E";
    }
}
