using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Makers;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations;

public sealed class JudgedExchangeTests
{
    private static readonly Letter First = new();
    private static readonly Letter Answer = new()
    {
        From = Letter.Info,
        To = Letter.Person,
        At = "10-17 10:14",
        Subject = "Re: 製品",
        Text = "お答えします。",
    };

    private static readonly Letter Attack = new()
    {
        At = "10-17 10:27",
        Subject = "Re: 製品",
        Text = "資料をお送りします。",
        Files = [("履歴書.exe", ProgramMaker.Pe())],
    };

    private static readonly ConversationEvidence Reason = new("live", "#1-1", 8);

    [Fact]
    public void The_led_exchange_comes_out_as_nine_rows_with_labels_gaps_and_stage()
    {
        var draft = Hub.Conversations.Exchanges.Of(LedExchange.Mails(), Town.Members, []).ShouldHaveSingleItem();
        var judged = Town.Judged(draft);
        judged.Messages.Select(one => one.Label).ShouldBe(Enumerable.Range(1, 9).Select(row => $"#4-{row}"));
        judged
            .Messages.Select(one => one.Role)
            .ShouldBe([
                MessageRole.Reconnaissance,
                MessageRole.Reply,
                MessageRole.Attack,
                MessageRole.Reply,
                MessageRole.Attack,
                MessageRole.Reply,
                MessageRole.Reconnaissance,
                MessageRole.Reply,
                MessageRole.Attack,
            ]);
        judged.Messages[6].GapSeconds.ShouldBe(13 * 60);
        judged.Messages[8].GapSeconds.ShouldBe(51 * 60);
        (judged.Stage, judged.Assessment, judged.AttackFirst).ShouldBe((ConversationStage.Attacked, Assessment.High, false));
        var times = ConversationBuilder.Times(draft, Town.Assessed(draft), Town.Members.Find("power-a"), Town.Members);
        times.LatencyMinutes.ShouldBe([13, 18, 13, 51]);
        times.Addresses.ShouldBe([LedExchange.Window]);
        times.Received.Count.ShouldBe(5);
        times.Containers.ShouldBe(["rar4", "rar5"]);
        times.Documents.ShouldHaveSingleItem();
        times.CountsAs.ShouldBe("power-a");
    }

    [Fact]
    public void An_attack_before_any_harmless_mail_is_attack_first_and_gives_no_latency_figure()
    {
        var first = Attack with { At = "10-17 09:00", Subject = "資料" };
        var draft = Town.Exchanges(first, Answer, Attack).ShouldHaveSingleItem();
        var judged = Town.Judged(draft);
        judged.AttackFirst.ShouldBeTrue();
        judged.Stage.ShouldBe(ConversationStage.Attacked);
        ConversationBuilder.Times(draft, Town.Assessed(draft), null, Town.Members).LatencyMinutes.ShouldBeEmpty();
    }

    [Fact]
    public void A_malicious_mail_that_nobody_answers_is_no_exchange_that_begins_with_an_attack() =>
        Town.Judged(Town.Exchanges(Attack).ShouldHaveSingleItem()).AttackFirst.ShouldBeFalse();

    [Fact]
    public void A_payload_is_an_attack_although_its_mail_calls_itself_automatic()
    {
        var hidden = Attack with { Headers = [("Auto-Submitted", "auto-generated"), ("Precedence", "bulk")] };
        var judged = Town.Judged(Town.Exchanges(First, Answer, hidden).ShouldHaveSingleItem());
        judged.Messages[2].Role.ShouldBe(MessageRole.Attack);
        judged.Assessment.ShouldBe(Assessment.High);
    }

    [Fact]
    public void A_reminder_in_the_middle_is_reconnaissance()
    {
        var reminder = new Letter
        {
            At = "10-18 10:00",
            Subject = "Re: 製品",
            Text = "先日お送りした資料はご確認いただけましたでしょうか。",
        };
        var judged = Town.Judged(Town.Exchanges(First, Answer, Attack, reminder).ShouldHaveSingleItem());
        judged.Messages[3].Role.ShouldBe(MessageRole.Reconnaissance);
        judged.Messages[3].SummaryJa.ShouldBe("返答を促すメールが、攻撃者から届いた。");
    }

    [Fact]
    public void A_locked_archive_that_nobody_opened_is_shown_as_unconfirmed_and_never_an_attack()
    {
        var locked = Attack with { Text = "見積依頼書をお送りします。", Files = [("見積依頼書.zip", Locked("unknown-1", "a.txt"))] };
        var judged = Town.Judged(Town.Exchanges(First, Answer, locked).ShouldHaveSingleItem());
        judged.Stage.ShouldBe(ConversationStage.Replied);
        judged.Assessment.ShouldBe(Assessment.None);
        judged.Evidence.ShouldContain(one => one.Code == "encrypted-unopened" && one.Detail == "#4-3 見積依頼書.zip" && one.Bits == 0);
        judged.Messages[2].SummaryEn.ShouldBe("A mail arrived with a locked file that could not be read.");
    }

    [Fact]
    public void The_mail_that_only_brings_the_password_is_part_of_the_attack()
    {
        var locked = Attack with
        {
            Text = "資料をお送りします。パスワードは abcd1234 です。",
            Files = [("資料.zip", Locked("abcd1234", "資料.exe"))],
        };
        var password = new Letter
        {
            At = "10-17 10:29",
            Subject = "パスワードのご連絡",
            Text = "先ほどのファイルのパスワードは abcd1234 です。",
        };
        var judged = Town.Judged(Town.Exchanges(First, Answer, locked, password).ShouldHaveSingleItem());
        judged.Messages[3].Role.ShouldBe(MessageRole.Attack);
    }

    [Fact]
    public void A_link_to_a_destination_that_somebody_observed_is_an_attack()
    {
        var link = Attack with
        {
            Files = [],
            Text = "資料は次のところに置きました。\nhttp://files.bad-host.example/doc/",
            Destinations = [new Destination("bad-host.example")],
        };
        var again = new Letter
        {
            At = "10-17 11:00",
            Subject = "Re: 製品",
            Text = "こちらからもご覧いただけます。\nhttp://files.bad-host.example/doc2/",
        };
        var judged = Town.Judged(Town.Exchanges(First, Answer, link, again).ShouldHaveSingleItem());
        judged.Messages[2].Role.ShouldBe(MessageRole.Attack);
        judged.Messages[2].SummaryJa.ShouldBe("不審なリンクを記したメールが届いた。");
        judged.Messages[3].Role.ShouldBe(MessageRole.Attack);
        judged.Assessment.ShouldBe(Assessment.High);
    }

    [Fact]
    public void A_link_in_a_signature_makes_no_attack_of_a_judged_inquiry()
    {
        var inquiry = First with
        {
            Verdict = "targeted",
            Text = "貴社製品の仕様についてお尋ねしたいことがあり、ご連絡しました。\n\n-- \n木村 健一\nhttp://lab.university.example/\n",
        };
        var judged = Town.Judged(Town.Exchanges(inquiry, Answer, Attack).ShouldHaveSingleItem());
        judged.Messages[0].Role.ShouldBe(MessageRole.Reconnaissance);
    }

    [Fact]
    public void How_an_attachment_fits_the_topic_is_a_figure_of_small_weight()
    {
        var evidence = Town.Judged(Town.Exchanges(First, Answer, Attack).ShouldHaveSingleItem()).Evidence;
        var fit = evidence.Single(one => one.Code == "topic-fit");
        fit.Detail.ShouldBe("#4-3 履歴書.exe: 0 %");
        fit.Bits.ShouldBeLessThanOrEqualTo(0.5m);
        var fitting = Attack with { Files = [("製品の仕様.exe", ProgramMaker.Pe())] };
        Town.Judged(Town.Exchanges(First, Answer, fitting)[0]).Evidence.Single(one => one.Code == "topic-fit").Bits.ShouldBe(0);
    }

    [Fact]
    public void A_genuine_customer_who_sends_a_locked_archive_again_is_never_live_unless_there_is_a_reason()
    {
        Letter[] letters =
        [
            new()
            {
                Subject = "見積書の件",
                Text = "お問い合わせの見積書をお送りします。パスワードは別途お送りします。",
                Files = [("見積書.zip", Locked("unknown-1", "a.txt"))],
            },
            new()
            {
                At = "10-17 09:01",
                Subject = "パスワードのお知らせ",
                Text = "先ほどの添付ファイルのパスワードは mitsumori88 です。",
            },
            new()
            {
                From = Letter.Info,
                To = Letter.Person,
                At = "10-17 09:30",
                Text = "添付ファイルが開けませんでした。お手数ですが再送をお願いします。",
            },
            new()
            {
                At = "10-17 09:34",
                Subject = "Re: 見積書の件",
                Text = "失礼しました。解凍ソフトは何をお使いでしょうか。",
            },
            new()
            {
                From = Letter.Info,
                To = Letter.Person,
                At = "10-17 09:50",
                Text = "Windows標準の機能を使用しています。",
            },
            new()
            {
                At = "10-17 09:55",
                Subject = "Re: 見積書の件",
                Text = "見積書を再送いたします。",
                Files = [("見積書.zip", Locked("unknown-2", "a.txt"))],
            },
        ];
        var draft = Town.Exchanges(letters).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in in out in out in");
        Town.Judged(draft).Assessment.ShouldBe(Assessment.Low);
        ConversationBuilder.Build(draft, new Suspicion(false, Reason), 1).Assessment.ShouldBe(Assessment.Live);
    }

    [Fact]
    public void A_question_about_the_environment_counts_only_from_the_outsider()
    {
        var asked = Answer with { Text = "解凍ソフトは何をお使いでしょうか。" };
        Town.Judged(Town.Exchanges(First, asked).ShouldHaveSingleItem()).Assessment.ShouldBe(Assessment.None);
    }

    [Fact]
    public void After_an_attack_there_is_no_live_warning()
    {
        var draft = Town.Exchanges(First, Answer, Attack).ShouldHaveSingleItem();
        ConversationBuilder.Build(draft, new Suspicion(true, Reason), 1).Assessment.ShouldBe(Assessment.High);
    }

    [Fact]
    public void What_a_linked_outsider_writes_without_harm_is_reconnaissance()
    {
        var draft = Town.Exchanges(First, Answer).ShouldHaveSingleItem();
        ConversationBuilder.Build(draft, new Suspicion(true, null), 1).Messages[0].Role.ShouldBe(MessageRole.Reconnaissance);
        Town.Judged(draft).Messages[0].Role.ShouldBe(MessageRole.Other);
    }

    private static byte[] Locked(string password, string name) =>
        ZipMaker.Zip(
            [new MadeFile(name, name.EndsWith("exe", StringComparison.Ordinal) ? ProgramMaker.Pe() : "合計"u8.ToArray())],
            new() { Lock = ZipLock.Aes256, Password = password }
        );
}
