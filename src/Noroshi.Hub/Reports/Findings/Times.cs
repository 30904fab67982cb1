using System.Globalization;
using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>Times in Japan's time and stretches of time, as people write them.</summary>
internal static class Times
{
    private static readonly string[] DaysJa = ["日", "月", "火", "水", "木", "金", "土"];

    public static DateTimeOffset InJapan(DateTimeOffset at) => Moments.InJapan(at);

    /// <summary>10/17(木), 17 Oct (Thu).</summary>
    public static string ShortDay(DateTimeOffset at, ReportLanguage language)
    {
        var local = InJapan(at);
        return language == ReportLanguage.Ja
            ? string.Create(CultureInfo.InvariantCulture, $"{local.Month}/{local.Day}({DaysJa[(int)local.DayOfWeek]})")
            : local.ToString("d MMM (ddd)", CultureInfo.InvariantCulture);
    }

    /// <summary>The day on an axis; with the year where it begins or changes.</summary>
    public static string DayOnAxis(DateTimeOffset at, DateTimeOffset? before, ReportLanguage language)
    {
        var local = InJapan(at);
        var day = ShortDay(at, language);
        return before is { } known && InJapan(known).Year == local.Year ? day
            : language == ReportLanguage.Ja ? string.Create(CultureInfo.InvariantCulture, $"{local.Year}/{day}")
            : local.ToString("d MMM yyyy (ddd)", CultureInfo.InvariantCulture);
    }

    /// <summary>2013年10月17日, 17 October 2013.</summary>
    public static string Day(DateTimeOffset at, ReportLanguage language)
    {
        var local = InJapan(at);
        return language == ReportLanguage.Ja
            ? string.Create(CultureInfo.InvariantCulture, $"{local.Year}年{local.Month}月{local.Day}日")
            : local.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
    }

    /// <summary>The day with the minute, in Japan's time.</summary>
    public static string Minute(DateTimeOffset at, ReportLanguage language) => $"{Day(at, language)} {Clock(at)}";

    /// <summary>09:02.</summary>
    public static string Clock(DateTimeOffset at) => InJapan(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A month.</summary>
    public static string Month(DateOnly month, ReportLanguage language) =>
        language == ReportLanguage.Ja
            ? string.Create(CultureInfo.InvariantCulture, $"{month.Year}年{month.Month}月")
            : month.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>From one day to another; one day when they are the same.</summary>
    public static string Period(DateTimeOffset from, DateTimeOffset to, ReportLanguage language)
    {
        var (first, last) = (InJapan(from), InJapan(to));
        if (first.Date == last.Date)
        {
            return Day(from, language);
        }

        return language == ReportLanguage.Ja
            ? $"{Day(from, language)}～{(first.Year == last.Year ? Day(to, language)[5..] : Day(to, language))}"
            : $"{Day(from, language)} to {Day(to, language)}";
    }

    /// <summary>The time of a message, never finer than it is known.</summary>
    /// <param name="message">The message.</param>
    /// <param name="language">Language.</param>
    /// <param name="withDay">With its day.</param>
    public static string Of(ConversationMessage message, ReportLanguage language, bool withDay)
    {
        if (message.At is not { } at)
        {
            return language == ReportLanguage.Ja ? "時刻不明" : "unknown";
        }

        var hour = InJapan(at).ToString("%H", CultureInfo.InvariantCulture);
        var clock = message.Precision switch
        {
            TimePrecision.Minute => Clock(at),
            TimePrecision.Hour => language == ReportLanguage.Ja ? $"{hour}時ごろ" : $"about {hour}:00",
            TimePrecision.Day => language == ReportLanguage.Ja ? "日のみ" : "day only",
        };
        return withDay ? $"{ShortDay(at, language)} {clock}" : clock;
    }

    /// <summary>Short, as on a link: 72分, 5.3時間, 6日.</summary>
    public static string Short(TimeSpan span, ReportLanguage language)
    {
        var size = span.Duration();
        var sign = span < TimeSpan.Zero ? "-" : "";
        var (number, ja, en) =
            size.TotalMinutes < 1 && size > TimeSpan.Zero ? (size.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture), "秒", " s")
            : size.TotalMinutes < 100 ? (size.TotalMinutes.ToString("F0", CultureInfo.InvariantCulture), "分", " min")
            : size.TotalHours < 48 ? (size.TotalHours.ToString("0.#", CultureInfo.InvariantCulture), "時間", " h")
            : (size.TotalDays.ToString("F0", CultureInfo.InvariantCulture), "日", " days");
        return $"{sign}{number}{(language == ReportLanguage.Ja ? ja : en)}";
    }

    /// <summary>Exact to the minute, as in a table: 1時間12分.</summary>
    public static string Exact(TimeSpan span, ReportLanguage language)
    {
        var size = TimeSpan.FromMinutes(Math.Round(span.Duration().TotalMinutes, MidpointRounding.AwayFromZero));
        var ja = language == ReportLanguage.Ja;
        (int Value, string Unit)[] parts =
        [
            (size.Days, ja ? "日" : " d"),
            (size.Hours, ja ? "時間" : " h"),
            (size.Minutes, ja ? "分" : " min"),
        ];
        var shown = parts
            .Where(part => part.Value > 0)
            .Take(2)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Value}{part.Unit}"));
        var text = string.Join(ja ? "" : " ", shown);
        return $"{(span < TimeSpan.Zero ? "-" : "")}{(text.Length == 0 ? $"0{parts[2].Unit}" : text)}";
    }
}
