using System.Text;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Makers;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Programs;
using Noroshi.Makers.Scripts;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations.Alarms;

/// <summary>Programs and scripts that honest senders attach, and what makes the same file an attack.</summary>
public sealed class OpenProgramTests
{
    private const string Declared = "自己解凍形式(exe)でお送りします。";

    private static byte[] Extractor(params MadeFile[] files) => [.. ProgramMaker.Pe(), .. ZipMaker.Zip(files)];

    private static MadeFile Letter => new("作業報告書.doc", DocumentMaker.Doc());

    [Fact]
    public void A_self_extractor_of_documents_from_a_domain_of_its_own_is_no_attack() =>
        IsAttack(LedExchange.In("09:00", "納品", Declared, ("作業報告書.exe", Extractor(Letter)))).ShouldBeFalse();

    [Fact]
    public void From_free_mail_it_is_one() =>
        IsAttack(EnvironmentQuestionTests.FreeMail(LedExchange.In("09:00", "納品", Declared, ("作業報告書.exe", Extractor(Letter)))))
            .ShouldBeTrue();

    [Fact]
    public void With_a_program_in_it_it_is_one() =>
        IsAttack(LedExchange.In("09:00", "納品", Declared, ("報告.exe", Extractor(new MadeFile("報告.exe", ProgramMaker.Pe())))))
            .ShouldBeTrue();

    [Fact]
    public void A_locked_self_extractor_shows_by_its_names_what_it_holds()
    {
        byte[] Locked(string name) =>
            [
                .. ProgramMaker.Pe(),
                .. ZipMaker.Zip([new(name, ProgramMaker.Pe())], new() { Lock = ZipLock.Aes256, Password = "nobody told 1" }),
            ];
        IsAttack(LedExchange.In("09:00", "納品", Declared, ("報告.exe", Locked("報告.xlsx")))).ShouldBeFalse();
        IsAttack(LedExchange.In("09:00", "納品", Declared, ("報告.exe", Locked("報告.exe")))).ShouldBeTrue();
    }

    [Fact]
    public void An_update_is_sent_openly_when_the_mail_says_so_and_nothing_pretends()
    {
        const string text = "ご依頼の更新プログラムをお送りします。";
        var disguised = new PortableMaker().Icon((x, y) => PortableMaker.Page(x, y, 0x2B579A)).Build();
        IsAttack(LedExchange.In("09:00", "更新", text, ("setup.exe", ProgramMaker.Pe()))).ShouldBeFalse();
        IsAttack(LedExchange.In("09:00", "更新", "資料をお送りします。", ("setup.exe", ProgramMaker.Pe()))).ShouldBeTrue();
        IsAttack(LedExchange.In("09:00", "更新", text, ("見積書.exe", ProgramMaker.Pe()))).ShouldBeTrue();
        IsAttack(LedExchange.In("09:00", "更新", text, ("setup.exe", disguised))).ShouldBeTrue();
    }

    [Fact]
    public void Scripts_among_logs_are_no_attack_and_one_in_a_documents_clothes_is()
    {
        var script = ScriptMaker.Ordinary();
        var logs = ZipMaker.Zip([
            new("logs/app.log", Encoding.UTF8.GetBytes("09:00:01 start\n09:00:02 stop\n")),
            new("logs/collect.bat", script),
        ]);
        IsAttack(LedExchange.In("09:00", "障害", "動作の記録です。", ("logs.zip", logs))).ShouldBeFalse();
        IsAttack(LedExchange.In("09:00", "質問", "質問票です。", ("質問票.zip", ZipMaker.Zip([new("質問票.bat", script)])))).ShouldBeTrue();
        var trap = ZipMaker.Zip([
            new("logs/app.log", Encoding.UTF8.GetBytes("09:00:01 start\n")),
            new("logs/run.bat", ScriptMaker.EncodedCommand()),
        ]);
        IsAttack(LedExchange.In("09:00", "障害", "ログとスクリプトです。", ("logs.zip", trap))).ShouldBeTrue();
    }

    [Fact]
    public void A_link_file_leads_to_a_page_and_runs_nothing() =>
        IsAttack(
                LedExchange.In(
                    "09:00",
                    "記事",
                    "掲載ページです。",
                    ("page.url", "[InternetShortcut]\r\nURL=https://news.example/1\r\n"u8.ToArray())
                )
            )
            .ShouldBeFalse();

    [Fact]
    public void What_is_declared_is_still_told()
    {
        var entries = Roles.Assign(
            [
                ExchangeEntry.Of(LedExchange.In("09:00", "納品", "お尋ねします。")),
                ExchangeEntry.Of(LedExchange.Out("10:00", "お送りください。")),
                ExchangeEntry.Of(LedExchange.In("10:05", "納品", Declared, ("作業報告書.exe", Extractor(Letter)))),
            ],
            suspected: false
        );
        var (assessment, _, evidence) = Assessments.Of(entries, LedExchange.Label);
        assessment.ShouldBe(Assessment.Low);
        evidence.ShouldContain(one => one.Code == "program-declared");
    }

    private static bool IsAttack(ProvidedMail mail) => PayloadEvidence.IsAttack(PayloadEvidence.In(mail));
}
