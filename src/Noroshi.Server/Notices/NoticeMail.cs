using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Text;

namespace Noroshi.Server.Notices;

/// <summary>
/// Makes the mail of a notice: the same notice gives the same bytes, so that a repeated attempt is recognised by its Message-ID. Text is
/// UTF-8 in base64: every mail program of the last fifteen years reads it, and ISO-2022-JP has no room for characters that stand in names
/// (髙, ①); base64 needs neither 8BITMIME nor quoted-printable's ninefold length for Japanese.
/// </summary>
internal sealed class NoticeMail(NoticeOptions options)
{
    private const int LongestLine = 76;

    /// <summary>The mail.</summary>
    /// <param name="id">Id of the notice.</param>
    /// <param name="notice">The notice.</param>
    /// <param name="address">Address on file.</param>
    /// <param name="hub">Name of the hub.</param>
    /// <exception cref="FormatException">The address is none, or a place of the text has no value.</exception>
    public MimeMessage Of(string id, Notice notice, string address, string hub)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (!MailText.IsAddress(address))
        {
            throw new FormatException("The address on file is no mail address.");
        }

        var japanese = notice.Language == "ja";
        var texts = NoticeTemplates.Of(notice.Template);
        var text = japanese ? texts.Ja : texts.En;
        var footer = japanese ? NoticeTemplates.Footer : NoticeTemplates.FooterEn;
        var values = new Dictionary<string, string>(notice.Values, StringComparer.Ordinal)
        {
            ["hub"] = hub,
            ["contact"] = options.Contact ?? (japanese ? "情報ハブ事務局" : "the hub's office"),
        };
        var mail = new MimeMessage
        {
            Subject = MailText.Line(Filled(text.Subject, values)),
            Date = notice.At,
            MessageId = $"{IdOf(id)}@{options.From[(options.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}",
            Body = new TextPart(TextFormat.Plain)
            {
                ContentTransferEncoding = ContentEncoding.Base64,
                Text = Filled($"{text.Body}\n\n{footer.Body}\n", values).ReplaceLineEndings("\r\n"),
            },
        };
        mail.From.Add(new MailboxAddress(MailText.Line(options.FromName), options.From));
        mail.To.Add(new MailboxAddress("", address));
        mail.Headers.Add("Auto-Submitted", texts.Replied ? "auto-replied" : "auto-generated");
        mail.Headers.Add("X-Auto-Response-Suppress", "All");
        return mail;
    }

    /// <summary>The text with its places filled; what is put in is never looked at for places.</summary>
    /// <exception cref="FormatException">A place has no value.</exception>
    internal static string Filled(string text, IReadOnlyDictionary<string, string> values)
    {
        var filled = new StringBuilder();
        var at = 0;
        while (text.IndexOf('{', at) is >= 0 and var open)
        {
            var close = text.IndexOf('}', open);
            var name = text[(open + 1)..close];
            filled.Append(text, at, open - at);
            var value = values.TryGetValue(name, out var found) ? found : throw new FormatException($"no value for {{{name}}}");
            filled.Append(StandsAlone(text, open, close) ? Folded(MailText.Block(value)) : MailText.Line(value));
            at = close + 1;
        }

        return filled.Append(text, at, text.Length - at).ToString();
    }

    private static bool StandsAlone(string text, int open, int close) =>
        (open == 0 || text[open - 1] == '\n') && (close == text.Length - 1 || text[close + 1] == '\n');

    /// <summary>Long lines are broken where people read them: Japanese anywhere but before 、。 and closing brackets, other text at blanks.</summary>
    private static string Folded(string text)
    {
        var folded = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            if (folded.Length > 0)
            {
                folded.Append('\n');
            }

            LineFolding.Append(folded, line, LongestLine);
        }

        return folded.ToString();
    }

    /// <summary>From the notice's id, which holds a random part: nobody can tell from it how many mails the hub sends.</summary>
    private static string IdOf(string id) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"notice\n{id}")).AsSpan(0, 16));
}
