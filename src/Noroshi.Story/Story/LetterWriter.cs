using System.Globalization;
using System.Text;
using Noroshi.Makers.Corpus;

namespace Noroshi.Makers.Story;

/// <summary>Writes a letter as the bytes of a mail.</summary>
internal static class LetterWriter
{
    private const int WordCharacters = 18;

    /// <summary>The mail.</summary>
    /// <param name="letter">Letter.</param>
    /// <param name="home">Organisation that receives or sends.</param>
    public static byte[] Write(Letter letter, Home home)
    {
        var dice = new Dice($"mail/{letter.Organization}/{letter.Window}/{letter.At.UtcTicks}/{letter.From.Address}/{letter.To}");
        var mail = new MailMaker();
        if (!letter.WithoutHops)
        {
            Hops(mail, letter, home, dice);
        }

        var boundary = letter.Files.Count > 0 ? letter.Style.Boundary(dice) : null;
        foreach (var name in letter.Style.Order.Split(','))
        {
            Header(mail, name, letter, boundary);
        }

        foreach (var (name, value) in letter.Extra)
        {
            mail.Header(name, Ascii.IsValid(value) ? value : MailMaker.Word(value, "ISO-2022-JP", Charsets.Jis));
        }

        mail.Raw("\r\n");
        if (boundary is null)
        {
            mail.Raw(Encoded(letter));
        }
        else
        {
            Parts(mail, letter, boundary);
        }

        var bytes = mail.Done();
        return letter.Damage?.Invoke(bytes) ?? bytes;
    }

    /// <summary>Message-ID of a letter, the same whenever it is asked.</summary>
    public static string IdOf(Letter letter)
    {
        var dice = new Dice($"id/{letter.Organization}/{letter.Window}/{letter.At.UtcTicks}/{letter.From.Address}/{letter.To}");
        return $"{letter.Style.LeftOfId(dice, letter.At)}@{letter.From.Domain}";
    }

    private static void Hops(MailMaker mail, Letter letter, Home home, Dice dice)
    {
        var at = Date(letter.At, 9);
        if (letter.Way != Way.In)
        {
            mail.Header(
                "Received",
                $"from pc{dice.Below(80) + 10}.{home.Domain} (unknown [{home.Inner}]) by {home.MailHost} (Postfix) with ESMTP id {dice.Hex(10).ToUpperInvariant()}; {at}"
            );
            return;
        }

        var (host, ip) = letter.Handed ?? Services.HostOf(letter.From.Domain, dice);
        mail.Header("Return-Path", $"<{letter.From.Address}>");
        mail.Header(
            "Received",
            $"from {host} ({host} [{ip}])\r\n by {home.MailHost} (Postfix) with ESMTP id {dice.Hex(10).ToUpperInvariant()}\r\n for <{letter.To}>; {at}"
        );
        if (letter.Client is { } client)
        {
            var before = letter.At.AddSeconds(-2 - dice.Below(5));
            mail.Header("Received", $"from [{client}] by {host} via HTTP; {Date(before, letter.Style.ZoneHours)}");
        }
    }

    private static void Header(MailMaker mail, string name, Letter letter, string? boundary)
    {
        var style = letter.Style;
        switch (name)
        {
            case "From":
                mail.Header("From", Mailbox(letter.From, style));
                break;
            case "To":
                mail.Header("To", letter.To);
                break;
            case "Subject":
                mail.Header("Subject", Words(letter.Subject, style));
                break;
            case "Date":
                var sent = letter.Way == Way.In ? letter.At.AddSeconds(-9) : letter.At;
                mail.Header("Date", Date(sent, style.ZoneHours));
                break;
            case "Message-ID":
                mail.Header("Message-ID", $"<{letter.Id}>");
                break;
            case "In-Reply-To" when letter.Parents.Count > 0:
                mail.Header("In-Reply-To", $"<{letter.Parents[^1]}>");
                break;
            case "References" when letter.Parents.Count > 0:
                mail.Header("References", string.Join("\r\n ", letter.Parents.Select(id => $"<{id}>")));
                break;
            case "MIME-Version":
                mail.Header("MIME-Version", "1.0");
                break;
            case "X-Mailer" when style.Mailer.Length > 0:
                mail.Header(style.MailerHeader, style.Mailer);
                break;
            case "X-Originating-IP" when letter.Client is { } client:
                mail.Header("X-Originating-IP", $"[{client}]");
                break;
            case "Content":
                Content(mail, style, boundary);
                break;
            default:
                break;
        }
    }

    private static void Content(MailMaker mail, MailStyle style, string? boundary)
    {
        if (boundary is not null)
        {
            mail.Header("Content-Type", $"multipart/mixed;\r\n boundary=\"{boundary}\"");
            return;
        }

        mail.Header("Content-Type", $"text/plain; charset={Name(style)}");
        mail.Header("Content-Transfer-Encoding", style.Encoding);
    }

    private static void Parts(MailMaker mail, Letter letter, string boundary)
    {
        var style = letter.Style;
        mail.Raw($"--{boundary}\r\nContent-Type: text/plain; charset={Name(style)}\r\nContent-Transfer-Encoding: {style.Encoding}\r\n\r\n");
        mail.Raw(Encoded(letter)).Raw("\r\n");
        foreach (var file in letter.Files)
        {
            var name = Words(file.Name, style);
            mail.Raw(
                $"--{boundary}\r\nContent-Type: application/octet-stream;\r\n name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n"
            );
            mail.Raw($"Content-Disposition: attachment;\r\n filename=\"{name}\"\r\n\r\n");
            mail.Raw(MailMaker.Base64(file.Content));
        }

        mail.Raw($"--{boundary}--\r\n");
    }

    private static byte[] Encoded(Letter letter)
    {
        var bytes = letter.Style.Coder.GetBytes(letter.Text.ReplaceLineEndings("\r\n"));
        return letter.Style.Encoding == "base64" ? Encoding.ASCII.GetBytes(MailMaker.Base64(bytes)) : bytes;
    }

    private static string Mailbox(Person person, MailStyle style) =>
        person.Name.Length == 0 ? person.Address
        : Ascii.IsValid(person.Name) ? $"\"{person.Name}\" <{person.Address}>"
        : $"{Words(person.Name, style)} <{person.Address}>";

    private static string Name(MailStyle style) => style.Charset == "utf-8" ? "UTF-8" : style.Charset.ToUpperInvariant();

    /// <summary>Encoded-words of a length that fits a line.</summary>
    private static string Words(string text, MailStyle style)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var words = new List<string>();
        for (var at = 0; at < text.Length; )
        {
            var length = Math.Min(WordCharacters, text.Length - at);
            length -= length > 1 && char.IsHighSurrogate(text[at + length - 1]) ? 1 : 0;
            words.Add(MailMaker.Word(text.Substring(at, length), Name(style), style.Coder));
            at += length;
        }

        return string.Join("\r\n ", words);
    }

    private static string Date(DateTimeOffset at, int zone) =>
        at.ToOffset(TimeSpan.FromHours(zone)).ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
        + (zone < 0 ? '-' : '+')
        + Math.Abs(zone).ToString("00", CultureInfo.InvariantCulture)
        + "00";
}

/// <summary>Mail services and senders' servers of this world: names under .example, addresses of the documentation ranges.</summary>
internal static class Services
{
    /// <summary>Free web-mail services.</summary>
    public static IReadOnlyList<string> Free { get; } =
    ["ozora-mail.example", "kumonet.example", "sorapost.example", "hinata-mail.example", "minato-box.example"];

    /// <summary>Host and address that hand in the mail of a domain.</summary>
    public static (string Host, string Ip) HostOf(string domain, Dice dice)
    {
        for (var i = 0; i < Free.Count; i++)
        {
            if (Free[i] == domain)
            {
                var number = dice.Below(3) + 1;
                return ($"out{number}.{domain}", $"198.51.100.{(8 * i) + number}");
            }
        }

        var own = new Dice("host/" + domain);
        return (
            $"{own.Of<string>(["mail", "smtp", "mx1", "ns"])}.{domain}",
            $"{own.Of<string>(["203.0.113", "198.51.100"])}.{own.Below(190) + 60}"
        );
    }
}
