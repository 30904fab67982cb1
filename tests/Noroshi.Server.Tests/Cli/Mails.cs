using System.Text;
using Noroshi.Makers;
using Noroshi.Makers.Corpus;

namespace Noroshi.Server.Tests.Cli;

/// <summary>Small mails of reserved names.</summary>
internal static class Mails
{
    public static byte[] Plain(
        string subject,
        string from = "tanaka@webmail.example",
        string to = "info@power-a.example",
        string date = "Thu, 17 Oct 2013 09:02:00 +0900",
        string text = "body"
    ) => Head(subject, from, to, date).Body(Encoding.UTF8.GetBytes(text + "\r\n")).Done();

    public static byte[] With(string subject, string date, string text, string name, byte[] content) =>
        Head(subject, "tanaka@firm.example", "info@power-a.example", date).Mixed(text, Encoding.UTF8, "utf-8", (name, content)).Done();

    public static byte[] Second(string date, string password) =>
        Plain("password", "tanaka@firm.example", "info@power-a.example", date, $"パスワードは {password} です。");

    public static byte[] Forward(params byte[][] mails)
    {
        var forward = Head("Fwd: suspicious mail", "staff@power-a.example", "report@hub.example", "Thu, 17 Oct 2013 12:00:00 +0900")
            .Header("Content-Type", "multipart/mixed; boundary=\"b1\"")
            .Raw("\r\n--b1\r\nContent-Type: text/plain\r\n\r\nplease look\r\n");
        foreach (var mail in mails)
        {
            forward.Raw("--b1\r\nContent-Type: message/rfc822\r\n\r\n").Raw(mail).Raw("\r\n");
        }

        return forward.Raw("--b1--\r\n").Done();
    }

    public static byte[] Box(params byte[][] mails) =>
        [.. mails.SelectMany(mail => (byte[])[.. "From x Thu Oct 17 09:02:00 2013\n"u8, .. mail, .. "\n"u8])];

    public static byte[] LockedZip(string password, params (string Name, byte[] Content)[] files) =>
        ZipMaker.Zip(
            [.. files.Select(file => new MadeFile(file.Name, file.Content))],
            new ZipChoices { Password = password, Lock = ZipLock.ZipCrypto }
        );

    public static byte[] Zip(params (string Name, byte[] Content)[] files) =>
        ZipMaker.Zip([.. files.Select(file => new MadeFile(file.Name, file.Content))], new ZipChoices { Deflate = false });

    private static MailMaker Head(string subject, string from, string to, string date) =>
        new MailMaker()
            .Header("Date", date)
            .Header("From", from)
            .Header("To", to)
            .Header("Message-ID", $"<{subject.Length}.{date.Length}@mail.example>")
            .Header("Subject", MailMaker.Word(subject, "UTF-8", Encoding.UTF8))
            .Header("MIME-Version", "1.0");
}
