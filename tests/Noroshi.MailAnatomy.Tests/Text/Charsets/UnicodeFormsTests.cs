using Noroshi.MailAnatomy.Text;
using Noroshi.MailAnatomy.Text.Charsets;
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
    [InlineData("😀ｂ", "😀b")]
    [InlineData("\uFFFFｂ", "\uFFFFb")]
    public void Any_text_has_a_compatibility_form(string text, string expected) => UnicodeForms.Nfkc(text).ShouldBe(expected);

    [Fact]
    public void Half_a_pair_is_replaced()
    {
        UnicodeForms.Nfkc("a\uD83Dｂ").ShouldBe("a\uFFFDb");
        UnicodeForms.Nfkc("\uDE00ｂ\uD83D").ShouldBe("\uFFFDb\uFFFD");
    }

    [Fact]
    public void No_character_of_the_first_plane_is_refused()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            UnicodeForms.Nfkc($"é{(char)code}").Length.ShouldBeGreaterThan(1);
        }
    }
}
