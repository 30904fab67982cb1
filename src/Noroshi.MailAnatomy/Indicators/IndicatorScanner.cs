using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Indicators;

/// <summary>Finds URLs, domains, addresses, IP addresses and hashes in the texts of one mail or file.</summary>
public static class IndicatorScanner
{
    /// <summary>Most entries of each list.</summary>
    public const int MaxPerList = 2_000;

    /// <summary>Scans texts and the links of an HTML body. Never fails; time is linear in the texts.</summary>
    /// <param name="texts">Texts with where they come from: <c>body</c>, <c>subject</c>, <c>header</c>, <c>file</c>.</param>
    /// <param name="html">The HTML body, whose links and pictures count as <c>html-link</c> and <c>html-image</c>.</param>
    /// <param name="from">From mailbox, for the class of its service.</param>
    /// <param name="findings">Takes what was noticed (<c>url.*</c>, <c>limit.indicators</c>); null when nobody asks.</param>
    public static IndicatorSet Scan(
        IEnumerable<(string Text, string Where)> texts,
        HtmlTextResult? html,
        MailAddress? from,
        ICollection<Finding>? findings = null
    )
    {
        ArgumentNullException.ThrowIfNull(texts);
        var collector = new IndicatorCollector(findings);
        foreach (var (text, where) in texts)
        {
            var clipped = text.Length > MailLimits.TextCharacters ? text[..MailLimits.TextCharacters] : text;
            new TextScanner(DefangedText.Of(clipped), where, collector).Scan();
        }

        if (html is not null)
        {
            Html(html, collector);
        }

        return collector.Result(Service(from));
    }

    private static MailServiceClass Service(MailAddress? from)
    {
        var at = from?.Address.LastIndexOf('@') ?? -1;
        return from is not null && at >= 0 ? FreeMail.Classify(from.Address[(at + 1)..].TrimEnd('>', ' ')) : MailServiceClass.None;
    }

    private static void Html(HtmlTextResult html, IndicatorCollector collector)
    {
        foreach (var link in html.Links)
        {
            Link(link.Href, link.Shown, html.BaseHref, "html-link", collector);
        }

        foreach (var form in html.Forms)
        {
            Link(form.Action, "", html.BaseHref, "html-link", collector);
        }

        foreach (var source in html.Embedded)
        {
            Link(source, "", html.BaseHref, "html-link", collector);
        }

        Link(html.MetaRefresh ?? "", "", html.BaseHref, "html-link", collector);
        foreach (var image in html.RemoteImages)
        {
            Link(image, "", html.BaseHref, "html-image", collector);
        }
    }

    private static void Link(string href, string shown, string? baseHref, string where, IndicatorCollector collector)
    {
        if (href.Length == 0)
        {
            return;
        }

        if (href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            new TextScanner(DefangedText.Of(href[..Math.Min(href.Length, 1_000)]), where, collector).Scan();
            return;
        }

        var url = Absolute(href, baseHref);
        if (url is null || UrlReader.Read(url) is not { } read)
        {
            return;
        }

        var shownHost = ShownHost(shown);
        var differs =
            shownHost is not null
            && !string.Equals(UrlReader.Domain(shownHost) ?? shownHost, read.Domain ?? read.Host, StringComparison.Ordinal);
        collector.Url(read, where, defanged: false, differs ? shown[..Math.Min(shown.Length, 200)] : null);
    }

    private static string? Absolute(string href, string? baseHref)
    {
        if (TextScanner.SchemeLength(href) > 0)
        {
            return href;
        }

        if (href.StartsWith("//", StringComparison.Ordinal) || href.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return "http:" + href;
        }

        var hasScheme = href.AsSpan().IndexOf(':') is > 0 and < 16;
        return
            !hasScheme
            && baseHref is not null
            && Uri.TryCreate(baseHref, UriKind.Absolute, out var start)
            && Uri.TryCreate(start, href, out var whole)
            && whole.Scheme is "http" or "https" or "ftp"
            ? whole.OriginalString.Length > 0
                ? whole.AbsoluteUri
                : null
            : null;
    }

    /// <summary>The host that a link's text names: a URL, or a name that stands alone. Null for ordinary words.</summary>
    private static string? ShownHost(string shown)
    {
        var text = shown.AsSpan().Trim();
        if (text.Length is < 4 or > 300)
        {
            return null;
        }

        var end = text.IndexOfAny(" \t\n\u3000");
        text = end < 0 ? text : text[..end];
        if (TextScanner.SchemeLength(text) > 0)
        {
            return UrlReader.Read(text)?.Host;
        }

        // A word alone, or followed by others only when it is unmistakably an address.
        var host = text[..(text.IndexOfAny("/?#:") is var stop and >= 0 ? stop : text.Length)];
        var alone = end < 0 || host.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
        return
            alone
            && host.Contains('.')
            && !host.Contains('@')
            && HostName.Canonical(host) is { } name
            && TextScanner.IsCredibleDomain(host, name)
            ? name
            : null;
    }
}
