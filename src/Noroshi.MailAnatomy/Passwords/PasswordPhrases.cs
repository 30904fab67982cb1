using System.Globalization;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>
/// Reads passwords out of Japanese and English mail text. The grammar works on width-folded text (the length-keeping part of NFKC),
/// so that <c>ＰＷ：ａｂｃ</c> and <c>PW:abc</c> are one phrase; values are given in half width first and as written after that.
/// </summary>
public static class PasswordPhrases
{
    /// <summary>Characters of text that are read; phrases further on are left to the tokens.</summary>
    public const int MaxCharacters = MailLimits.TextCharacters;

    private const string Body = "body";

    /// <summary>Passwords that sentences of the text give, best first, at most 64.</summary>
    /// <param name="text">Text, LF or CRLF lines.</param>
    /// <param name="wherePrefix">Name of the text in <see cref="PasswordCandidate.Where"/>: <c>body</c> gives <c>body line 3</c> (from 1).</param>
    public static IReadOnlyList<PasswordCandidate> Extract(string text, string wherePrefix = "body") => Extract(text, wherePrefix, null);

    /// <summary>As above, and derives what the text only describes (today's date, the last four digits of the telephone number) from the mail.</summary>
    /// <param name="text">Text, LF or CRLF lines.</param>
    /// <param name="wherePrefix">Name of the text.</param>
    /// <param name="context">The mail the text stands in; null derives nothing.</param>
    public static IReadOnlyList<PasswordCandidate> Extract(string text, string wherePrefix, PasswordContext? context)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Length > MaxCharacters ? text[..MaxCharacters] : text;
        var folded = PhraseText.Fold(text);
        return PhraseScanner.MayHold(folded) ? Candidates(text, folded, wherePrefix, context) : [];
    }

    /// <summary>Passwords and promises of a mail's text in one reading.</summary>
    internal static IReadOnlyList<PasswordCandidate> ExtractBody(string text, PasswordContext context, List<Finding> findings)
    {
        text = text.Length > MaxCharacters ? text[..MaxCharacters] : text;
        var folded = PhraseText.Fold(text);
        if (!PhraseScanner.MayHold(folded))
        {
            return [];
        }

        findings.AddRange(PasswordPromises.Find(folded, Body));
        return Candidates(text, folded, Body, context);
    }

    private static IReadOnlyList<PasswordCandidate> Candidates(string text, string folded, string wherePrefix, PasswordContext? context) =>
        [
            .. new PhraseScanner(text, folded)
                .Run(context)
                .Select(found => new PasswordCandidate(
                    found.Value,
                    "same-mail",
                    string.Create(CultureInfo.InvariantCulture, $"{wherePrefix} line {found.Line + 1}")
                )),
        ];

    /// <summary>What the text says about a password that it does not give: sent apart, or the same as before. At most one finding of each.</summary>
    /// <param name="text">Text, LF or CRLF lines.</param>
    /// <param name="wherePrefix">Name of the text in the detail.</param>
    public static IReadOnlyList<Finding> Promises(string text, string wherePrefix = "body")
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = PhraseText.Fold(text.Length > MaxCharacters ? text[..MaxCharacters] : text);
        return PhraseScanner.MayHold(folded) ? PasswordPromises.Find(folded, wherePrefix) : [];
    }
}
