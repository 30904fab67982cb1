using MimeKit;
using Noroshi.Exchange.Notices;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Tests.Exchange.Misp;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Notices;

public sealed class ShareNoticeTests
{
    internal static readonly NoticeEnvelope Envelope = new()
    {
        From = "hub@hub.example",
        FromName = "情報共有ハブ",
        To = "csirt@member.example",
        MessageId = "abc@hub.example",
        Date = SampleItems.At,
        Boundary = "0123456789abcdef",
    };

    [Fact]
    public void The_subject_has_a_fixed_form_and_no_title_above_GREEN()
    {
        ShareNotice.SubjectOf(SampleItems.Item).ShouldBe("[Noroshi][TLP:AMBER][事例] 3F2A-9C1D");
        ShareNotice.SubjectOf(SampleItems.Second.Item).ShouldBe("[Noroshi][TLP:AMBER][事例] 3F2A-9C1D 第2版");
        ShareNotice.SubjectOf(SampleItems.Retracted.Item).ShouldBe("[Noroshi][TLP:AMBER][事例] 3F2A-9C1D 撤回");
        ShareNotice
            .SubjectOf(Green.Item with { Kind = ItemKind.Alert })
            .ShouldBe("[Noroshi][TLP:GREEN][注意喚起] 3F2A-9C1D 問い合わせを装うやり取り型攻撃");
    }

    [Fact]
    public void The_same_envelope_gives_the_same_bytes()
    {
        var bytes = ShareNotice.Bytes(ShareNotice.Whole(Green, Envelope));

        ShareNotice.Bytes(ShareNotice.Whole(Green, Envelope)).ShouldBe(bytes);
        bytes.ShouldAllBe(one => one < 0x80);
    }

    [Fact]
    public void A_notice_holds_what_a_receiver_needs_in_both_languages()
    {
        var text = TextOf(Read(ShareNotice.Whole(Green, Envelope)));

        foreach (
            var word in (string[])
                [
                    "製品への問い合わせを装います。",
                    "■ お願いしたいこと",
                    "1. 返信の前に差出人を確認してください。",
                    "受信の有無をポータルで回答",
                    "展開可能範囲: 受領組織内および登録済みのグループ会社",
                    "有効期限: 2014年4月1日 00:00(日本時間)",
                    "#4-3  攻撃  (13分)  Lhaplusで解凍できる",
                    "203[.]0[.]113[.]9",
                    "悪用されていたと思われる",
                    "■ 問い合わせ先",
                    "* Three things to do",
                    "1. Check the sender before you answer.",
                    "Redistribution: the receiving organisation and its registered group companies",
                ]
        )
        {
            text.ShouldContain(word);
        }

        text.ShouldNotContain("203.0.113.9");
        text.ShouldNotContain("http://");
    }

    [Fact]
    public void The_indicators_are_attached_as_csv()
    {
        var file = Read(ShareNotice.Whole(Green, Envelope)).Attachments.ShouldHaveSingleItem().ShouldBeOfType<TextPart>();

        file.FileName.ShouldBe("noroshi-3f2a-9c1d-v1.csv");
        file.Text.ShouldContain("203.0.113.9");
    }

    [Fact]
    public void An_amendment_answers_the_notice_of_the_earlier_version()
    {
        var mail = Read(ShareNotice.Whole(SampleItems.Second, Envelope with { References = ["first@hub.example"] }));

        mail.InReplyTo.ShouldBe("first@hub.example");
        mail.References.ShouldBe(["first@hub.example"]);
        mail.MessageId.ShouldBe("abc@hub.example");
        TextOf(mail).ShouldContain("接続先を取り下げました。");
    }

    [Fact]
    public void A_retraction_says_what_to_stop_and_attaches_nothing()
    {
        var mail = Read(ShareNotice.Whole(SampleItems.Retracted, Envelope));

        mail.Attachments.ShouldBeEmpty();
        TextOf(mail).ShouldContain("遮断・検知を停止");
        TextOf(mail).ShouldContain("誤りがありました。");
    }

    [Theory]
    [InlineData(PointerReason.NoKey, "登録されていません")]
    [InlineData(PointerReason.KeyExpired, "有効期限が切れています")]
    [InlineData(PointerReason.KeyUnusable, "暗号化に使えません")]
    public void A_notice_without_content_tells_where_to_read_and_why(PointerReason reason, string why)
    {
        var mail = ShareNotice.Pointer(SampleItems.First, Envelope, reason);
        var text = TextOf(Read(mail));

        text.ShouldContain("ポータルで確認してください");
        text.ShouldContain(why);
        foreach (var content in (string[])["問い合わせを装う", "asker", "203", "Lhaplus", "返信の前に"])
        {
            text.ShouldNotContain(content);
            (mail.Subject ?? "").ShouldNotContain(content);
        }
    }

    [Fact]
    public void Only_up_to_GREEN_a_content_may_go_plain()
    {
        Enum.GetValues<Tlp>()
            .Where(tlp => ShareNotice.MayGoPlain(SampleItems.Item.Marking with { Tlp = tlp }))
            .ShouldBe([Tlp.Clear, Tlp.Green]);
    }

    [Fact]
    public void A_title_cannot_add_a_header()
    {
        var forged = Green with { Item = Green.Item with { Title = new("題\r\nBcc: x@y.example", "t") } };

        var mail = Read(ShareNotice.Whole(forged, Envelope));

        mail.Headers.Contains("Bcc").ShouldBeFalse();
        (mail.Subject ?? "").ShouldContain("題  Bcc");
    }

    internal static Release Green { get; } =
        SampleItems.First with
        {
            Item = SampleItems.Item with { Marking = SampleItems.Item.Marking with { Tlp = Tlp.Green } },
        };

    internal static MimeMessage Read(MimeMessage mail) => MimeMessage.Load(new MemoryStream(ShareNotice.Bytes(mail)));

    internal static string TextOf(MimeMessage mail) => mail.TextBody.ShouldNotBeNull().ReplaceLineEndings("\n");
}
