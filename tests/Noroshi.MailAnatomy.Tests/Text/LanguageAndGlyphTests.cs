using Noroshi.MailAnatomy.Text;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Text;

public sealed class LanguageAndGlyphTests
{
    [Theory]
    [InlineData("資料をお送りします。", "ja")]
    [InlineData("請查收附件中的會議資料，謝謝您的配合。", "zh")]
    [InlineData("请查收附件中的会议资料，谢谢。", "zh")]
    [InlineData("회의 자료를 보내 드립니다.", "ko")]
    [InlineData("Пожалуйста, посмотрите вложение.", "ru")]
    [InlineData("Please find the attached report and let us know.", "en")]
    [InlineData("Bitte finden Sie die Unterlagen im Anhang und melden Sie sich.", "de")]
    [InlineData("Veuillez trouver le document en pièce jointe pour la réunion avec nous.", "fr")]
    [InlineData("OK", null)]
    [InlineData("12345 67890", null)]
    [InlineData("", null)]
    public void Languages_are_told_by_script_and_ordinary_words(string text, string? language) =>
        LanguageGuess.Guess(text).ShouldBe(language);

    [Fact]
    public void Simplified_glyphs_in_japanese_text_are_listed()
    {
        var slips = ForeignGlyphs.Find("会议の资料を添付しました。资料です。");
        slips.Select(slip => (slip.Glyph, slip.Japanese, slip.Index)).ShouldBe([("议", "議", 1), ("资", "資", 3)]);
    }

    [Fact]
    public void Japanese_and_chinese_texts_have_no_slips()
    {
        ForeignGlyphs.Find("国会の会議で医学と数学の資料を来週、万が一に備えて体裁よく写します。").ShouldBeEmpty();
        ForeignGlyphs.Find("请查收会议资料").ShouldBeEmpty();
        ForeignGlyphs.Version.ShouldStartWith("opencc");
    }
}
