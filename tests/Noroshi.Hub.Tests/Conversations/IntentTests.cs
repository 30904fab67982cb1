using Noroshi.Hub.Conversations;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations;

public sealed class IntentTests
{
    [Theory]
    [InlineData("添付ファイルを開くことができませんでした。", Intent.CannotOpen)]
    [InlineData("お送りいただいた資料ですが、文字化けしており読めませんでした。", Intent.CannotOpen)]
    [InlineData("圧縮ファイルが解凍できませんでした。", Intent.CannotOpen)]
    [InlineData("I was not able to open the attached file.", Intent.CannotOpen)]
    [InlineData("The archive seems to be corrupted.", Intent.CannotOpen)]
    [InlineData("解凍ソフトは何をお使いですか。", Intent.WhichUnarchiver)]
    [InlineData("どのような解凍ソフトで試されましたか。", Intent.WhichUnarchiver)]
    [InlineData("Which software do you use to unzip files?", Intent.WhichUnarchiver)]
    [InlineData("当方ではLhaplusを使用しております。", Intent.UnarchiverAnswer)]
    [InlineData("解凍ソフトには７−Ｚｉｐ、ではなく7-Zipです。", Intent.UnarchiverAnswer)]
    [InlineData("We are using 7-Zip here.", Intent.UnarchiverAnswer)]
    [InlineData("恐れ入りますが、添付ファイルは受信できませんので本文に記載してください。", Intent.RefuseAttachment)]
    [InlineData("We do not accept any attachments.", Intent.RefuseAttachment)]
    [InlineData("資料を再送いたします。", Intent.ReSend)]
    [InlineData("I will resend it in another format.", Intent.ReSend)]
    [InlineData("先日お送りした資料はご確認いただけましたでしょうか。", Intent.Reminder)]
    [InlineData("Have you had a chance to read it?", Intent.Reminder)]
    [InlineData("履歴書は後ほどお送りします。", Intent.SendLater)]
    [InlineData("資料をお送りしてもよろしいでしょうか。", Intent.SendLater)]
    [InlineData("May I send you the document?", Intent.SendLater)]
    [InlineData("ご担当者のお名前を教えていただけますか。", Intent.WhoElse)]
    [InlineData("Who would be the person in charge?", Intent.WhoElse)]
    [InlineData("お問い合わせ先はこちらのアドレスでよろしいでしょうか。", Intent.WindowCheck)]
    [InlineData("Is this the right address for product questions?", Intent.WindowCheck)]
    [InlineData("担当の方はご在席でしょうか。", Intent.Presence)]
    [InlineData("Are you there?", Intent.Presence)]
    [InlineData("製品についてお尋ねしたいことがあります。", Intent.Inquiry)]
    [InlineData("I would like to ask about your product.", Intent.Inquiry)]
    public void An_intent_is_read_with_the_words_that_show_it(string text, Intent expected)
    {
        var found = IntentFinder.In(text);
        found.ShouldContain(one => one.Intent == expected, string.Join(", ", found.Select(one => one.Intent)));
        found.First(one => one.Intent == expected).Span.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("いつもお世話になっております。会議の日程をお知らせします。")]
    [InlineData("請求書を添付いたしますのでご査収ください。")]
    [InlineData("Please find the agenda attached.")]
    [InlineData("Our office is open from nine to five.")]
    public void Ordinary_business_has_none_of_the_telling_intents(string text) =>
        IntentFinder
            .In(text)
            .ShouldAllBe(one =>
                one.Intent != Intent.CannotOpen
                && one.Intent != Intent.WhichUnarchiver
                && one.Intent != Intent.UnarchiverAnswer
                && one.Intent != Intent.RefuseAttachment
            );

    [Fact]
    public void A_text_made_to_exhaust_the_patterns_ends_soon()
    {
        var hostile = string.Concat(Enumerable.Repeat("添付ファイル資料解凍ソフト窓口", 2_000));
        IntentFinder.In(hostile).Count.ShouldBeLessThan(20);
    }
}
