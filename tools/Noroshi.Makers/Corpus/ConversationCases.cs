namespace Noroshi.Makers.Corpus;

/// <summary>
/// Sequences of mails between a window and somebody who asks first and attacks later. The names begin with the sequence and the number in it;
/// the password of a locked file comes in a mail of its own, in time (72 hours) or not.
/// </summary>
public static class ConversationCases
{
    private const string Attacker = "tanaka.ichiro@webmail.example";
    private const string Window = "info@power-a.example";
    private const string Other = "suzuki.hanako@trade-b.example";

    private const string Signature = """

        --
        田中 一郎
        ○○工業株式会社 技術部
        TEL: 03-0000-0000
        """;

    private const string WindowSignature = """

        ---------------------------------
        株式会社電力Ａ 製品お問い合わせ窓口
        佐藤
        TEL: 03-0000-0001
        ---------------------------------
        """;

    /// <summary>All cases.</summary>
    public static IEnumerable<CorpusFile> All()
    {
        foreach (var (name, mail) in (IEnumerable<(string, MailMaker)>)[.. InTime(), .. TooLate(), .. PasswordFirst(), .. SomebodyElse()])
        {
            yield return new CorpusFile("conversations", name + ".eml", mail.Done());
        }
    }

    /// <summary>Headers of one mail; ids are those of the sender's domain, so that replies can name them.</summary>
    private static MailMaker Start(string from, string to, string date, string id, string subject, params string[] earlier)
    {
        var host = from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var incoming = from != Window;
        var mail = new MailMaker();
        if (incoming)
        {
            mail.Header("Received", $"from mail.{host} (mail.{host} [198.51.100.{(host.StartsWith("webmail", StringComparison.Ordinal) ? 23 : 57)}]) by mx.power-a.example (Postfix) with ESMTP id 7C{id} for <{to}>; {date}");
        }

        mail.Header("Date", date).Header("From", from).Header("To", to).Header("Message-ID", $"<{id}@{host}>");
        if (earlier.Length > 0)
        {
            mail.Header("In-Reply-To", earlier[^1]).Header("References", string.Join("\r\n ", earlier));
        }

        return mail.Header("Subject", MailMaker.Word(subject)).Header("MIME-Version", "1.0");
    }

    private static MailMaker Text(this MailMaker mail, string text) =>
        mail.Header("Content-Type", "text/plain; charset=iso-2022-jp").Header("Content-Transfer-Encoding", "7bit").Body(text + "\n", Charsets.Jis);

    private static MailMaker Locked(this MailMaker mail, string text, string name, byte[] content) =>
        mail.Mixed(text + "\n", Charsets.Jis, "iso-2022-jp", (name, content));

    private static byte[] Zip(string name, string password) =>
        ZipMaker.Zip(
            [new MadeFile(name, Charsets.ShiftJis.GetBytes("機種,台数\nPA-100,2\nPA-200,1\n"))],
            new ZipChoices { Deflate = false, Names = ZipNames.Cp932, Lock = ZipLock.ZipCrypto, Password = password });

    private static IEnumerable<(string, MailMaker)> InTime()
    {
        const string inquiry = "<201310170902.a1@webmail.example>";
        const string reply = "<201310171340.a2@power-a.example>";
        const string locked = "<201310181015.a3@webmail.example>";
        yield return ("a1-inquiry", Start(Attacker, Window, "Thu, 17 Oct 2013 09:02:00 +0900", "201310170902.a1", "製品についてのお問い合わせ").Text(
            $"""
            株式会社電力Ａ
            製品お問い合わせ窓口 御中

            突然のご連絡失礼いたします。○○工業の田中と申します。
            貴社の小型発電設備について、導入を検討しております。
            社内で用途をまとめた資料がありますので、お送りしてもよろしいでしょうか。
            ご担当の方をご教示いただければ幸いです。
            {Signature}
            """));
        yield return ("a2-reply", Start(Window, Attacker, "Thu, 17 Oct 2013 13:40:00 +0900", "201310171340.a2", "Re: 製品についてのお問い合わせ", inquiry).Text(
            $"""
            ○○工業株式会社
            田中様

            お問い合わせいただき、ありがとうございます。
            小型発電設備の件、担当の佐藤が承ります。
            資料につきましては、このアドレスあてにお送りください。
            {WindowSignature}

            > 社内で用途をまとめた資料がありますので、お送りしてもよろしいでしょうか。
            > ご担当の方をご教示いただければ幸いです。
            """));
        yield return ("a3-locked-file", Start(Attacker, Window, "Fri, 18 Oct 2013 10:15:00 +0900", "201310181015.a3", "Re: Re: 製品についてのお問い合わせ", inquiry, reply).Locked(
            $"""
            株式会社電力Ａ
            佐藤様

            早速のご返信ありがとうございます。○○工業の田中です。
            資料を添付いたしますので、ご確認をお願いいたします。
            社内規定により暗号化しております。パスワードは次のメールでお知らせします。
            {Signature}
            """,
            "用途一覧.zip",
            Zip("用途一覧.csv", "Youto-1018")));
        yield return ("a4-password", Start(Attacker, Window, "Fri, 18 Oct 2013 10:21:00 +0900", "201310181021.a4", "パスワードのお知らせ", inquiry, reply, locked).Text(
            $"""
            株式会社電力Ａ
            佐藤様

            ○○工業の田中です。
            先ほどお送りした添付ファイルのパスワードをお知らせします。

            パスワード：Youto-1018

            よろしくお願いいたします。
            {Signature}
            """));
        yield return ("a5-cannot-open", Start(Window, Attacker, "Fri, 18 Oct 2013 15:05:00 +0900", "201310181505.a5", "Re: パスワードのお知らせ", inquiry, reply, locked, "<201310181021.a4@webmail.example>").Text(
            $"""
            ○○工業株式会社
            田中様

            資料をお送りいただき、ありがとうございます。
            ご案内のパスワードで解凍しましたが、表が途中までしか表示されません。
            恐れ入りますが、別の形式で再度お送りいただけますでしょうか。
            {WindowSignature}
            """));
    }

    private static IEnumerable<(string, MailMaker)> TooLate()
    {
        const string locked = "<201311051102.b1@webmail.example>";
        yield return ("b1-locked-file", Start(Attacker, Window, "Tue, 05 Nov 2013 11:02:00 +0900", "201311051102.b1", "保守契約の見積について").Locked(
            $"""
            株式会社電力Ａ
            佐藤様

            お世話になっております。○○工業の田中です。
            保守契約の見積をお願いしたく、対象機器の一覧をお送りします。
            パスワードは担当の者から改めてご連絡いたします。
            {Signature}
            """,
            "対象機器.zip",
            Zip("対象機器.csv", "Hoshu#1109")));
        yield return ("b2-reminder", Start(Window, Attacker, "Thu, 07 Nov 2013 09:30:00 +0900", "201311070930.b2", "Re: 保守契約の見積について", locked).Text(
            $"""
            ○○工業株式会社
            田中様

            対象機器の一覧を受け取りましたが、まだ開くことができておりません。
            お手すきの際にご連絡をお願いいたします。
            {WindowSignature}
            """));
        yield return ("b3-password-after-four-days", Start(Attacker, Window, "Sat, 09 Nov 2013 11:02:00 +0900", "201311091102.b3", "Re: Re: 保守契約の見積について", locked, "<201311070930.b2@power-a.example>").Text(
            $"""
            株式会社電力Ａ
            佐藤様

            ご連絡が遅くなり申し訳ございません。○○工業の田中です。
            先日の添付ファイルの解凍パスワードは Hoshu#1109 です。
            {Signature}
            """));
    }

    private static IEnumerable<(string, MailMaker)> PasswordFirst()
    {
        yield return ("c1-password-before", Start(Attacker, Window, "Mon, 02 Dec 2013 16:48:00 +0900", "201312021648.c1", "明日お送りする資料のパスワード").Text(
            $"""
            株式会社電力Ａ
            佐藤様

            お世話になっております。○○工業の田中です。
            明日、図面をまとめてお送りします。
            解凍パスワードは「zumen-a7」ですので、お控えください。
            {Signature}
            """));
        yield return ("c2-locked-file", Start(Attacker, Window, "Tue, 03 Dec 2013 09:10:00 +0900", "201312030910.c2", "図面の送付").Locked(
            $"""
            株式会社電力Ａ
            佐藤様

            お世話になっております。○○工業の田中です。
            図面をお送りします。パスワードは昨日のメールをご覧ください。
            {Signature}
            """,
            "図面.rar",
            RarMaker.Rar5([new MadeFile("図面.csv", Charsets.ShiftJis.GetBytes("図番,名称\nA-01,配置図\n"))], "zumen-a7", encryptHeaders: true)));
    }

    private static IEnumerable<(string, MailMaker)> SomebodyElse()
    {
        yield return ("d1-locked-file", Start(Attacker, Window, "Wed, 15 Jan 2014 10:00:00 +0900", "201401151000.d1", "打ち合わせ資料").Locked(
            $"""
            株式会社電力Ａ
            佐藤様

            お世話になっております。○○工業の田中です。
            打ち合わせの資料をお送りします。パスワードは別途ご連絡いたします。
            {Signature}
            """,
            "打合せ.zip",
            Zip("打合せ.csv", "Uchi-0115")));
        yield return ("d2-password-of-another-sender", Start(Other, "sales@maker-c.example", "Wed, 15 Jan 2014 10:30:00 +0900", "201401151030.d2", "添付ファイルのパスワード").Text(
            """
            株式会社製作所Ｃ
            営業部 ご担当者様

            お世話になっております。商事Ｂの鈴木です。
            先ほどの添付ファイルのパスワードは Uchi-0115 です。

            --
            鈴木 花子
            商事Ｂ株式会社
            """));
    }
}
