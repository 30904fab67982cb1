using System.Security.Cryptography;
using System.Text;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.Hub.Intake.Given;

/// <summary>
/// The mail inside a mail that forwards it as text. What the mail program's banner names becomes its header; everything else of the header
/// is lost, which a finding says.
/// </summary>
internal static class InlineForwards
{
    /// <summary>A banner that names hardly anything needs so many characters of text below it to be a mail.</summary>
    private const int ShortestText = 20;

    private const int MostQuotes = 50;
    private const int LongestMark = 80;

    /// <summary>Lines that some programs put below the mail.</summary>
    private static readonly string[] Ends =
    [
        "original message ends",
        "end forwarded message",
        "end of forwarded message",
        "end original message",
        "forwarded message ends",
        "転送メッセージ終わり",
        "転送メッセージ終了",
        "転送ここまで",
        "元のメッセージ終わり",
        "元のメッセージここまで",
        "オリジナルメッセージ終わり",
    ];

    /// <summary>The mail that a mail forwards as text; null when it forwards none.</summary>
    /// <param name="carrier">The forwarding mail.</param>
    /// <param name="sides">Who belongs to the giver and to the hub.</param>
    public static (MailFacts Facts, MailDirection Direction)? Of(MailFacts carrier, Sides sides)
    {
        var quotes = carrier.Body.Quotes.Take(MostQuotes).ToList();
        var at = quotes.FindIndex(quote => IsReported(quote, sides));
        if (at < 0)
        {
            at = SaysForward(carrier) ? quotes.FindIndex(quote => Named(quote) == 0 && quote.Text.Length >= ShortestText) : -1;
        }

        if (at < 0)
        {
            return null;
        }

        var own = sides.IsOurs(quotes[at].FromAddress);
        return (Facts(carrier, quotes, at), own ? MailDirection.Outbound : MailDirection.Inbound);
    }

    /// <summary>What an outsider wrote, or the giver's own answer to one; what colleagues wrote to each other only leads there.</summary>
    private static bool IsReported(QuotedMail quote, Sides sides) =>
        Named(quote) >= 2
        && (
            quote.FromAddress is { } from
                ? !sides.IsOurs(from) || (quote.ToAddress is { } to && to.Contains('@') && !sides.IsOurs(to))
                : quote.FromName is not null && quote.Text.Length >= ShortestText
        );

    /// <summary>Facts that the banner names.</summary>
    private static int Named(QuotedMail quote) =>
        (quote.FromAddress ?? quote.FromName) is null
            ? 0
            : 1 + (quote.SentAtText is null ? 0 : 1) + (quote.Subject is null ? 0 : 1) + (quote.ToAddress is null ? 0 : 1);

    private static bool SaysForward(MailFacts mail) => Conversations.Threading.CanonicalSubject.Of(mail.Subject).IsForward;

    private static MailFacts Facts(MailFacts carrier, List<QuotedMail> quotes, int at)
    {
        var quote = quotes[at];
        var text = Clean(quote.Text);
        var from =
            quote.FromName is null && quote.FromAddress is null ? null : new MailAddress(quote.FromName ?? "", quote.FromAddress ?? "");
        var subject = quote.Subject ?? "";
        var body = BodyAnalyzer.Analyse(text, carrier.Body.Source, carrier.Body.Charset);
        var deeper = quotes
            .Where((one, i) => i != at && one.Depth > quote.Depth)
            .Select(one => one with { Depth = one.Depth - quote.Depth });
        return new MailFacts
        {
            Sha256 = DigestOf(quote, subject, text),
            Size = Encoding.UTF8.GetByteCount(text),
            SentAt = SentAt(quote, carrier),
            From = from,
            To = quote.ToAddress is { } to ? [to.Contains('@') ? new MailAddress("", to) : new MailAddress(to, "")] : [],
            Subject = subject,
            Body = body with { Quotes = [.. body.Quotes, .. deeper] },
            Indicators = IndicatorScanner.Scan([(subject, "subject"), (text, "body")], null, from),
            PasswordHints = carrier.PasswordHints,
            Attachments = carrier.Attachments,
            Findings = [FindingCodes.Intake.InlineForward.At(NamedFacts(quote))],
        };
    }

    /// <summary>A banner without an offset is read in the forwarder's time.</summary>
    private static DateTimeOffset? SentAt(QuotedMail quote, MailFacts carrier)
    {
        var offset = carrier.SentAt?.Offset ?? TimeSpan.FromHours(9);
        var at = quote.SentAt ?? (quote.SentAtText is { } text ? QuoteDate.Parse(text, offset) : null);

        // Nobody forwards what has not been sent: the banner's clock or format is not what it seems.
        return at - (carrier.SentAt ?? carrier.ReceivedAt) > TimeSpan.FromDays(1) ? null : at;
    }

    private static string NamedFacts(QuotedMail quote)
    {
        var names = new List<string>();
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                names.Add(name);
            }
        }

        Add("From", quote.FromAddress ?? quote.FromName);
        Add("Date", quote.SentAtText);
        Add("To", quote.ToAddress);
        Add("Subject", quote.Subject);
        return names.Count == 0 ? "no header named" : $"named: {string.Join(", ", names)}";
    }

    /// <summary>There are no raw bytes: the same words under the same banner are the same mail.</summary>
    private static string DigestOf(QuotedMail quote, string subject, string text)
    {
        var told = string.Join('\n', "inline", quote.FromAddress ?? quote.FromName ?? "", quote.SentAtText ?? "", subject, text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(told)));
    }

    /// <summary>Without the rules and marks that the program put around the mail.</summary>
    private static string Clean(string text)
    {
        var lines = text.Split('\n').ToList();
        if (lines.Count > 0 && IsRule(lines[0]))
        {
            lines.RemoveAt(0);
        }

        var end = lines.FindIndex(IsEnd);
        return string.Join('\n', end < 0 ? lines : lines.Take(end)).Trim('\n', ' ', '\t', '\u3000');
    }

    private static bool IsRule(string line) => line.Length >= 3 && line.AsSpan().Trim().Trim('-').IsEmpty && line.Contains('-');

    private static bool IsEnd(string line)
    {
        if (line.Length > LongestMark)
        {
            return false;
        }

        var core = line.AsSpan().Trim("-=_*＝－ー―─━ \t\u3000");
        foreach (var end in Ends)
        {
            if (core.Equals(end, StringComparison.OrdinalIgnoreCase) && core.Length < line.AsSpan().Trim().Length)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Who belongs to whom.</summary>
/// <param name="Giver">What the giver's organisation calls its own.</param>
/// <param name="Hub">Where the hub takes mail.</param>
internal sealed record Sides(OwnEstate Giver, OwnEstate Hub)
{
    /// <summary>An address of the giver or the hub.</summary>
    public bool IsOurs(string? address) => Giver.Holds(address) || Hub.Holds(address);
}
