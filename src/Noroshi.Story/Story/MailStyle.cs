using System.Globalization;
using System.Text;
using Noroshi.Makers.Corpus;

namespace Noroshi.Makers.Story;

/// <summary>How a mail program writes: order of the headers, identifiers, charset and encoding.</summary>
internal sealed record MailStyle
{
    /// <summary>Name in this world.</summary>
    public required string Name { get; init; }

    /// <summary>Order of headers.</summary>
    public required string Order { get; init; }

    /// <summary>Name of the header that tells the program; empty when it tells nothing.</summary>
    public string MailerHeader { get; init; } = "X-Mailer";

    /// <summary>What it tells.</summary>
    public string Mailer { get; init; } = "";

    /// <summary><c>iso-2022-jp</c>, <c>shift_jis</c> or <c>utf-8</c>.</summary>
    public string Charset { get; init; } = "iso-2022-jp";

    /// <summary><c>7bit</c>, <c>8bit</c> or <c>base64</c>.</summary>
    public string Encoding { get; init; } = "7bit";

    /// <summary>Time zone of Date.</summary>
    public int ZoneHours { get; init; } = 9;

    /// <summary>Makes the left part of a Message-ID.</summary>
    public required Func<Dice, DateTimeOffset, string> LeftOfId { get; init; }

    /// <summary>Makes a boundary.</summary>
    public required Func<Dice, string> Boundary { get; init; }

    /// <summary>The charset's encoding.</summary>
    public Encoding Coder =>
        Charset switch
        {
            "shift_jis" => Charsets.ShiftJis,
            "utf-8" => System.Text.Encoding.UTF8,
            _ => Charsets.Jis,
        };
}

/// <summary>The programs of this world. Those of the attacker are not used by anybody else.</summary>
internal static class MailStyles
{
    private const string Classic =
        "From,To,Cc,Subject,Date,Message-ID,In-Reply-To,References,MIME-Version,Content,X-Mailer,X-Originating-IP";

    /// <summary>Programs of offices.</summary>
    public static IReadOnlyList<MailStyle> Office { get; } =
    [
        new()
        {
            Name = "outlook-2010",
            Order = "From,To,Cc,In-Reply-To,References,Subject,Date,Message-ID,MIME-Version,Content,X-Mailer",
            Mailer = "Microsoft Outlook 14.0",
            LeftOfId = (dice, _) => $"00{dice.Hex(4)}01ce{dice.Hex(4)}${dice.Hex(8)}${dice.Hex(8)}",
            Boundary = dice =>
                $"----=_NextPart_000_{dice.Hex(4).ToUpperInvariant()}_01CE{dice.Hex(4).ToUpperInvariant()}.{dice.Hex(8).ToUpperInvariant()}",
        },
        new()
        {
            Name = "thunderbird-24",
            Order = "Message-ID,Date,From,X-Mailer,MIME-Version,To,Cc,Subject,References,In-Reply-To,Content",
            MailerHeader = "User-Agent",
            Mailer = "Mozilla/5.0 (Windows NT 6.1; rv:24.0) Gecko/20100101 Thunderbird/24.1.0",
            LeftOfId = (dice, _) => $"{dice.Hex(8).ToUpperInvariant()}.{dice.Below(9_000_000) + 1_000_000}",
            Boundary = dice => $"------------{string.Concat(Enumerable.Range(0, 24).Select(_ => "0123456789"[dice.Below(10)]))}",
        },
        new()
        {
            Name = "groupware",
            Order = "Date,From,To,Cc,Subject,In-Reply-To,References,Message-ID,X-Mailer,MIME-Version,Content",
            Mailer = "OfficeLink Mail 5.1",
            LeftOfId = (dice, at) => $"{at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}.{dice.Letters(4)}.{dice.Hex(6)}",
            Boundary = dice => $"__OL_{dice.Hex(16)}__",
        },
        new()
        {
            Name = "becky",
            Order = "Date,From,To,Subject,In-Reply-To,References,Message-ID,MIME-Version,Content,X-Mailer",
            Mailer = "Becky! ver. 2.64.06 [ja]",
            LeftOfId = (dice, at) =>
                $"{at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}.{dice.Hex(4).ToUpperInvariant()}.{dice.Letters(8).ToUpperInvariant()}",
            Boundary = dice => $"------_{dice.Hex(8).ToUpperInvariant()}000000000{dice.Hex(3).ToUpperInvariant()}_MULTIPART_MIXED_",
        },
    ];

    /// <summary>What people at home and on web-mail write with.</summary>
    public static IReadOnlyList<MailStyle> Private { get; } =
    [
        new()
        {
            Name = "web-plain",
            Order = Classic,
            Charset = "utf-8",
            Encoding = "base64",
            LeftOfId = (dice, _) => $"CA{dice.Letters(10)}_{dice.Letters(24)}",
            Boundary = dice => dice.Hex(28),
        },
        new()
        {
            Name = "web-old",
            Order = "Message-ID,Date,From,Subject,To,In-Reply-To,References,MIME-Version,Content,X-Originating-IP",
            LeftOfId = (dice, at) => $"{dice.Below(899_999) + 100_000}.{dice.Below(89_999) + 10_000}.qm{dice.Below(3_000) + 101}",
            Boundary = dice =>
                $"0-{dice.Below(899_999_999) + 100_000_000}-{dice.Below(899_999_999) + 1_000_000_000}=:{dice.Below(89_999) + 10_000}",
        },
        new()
        {
            Name = "live-mail",
            Order = "Message-ID,From,To,Subject,Date,MIME-Version,Content,X-Mailer",
            Mailer = "Microsoft Windows Live Mail 15.4.3555.308",
            LeftOfId = (dice, _) => $"{dice.Hex(32).ToUpperInvariant()}",
            Boundary = dice =>
                $"----=_NextPart_000_{dice.Hex(4).ToUpperInvariant()}_01CE{dice.Hex(4).ToUpperInvariant()}.{dice.Hex(8).ToUpperInvariant()}",
        },
        new()
        {
            Name = "shift-jis-client",
            Order = "From,To,Subject,Date,MIME-Version,Content,X-Mailer,Message-ID",
            Mailer = "Shuriken 2012",
            Charset = "shift_jis",
            Encoding = "base64",
            LeftOfId = (dice, at) => $"{at.ToUnixTimeSeconds()}.{dice.Hex(10)}",
            Boundary = dice => $"Boundary_{dice.Letters(20)}",
        },
        new()
        {
            Name = "phone",
            Order = "Date,Message-ID,Subject,From,To,In-Reply-To,References,MIME-Version,Content,X-Mailer",
            Mailer = "iPhone Mail (11A465)",
            Charset = "utf-8",
            Encoding = "base64",
            LeftOfId = (dice, _) => $"{dice.Id().ToString().ToUpperInvariant()}",
            Boundary = dice => $"Apple-Mail-{dice.Id().ToString().ToUpperInvariant()}",
        },
    ];

    /// <summary>Sending programs of spam and mass mail, each seed with another face.</summary>
    public static MailStyle Bulk(string seed)
    {
        var dice = new Dice("style/" + seed);
        var order = dice.Shuffled<string>(["From", "To", "Subject", "Date", "Message-ID"]);
        var digits = dice.Below(6) + 6;
        return new()
        {
            Name = "bulk-" + seed,
            Order = string.Join(',', order) + ",MIME-Version,Content,X-Mailer",
            Mailer =
                dice.Below(3) == 0
                    ? ""
                    : $"{dice.Of<string>(["MassPost", "Mail Sender", "QuickMailer", "Courier", "SendBlast"])} {dice.Below(8) + 1}.{dice.Below(90) + 10}",
            Charset = dice.Of<string>(["utf-8", "iso-2022-jp", "shift_jis"]),
            Encoding = "base64",
            ZoneHours = dice.Of<int>([9, 9, 8, 0, -5, -8]),
            LeftOfId = (one, _) => one.Hex(digits) + "." + one.Letters(dice.Below(1) + 4),
            Boundary = one => $"=_{one.Hex(digits + 8)}",
        };
    }

    /// <summary>The attacker's first way of writing.</summary>
    public static MailStyle First { get; } =
        new()
        {
            Name = "first",
            Order = "Date,Subject,From,To,Message-ID,MIME-Version,X-Mailer,Content,X-Originating-IP",
            Mailer = "PostPal Express 4.02",
            Charset = "shift_jis",
            Encoding = "base64",
            ZoneHours = 0,
            LeftOfId = (dice, at) => $"pp{at.ToUnixTimeSeconds()}-w{dice.Below(90_000) + 10_000}",
            Boundary = dice => $"=====pp_{dice.Letters(18)}=====",
        };

    /// <summary>The attacker's second way of writing.</summary>
    public static MailStyle Second { get; } =
        new()
        {
            Name = "second",
            Order = "Subject,To,From,Message-ID,Date,X-Mailer,MIME-Version,Content,X-Originating-IP",
            Mailer = "Tsubame Mailer 2.7 (build 1188)",
            Charset = "utf-8",
            Encoding = "base64",
            ZoneHours = 9,
            LeftOfId = (dice, at) => $"{at.ToUnixTimeSeconds()}.T{dice.Below(900_000) + 100_000}.{dice.Below(90) + 10}",
            Boundary = dice => $"tsubame-{dice.Hex(8)}-{dice.Hex(8)}",
        };
}
