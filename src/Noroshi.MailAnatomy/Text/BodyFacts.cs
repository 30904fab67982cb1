namespace Noroshi.MailAnatomy.Text;

/// <summary>What a stretch of the body is.</summary>
public enum BlockKind
{
    /// <summary>Text the sender wrote for this mail.</summary>
    New,

    /// <summary>Opening lines: addressee, 「お世話になっております」, who is writing.</summary>
    Salutation,

    /// <summary>Name, affiliation, phone and rules around them.</summary>
    Signature,

    /// <summary>The line that introduces a quote (… wrote:, 差出人:, -----Original Message-----).</summary>
    Attribution,

    /// <summary>Text of an earlier mail.</summary>
    Quoted,

    /// <summary>Legal disclaimer, list footer, advertisement of the mail service.</summary>
    Footer,
}

/// <summary>A stretch of lines of one kind.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="FirstLine">Zero-based line of <see cref="BodyText.Text"/>.</param>
/// <param name="LineCount">Lines.</param>
/// <param name="QuoteDepth">0 for new text, 1 for a quote, 2 for a quote in a quote, …</param>
public sealed record BodyBlock(BlockKind Kind, int FirstLine, int LineCount, int QuoteDepth);

/// <summary>An earlier mail as far as a quote tells of it.</summary>
/// <param name="FromName">Name in the attribution.</param>
/// <param name="FromAddress">Address in the attribution.</param>
/// <param name="ToAddress">Recipient in the attribution.</param>
/// <param name="SentAt">Time, offset that of the attribution or null.</param>
/// <param name="SentAtText">Time as written.</param>
/// <param name="Subject">Subject in the attribution.</param>
/// <param name="Text">Quoted text without markers.</param>
/// <param name="Depth">1 for the newest quoted mail.</param>
public sealed record QuotedMail(
    string? FromName,
    string? FromAddress,
    string? ToAddress,
    DateTimeOffset? SentAt,
    string? SentAtText,
    string? Subject,
    string Text,
    int Depth
);

/// <summary>The body of a mail as text, taken apart.</summary>
public sealed record BodyText
{
    /// <summary>No body.</summary>
    public static BodyText Empty { get; } = new();

    /// <summary>The text people read: the plain part, else the HTML part as text. Lines end with LF.</summary>
    public string Text { get; init; } = "";

    /// <summary><c>plain</c>, <c>html</c>, <c>rtf</c> or <c>none</c>: where <see cref="Text"/> came from.</summary>
    public string Source { get; init; } = "none";

    /// <summary>Charset the text was really in.</summary>
    public string? Charset { get; init; }

    /// <summary><c>ja</c>, <c>en</c>, <c>zh</c>, <c>ko</c>, <c>ru</c>, … of the new text; null when too short to say.</summary>
    public string? Language { get; init; }

    /// <summary>The lines by kind, in order, without gaps.</summary>
    public IReadOnlyList<BodyBlock> Blocks { get; init; } = [];

    /// <summary>Earlier mails known from quotes, newest first.</summary>
    public IReadOnlyList<QuotedMail> Quotes { get; init; } = [];

    /// <summary>The lines of the blocks of that kind joined by LF.</summary>
    public string Of(BlockKind kind)
    {
        var lines = Text.Split('\n');
        return string.Join(
            '\n',
            Blocks.Where(block => block.Kind == kind).SelectMany(block => lines.Skip(block.FirstLine).Take(block.LineCount))
        );
    }
}

/// <summary>A notice that a web form sends to the window: the person's own data stand in the body.</summary>
/// <param name="PersonName">Name typed in.</param>
/// <param name="PersonAddress">Address typed in.</param>
/// <param name="Subject">Subject or kind of inquiry typed in.</param>
/// <param name="Message">Message typed in.</param>
/// <param name="Evidence">Labels that showed it.</param>
public sealed record WebFormNotice(string? PersonName, string? PersonAddress, string? Subject, string? Message, string Evidence);
