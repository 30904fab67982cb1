using System.Globalization;
using System.Text;
using Noroshi.Makers.Corpus;

namespace Noroshi.Makers.Attackers;

/// <summary>Program and service by which a mail is written: many people have the same.</summary>
public enum MailStyle
{
    /// <summary>A web mail that states the client's address.</summary>
    WebmailOpen,

    /// <summary>A web mail that hides the client.</summary>
    WebmailClosed,

    /// <summary>A program of a neighbouring country.</summary>
    Fox,

    /// <summary>An old program that came with the system.</summary>
    Express,

    /// <summary>An office program.</summary>
    Office,

    /// <summary>A free program.</summary>
    Bird,

    /// <summary>A program popular in Japan.</summary>
    Becky,

    /// <summary>A script over a service that sends for others.</summary>
    Service,
}

/// <summary>What a mail is made of.</summary>
/// <param name="From">Sender.</param>
/// <param name="To">Recipient.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Text">Text.</param>
/// <param name="SentAt">Time.</param>
/// <param name="Japanese">Charset and time zone of Japan.</param>
internal sealed record Letter(Persona From, string To, string Subject, string Text, DateTimeOffset SentAt, bool Japanese)
{
    public IReadOnlyList<(string Name, byte[] Content)> Files { get; init; } = [];
}

/// <summary>Writes letters in a style.</summary>
internal static class StyledMail
{
    /// <summary>The mail.</summary>
    /// <param name="letter">What is in it.</param>
    /// <param name="style">How it is put together.</param>
    /// <param name="client">Address of the machine it is written on.</param>
    /// <param name="seed">Numbers of this mail: identifiers come from it.</param>
    public static byte[] Of(Letter letter, MailStyle style, string client, Random seed)
    {
        var mail = new MailMaker();
        var domain = letter.To[(letter.To.IndexOf('@') + 1)..];
        var relay = RelayOf(style, client, seed);
        var received = letter.SentAt.AddSeconds(4 + seed.Next(20)).ToOffset(TimeSpan.FromHours(9));
        mail.Header(
            "Received",
            $"from {relay.Host} ({relay.Host} [{relay.Ip}]) by mx.{domain} (Postfix) with ESMTP id {Hex(seed, 10)} for <{letter.To}>; {Date(received)}"
        );
        foreach (var (name, value) in HeadersOf(letter, style, client, seed))
        {
            mail.Header(name, value);
        }

        var (encoding, charset) = CharsetOf(style, letter.Japanese);
        mail.Header("MIME-Version", "1.0");
        if (letter.Files.Count > 0)
        {
            return mail.Mixed(letter.Text, encoding, charset, [.. letter.Files]).Done();
        }

        mail.Header("Content-Type", $"text/plain; charset={charset}");
        mail.Header("Content-Transfer-Encoding", charset == "iso-2022-jp" ? "7bit" : "8bit");
        return mail.Body(letter.Text, encoding).Done();
    }

    private static (string Host, string Ip) RelayOf(MailStyle style, string client, Random seed) =>
        style switch
        {
            MailStyle.WebmailOpen => ($"out{seed.Next(1, 9)}.webmail.example", $"198.51.100.{10 + seed.Next(8)}"),
            MailStyle.WebmailClosed => ($"smtp{seed.Next(1, 7)}.freepost.example", $"203.0.113.{20 + seed.Next(6)}"),
            MailStyle.Service => ($"o{seed.Next(1, 5)}.sendhost.example", $"203.0.113.{200 + seed.Next(4)}"),
            MailStyle.Fox or MailStyle.Express or MailStyle.Office or MailStyle.Bird or MailStyle.Becky => (
                "unknown.client.example",
                client
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(style), style, "no style"),
        };

    private static IEnumerable<(string Name, string Value)> HeadersOf(Letter letter, MailStyle style, string client, Random seed)
    {
        var from = ("From", $"{Word(letter.From.Name, letter.Japanese)} <{letter.From.Address}>");
        var to = ("To", letter.To);
        var subject = ("Subject", Word(letter.Subject, letter.Japanese));
        var zone =
            style == MailStyle.Fox ? 8
            : letter.Japanese || style is MailStyle.WebmailClosed ? 9
            : 0;
        var sent = letter.SentAt.ToOffset(TimeSpan.FromHours(zone));
        var date = ("Date", Date(sent));
        var host = letter.From.Address[(letter.From.Address.IndexOf('@') + 1)..];
        var stamp = sent.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return style switch
        {
            MailStyle.WebmailOpen =>
            [
                ("X-Originating-IP", $"[{client}]"),
                ("Message-ID", $"<{stamp}.{seed.Next(10_000, 99_999)}@out.webmail.example>"),
                date,
                from,
                subject,
                to,
                ("X-Mailer", "WebMail 5.2"),
            ],
            MailStyle.WebmailClosed =>
            [
                ("Message-ID", $"<{seed.Next(100_000, 999_999)}.{seed.Next(10_000, 99_999)}.bm@web{seed.Next(100, 999)}.freepost.example>"),
                date,
                from,
                to,
                subject,
            ],
            MailStyle.Fox =>
            [
                date,
                from,
                to,
                subject,
                ("X-Mailer", "Foxmail 6, 15, 201, 21 [cn]"),
                ("Message-ID", $"<{stamp}{seed.Next(100_000, 999_999)}@{host}>"),
            ],
            MailStyle.Express =>
            [
                ("Message-ID", $"<{Hex(seed, 12)}${Hex(seed, 8)}${Hex(seed, 8)}@{Hex(seed, 7)}>"),
                from,
                to,
                subject,
                date,
                ("X-Mailer", "Microsoft Outlook Express 6.00.2900.5931"),
                ("X-MimeOLE", "Produced By Microsoft MimeOLE V6.00.2900.6157"),
            ],
            MailStyle.Office =>
            [
                from,
                to,
                subject,
                date,
                ("Message-ID", $"<{Hex(seed, 12)}${Hex(seed, 8)}${Hex(seed, 8)}$@{host}>"),
                ("X-Mailer", "Microsoft Outlook 14.0"),
                ("Thread-Topic", Word(letter.Subject, letter.Japanese)),
            ],
            MailStyle.Bird =>
            [
                ("Message-ID", $"<{Hex(seed, 8).ToUpperInvariant()}.{seed.Next(1_000_000, 9_999_999)}@{host}>"),
                date,
                from,
                ("User-Agent", "Mozilla/5.0 (Windows NT 6.1; rv:17.0) Gecko/20130328 Thunderbird/17.0.5"),
                to,
                subject,
            ],
            MailStyle.Becky =>
            [
                date,
                from,
                to,
                subject,
                ("Message-Id", $"<{stamp}.{Hex(seed, 4).ToUpperInvariant()}.{Hex(seed, 8).ToUpperInvariant()}@{host}>"),
                ("X-Mailer", "Becky! ver. 2.64.06 [ja]"),
            ],
            MailStyle.Service =>
            [
                date,
                to,
                from,
                subject,
                ("Message-ID", $"<{Hex(seed, 32)}@sendhost.example>"),
                ("X-Mailer", "PHPMailer 5.2.4"),
                ("X-Service-Id", Hex(seed, 24)),
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(style), style, "no style"),
        };
    }

    private static (Encoding Encoding, string Charset) CharsetOf(MailStyle style, bool japanese) =>
        !japanese ? (Encoding.ASCII, "us-ascii")
        : style is MailStyle.WebmailOpen or MailStyle.Bird or MailStyle.Service ? (new UTF8Encoding(false), "utf-8")
        : style is MailStyle.Fox ? (Charsets.ShiftJis, "shift_jis")
        : (Charsets.Jis, "iso-2022-jp");

    private static string Word(string text, bool japanese) =>
        japanese && !Ascii.IsValid(text) ? MailMaker.Word(text, "UTF-8", Encoding.UTF8) : text;

    private static string Date(DateTimeOffset at) =>
        at.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
        + at.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    private static string Hex(Random seed, int length)
    {
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            text.Append("0123456789abcdef"[seed.Next(16)]);
        }

        return text.ToString();
    }
}
