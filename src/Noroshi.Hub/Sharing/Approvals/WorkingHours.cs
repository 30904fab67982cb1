namespace Noroshi.Hub.Sharing.Approvals;

/// <summary>
/// The hours in which members work: deadlines count these only, so that nothing passes or expires over a week end. Times are JST; no daylight
/// saving.
/// </summary>
/// <param name="Opens">Start of the day.</param>
/// <param name="Closes">End of the day, after <paramref name="Opens"/>.</param>
public sealed record WorkingHours(TimeOnly Opens, TimeOnly Closes)
{
    private static readonly TimeSpan Jst = TimeSpan.FromHours(9);

    /// <summary>9:00 to 17:30.</summary>
    public static WorkingHours Usual { get; } = new(new TimeOnly(9, 0), new TimeOnly(17, 30));

    /// <summary>Days on which nobody works although they are no holidays, besides 29 December to 3 January (行政機関の休日に関する法律).</summary>
    public IReadOnlySet<DateOnly> AlsoClosed { get; init; } = new HashSet<DateOnly>();

    /// <summary>Whether people work on that day.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && (day.Month, day.Day) is not ((12, >= 29) or (1, <= 3))
        && !JapaneseHolidays.Contains(day)
        && !AlsoClosed.Contains(day);

    /// <summary>The moment when so much working time has passed since another one.</summary>
    /// <param name="from">Start.</param>
    /// <param name="working">Working time, not negative, at most a year of days.</param>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan working)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(working, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(working, TimeSpan.FromDays(366));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Opens, Closes);
        var at = from.ToOffset(Jst);
        while (true)
        {
            var day = DateOnly.FromDateTime(at.DateTime);
            var opens = new DateTimeOffset(day, Opens, Jst);
            var closes = new DateTimeOffset(day, Closes, Jst);
            var start = at < opens ? opens : at;
            if (IsWorkingDay(day) && start < closes)
            {
                // At the very end of a day is still that day: a deadline "17:30" is what people expect.
                if (working <= closes - start)
                {
                    return start + working;
                }

                working -= closes - start;
            }

            at = new DateTimeOffset(day.AddDays(1), Opens, Jst);
        }
    }

    /// <summary>Working time between two moments; zero when the second is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        var last = DateOnly.FromDateTime(to.ToOffset(Jst).DateTime);
        for (var day = DateOnly.FromDateTime(from.ToOffset(Jst).DateTime); day <= last; day = day.AddDays(1))
        {
            if (!IsWorkingDay(day))
            {
                continue;
            }

            var start = new DateTimeOffset(day, Opens, Jst);
            var end = new DateTimeOffset(day, Closes, Jst);
            start = from > start ? from : start;
            end = to < end ? to : end;
            sum += end > start ? end - start : TimeSpan.Zero;
        }

        return sum;
    }
}
