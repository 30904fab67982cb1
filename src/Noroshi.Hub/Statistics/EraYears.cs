using System.Globalization;

namespace Noroshi.Hub.Statistics;

/// <summary>Fiscal years as the Japanese calendar counts them.</summary>
public static class EraYears
{
    // Meiji 6: from here on Japan counts the days as everybody does.
    private const int First = 1873;

    private static readonly string[] Names = ["明治", "大正", "昭和", "平成", "令和"];

    /// <summary>平成25年度; 令和元年度 where the era began within the year, as authorities write it; null before 1873.</summary>
    public static string? Of(int fiscalYear)
    {
        if (fiscalYear is < First or > 9_998)
        {
            return null;
        }

        var calendar = new JapaneseCalendar();
        var (start, end) = (new DateTime(fiscalYear, 4, 1), new DateTime(fiscalYear + 1, 3, 31));
        // The last day lies in the second year of an era that began between April and December: the whole fiscal year is its first.
        var late = calendar.GetEra(end) != calendar.GetEra(start) && calendar.GetYear(end) > 1;
        var (era, year) = late ? (calendar.GetEra(end), calendar.GetYear(end) - 1) : (calendar.GetEra(start), calendar.GetYear(start));
        return era > Names.Length ? null : $"{Names[era - 1]}{(year == 1 ? "元" : year.ToString(CultureInfo.InvariantCulture))}年度";
    }
}
