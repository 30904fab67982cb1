using System.Globalization;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>The ways people write a day as a password.</summary>
internal static class DateForms
{
    /// <summary>Forms of Western years, most used first.</summary>
    private static readonly string[] Western =
    [
        "yyyyMMdd",
        "yyMMdd",
        "MMdd",
        "yyyy-MM-dd",
        "yyyy/MM/dd",
        "ddMMyyyy",
        "yyyy.MM.dd",
        "MMddyyyy",
        "ddMMyy",
        "yyyyMd",
        "yyyy/M/d",
        "yyyyMM",
    ];

    /// <summary>First day, name and initial of each era.</summary>
    private static readonly (DateOnly From, string Name, char Initial)[] Eras =
    [
        (new DateOnly(2019, 5, 1), "令和", 'R'),
        (new DateOnly(1989, 1, 8), "平成", 'H'),
        (new DateOnly(1926, 12, 25), "昭和", 'S'),
    ];

    /// <summary>Every form of the day, Western years first, then eras.</summary>
    public static IEnumerable<string> Of(DateOnly day)
    {
        foreach (var form in Western)
        {
            yield return day.ToString(form, CultureInfo.InvariantCulture);
        }

        foreach (var (from, name, initial) in Eras)
        {
            if (day < from)
            {
                continue;
            }

            var year = day.Year - from.Year + 1;
            var monthDay = day.ToString("MMdd", CultureInfo.InvariantCulture);
            yield return string.Create(CultureInfo.InvariantCulture, $"{initial}{year:00}{monthDay}");
            yield return string.Create(CultureInfo.InvariantCulture, $"{year:00}{monthDay}");
            yield return string.Create(CultureInfo.InvariantCulture, $"{char.ToLowerInvariant(initial)}{year:00}{monthDay}");
            yield return string.Create(CultureInfo.InvariantCulture, $"{initial}{year}.{day.Month}.{day.Day}");
            yield return string.Create(CultureInfo.InvariantCulture, $"{initial}{year}");
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}{year}年{day.Month}月{day.Day}日");
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}{year}");
            break;
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");
    }

    /// <summary>The day of the Date header in its own offset; the neighbours where the calendar has them.</summary>
    public static IEnumerable<DateOnly> Around(DateTimeOffset sentAt)
    {
        var day = DateOnly.FromDateTime(sentAt.DateTime);
        yield return day;
        if (day > DateOnly.MinValue)
        {
            yield return day.AddDays(-1);
        }

        if (day < DateOnly.MaxValue)
        {
            yield return day.AddDays(1);
        }
    }
}
