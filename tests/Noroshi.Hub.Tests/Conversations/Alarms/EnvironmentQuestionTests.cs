using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.Makers;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations.Alarms;

public sealed class EnvironmentQuestionTests
{
    private const string Question = "解凍ソフトは何をお使いでしょうか。";

    [Theory]
    [InlineData(Question)]
    [InlineData("お使いのWordのバージョンを教えていただけますでしょうか。")]
    [InlineData("そちらでは一太郎の文書は開けますか。")]
    [InlineData("ウイルス対策ソフトは何を入れていらっしゃいますか。")]
    [InlineData("実行形式のファイルは受け取れますか。")]
    [InlineData("Which version of Windows are you running?")]
    [InlineData("Does your mail system accept exe files?")]
    public void A_stranger_on_free_mail_who_asks_first_is_a_reason(string question) =>
        Suspicious(FreeMail(LedExchange.In("09:00", "お尋ね", $"製品についてお尋ねします。\n{question}"))).ShouldNotBeNull();

    [Fact]
    public void The_same_question_about_a_document_that_did_not_open_is_none() =>
        Suspicious(
                FreeMail(LedExchange.In("09:00", "資料", "資料をお送りします。", ("資料.docx", DocumentMaker.Doc()))),
                LedExchange.Out("10:00", "添付ファイルが開けませんでした。"),
                FreeMail(LedExchange.In("10:10", "Re: 資料", Question))
            )
            .ShouldBeNull();

    [Fact]
    public void Whoever_is_asked_for_something_is_no_stranger() =>
        Suspicious(
                LedExchange.Out("09:00", "ご依頼している資料をお送りください。"),
                FreeMail(LedExchange.In("10:10", "Re: 資料", Question))
            )
            .ShouldBeNull();

    [Fact]
    public void A_picture_shows_nothing_of_the_sender() =>
        Suspicious(
                FreeMail(LedExchange.In("09:00", "写真", "写真をお送りします。", ("a.png", ProgramMaker.Png()))),
                FreeMail(LedExchange.In("10:10", "Re: 写真", Question))
            )
            .ShouldNotBeNull();

    [Theory]
    [InlineData("添付ファイルは何メガバイトまで受け取れますでしょうか。")]
    [InlineData("当方の環境はWindows 7、Officeは2010です。")]
    [InlineData("貴社製品はWindows 10に対応していますか。")]
    [InlineData("メールは届いていますでしょうか。")]
    public void Ordinary_questions_are_none(string text) => Suspicious(FreeMail(LedExchange.In("09:00", "お尋ね", text))).ShouldBeNull();

    [Fact]
    public void From_a_domain_of_his_own_one_question_about_versions_is_ordinary_and_a_second_one_is_not()
    {
        var first = LedExchange.In("09:00", "お尋ね", "お使いのWordのバージョンを教えてください。");
        Suspicious(first).ShouldBeNull();
        Suspicious(first, LedExchange.In("10:00", "お尋ね", "そちらのWindowsのバージョンを教えてください。")).ShouldNotBeNull();
        Suspicious(LedExchange.In("09:00", "お尋ね", "ウイルス対策ソフトは何をお使いですか。")).ShouldNotBeNull();
    }

    private static FoundIntent? Suspicious(params ProvidedMail[] mails) =>
        EnvironmentQuestion.Suspicious([.. mails.Select(ExchangeEntry.Of)]);

    internal static ProvidedMail FreeMail(ProvidedMail mail) =>
        mail with
        {
            Facts = mail.Facts with { Indicators = mail.Facts.Indicators with { SenderService = MailServiceClass.Webmail } },
        };
}
