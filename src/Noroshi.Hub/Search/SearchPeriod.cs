using System.Globalization;
using System.Text;

namespace Noroshi.Hub.Search;

/// <summary>A condition on the time of reception, in days of Japan: from (inclusive) until (exclusive).</summary>
/// <param name="From">From; null is always.</param>
/// <param name="Until">Until; null is always.</param>
internal readonly record struct SearchPeriod(DateTimeOffset? From, DateTimeOffset? Until)
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    public static SearchPeriod Always { get; }

    public SearchPeriod And(SearchPeriod other) =>
        new(
            From is { } from && other.From is { } later ? (from > later ? from : later) : From ?? other.From,
            Until is { } until && other.Until is { } earlier ? (until < earlier ? until : earlier) : Until ?? other.Until
        );

    /// <summary>Days, months, years, <c>a..b</c>, and with a comparison before them; null when it is no date.</summary>
    public static SearchPeriod? Parse(string text)
    {
        var plain = WholeAscii(text);
        var dots = plain.IndexOf("..", StringComparison.Ordinal);
        if (dots >= 0)
        {
            var (first, last) = (plain[..dots], plain[(dots + 2)..]);
            var (from, until) = (Stretch(first), Stretch(last));
            return (first.Length > 0 && from is null) || (last.Length > 0 && until is null) || plain.Length == 2
                ? null
                : new SearchPeriod(from?.From, until?.Until);
        }

        var rest = plain.TrimStart('<', '>', '=');
        return Stretch(rest) is not { } stretch
            ? null
            : plain[..^rest.Length] switch
            {
                "" => stretch,
                ">=" => stretch with { Until = null },
                ">" => new SearchPeriod(stretch.Until, null),
                "<" => new SearchPeriod(null, stretch.From),
                "<=" => stretch with { From = null },
                var other when other.Length > 0 => null,
                _ => null,
            };
    }

    private static string WholeAscii(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            plain.Append(
                character switch
                {
                    >= '！' and <= '～' => (char)(character - 0xFEE0),
                    '年' or '月' => '-',
                    '日' => ' ',
                    '〜' => '~',
                    _ => character,
                }
            );
        }

        return plain.Replace('/', '-').Replace("~", "..").Replace(" ", "").Replace("-..", "..").ToString().TrimEnd('-');
    }

    /// <summary>The day, month or year.</summary>
    private static SearchPeriod? Stretch(string text)
    {
        var parts = text.Split('-');
        if (parts.Length > 3 || parts[0].Length != 4 || !parts.All(part => part.Length is > 0 and <= 4 && part.All(char.IsAsciiDigit)))
        {
            return null;
        }

        var numbers = Array.ConvertAll(parts, part => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture));
        var (year, month, day) = (numbers[0], numbers.Length > 1 ? numbers[1] : 1, numbers.Length > 2 ? numbers[2] : 1);
        if (year is < 1970 or > 9000 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        var from = new DateTimeOffset(year, month, day, 0, 0, 0, Japan);
        return new SearchPeriod(
            from,
            numbers.Length switch
            {
                1 => from.AddYears(1),
                2 => from.AddMonths(1),
                _ => from.AddDays(1),
            }
        );
    }
}
