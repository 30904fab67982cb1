using System.Text;
using MimeKit;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Server.Notices;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Notices;

public sealed class NoticeMailTests(ITestOutputHelper output)
{
    private static readonly NoticeOptions Options = new()
    {
        From = "hub@noroshi.example",
        FromName = "情報ハブ",
        Contact = "03-0000-0000",
    };

    public static TheoryData<string> Templates => [.. Enum.GetNames<NoticeTemplate>()];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Every_text_has_the_same_places_in_both_languages(string name)
    {
        var texts = NoticeTemplates.Of(Enum.Parse<NoticeTemplate>(name));
        PlacesOf(texts.Ja).ShouldBe(PlacesOf(texts.En), StringComparer.Ordinal, ignoreOrder: true);
        PlacesOf(texts.Ja).ShouldNotBeEmpty();
        texts.Ja.Body.ShouldContain(letter => letter > '\u3040' && letter < '\u30ff');
        Encoding.UTF8.GetByteCount(texts.En.Body).ShouldBe(texts.En.Body.Length);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void Every_mail_is_one_line_of_header_each_and_reads_as_written(string name)
    {
        foreach (var language in new[] { "ja", "en" })
        {
            var mail = Bytes(NoticeOf(Enum.Parse<NoticeTemplate>(name), language));
            var message = Reading.Message(mail);
            output.WriteLine(message.Subject ?? "");
            output.WriteLine(Reading.Text(mail));
            message
                .Headers.Select(header => header.Field)
                .ShouldBe(
                    ["From", "To", "Subject", "Date", "Message-Id", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version"],
                    StringComparer.OrdinalIgnoreCase,
                    ignoreOrder: true
                );
            message.InReplyTo.ShouldBeNull();
            message.References.ShouldBeEmpty();
            Reading.Text(mail).ShouldNotContain("{");
            Reading.Raw(mail).Split("\r\n").ShouldAllBe(line => line.Length <= 78 && !line.Contains('\n'));
            Encoding.UTF8.GetByteCount(Reading.Raw(mail)).ShouldBe(Reading.Raw(mail).Length);
        }
    }

    [Fact]
    public void The_same_notice_gives_the_same_bytes() =>
        Bytes(NoticeOf(NoticeTemplate.Answer, "ja")).ShouldBe(Bytes(NoticeOf(NoticeTemplate.Answer, "ja")));

    [Fact]
    public void What_is_put_into_a_text_can_neither_add_a_header_nor_a_place()
    {
        var hostile = "x\r\nBcc: all@power-a.example\r\n\r\n{contact}\u202e\u0000\u2028y";
        var notice = NoticeOf(NoticeTemplate.Rfi, "ja") with
        {
            Values = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["number"] = hostile,
                ["question"] = hostile,
                ["deadline"] = hostile,
                ["audience"] = hostile,
            },
        };
        var mail = Reading.Message(Bytes(notice));
        mail.Bcc.ShouldBeEmpty();
        var subject = mail.Subject ?? "";
        subject.ShouldContain("Bcc: all@power-a.example");
        subject.ShouldNotContain('\n');
        var text = mail.TextBody ?? "";
        text.ShouldContain("{contact}");
        text.ShouldNotContain('\u202e');
        text.ShouldNotContain('\0');
        mail.To.ToString().ShouldBe("toiawase@power-a.example");
    }

    [Theory]
    [InlineData("a@power-a.example\r\nBcc: b@power-a.example")]
    [InlineData("a@power-a.example, b@power-a.example")]
    [InlineData("<a@power-a.example>")]
    [InlineData("a@power-a.example SIZE=1")]
    [InlineData("a\u0000@power-a.example")]
    [InlineData("@power-a.example")]
    [InlineData("a@b@power-a.example")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_single_address_gets_no_mail(string? address) => MailText.IsAddress(address).ShouldBeFalse();

    [Fact]
    public void A_long_line_is_broken_where_people_break_it()
    {
        var folded = new StringBuilder();
        LineFolding.Append(folded, "・" + string.Concat(Enumerable.Repeat("添付ファイルを開かないでください。", 8)), 76);
        var lines = folded.ToString().Split('\n');
        lines.Length.ShouldBeGreaterThan(2);
        lines.Skip(1).ShouldAllBe(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != '。');
        string.Concat(lines.Select(line => line.Trim())).Length.ShouldBe(1 + (17 * 8));

        folded.Clear();
        LineFolding.Append(folded, string.Concat(Enumerable.Repeat("word ", 40)).TrimEnd(), 76);
        folded.ToString().Split('\n').ShouldAllBe(line => line.Length <= 76 && line.EndsWith("word", StringComparison.Ordinal));
        folded.Clear();
        LineFolding.Append(folded, new string('x', 5_000), 76);
        folded.ToString().Replace("\n", "", StringComparison.Ordinal).Length.ShouldBe(5_000);
    }

    [Fact]
    public void No_answer_says_that_something_is_safe()
    {
        foreach (var kind in Enum.GetValues<AnswerKind>())
        {
            var (ja, en) = AnswerWords.Headline(kind);
            var advice = AnswerWords.Advice(kind);
            (ja + advice.Ja).Replace("安全を保証するものではありません", "", StringComparison.Ordinal).ShouldNotContain("安全");
            (en + advice.En).Replace("no guarantee of safety", "", StringComparison.Ordinal).ShouldNotContain("safe", Case.Insensitive);
        }

        foreach (var reason in AnswerReasons.All)
        {
            reason.Ja.ShouldNotContain("安全");
            reason.En.ShouldNotContain("safe", Case.Insensitive);
        }
    }

    private static byte[] Bytes(Notice notice)
    {
        using var mail = new NoticeMail(Options).Of("answer-0f-1", notice, "toiawase@power-a.example", "情報共有ハブ");
        using var bytes = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        mail.WriteTo(format, bytes);
        return bytes.ToArray();
    }

    private static Notice NoticeOf(NoticeTemplate template, string language)
    {
        var japanese = language == "ja";
        string In((string Ja, string En) words) => japanese ? words.Ja : words.En;
        return new Notice
        {
            Template = template,
            To = new NoticeRecipient(RecipientKind.Window, "power-a", "inquiry"),
            Language = language,
            At = new DateTimeOffset(2013, 10, 17, 9, 2, 15, TimeSpan.FromHours(9)),
            Values = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["receipt"] = "7K3F-9Q2M-04TX",
                ["received"] = "2013-10-17 09:02 (JST)",
                ["answer"] = In(AnswerWords.Headline(AnswerKind.HoldReply)),
                ["basis"] = In(AnswerWords.Basis(AnswerBasis.Automatic)),
                ["at"] = "2013-10-17 09:02 (JST)",
                ["reasons"] =
                    (japanese ? "・" : "  - ")
                    + In(
                        (AnswerReasons.Find(AnswerReasons.Environment)?.Ja ?? "", AnswerReasons.Find(AnswerReasons.Environment)?.En ?? "")
                    ),
                ["advice"] = In(AnswerWords.Advice(AnswerKind.HoldReply)),
                ["checklist"] = japanese
                    ? "・ヘッダ付きの原本\n・窓口からの返信"
                    : "  - the original with its headers\n  - your own replies",
                ["deadline"] = "2013-10-24 17:00 (JST)",
                ["number"] = "R-2013-004",
                ["question"] = japanese
                    ? "9月以降に、流量計の仕様を尋ねるメールを受信しましたか。"
                    : "Have you received inquiries about flow meters since September?",
                ["audience"] = japanese ? "自組織内" : "own organisation",
                ["year"] = "2014",
                ["user"] = "u-4821",
                ["open"] = "3",
                ["asked"] = "12",
                ["entries"] = japanese ? "・製品問い合わせ窓口(担当 2名)" : "  - product inquiries (2 persons)",
                ["silence"] = japanese ? "共有しません" : "it is not shared",
                ["draft"] = "0123456789abcdef",
                ["result"] = japanese ? "承認済み" : "approved",
                ["verdict"] = japanese ? "標的型攻撃メール" : "targeted mail",
            },
        };
    }

    private static List<string> PlacesOf(TemplateText text)
    {
        var places = new List<string>();
        var whole = $"{text.Subject}\n{text.Body}";
        for (var at = whole.IndexOf('{', StringComparison.Ordinal); at >= 0; at = whole.IndexOf('{', at + 1))
        {
            places.Add(whole[(at + 1)..whole.IndexOf('}', at)]);
        }

        return places;
    }
}
