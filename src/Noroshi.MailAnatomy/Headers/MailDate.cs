using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>What had to be guessed to read a date.</summary>
[Flags]
internal enum DateFlaws
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>No zone, or one that nobody knows: UTC was taken.</summary>
    Zone = 1,

    /// <summary>Year of two or three digits (RFC 5322 4.3).</summary>
    ShortYear = 2,

    /// <summary>Not the form of RFC 5322.</summary>
    Form = 4,
}

/// <summary>
/// Reads dates of mail headers leniently: RFC 5322 3.3 with the obsolete forms of 4.3, asctime, ISO 8601, VMS, American and
/// Japanese orders. Looks at the first 400 characters only.
/// </summary>
internal static class MailDate
{
    private const int MaxLength = 400;

    /// <summary>Reads a date; null when day, month, year or time is missing or impossible.</summary>
    public static DateTimeOffset? Parse(string text) => Parse(text, out _);

    /// <summary>Reads a date and says what had to be guessed.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text, out DateFlaws flaws)
    {
        var reader = new MailDateReader(text.Length > MaxLength ? text[..MaxLength] : text);
        return reader.Read(out flaws);
    }

    /// <summary>Reads the value of a Date header and notes what was wrong with it.</summary>
    public static DateTimeOffset? Parse(string text, List<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var date = Parse(text, out var flaws);
        if (date is null)
        {
            findings.Add(FindingCodes.Dates.Unreadable.At(Excerpt.Of(text)));
            return null;
        }

        if (flaws.HasFlag(DateFlaws.Zone))
        {
            findings.Add(FindingCodes.Dates.NoZone.At(Excerpt.Of(text)));
        }

        if ((flaws & (DateFlaws.ShortYear | DateFlaws.Form)) != DateFlaws.None)
        {
            findings.Add(FindingCodes.Dates.OddForm.At(Excerpt.Of(text)));
        }

        return date;
    }
}

/// <summary>Cuts text of attackers to what a finding can carry.</summary>
internal static class Excerpt
{
    private const int Longest = 120;

    /// <summary>The first 120 characters.</summary>
    public static string Of(ReadOnlySpan<char> text) => text.Length <= Longest ? text.ToString() : string.Concat(text[..Longest], "…");
}
