using CsCheck;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Findings;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Figures;

public sealed class TextTests
{
    [Theory]
    [InlineData("資料\u202Excod.scr", "資料[U+202E RLO]xcod.scr")]
    [InlineData("a\u0000b\u0007", "a[U+0000]b[U+0007]")]
    [InlineData("emoji \U0001F600 stays", "emoji \U0001F600 stays")]
    [InlineData("hidden\u3164\u200B", "hidden[U+3164][U+200B ZWSP]")]
    [InlineData("か\u3099 é ก", "か\u3099 é ก")]
    public void Invisible_and_turning_characters_are_written_out(string text, string expected) => VisibleText.Of(text).ShouldBe(expected);

    [Fact]
    public void Half_a_character_is_written_out() => VisibleText.Of("x\uD800y").ShouldBe("x[U+D800]y");

    [Fact]
    public void Whatever_the_text_what_is_shown_is_visible_and_valid_xml() =>
        Gen.String.Sample(text =>
        {
            var shown = VisibleText.Of(text);
            VisibleText.Of(shown).ShouldBe(shown);
            System.Xml.XmlConvert.VerifyXmlChars(shown);
        });

    [Theory]
    [InlineData("http://evil.example/a.html", "hxxp://evil[.]example/a[.]html")]
    [InlineData("詳しくは https://www.evil.example へ", "詳しくは hxxps://www[.]evil[.]example へ")]
    [InlineData("kimura.lab@webmail.example", "kimura.lab@webmail[.]example")]
    [InlineData("update.example", "update[.]example")]
    [InlineData("203.0.113.24", "203[.]0[.]113[.]24")]
    [InlineData("already hxxp://evil[.]example", "already hxxp://evil[.]example")]
    [InlineData("研究資料.doc と report.pdf", "研究資料.doc と report.pdf")]
    [InlineData("Lhaplus 1.59-1.74", "Lhaplus 1.59-1.74")]
    [InlineData("no dots at all", "no dots at all")]
    public void Links_addresses_and_hosts_are_defanged_and_file_names_are_not(string text, string expected) =>
        Defanged.Text(text).ShouldBe(expected);

    [Fact]
    public void Full_width_characters_are_an_em_and_cut_texts_fit()
    {
        TextWidth.Of("製品問い合わせ", 10).ShouldBe(70);
        TextWidth.Of("mail", 10).ShouldBeInRange(15, 30);
        Gen.Select(Gen.String, Gen.Double[20, 300])
            .Sample((text, width) => TextWidth.Of(TextWidth.Fit(text, 12, width), 12).ShouldBeLessThanOrEqualTo(width + 0.001));
        Gen.Select(Gen.String, Gen.Double[40, 300])
            .Sample(
                (text, width) =>
                {
                    var lines = TextWidth.Wrap(text, 12, width, 3);
                    lines.Count.ShouldBeLessThanOrEqualTo(3);
                    lines.ShouldAllBe(line => TextWidth.Of(line, 12) <= width + 0.001);
                }
            );
    }

    [Fact]
    public void A_line_does_not_begin_with_a_closing_mark() =>
        TextWidth.Wrap("はやぶさ重工(架空)", 11, 97, 2).ShouldBe(["はやぶさ重工(架", "空)"]);

    [Fact]
    public void A_long_host_name_is_broken_after_its_labels()
    {
        const string Host = "a-rather-long-host-name[.]frontend[.]mx1[.]webmail[.]example";
        var lines = TextWidth.Wrap(Host, 12, 230, 3);
        lines.Count.ShouldBe(3);
        string.Concat(lines).ShouldBe(Host);
        lines.SkipLast(1).ShouldAllBe(line => line.EndsWith("[.]", StringComparison.Ordinal));
    }
}
