using System.Globalization;
using Noroshi.Hub.Sharing.Approvals;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Sharing;

/// <summary>Holidays against the years' official calendars, and working hours over them.</summary>
public sealed class JapaneseHolidaysTests
{
    [Theory]
    [InlineData(2013, "1/1 1/14 2/11 3/20 4/29 5/3 5/4 5/5 5/6 7/15 9/16 9/23 10/14 11/3 11/4 11/23 12/23")]
    [InlineData(2014, "1/1 1/13 2/11 3/21 4/29 5/3 5/4 5/5 5/6 7/21 9/15 9/23 10/13 11/3 11/23 11/24 12/23")]
    [InlineData(2015, "1/1 1/12 2/11 3/21 4/29 5/3 5/4 5/5 5/6 7/20 9/21 9/22 9/23 10/12 11/3 11/23 12/23")]
    [InlineData(2019, "1/1 1/14 2/11 3/21 4/29 4/30 5/1 5/2 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 10/14 10/22 11/3 11/4 11/23")]
    [InlineData(2020, "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23")]
    [InlineData(2021, "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23")]
    [InlineData(2026, "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23")]
    public void A_year_has_the_holidays_of_its_calendar(int year, string expected)
    {
        var days = Enumerable.Range(0, new DateOnly(year, 12, 31).DayOfYear).Select(new DateOnly(year, 1, 1).AddDays);
        string.Join(' ', days.Where(JapaneseHolidays.Contains).Select(day => day.ToString("M/d", CultureInfo.InvariantCulture)))
            .ShouldBe(expected);
    }

    [Fact]
    public void Years_for_which_the_table_does_not_hold_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => JapaneseHolidays.Contains(new DateOnly(2006, 12, 31)));
        Should.Throw<ArgumentOutOfRangeException>(() => JapaneseHolidays.Contains(new DateOnly(2100, 1, 1)));
    }

    [Theory]
    [InlineData("2013-10-17T09:00+09:00", 8.5, "2013-10-17T17:30+09:00")] // one whole day ends with it
    [InlineData("2013-10-17T00:00+00:00", 9.0, "2013-10-18T09:30+09:00")] // whatever the offset it is given in
    [InlineData("2013-10-18T16:30+09:00", 2.0, "2013-10-21T10:00+09:00")] // over a week end
    [InlineData("2013-11-01T17:00+09:00", 1.0, "2013-11-05T09:30+09:00")] // Sunday 3 November makes Monday the 4th a holiday
    [InlineData("2013-12-27T17:00+09:00", 1.0, "2014-01-06T09:30+09:00")] // year's end, then a week end
    [InlineData("2013-10-19T12:00+09:00", 0.0, "2013-10-21T09:00+09:00")] // nothing to count still waits until somebody works
    public void A_deadline_counts_working_time_only(string from, double hours, string expected) =>
        WorkingHours.Usual.After(At(from), TimeSpan.FromHours(hours)).ShouldBe(At(expected));

    [Fact]
    public void The_time_between_is_the_time_that_a_deadline_counted()
    {
        var start = At("2013-04-26T03:21+09:00");
        for (var hours = 1; hours < 300; hours += 7)
        {
            var working = TimeSpan.FromHours(hours);
            WorkingHours.Usual.Between(start, WorkingHours.Usual.After(start, working)).ShouldBe(working);
        }
    }

    [Fact]
    public void Days_that_a_hub_closes_itself_do_not_count() =>
        (WorkingHours.Usual with { AlsoClosed = new HashSet<DateOnly> { new(2013, 10, 18) } })
            .After(At("2013-10-17T17:00+09:00"), TimeSpan.FromHours(1))
            .ShouldBe(At("2013-10-21T09:30+09:00"));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
