using System.Globalization;
using System.Text;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.Makers;
using Noroshi.Makers.Corpus;
using Noroshi.Makers.FileTypes;

namespace Noroshi.Hub.Tests.Conversations;

/// <summary>An exchange in which the outsider leads the window on, as real mails with real archives: nine messages.</summary>
internal static class LedExchange
{
    public const string Person = "kimura.lab@webmail.example";
    public const string Window = "products@power-a.example";

    /// <summary>The nine messages, with roles.</summary>
    public static IReadOnlyList<ExchangeEntry> Entries() => Roles.Assign([.. Mails().Select(ExchangeEntry.Of)], suspected: false);

    public static string Label(int at) => string.Create(CultureInfo.InvariantCulture, $"#4-{at + 1}");

    public static IReadOnlyList<ProvidedMail> Mails() =>
        [
            In(
                "09:02",
                "製品についてのお問い合わせ",
                "貴社製品の仕様についてお尋ねしたいことがあり、ご連絡しました。\nご回答をいただけますでしょうか。"
            ),
            Out("10:14", "お問い合わせありがとうございます。\n仕様書の3ページをご覧ください。"),
            In(
                "10:27",
                "Re: 製品について",
                "ご回答ありがとうございます。\n「本研究室の資料」をお送りしますのでご覧ください。",
                ("研究室資料.exe", ProgramMaker.Pe())
            ),
            Out("11:40", "お送りいただいた添付ファイルの内容を確認することができませんでした。"),
            In(
                "11:58",
                "Re: 製品について",
                "失礼しました。「本研究室の資料」を再送します。\nパスワードは kenkyu2013 です。",
                ("研究室資料.rar", RarMaker.Rar5([new MadeFile("研究室資料.exe", ProgramMaker.Pe())], "kenkyu2013"))
            ),
            Out("13:05", "再度お送りいただいたファイルですが、こちらでは解凍できませんでした。"),
            In("13:18", "Re: 製品について", "そうですか。解凍ソフトは何をお使いでしょうか。"),
            Out("14:02", "解凍ソフトはLhaplusを使用しています。"),
            In(
                "14:53",
                "Re: 製品について",
                "ありがとうございます。「本研究室の資料」をもう一度お送りします。\nパスワードは kenkyu2013 です。",
                ("研究室資料.rar", RarMaker.Rar4([new MadeFile("研究室資料.exe", ProgramMaker.Pe())], "kenkyu2013"))
            ),
        ];

    /// <summary>A mail from the person outside.</summary>
    public static ProvidedMail In(string time, string subject, string text, params (string Name, byte[] Content)[] files) =>
        Made(Person, Window, time, subject, text, MailDirection.Inbound, files);

    /// <summary>A mail from the window.</summary>
    public static ProvidedMail Out(string time, string text) =>
        Made(Window, Person, time, "Re: 製品について", text, MailDirection.Outbound, []);

    private static ProvidedMail Made(
        string from,
        string to,
        string time,
        string subject,
        string text,
        MailDirection direction,
        (string Name, byte[] Content)[] files
    )
    {
        var at = DateTimeOffset.Parse($"2013-10-17T{time}:00+09:00", CultureInfo.InvariantCulture);
        var mail = new MailMaker()
            .Header("Date", at.ToString("ddd, dd MMM yyyy HH:mm:ss +0900", CultureInfo.InvariantCulture))
            .Header("From", from)
            .Header("To", to)
            .Header("Subject", MailMaker.Word(subject))
            .Header("Message-ID", $"<{time.Replace(":", "", StringComparison.Ordinal)}@made.example>")
            .Header("MIME-Version", "1.0");
        mail =
            files.Length > 0
                ? mail.Mixed(text, Encoding.UTF8, "utf-8", files)
                : mail.Header("Content-Type", "text/plain; charset=utf-8").Body(text, Encoding.UTF8);
        return new ProvidedMail
        {
            Key = time,
            File = $"{time}.eml",
            Organization = "power-a",
            Window = "products",
            Direction = direction,
            Channel = "mail",
            ReceivedAt = at,
            TimeSource = "date",
            Facts = Dissector.Mail(mail.Done()),
        };
    }
}
