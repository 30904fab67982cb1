using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Judgement;

/// <summary>
/// A mail without what conversations, campaigns, shared items and reports do not ask for: a run keeps every mail of its input in this form, so it has to
/// be small. Quotes and new text stay, up to a length that no person writes.
/// </summary>
public static class SlimMail
{
    private const int LongestText = 16_000;
    private const int MostQuotes = 12;
    private const int MostVerdicts = 8;

    /// <summary>The mail in its small form.</summary>
    public static ProvidedMail Of(ProvidedMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var body = mail.Facts.Body;
        return mail with
        {
            Facts = mail.Facts with
            {
                Body = body.Text.Length <= LongestText ? body : Cut(body),
                Composition = mail.Facts.Composition is { } made
                    ? new CompositionFingerprint
                    {
                        Mailer = made.Mailer,
                        ClientIp = made.ClientIp,
                        SendingService = made.SendingService,
                    }
                    : null,
                Authentication = [.. mail.Facts.Authentication.Take(MostVerdicts)],
                Traits = [],
                Attachments = [.. mail.Facts.Attachments.Select(Of)],
            },
        };
    }

    private static MailAnatomy.Text.BodyText Cut(MailAnatomy.Text.BodyText body)
    {
        var end = body.Text.LastIndexOf('\n', LongestText);
        var text = body.Text[..(end < 0 ? LongestText : end)];
        var lines = text.Count(character => character == '\n') + 1;
        return body with
        {
            Text = text,
            Blocks = [.. body.Blocks.Where(block => block.FirstLine < lines)],
            Quotes = [.. body.Quotes.Take(MostQuotes)],
        };
    }

    private static FileFacts Of(FileFacts file) => file with { Children = [.. file.Children.Select(Of)] };
}
