using Noroshi.MailAnatomy.Text;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Text;

/// <summary>Normal forms of text that .NET alone refuses.</summary>
public sealed class UnicodeFormsTests
{
    [Theory]
    [InlineData("ﾃｽﾄ㈱", "テスト(株)")]
    [InlineData("plain", "plain")]
    [InlineData("a\uFFFEｂ", "a\uFFFDb")]
    [InlineData("a\uD83Dｂ", "a\uFFFDb")]
    [InlineData("\uDE00ｂ\uD83D", "\uFFFDb\uFFFD")]
    [InlineData("😀ｂ", "😀b")]
    [InlineData("\uFFFFｂ", "\uFFFFb")]
    public void Any_text_has_a_compatibility_form(string text, string expected) => UnicodeForms.Nfkc(text).ShouldBe(expected);

    [Fact]
    public void No_character_of_the_first_plane_is_refused()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            UnicodeForms.Nfkc($"é{(char)code}").Length.ShouldBeGreaterThan(1);
        }
    }
}
