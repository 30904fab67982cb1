using Noroshi.Exchange.Reports;
using Noroshi.Exchange.Reports.Data;
using Noroshi.Exchange.Reports.Html;
using Noroshi.Exchange.Reports.Office;

namespace Noroshi.Server.Reports.Outputs;

/// <summary>Every format that a report is written in.</summary>
internal static class ReportWriters
{
    /// <summary>The writers, in the order in which formats are offered.</summary>
    /// <param name="chromium">The browser.</param>
    public static IReadOnlyList<IReportWriter> All(Chromium chromium) =>
        [
            new HtmlReportWriter(),
            new PdfReportWriter(chromium),
            new DocxReportWriter(chromium),
            new XlsxReportWriter(),
            new JsonReportWriter(),
        ];

    /// <summary>The writer of a format; null when there is none of that name.</summary>
    public static IReportWriter? Of(string format, Chromium chromium) =>
        All(chromium).FirstOrDefault(one => string.Equals(one.Format, format, StringComparison.Ordinal));
}
