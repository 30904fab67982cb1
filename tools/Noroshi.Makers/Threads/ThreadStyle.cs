using System.Text;
using Noroshi.Makers.Corpus;

namespace Noroshi.Makers.Threads;

/// <summary>How an answer shows the mail it answers.</summary>
internal enum QuoteStyle
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Below the answer, behind <c>-----Original Message-----</c>.</summary>
    Below,

    /// <summary>Below the answer, with marks.</summary>
    MarkedBelow,

    /// <summary>Above the answer, with marks.</summary>
    Above,
}

/// <summary>How the mails of one thread are written: charset, quotes, headers.</summary>
internal sealed record ThreadStyle
{
    public required string Charset { get; init; }

    public required Encoding Encoding { get; init; }

    public required QuoteStyle Outsider { get; init; }

    public required QuoteStyle Window { get; init; }

    /// <summary>Answers name the mail they answer.</summary>
    public required bool References { get; init; }

    /// <summary>Received headers are there.</summary>
    public required bool Received { get; init; }

    public required string Reply { get; init; }

    public required bool Signature { get; init; }

    /// <summary>Draws a style.</summary>
    public static ThreadStyle Draw(bool japanese, bool quoted, Random random)
    {
        var (charset, encoding) = ThreadPeople.Pick<(string, Encoding)>(
            japanese
                ? [("iso-2022-jp", Charsets.Jis), ("iso-2022-jp", Charsets.Jis), ("utf-8", Encoding.UTF8), ("shift_jis", Charsets.ShiftJis)]
                : [("utf-8", Encoding.UTF8), ("us-ascii", Encoding.ASCII)],
            random
        );
        var styles = quoted
            ? new[] { QuoteStyle.Below, QuoteStyle.MarkedBelow, QuoteStyle.Above }
            : [QuoteStyle.None, QuoteStyle.Below, QuoteStyle.MarkedBelow, QuoteStyle.Above];
        return new ThreadStyle
        {
            Charset = charset,
            Encoding = encoding,
            Outsider = ThreadPeople.Pick(styles, random),
            Window = ThreadPeople.Pick(styles, random),
            References = random.Next(10) < 6,
            Received = random.Next(10) < 7,
            Reply = ThreadPeople.Pick<string>(["Re: ", "RE: ", "Re:"], random),
            Signature = random.Next(3) > 0,
        };
    }
}
