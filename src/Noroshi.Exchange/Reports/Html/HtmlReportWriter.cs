using System.Text;
using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Exchange.Reports.Html;

/// <summary>One file that needs no other: read on a screen and on paper, by eyes and by ears.</summary>
public sealed class HtmlReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public string Format => "html";

    /// <inheritdoc/>
    public string Extension => ".html";

    /// <inheritdoc/>
    public async Task WriteAsync(ReportDocument document, Stream to, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(to);
        await to.WriteAsync(Encoding.UTF8.GetBytes(Of(document)), cancellation);
    }

    /// <summary>The page.</summary>
    public static string Of(ReportDocument document) => Of(document, HtmlSurroundings.None);

    /// <summary>The page among others.</summary>
    internal static string Of(ReportDocument document, HtmlSurroundings around)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new HtmlFrame(document.Ja, document.Title, document.Issuer, document.Marking, around).Page(
            ReportStyle.Of(document),
            new HtmlReport(document, around).Main()
        );
    }
}

/// <summary>What stands around a report where it is not alone.</summary>
internal sealed record HtmlSurroundings
{
    /// <summary>A file of its own.</summary>
    public static HtmlSurroundings None { get; } = new();

    /// <summary>Links in the bar: text, address, language of what it leads to.</summary>
    public IReadOnlyList<(string Text, string Address, bool? Ja)> Links { get; init; } = [];

    /// <summary>Files of the whole report.</summary>
    public IReadOnlyList<HtmlFile> Whole { get; init; } = [];

    /// <summary>Files of a table or a figure, by its id.</summary>
    public Func<string, IReadOnlyList<HtmlFile>> Files { get; init; } = _ => [];
}

/// <summary>A file that can be taken.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Address">Where, from the page.</param>
internal sealed record HtmlFile(string Text, string Address);
