using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Intake.Given;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Makers;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Intake;

/// <summary>What a provision holds, from the bytes of real mails.</summary>
public sealed class GivenMailTests
{
    private const string Attack =
        "From: 山田 太郎 <taro.yamada@free.example>\nTo: inquiries@power-a.example\nSubject: 製品についてのお問い合わせ\nDate: Thu, 17 Oct 2013 09:02:00 +0900\nMessage-ID: <1@free.example>\n\n初めてご連絡いたします。\n";
    private const string Letter = "From: 受付 <clerk@power-a.example>\nTo: token@hub.example\nDate: Thu, 17 Oct 2013 10:00:00 +0900\n";

    private static readonly OwnEstate Giver = new([], [], ["power-a.example"]);
    private static readonly OwnEstate Hub = new([], [], ["hub.example"]);

    public static TheoryData<ForwardFixture> Fixtures => [.. ForwardFixtures.All];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void An_inline_forward_gives_the_letter_and_the_reported_mail(ForwardFixture fixture)
    {
        var mails = Read($"{Letter}Subject: Fwd: x\n\n{fixture.Body}\n");
        mails
            .Select(mail => (mail.Key, mail.Carrier, mail.Direction))
            .ShouldBe([("a.eml", null, MailDirection.Provision), ("a.eml!inline", "a.eml", MailDirection.Inbound)]);
        Codes(mails[1]).ShouldBe(["intake.inline-forward"]);
        mails[1].TimeSource.ShouldBe("quote");
        mails[1].ReceivedAt.ShouldBe(new DateTimeOffset(2013, 10, 17, 9, 2, 0, TimeSpan.FromHours(9)));
        mails[1].Facts.Body.Text.ShouldContain(fixture.Japanese ? "ご確認ください。" : "Please check it.");
    }

    [Fact]
    public void A_colleagues_forward_leads_to_the_mail_that_an_outsider_wrote()
    {
        var mails = Read(
            $"{Letter}Subject: FW: FW: x\n\n転送します。受付\n\n-----Original Message-----\nFrom: 製品部 鈴木 <suzuki@power-a.example>\nSent: Thursday, October 17, 2013 9:30 AM\nTo: 受付 <clerk@power-a.example>\nSubject: FW: x\n\n変なメールが来ました。鈴木\n\n-----Original Message-----\nFrom: 山田 太郎 <taro.yamada@free.example>\nSent: Thursday, October 17, 2013 9:02 AM\nTo: suzuki@power-a.example\nSubject: 製品について\n\n初めてご連絡いたします。\n"
        );
        mails[1].Facts.From?.Address.ShouldBe("taro.yamada@free.example");
        mails[1].Facts.Subject.ShouldBe("製品について");
        mails[1].Facts.Body.Text.ShouldBe("初めてご連絡いたします。");
    }

    [Fact]
    public void An_exchange_forwarded_as_text_keeps_its_earlier_mails_as_quotes()
    {
        var mails = Read(
            $"{Letter}Subject: FW: Re: x\n\n-----Original Message-----\nFrom: 山田 太郎 <taro.yamada@free.example>\nSent: Thursday, October 17, 2013 9:40 AM\nTo: clerk@power-a.example\nSubject: Re: 製品について\n\n開けませんか。解凍ソフトは何をお使いですか。\n\n> -----Original Message-----\n> From: 受付 <clerk@power-a.example>\n> Sent: Thursday, October 17, 2013 9:20 AM\n> To: taro.yamada@free.example\n> Subject: Re: 製品について\n>\n> ファイルを開けませんでした。\n"
        );
        mails.Count.ShouldBe(2);
        mails[1].Facts.Body.Text.ShouldBe("開けませんか。解凍ソフトは何をお使いですか。");
        var quote = mails[1].Facts.Body.Quotes.ShouldHaveSingleItem();
        (quote.FromAddress, quote.Depth, quote.Text).ShouldBe(("clerk@power-a.example", 1, "ファイルを開けませんでした。"));
    }

    [Fact]
    public void The_windows_own_answer_forwarded_as_text_is_outbound()
    {
        var mails = Read(
            $"{Letter}Subject: FW: x\n\n-----Original Message-----\nFrom: 受付 <clerk@power-a.example>\nSent: Thursday, October 17, 2013 9:20 AM\nTo: 山田 太郎 <taro.yamada@free.example>\nSubject: Re: 製品について\n\nファイルを開けませんでした。\n"
        );
        mails[1].Direction.ShouldBe(MailDirection.Outbound);
    }

    [Fact]
    public void A_forward_as_attachment_stays_what_it_is_however_long_the_letter()
    {
        var mails = Read(
            Attached("Subject: ご相談\n", string.Concat(Enumerable.Repeat("添付のメールについて、調査をお願いいたします。", 30)), Attack)
        );
        mails.Select(mail => (mail.Key, mail.Direction)).ShouldBe([("a.eml", MailDirection.Provision), ("a.eml!1", MailDirection.Inbound)]);
        mails[1].Facts.MessageId.ShouldBe("1@free.example");
        mails.SelectMany(Codes).ShouldBeEmpty();
        mails[0].Reported.ShouldBe([KeyValuePair.Create(0, "a.eml!1")]);
    }

    [Fact]
    public void A_letter_inside_a_letter_is_read_too()
    {
        var inner = $"{Letter}Subject: FW: x\n\n{ForwardFixtures.All[0].Body}\n";
        var mails = Read(Attached("Subject: FW: 転送\n", "転送します。", inner));
        mails
            .Select(mail => (mail.Key, mail.Carrier, mail.Direction))
            .ShouldBe([
                ("a.eml", null, MailDirection.Provision),
                ("a.eml!1", "a.eml", MailDirection.Provision),
                ("a.eml!1!inline", "a.eml!1", MailDirection.Inbound),
            ]);
    }

    [Fact]
    public void Mails_in_an_attached_archive_are_the_reported_ones()
    {
        var zip = ZipMaker.Zip([
            new MadeFile("one.eml", Bytes(Attack)),
            new MadeFile("sub/two.eml", Bytes(Attack.Replace("<1@", "<2@", StringComparison.Ordinal))),
        ]);
        var mails = Read(Attached("Subject: 提供\n", "2通あります。", zip, "mails.zip"));
        mails.Select(mail => mail.Facts.MessageId).ShouldBe([null, "1@free.example", "2@free.example"]);
        mails.ShouldAllBe(mail => mail.Key == "a.eml" || mail.Carrier == "a.eml");
        mails.SelectMany(Codes).ShouldBeEmpty();
    }

    [Fact]
    public void Mails_in_a_locked_archive_are_counted_and_the_password_is_asked_for_until_it_is_there()
    {
        var zip = ZipMaker.Zip([new MadeFile("one.eml", Bytes(Attack))], new ZipChoices { Password = "Kp7#qz!w", Lock = ZipLock.Aes256 });
        var locked = Read(Attached("Subject: 提供\n", "別途ご連絡します。", zip, "mails.zip"));
        Codes(locked.ShouldHaveSingleItem()).ShouldBe(["intake.locked-mails"]);
        var opened = Read(
            Attached("Subject: 提供\n", "別途ご連絡します。", zip, "mails.zip"),
            new DissectionRequest { Candidates = [new PasswordCandidate("Kp7#qz!w", "given", "")] }
        );
        opened.Count.ShouldBe(2);
        opened[1].Facts.MessageId.ShouldBe("1@free.example");
        opened.SelectMany(Codes).ShouldBeEmpty();
    }

    [Fact]
    public void The_windows_answer_by_bcc_is_given_itself()
    {
        var mail = Read(
                "From: clerk@power-a.example\nTo: taro.yamada@free.example\nSubject: Re: x\n\nファイルを開けませんでした。\n\n> On 2013/10/17 9:02, Taro <taro.yamada@free.example> wrote:\n> 開きましたか\n"
            )
            .ShouldHaveSingleItem();
        mail.Direction.ShouldBe(MailDirection.Outbound);
        Codes(mail).ShouldBeEmpty();
    }

    [Fact]
    public void A_mail_passed_on_as_it_came_is_given_itself()
    {
        var mail = Read(Attack + "\n-----Original Message-----\nFrom: a@other.example\nSent: 2013/10/16 10:00\nSubject: y\n\nz\n")
            .ShouldHaveSingleItem();
        mail.Direction.ShouldBe(MailDirection.Inbound);
        Codes(mail).ShouldBeEmpty();
    }

    [Fact]
    public void A_letter_without_a_mail_asks_for_one()
    {
        var mail = Read($"{Letter}Subject: ご相談\n\n怪しいメールが来ました。どうすればよいですか。\n").ShouldHaveSingleItem();
        mail.Direction.ShouldBe(MailDirection.Provision);
        Codes(mail).ShouldBe(["intake.nothing-forwarded"]);
    }

    [Fact]
    public void What_was_attached_to_the_forwarded_mail_is_its_own()
    {
        var mails = Read(Attached("Subject: FW: x\n", ForwardFixtures.All[0].Body, "MZ not really"u8.ToArray(), "資料.exe"));
        mails[0].AllFiles().ShouldBeEmpty();
        mails[1].AllFiles().ShouldHaveSingleItem().Name.ShouldBe("資料.exe");
    }

    [Fact]
    public void A_future_date_in_a_banner_is_not_believed()
    {
        var mails = Read(
            $"{Letter}Subject: FW: x\n\n-----Original Message-----\nFrom: a@free.example\nSent: Monday, October 17, 2033 9:02 AM\nTo: clerk@power-a.example\nSubject: y\n\nz\n"
        );
        mails[1].Facts.SentAt.ShouldBeNull();
        mails[1].TimeSource.ShouldBeNull();
    }

    [Fact]
    public void Without_knowing_the_organisation_the_senders_domain_is_taken_for_its_own()
    {
        var mails = GivenMails.Of(
            [Entry($"{Letter}Subject: FW: x\n\n{ForwardFixtures.All[0].Body}\n", null, OwnEstate.Unknown)],
            OwnEstate.Unknown,
            Hub
        );
        mails.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("この添付ファイルはウイルスが検出されたため削除されました。", "antivirus")]
    [InlineData("*** 警告 ***\n添付ファイルが除去されています\nファイル名: shiryou.zip", "unknown")]
    [InlineData("【お知らせ】セキュリティポリシーにより添付ファイルを隔離しました。", "policy")]
    [InlineData("拡張子が禁止されているため、添付ファイルはブロックされました。", "file-type")]
    [InlineData("添付ファイルは無害化されました。原本は下記から取得してください。", "sanitizer")]
    [InlineData("WARNING: an attachment was removed from this message because it may contain a virus.\nFile: a.zip", "antivirus")]
    [InlineData("WARNING: an attachment was removed from this message.\nReason: virus found in a.zip", "antivirus")]
    [InlineData("[Attachment removed by the mail gateway: invoice.exe]", "policy")]
    [InlineData("Outlook blocked access to the following potentially unsafe attachments: a.exe", "mail-program")]
    [InlineData("The attached file was quarantined by the content filter.", "policy")]
    [InlineData("The attachment has been sanitized (content disarm and reconstruction).", "sanitizer")]
    [InlineData("添付ファイルがウイルスのため削除された場合はご連絡ください。", null)]
    [InlineData("添付ファイルはウイルス対策ソフトで削除されましたか?", null)]
    [InlineData("誤って別の添付ファイルを送ったため、サーバから削除しました。管理者に連絡済みです。", null)]
    [InlineData("前回の資料は添付ファイルをご確認ください。ウイルスにはご注意ください。", null)]
    [InlineData("If the attachment was removed by your gateway, please tell us.", null)]
    [InlineData("I removed the attachment because of its size limit.", null)]
    [InlineData("The attachment was removed from the wiki page last week, Taro says.", null)]
    [InlineData("Please find the attachment. It was scanned for viruses.", null)]
    public void A_gateways_notice_is_told_from_people_who_write_of_attachments(string text, string? kind)
    {
        var mail = Read(Attack.Replace("初めてご連絡いたします。", text, StringComparison.Ordinal)).ShouldHaveSingleItem();
        mail.Findings.Where(one => one.Code == "intake.attachment-removed").Select(one => one.Detail).SingleOrDefault().ShouldBe(kind);
    }

    [Fact]
    public void A_text_in_the_place_of_the_file_is_a_notice_too()
    {
        var reported = Attached("Subject: x\n", "資料をお送りします。", "removed"u8.ToArray(), "DELETED0.TXT")
            .Replace(Letter, "From: a@free.example\nTo: inquiries@power-a.example\n", StringComparison.Ordinal);
        Read(reported)
            .ShouldHaveSingleItem()
            .Findings.ShouldContain(one => one.Code == "intake.attachment-removed" && one.Detail == "stand-in");
    }

    [Theory]
    [InlineData("FW: x", "Please call me. The line \"From: nobody\" is a form.\nFrom: the window\nThanks")]
    [InlineData("Fwd: 会議", "明日の会議は10時からです。\n-- \n受付\nFrom: 東京都")]
    [InlineData("ご相談", "件名: 見積\nという表示が出ます。")]
    public void Words_that_only_resemble_a_banner_give_no_mail(string subject, string body) =>
        Read($"{Letter}Subject: {subject}\n\n{body}\n").ShouldHaveSingleItem().Direction.ShouldBe(MailDirection.Provision);

    [Fact]
    public void Hostile_quotes_cost_little()
    {
        var body = new StringBuilder();
        for (var i = 0; i < 2_000; i++)
        {
            body.Append("-----Original Message-----\nFrom: a")
                .Append(i)
                .Append("@power-a.example\nSent: 2013/10/17 9:02\nSubject: x\n\n添付ファイルは削除されました\n");
        }

        Read($"{Letter}Subject: FW: x\n\n{body}").Count.ShouldBeLessThanOrEqualTo(2);
    }

    private static IReadOnlyList<ProvidedMail> Read(string mail, DissectionRequest? request = null) =>
        GivenMails.Of([Entry(mail, request, Giver)], Giver, Hub);

    private static ProvidedMail Entry(string mail, DissectionRequest? request, OwnEstate giver)
    {
        var facts = Dissector.Mail(Bytes(mail), request);
        return new ProvidedMail
        {
            Key = "a.eml",
            File = "a.eml",
            Channel = "mail",
            Direction = Estates.DirectionOf(facts, giver),
            Facts = facts,
        };
    }

    private static IEnumerable<string> Codes(ProvidedMail mail) =>
        mail.Findings.Select(one => one.Code).Where(code => code.StartsWith("intake.", StringComparison.Ordinal));

    private static byte[] Bytes(string mail) => Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"));

    private static string Attached(string headers, string body, string mail) =>
        Multipart(headers, body, $"Content-Type: message/rfc822\n\n{mail}");

    private static string Attached(string headers, string body, byte[] file, string name) =>
        Multipart(
            headers,
            body,
            $"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"{name}\"\n\n{Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks)}\n"
        );

    private static string Multipart(string headers, string body, string part) =>
        $"{Letter}{headers}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b1\"\n\n--b1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n--b1\n{part}\n--b1--\n";
}
