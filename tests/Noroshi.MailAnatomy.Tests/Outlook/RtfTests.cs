using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.Messages.Outlook;
using Noroshi.Makers.Outlook;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Outlook;

public sealed class RtfTests
{
    private static RtfContent Read(string rtf) => RtfReader.Read(Encoding.Latin1.GetBytes(rtf)).ShouldNotBeNull();

    [Fact]
    public void What_was_compressed_comes_out_again() =>
        Gen.OneOf(
                Gen.Byte.Array[0, 3_000],
                Gen.Select(Gen.Byte.Array[1, 40], Gen.Int[1, 200])
                    .Select((piece, times) => Enumerable.Repeat(piece, times).SelectMany(all => all).ToArray())
            )
            .Sample(
                bytes =>
                {
                    var back = CompressedRtf.Decompress(RtfMaker.Compress(bytes)).ShouldNotBeNull();
                    back.Problem.ShouldBeNull();
                    back.Bytes.ToArray().ShouldBe(bytes);
                },
                iter: 60,
                threads: 1
            );

    [Fact]
    public void Stored_rtf_is_taken_as_it_is()
    {
        var back = CompressedRtf.Decompress(RtfMaker.Store("{\\rtf1 x}"u8.ToArray())).ShouldNotBeNull();
        back.Problem.ShouldBeNull();
        back.Bytes.ToArray().ShouldBe("{\\rtf1 x}"u8.ToArray());
    }

    [Fact]
    public void A_wrong_checksum_keeps_the_text_and_is_remarked_on()
    {
        var compressed = RtfMaker.Compress(RtfMaker.FromText("本文", 932));
        compressed[12] ^= 1;

        var facts = Dissector.Mail(MsgCases.Rtf(compressed).Build());

        facts.Body.Text.Trim().ShouldBe("本文");
        facts.Findings.ShouldContain(finding => finding.Code == "outlook.rtf-damaged");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Wrapped_html_gives_the_html_that_was_wrapped(bool compressed)
    {
        var rtf = RtfMaker.FromHtml(MsgCases.Html, 932);
        var facts = Dissector.Mail(MsgCases.Rtf(compressed ? RtfMaker.Compress(rtf) : RtfMaker.Store(rtf)).Build());

        RtfReader.Read(rtf).ShouldNotBeNull().Text.ShouldBe(MsgCases.Html);
        facts.Body.Source.ShouldBe("html");
        facts.Body.Charset.ShouldBe("shift_jis");
        facts.Body.Text.ShouldContain("性能表 & 仕様の件です。");
        facts.Indicators.Urls.ShouldContain(url => url.Value == "https://www.example.org/a");
    }

    [Fact]
    public void Wrapped_text_and_native_rtf_give_their_text()
    {
        var wrapped = Dissector.Mail(MsgCases.Rtf(RtfMaker.Compress(RtfMaker.FromText(MsgCases.Japanese, 932))).Build());
        wrapped.Body.Source.ShouldBe("plain");
        wrapped.Body.Text.TrimEnd().ShouldBe(MsgCases.Japanese.TrimEnd());

        var native = Dissector.Mail(MsgCases.Rtf(RtfMaker.Compress(RtfMaker.FromText(MsgCases.Japanese, 0, native: true))).Build());
        native.Body.Source.ShouldBe("rtf");
        native.Body.Text.TrimEnd().ShouldBe(MsgCases.Japanese.TrimEnd());
    }

    [Theory]
    [InlineData(@"{\rtf1\ansi\ansicpg932{\fonttbl{\f0\fcharset128 A;}{\f1\fcharset0 B;}}\f0 \'95\\ caf\f1\'e9}", "表 caf\u00E9")]
    [InlineData(@"{\rtf1\ansi\ansicpg932{\fonttbl{\f1\fcharset0 B;}}\f1 \'95\'5c\'8e\'a6}", "表示")]
    [InlineData(@"{\rtf1\ansi\ansicpg1252{\fonttbl{\f2\fcharset204 C;}}\f2\'cf\'f0\'e8 \plain ok}", "При ok")]
    [InlineData(@"{\rtf1\ansi\ansicpg1252{\fonttbl\f0\cpg65001;}\f0 \'e8\'a1\'a8}", "表")]
    public void Bytes_are_read_in_the_code_page_of_their_font(string rtf, string text) => Read(rtf).Text.ShouldBe(text);

    [Theory]
    [InlineData(@"{\rtf1\uc1 \u26085?\u26412?x}", "日本x")]
    [InlineData(@"{\rtf1\uc2 \u-30060\'95\'5c.}", "\u8A94.")]
    [InlineData(@"{\rtf1\uc0 \u26085\u26412 x}", "日本x")]
    [InlineData(@"{\rtf1\uc1 \u-10179?\u-8704?}", "\U0001F600")]
    [InlineData(@"{\rtf1 a\bin5 }}}}}b}", "ab")]
    [InlineData(@"{\rtf1 {\v hidden}shown{\*\unknown not}\~\emdash}", "shown\u00A0\u2014")]
    [InlineData(@"{\rtf1 {\info{\title no}}{\pict 0102}{\object{\*\objdata 00}{\result yes}}}", "yes")]
    public void Control_words_mean_what_the_format_says(string rtf, string text) => Read(rtf).Text.ShouldBe(text);

    [Fact]
    public void Hyperlinks_of_native_rtf_are_links()
    {
        var content = Read(@"{\rtf1 see {\field{\*\fldinst{HYPERLINK ""https://evil.example/x""}}{\fldrslt{\ul here}}} now}");

        content.Text.ShouldBe("see here <https://evil.example/x> now");
        var link = content.Links.ShouldHaveSingleItem();
        link.Href.ShouldBe("https://evil.example/x");
        link.Shown.ShouldBe("here");
    }

    [Fact]
    public void What_is_for_readers_of_rtf_only_is_left_out_of_html()
    {
        var content = Read(
            @"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 a{\*\mhtmltag84 <img src=""cid:1"">}{\*\htmltag84 <img src=""x"">}\htmlrtf }\htmlrtf0 b\tab c\par}"
        );

        content.Kind.ShouldBe(RtfKind.Html);
        content.Text.ShouldBe("<p>a<img src=\"x\">b\tc\r\n");
    }

    [Fact]
    public void Damaged_rtf_never_throws()
    {
        byte[] seed = [.. RtfMaker.FromHtml(MsgCases.Html, 932), .. RtfMaker.FromText(MsgCases.Japanese, 0, native: true)];
        var random = new Random(20130520);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = seed[..random.Next(seed.Length)];
            for (var flips = random.Next(6); flips > 0 && bytes.Length > 6; flips--)
            {
                bytes[random.Next(6, bytes.Length)] = "{}\\'u*0"u8[random.Next(7)];
            }

            RtfReader.Read(bytes);
            CompressedRtf.Decompress(bytes);
        }
    }
}
