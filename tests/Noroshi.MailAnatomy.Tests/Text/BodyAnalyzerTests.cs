using System.Diagnostics;
using CsCheck;
using Noroshi.MailAnatomy.Text;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Text;

public sealed class BodyAnalyzerTests
{
    private static BodyText Read(string text) => BodyAnalyzer.Analyse(text, "plain", "utf-8");

    private static string Kinds(BodyText body) =>
        string.Join(' ', body.Blocks.Select(block => $"{block.Kind}{(block.QuoteDepth > 0 ? block.QuoteDepth : "")}:{block.LineCount}"));

    [Fact]
    public void A_japanese_business_mail_is_taken_apart()
    {
        var body = Read(
            """
            株式会社サンプル
            営業部 御担当者様

            お世話になっております。
            テスト電機株式会社の山田です。

            先日ご依頼いただいた資料をお送りします。
            ご確認のほどよろしくお願いいたします。

            ━━━━━━━━━━━━━━━
            テスト電機株式会社 営業部
            山田 太郎
            〒100-0001 東京都千代田区1-1
            TEL: 03-0000-0000  FAX: 03-0000-0001
            ━━━━━━━━━━━━━━━
            """
        );
        Kinds(body).ShouldBe("Salutation:6 New:3 Signature:6");
        body.Language.ShouldBe("ja");
        body.Of(BlockKind.New).ShouldStartWith("先日ご依頼");
    }

    [Theory]
    [InlineData("2013年10月17日 9:02 山田太郎 <a@b.example>:", "山田太郎", "a@b.example")]
    [InlineData("2013年10月17日(木) 9:02 山田太郎 <a@b.example>:", "山田太郎", "a@b.example")]
    [InlineData("2013/10/17 山田太郎 <a@b.example>", "山田太郎", "a@b.example")]
    [InlineData("2013/10/17 午前9:02、山田太郎 <a@b.example>のメール：", "山田太郎", "a@b.example")]
    [InlineData("On Thu, 17 Oct 2013 09:02:00 +0900\nTaro Yamada <a@b.example> wrote:", "Taro Yamada", "a@b.example")]
    [InlineData("On Oct 17, 2013, at 9:02 AM, Taro Yamada\n<a@b.example> wrote:", "Taro Yamada", "a@b.example")]
    [InlineData("(2013/10/17 9:02), 山田太郎 wrote:", "山田太郎", null)]
    [InlineData("山田太郎さんは書きました:", "山田太郎", null)]
    [InlineData("山田太郎 様 wrote:", "山田太郎", null)]
    [InlineData("\"Taro Yamada\" <a@b.example> wrote:", "Taro Yamada", "a@b.example")]
    [InlineData("平成25年10月17日 9:02 山田太郎 <a@b.example>:", "山田太郎", "a@b.example")]
    public void Attribution_lines_name_the_quoted_person(string attribution, string name, string? address)
    {
        var body = Read($"承知しました。\n\n{attribution}\n> 前の文です。\n> 二行目\n\nよろしく。");
        var quote = body.Quotes.ShouldHaveSingleItem();
        quote.FromName.ShouldBe(name);
        quote.FromAddress.ShouldBe(address);
        quote.Text.ShouldBe("前の文です。\n二行目");
        quote.Depth.ShouldBe(1);
        body.Of(BlockKind.Attribution).Trim().ShouldBe(attribution);
        body.Of(BlockKind.New).Trim().ShouldBe("承知しました。\n\nよろしく。");
    }

    [Theory]
    [InlineData("-----Original Message-----\nFrom: A <a@b.example>\nSent: Thursday, October 17, 2013 9:02 AM\nTo: c@d.example\nSubject: s")]
    [InlineData(
        "-----元のメッセージ-----\n差出人: A [mailto:a@b.example]\n送信日時: 2013年10月17日木曜日 9:02\n宛先: c@d.example\n件名: s"
    )]
    [InlineData("差出人: A <a@b.example>\n送信日時: 2013年10月17日 9:02\n宛先: c@d.example\nCC: x@y.example\n件名: s")]
    [InlineData("From: A <a@b.example>\nSent: Thursday, October 17, 2013 9:02 AM\nTo: c@d.example\nSubject: s")]
    [InlineData("________________________________\n差出人: A <a@b.example>\n送信日時: 2013年10月17日 9:02\n宛先: c@d.example\n件名: s")]
    [InlineData("---------- Forwarded message ----------\nFrom: A <a@b.example>\nDate: 2013/10/17 9:02\nSubject: s\nTo: c@d.example\n")]
    [InlineData("Begin forwarded message:\n\nFrom: A <a@b.example>\nSubject: s\nDate: 2013/10/17 9:02\nTo: c@d.example")]
    [InlineData(
        "-------- 転送メッセージ --------\n件名: \ts\n日付: \tThu, 17 Oct 2013 09:02:00 +0900\n差出人: \tA <a@b.example>\n宛先: \tc@d.example"
    )]
    public void Header_blocks_open_the_rest_as_a_quote(string block)
    {
        var body = Read($"新しい文です。\n\n{block}\n\n古い文です。\n> もっと古い文です。");
        body.Quotes.Count.ShouldBe(2);
        var quote = body.Quotes[0];
        (quote.FromName, quote.FromAddress, quote.ToAddress, quote.Subject).ShouldBe(("A", "a@b.example", "c@d.example", "s"));
        quote.SentAtText.ShouldNotBeNull();
        quote.Text.ShouldBe("古い文です。");
        body.Quotes[1].Text.ShouldBe("もっと古い文です。");
        body.Quotes[1].Depth.ShouldBe(2);
        body.Of(BlockKind.New).Trim().ShouldBe("新しい文です。");
    }

    [Fact]
    public void Answers_between_the_lines_stay_new()
    {
        var body = Read("On 2013/10/17 9:02, A <a@b.example> wrote:\n> 一つ目\n答え一\n> 二つ目\n>> さらに前\n答え二\n");
        Kinds(body).ShouldBe("Attribution:1 Quoted1:1 New:1 Quoted1:1 Quoted2:1 New:2");
        body.Quotes[0].Text.ShouldBe("一つ目\n二つ目");
        body.Quotes[1].Text.ShouldBe("さらに前");
    }

    [Fact]
    public void Nested_outlook_replies_give_one_mail_each()
    {
        var body = Read(
            "three\n\n-----Original Message-----\nFrom: B\nSent: x\nTo: C\nSubject: s\n\ntwo\n\n-----Original Message-----\nFrom: A\nSent: y\nTo: B\nSubject: s\n\none\n"
        );
        body.Quotes.Select(quote => (quote.FromName, quote.Text, quote.Depth)).ShouldBe([("B", "two", 1), ("A", "one", 2)]);
    }

    [Fact]
    public void Apple_mail_attributes_inside_the_quote()
    {
        var body = Read("はい。\n\n> On 2013/10/17, at 9:02, A <a@b.example> wrote:\n> \n> 質問です\n");
        body.Quotes.Select(quote => (quote.FromName, quote.Text, quote.Depth)).ShouldBe([("A", "質問です", 1)]);
    }

    [Theory]
    [InlineData("Thu, 17 Oct 2013 09:02:00 +0900", "2013-10-17T09:02:00+09:00")]
    [InlineData("2013年10月17日(木) 午後9:02 JST", "2013-10-17T21:02:00+09:00")]
    [InlineData("平成25年10月17日 9時2分 +0900", "2013-10-17T09:02:00+09:00")]
    [InlineData("令和元年5月2日 9:02 (GMT+09:00)", "2019-05-02T09:02:00+09:00")]
    [InlineData("October 17, 2013 9:02:03 PM GMT+09:00", "2013-10-17T21:02:03+09:00")]
    [InlineData("2013-10-17T09:02:00Z", "2013-10-17T09:02:00+00:00")]
    [InlineData("2013/10/17 9:02", null)]
    [InlineData("2013/13/40 9:02 +0900", null)]
    [InlineData("no date", null)]
    public void Dates_of_attributions_need_an_offset(string text, string? expected) =>
        QuoteDate
            .Parse(text)
            .ShouldBe(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_known_zone_may_stand_in_for_a_missing_offset() =>
        QuoteDate
            .Parse("平成25年10月17日（木） 午前9:02", TimeSpan.FromHours(9))
            .ShouldBe(new DateTimeOffset(2013, 10, 17, 9, 2, 0, TimeSpan.FromHours(9)));

    [Theory]
    [InlineData("-- \n山田\n")]
    [InlineData("山田 太郎\n株式会社テスト 開発部\nE-mail: a@b.example\n")]
    [InlineData("****************\n山田\nhttp://www.b.example/\n****************\n")]
    [InlineData("◇◆◇─────────\n株式会社テスト\n山田\n─────────◇◆◇\n")]
    [InlineData("株式会社テスト\n山田\n")]
    [InlineData("Sent from my iPhone\n")]
    public void Signatures_are_found(string signature)
    {
        var body = Read("資料をお送りします。\nご確認ください。\n\n" + signature);
        body.Of(BlockKind.Signature).ShouldBe(signature);
        body.Of(BlockKind.New).Trim().ShouldBe("資料をお送りします。\nご確認ください。");
    }

    [Theory]
    [InlineData(
        "Dear Mr. Sato,\n\nPlease find the report attached to this mail.\n\nBest regards,\nJohn Smith\nExample Corp.\n",
        "John Smith\nExample Corp."
    )]
    [InlineData("Hello,\n\nThe meeting is on Monday at ten and we will see you there.\n\n--\nJohn", "--\nJohn")]
    public void English_signatures_are_found(string text, string signature)
    {
        var body = Read(text);
        body.Blocks[0].Kind.ShouldBe(BlockKind.Salutation);
        body.Of(BlockKind.Signature).Trim().ShouldBe(signature);
        body.Language.ShouldBe("en");
    }

    [Theory]
    [InlineData("お世話になっております。○○工業の田中です。", BlockKind.Salutation)]
    [InlineData("お世話になっております。資料の件です。添付をご確認ください。", BlockKind.New)]
    public void Who_is_writing_belongs_to_the_greeting_on_its_line(string first, BlockKind kind) =>
        BodyAnalyzer.Analyse(first + "\nご依頼の資料をお送りいたします。\n", "plain", null).Blocks[0].Kind.ShouldBe(kind);

    [Fact]
    public void Prose_about_companies_is_no_signature() =>
        Kinds(Read("株式会社テストの件ですが、来週お伺いします。\n電話でご連絡ください。\n日程は水曜日を希望します。")).ShouldBe("New:3");

    [Fact]
    public void A_disclaimer_at_the_end_is_a_footer()
    {
        var body = Read(
            "資料です。\n\n-- \n山田\n\n----------------\n本メールは機密情報を含む場合があります。\n誤って受信された場合は削除してください。\n"
        );
        Kinds(body).ShouldBe("New:2 Signature:3 Footer:4");
    }

    [Fact]
    public void Drawings_and_comparisons_are_no_quotes()
    {
        var body = Read("表です。\n| a | b |\n| 1 | 2 |\nx > y です。\n>From the start\n");
        body.Blocks.ShouldAllBe(block => block.QuoteDepth == 0);
    }

    [Fact]
    public void Soft_line_ends_of_flowed_text_are_joined() =>
        BodyAnalyzer
            .Analyse("one \r\ntwo\r\n> quoted \r\n> text\r\n-- \r\nme", "plain", null, formatFlowed: true)
            .Text.ShouldBe("one two\n> quoted text\n-- \nme");

    [Fact]
    public void Line_ends_of_all_kinds_become_lf() => Read("a\r\nb\rc\nd").Text.ShouldBe("a\nb\nc\nd");

    [Fact]
    public void An_empty_body_has_no_blocks() => Read("").Blocks.ShouldBeEmpty();

    [Fact]
    public void Blocks_cover_all_lines_without_gap_or_overlap()
    {
        var fragment = Gen.OneOf(
            "\n",
            "\n",
            "\n",
            "> ",
            ">",
            "＞",
            "| ",
            "From: A\n",
            "Sent: x\n",
            "Subject: s\n",
            "To: b\n",
            "-----Original Message-----\n",
            "On 2013/10/17, A wrote:\n",
            "-- \n",
            "━━━━━\n",
            "TEL 03-0000-0000\n",
            "お世話になっております。\n",
            "山田様\n",
            "本文です。\n",
            " ",
            "\r\n",
            "差出人: A\n件名: s\n宛先: b\n",
            "mailing list\n",
            "\u2028",
            "\0"
        );
        fragment
            .Array[0, 40]
            .Select(parts => string.Concat(parts))
            .Sample(
                text =>
                {
                    var body = Read(text);
                    var next = 0;
                    foreach (var block in body.Blocks)
                    {
                        block.FirstLine.ShouldBe(next);
                        block.LineCount.ShouldBeGreaterThan(0);
                        block.QuoteDepth.ShouldBeGreaterThanOrEqualTo(0);
                        next += block.LineCount;
                    }

                    next.ShouldBe(body.Text.Length == 0 ? 0 : body.Text.Split('\n').Length);
                },
                iter: 5_000
            );
    }

    [Fact]
    public void Hostile_bodies_take_linear_time()
    {
        string[] hostile =
        [
            new string('\n', 1_000_000),
            new string('>', 1_000_000),
            string.Concat(Enumerable.Repeat("> x\n\ny\n", 150_000)),
            string.Concat(Enumerable.Repeat("-----Original Message-----\n", 38_000)),
            string.Concat(Enumerable.Repeat("2013/10/17 9:02 a@b\n", 50_000)),
            string.Concat(Enumerable.Repeat("From: a\nTo: b\nSubject: c\n", 38_000)),
            string.Concat(Enumerable.Repeat("On On On On\n", 80_000)),
            new string('あ', 1_000_000),
        ];
        foreach (var text in hostile)
        {
            var clock = Stopwatch.StartNew();
            Read(text).Blocks.ShouldNotBeEmpty();
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), text[..10]);
        }
    }
}
