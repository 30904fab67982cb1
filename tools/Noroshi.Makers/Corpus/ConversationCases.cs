namespace Noroshi.Makers.Corpus;

/// <summary>Exchanges between a window and a person outside, mail by mail, with the password in a mail of its own.</summary>
public static class ConversationCases
{
    private const string Person = "tanaka.ichiro@webmail.example";
    private const string Window = "info@power-a.example";

    /// <summary>All cases; the names sort in the order of the exchange.</summary>
    public static IEnumerable<CorpusFile> All()
    {
        foreach (var (name, mail) in Cases())
        {
            yield return new CorpusFile("conversations", name + ".eml", mail.Done());
        }
    }

    private static IEnumerable<(string Name, MailMaker Mail)> Cases()
    {
        yield return (
            "a1-inquiry",
            Mail(Person, Window, "Thu, 17 Oct 2013 09:02:00 +0900", "a1", null, "製品の仕様について")
                .Body(
                    "製品お問い合わせ窓口 御中\n\nはじめまして。○○工業の田中と申します。\n資料をお送りして確認いただきたいのですが、添付ファイルは受け取っていただけますでしょうか。\n\n田中 一郎\n",
                    Charsets.Jis
                )
        );
        yield return (
            "a2-reply",
            Mail(Window, Person, "Thu, 17 Oct 2013 10:15:00 +0900", "a2", "a1", "Re: 製品の仕様について")
                .Body(
                    "田中様\n\nお問い合わせありがとうございます。\n添付ファイルをお送りいただいて差し支えございません。\n\n電力Ａ 製品お問い合わせ窓口\n\n2013年10月17日 9:02 <tanaka.ichiro@webmail.example>:\n> はじめまして。○○工業の田中と申します。\n",
                    Charsets.Jis
                )
        );
        yield return (
            "a3-locked-zip",
            Mail(Person, Window, "Thu, 17 Oct 2013 10:28:00 +0900", "a3", "a2", "Re: 製品の仕様について")
                .Mixed(
                    "ご返信ありがとうございます。\n資料をお送りいたします。パスワードは別のメールでお送りします。\n\n田中 一郎\n",
                    Charsets.Jis,
                    "iso-2022-jp",
                    (
                        "資料.zip",
                        ZipMaker.Zip([MadeFile.Text("性能表.csv", "a,b\n1,2\n")], new() { Lock = ZipLock.Aes256, Password = "Tanaka#1017" })
                    )
                )
        );
        yield return (
            "a4-password",
            Mail(Person, Window, "Thu, 17 Oct 2013 10:30:00 +0900", "a4", "a2", "パスワードのご連絡")
                .Body("先ほどお送りした資料のパスワードをお知らせします。\n\nパスワード：Tanaka#1017\n\n田中 一郎\n", Charsets.Jis)
        );
        yield return (
            "b1-locked-zip",
            Mail("suzuki@office.example", "sales@chem-b.example", "Mon, 21 Oct 2013 13:00:00 +0900", "b1", null, "見積書の送付")
                .Mixed(
                    "いつもお世話になっております。\n見積書をお送りいたします。\n",
                    Charsets.Jis,
                    "iso-2022-jp",
                    (
                        "見積書.zip",
                        ZipMaker.Zip(
                            [MadeFile.Text("見積書.txt", "合計 100,000円\n")],
                            new() { Lock = ZipLock.ZipCrypto, Password = "mitsu-5521" }
                        )
                    )
                )
        );
        yield return (
            "b2-password-too-late",
            Mail("suzuki@office.example", "sales@chem-b.example", "Fri, 25 Oct 2013 13:00:00 +0900", "b2", null, "パスワードの件")
                .Body("先日の見積書のパスワードは mitsu-5521 です。\n", Charsets.Jis)
        );
    }

    private static MailMaker Mail(string from, string to, string date, string id, string? parent, string subject)
    {
        var mail = new MailMaker()
            .Header("Date", date)
            .Header("From", from)
            .Header("To", to)
            .Header("Message-ID", $"<{id}@{from.Split('@')[1]}>")
            .Header("Subject", MailMaker.Word(subject))
            .Header("MIME-Version", "1.0");
        return parent is null ? mail : mail.Header("In-Reply-To", $"<{parent}@{to.Split('@')[1]}>");
    }
}
