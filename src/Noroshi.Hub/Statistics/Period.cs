using System.Globalization;

namespace Noroshi.Hub.Statistics;

/// <summary>How long a period is.</summary>
public enum PeriodKind
{
    /// <summary>Fiscal year: 1 April 00:00 JST to 31 March (年度).</summary>
    Year,

    /// <summary>Quarter of a fiscal year; the first begins in April.</summary>
    Quarter,

    /// <summary>Calendar month.</summary>
    Month,
}

/// <summary>A period of the Japanese calendar. Times count in JST whatever offset they were written with.</summary>
public readonly record struct Period
{
    private const int FirstYear = 1_000;
    private const int LastYear = 9_998;

    private Period(PeriodKind kind, int first) => (Kind, FirstMonth) = (kind, first);

    /// <summary>Kind.</summary>
    public PeriodKind Kind { get; }

    /// <summary>Months since year 0 of its first month: the unit that everything is counted by.</summary>
    public int FirstMonth { get; }

    /// <summary>Months that it lasts.</summary>
    public int Months =>
        Kind switch
        {
            PeriodKind.Year => 12,
            PeriodKind.Quarter => 3,
            PeriodKind.Month => 1,
        };

    /// <summary>First day.</summary>
    public DateOnly FirstDay => DayOf(FirstMonth);

    /// <summary>Last day.</summary>
    public DateOnly LastDay => DayOf(FirstMonth + Months).AddDays(-1);

    /// <summary>First moment behind it.</summary>
    public DateTimeOffset End => new(DayOf(FirstMonth + Months).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(9));

    /// <summary>The fiscal year that it lies in.</summary>
    public int FiscalYear => (FirstMonth - 3) / 12;

    /// <summary><c>FY2013</c>, <c>FY2013Q3</c>, <c>2013-10</c>.</summary>
    public string Id =>
        Kind switch
        {
            PeriodKind.Year => string.Create(CultureInfo.InvariantCulture, $"FY{FiscalYear}"),
            PeriodKind.Quarter => string.Create(CultureInfo.InvariantCulture, $"FY{FiscalYear}Q{((FirstMonth - 3) % 12 / 3) + 1}"),
            PeriodKind.Month => string.Create(CultureInfo.InvariantCulture, $"{FirstMonth / 12:0000}-{(FirstMonth % 12) + 1:00}"),
        };

    /// <summary>The one of the same length before it (前四半期, 前月, 前年度).</summary>
    public Period Before => new(Kind, FirstMonth - Months);

    /// <summary>The same one a year earlier (前年同期, 前年度).</summary>
    public Period YearBefore => new(Kind, FirstMonth - 12);

    /// <summary>A fiscal year.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No year between 1000 and 9998.</exception>
    public static Period OfYear(int fiscalYear)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fiscalYear, FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fiscalYear, LastYear);
        return new Period(PeriodKind.Year, (fiscalYear * 12) + 3);
    }

    /// <summary>A quarter of a fiscal year, 1 to 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such quarter.</exception>
    public static Period OfQuarter(int fiscalYear, int quarter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quarter, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quarter, 4);
        return new Period(PeriodKind.Quarter, OfYear(fiscalYear).FirstMonth + ((quarter - 1) * 3));
    }

    /// <summary>The month of a moment.</summary>
    public static Period OfMonth(DateTimeOffset at)
    {
        var japan = at.InJapan();
        return new Period(PeriodKind.Month, (japan.Year * 12) + japan.Month - 1);
    }

    /// <summary>The period of an <see cref="Id"/>; null when it is none.</summary>
    public static Period? Parse(string? id)
    {
        if (id is ['F', 'Y', .. var year])
        {
            var quarter = year.IndexOf('Q', StringComparison.Ordinal);
            return Number(quarter < 0 ? year : year[..quarter]) is not (>= FirstYear and <= LastYear and var fiscal) ? null
                : quarter < 0 ? OfYear(fiscal)
                : Number(year[(quarter + 1)..]) is >= 1 and <= 4 and var part ? OfQuarter(fiscal, part)
                : null;
        }

        return
            id is { Length: 7 }
            && id[4] == '-'
            && Number(id[..4]) is >= FirstYear and <= LastYear and var calendar
            && Number(id[5..]) is >= 1 and <= 12 and var month
            ? new Period(PeriodKind.Month, (calendar * 12) + month - 1)
            : null;
    }

    /// <summary>Its parts of a shorter kind, in order.</summary>
    public IEnumerable<Period> Parts(PeriodKind kind)
    {
        var length = new Period(kind, 0).Months;
        for (var month = FirstMonth; month + length <= FirstMonth + Months; month += length)
        {
            yield return new Period(kind, month);
        }
    }

    /// <summary>The fiscal year, the quarter and the month of a moment.</summary>
    public static IReadOnlyList<Period> Around(DateTimeOffset at)
    {
        var month = OfMonth(at).FirstMonth;
        var year = month - ((month - 3) % 12);
        return [new(PeriodKind.Year, year), new(PeriodKind.Quarter, month - ((month - 3) % 3)), new(PeriodKind.Month, month)];
    }

    /// <summary>Whether a moment lies in it.</summary>
    public bool Contains(DateTimeOffset at) => OfMonth(at).FirstMonth - FirstMonth is >= 0 and var month && month < Months;

    /// <inheritdoc/>
    public override string ToString() => Id;

    private static DateOnly DayOf(int month) => new(month / 12, (month % 12) + 1, 1);

    private static int? Number(string text) =>
        text.Length is > 0 and <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
