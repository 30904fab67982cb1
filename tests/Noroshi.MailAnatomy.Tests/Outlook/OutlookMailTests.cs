using System.Text;
using Noroshi.MailAnatomy.Findings;
using Noroshi.Makers.Outlook;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Outlook;

public sealed class OutlookMailTests
{
    private const string Text =
        "お世話になっております。\n製品の性能表①についてお伺いします。\n資料は https://docs.example.org/spec にあります。\n";

    private static MailFacts Read(MsgMaker maker) => Dissector.Mail(maker.Build());

    private static bool Has(MailFacts facts, string code) => facts.Findings.Any(finding => finding.Code == code);

    private static string? TraitOf(IReadOnlyList<Trait> traits, string name) => traits.FirstOrDefault(trait => trait.Name == name)?.Value;

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Headers_as_received_go_through_the_pipeline_of_other_mails(int version)
    {
        var facts = Dissector.Mail(MsgCases.Received().Build(version));

        facts.From.ShouldBe(new MailAddress("山田太郎", "taro@example.net"));
        facts.Subject.ShouldBe("RE: 製品仕様の件(髙橋)");
        facts.MessageId.ShouldBe("abc123@example.net");
        facts.Hops.ShouldHaveSingleItem().Ip.ShouldBe("203.0.113.5");
        facts.ReceivedAt.ShouldBe(new DateTimeOffset(2013, 5, 20, 10, 30, 5, TimeSpan.FromHours(9)));
        facts.Composition.ShouldNotBeNull().Mailer.ShouldBe("Made Mailer 1.0");
        facts.Body.Source.ShouldBe("plain");
        facts.Findings.ShouldNotContain(finding => finding.Code.StartsWith("outlook.", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_headers_the_properties_give_the_facts_and_a_finding_says_so()
    {
        var facts = Read(MsgCases.SentMail());

        facts.Subject.ShouldBe("RE: 製品仕様の件");
        facts.From.ShouldBe(new MailAddress("受付窓口", "window@window.example"));
        facts.Sender.ShouldBeNull();
        facts.To.ShouldBe([new MailAddress("山田太郎", "taro@example.net")]);
        facts.Cc.ShouldBe([new MailAddress("上司", "boss@window.example")]);
        facts.Bcc.ShouldBe([new MailAddress("控え", "archive@window.example")]);
        facts.MessageId.ShouldBe("reply1@window.example");
        facts.InReplyTo.ShouldBe("abc123@example.net");
        facts.References.ShouldBe(["first@example.net", "abc123@example.net"]);
        facts.ThreadIndex.ShouldNotBeNull().Replies.ShouldBe(1);
        facts.SentAt.ShouldBe(MsgCases.Sent);
        facts.ReceivedAt.ShouldBeNull();
        facts.Composition.ShouldBeNull();
        Has(facts, "outlook.no-transport-headers").ShouldBeTrue();
    }

    [Fact]
    public void Traits_tell_who_changed_it_when_and_in_which_conversation()
    {
        var traits = Read(MsgCases.SentMail()).Traits;

        TraitOf(traits, "lastAuthor").ShouldBe("窓口 花子");
        TraitOf(traits, "createdAt").ShouldBe("2013-05-20T01:25:00Z");
        TraitOf(traits, "conversationGuid").ShouldBe("0102030405060708090a0b0c0d0e0f10");
        TraitOf(traits, "directoryName").ShouldBe("/o=Made/ou=Site/cn=Recipients/cn=window");
    }

    [Fact]
    public void The_same_text_gives_the_same_body_facts_as_in_a_mime_mail()
    {
        var quoted = Text + "\n-- \n山田太郎\n\n> 前のメールです。\n> パスワードは abc123 です。\n";
        var eml = Dissector.Mail(
            Encoding.UTF8.GetBytes(
                "From: taro@example.net\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                    + quoted.ReplaceLineEndings("\r\n")
            )
        );

        var msg = Read(MsgCases.Basic().Text(0x1000, quoted.ReplaceLineEndings("\r\n")).Number(0x3FDE, 65001));

        msg.Body.Text.ShouldBe(eml.Body.Text);
        msg.Body.Blocks.ShouldBe(eml.Body.Blocks);
        msg.Body.Quotes.ShouldBe(eml.Body.Quotes);
        msg.Body.Language.ShouldBe(eml.Body.Language);
        msg.Body.Charset.ShouldBe(eml.Body.Charset);
        msg.Body.Source.ShouldBe(eml.Body.Source);
        msg.PasswordHints.Select(hint => hint.Value).ShouldBe(eml.PasswordHints.Select(hint => hint.Value));
        msg.Indicators.Urls.Select(url => url.Value).ShouldBe(eml.Indicators.Urls.Select(url => url.Value));
    }

    [Fact]
    public void Byte_strings_are_read_in_the_code_page_that_the_message_states()
    {
        var facts = Read(MsgCases.Ansi());

        facts.Subject.ShouldBe("RE: 製品仕様の件(髙橋)");
        facts.To[0].Name.ShouldBe("受付窓口");
        facts.Body.Text.ShouldBe(Text);
        facts.Body.Charset.ShouldBe("shift_jis");
        facts.Attachments.ShouldHaveSingleItem().Name.ShouldBe("表.txt");
        facts.Findings.ShouldNotContain(finding => finding.Code.StartsWith("charset.", StringComparison.Ordinal));
    }

    [Fact]
    public void Byte_strings_without_a_code_page_are_read_by_what_they_show()
    {
        var facts = Read(MsgCases.Basic(932).Text(0x1000, Text));

        facts.Subject.ShouldBe("RE: 製品仕様の件(髙橋)");
        facts.Body.Text.ShouldBe(Text);
        Has(facts, "charset.undeclared").ShouldBeTrue();
    }

    [Theory]
    [InlineData(65001)]
    [InlineData(932)]
    public void Html_is_read_in_its_own_code_page(int codePage)
    {
        var bytes = codePage == 932 ? MsgCases.ShiftJis(MsgCases.Html) : Encoding.UTF8.GetBytes(MsgCases.Html);

        var facts = Read(MsgCases.Basic().Binary(0x1013, bytes).Number(0x3FDE, codePage));

        facts.Body.Source.ShouldBe("html");
        facts.Body.Text.ShouldContain("性能表 & 仕様の件です。");
        facts.Indicators.Urls.ShouldContain(url => url.Value == "https://www.example.org/a");
    }

    [Theory]
    [InlineData("plain", true)]
    [InlineData("mail", false)]
    public void Subject_and_sender_that_differ_between_header_and_properties_are_remarked_on(string subject, bool differs)
    {
        var maker = new MsgMaker()
            .Mail(
                differs ? subject : "RE: 製品仕様の件(髙橋)",
                "山田太郎",
                differs ? "other@example.org" : "taro@example.net",
                MsgCases.Sent
            )
            .Text(0x007D, MsgCases.TransportHeaders);

        var facts = Read(maker);

        Has(facts, "outlook.subject-differs").ShouldBe(differs);
        Has(facts, "outlook.sender-differs").ShouldBe(differs);
    }

    [Fact]
    public void Headers_in_named_properties_are_seen()
    {
        var facts = Read(MsgCases.NamedHeaders());

        facts.Automatic.ShouldNotBeNull().Kind.ShouldBe("auto-reply");
        TraitOf(facts.Traits, "application").ShouldBe("Made Mailer 2.0");
    }

    [Fact]
    public void Reply_addresses_are_taken_out_of_entry_ids()
    {
        byte[] entry =
        [
            0,
            0,
            0,
            0,
            0x81,
            0x2B,
            0x1F,
            0xA4,
            0xBE,
            0xA3,
            0x10,
            0x19,
            0x9D,
            0x6E,
            0x00,
            0xDD,
            0x01,
            0x0F,
            0x54,
            0x02,
            0,
            0,
            1,
            0x90,
            .. Encoding.Unicode.GetBytes("別人\0SMTP\0other@example.org\0"),
        ];
        byte[] list = [1, 0, 0, 0, .. BitConverter.GetBytes(entry.Length + 4), .. BitConverter.GetBytes(entry.Length), .. entry];

        var facts = Read(MsgCases.Basic().Binary(0x004F, list));

        facts.ReplyTo.ShouldBe([new MailAddress("別人", "other@example.org")]);
    }

    [Fact]
    public void Who_sends_for_somebody_else_is_the_sender()
    {
        var facts = Read(
            new MsgMaker().Text(0x0042, "社長").Text(0x0065, "boss@example.net").Text(0x0C1A, "秘書").Text(0x0C1F, "secretary@example.net")
        );

        facts.From.ShouldBe(new MailAddress("社長", "boss@example.net"));
        facts.Sender.ShouldBe(new MailAddress("秘書", "secretary@example.net"));
    }

    [Fact]
    public void A_sound_on_a_server_is_suspicious()
    {
        var set = new Guid("00062008-0000-0000-c000-000000000046");
        var facts = Read(MsgCases.Basic().Named(set, null, 0x851F, @"\\203.0.113.9\share\a.wav"));

        facts.Findings.ShouldContain(finding => finding.Code == "outlook.remote-reminder-sound" && finding.Severity == Severity.Suspicious);
        TraitOf(facts.Traits, "externalTarget").ShouldBe(@"\\203.0.113.9\share\a.wav");
        Has(Read(MsgCases.Basic().Named(set, null, 0x851F, "reminder.wav")), "outlook.remote-reminder-sound").ShouldBeFalse();
    }

    [Fact]
    public void Reports_and_drafts_give_what_they_have()
    {
        var report = Read(
            new MsgMaker().Text(0x001A, "REPORT.IPM.Note.NDR").Text(0x0037, "配信不能").Text(0x1001, "あて先が見つかりません。")
        );
        report.Shape.ShouldBe(MailShape.Report);
        report.Automatic.ShouldNotBeNull().Kind.ShouldBe("report");
        report.Body.Text.ShouldBe("あて先が見つかりません。");
        Has(report, "outlook.other-item").ShouldBeTrue();

        var draft = Read(MsgCases.Basic().Number(0x0E07, 8));
        Has(draft, "outlook.unsent").ShouldBeTrue();
        draft.ReceivedAt.ShouldBeNull();
    }

    [Fact]
    public void The_header_only_retry_reads_no_body()
    {
        var facts = Dissector.Mail(MsgCases.Received().Build(), new DissectionRequest { Level = DissectionLevel.HeadersOnly });

        facts.Subject.ShouldBe("RE: 製品仕様の件(髙橋)");
        facts.Body.Text.ShouldBe("");
        Has(facts, "mail.headers-only").ShouldBeTrue();
    }

    [Fact]
    public void The_marks_of_a_stored_prefix_are_no_part_of_the_subject() =>
        Read(new MsgMaker().Text(0x0037, "\u0001\u0005RE: 件名")).Subject.ShouldBe("RE: 件名");

    [Fact]
    public void Raw_headers_that_were_widened_byte_by_byte_are_read_as_the_bytes_they_were()
    {
        var bytes = Encoding.Latin1.GetString(MsgCases.ShiftJis("性能表についてのお伺いです"));
        var headers = $"Received: from a by b; Mon, 20 May 2013 10:30:05 +0900\r\nFrom: taro@example.net\r\nSubject: {bytes}\r\n";

        Read(new MsgMaker().Text(0x007D, headers)).Subject.ShouldBe("性能表についてのお伺いです");
    }
}
