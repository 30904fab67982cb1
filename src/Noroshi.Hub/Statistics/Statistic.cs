using System.Text.Json.Serialization;

namespace Noroshi.Hub.Statistics;

/// <summary>Whether a figure may still change.</summary>
public enum StatisticState
{
    /// <summary>The period is not frozen (速報値).</summary>
    [JsonStringEnumMemberName("preliminary")]
    Preliminary,

    /// <summary>Frozen (確定値): it changes by a revision with a reason only.</summary>
    [JsonStringEnumMemberName("final")]
    Final,
}

/// <summary>What is not in the population, and why.</summary>
/// <param name="Reason">Code of the reason.</param>
/// <param name="Count">How many.</param>
public sealed record Excluded(string Reason, long Count);

/// <summary>The same figure of the period that it is compared with.</summary>
public sealed record PreviousStatistic(string Period, long? Numerator, long? Denominator, decimal? Value, long? Rounded);

/// <summary>A figure: a count, a share, a ratio or a quantile, with everything that it has to be printed with.</summary>
public sealed record Statistic
{
    /// <summary>Id of the contract: <c>provided</c>, <c>c2Region.JP</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the period.</summary>
    public required string Period { get; init; }

    /// <summary>Industry group; null for all.</summary>
    public string? Group { get; init; }

    /// <summary>What is counted; percent for shares and ratios, minute for clocks.</summary>
    public required string Unit { get; init; }

    /// <summary>The count, or the part; null where it is suppressed, and for quantiles.</summary>
    public long? Numerator { get; init; }

    /// <summary>The whole; null for counts. For quantiles the number of readings.</summary>
    public long? Denominator { get; init; }

    /// <summary>Count, percent (exact to 28 digits) or minutes; null without a whole, and where it is suppressed.</summary>
    public decimal? Value { get; init; }

    /// <summary>Whole percent, half away from zero, from the exact fraction; null for what is no percentage.</summary>
    public long? Rounded { get; init; }

    /// <summary>Code of the population.</summary>
    public required string Population { get; init; }

    /// <summary>What is not in it.</summary>
    public IReadOnlyList<Excluded> Excluded { get; init; } = [];

    /// <summary>Version of the categories by which it is counted.</summary>
    public required string CategoryVersion { get; init; }

    /// <summary>State.</summary>
    public StatisticState State { get; init; }

    /// <summary>The same of the period before (前年度, 前年同期); null when nothing is known of that.</summary>
    public PreviousStatistic? Previous { get; init; }

    /// <summary>None in the period before, some now: said as "first seen, within what this hub observed" only.</summary>
    public bool FirstSeen { get; init; }

    /// <summary>Times the share of the period before, from unrounded values; said only with both shares and both N.</summary>
    public decimal? Multiple { get; init; }

    /// <summary>Not told, because it could point to a provider.</summary>
    public bool Suppressed { get; init; }

    /// <summary>Corporate groups behind a cell of a group; what suppression asks, never printed.</summary>
    public int? Providers { get; init; }

    /// <summary>The figure beside that of the period before.</summary>
    internal Statistic Beside(Statistic? before, bool category = false)
    {
        if (before is null)
        {
            return this;
        }

        var known = before.Denominator is null or > 0;
        return this with
        {
            Previous = new PreviousStatistic(before.Period, before.Numerator, before.Denominator, before.Value, before.Rounded),
            FirstSeen = category && known && before.Numerator == 0 && Numerator > 0,
            Multiple =
                Rounded is not null && before is { Numerator: > 0 and var part, Denominator: > 0 and var whole } && Denominator > 0
                    ? (decimal)(Numerator ?? 0) * whole / ((decimal)(Denominator ?? 1) * part)
                    : null,
        };
    }
}

/// <summary>The arithmetic of shares and quantiles.</summary>
public static class Arithmetic
{
    /// <summary>Percent, exact to 28 digits; null without a whole.</summary>
    public static decimal? Percent(long part, long whole) => whole == 0 ? null : 100m * part / whole;

    /// <summary>Whole percent, half away from zero, from the exact fraction: 180 of 160 is 113. Null without a whole.</summary>
    public static long? Rounded(long part, long whole)
    {
        if (whole == 0)
        {
            return null;
        }

        var (up, down) = (Int128.Abs((Int128)part * 200), Int128.Abs((Int128)whole * 2));
        var size = (long)((up + Int128.Abs(whole)) / down);
        return part < 0 == whole < 0 ? size : -size;
    }

    /// <summary>The middle reading; of an even number the mean of the two in the middle. Seconds; null without readings.</summary>
    public static decimal? Median(IReadOnlyList<(long Seconds, int Count)> readings)
    {
        var all = readings.Sum(one => (long)one.Count);
        return all == 0 ? null : (At(readings, (all - 1) / 2) + At(readings, all / 2)) / 2m;
    }

    /// <summary>The smallest reading that so many percent do not exceed (nearest rank). Seconds; null without readings.</summary>
    public static decimal? Percentile(IReadOnlyList<(long Seconds, int Count)> readings, int percent)
    {
        var all = readings.Sum(one => (long)one.Count);
        return all == 0 ? null : At(readings, Math.Max(0, ((all * percent) + 99) / 100 - 1));
    }

    private static long At(IReadOnlyList<(long Seconds, int Count)> readings, long rank)
    {
        foreach (var (seconds, count) in readings)
        {
            if ((rank -= count) < 0)
            {
                return seconds;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(rank));
    }
}
