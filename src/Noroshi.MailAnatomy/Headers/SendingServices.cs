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
}
