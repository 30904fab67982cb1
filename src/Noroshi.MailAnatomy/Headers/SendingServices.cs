using System.Collections.Frozen;

namespace Noroshi.MailAnatomy.Headers;

/// <summary>What in a header names a sending service.</summary>
internal enum ServiceSign
{
    /// <summary>The header is there.</summary>
    Header,

    /// <summary>Domain of the Message-ID ends so.</summary>
    MessageIdDomain,

    /// <summary>A host in a Received header ends so (the peer's looked-up name, or the writing host).</summary>
    Host,

    /// <summary>X-Mailer or User-Agent contains this.</summary>
    Mailer,
}

/// <summary>Sending services by what they write. Data; the first row that fits counts, so that exact rows stand before broad ones.</summary>
internal static class SendingServices
{
    /// <summary>Sign, text (ASCII case ignored), service.</summary>
    public static readonly (ServiceSign Sign, string Text, string Service)[] Rows =
    [
        // Services that send in the name of others.
        (ServiceSign.Header, "X-SES-Outgoing", "Amazon SES"),
        (ServiceSign.MessageIdDomain, "amazonses.com", "Amazon SES"),
        (ServiceSign.Host, "amazonses.com", "Amazon SES"),
        (ServiceSign.Header, "X-SG-EID", "SendGrid"),
        (ServiceSign.Header, "X-SG-ID", "SendGrid"),
        (ServiceSign.Host, "sendgrid.net", "SendGrid"),
        (ServiceSign.Header, "X-Mailgun-Sid", "Mailgun"),
        (ServiceSign.Host, "mailgun.net", "Mailgun"),
        (ServiceSign.Header, "X-Mandrill-User", "Mandrill"),
        (ServiceSign.Host, "mandrillapp.com", "Mandrill"),
        (ServiceSign.Host, "mcsv.net", "Mailchimp"),
        (ServiceSign.Header, "X-PM-Message-Id", "Postmark"),
        (ServiceSign.Host, "mtasv.net", "Postmark"),
        (ServiceSign.Header, "X-Sib-Id", "Brevo"),
        (ServiceSign.Header, "X-MSYS-API", "SparkPost"),
        (ServiceSign.Host, "sparkpostmail.com", "SparkPost"),
        (ServiceSign.Header, "X-MJ-Mid", "Mailjet"),
        (ServiceSign.Host, "mailjet.com", "Mailjet"),
        (ServiceSign.Host, "cuenote.jp", "Cuenote"),
        (ServiceSign.Host, "bma.mpse.jp", "Blastengine / WEBCAS"),
        // Free and provider mail of Japan.
        (ServiceSign.MessageIdDomain, "yahoo.co.jp", "Yahoo! JAPAN"),
        (ServiceSign.Host, "yahoo.co.jp", "Yahoo! JAPAN"),
        (ServiceSign.MessageIdDomain, "docomo.ne.jp", "docomo"),
        (ServiceSign.Host, "docomo.ne.jp", "docomo"),
        (ServiceSign.MessageIdDomain, "ezweb.ne.jp", "au"),
        (ServiceSign.Host, "ezweb.ne.jp", "au"),
        (ServiceSign.Host, "au.com", "au"),
        (ServiceSign.Host, "auone-net.jp", "au one net"),
        (ServiceSign.Host, "softbank.ne.jp", "SoftBank"),
        (ServiceSign.Host, "softbank.jp", "SoftBank"),
        (ServiceSign.Host, "pdx.ne.jp", "WILLCOM"),
        (ServiceSign.Host, "excite.co.jp", "excite"),
        (ServiceSign.Host, "goo.ne.jp", "goo"),
        (ServiceSign.Host, "infoseek.jp", "Infoseek"),
        (ServiceSign.Host, "livedoor.com", "livedoor"),
        (ServiceSign.Host, "nifty.com", "nifty"),
        (ServiceSign.Host, "biglobe.ne.jp", "BIGLOBE"),
        (ServiceSign.Host, "ocn.ne.jp", "OCN"),
        (ServiceSign.Host, "ocn.ad.jp", "OCN"),
        (ServiceSign.Host, "so-net.ne.jp", "So-net"),
        (ServiceSign.Host, "plala.or.jp", "plala"),
        (ServiceSign.Host, "dion.ne.jp", "au one net"),
        (ServiceSign.Host, "kagoya.net", "KAGOYA"),
        (ServiceSign.Host, "sakura.ne.jp", "SAKURA Internet"),
        (ServiceSign.Host, "xserver.jp", "XServer"),
        (ServiceSign.Host, "lolipop.jp", "Lolipop"),
        (ServiceSign.Host, "heteml.jp", "heteml"),
        (ServiceSign.Host, "muumuu-mail.com", "Muumuu Mail"),
        // Free mail of the world.
        (ServiceSign.MessageIdDomain, "mail.gmail.com", "Gmail"),
        (ServiceSign.Header, "X-Gm-Message-State", "Google"),
        (ServiceSign.Host, "google.com", "Google"),
        (ServiceSign.MessageIdDomain, "phx.gbl", "Outlook.com"),
        (ServiceSign.Host, "hotmail.com", "Outlook.com"),
        (ServiceSign.Header, "X-TMN", "Outlook.com"),
        (ServiceSign.MessageIdDomain, "prod.outlook.com", "Microsoft 365"),
        (ServiceSign.Host, "outlook.com", "Microsoft 365"),
        (ServiceSign.MessageIdDomain, "mail.yahoo.com", "Yahoo!"),
        (ServiceSign.Host, "yahoo.com", "Yahoo!"),
        (ServiceSign.Header, "X-YMail-OSG", "Yahoo!"),
        (ServiceSign.Host, "aol.com", "AOL"),
        (ServiceSign.Host, "icloud.com", "iCloud"),
        (ServiceSign.Host, "me.com", "iCloud"),
        (ServiceSign.Host, "mac.com", "iCloud"),
        (ServiceSign.Header, "X-QQ-mid", "QQ Mail"),
        (ServiceSign.Host, "qq.com", "QQ Mail"),
        (ServiceSign.Header, "X-CM-TRANSID", "NetEase / Coremail"),
        (ServiceSign.Host, "163.com", "NetEase / Coremail"),
        (ServiceSign.Host, "126.com", "NetEase / Coremail"),
        (ServiceSign.Host, "sina.com", "Sina Mail"),
        (ServiceSign.Host, "mail.ru", "Mail.ru"),
        (ServiceSign.Host, "yandex.net", "Yandex"),
        (ServiceSign.Host, "yandex.ru", "Yandex"),
        (ServiceSign.Host, "naver.com", "Naver"),
        (ServiceSign.Host, "hanmail.net", "Daum"),
        (ServiceSign.Host, "gmx.net", "GMX"),
        (ServiceSign.Host, "gmx.com", "GMX"),
        (ServiceSign.Host, "protonmail.ch", "Proton Mail"),
        (ServiceSign.Host, "zoho.com", "Zoho Mail"),
        (ServiceSign.Host, "hinet.net", "HiNet"),
        (ServiceSign.Mailer, "YahooMailWebService", "Yahoo!"),
        (ServiceSign.Mailer, "Outlook.com", "Outlook.com"),
    ];

    private static readonly FrozenDictionary<string, int> Headers = Index(ServiceSign.Header);
    private static readonly FrozenDictionary<string, int> MessageIdDomains = Index(ServiceSign.MessageIdDomain);
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> MessageIdDomainsBySpan =
        MessageIdDomains.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, int> HostDomains = Index(ServiceSign.Host);
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> HostDomainsBySpan =
        HostDomains.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Row that a header's presence fits; the number of rows when none does.</summary>
    public static int ByHeader(string name) => Headers.GetValueOrDefault(name, Rows.Length);

    /// <summary>Row that the domain of a Message-ID fits.</summary>
    public static int ByMessageId(ReadOnlySpan<char> domain) => BySuffix(domain, MessageIdDomainsBySpan);

    /// <summary>Row that a host fits.</summary>
    public static int ByHost(ReadOnlySpan<char> host) => BySuffix(host, HostDomainsBySpan);

    /// <summary>Row that a mailer fits.</summary>
    public static int ByMailer(string mailer)
    {
        for (var row = 0; row < Rows.Length; row++)
        {
            if (Rows[row].Sign == ServiceSign.Mailer && mailer.Contains(Rows[row].Text, StringComparison.OrdinalIgnoreCase))
            {
                return row;
            }
        }

        return Rows.Length;
    }

    private static int BySuffix(ReadOnlySpan<char> host, FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> rows)
    {
        host = host.Length > 255 ? host[^255..] : host;
        var best = Rows.Length;
        while (!host.IsEmpty)
        {
            if (rows.TryGetValue(host, out var row))
            {
                best = Math.Min(best, row);
            }

            var dot = host.IndexOf('.');
            host = dot < 0 ? default : host[(dot + 1)..];
        }

        return best;
    }

    private static FrozenDictionary<string, int> Index(ServiceSign sign) =>
        Rows.Select((row, number) => (row.Sign, row.Text, Number: number))
            .Where(row => row.Sign == sign)
            .ToFrozenDictionary(row => row.Text, row => row.Number, StringComparer.OrdinalIgnoreCase);
}
