using Noroshi.Hub.Conversations;
using Noroshi.Hub.Conversations.Threading;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Shouldly;
using Xunit;
using static Noroshi.Hub.Tests.Conversations.Threading.Letters;

namespace Noroshi.Hub.Tests.Conversations.Threading;

public sealed class ContentThreadsTests
{
    private const string Kimura = "木村 健一 <kimura.lab@webmail.example>";
    private const string Window = "製品問い合わせ窓口 <products@power-a.example>";
    private const string Question =
        "貴社の蓄電池について、低温時の放電特性の試験条件を教えていただけますでしょうか。\n論文に引用したいと考えております。";

    private static ProvidedMail Asked(string key = "a", int minute = 0) =>
        Bare(key, minute, Kimura, Window, "製品についてのお問い合わせ", Question);

    private static ProvidedMail Other(string key = "x", int minute = 3) =>
        Bare(
            key,
            minute,
            "佐藤 <sato@shop.example>",
            Window,
            "製品についてのお問い合わせ",
            "交換用のケーブルはどちらで購入できますか。型番は一二三四です。"
        );

    [Fact]
    public void A_japanese_answer_with_a_sender_block_finds_its_question() =>
        Threaded(
                Asked(),
                Other(),
                Bare(
                    "b",
                    70,
                    Window,
                    Kimura,
                    "RE: 製品についてのお問い合わせ",
                    "木村様\n\nお問い合わせいただいた件につきまして、仕様書の3ページをご覧ください。\n\n"
                        + "-----元のメッセージ-----\n差出人: 木村 健一 <kimura.lab@webmail.example>\n送信日時: 2013年10月17日 9:00\n"
                        + "宛先: products@power-a.example\n件名: 製品についてのお問い合わせ\n\n"
                        + Question
                )
            )
            .ShouldBe("a b<a | x");

    [Fact]
    public void Marked_quotes_find_their_question_under_another_subject() =>
        Threaded(
                Asked(),
                Other(),
                Bare(
                    "b",
                    70,
                    Window,
                    Kimura,
                    "試験条件の件",
                    "> " + Question.Replace("\n", "\n> ", StringComparison.Ordinal) + "\n\n摂氏零度で測定しております。"
                )
            )
            .ShouldBe("a b<a | x");

    [Fact]
    public void Quotes_are_known_although_their_lines_are_wrapped_anew() =>
        Threaded(
                Asked(),
                Other(),
                Bare(
                    "b",
                    70,
                    Window,
                    Kimura,
                    "Re: 製品についてのお問い合わせ",
                    "木村さんは書きました:\n> 貴社の蓄電池について、低温時の放電特性の\n> 試験条件を教えていただけますでしょうか。論文に引用\n> したいと考えております。\n\n摂氏零度です。"
                )
            )
            .ShouldBe("a b<a | x");

    [Fact]
    public void Quotes_with_odd_marks_are_quotes()
    {
        var answer = Bare(
            "b",
            70,
            Window,
            Kimura,
            "Re: 製品についてのお問い合わせ",
            "木村さんは書きました:\n#貴社の蓄電池について、低温時の放電特性の試験条件を教えていただけますでしょうか。\n#論文に引用したいと考えております。\n\n摂氏零度で測定した値を仕様書の三ページに載せております。"
        );
        var thanks = Bare(
            "c",
            90,
            Kimura,
            Window,
            "Re: 製品についてのお問い合わせ",
            "> 摂氏零度で測定した値を仕様書の三ページに載せております。\n\nありがとうございました。"
        );
        Threaded(Asked(), answer, thanks).ShouldBe("a b<a c<b");
    }

    [Fact]
    public void An_exchange_without_any_header_and_without_quotes_is_one_thread()
    {
        var mails = LedExchange
            .Mails()
            .Select(mail =>
                mail.With(facts => facts with { MessageId = null, InReplyTo = null, References = [], Subject = "Re: 製品について" })
            )
            .ToList();
        var thread = Threads.Of(mails).ShouldHaveSingleItem();
        thread.Mails.Count.ShouldBe(9);
        thread.Parents.Count(link => link.Parent is not null).ShouldBeGreaterThanOrEqualTo(6);
        foreach (var link in thread.Parents.Where(link => link.Parent is not null))
        {
            link.Basis.ShouldBe(ParentBasis.Content);
            var (child, parent) = (mails.Single(mail => mail.Key == link.Child), mails.Single(mail => mail.Key == link.Parent));
            parent.Direction.ShouldNotBe(child.Direction);
        }
    }

    [Fact]
    public void Two_exchanges_under_one_subject_at_the_same_time_stay_apart()
    {
        const string Suzuki = "鈴木 <suzuki@mail.example>";
        Threaded(
                Bare("a1", 0, Kimura, Window, "製品について", "低温時の特性を教えてください。"),
                Bare("b1", 2, Suzuki, Window, "製品について", "保証期間は何年でしょうか。"),
                Bare("a2", 30, Window, Kimura, "Re: 製品について", "仕様書をご覧ください。"),
                Bare("b2", 31, Window, Suzuki, "Re: 製品について", "三年でございます。"),
                Bare("a3", 40, Kimura, Window, "Re: 製品について", "拝見しました。") with
                {
                    Direction = MailDirection.Inbound,
                },
                Bare("b3", 41, Suzuki, Window, "Re: 製品について", "延長はできますか。") with
                {
                    Direction = MailDirection.Inbound,
                }
            )
            .ShouldBe("a1 a2<a1 a3<a2 | b1 b2<b1 b3<b2");
    }

    [Fact]
    public void Between_two_questions_that_fit_alike_it_abstains_and_says_so()
    {
        ProvidedMail[] mails =
        [
            Asked(),
            Bare("x", 1, "山本 <yamamoto@shop.example>", Window, "製品についてのお問い合わせ", "保証期間は何年でしょうか。"),
            Bare("b", 70, Window, "support@power-a.example", "Re: 製品についてのお問い合わせ", "承知しました。"),
        ];
        var link = Link(mails, "b").ShouldNotBeNull();
        link.Parent.ShouldBeNull();
        link.Basis.ShouldBe(ParentBasis.Content);
    }

    [Fact]
    public void An_answer_whose_question_is_not_here_gets_no_parent() =>
        Link(
                [
                    Other("x", 0),
                    Bare(
                        "b",
                        70,
                        Window,
                        Kimura,
                        "Re: 製品についてのお問い合わせ",
                        "木村さんは書きました:\n> " + Question.Replace("\n", "\n> ", StringComparison.Ordinal) + "\n\n摂氏零度です。"
                    ),
                ],
                "b"
            )
            .ShouldNotBeNull()
            .Parent.ShouldBeNull();

    [Fact]
    public void Strangers_who_write_to_a_window_under_one_subject_stay_apart() =>
        Threads
            .Of([
                .. Enumerable
                    .Range(0, 20)
                    .Select(i =>
                        Bare($"m{i:D2}", i, $"p{i}@a{i}.example", Window, "Re: 請求書", $"請求書番号{i}の件です。") with
                        {
                            Direction = MailDirection.Inbound,
                        }
                    ),
            ])
            .Count.ShouldBe(20);

    [Fact]
    public void A_flood_under_the_same_subject_does_not_hide_the_partner() =>
        Link(
                [
                    Bare("a", 0, Window, Kimura, "Re: 製品について", "仕様書をご覧ください。"),
                    .. Enumerable
                        .Range(0, 50)
                        .Select(i => Bare($"m{i:D2}", i + 1, $"p{i}@a{i}.example", Window, "Re: 製品について", $"番号{i}の件です。")),
                    Bare("b", 70, Kimura, Window, "Re: 製品について", "拝見しました。") with
                    {
                        Direction = MailDirection.Inbound,
                    },
                ],
                "b"
            )
            .ShouldNotBeNull()
            .Parent.ShouldBe("a");

    [Fact]
    public void An_answer_goes_to_the_address_that_the_question_names_for_answers() =>
        Link(
                [
                    Asked().With(facts => facts with { ReplyTo = [new MailAddress("", "kimura@lab.example")] }),
                    Other(),
                    Bare("b", 70, Window, "kimura@lab.example", "Re: 製品についてのお問い合わせ", "摂氏零度で測定しております。"),
                ],
                "b"
            )
            .ShouldNotBeNull()
            .Parent.ShouldBe("a");

    [Fact]
    public void Stock_phrases_in_a_quote_join_nothing()
    {
        const string Stock = "平素より大変お世話になっております。何卒よろしくお願い申し上げます。";
        var mails = Enumerable
            .Range(0, 40)
            .Select(i => Bare($"m{i:D2}", i, $"p{i}@a.example", Window, $"用件その{i}番目", $"{Stock}\n個別の用件{i}でございます。"))
            .Append(Bare("z", 90, Window, "q@a.example", "Re: まったく別の件", $"> {Stock}\n\n承知しました。"))
            .ToArray();
        Threads.Of(mails).Count.ShouldBe(41);
    }

    [Fact]
    public void A_letter_of_the_same_title_every_day_stays_alone() =>
        Threads
            .Of([
                .. Enumerable
                    .Range(0, 10)
                    .Select(i =>
                        Bare(
                            $"m{i}",
                            i * 1440,
                            "news@letters.example",
                            Window,
                            "日刊メールニュース",
                            $"本日{i}日目のお知らせは第{i}号の発行についてです。"
                        )
                    ),
            ])
            .Count.ShouldBe(10);

    [Fact]
    public void A_question_with_a_clock_that_is_hours_late_is_still_found() =>
        Threaded(
                Asked("a", 200),
                Bare(
                    "b",
                    70,
                    Window,
                    Kimura,
                    "Re: 製品についてのお問い合わせ",
                    "> " + Question.Replace("\n", "\n> ", StringComparison.Ordinal) + "\n\n摂氏零度で測定しております。"
                )
            )
            .ShouldBe("b<a a");

    [Fact]
    public void A_mail_that_was_given_twice_stands_in_one_thread_without_headers() =>
        Threaded(Asked(), Asked("a-copy"), Other()).ShouldBe("a a-copy | x");

    [Fact]
    public void A_rewritten_identifier_is_overcome_by_what_the_answer_quotes() =>
        Threaded(
                Asked().With(facts => facts with { MessageId = "rewritten@list.example" }),
                Other(),
                Bare(
                        "b",
                        70,
                        Window,
                        Kimura,
                        "Re: 製品についてのお問い合わせ",
                        "木村様\n\n摂氏零度で測定しております。\n\n-----Original Message-----\nFrom: 木村 健一 <kimura.lab@webmail.example>\n"
                            + "Sent: Thursday, October 17, 2013 9:00 AM\nTo: products@power-a.example\nSubject: 製品についてのお問い合わせ\n\n"
                            + Question
                    )
                    .With(facts => facts with { InReplyTo = Id("a") })
            )
            .ShouldBe("a b<a | x");

    [Fact]
    public void No_thread_crosses_organisations_by_content() =>
        Threads
            .Of([
                Asked(),
                Bare("b", 70, Window, Kimura, "Re: 製品についてのお問い合わせ", "> " + Question) with
                {
                    Organization = "power-b",
                },
            ])
            .Count.ShouldBe(2);
}
