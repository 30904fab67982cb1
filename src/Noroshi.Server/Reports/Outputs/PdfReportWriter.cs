using Noroshi.Exchange.Reports;
using Noroshi.Exchange.Reports.Html;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Server.Reports.Outputs;

/// <summary>PDF: the HTML on paper, printed by a browser.</summary>
internal sealed class PdfReportWriter(Chromium chromium) : IReportWriter
{
    /// <inheritdoc/>
    public string Format => "pdf";

    /// <inheritdoc/>
    public string Extension => ".pdf";

    /// <inheritdoc/>
    public async Task WriteAsync(ReportDocument document, Stream to, CancellationToken cancellation) =>
        await to.WriteAsync(await chromium.PdfAsync(HtmlReportWriter.Of(document), cancellation), cancellation);
}
