using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Noroshi.Exchange.Reports.Site;
using Noroshi.Hub.Reports.Documents;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Reports;

/// <summary>The static site: addresses, links, bytes.</summary>
public sealed class PublicSiteTests
{
    private static readonly Dictionary<string, byte[]> Nothing = [];

    [Fact]
    public void A_report_has_a_page_and_the_data_of_each_figure_and_table_at_addresses_that_stay()
    {
        var files = PublicSite.Report("2020", SampleReport.Of(ja: true), new Dictionary<string, byte[]> { [".pdf"] = [1] }, new Dictionary<string, byte[]> { ["figure-1"] = [2] });
        files.Select(one => one.Path).Order(StringComparer.Ordinal).ShouldBe(
            [
                "ja/2020/figure-1.csv",
                "ja/2020/figure-1.json",
                "ja/2020/figure-1.png",
                "ja/2020/figure-1.svg",
                "ja/2020/index.html",
                "ja/2020/report.json",
                "ja/2020/report.pdf",
                "ja/2020/table-1.csv",
                "ja/2020/table-1.json",
                "ja/2020/table-2.csv",
                "ja/2020/table-2.json",
            ]
        );
        var svg = Encoding.UTF8.GetString(files.Single(one => one.Path.EndsWith(".svg", StringComparison.Ordinal)).Content.Span);
        XDocument.Parse(svg).Root.ShouldNotBeNull().Name.ToString().ShouldBe("{http://www.w3.org/2000/svg}svg");
        svg.ShouldContain("--bar:");
        files.Where(one => !one.Settled).Select(one => one.Path).ShouldBe(["ja/2020/figure-1.png", "ja/2020/report.pdf"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_link_of_every_page_leads_to_a_file_of_the_site_and_no_page_has_a_script(bool ja)
    {
        var files = PublicSite
            .Report("2020", SampleReport.Of(ja: true), Nothing, Nothing)
            .Concat(PublicSite.Report("2020", SampleReport.Of(ja: false), Nothing, Nothing))
            .Concat(PublicSite.Indexes(Issuer, [Entry("2020", 2020)]))
            .ToDictionary(one => one.Path, StringComparer.Ordinal);
        var seen = 0;
        foreach (var (path, page) in Pages(files))
        {
            var root = new Uri("file:///" + path);
            page.Descendants().Select(one => one.Name.LocalName).ShouldNotContain("script");
            foreach (var link in page.Descendants("a").Select(one => one.Attribute("href")?.Value ?? "").Where(one => !one.StartsWith('#')))
            {
                files.Keys.ShouldContain(new Uri(root, link).AbsolutePath.TrimStart('/'), $"{path} → {link}");
                seen++;
            }
        }

        seen.ShouldBeGreaterThan(20);
        var own = Pages(files).Single(one => one.Path == (ja ? "ja/2020/index.html" : "en/2020/index.html")).Page;
        own.Attribute("lang")?.Value.ShouldBe(ja ? "ja" : "en");
        own.Descendants("a").Count(one => one.Attribute("href")?.Value == "figure-1.svg").ShouldBe(1);
    }

    [Fact]
    public void The_lists_name_years_by_both_calendars_newest_first()
    {
        var files = PublicSite.Indexes(Issuer, [Entry("2012", 2012), Entry("2013", 2013), Entry("2013-press", 2013, revision: 2)]);
        var ja = Encoding.UTF8.GetString(files.Single(one => one.Path == "ja/index.html").Content.Span);
        ja.ShouldContain("2013年度(平成25年度)");
        ja.IndexOf("平成25年度", StringComparison.Ordinal).ShouldBeLessThan(ja.IndexOf("平成24年度", StringComparison.Ordinal));
        ja.ShouldContain("訂正済み");
        Encoding.UTF8.GetString(files.Single(one => one.Path == "en/index.html").Content.Span).ShouldContain("Fiscal 2013 (April 2013 to March 2014)");
        Encoding.UTF8.GetString(PublicSite.Indexes(Issuer, [])[0].Content.Span).ShouldContain("まだありません");
    }

    [Fact]
    public void Made_again_each_file_has_the_same_bytes()
    {
        static List<string> Made() =>
            [
                .. PublicSite
                    .Report("2020", SampleReport.Of(ja: true), Nothing, Nothing)
                    .Select(one => $"{one.Path} {Convert.ToHexStringLower(SHA256.HashData(one.Content.Span))}"),
            ];
        Made().ShouldBe(Made());
    }

    [Theory]
    [InlineData("2013", true)]
    [InlineData("2013-q3", true)]
    [InlineData("2013-press", true)]
    [InlineData("2013-", false)]
    [InlineData("20133", false)]
    [InlineData("../2013", false)]
    [InlineData("2013/x", false)]
    [InlineData("2013-Q3", false)]
    [InlineData("", false)]
    public void Names_of_folders_are_years_with_more_behind_a_hyphen(string slug, bool good) => PublicSite.IsSlug(slug).ShouldBe(good);

    [Fact]
    public void What_cannot_be_a_file_name_is_refused()
    {
        var document = SampleReport.Of(ja: true);
        var table = new TableBlock
        {
            Id = "../../etc",
            Caption = "",
            Columns = [],
            Rows = [],
        };
        Should.Throw<ArgumentException>(() =>
            PublicSite.Report("2020", document with { Sections = [new ReportSection("a", 1, null, [table])] }, Nothing, Nothing)
        );
    }

    private static Words Issuer => new("灯台情報共有の会", "Lighthouse Exchange");

    private static SiteEntry Entry(string slug, int year, int revision = 1) =>
        new(slug, year, ReportForm.Activity, new Words($"{year}年度の報告", $"Report of {year}"), new Words("2021年5月28日", "28 May 2021"), revision);

    private static IEnumerable<(string Path, XElement Page)> Pages(Dictionary<string, SiteFile> files) =>
        files
            .Values.Where(one => one.Path.EndsWith(".html", StringComparison.Ordinal))
            .Select(one =>
                (
                    one.Path,
                    XDocument.Parse(Encoding.UTF8.GetString(one.Content.Span)["<!doctype html>\n".Length..]).Root
                        ?? throw new InvalidOperationException("empty")
                )
            );
}
