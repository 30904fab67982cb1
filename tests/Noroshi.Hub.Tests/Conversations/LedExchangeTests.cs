using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Findings;
using Noroshi.Makers;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations;

public sealed class LedExchangeTests
{
    private static readonly MessageRole[] Expected =
    [
        MessageRole.Reconnaissance,
        MessageRole.Reply,
        MessageRole.Attack,
        MessageRole.Reply,
        MessageRole.Attack,
        MessageRole.Reply,
        MessageRole.Reconnaissance,
        MessageRole.Reply,
        MessageRole.Attack,
    ];

    [Fact]
    public void Nine_messages_get_their_roles() => LedExchange.Entries().Select(entry => entry.Role).ShouldBe(Expected);

    [Fact]
    public void A_reply_followed_by_an_attack_within_the_hour_is_high_and_says_why()
    {
        var (assessment, attackFirst, evidence) = Assessments.Of(LedExchange.Entries(), LedExchange.Label);
        assessment.ShouldBe(Assessment.High);
        attackFirst.ShouldBeFalse();
        evidence.ShouldContain(one => one.Code == "sequence");
        evidence.ShouldContain(one => one.Code == "environment-question");
        evidence.Count(one => one.Code == "adaptation").ShouldBe(2);
        evidence.ShouldContain(one => one.Code == "latency.quick" && one.Detail == "#4-2 -> #4-3: 13 min");
        evidence.ShouldContain(one => one.Code == "latency.quick" && one.Detail == "#4-6 -> #4-7: 13 min");
        evidence.ShouldContain(one => one.Code == "latency.prompt" && one.Detail == "#4-8 -> #4-9: 51 min");
    }

    [Fact]
    public void The_same_document_comes_in_another_wrapping_until_the_named_unarchiver_opens_it()
    {
        var adaptations = Adaptation.In(LedExchange.Entries());
        adaptations.Select(one => (one.Before, one.After)).ShouldBe([(2, 4), (4, 8)]);
        adaptations[1].Program.ShouldBe("Lhaplus");
        adaptations[1].OpensBefore.ShouldBe(false);
        adaptations[1].OpensAfter.ShouldBe(true);
    }

    [Fact]
    public void The_table_tells_what_happened_in_one_sentence_each()
    {
        var entries = LedExchange.Entries();
        var rows = Enumerable.Range(0, entries.Count).Select(at => Summaries.Of(entries, at, LedExchange.Label)).ToList();
        rows[0].Ja.ShouldBe("製品に関する問い合わせとして、最初のメールが届いた。");
        rows[4].Ja.ShouldBe("「本研究室の資料」の再送付を名目に、次はパスワード付きRAR圧縮ファイルを添付したメールが届いた。");
        rows[6].Ja.ShouldBe("使っている解凍ソフトを尋ねるメールが、攻撃者から届いた。");
        rows[7].Ja.ShouldBe("解凍には「Lhaplus」を使ったと返信した。");
        rows[8].Ja.ShouldEndWith("#4-5のものと異なり、「Lhaplus」で解凍できる形式に変わっていた。");
        rows[8].En.ShouldEndWith("Unlike that of #4-5, it opens in Lhaplus.");
        rows.ShouldAllBe(row => row.Ja.EndsWith('。') && row.En.EndsWith('.'));
        // Outward sentences name nobody and no time.
        rows.ShouldAllBe(row => !row.Ja.Contains('@') && !row.En.Contains('@') && !row.Ja.Contains(':'));
    }

    [Fact]
    public void A_genuine_customer_who_sends_a_locked_archive_again_raises_nothing()
    {
        byte[] Locked(string password) =>
            ZipMaker.Zip([MadeFile.Text("見積書.txt", "合計 100,000円\n")], new() { Lock = ZipLock.Aes256, Password = password });
        ProvidedMail[] mails =
        [
            LedExchange.In("09:00", "見積書の件", "お問い合わせの見積書をお送りします。", ("見積書.zip", Locked("unknown-1"))),
            LedExchange.Out("10:00", "添付ファイルが開けませんでした。お手数ですが再送をお願いします。"),
            LedExchange.In("10:10", "Re: 見積書の件", "失礼しました。解凍ソフトは何をお使いでしょうか。"),
            LedExchange.Out("10:30", "Windows標準の機能を使用しています。"),
            LedExchange.In("10:40", "Re: 見積書の件", "見積書を再送いたします。", ("見積書.zip", Locked("unknown-2"))),
        ];
        var entries = Roles.Assign([.. mails.Select(ExchangeEntry.Of)], suspected: false);
        entries.ShouldAllBe(entry => entry.Role == MessageRole.Reply || entry.Role == MessageRole.Other);
        Assessments.Of(entries, LedExchange.Label).Assessment.ShouldBe(Assessment.Low);
    }

    [Fact]
    public void The_mail_that_only_brings_the_password_belongs_to_the_attack()
    {
        ProvidedMail[] mails =
        [
            LedExchange.In("09:00", "お尋ね", "製品についてお尋ねします。"),
            LedExchange.Out("10:00", "ご回答いたします。"),
            LedExchange.In(
                "10:10",
                "資料",
                "資料をお送りします。パスワードは abcd1234 です。",
                (
                    "資料.zip",
                    ZipMaker.Zip([new MadeFile("資料.exe", ProgramMaker.Pe())], new() { Lock = ZipLock.Aes256, Password = "abcd1234" })
                )
            ),
            LedExchange.In("10:12", "パスワード", "先ほどのファイルのパスワードは abcd1234 です。"),
        ];
        Roles
            .Assign([.. mails.Select(ExchangeEntry.Of)], suspected: false)
            .Select(entry => entry.Role)
            .ShouldBe([MessageRole.Reconnaissance, MessageRole.Reply, MessageRole.Attack, MessageRole.Attack]);
    }

    [Fact]
    public void A_reply_known_to_the_hour_gives_no_latency()
    {
        var entries = LedExchange.Entries().ToList();
        entries[1] = entries[1] with { Precision = TimePrecision.Hour };
        Latency.In(entries).ShouldAllBe(latency => latency.Reply != 1);
        Latency.In(LedExchange.Entries()).ShouldContain(latency => latency.Reply == 1);
    }

    [Fact]
    public void Findings_that_make_a_document_a_payload_stand_in_the_table_of_findings()
    {
        var known = FindingCodes.ByCode();
        foreach (var (code, _) in PayloadEvidence.Telling)
        {
            known.ShouldContainKey(code);
            known[code].Severity.ShouldBe(Severity.Suspicious, code);
        }
    }
}
