using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>The bodies of a MAPI message as text, whichever of its forms they stood in.</summary>
/// <param name="Plain">Plain text; null when there is none.</param>
/// <param name="PlainCharset">Charset the plain text was in.</param>
/// <param name="Html">HTML; null when there is none.</param>
/// <param name="HtmlCharset">Charset the HTML was in.</param>
/// <param name="IsRtf">The plain text is that of an RTF body.</param>
/// <param name="Links">Links of an RTF body.</param>
internal sealed record MapiBody(
    string? Plain,
    string? PlainCharset,
    string? Html,
    string? HtmlCharset,
    bool IsRtf,
    IReadOnlyList<HtmlLink> Links
)
{
    /// <summary>The bodies of an Outlook item.</summary>
    public static MapiBody Of(OutlookItem item, List<Finding> findings)
    {
        var properties = item.Properties;
        var internet = properties.Number(MapiIds.InternetCodePage) ?? 0;
        var (plain, charset) = Decode(properties.Find(MapiIds.Body), properties.CodePage, internet, findings);
        var (html, htmlCharset) = Decode(properties.Find(MapiIds.Html), internet > 0 ? internet : properties.CodePage, internet, findings);
        if (plain is null && item.IsReport)
        {
            plain = properties.Text(MapiIds.ReportText) ?? properties.Text(MapiIds.SupplementaryInfo);
        }

        return new MapiBody(plain, charset, html, htmlCharset, IsRtf: false, []).With(properties.Bytes(MapiIds.RtfCompressed), findings);
    }

    /// <summary>The bodies of a TNEF message, whose RTF is decompressed already.</summary>
    public static MapiBody Of(TnefContent tnef, List<Finding> findings)
    {
        var html = tnef.HtmlBody.IsEmpty ? null : CharsetDecoder.Decode(tnef.HtmlBody.Span, MapiText.Charset(tnef.HtmlCodePage));
        return new MapiBody(tnef.PlainBody, null, html?.Text, html?.Charset, IsRtf: false, []).WithRtf(tnef.RtfBody.Span, findings);
    }

    private static (string? Text, string? Charset) Decode(MapiProperty? property, int codePage, int internet, List<Finding> findings)
    {
        switch (property?.Type)
        {
            case MapiTypes.Unicode:
                // The store widened it; what it came in stands beside it.
                return (property?.Text(0) is { Length: > 0 } text ? text : null, MapiText.Charset(internet) ?? "utf-16le");
            case MapiTypes.Narrow or MapiTypes.Binary when property?.Value is { Length: > 0 } bytes:
                var decoded = CharsetDecoder.Decode(bytes.Span.TrimEnd((byte)0), MapiText.Charset(codePage));
                findings.AddRange(decoded.Findings);
                return (decoded.Text.Length > 0 ? decoded.Text : null, decoded.Charset);
            default:
                return (null, null);
        }
    }

    private MapiBody With(ReadOnlyMemory<byte> compressed, List<Finding> findings)
    {
        if (compressed.IsEmpty)
        {
            return this;
        }

        var rtf = CompressedRtf.Decompress(compressed);
        if (rtf is not { Problem: null })
        {
            findings.Add(FindingCodes.Outlook.RtfDamaged.At(rtf?.Problem ?? "no compressed RTF"));
        }

        return rtf is null ? this : WithRtf(rtf.Bytes.Span, findings);
    }

    /// <summary>RTF gives what is missing: the store derives the other forms from it, or it from them.</summary>
    private MapiBody WithRtf(ReadOnlySpan<byte> bytes, List<Finding> findings)
    {
        if (bytes.IsEmpty || (Html is not null && !string.IsNullOrWhiteSpace(Plain)))
        {
            return this;
        }

        if (RtfReader.Read(bytes) is not { } rtf)
        {
            return this;
        }

        if (rtf.Cut)
        {
            findings.Add(FindingCodes.Outlook.Limit.At("RTF body"));
        }

        if (rtf.Kind == RtfKind.Html)
        {
            return Html is null ? this with { Html = rtf.Text, HtmlCharset = rtf.Charset } : this;
        }

        return string.IsNullOrWhiteSpace(Plain) && Html is null
            ? this with
            {
                Plain = rtf.Text,
                PlainCharset = rtf.Charset,
                IsRtf = rtf.Kind == RtfKind.Native,
                Links = rtf.Links,
            }
            : this with
            {
                Links = rtf.Links,
            };
    }
}
