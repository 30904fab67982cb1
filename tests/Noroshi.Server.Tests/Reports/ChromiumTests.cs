using System.Net;
using System.Net.Sockets;
using Noroshi.Exchange.Reports;
using Noroshi.Hub.Tests.Exchange.Reports;
using Noroshi.Server.Reports.Outputs;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Reports;

/// <summary>PDF and PNG through a real browser.</summary>
public sealed class ChromiumTests
{
    [Fact]
    public async Task Text_of_the_PDF_can_be_searched_and_copied()
    {
        using var browser = Tools.Browser();
        var pdf = await WriteAsync(browser, ja: true);
        var text = await Tools.PopplerAsync(pdf, "pdftotext");
        // 日 U+65E5, not the radical ⽇ U+2F47, which some fonts give back.
        text.ShouldContain("日本");
        text.ShouldContain("不正接続先");
        text.ShouldContain("2020年度");
        text.ShouldAllBe(letter => letter < '\u2e80' || letter > '\u2fdf', text);
        text.ShouldContain("384件");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_PDF_is_tagged_has_title_and_fonts_and_nothing_that_runs(bool ja)
    {
        using var browser = Tools.Browser();
        var pdf = await WriteAsync(browser, ja);
        var about = await Tools.PopplerAsync(pdf, "pdfinfo");
        about.ShouldContain(ja ? "灯台情報共有の会 2020年度 活動レポート" : "Lighthouse Exchange: activity report for fiscal 2020");
        about.ShouldMatch("Tagged: +yes");
        about.ShouldMatch("JavaScript: +no");
        about.ShouldMatch("Page size: .*A4");
        var fonts = await Tools.PopplerAsync(pdf, "pdffonts");
        fonts.Split('\n').Skip(2).Where(line => line.Length > 0).ShouldAllBe(line => line.Contains(" yes ", StringComparison.Ordinal));
        fonts.ShouldContain("BIZUDPGothic");
        var structure = await Tools.PopplerAsync(pdf, "pdfinfo", "-struct");
        structure.ShouldContain("H1");
        structure.ShouldContain("Table");
        structure.ShouldContain("Figure");
        var pages = await Tools.PopplerAsync(pdf, "pdftotext", "-layout");
        var sheets = pages.Split('\f', StringSplitOptions.RemoveEmptyEntries);
        sheets.Length.ShouldBeGreaterThan(1);
        // The running head of every page: who issues it and how it may be handled.
        sheets.ShouldAllBe(page => page.Contains("TLP:CLEAR", StringComparison.Ordinal));
        sheets.ShouldAllBe(page => page.Contains(ja ? "事務局" : "Secretariat", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_figure_is_painted_at_twice_its_size_and_always_the_same()
    {
        using var browser = Tools.Browser();
        var figure = SampleReport.Of(ja: true).Sections.SelectMany(one => one.Blocks).OfType<Hub.Reports.Documents.ChartBlock>().Single().Picture;
        var png = (await browser.PngAsync(figure, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        int At(int offset) => (png[offset] << 24) | (png[offset + 1] << 16) | (png[offset + 2] << 8) | png[offset + 3];
        At(16).ShouldBe((int)Math.Ceiling(figure.Width) * 2);
        At(20).ShouldBe((int)Math.Ceiling(figure.Height) * 2);
        (await browser.PngAsync(figure, TestContext.Current.CancellationToken)).ShouldBe(png);
    }

    [Fact]
    public async Task The_browser_reaches_nothing_of_the_network_and_leaves_nothing_behind()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var folder = Directory.CreateTempSubdirectory("noroshi-test-").FullName;
        using var browser = Tools.Browser(folder);
        // A page of the hub holds no address; this one does, and has no policy that would forbid it.
        var page = $"<!doctype html><title>t</title><img src=\"http://127.0.0.1:{port}/a.png\"><img src=\"http://localhost:{port}/b.png\"><p>x</p>";
        var pdf = await browser.PdfAsync(page, TestContext.Current.CancellationToken);
        pdf.Length.ShouldBeGreaterThan(500);
        listener.Pending().ShouldBeFalse();
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
        Directory.Delete(folder);
    }

    [Fact]
    public async Task Without_a_browser_the_message_says_what_there_is_and_what_to_do()
    {
        using var browser = new Chromium(null, TimeProvider.System);
        using var to = new MemoryStream();
        var error = await Should.ThrowAsync<ReportOutputException>(() =>
            new PdfReportWriter(browser).WriteAsync(SampleReport.Of(ja: true), to, TestContext.Current.CancellationToken)
        );
        error.Ja.ShouldContain("HTML版は作成でき");
        error.Ja.ShouldContain(ChromiumProgram.Variable);
        error.En.ShouldContain("Install Chromium");
        to.Length.ShouldBe(0);
        (await browser.PngAsync(SampleReport.Of(ja: true).Sections.SelectMany(one => one.Blocks).OfType<Hub.Reports.Documents.ChartBlock>().Single().Picture, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_program_that_is_no_browser_is_a_failure_that_is_said()
    {
        using var browser = new Chromium("/bin/true", TimeProvider.System);
        var error = await Should.ThrowAsync<ReportOutputException>(() => browser.PdfAsync("<p>x</p>", TestContext.Current.CancellationToken));
        error.Ja.ShouldContain("HTML版は作成できます");
    }

    [Fact]
    public void A_named_program_counts_before_the_search_path_and_a_wrong_name_is_no_program()
    {
        ChromiumProgram.Find("/bin/true", "/usr/bin").ShouldBe("/bin/true");
        ChromiumProgram.Find("/nowhere/chromium", "/usr/bin").ShouldBeNull();
        ChromiumProgram.Find(null, "relative:").ShouldBeNull();
    }

    private static async Task<byte[]> WriteAsync(Chromium browser, bool ja)
    {
        using var to = new MemoryStream();
        await new PdfReportWriter(browser).WriteAsync(SampleReport.Of(ja), to, TestContext.Current.CancellationToken);
        return to.ToArray();
    }
}
