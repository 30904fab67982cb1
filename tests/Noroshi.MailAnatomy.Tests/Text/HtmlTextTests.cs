using System.Diagnostics;
using System.Text;
using CsCheck;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Text;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Text;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>一行目</p><p>二行目</p>", "一行目\n\n二行目")]
    [InlineData("a<br>b<BR/>c", "a\nb\nc")]
    [InlineData("<div>a<br></div><div><br></div><div>b</div>", "a\n\nb")]
    [InlineData("<p class=MsoNormal>a</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>b</p>", "a\n\nb")]
    [InlineData("<ul><li>one<li>two</ul>", "- one\n- two")]
    [InlineData("<ol start=3><li><p>x</p></li><li>y</li></ol>", "3. x\n4. y")]
    [InlineData("<table><tr><td>名前<td>山田</tr><tr><td>TEL<td>03</table>", "名前\t山田\nTEL\t03")]
    [InlineData("<pre>\na\n  b</pre>", "a\n  b")]
    [InlineData("日本語の\n文章です", "日本語の文章です")]
    [InlineData("two\n  words", "two words")]
    [InlineData("1 < 2 && 3 > 2", "1 < 2 && 3 > 2")]
    [InlineData("<!-- x --><script>alert('</p>')</script><style>p{}</style>ok", "ok")]
    [InlineData("a<!--->b<!-- c --!>d", "abd")]
    [InlineData("<textarea>typed</textarea>", "typed")]
    [InlineData("x<title>t</title>y", "xy")]
    [InlineData("<b>bold <i>both</b> rest</i>", "bold both rest")]
    public void Html_reads_as_people_see_it(string html, string text) => HtmlText.Convert(html).Text.ShouldBe(text);

    [Theory]
    [InlineData("&amp;&lt;&gt;&quot;&apos;", "&<>\"'")]
    [InlineData("&#12354;&#x3042;&#x3042", "あああ")]
    [InlineData("&copy 2013 &eacute;", "© 2013 é")]
    [InlineData("&#150;&#x80;", "–€")]
    [InlineData("&#0;&#xD800;&#x110000;", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("&notanentity; & &; &#; &#x;", "¬anentity; & &; &#; &#x;")]
    [InlineData("&hearts;&RightArrow;", "♥→")]
    public void Whole_and_broken_references_are_resolved(string html, string text) => HtmlText.Convert(html).Text.ShouldBe(text);

    [Theory]
    [InlineData("<span style='display:none'>secret</span>")]
    [InlineData("<div style=\"FONT-SIZE: 0px\">secret</div>")]
    [InlineData("<font color=white>secret</font>")]
    [InlineData("<p style='color:#fefefe'>secret</p>")]
    [InlineData("<td bgcolor='#336699'><span style='color:rgb(51,102,153)'>secret</span>")]
    [InlineData("<div style='max-height:0;overflow:hidden'>secret</div>")]
    [InlineData("<style>.pre{display:none!important}</style><div class='a pre'>secret</div>")]
    [InlineData("<p hidden>secret</p>")]
    [InlineData("<span style='mso-hide:all'>sec</span><span style='opacity:0'>ret</span>")]
    public void Hidden_text_is_kept_apart(string html)
    {
        var result = HtmlText.Convert(html + "<p>shown</p>");
        result.Text.ShouldBe("shown");
        result.HiddenText.Replace(" ", "", StringComparison.Ordinal).ShouldBe("secret");
        result.Findings.ShouldContain(finding => finding.Code == FindingCodes.Html.HiddenText.Code);
    }

    [Theory]
    [InlineData("<td bgcolor=navy><font color=white>shown</font>")]
    [InlineData("<div style='background:url(http://x.example/a.png)'><p style='color:#fff'>shown</p></div>")]
    [InlineData("<style>@media (max-width:400px){.m{display:none}}</style><p class=m>shown</p>")]
    [InlineData("<p style='font-size:0.9em'>shown</p>")]
    [InlineData("<span style='display:none'>&nbsp;&zwnj;</span>shown")]
    public void Text_that_can_be_seen_is_not_taken_for_hidden(string html)
    {
        var result = HtmlText.Convert(html);
        result.Text.ShouldBe("shown");
        result.Findings.ShouldNotContain(finding => finding.Code == FindingCodes.Html.HiddenText.Code);
    }

    [Fact]
    public void Links_pictures_forms_and_the_rest_are_listed()
    {
        var result = HtmlText.Convert(
            """
            <base href="http://base.example/"><meta http-equiv=refresh content="5; URL='http://next.example/'">
            <a href="http://a.example/?a=1&amp;b=2&copy=3">見て<b>ください</b></a><a href='http://b.example'><img alt="絵" src="//img.example/p.gif"></a>
            <a href="java
            script:alert(1)">x</a><iframe src="data:text/html;base64,AAAA"></iframe><img src="data:image/png;base64,AA"><img src="cid:1">
            <form action=https://steal.example/post METHOD=POST><input type=password></form><body background="http://img.example/bg.png">
            """
        );
        result.Links.ShouldBe([
            new HtmlLink("http://a.example/?a=1&b=2&copy=3", "見てください"),
            new HtmlLink("http://b.example", "絵"),
            new HtmlLink("javascript:alert(1)", "x"),
        ]);
        result.RemoteImages.ShouldBe(["//img.example/p.gif", "http://img.example/bg.png"]);
        result.Forms.ShouldBe([new HtmlForm("https://steal.example/post", "post", AsksPassword: true)]);
        result.MetaRefresh.ShouldBe("http://next.example/");
        result.BaseHref.ShouldBe("http://base.example/");
        result.DataUris.Select(uri => uri.MediaType).ShouldBe(["text/html", "image/png"]);
        result
            .Findings.Select(finding => finding.Code)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["html.base-href", "html.data-uri", "html.embedded", "html.form", "html.meta-refresh", "html.script"]);
    }

    [Fact]
    public void Blockquotes_become_marked_lines() =>
        HtmlText
            .Convert(
                "<div>了解です。</div><div class=gmail_quote><div class=gmail_attr>2013年10月17日 9:02 山田 &lt;a@b.example&gt;:<br></div>"
                    + "<blockquote class=gmail_quote>前の文<blockquote>その前</blockquote>続き</blockquote></div>後"
            )
            .Text.ShouldBe("了解です。\n2013年10月17日 9:02 山田 <a@b.example>:\n\n> 前の文\n>\n> > その前\n>\n> 続き\n\n後");

    [Fact]
    public void A_borderless_blockquote_is_indenting() =>
        HtmlText.Convert("a<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>b</blockquote>").Text.ShouldBe("a\n\nb");

    [Fact]
    public void What_follows_outlooks_header_block_is_quoted() =>
        HtmlText
            .Convert(
                "<p class=MsoNormal>返信</p><div><div style='border:none;border-top:solid #B5C4DF 1.0pt'><p class=MsoNormal><b>From:</b> A<br><b>Sent:</b> x<br>"
                    + "<b>Subject:</b> s</p></div></div><p class=MsoNormal>元の文</p>"
            )
            .Text.ShouldBe("返信\nFrom: A\nSent: x\nSubject: s\n> 元の文");

    [Fact]
    public void Yahoos_block_is_quoted_after_its_attribution() =>
        HtmlText
            .Convert("<div>新</div><div class='yahoo_quoted'><div><div>On 2013/10/17, A wrote:</div><div>旧</div></div></div>")
            .Text.ShouldBe("新\nOn 2013/10/17, A wrote:\n> 旧");

    [Fact]
    public void Hostile_html_takes_linear_time()
    {
        string[] hostile =
        [
            string.Concat(Enumerable.Repeat("<div>", 1_000_000)) + "deep",
            string.Concat(Enumerable.Repeat("<b><i></b>", 300_000)),
            string.Concat(Enumerable.Repeat("<span><p></span>", 200_000)),
            new string('<', 3_000_000),
            "<a " + string.Concat(Enumerable.Repeat("a=1 ", 1_000_000)) + ">x",
            string.Concat(Enumerable.Repeat("<!-", 1_000_000)),
            string.Concat(Enumerable.Repeat("<!--x--", 500_000)),
            "<script>" + string.Concat(Enumerable.Repeat("</scrip", 500_000)),
            string.Concat(Enumerable.Repeat("&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 60_000)),
            new string('x', 30_000_000),
            string.Concat(Enumerable.Repeat("<blockquote>q", 100_000)),
            string.Concat(Enumerable.Repeat("<a href=http://a.example/>x", 200_000)),
            string.Concat(Enumerable.Repeat("<table><tr><td>", 200_000)),
            "<style>" + string.Concat(Enumerable.Repeat("@media{", 300_000)),
            string.Concat(Enumerable.Repeat("&nbsp;<br>", 300_000)),
        ];
        foreach (var html in hostile)
        {
            var clock = Stopwatch.StartNew();
            var result = HtmlText.Convert(html);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), html[..20]);
            result.Text.Length.ShouldBeLessThanOrEqualTo(MailLimits.TextCharacters);
        }
    }

    [Fact]
    public void A_million_nested_elements_are_a_finding_and_their_text_is_kept()
    {
        var result = HtmlText.Convert(string.Concat(Enumerable.Repeat("<div>", 100_000)) + "deep");
        result.Text.ShouldBe("deep");
        result.Findings.ShouldHaveSingleItem().Code.ShouldBe("html.deep");
    }

    [Fact]
    public void Any_mixture_of_fragments_is_converted()
    {
        var fragment = Gen.OneOf(
            "<",
            ">",
            "</",
            "<!--",
            "-->",
            "<a href=",
            "\"",
            "'",
            "<p>",
            "</p>",
            "<div style='",
            "color:white",
            "&",
            "&#",
            ";",
            "x",
            "日",
            "\n",
            " ",
            "\0",
            "<table>",
            "<td>",
            "</td>",
            "<li>",
            "<script>",
            "</script>",
            "<blockquote>",
            "</blockquote>",
            "<pre>",
            "<br",
            "/>",
            "\uD800",
            "<title>"
        );
        fragment
            .Array[0, 60]
            .Select(parts => string.Concat(parts))
            .Sample(
                html =>
                {
                    var result = HtmlText.Convert(html);
                    result.Text.ShouldNotContain("\r");
                    result.Text.Split('\n').ShouldAllBe(line => line.Length == 0 || !line.EndsWith(' '));
                },
                iter: 3_000
            );
    }
}
