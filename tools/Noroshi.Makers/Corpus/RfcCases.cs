using System.Text;

namespace Noroshi.Makers.Corpus;

/// <summary>Well-formed mails: the structures of the RFCs, and forwards in the shapes of the usual programs.</summary>
public static class RfcCases
{
    /// <summary>All cases.</summary>
    public static IEnumerable<CorpusFile> All()
    {
        foreach (var (name, bytes) in Cases())
        {
            yield return new CorpusFile("rfc", name + ".eml", bytes);
        }
    }

    private static byte[] Reported() =>
        MailMaker
            .Inquiry()
            .Header("Subject", MailMaker.Word(JapaneseCases.Subject))
            .Header("Content-Type", "text/plain; charset=iso-2022-jp")
            .Body(JapaneseCases.Text, Charsets.Jis)
            .Done();

    private static MailMaker Window(string subject) =>
        new MailMaker()
            .Header(
                "Received",
                "from mx.power-a.example (mx.power-a.example [192.0.2.10]) by hub.example (Postfix) with ESMTPS id 9F for <give@hub.example>; Thu, 17 Oct 2013 10:00:03 +0900"
            )
            .Header("Date", "Thu, 17 Oct 2013 10:00:00 +0900")
            .Header("From", $"{MailMaker.Word("窓口担当")} <info@power-a.example>")
            .Header("To", "give@hub.example")
            .Header("Message-ID", "<fwd.1@power-a.example>")
            .Header("Subject", subject)
            .Header("MIME-Version", "1.0");

    private static MailMaker Forward(string subject, string boundary, string cover, string partHeaders) =>
        Window(subject)
            .Header("Content-Type", $"multipart/mixed; boundary=\"{boundary}\"")
            .Raw($"\r\n--{boundary}\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n")
            .Raw(Charsets.Jis.GetBytes(cover))
            .Raw($"\r\n--{boundary}\r\n{partHeaders}\r\n")
            .Raw(Reported())
            .Raw($"\r\n--{boundary}--\r\n");

    private static IEnumerable<(string Name, byte[] Bytes)> Cases()
    {
        foreach (var one in Forwards())
        {
            yield return one;
        }

        yield return (
            "alternative",
            MailMaker
                .Inquiry()
                .Header("Subject", "alternative")
                .Header("Content-Type", "multipart/alternative; boundary=alt")
                .Body(
                    Encoding.UTF8.GetBytes(
                        "--alt\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain text https://www.example.com/a\r\n--alt\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>html text <a href=\"https://evil.example/x\">https://www.example.com/a</a></p>\r\n--alt--\r\n"
                    )
                )
                .Done()
        );
        yield return (
            "html-only",
            MailMaker
                .Inquiry()
                .Header("Subject", "html")
                .Header("Content-Type", "text/html; charset=utf-8")
                .Body(
                    Encoding.UTF8.GetBytes(
                        "<html><body><p>お世話になっております。</p><ul><li>項目</li></ul><img src=\"https://track.example/p.gif\"></body></html>\r\n"
                    )
                )
                .Done()
        );
        yield return (
            "quoted-printable",
            MailMaker
                .Inquiry()
                .Header("Subject", "qp")
                .Header("Content-Type", "text/plain; charset=utf-8")
                .Header("Content-Transfer-Encoding", "quoted-printable")
                .Body(
                    "=E3=81=8A=E4=B8=96=E8=A9=B1=E3=81=AB=E3=81=AA=E3=81=A3=E3=81=A6=\r\n=E3=81=8A=E3=82=8A=E3=81=BE=E3=81=99=E3=80=82\r\n"u8
                )
                .Done()
        );
        yield return (
            "uuencode",
            MailMaker
                .Inquiry()
                .Header("Subject", "uue")
                .Header("Content-Type", "text/plain")
                .Body("The file:\r\n\r\nbegin 644 hello.txt\r\n-2&5L;&\\L('=O<FQD+@``\r\n`\r\nend\r\n\r\nRegards\r\n"u8)
                .Done()
        );
        yield return ("delivery-report", Report());
        yield return (
            "digest",
            MailMaker
                .Inquiry()
                .Header("Subject", "digest")
                .Header("Content-Type", "multipart/digest; boundary=d")
                .Body(
                    "--d\r\n\r\nFrom: one@example.com\r\nSubject: one\r\n\r\nfirst\r\n--d\r\n\r\nFrom: two@example.com\r\nSubject: two\r\n\r\nsecond\r\n--d--\r\n"u8
                )
                .Done()
        );
        yield return (
            "auto-reply",
            MailMaker
                .Inquiry()
                .Header("Subject", MailMaker.Word("自動返信：お問い合わせを受け付けました"))
                .Header("Auto-Submitted", "auto-replied")
                .Header("Content-Type", "text/plain; charset=iso-2022-jp")
                .Body("受付番号：2013-0001\nこのメールは自動で送信しています。\n", Charsets.Jis)
                .Done()
        );
        yield return (
            "web-form-notice",
            MailMaker
                .Inquiry()
                .Header("Subject", MailMaker.Word("【お問い合わせフォーム】新しい問い合わせ"))
                .Header("Content-Type", "text/plain; charset=iso-2022-jp")
                .Body(
                    "お問い合わせフォームから以下の内容が送信されました。\n\n[お名前] 田中 一郎\n[メールアドレス] tanaka.ichiro@webmail.example\n[件名] 製品の仕様について\n[お問い合わせ内容]\n性能表を送りたいのですが、添付は可能でしょうか。\n",
                    Charsets.Jis
                )
                .Done()
        );
        yield return ("mail-in-mail-in-mail", Nested());
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Forwards()
    {
        const string cover = "不審なメールが届いたため転送します。\r\n";
        yield return (
            "forward-outlook",
            Forward(
                    "FW: report",
                    "----=_NextPart_000_0001_01CECB21.A0B1C2D0",
                    cover,
                    "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\nContent-Disposition: attachment\r\n"
                )
                .Done()
        );
        yield return (
            "forward-thunderbird",
            Forward(
                    "Fwd: " + MailMaker.Word(JapaneseCases.Subject),
                    "------------000301050607080903040201",
                    cover,
                    $"Content-Type: message/rfc822;\r\n name=\"{MailMaker.Word(JapaneseCases.Subject + ".eml")}\"\r\nContent-Transfer-Encoding: 7bit\r\nContent-Disposition: attachment;\r\n filename=\"{MailMaker.Word(JapaneseCases.Subject + ".eml")}\"\r\n"
                )
                .Done()
        );
        yield return (
            "forward-gmail",
            Forward(
                    MailMaker.Word("不審メールの件"),
                    "001a11c2d4e8f7b0a504e8e0b1c2",
                    "",
                    "Content-Type: message/rfc822; name=\"original.eml\"\r\nContent-Disposition: attachment; filename=\"original.eml\"\r\nX-Attachment-Id: f_hmv1abcd0\r\n"
                )
                .Done()
        );
        yield return (
            "forward-apple-mail",
            Forward(
                    "Fwd: " + MailMaker.Word("問い合わせ"),
                    "Apple-Mail-1A2B3C4D-5E6F-7081-92A3-B4C5D6E7F809",
                    cover,
                    "Content-Disposition: attachment\r\nContent-Type: message/rfc822;\r\n\tname=\"Mail Attachment.eml\"\r\nContent-Transfer-Encoding: 8bit\r\n"
                )
                .Done()
        );
        var base64 = Window("FW: base64").Mixed(cover, Charsets.Jis, "iso-2022-jp", ("reported.eml", Reported()));
        yield return ("forward-eml-as-octet-stream", base64.Done());
    }

    private static byte[] Report() =>
        MailMaker
            .Inquiry()
            .Header("Subject", "Undelivered Mail Returned to Sender")
            .Header("Content-Type", "multipart/report; report-type=delivery-status; boundary=\"r\"")
            .Raw(
                "\r\n--r\r\nContent-Type: text/plain\r\n\r\nThe mail could not be delivered.\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; nobody@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--r\r\nContent-Type: message/rfc822\r\n\r\n"
            )
            .Raw(Reported())
            .Raw("\r\n--r--\r\n")
            .Done();

    private static byte[] Nested()
    {
        var mail = Reported();
        for (var level = 0; level < 3; level++)
        {
            mail = Window($"level {level}")
                .Header("Content-Type", $"multipart/mixed; boundary=\"n{level}\"")
                .Raw(
                    $"\r\n--n{level}\r\nContent-Type: text/plain\r\n\r\nlevel {level}\r\n--n{level}\r\nContent-Type: message/rfc822\r\n\r\n"
                )
                .Raw(mail)
                .Raw($"\r\n--n{level}--\r\n")
                .Done();
        }

        return mail;
    }
}
