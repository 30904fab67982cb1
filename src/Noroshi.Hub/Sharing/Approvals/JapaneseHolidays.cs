namespace Noroshi.Hub.Sharing.Approvals;

/// <summary>
/// National holidays of Japan (国民の祝日に関する法律, 1948 no. 178, as amended), 2007 to 2099, with those of single years that laws of their own
/// moved or added (2019 to 2021). The equinoxes are worked out: the real days are announced each February and have never differed so far.
/// </summary>
public static class JapaneseHolidays
{
    /// <summary>First year for which this holds.</summary>
    public const int FirstYear = 2007;

    /// <summary>Last year for which the equinoxes hold.</summary>
    public const int LastYear = 2099;

    /// <summary>Whether a day is a holiday: one of the law's days, the substitute for one on a Sunday (article 3-2), or between two (3-3).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is before 2007 or after 2099.</exception>
    public static bool Contains(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day.Year, FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day.Year, LastYear);
        return IsNamed(day) || IsSubstitute(day) || IsBetween(day);
    }

    /// <summary>The first day after a Sunday holiday that is none itself.</summary>
    private static bool IsSubstitute(DateOnly day)
    {
        for (var before = day.AddDays(-1); IsNamed(before); before = before.AddDays(-1))
        {
            if (before.DayOfWeek == DayOfWeek.Sunday)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBetween(DateOnly day) => IsNamed(day.AddDays(-1)) && IsNamed(day.AddDays(1));

    private static bool IsNamed(DateOnly day) =>
        (day.Month, day.Day) switch
        {
            (1, 1) or (2, 11) or (4, 29) or (5, 3) or (5, 4) or (5, 5) or (11, 3) or (11, 23) => true,
            (1, _) => IsMonday(day, 2),
            (2, 23) => day.Year >= 2020,
            (3, _) => day.Day == Equinox(day.Year, 20.8431),
            (5, 1) or (10, 22) => day.Year == 2019,
            (7, _) => day.Year switch
            {
                2020 => day.Day is 23 or 24,
                2021 => day.Day is 22 or 23,
                _ => IsMonday(day, 3),
            },
            (8, _) => day.Year switch
            {
                < 2016 => false,
                2020 => day.Day == 10,
                2021 => day.Day == 8,
                _ => day.Day == 11,
            },
            (9, _) => IsMonday(day, 3) || day.Day == Equinox(day.Year, 23.2488),
            (10, _) => day.Year is not (2020 or 2021) && IsMonday(day, 2),
            (12, 23) => day.Year <= 2018,
            _ => false,
        };

    private static bool IsMonday(DateOnly day, int ofMonth) => day.DayOfWeek == DayOfWeek.Monday && ((day.Day - 1) / 7) + 1 == ofMonth;

    /// <summary>Day of the month of an equinox in JST, 1980 to 2099 (the National Observatory's approximation, as published in calendars).</summary>
    private static int Equinox(int year, double base1980) => (int)(base1980 + (0.242194 * (year - 1980)) - ((year - 1980) / 4));
}
