using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Reports.Publishing;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Statistics;
using Noroshi.Server.Demo;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Identity;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Reports;
using Noroshi.Server.Reports.Outputs;
using Noroshi.Server.Sharing;
using Noroshi.Server.Statistics;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Identity;
using Noroshi.Server.Tests.Notices;
using Noroshi.Server.Tests.Sharing;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Demo;

/// <summary>The demo over a part of its story: a few items of each year, and what they rest on.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly Hands _hands = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_world_is_built_by_the_hub_itself_with_approvals_of_providers_at_the_times_of_the_story()
    {
        var story = Part();
        await using var demo = await BuiltAsync(story);
        var app = demo.App;
        var services = app.Services;
        var releases = services.GetRequiredService<Register<ReleaseFile>>().All.Select(one => one.Value).ToList();
        var drafts = services.GetRequiredService<Register<DraftFile>>();
        var users = services.GetRequiredService<Users>();
        // Drafts that only asked whether a case may be told never left.
        releases.Count.ShouldBe(story.Shares.Count);
        foreach (var (release, share) in releases.OrderBy(one => one.Release.At).Zip(story.Shares.OrderBy(one => one.SharedAt)))
        {
            (release.Release.At - share.SharedAt).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(2), share.Item);
            release.Release.Item.Origin.ShouldBe(share.Origin == "hub" ? ItemOrigin.Hub : ItemOrigin.Provisions);
            release.Provisions.Count.ShouldBe(share.Origin == "hub" ? 0 : share.Provisions.Count, share.Item);
            drafts.Find(release.Draft)?.Value.State.ShouldBe(DraftState.Shared);
        }

        var approvals = services.GetRequiredService<Register<Approval>>().All.Select(one => one.Value).ToList();
        approvals.ShouldNotBeEmpty();
        approvals.ShouldAllBe(one => one.State == ApprovalState.Approved && one.AskedAt < one.DecidedAt);
        approvals.Select(one => users.Find(one.DecidedBy ?? "")?.Organization).ShouldBe(approvals.Select(one => one.Organization));

        var statistics = services.GetRequiredService<StatisticsWork>();
        statistics.Frozen(Period.OfYear(2012)).ShouldNotBeNull();
        statistics.Frozen(Period.OfYear(2013)).ShouldBeNull();
        foreach (var year in new[] { 2012, 2013 })
        {
            var figures = await statistics.OfAsync(Period.OfYear(year), recount: false, Hubs.Token);
            long? Count(string id) => figures.First(one => one.Id == id && one.Group is null).Numerator;
            Count("shared").ShouldBe(story.Shares.Count(one => one.Item.StartsWith($"S-{year}", StringComparison.Ordinal)));
            Count("provided")
                .ShouldBe(
                    story
                        .Manifest.Select((line, at) => Manifest.ReadOne(line, at))
                        .Where(one => one.Intake == "member" && one.Provision?.StartsWith($"P-{year}", StringComparison.Ordinal) == true)
                        .Select(one => one.Provision)
                        .Distinct(StringComparer.Ordinal)
                        .Count()
                );
        }

        services.GetRequiredService<ScenarioClock>().GetUtcNow().ShouldBeGreaterThanOrEqualTo(DemoCalendar.Today);
        using var browser = new Browser(AddressOf(app));
        var (_, health) = await browser.Get("/health/live");
        health.GetProperty("demo").GetProperty("now").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(DemoCalendar.Today);
        (await browser.Client.GetStringAsync("/", Hubs.Token)).ShouldContain("2014-05-30");
    }

    [Fact]
    public async Task The_report_of_the_first_year_went_its_way_and_providers_answered_for_every_case()
    {
        // The exchange of Table 1 comes with the rest, so that there is a case to be told.
        await using var demo = await BuiltAsync(Part(withCase: true));
        var services = demo.App.Services;
        var issue = services.GetRequiredService<Register<ReportIssue>>().Find("activity-2012")?.Value;
        issue.ShouldNotBeNull().Versions.ShouldHaveSingleItem();
        var (drafted, checkedBy, decided) = (issue.Newest.Drafted, issue.Newest.Checked, issue.Newest.Decided);
        new[] { drafted.By, checkedBy?.By, decided?.By }.Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        issue.Newest.ReleaseAt.ShouldNotBeNull().ShouldBeLessThan(DemoCalendar.Today.AddYears(-1));
        using var anybody = new Browser(AddressOf(demo.App));
        (await anybody.Client.GetStringAsync("/public/", Hubs.Token)).ShouldContain("2012年度");
        (await anybody.Client.GetStringAsync("/public/ja/2012/", Hubs.Token)).ShouldContain("2012年度（平成24年度） 活動レポート");
        (await anybody.Client.GetStringAsync("/public/en/2012/", Hubs.Token)).ShouldContain("Activity report for fiscal 2012");

        var material = await services.GetRequiredService<ReportMaterials>().OfAsync(Period.OfYear(2013), ja: true, Hubs.Token);
        var cases = material.Cases.ShouldNotBeNull();
        cases.Listed.ShouldBeGreaterThan(0);
        cases.Cases.Count.ShouldBe(cases.Listed);
        // They were asked in drafts of their own where no shared item showed the case whole, and those stay inside.
        var approvals = services.GetRequiredService<Register<Approval>>().All.Select(one => one.Value).ToList();
        approvals.ShouldContain(one => one.Publication == PublicationApproval.Yes);
        approvals
            .Where(one => one.Publication == PublicationApproval.Yes)
            .Select(one => services.GetRequiredService<Users>().Find(one.PublicationBy ?? "")?.Organization)
            .ShouldBe(approvals.Where(one => one.Publication == PublicationApproval.Yes).Select(one => one.Organization));
    }

    [Fact]
    public async Task Each_role_has_a_link_that_signs_in_once_and_within_an_hour()
    {
        await using var demo = await BuiltAsync(Part() with { Shares = [], Manifest = [] });
        var app = demo.App;
        var links = app.Services.GetRequiredService<DemoLinks>();
        var roles = app.Services.GetRequiredService<DemoPeople>().Shown();
        roles
            .Select(one => one.Code)
            .ShouldBe(["window-staff", "member-csirt", "approver", "analyst", "coordinator", "press", "administrator"]);
        foreach (var role in roles)
        {
            var path = DemoPart.SignInPath + links.Make(role.User);
            using var browser = new Browser(AddressOf(app));
            using var answer = await browser.Client.GetAsync(path, Hubs.Token);
            (answer.StatusCode, answer.Headers.Location?.OriginalString).ShouldBe((HttpStatusCode.SeeOther, "/"));
            var (status, me) = await browser.Get("/api/v1/me");
            (status, me.GetProperty("user").GetProperty("id").GetString()).ShouldBe((HttpStatusCode.OK, role.User));
            using var other = new Browser(AddressOf(app));
            using var again = await other.Client.GetAsync(path, Hubs.Token);
            again.StatusCode.ShouldBe(HttpStatusCode.Gone);
            other.Cookies.ShouldBeEmpty();
        }

        // What needs the role and its second factor is open to it.
        using var press = new Browser(AddressOf(app));
        using var entered = await press.Client.GetAsync(DemoPart.SignInPath + links.Make(roles[5].User), Hubs.Token);
        (await press.Get("/api/v1/statistics?period=FY2013")).Status.ShouldBe(HttpStatusCode.OK);

        var old = DemoPart.SignInPath + links.Make(roles[0].User);
        _hands.Move(DemoLinks.Lasts);
        using var late = new Browser(AddressOf(app));
        using var ended = await late.Client.GetAsync(old, Hubs.Token);
        ended.StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_hub_that_is_served_has_no_links_and_says_nothing_of_a_demo()
    {
        await using var hub = await Hubs.StartAsync();
        using var client = hub.Anonymous();
        using var answer = await client.GetAsync(DemoPart.SignInPath + "token", Hubs.Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetStringAsync("/", Hubs.Token)).ShouldNotContain("demo", Case.Insensitive);
        (await client.GetStringAsync("/health/live", Hubs.Token)).ShouldNotContain("demo");
    }

    [Fact]
    public async Task A_demo_that_is_there_is_served_again_and_never_as_a_real_hub()
    {
        var data = _folder["demo/data"];
        await using (var demo = await BuiltAsync(Part() with { Shares = [], Manifest = [] }))
        {
            var app = demo.App;
            app.Services.GetRequiredService<ScenarioClock>().MoveTo(DemoCalendar.Today.AddHours(5));
            await app.Services.GetRequiredService<HubRecords>().ChangeAsync([new("system", "setting.changed", "later on that day")]);
        }

        DemoFolder.Mark(data, whole: true);
        var settings = Noroshi.Server.Cli.DemoCommand.SettingsOf(data, "http://127.0.0.1:0");
        await using (var app = await DemoHost.BuildAsync(settings, story: null))
        {
            // Whoever was here before has written something at that time.
            app.Services.GetRequiredService<ScenarioClock>().GetUtcNow().ShouldBeGreaterThanOrEqualTo(DemoCalendar.Today.AddHours(5));
            app.Services.GetRequiredService<DemoPeople>().Shown().Count.ShouldBe(7);
        }

        var served = Cli.Cli.Run("serve", "--data", data, "--url", "http://127.0.0.1:0", "--lang", "en");
        (served.Code, served.Out).ShouldBe((2, ""), served.Error);
        served.Error.ShouldContain("demo");
        DemoFolder.Mark(data, whole: false);
        var unfinished = Cli.Cli.Run("demo", "--data", data, "--lang", "en");
        unfinished.Code.ShouldBe(2);
        unfinished.Error.ShouldContain("interrupted");
    }

    [Fact]
    public void A_folder_that_holds_something_else_and_an_address_on_a_network_are_refused()
    {
        _folder.Add("mine/letter.txt", [1, 2, 3]);
        var other = Cli.Cli.Run("demo", "--data", _folder["mine"], "--lang", "en");
        (other.Code, other.Out).ShouldBe((2, ""));
        other.Error.ShouldContain("Nothing was changed");
        Directory.EnumerateFileSystemEntries(_folder["mine"]).ShouldHaveSingleItem();
        File.Exists(_folder["mine.master-key"]).ShouldBeFalse();
        var open = Cli.Cli.Run("demo", "--data", _folder["new"], "--url", "https://0.0.0.0:0", "--lang", "ja");
        open.Code.ShouldBe(2);
        open.Error.ShouldContain("ループバック");
        Directory.Exists(_folder["new"]).ShouldBeFalse();
    }

    [Fact]
    public void The_clock_of_a_scenario_only_goes_forward()
    {
        var clock = new ScenarioClock(DemoCalendar.Opens);
        clock.MoveTo(DemoCalendar.Today);
        clock.MoveTo(DemoCalendar.Opens);
        clock.GetUtcNow().ShouldBeInRange(DemoCalendar.Today, DemoCalendar.Today.AddMinutes(5));
    }

    /// <summary>Items of both years, one of the hub among them, with the provisions that they rest on and two that were never shared.</summary>
    private static DemoStory Part(bool withCase = false)
    {
        var whole = DemoStory.Whole();
        var shares = whole
            .Shares.Where(one =>
                one.Origin == "hub"
                    ? one.Item.StartsWith("S-2012", StringComparison.Ordinal)
                    : one.Item is "S-2012-001" or "S-2012-160" or "S-2013-001" or "S-2013-180"
            )
            .ToList();
        var numbers = shares.SelectMany(one => one.Provisions).Concat(["P-2012-0003", "P-2013-0003"]).ToHashSet(StringComparer.Ordinal);
        if (withCase)
        {
            var place = $"{whole.Organization}/{whole.Window}";
            numbers.UnionWith(
                whole
                    .Manifest.Select((line, at) => Manifest.ReadOne(line, at))
                    .Where(one => $"{one.Organization}/{one.Window}" == place)
                    .Select(one => one.Provision)
                    .OfType<string>()
            );
        }

        return whole with
        {
            Shares = shares,
            Manifest = [.. whole.Manifest.Where((line, at) => numbers.Contains(Manifest.ReadOne(line, at).Provision ?? ""))],
        };
    }

    private async Task<Running> BuiltAsync(DemoStory story)
    {
        var settings = new HubSettings
        {
            DataFolder = _folder["demo/data"],
            MasterKeyFile = _folder["demo/data.master-key"],
            Url = "http://127.0.0.1:0",
            Options = new HubOptions { Log = new LogOptions { Level = "error" } },
        };
        Directory.CreateDirectory(_folder["demo"]);
        var app = await DemoHost.BuildAsync(
            settings,
            story,
            services =>
            {
                services.AddSingleton<IMailWorkers>(new InThisProcess());
                // Without a browser: reports have all forms but PDF and pictures, which tests of their own look at.
                services.AddSingleton(new Chromium(null, TimeProvider.System));
                services.AddSingleton(new SecurityClock(_hands));
            }
        );
        await app.StartAsync(Hubs.Token);
        var running = new Running(app);
        try
        {
            await app.Services.GetRequiredService<DemoWorld>().BuildAsync(story, Hubs.Token);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>A demo that ends in order.</summary>
    private sealed record Running(WebApplication App) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await App.StopAsync();
            await App.DisposeAsync();
        }
    }

    private static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First() ?? "");
}
