using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Headers;

public sealed class AutomaticMailDetectorTests
{
    [Theory]
    [InlineData("Auto-Submitted", "auto-replied", "auto-reply")]
    [InlineData("Auto-Submitted", "auto-generated (rejected)", "bulk")]
    [InlineData("X-Autoreply", "yes", "auto-reply")]
    [InlineData("Precedence", "auto_reply", "auto-reply")]
    [InlineData("Precedence", "bulk", "bulk")]
    [InlineData("List-Unsubscribe", "<mailto:u@x.example>", "list")]
    [InlineData("List-Post", "NO", "list")]
    [InlineData("X-Auto-Response-Suppress", "All", "bulk")]
    [InlineData("Content-Type", "multipart/report; report-type=delivery-status", "report")]
    [InlineData("Return-Path", "<>", "auto-reply")]
    [InlineData("From", "MAILER-DAEMON@x.example", "report")]
    public void Headers_of_programs_are_automatic(string name, string value, string kind) =>
        AutomaticMailDetector.Detect(HeaderTexts.Block((name, value)), "件名", "本文").ShouldNotBeNull().Kind.ShouldBe(kind);

    [Theory]
    [InlineData("Auto-Submitted", "no")]
    [InlineData("X-Auto-Response-Suppress", "DR, OOF, AutoReply")]
    [InlineData("Precedence", "first-class")]
    [InlineData("Return-Path", "<a@x.example>")]
    [InlineData("Content-Type", "multipart/mixed")]
    public void Headers_that_people_s_mail_has_are_not(string name, string value) =>
        AutomaticMailDetector.Detect(HeaderTexts.Block((name, value)), "件名", "本文").ShouldBeNull();

    [Fact]
    public void A_window_that_is_a_mailing_list_does_not_make_people_s_mail_automatic() =>
        AutomaticMailDetector
            .Detect(
                HeaderTexts.Block(
                    ("Precedence", "list"),
                    ("List-Id", "<info.own.example>"),
                    ("List-Post", "<mailto:info@own.example>"),
                    ("List-Unsubscribe", "<https://x.example/>")
                ),
                "製品について",
                "はじめまして。"
            )
            .ShouldBeNull();

    [Theory]
    [InlineData("自動応答: 資料の件", "", "auto-reply")]
    [InlineData("【自動返信】お問い合わせありがとうございます", "", "auto-reply")]
    [InlineData("Automatic reply: Inquiry", "", "auto-reply")]
    [InlineData("[Out of Office] Inquiry", "", "auto-reply")]
    [InlineData("お問い合わせを受け付けました", "", "receipt")]
    [InlineData("【受付完了】製品のご質問", "", "receipt")]
    [InlineData("不在通知", "", "auto-reply")]
    [InlineData("Re: 製品について", "※このメールは自動送信しております。\nご返信いただいてもお答えできません。", "auto-reply")]
    [InlineData("Re: 製品について", "山田様\n\nお問い合わせを受け付けました。\n担当者よりご連絡いたします。", "receipt")]
    [InlineData("お問い合わせの件", "この度はお問い合わせいただきありがとうございます。\n\n受付番号:2013-00123\n", "receipt")]
    [InlineData("Your inquiry", "This is an automated response. Please do not reply to this e-mail.", "auto-reply")]
    [InlineData("Your inquiry", "Dear customer,\nwe have received your inquiry and will answer soon.", "receipt")]
    [InlineData("配信不能: 資料", "", "report")]
    public void Words_of_programs_are_automatic(string subject, string body, string kind) =>
        AutomaticMailDetector.Detect(HeaderBlock.Empty, subject, body).ShouldNotBeNull().Kind.ShouldBe(kind);

    [Theory]
    [InlineData("Re: 【自動返信】お問い合わせありがとうございます", "先日お問い合わせした山田です。\n添付の資料をご確認ください。")]
    [InlineData(
        "Re: お問い合わせを受け付けました",
        "山田です。\n\n-----Original Message-----\nお問い合わせを受け付けました。\n受付番号:123"
    )]
    [InlineData("質問", "「このメールは自動送信です」と書かれた返信が届きました。\nどうすればよいでしょうか。")]
    [InlineData("質問", "お問い合わせを受け付けましたとのメールをいただきましたが、その後ご連絡がありません。")]
    [InlineData("質問", "受付番号:12345 の件で、追加の資料をお送りします。")]
    [InlineData("質問", "受付番号:12345\n先日の件、いかがでしょうか。")]
    [InlineData("Re: 資料", "明日は不在にしておりますので、明後日ご連絡します。")]
    [InlineData("Re: 資料", "> このメールは自動送信しております。\n承知しました。")]
    [InlineData("受付番号:12345の件", "山田です。")]
    [InlineData("自動応答の設定について", "質問です。")]
    [InlineData("Out of office furniture", "A question about your products.")]
    [InlineData("自動返信が届きました", "どういうことでしょうか。")]
    [InlineData("Question", "I only got \"we have received your inquiry\" and no answer.")]
    [InlineData("Re: Your inquiry", "Thanks.\n\nOn Thu, Support wrote:\nThis is an automated response.")]
    public void A_person_who_speaks_of_automatic_mail_is_no_program(string subject, string body) =>
        AutomaticMailDetector.Detect(HeaderBlock.Empty, subject, body).ShouldBeNull();

    [Fact]
    public void A_receipt_with_the_header_of_automatic_mail_is_a_receipt() =>
        AutomaticMailDetector
            .Detect(HeaderTexts.Block(("Auto-Submitted", "auto-replied")), "受付番号 123 お問い合わせを受け付けました", "")
            .ShouldNotBeNull()
            .Kind.ShouldBe("receipt");

    [Fact]
    public void Delivery_failures_of_the_real_corpus_are_automatic()
    {
        var (mails, automatic) = (0, 0);
        foreach (var file in Directory.EnumerateFiles(Corpora.Folder("mails-ja"), "*.eml", SearchOption.AllDirectories))
        {
            var headers = HeaderTexts.Read(File.ReadAllBytes(file));
            mails++;
            automatic += AutomaticMailDetector.Detect(headers, headers.First("Subject") ?? "", "") is not null ? 1 : 0;
        }

        mails.ShouldBeGreaterThan(300);
        ((double)automatic / mails).ShouldBeGreaterThan(0.85, $"{automatic} of {mails}");
        TestContext.Current.SendDiagnosticMessage($"Delivery failures seen as automatic by their headers: {automatic} of {mails}");
    }
}
