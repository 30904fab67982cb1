using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Text;

/// <summary>A link of an HTML body.</summary>
/// <param name="Href">Target as written, character references resolved, line breaks taken out as browsers do.</param>
/// <param name="Shown">The text people see on it, at most 300 characters; the picture's alternative text when there is none.</param>
public sealed record HtmlLink(string Href, string Shown);

/// <summary>A form of an HTML body.</summary>
/// <param name="Action">Where it sends to; empty when it does not say.</param>
/// <param name="Method"><c>get</c> or <c>post</c>.</param>
/// <param name="AsksPassword">It has a password field.</param>
public sealed record HtmlForm(string Action, string Method, bool AsksPassword);

/// <summary>A data: URI of an HTML body.</summary>
/// <param name="MediaType">Media type as written, lower case; empty when absent.</param>
/// <param name="Length">Characters of the URI as far as it was read, at most 4,096.</param>
public sealed record HtmlDataUri(string MediaType, int Length);

/// <summary>An HTML body as people see it, and what it would fetch or send.</summary>
public sealed record HtmlTextResult
{
    /// <summary>Visible text, lines end with LF, quotes marked "&gt; "; at most <see cref="MailLimits.TextCharacters"/>.</summary>
    public string Text { get; init; } = "";

    /// <summary>Text that is there but cannot be seen, at most 16,384 characters.</summary>
    public string HiddenText { get; init; } = "";

    /// <summary>Title element.</summary>
    public string? Title { get; init; }

    /// <summary>Links in order.</summary>
    public IReadOnlyList<HtmlLink> Links { get; init; } = [];

    /// <summary>Pictures a client would fetch.</summary>
    public IReadOnlyList<string> RemoteImages { get; init; } = [];

    /// <summary>Frames, objects and embeds with their sources.</summary>
    public IReadOnlyList<string> Embedded { get; init; } = [];

    /// <summary>Forms in order.</summary>
    public IReadOnlyList<HtmlForm> Forms { get; init; } = [];

    /// <summary>data: URIs of links, pictures and frames.</summary>
    public IReadOnlyList<HtmlDataUri> DataUris { get; init; } = [];

    /// <summary>Target of a meta refresh.</summary>
    public string? MetaRefresh { get; init; }

    /// <summary>First base href.</summary>
    public string? BaseHref { get; init; }

    /// <summary>What was noticed.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>
/// Turns HTML into the text people would read. Own scanner in place of a document tree: one pass, no recursion, bounded
/// memory, so that a million nested elements or a line of 30 MB cost no more than their length.
/// </summary>
public static class HtmlText
{
    /// <summary>Converts a body. Never fails.</summary>
    public static HtmlTextResult Convert(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return new HtmlReader().Read(html);
    }
}
