namespace Noroshi.Hub.Tests.Intake;

/// <summary>A forward as a mail program writes it; the mail inside is always the same one of its language.</summary>
/// <param name="Program">Whose form it is.</param>
/// <param name="Body">Body of the forwarding mail.</param>
/// <param name="Japanese">Language of the mail inside.</param>
public sealed record ForwardFixture(string Program, string Body, bool Japanese)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Program} ({(Japanese ? "ja" : "en")})";
}

/// <summary>Forms of inline forwards, written after what the programs produce.</summary>
public static class ForwardFixtures
{
    public const string TextJa = "初めてご連絡いたします。\n貴社製品の仕様について伺いたく、資料をお送りします。\nご確認ください。";
    public const string TextEn =
        "This is my first mail to you.\nI have a question about your product and attach a document.\nPlease check it.";

    public static IReadOnlyList<ForwardFixture> All { get; } =
    [
        Ja(
            "Outlook",
            $"不審なメールが届いたので転送します。\n\n-----Original Message-----\nFrom: 山田 太郎 <taro.yamada@free.example>\nSent: Thursday, October 17, 2013 9:02 AM\nTo: 問い合わせ窓口 <inquiries@power-a.example>\nSubject: 製品についてのお問い合わせ\n\n{TextJa}"
        ),
        Ja(
            "Outlook with Japanese labels",
            $"お疲れさまです。\n\n________________________________\n差出人: 山田 太郎 <taro.yamada@free.example>\n送信日時: 2013年10月17日 9:02\n宛先: 問い合わせ窓口 <inquiries@power-a.example>\n件名: 製品についてのお問い合わせ\n\n{TextJa}"
        ),
        Ja(
            "Outlook 365",
            $"転送します。\n\nFrom: 山田 太郎 <taro.yamada@free.example>\nSent: Thursday, October 17, 2013 9:02 AM\nTo: inquiries@power-a.example\nSubject: 製品についてのお問い合わせ\n\n{TextJa}"
        ),
        Ja(
            "Outlook, addresses as links",
            $"-----元のメッセージ-----\n差出人: 山田 太郎 [mailto:taro.yamada@free.example]\n送信日時: 2013年10月17日木曜日 9:02\n宛先: 問い合わせ窓口\nCC: 広報\n件名: 製品についてのお問い合わせ\n重要度: 高\n\n{TextJa}"
        ),
        Ja(
            "Thunderbird",
            $"確認をお願いします。\n\n\n-------- 転送メッセージ --------\n件名: \t製品についてのお問い合わせ\n日付: \tThu, 17 Oct 2013 09:02:00 +0900\n差出人: \t山田 太郎 <taro.yamada@free.example>\n宛先: \tinquiries@power-a.example\n\n\n\n{TextJa}"
        ),
        Ja(
            "Thunderbird, older",
            $"-------- Original Message --------\nSubject: \t製品についてのお問い合わせ\nDate: \tThu, 17 Oct 2013 09:02:00 +0900\nFrom: \t山田 太郎 <taro.yamada@free.example>\nTo: \tinquiries@power-a.example\n\n{TextJa}"
        ),
        Ja(
            "Gmail",
            $"---------- Forwarded message ---------\nFrom: 山田 太郎 <taro.yamada@free.example>\nDate: 2013年10月17日(木) 9:02\nSubject: 製品についてのお問い合わせ\nTo: <inquiries@power-a.example>\n\n\n{TextJa}"
        ),
        Ja(
            "Gmail in Japanese",
            $"転送します。\n\n---------- 転送メッセージ ----------\n差出人: 山田 太郎 <taro.yamada@free.example>\n日時: 2013年10月17日(木) 9:02\n件名: 製品についてのお問い合わせ\n宛先: inquiries@power-a.example\n\n{TextJa}"
        ),
        Ja(
            "Becky!",
            $"よろしくお願いします。\n\nForwarded by 受付 <clerk@power-a.example>\n----------------------- Original Message -----------------------\n From:    山田 太郎 <taro.yamada@free.example>\n To:      inquiries@power-a.example\n Date:    Thu, 17 Oct 2013 09:02:00 +0900\n Subject: 製品についてのお問い合わせ\n----\n\n{TextJa}\n--------------------- Original Message Ends --------------------"
        ),
        Ja(
            "Apple Mail",
            $"転送します。\n\n転送されたメッセージ:\n\n> 差出人: 山田 太郎 <taro.yamada@free.example>\n> 件名: 製品についてのお問い合わせ\n> 日付: 2013年10月17日 9:02:00 JST\n> 宛先: inquiries@power-a.example\n> \n{Quoted(TextJa)}"
        ),
        Ja(
            "Apple Mail on a phone",
            $"iPhoneから送信\n\n転送されたメッセージ:\n\n差出人: 山田 太郎 <taro.yamada@free.example>\n日時: 2013年10月17日 9:02:00 JST\n宛先: inquiries@power-a.example\n件名: 製品についてのお問い合わせ\n\n{TextJa}"
        ),
        Ja(
            "a webmailer",
            $"----- Original Message -----\n>From: \"山田 太郎\" <taro.yamada@free.example>\n>To: inquiries@power-a.example\n>Date: 2013/10/17, Thu 09:02\n>Subject: 製品についてのお問い合わせ\n>\n{Quoted(TextJa, ">")}"
        ),
        Ja(
            "another webmailer",
            $"----- Forwarded Message -----\nFrom: 山田 太郎 <taro.yamada@free.example>\nTo: \"inquiries@power-a.example\" <inquiries@power-a.example>\nDate: 2013/10/17, Thu 09:02\nSubject: 製品についてのお問い合わせ\n\n{TextJa}"
        ),
        Ja(
            "groupware",
            $"下記のメールについて調査をお願いします。\n\n======== 転送メール ========\n差出人：山田 太郎 <taro.yamada@free.example>\n宛先　：inquiries@power-a.example\n日時　：2013/10/17 9:02\n件名　：製品についてのお問い合わせ\n\n{TextJa}"
        ),
        Ja(
            "Notes",
            $"----- 転送者: 受付/PowerA 日時: 2013/10/17 10:00 -----\n\n送信者: 山田 太郎 <taro.yamada@free.example>\n宛先: inquiries@power-a.example\n日付: 2013/10/17 09:02\n件名: 製品についてのお問い合わせ\n\n{TextJa}"
        ),
        Ja("hand-made quote", $"2013年10月17日(木) 9:02 山田 太郎 <taro.yamada@free.example>:\n{Quoted(TextJa)}"),
        En(
            "Outlook",
            $"Suspicious, see below.\n\n-----Original Message-----\nFrom: John Smith <john.smith@free.example>\nSent: Thursday, October 17, 2013 9:02 AM\nTo: Inquiries\nSubject: Question about a product\n\n{TextEn}"
        ),
        En(
            "Outlook 365",
            $"FYI\n\n________________________________\nFrom: John Smith <john.smith@free.example>\nSent: Thursday, October 17, 2013 9:02 AM\nTo: inquiries@power-a.example <inquiries@power-a.example>\nSubject: Question about a product\n\n{TextEn}"
        ),
        En(
            "Outlook, bold labels",
            $"FYI\n\n*From:* John Smith <john.smith@free.example>\n*Sent:* Thursday, October 17, 2013 9:02 AM\n*To:* inquiries@power-a.example\n*Subject:* Question about a product\n\n{TextEn}"
        ),
        En(
            "Thunderbird",
            $"-------- Forwarded Message --------\nSubject: \tQuestion about a product\nDate: \tThu, 17 Oct 2013 09:02:00 +0900\nFrom: \tJohn Smith <john.smith@free.example>\nTo: \tinquiries@power-a.example\n\n{TextEn}"
        ),
        En(
            "Gmail",
            $"Please look at this one.\n\n---------- Forwarded message ---------\nFrom: John Smith <john.smith@free.example>\nDate: Thu, Oct 17, 2013 at 9:02 AM\nSubject: Question about a product\nTo: <inquiries@power-a.example>\n\n\n{TextEn}"
        ),
        En(
            "Apple Mail",
            $"Begin forwarded message:\n\n> From: John Smith <john.smith@free.example>\n> Subject: Question about a product\n> Date: 17 October 2013 09:02:00 GMT+9\n> To: inquiries@power-a.example\n> \n{Quoted(TextEn)}"
        ),
        En(
            "Apple Mail, newer",
            $"Begin forwarded message:\n\nFrom: John Smith <john.smith@free.example>\nSubject: Question about a product\nDate: 17 October 2013 09:02:00 GMT+9\nTo: inquiries@power-a.example\n\n{TextEn}"
        ),
        En(
            "mutt",
            $"----- Forwarded message from John Smith <john.smith@free.example> -----\n\nDate: Thu, 17 Oct 2013 09:02:00 +0900\nFrom: John Smith <john.smith@free.example>\nTo: inquiries@power-a.example\nSubject: Question about a product\n\n{TextEn}\n\n----- End forwarded message -----"
        ),
        En(
            "a webmailer",
            $"----- Forwarded Message -----\nFrom: John Smith <john.smith@free.example>\nTo: inquiries@power-a.example\nSent: Thursday, October 17, 2013 9:02 AM\nSubject: Question about a product\n\n{TextEn}"
        ),
        En(
            "Notes",
            $"----- Forwarded by Clerk/PowerA on 10/17/2013 10:00 AM -----\n\nFrom: John Smith <john.smith@free.example>\nTo: inquiries@power-a.example\nDate: 10/17/2013 09:02 AM\nSubject: Question about a product\n\n{TextEn}"
        ),
    ];

    /// <summary>Every line with a mark.</summary>
    public static string Quoted(string text, string mark = "> ") => string.Join('\n', text.Split('\n').Select(line => mark + line));

    private static ForwardFixture Ja(string program, string body) => new(program, body, Japanese: true);

    private static ForwardFixture En(string program, string body) => new(program, body, Japanese: false);
}
