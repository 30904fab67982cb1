using Noroshi.Hub.Reports.Documents;

namespace Noroshi.Exchange.Reports;

/// <summary>
/// Prints a report in one format and decides nothing about its content. The same document gives the same bytes, but for PDF, whose bytes a
/// browser makes: what was published of those is kept and served from the store.
/// </summary>
public interface IReportWriter
{
    /// <summary>Name on the command line: <c>html</c>, <c>pdf</c>, <c>docx</c>, <c>xlsx</c>, <c>json</c>.</summary>
    string Format { get; }

    /// <summary>Ending of its files, with the dot.</summary>
    string Extension { get; }

    /// <summary>Writes the whole report; the stream need not seek and stays open.</summary>
    /// <exception cref="ReportOutputException">It cannot be made here; nothing was written.</exception>
    Task WriteAsync(ReportDocument document, Stream to, CancellationToken cancellation);
}

/// <summary>Why a format cannot be made on this machine: what happened, what there is all the same, what to do.</summary>
public sealed class ReportOutputException : Exception
{
    /// <summary>Without a reason; for serializers of others only.</summary>
    public ReportOutputException()
        : this("出力できませんでした。", "The report was not written.") { }

    /// <summary>The same in both languages.</summary>
    public ReportOutputException(string message)
        : this(message, message) { }

    /// <summary>The same in both languages, with its cause.</summary>
    public ReportOutputException(string message, Exception? inner)
        : base(message, inner) => (Ja, En) = (message, message);

    /// <summary>In Japanese and English.</summary>
    public ReportOutputException(string ja, string en, Exception? inner = null)
        : base(en, inner) => (Ja, En) = (ja, en);

    /// <summary>In Japanese.</summary>
    public string Ja { get; }

    /// <summary>In English.</summary>
    public string En { get; }
}
