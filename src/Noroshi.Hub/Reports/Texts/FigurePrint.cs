using System.Globalization;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Texts;

/// <summary>How the numbers of a figure are printed: the one place that texts and their check both ask.</summary>
internal static class FigurePrint
{
    /// <summary>The value: a count, a percentage with its sign, minutes.</summary>
    public const string Value = "";

    /// <summary>The part of a share.</summary>
    public const string Part = "part";

    /// <summary>The whole of a share.</summary>
    public const string Whole = "whole";

    /// <summary>Times the share of the period before.</summary>
    public const string Times = "times";

    /// <summary>Days as weeks.</summary>
    public const string Weeks = "weeks";

    /// <summary>Days as months.</summary>
    public const string Months = "months";

    private const decimal DaysOfMonth = 30.44m;

    /// <summary>The number as printed; null where there is none, or it may not be told.</summary>
    public static string? Of(Statistic one, string facet) =>
        one.Suppressed
            ? null
            : facet switch
            {
                Value => one.Rounded is { } percent ? $"{Grouped(percent)}%"
                : one.Unit == "percent" ? null
                : Grouped(one.Value ?? one.Numerator),
                Part => Grouped(one.Numerator),
                Whole => Grouped(one.Denominator),
                Times => one.Multiple is { } multiple
                    ? Math.Round(multiple, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture)
                    : null,
                Weeks => Grouped(one.Value / 7),
                Months => Grouped(one.Value / DaysOfMonth),
                _ => null,
            };

    private static string? Grouped(decimal? value) =>
        value is { } known ? Math.Round(known, MidpointRounding.AwayFromZero).ToString("#,0", CultureInfo.InvariantCulture) : null;
}
