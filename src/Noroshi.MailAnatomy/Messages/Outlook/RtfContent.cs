using Noroshi.MailAnatomy.Text;

namespace Noroshi.MailAnatomy.Messages.Outlook;

/// <summary>What an RTF body was made of.</summary>
internal enum RtfKind
{
    /// <summary>RTF of its own.</summary>
    Native,

    /// <summary>HTML wrapped into RTF (<c>\fromhtml1</c>).</summary>
    Html,

    /// <summary>Plain text wrapped into RTF (<c>\fromtext</c>).</summary>
    Plain,
}

/// <summary>What an RTF body says.</summary>
/// <param name="Kind">What it was made of.</param>
/// <param name="Text">The HTML that was wrapped, else the text.</param>
/// <param name="Charset">Canonical name of the charset of its bytes.</param>
/// <param name="Links">Hyperlink fields of native RTF, at most 1,000.</param>
/// <param name="Cut">A limit ended the reading.</param>
internal sealed record RtfContent(RtfKind Kind, string Text, string Charset, IReadOnlyList<HtmlLink> Links, bool Cut);
