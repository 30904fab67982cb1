using System.Globalization;

namespace Noroshi.Server.Notices;

/// <summary>Times as the mails tell them.</summary>
internal static class JapanTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    /// <summary>Japanese standard time, to the minute.</summary>
    /// <param name="at">Moment.</param>
    /// <param name="language"><c>ja</c> or <c>en</c>.</param>
    public static string Text(DateTimeOffset at, string language) =>
        at.ToOffset(Offset)
            .ToString(language == "ja" ? "yyyy年M月d日 HH:mm'(日本時間)'" : "d MMMM yyyy, HH:mm '(JST)'", CultureInfo.InvariantCulture);
}
