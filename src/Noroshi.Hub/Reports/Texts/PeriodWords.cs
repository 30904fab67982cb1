using System.Globalization;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Texts;

/// <summary>Periods and days as they are printed.</summary>
public static class PeriodWords
{
    /// <summary>2013年度, fiscal 2013; 2013年度第3四半期, the third quarter of fiscal 2013; 2013年10月.</summary>
    public static string Name(Period period, bool ja)
    {
        var year = period.FiscalYear.ToString(CultureInfo.InvariantCulture);
        return period.Kind switch
        {
            PeriodKind.Year => ja ? $"{year}年度" : $"fiscal {year}",
            PeriodKind.Quarter => ja ? $"{year}年度第{QuarterOf(period)}四半期" : $"Q{QuarterOf(period)} of fiscal {year}",
            PeriodKind.Month => Month(period.FirstDay, ja),
        };
    }

    /// <summary>The year with that of the era: 2013年度(平成25年度). English as <see cref="Name"/>.</summary>
    public static string WithEra(Period year, bool ja) =>
        ja && EraYears.Of(year.FiscalYear) is { } era ? $"{Name(year, ja)}（{era}）" : Name(year, ja);

    /// <summary>2013年4月~2014年3月.</summary>
    public static string Range(Period period, bool ja) =>
        period.Kind == PeriodKind.Month ? Month(period.FirstDay, ja)
        : ja ? $"{Month(period.FirstDay, ja)}～{Month(period.LastDay, ja)}"
        : $"{Month(period.FirstDay, ja)} to {Month(period.LastDay, ja)}";

    /// <summary>2014年5月30日, 30 May 2014.</summary>
    public static string Day(DateOnly day, bool ja) =>
        ja
            ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日")
            : day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>2013年10月, October 2013.</summary>
    public static string Month(DateOnly day, bool ja) =>
        ja
            ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月")
            : day.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    private static string QuarterOf(Period quarter) => quarter.Id[^1..];
}
