using System.Globalization;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>Times as archives store them, as the text of <see cref="ContainerEntry.ModifiedAt"/>.</summary>
internal static class ArchiveTimes
{
    private const string Local = "yyyy-MM-ddTHH:mm:ss";
    private const string Universal = "yyyy-MM-ddTHH:mm:ssZ";

    /// <summary>MS-DOS date and time (date in the high word), local time of the maker; null when no such day exists.</summary>
    public static string? FromDos(uint value)
    {
        var date = value >> 16;
        var time = value & 0xFFFF;
        var (year, month, day) = ((int)(date >> 9) + 1980, (int)((date >> 5) & 15), (int)(date & 31));
        var (hour, minute, second) = ((int)(time >> 11), (int)((time >> 5) & 63), (int)(time & 31) * 2);
        return month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59
            ? null
            : new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).ToString(Local, CultureInfo.InvariantCulture);
    }

    /// <summary>Seconds since 1970-01-01 UTC.</summary>
    public static string? FromUnix(long seconds) =>
        seconds is < -62_135_596_800 or > 253_402_300_799
            ? null
            : DateTimeOffset.FromUnixTimeSeconds(seconds).ToString(Universal, CultureInfo.InvariantCulture);

    /// <summary>100-nanosecond steps since 1601-01-01 UTC (FILETIME); null for the empty and the impossible.</summary>
    public static string? FromFileTime(ulong value) =>
        value == 0 || value > 2_650_467_743_999_999_999
            ? null
            : DateTime.FromFileTimeUtc((long)value).ToString(Universal, CultureInfo.InvariantCulture);
}
