using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations;

public sealed class GhostTests
{
    private const string Answer = "お問い合わせありがとうございます。\n仕様書の3ページに記載がございますのでご覧ください。";

    private static readonly Letter First = new();

    private static readonly Letter Payload = new()
    {
        At = "10-17 10:27",
        Subject = "Re: 製品についてのお問い合わせ",
        Text =
            "ご回答ありがとうございます。資料をお送りします。\n\n2013年10月17日 10:14 <info@power-a.example>:\n> お問い合わせありがとうございます。\n> 仕様書の3ページに記載がございますので\n> ご覧ください。\n>\n> 2013年10月17日 9:00 <kimura.lab@webmail.example>:\n>> 貴社製品の仕様についてお尋ねしたいことがあり、ご連絡しました。\n",
        InReplyTo = "unknown@power-a.example",
        Files = [("研究室資料.exe", ProgramMaker.Pe())],
    };

    [Fact]
    public void A_reply_that_was_not_handed_in_still_counts_and_is_marked_as_seen_only_in_a_quote()
    {
        var draft = Town.Exchanges(First, Payload).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in (out) in");
        var ghost = draft.Entries[1];
        ghost.At.ShouldBe(Letter.Time("10-17 10:14"));
        ghost.Precision.ShouldBe(TimePrecision.Minute);
        var judged = Town.Judged(draft);
        judged.Messages[1].Role.ShouldBe(MessageRole.Reply);
        judged.Messages[1].Source.ShouldBe(MessageSource.Quote);
        judged.Messages[1].Mail.ShouldBeNull();
        judged.Messages[2].GapSeconds.ShouldBe(13 * 60);
        judged.Assessment.ShouldBe(Assessment.High);
    }

    [Fact]
    public void A_quote_of_a_mail_at_hand_is_no_second_message()
    {
        var answer = new Letter
        {
            From = Letter.Info,
            To = Letter.Person,
            At = "10-17 10:14",
            Subject = "Re: 製品についてのお問い合わせ",
            Text = Answer,
            InReplyTo = "10-17.0900.kimura.lab@webmail.example",
        };
        Town.Line(Town.Exchanges(First, answer, Payload).ShouldHaveSingleItem()).ShouldBe("in out in");
    }

    [Fact]
    public void The_same_ghost_quoted_in_several_mails_is_one()
    {
        var again = Payload with
        {
            At = "10-17 11:40",
            Text = "先ほどの資料はご覧いただけましたでしょうか。\n\n" + Payload.Text,
            Files = [],
        };
        Town.Line(Town.Exchanges(First, Payload, again).ShouldHaveSingleItem()).ShouldBe("in (out) in in");
    }

    [Fact]
    public void A_ghost_quoted_without_a_time_takes_it_from_a_later_quote_wrapped_otherwise()
    {
        var first = Payload with
        {
            Text = "資料をお送りします。\n\n> お問い合わせの件ですが、仕様書の3ページに記載がございますので\n> ご覧ください。\n",
        };
        var later = Payload with
        {
            At = "10-17 11:40",
            Files = [],
            Text =
                "いかがでしょうか。\n\n2013年10月17日 10:14 <info@power-a.example>:\n> お問い合わせの件ですが、仕様書の\n> 3ページに記載がございますのでご覧ください。\n",
        };
        var draft = Town.Exchanges(First, first, later).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in (out) in in");
        draft.Entries[1].At.ShouldBe(Letter.Time("10-17 10:14"));
    }

    [Fact]
    public void A_ghost_without_a_time_is_placed_before_the_mail_that_quotes_it_and_gives_no_latency()
    {
        var payload = Payload with { Text = "資料をお送りします。\n\n> 仕様書の3ページに記載がございますのでご覧ください。\n" };
        var draft = Town.Exchanges(First, payload).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in (out) in");
        draft.Entries[1].At.ShouldBeNull();
        var judged = Town.Judged(draft);
        judged.Messages[1].GapSeconds.ShouldBeNull();
        judged.Messages[2].GapSeconds.ShouldBeNull();
        judged.Evidence.ShouldNotContain(one => one.Code.StartsWith("latency", StringComparison.Ordinal));
        ConversationBuilder.Times(draft, Town.Assessed(draft), Town.Members.Find("power-a"), Town.Members).LatencyMinutes.ShouldBeEmpty();
    }

    [Fact]
    public void A_quoted_receipt_is_automatic_and_no_reply()
    {
        var payload = Payload with
        {
            Text =
                "資料をお送りします。\n\n2013年10月17日 9:01 <info@power-a.example>:\n> このメールは自動返信です。お問い合わせを受け付けました。\n> 受付番号: 20131017-0042\n",
        };
        var draft = Town.Exchanges(First, payload).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in (out)* in");
        Town.Judged(draft).Messages[1].Role.ShouldBe(MessageRole.Other);
    }

    [Fact]
    public void Quoted_text_carries_intents()
    {
        var payload = Payload with
        {
            Text =
                "再送します。\n\n2013年10月17日 10:14 <info@power-a.example>:\n> お送りいただいた添付ファイルを開くことができませんでした。\n",
        };
        Town.Exchanges(First, payload)[0].Entries[1].Has(Intent.CannotOpen).ShouldBeTrue();
    }

    [Fact]
    public void A_third_partys_mail_that_somebody_quotes_is_none_of_this_exchange()
    {
        var passing = Payload with
        {
            Text =
                "参考までに転送します。\n\n2013年10月16日 8:00 <news@other.example>:\n> 今月のお知らせを下記のとおりお届けします。ご一読ください。\n",
        };
        Town.Line(Town.Exchanges(First, passing).ShouldHaveSingleItem()).ShouldBe("in in");
    }

    [Fact]
    public void Whom_a_mail_to_many_quotes_by_an_unknown_name_is_not_taken_for_the_window()
    {
        var payload = Payload with
        {
            Text = "同感です。\n\n中村さんは書きました:\n> 仕様書の3ページに記載がございますのでご覧ください。\n",
        };
        Town.Line(Town.Exchanges(First, payload).ShouldHaveSingleItem()).ShouldBe("in (out) in");
        var toMany = payload with { Headers = [("Cc", "members@circle.example")] };
        Town.Line(Town.Exchanges(First, toMany).ShouldHaveSingleItem()).ShouldBe("in in");
    }

    [Fact]
    public void An_attribution_in_another_time_zone_is_the_same_mail()
    {
        var answer = new Letter
        {
            From = Letter.Info,
            To = Letter.Person,
            At = "10-17 10:14",
            Text = Answer,
            InReplyTo = "10-17.0900.kimura.lab@webmail.example",
        };

        // The outsider's mailer shows the time of the answer in its own zone, without saying so.
        var payload = Payload with
        {
            Text =
                "資料をお送りします。\n\n2013年10月17日 9:14 <info@power-a.example>:\n> お問い合わせありがとうございます。\n> 仕様書の3ページに記載がございますのでご覧ください。\n",
        };
        Town.Line(Town.Exchanges(First, answer, payload).ShouldHaveSingleItem()).ShouldBe("in out in");
    }
}
