using Noroshi.MailAnatomy.Text;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Text;

public sealed class WebFormDetectorTests
{
    private static WebFormNotice? Detect(string subject, string text) =>
        WebFormDetector.Detect(subject, BodyAnalyzer.Analyse(text, "plain", "utf-8"), "www@hub.example");

    [Theory]
    [InlineData("[お名前] 山田太郎\n[メールアドレス] t@y.example\n[件名] 製品の件\n[お問い合わせ内容]\n一行目\n二行目")]
    [InlineData("■お名前：山田太郎\n■メールアドレス：t@y.example\n■件名：製品の件\n■お問い合わせ内容：\n一行目\n二行目")]
    [InlineData("＜お名前＞\n山田太郎\n＜メールアドレス＞\nt@y.example\n＜件名＞\n製品の件\n＜ご質問内容＞\n一行目\n二行目")]
    [InlineData("お名前　＝　山田太郎\nメールアドレス　＝　t@y.example\nご用件　＝　製品の件\n内容　＝　一行目\n二行目")]
    [InlineData("Name: 山田太郎\nEmail: t@y.example\nSubject: 製品の件\nMessage: 一行目\n二行目")]
    [InlineData("お名前\n山田太郎\nメールアドレス\nt@y.example\n件名\n製品の件\nお問い合わせ内容\n一行目\n二行目")]
    [InlineData("お名前\t山田太郎\nメールアドレス\tt@y.example\n件名\t製品の件\nメッセージ本文\t一行目\n二行目")]
    [InlineData(
        "【お名前（必須）】山田太郎\n【フリガナ】ヤマダ\n【E-mail】ｔ＠ｙ．ｅｘａｍｐｌｅ\n【お問い合わせ項目】製品の件\n【お問い合わせ内容】\n一行目\n二行目\n----------\n送信日時：2013/10/17"
    )]
    public void Notices_in_many_shapes_give_the_persons_data(string text)
    {
        var form = Detect("お問い合わせ", text).ShouldNotBeNull();
        (form.PersonName, form.PersonAddress, form.Subject, form.Message).ShouldBe(
            ("山田太郎", "t@y.example", "製品の件", "一行目\n二行目")
        );
        form.Evidence.ShouldNotBeEmpty();
    }

    [Fact]
    public void Words_of_the_form_make_plain_labels_enough() =>
        Detect("Web", "ホームページのお問い合わせフォームから送信されました。\n\n氏名：山田\n電話：03\nメール：t@y.example\n")
            .ShouldNotBeNull()
            .PersonAddress.ShouldBe("t@y.example");

    [Theory]
    [InlineData("資料をお送りします。\n\n-- \nName: Taro Yamada\nTEL: 03-0000-0000\nE-mail: t@y.example\n")]
    [InlineData("よろしくお願いします。\n\n━━━━━\n担当者：山田\nTEL：03\nFAX：04\nMail：t@y.example\nURL：http://y.example/\n━━━━━")]
    [InlineData("お問い合わせフォームの件でご連絡します。\n\n株式会社テスト\nTEL：03\nMail：t@y.example\n")]
    [InlineData("件名の変更をお願いします。連絡先は t@y.example です。")]
    [InlineData("内容は次の通りです。\n場所：東京\n日時：10月17日\n連絡先：t@y.example")]
    public void Signatures_and_prose_are_no_forms(string text) => Detect("資料送付", text).ShouldBeNull();

    [Fact]
    public void A_form_without_an_address_gives_nothing() => Detect("お問い合わせ", "お名前：山田\nお問い合わせ内容：質問").ShouldBeNull();
}
