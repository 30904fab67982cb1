using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Noroshi.Exchange.Reports;
using Noroshi.Exchange.Reports.Html;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Reports;

/// <summary>A report as one HTML file: what readers with and without eyes need, and nothing that runs.</summary>
public sealed class HtmlReportTests
{
    public static TheoryData<string> Texts() => [.. NaughtyTexts.All];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_link_leads_to_something_and_every_id_is_there_once(bool ja)
    {
        var page = Read(SampleReport.Of(ja));
        var ids = page.Descendants().Attributes("id").Select(one => one.Value).ToList();
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Count);
        var links = page.Descendants("a").Select(one => one.Attribute("href")?.Value ?? "").ToList();
        links.Count.ShouldBeGreaterThan(20);
        links.ShouldAllBe(link => link.StartsWith('#') && ids.Contains(link.Substring(1), StringComparer.Ordinal));
        foreach (var named in page.Descendants().Attributes("aria-labelledby").SelectMany(one => one.Value.Split(' ')))
        {
            ids.ShouldContain(named);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Numbers_lead_to_their_definitions_and_footnotes_lead_both_ways(bool ja)
    {
        var page = Read(SampleReport.Of(ja));
        string Href(XElement link) => (link.Attribute("href")?.Value ?? "").TrimStart('#');
        XElement ById(string id) => page.Descendants().Single(one => one.Attribute("id")?.Value == id);
        var bound = page.Descendants("a").Where(one => one.Attribute("class")?.Value == "bound").ToList();
        bound.Count.ShouldBe(11);
        foreach (var number in bound.Where(one => one.Value == "384"))
        {
            ById(Href(number)).Value.ShouldContain(ja ? "情報提供件数" : "Provisions");
        }

        var marks = page.Descendants("a").Where(one => one.Attribute("class")?.Value == "mark").ToList();
        marks.Count.ShouldBe(3);
        foreach (var mark in marks)
        {
            var footnote = ById(Href(mark));
            footnote.Descendants("a").Select(Href).ShouldContain(mark.Attribute("id")?.Value);
        }

        ById("definition-1").Value.ShouldContain(ja ? "同じ情報の再提供12" : "repeats 12");
        ById("definition-3").Value.ShouldContain("31/100");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Headings_follow_one_another_and_tables_and_figures_have_names(bool ja)
    {
        var page = Read(SampleReport.Of(ja));
        page.Attribute("lang")?.Value.ShouldBe(ja ? "ja" : "en");
        var levels = page.Descendants().Where(one => one.Name.LocalName is ['h', >= '1' and <= '6']).Select(one => one.Name.LocalName[1] - '0').ToList();
        levels[0].ShouldBe(1);
        levels.Count(one => one == 1).ShouldBe(1);
        levels.Zip(levels.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First + 1);
        page.Descendants("main").Count().ShouldBe(1);
        page.Descendants("table").ShouldAllBe(table => table.Descendants("th").All(one => one.Attribute("scope") != null));
        page.Descendants("caption").Select(one => one.Value).Count(one => one.StartsWith(ja ? "表" : "Table", StringComparison.Ordinal)).ShouldBe(2);
        var picture = page.Descendants().Single(one => one.Name.LocalName == "svg");
        picture.Attribute("role")?.Value.ShouldBe("img");
        picture.Elements().Single(one => one.Name.LocalName == "desc").Value.ShouldContain("9% → 31%");
        page.Descendants("div").Where(one => one.Attribute("class")?.Value == "wide").ShouldAllBe(one => one.Attribute("tabindex") != null);
        page.Descendants("a").First().Attribute("href")?.Value.ShouldBe("#main");
    }

    [Fact]
    public void The_policy_admits_the_pages_own_style_sheet_and_no_script()
    {
        var page = Read(SampleReport.Of(ja: true));
        var policy = page.Descendants("meta").Single(one => one.Attribute("http-equiv") != null).Attribute("content")?.Value ?? "";
        var style = page.Descendants("style").Single().Value;
        policy.ShouldContain($"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}");
        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldNotContain("script");
        style.ShouldContain("@top-right{content:\"TLP\\3a CLEAR\"");
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes() =>
        HtmlReportWriter.Of(SampleReport.Of(ja: true)).ShouldBe(HtmlReportWriter.Of(SampleReport.Of(ja: true)));

    [Fact]
    public void Figures_that_may_change_are_said_to_be_preliminary()
    {
        var page = Read(SampleReport.Of(ja: true) with { State = StatisticState.Preliminary });
        page.Descendants("span").Single(one => one.Attribute("class")?.Value == "state preliminary").Value.ShouldBe("速報値");
    }

    [Fact]
    public void A_mention_of_what_is_not_there_is_no_link()
    {
        var document = SampleReport.Of(ja: false) with
        {
            Sections =
            [
                new ReportSection(
                    "lead",
                    1,
                    null,
                    [new ParagraphBlock("p", [new ReferenceRun("Figure 9", "figure-9"), new FootnoteRun("(*9)", 9), new FigureRun("7", "none")])]
                ),
            ],
        };
        var page = Read(document);
        page.Descendants("p").Single(one => one.Attribute("class")?.Value == "text").ToString().ShouldBe("<p class=\"text\">Figure 9(*9)7</p>");
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_text_becomes_markup_style_or_an_address(string text)
    {
        foreach (var ja in new[] { true, false })
        {
            var page = Read(SampleReport.Of(ja, text));
            page.Descendants().Select(one => one.Name.LocalName).ShouldNotContain("script");
            page.Descendants().Select(one => one.Name.LocalName).ShouldNotContain("img");
            page.Descendants().Attributes().ShouldAllBe(one => !one.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
            page.Descendants("style").Count().ShouldBe(1);
            var style = page.Descendants("style").Single().Value;
            style.Count(one => one == '{').ShouldBe(style.Count(one => one == '}'));
            page.Descendants("a").ShouldAllBe(one => (one.Attribute("href") ?? new XAttribute("x", "")).Value.StartsWith('#'));
        }
    }

    private static XElement Read(ReportDocument document)
    {
        var html = HtmlReportWriter.Of(document);
        html.ShouldStartWith("<!doctype html>\n");
        // Everything is closed and escaped as XML wants it.
        return XDocument.Parse(html["<!doctype html>\n".Length..], LoadOptions.PreserveWhitespace).Root.ShouldNotBeNull();
    }
}

/// <summary>Texts that formats have stumbled over.</summary>
internal static class NaughtyTexts
{
    public static IReadOnlyList<string> All { get; } =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</style></title></main>",
        "\\\"}body{display:none}/*",
        "=HYPERLINK(\"http://attacker.example/\",\"x\")",
        "+1+1|cmd",
        "@SUM(A1)",
        "-2+3",
        "＝1+1",
        "\u202Egpj.exe",
        "a\0b\u0001\u000Bc\uFFFE",
        "half \ud83d surrogate \udca9",
        "日⽇ 髙﨑 𠮷野家 👩‍👩‍👧",
        "ﾊﾝｶｸ～－∥¢£¬",
        "line\r\nbreak\u2028and\u2029more\u0085",
        "&amp;&#x3c;&nbsp;]]>",
        "%s%n{0}$1",
        new string('長', 3_000),
        string.Concat(Enumerable.Repeat("e\u0301\u0327", 200)),
        "",
        " ",
        ((char)0xFEFF).ToString(CultureInfo.InvariantCulture),
    ];
}
