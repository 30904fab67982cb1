using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;
using Noroshi.Hub.Tests.Exchange.Reports;
using Noroshi.Server.Hosting;
using Noroshi.Server.Reports.Outputs;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Reports;

/// <summary>The public site of a running hub, read by somebody without an account.</summary>
public sealed class PublicPagesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_published_is_read_without_an_account_and_stays_byte_for_byte()
    {
        await using var hub = await StartAsync();
        using var anybody = new HttpClient { BaseAddress = hub.Address };
        (await anybody.GetStringAsync("/public/", Stop)).ShouldContain("まだありません");
        (await anybody.GetAsync("/public/ja/2020/", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var result = await hub.Get<Publications>().PublishAsync("press-1", Order("2020", 2020), Stop);
        result.Changed.ShouldBeTrue();
        // Without a browser on the machine the PDF is left out, and it is said.
        result.LeftOut.ShouldAllBe(one => one.Ja.Contains("PDF", StringComparison.Ordinal));
        result.LeftOut.Count.ShouldBe(2);

        var before = await AllAsync(anybody, result.Publication);
        (await hub.Get<Publications>().PublishAsync("press-1", Order("2020", 2020), Stop)).Changed.ShouldBeFalse();
        await hub.Get<Publications>().PublishAsync("press-1", Order("2021", 2021, "another"), Stop);
        (await AllAsync(anybody, result.Publication)).ShouldBe(before);
        var index = await anybody.GetStringAsync("/public/", Stop);
        index.ShouldContain("2020年度(令和2年度)");
        index.ShouldContain("2021年度(令和3年度)");
        (await anybody.GetStringAsync("/public/en/", Stop)).ShouldContain("Fiscal 2021");
    }

    [Fact]
    public async Task Files_carry_their_hash_a_strict_policy_and_answer_to_a_known_tag()
    {
        await using var hub = await StartAsync();
        using var anybody = new HttpClient { BaseAddress = hub.Address };
        await hub.Get<Publications>().PublishAsync("press-1", Order("2020", 2020), Stop);
        using var answer = await anybody.GetAsync("/public/ja/2020/figure-1.csv", Stop);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        answer.Content.Headers.ContentType?.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Headers.GetValues("Repr-Digest").Single().ShouldBe($"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        using var again = new HttpRequestMessage(HttpMethod.Get, "/public/ja/2020/figure-1.csv");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag.ShouldNotBeNull());
        (await anybody.SendAsync(again, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var html = await anybody.GetAsync("/public/ja/2020", Stop);
        html.RequestMessage?.RequestUri?.AbsolutePath.ShouldBe("/public/ja/2020/");
        (await html.Content.ReadAsStringAsync(Stop)).ShouldNotContain("<script");
        foreach (var path in new[] { "ja/2020/../../x", "ja/2020/none.csv", "ja//2020/index.html", "%2e%2e/noroshi.db" })
        {
            (await anybody.GetAsync($"/public/{path}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task Another_content_is_a_correction_that_says_why_and_outlives_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("noroshi-public-").FullName;
        try
        {
            await using (var hub = await StartAsync(folder))
            {
                var publications = hub.Get<Publications>();
                await publications.PublishAsync("press-1", Order("2020", 2020), Stop);
                var changed = Order("2020", 2020, "corrected title");
                var refused = await Should.ThrowAsync<ProblemException>(() => publications.PublishAsync("press-1", changed, Stop));
                refused.Problem.Detail.ShouldNotBeNull().Ja.ShouldContain("理由");
                (await publications.PublishAsync("press-1", changed with { Reason = "表題の誤り" }, Stop)).Publication.Revision.ShouldBe(2);
            }

            await using var again = await StartAsync(folder);
            using var anybody = new HttpClient { BaseAddress = again.Address };
            (await anybody.GetStringAsync("/public/en/2020/", Stop)).ShouldContain("corrected title");
            (await anybody.GetStringAsync("/public/", Stop)).ShouldContain("訂正済み");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_is_preliminary_or_not_for_everybody_is_not_published()
    {
        await using var hub = await StartAsync();
        var order = Order("2020", 2020);
        foreach (
            var wrong in new[]
            {
                order with { Ja = order.Ja with { State = StatisticState.Preliminary } },
                order with { En = order.En with { Marking = "TLP:AMBER" } },
                order with { Ja = order.Ja with { Form = ReportForm.Dossier } },
                order with { Slug = "../2020" },
                order with { En = order.Ja },
            }
        )
        {
            await Should.ThrowAsync<ProblemException>(() => hub.Get<Publications>().PublishAsync("press-1", wrong, Stop));
        }

        hub.Get<Publications>().All.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_site_is_written_as_a_folder_in_which_only_what_is_new_is_touched()
    {
        await using var hub = await StartAsync();
        await hub.Get<Publications>().PublishAsync("press-1", Order("2020", 2020), Stop);
        var folder = Path.Combine(hub.Folder, "site");
        var pages = hub.Get<PublicPages>();
        var first = await PublicFolder.WriteAsync(folder, pages.AllAsync(Stop), Stop);
        first.ShouldBeGreaterThan(15);
        (await PublicFolder.WriteAsync(folder, pages.AllAsync(Stop), Stop)).ShouldBe(0);
        var before = File.GetLastWriteTimeUtc(Path.Combine(folder, "ja/2020/index.html"));
        await hub.Get<Publications>().PublishAsync("press-1", Order("2021", 2021), Stop);
        // The files of the new report and the three lists.
        (await PublicFolder.WriteAsync(folder, pages.AllAsync(Stop), Stop)).ShouldBe(first);
        File.GetLastWriteTimeUtc(Path.Combine(folder, "ja/2020/index.html")).ShouldBe(before);
        Directory.EnumerateFiles(folder, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
        (await File.ReadAllTextAsync(Path.Combine(folder, "index.html"), Stop)).ShouldContain("令和3年度");
    }

    [Fact]
    public async Task With_a_browser_the_report_is_offered_as_PDF_Word_and_Excel_and_served_as_it_was_published()
    {
        using var browser = Tools.Browser();
        await using var hub = await TestHub.StartAsync(more: services => services.AddSingleton(browser));
        using var anybody = new HttpClient { BaseAddress = hub.Address };
        var result = await hub.Get<Publications>().PublishAsync("press-1", Order("2020", 2020), Stop);
        result.LeftOut.ShouldBeEmpty();
        foreach (var name in new[] { "report.pdf", "report.docx", "report.xlsx", "figure-1.png" })
        {
            var kept = result.Publication.Files.Single(one => one.Path == $"ja/2020/{name}");
            var bytes = await anybody.GetByteArrayAsync($"/public/ja/2020/{name}", Stop);
            Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(kept.Sha256);
        }

        (await anybody.GetStringAsync("/public/ja/2020/", Stop)).ShouldContain("href=\"report.pdf\"");
        // The browser prints another moment into its PDF; that is no correction.
        (await hub.Get<Publications>().PublishAsync("press-1", Order("2020", 2020), Stop)).Changed.ShouldBeFalse();
    }

    private static Task<TestHub> StartAsync(string? folder = null) =>
        TestHub.StartAsync(folder, services => services.AddSingleton(new Chromium(null, TimeProvider.System)));

    private static PublicationOrder Order(string slug, int year, string? title = null)
    {
        var (ja, en) = (SampleReport.Of(ja: true), SampleReport.Of(ja: false));
        return title is null
            ? new PublicationOrder(slug, year, ja, en)
            : new PublicationOrder(slug, year, ja with { Title = title }, en with { Title = title });
    }

    private static async Task<string> AllAsync(HttpClient client, Publication publication)
    {
        var text = new StringBuilder();
        foreach (var file in publication.Files)
        {
            var bytes = await client.GetByteArrayAsync($"/public/{file.Path}", Stop);
            Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(file.Sha256);
            text.Append(file.Path).Append(' ').Append(file.Sha256).Append('\n');
        }

        return text.ToString();
    }
}
