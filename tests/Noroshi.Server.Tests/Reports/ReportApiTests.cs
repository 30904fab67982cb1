using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Intake;
using Noroshi.Server.Registers;
using Noroshi.Server.Reports;
using Noroshi.Server.Reports.Outputs;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Sharing;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Reports;

public sealed class ReportApiTests : IDisposable
{
    private const string Report = "/api/v1/reports/activity-2013";
    private static readonly object Order = new { form = "activity", period = "FY2013" };
    private readonly Folder _folder = new();
    private int _given;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_report_is_drafted_checked_and_decided_by_several_people_and_served_from_its_time_on()
    {
        await using var hub = await StartAsync();
        var (press, other, head, member) = (
            As(hub, "p1", Role.Press),
            As(hub, "p2", Role.Press),
            As(hub, "c", Role.Coordinator),
            Member(hub)
        );
        await SharingHub.SendAsync(head, "/api/v1/reports", Order, HttpStatusCode.Forbidden);
        await SharingHub.SendAsync(member, "/api/v1/reports", Order, HttpStatusCode.Forbidden);
        await SharingHub.SendAsync(press, "/api/v1/reports", new { form = "activity", period = "FY2013Q1" }, HttpStatusCode.BadRequest);
        await SharingHub.SendAsync(press, "/api/v1/reports", Order, HttpStatusCode.Created);
        await SharingHub.GetAsync(member, Report, HttpStatusCode.NotFound);
        await SharingHub.GetAsync(member, $"{Report}/work", HttpStatusCode.Forbidden);

        await StepAsync(press, "check", HttpStatusCode.Forbidden);
        await StepAsync(head, "decide", HttpStatusCode.Forbidden);
        await StepAsync(other, "check", HttpStatusCode.NoContent);
        await StepAsync(other, "decide", HttpStatusCode.Forbidden);
        await StepAsync(head, "decide", HttpStatusCode.UnprocessableEntity);
        await FreezeAsync(press);
        await SharingHub.SendAsync(press, "/api/v1/reports", Order, HttpStatusCode.Created);
        await StepAsync(other, "check", HttpStatusCode.NoContent);
        await StepAsync(head, "decide", HttpStatusCode.NoContent, releaseAt: hub.Get<TimeProvider>().GetUtcNow().AddDays(1));
        await SharingHub.GetAsync(member, Report, HttpStatusCode.NotFound);
        await SharingHub.GetAsync(member, $"{Report}/files/ja.html", HttpStatusCode.NotFound);
        (await hub.Get<ReportRound>().RunAsync(Hubs.Token)).ShouldBe(0);
        (await SharingHub.GetAsync(member, "/api/v1/reports")).GetArrayLength().ShouldBe(0);

        await StepAsync(head, "send-back", HttpStatusCode.NoContent, reason: "earlier");
        await StepAsync(other, "check", HttpStatusCode.NoContent);
        await StepAsync(head, "decide", HttpStatusCode.NoContent);
        var told = await SharingHub.GetAsync(member, Report);
        told.GetProperty("stage").GetString().ShouldBe("published");
        var file = told.GetProperty("files").EnumerateArray().First(one => one.GetProperty("extension").GetString() == ".html");
        var bytes = await member.GetByteArrayAsync($"{Report}/files/ja.html", Hubs.Token);
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(file.GetProperty("sha256").GetString());
        System.Text.Encoding.UTF8.GetString(bytes).ShouldContain("2013年度（平成25年度） 活動レポート");
        await SharingHub.SendAsync(press, "/api/v1/reports", Order, HttpStatusCode.Forbidden);
        await hub.Get<ReportRound>().RunAsync(Hubs.Token);
        hub.Get<Publications>().All.ShouldHaveSingleItem().Id.ShouldBe("2013");
        (await hub.Get<ReportRound>().RunAsync(Hubs.Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_published_version_keeps_its_bytes_and_a_correction_says_what_changed()
    {
        await using var hub = await StartAsync();
        var (press, other, head, member) = (
            As(hub, "p1", Role.Press),
            As(hub, "p2", Role.Press),
            As(hub, "c", Role.Coordinator),
            Member(hub)
        );
        await FreezeAsync(press);
        await SharingHub.SendAsync(press, "/api/v1/reports", Order, HttpStatusCode.Created);
        await StepAsync(other, "check", HttpStatusCode.NoContent);
        await StepAsync(head, "decide", HttpStatusCode.NoContent);
        var first = await member.GetStringAsync($"{Report}/files/ja.html", Hubs.Token);
        await GiveAsync(hub, "power-a");

        await FreezeAsync(press, "late");
        await StepAsync(press, "correct", HttpStatusCode.Forbidden);
        await StepAsync(press, "correct", HttpStatusCode.NoContent, reason: "遅れて届いた情報提供");
        (await member.GetStringAsync($"{Report}/files/ja.html", Hubs.Token)).ShouldBe(first);
        await StepAsync(other, "check", HttpStatusCode.NoContent);
        await StepAsync(head, "decide", HttpStatusCode.NoContent);
        (await member.GetStringAsync($"{Report}/files/ja.html?version=1", Hubs.Token)).ShouldBe(first);
        var second = await member.GetStringAsync($"{Report}/files/ja.html", Hubs.Token);
        second.ShouldContain("正誤表");
        second.ShouldContain("遅れて届いた情報提供");
        second.ShouldContain("情報提供件数");
        first.ShouldNotContain("正誤表");
    }

    [Fact]
    public async Task Wordings_keep_their_fields_and_a_word_of_a_member_stops_the_report()
    {
        await using var hub = await StartAsync();
        var (press, other) = (As(hub, "p1", Role.Press), As(hub, "p2", Role.Press));
        await SharingHub.SendAsync(press, "/api/v1/reports", Order, HttpStatusCode.Created);
        var text = (await SharingHub.GetAsync(press, $"{Report}/work"))
            .GetProperty("texts")
            .EnumerateArray()
            .First(one => one.GetProperty("block").GetString() == "summary.lead" && one.GetProperty("language").GetString() == "ja");
        var template = text.GetProperty("template").GetString() ?? "";
        await WordAsync(press, "counts.provided", "件数は多い。", HttpStatusCode.BadRequest);
        await WordAsync(press, "nothing", "件数は多い。", HttpStatusCode.NotFound);
        await WordAsync(press, "summary.lead", template + "架空電力株式会社の協力を得た。", HttpStatusCode.NoContent);
        await StepAsync(other, "check", HttpStatusCode.Forbidden);
        var problems = (await SharingHub.GetAsync(press, $"{Report}/work")).GetProperty("problems").EnumerateArray().ToList();
        problems.ShouldContain(one =>
            one.GetProperty("fault").GetString() == "leak" && one.GetProperty("block").GetString() == "summary.lead"
        );
        await WordAsync(press, "summary.lead", null, HttpStatusCode.NoContent);
        await StepAsync(other, "check", HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_command_line_writes_the_same_report_of_a_running_hub_and_of_its_folder()
    {
        Directory.CreateDirectory(_folder["hub"]);
        string[] call =
        [
            "report",
            "--fiscal-year",
            "2013",
            "--lang",
            "ja",
            "--data",
            _folder["hub/data"],
            "--master-key",
            _folder["hub/master-key"],
        ];
        await using (await StartAsync(_folder["hub"]))
        {
            var through = Cli.Cli.Run([.. call, "--out", _folder["a"]]);
            through.Code.ShouldBe(0, through.Error);
        }

        var alone = Cli.Cli.Run([.. call, "--out", _folder["b"], "--format", "html"]);
        alone.Code.ShouldBe(0, alone.Error);
        var page = File.ReadAllText(_folder["b/activity-2013-ja.html"]);
        page.ShouldBe(File.ReadAllText(_folder["a/activity-2013-ja.html"]));
        page.ShouldContain("参加組織からの情報提供は");
        Cli.Cli.Run([.. call, "--out", _folder["c"], "--press-release"]).Code.ShouldBe(0);
        Cli.Cli.Run([.. call, "--out", _folder["c"], "--quarter", "3"]).Code.ShouldBe(0);
        Directory
            .GetFiles(_folder["c"])
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["press-2013-ja.html", "quarterly-2013q3-ja.html"]);
        Cli.Cli.Run([.. call, "--out", _folder["c"], "--format", "odt"]).Code.ShouldBe(2);
        Cli.Cli.Run([.. call, "--out", _folder["c"], "--quarter", "3", "--press-release"]).Code.ShouldBe(2);
    }

    [Fact]
    public async Task The_command_line_writes_a_report_that_must_be_mended_and_says_what_is_wrong()
    {
        Directory.CreateDirectory(_folder["hub"]);
        string[] call = ["report", "--fiscal-year", "2013", "--data", _folder["hub/data"], "--master-key", _folder["hub/master-key"]];
        await using (var hub = await StartAsync(_folder["hub"]))
        {
            // A member that is called as something that every report says: its word stands in the report.
            var named = new Organization
            {
                Id = "power-b",
                Group = "power",
                NameJa = "情報共有の運用状況",
                Domains = ["power-b.example"],
            };
            await hub.Get<HubRecords>().ChangeAsync([], [hub.Get<Register<Organization>>().Put("power-b", named)]);
            Told(Cli.Cli.Run([.. call, "--lang", "ja", "--out", _folder["a"]]), "a");
        }

        Told(Cli.Cli.Run([.. call, "--lang", "ja", "--out", _folder["b"]]), "b");
        var english = Cli.Cli.Run([.. call, "--lang", "en", "--out", _folder["c"]]);
        english.Code.ShouldBe(0, english.Error);
        english.Error.ShouldContain("to be looked at: figures are not final");

        void Told(CliResult run, string folder)
        {
            run.Code.ShouldBe(5, run.Error);
            run.Error.ShouldContain("要修正: 参加組織を示す語が含まれています");
            run.Error.ShouldContain("要確認: 確定していない数字が含まれています");
            File.Exists(_folder[$"{folder}/activity-2013-ja.html"]).ShouldBeTrue();
        }
    }

    private static async Task StepAsync(
        HttpClient client,
        string verb,
        HttpStatusCode expected,
        string? reason = null,
        DateTimeOffset? releaseAt = null
    )
    {
        var version = (await SharingHub.GetAsync(client, Report)).GetProperty("version").GetInt64();
        await SharingHub.SendAsync(
            client,
            $"{Report}/steps",
            new
            {
                version,
                verb,
                reason,
                releaseAt,
            },
            expected
        );
    }

    private static async Task WordAsync(HttpClient client, string block, string? template, HttpStatusCode expected)
    {
        var version = (await SharingHub.GetAsync(client, Report)).GetProperty("version").GetInt64();
        var order = new
        {
            version,
            block,
            language = "ja",
            template,
        };
        using var answer = await client.PutAsJsonAsync($"{Report}/wordings", order, Hubs.Token);
        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync(Hubs.Token));
    }

    private static Task<JsonElement> FreezeAsync(HttpClient press, string? reason = null) =>
        SharingHub.SendAsync(press, "/api/v1/statistics/revisions", new { period = "FY2013", reason }, HttpStatusCode.Created);

    private async Task<TestHub> StartAsync(string? folder = null)
    {
        var hub = await Hubs.StartAsync(folder);
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                [
                    hub.Get<Register<IndustryGroup>>().Put("power", new IndustryGroup("power")),
                    hub.Get<Register<Organization>>()
                        .Put(
                            "power-a",
                            new Organization
                            {
                                Id = "power-a",
                                Group = "power",
                                NameJa = "架空電力株式会社",
                                Domains = ["power-a.example"],
                            }
                        ),
                ]
            );
        await GiveAsync(hub, "power-a");
        return hub;
    }

    private async Task GiveAsync(TestHub hub, string organization)
    {
        var mail = Mails.Plain($"note {_given}", $"p{_given}@firm.example", $"info@{organization}.example", text: $"text number {_given}");
        await hub.Get<ProvisionIntake>()
            .ReceiveAsync(
                new Giving(
                    Actor.System,
                    new ProvisionHeader
                    {
                        Way = GivingWay.Import,
                        Intake = "member",
                        Organization = organization,
                        GivenBy = "",
                        ReceivedAt = default,
                        Items = [new ProvisionItem("a.eml")],
                    },
                    [mail]
                )
                {
                    Lane = Lane.Live,
                    ReceivedAt = new DateTimeOffset(2013, 10, 17, 9, _given++, 0, TimeSpan.FromHours(9)),
                },
                Hubs.Token
            );
        await hub.SettleAsync();
    }

    private static HttpClient Member(TestHub hub) => As(hub, "m", Role.MemberCsirt, "power-a");

    private static HttpClient As(TestHub hub, string id, Role role, string? organization = null) =>
        hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = id,
                Organization = organization,
                Roles = new HashSet<Role> { role },
                SecondFactor = true,
            }
        );
}
