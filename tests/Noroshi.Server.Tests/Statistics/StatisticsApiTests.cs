using System.Net;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Statistics;
using Noroshi.Hub.Storage;
using Noroshi.Server.Intake;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Sharing;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Statistics;

public sealed class StatisticsApiTests : IDisposable
{
    private const string Year = "/api/v1/statistics?period=FY2013";
    private readonly Folder _folder = new();
    private int _given;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_frozen_year_keeps_its_bytes_and_late_items_come_in_by_a_revision_that_says_why()
    {
        await using var hub = await StartAsync();
        var press = As(hub, Role.Press);
        var preliminary = await TextAsync(press, Year);
        preliminary.ShouldContain("\"state\": \"preliminary\"");
        Number(preliminary, "provided").ShouldBe(9);

        await SharingHub.SendAsync(press, "/api/v1/statistics/revisions", new { period = "FY2013" }, HttpStatusCode.Created);
        var (json, csv) = (await TextAsync(press, Year), await TextAsync(press, $"{Year}&format=csv"));
        json.ShouldBe(preliminary.Replace("preliminary", "final", StringComparison.Ordinal));
        await GiveAsync(hub, "power-a", "one that came late");
        (await TextAsync(press, Year)).ShouldBe(json);
        (await TextAsync(press, $"{Year}&format=csv")).ShouldBe(csv);
        Number(await TextAsync(press, $"{Year}&recount=true"), "provided").ShouldBe(10);

        var order = new { period = "FY2013", reason = "" };
        await SharingHub.SendAsync(press, "/api/v1/statistics/revisions", order, HttpStatusCode.UnprocessableEntity);
        var revised = await SharingHub.SendAsync(
            press,
            "/api/v1/statistics/revisions",
            order with
            {
                reason = "a late provision",
            },
            HttpStatusCode.Created
        );
        var last = revised.EnumerateArray().Last();
        (last.GetProperty("number").GetInt32(), last.GetProperty("reason").GetString()).ShouldBe((2, "a late provision"));
        var line = last.GetProperty("corrections").EnumerateArray().First(one => one.GetProperty("id").GetString() == "provided");
        (line.GetProperty("was").GetInt32(), line.GetProperty("is").GetInt32()).ShouldBe((9, 10));
        // The next year is compared with what was published.
        Number(await TextAsync(press, "/api/v1/statistics?period=FY2014"), "providedRatio", "denominator").ShouldBe(10);
    }

    [Fact]
    public async Task Members_see_what_is_final_without_small_cells_and_nothing_of_what_is_still_counted()
    {
        await using var hub = await StartAsync();
        var member = As(hub, Role.MemberCsirt, "power-a");
        await SharingHub.GetAsync(member, Year, HttpStatusCode.NotFound);
        await SharingHub.SendAsync(
            As(hub, Role.Coordinator),
            "/api/v1/statistics/revisions",
            new { period = "FY2013" },
            HttpStatusCode.Created
        );
        var told = await TextAsync(member, $"{Year}&recount=true");
        told.ShouldBe(await TextAsync(As(hub, Role.MemberCsirt, "gas-a"), Year));
        Number(told, "provided").ShouldBe(9);
        using var read = JsonDocument.Parse(told);
        read.RootElement.GetProperty("figures")
            .EnumerateArray()
            .Where(one => one.TryGetProperty("group", out _) && one.GetProperty("id").GetString() == "provided")
            .ShouldAllBe(one => one.GetProperty("numerator").ValueKind == JsonValueKind.Null && one.GetProperty("suppressed").GetBoolean());
        var hubs = await TextAsync(As(hub, Role.Analyst), Year);
        hubs.ShouldNotContain("suppressed");
        foreach (
            var path in new[] { "/api/v1/statistics/items?figure=provided&period=FY2013", "/api/v1/statistics/revisions?period=FY2013" }
        )
        {
            await SharingHub.GetAsync(member, path, HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_number_leads_to_its_items_and_a_verdict_moves_them()
    {
        await using var hub = await StartAsync();
        var analyst = As(hub, Role.Analyst);
        (await IdsAsync(analyst, "provided")).Count.ShouldBe(9);
        (await IdsAsync(analyst, "judgedTargeted")).ShouldBeEmpty();
        var mail = (await IdsAsync(analyst, "mails"))[0];
        await SharingHub.SendAsync(
            analyst,
            "/api/v1/verdicts",
            new
            {
                mails = new[] { mail },
                verdict = "targeted",
                reason = "analyst",
            },
            HttpStatusCode.NoContent
        );
        (await IdsAsync(analyst, "judgedTargeted")).ShouldBe([mail]);
        Number(await TextAsync(analyst, Year), "judgedTargeted").ShouldBe(1);
        await SharingHub.GetAsync(analyst, "/api/v1/statistics/items?figure=nothing&period=FY2013", HttpStatusCode.NotFound);
        await SharingHub.GetAsync(analyst, "/api/v1/statistics?period=2013", HttpStatusCode.BadRequest);
        await SharingHub.GetAsync(analyst, $"{Year}&format=xml", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_withdrawn_leaves_the_analysis_and_stays_provided()
    {
        await using var hub = await StartAsync();
        var analyst = As(hub, Role.Analyst);
        var mails = Number(await TextAsync(analyst, Year), "mails");
        var own = await hub.Get<ProvisionIndex>().FindAsync((await IdsAsync(analyst, "provided"))[0], Hubs.Token);
        await hub.Get<Withdrawals>().WithdrawAsync(Actor.System, own.ShouldNotBeNull(), Hubs.Token);
        var after = await TextAsync(analyst, Year);
        Number(after, "provided").ShouldBe(9);
        Number(after, "mails").ShouldBe(mails - 1);
    }

    [Fact]
    public async Task The_command_line_gives_the_same_bytes_of_a_running_hub_and_of_its_folder()
    {
        string api;
        string[] call =
        [
            "stats",
            "--fiscal-year",
            "2013",
            "--json",
            "--data",
            _folder["hub/data"],
            "--master-key",
            _folder["hub/master-key"],
        ];
        Directory.CreateDirectory(_folder["hub"]);
        await using (var hub = await StartAsync(_folder["hub"]))
        {
            api = await TextAsync(As(hub, Role.Press), Year);
            var through = Cli.Cli.Run(call);
            (through.Code, through.Out).ShouldBe((0, api), through.Error);
        }

        var result = Cli.Cli.Run(call);
        (result.Code, result.Out).ShouldBe((0, api), result.Error);
        var frozen = Cli.Cli.Run([.. call, "--freeze"]);
        frozen.Out.ShouldBe(api.Replace("preliminary", "final", StringComparison.Ordinal), frozen.Error);
        var again = Cli.Cli.Run([.. call, "--freeze"]);
        again.Code.ShouldBe(1);
        again.Error.ShouldContain("reason");
        Cli.Cli.Run([.. call[..1], "--fiscal-year", "99", .. call[3..]]).Code.ShouldBe(2);
        Cli.Cli.Run([.. call, "--quarter", "5"]).Code.ShouldBe(2);
        var csv = Cli.Cli.Run([.. call.Where(one => one != "--json"), "--csv", "--by", "quarter"]);
        csv.Out.ShouldContain("provided,FY2013Q3,", customMessage: csv.Error);
        var person = Cli.Cli.Run([.. call.Where(one => one != "--json"), "--lang", "ja"]);
        person.Out.ShouldContain("情報提供件数\t9");
    }

    /// <summary>Two groups, nine provisions of fiscal 2013.</summary>
    private async Task<TestHub> StartAsync(string? folder = null)
    {
        var hub = await Hubs.StartAsync(folder);
        var organizations = hub.Get<Register<Organization>>();
        string[] ids = ["power-a", "power-b", "power-c", "gas-a"];
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                [
                    hub.Get<Register<IndustryGroup>>().Put("power", new IndustryGroup("power")),
                    hub.Get<Register<IndustryGroup>>().Put("gas", new IndustryGroup("gas")),
                    .. ids.Select(id =>
                        organizations.Put(
                            id,
                            new Organization
                            {
                                Id = id,
                                Group = id[..^2],
                                Domains = [$"{id}.example"],
                            }
                        )
                    ),
                ]
            );
        for (var at = 0; at < 9; at++)
        {
            await GiveAsync(hub, ids[at % ids.Length], $"text number {at} of many");
        }

        return hub;
    }

    private async Task GiveAsync(TestHub hub, string organization, string text)
    {
        var mail = Mails.Plain($"note {_given}", $"p{_given}@firm.example", $"info@{organization}.example", text: text);
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

    private static HttpClient As(TestHub hub, Role role, string? organization = null) =>
        hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = $"u-{role}",
                Organization = organization,
                Roles = new HashSet<Role> { role },
                SecondFactor = true,
            }
        );

    private static async Task<string> TextAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Hubs.Token);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Hubs.Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(bytes));
        return Encoding.UTF8.GetString(bytes);
    }

    private static async Task<List<string>> IdsAsync(HttpClient client, string figure)
    {
        var page = await SharingHub.GetAsync(client, $"/api/v1/statistics/items?figure={figure}&period=FY2013");
        return [.. page.GetProperty("items").EnumerateArray().Select(one => one.GetString() ?? "")];
    }

    private static long Number(string json, string id, string field = "numerator")
    {
        using var read = JsonDocument.Parse(json);
        return read
            .RootElement.GetProperty("figures")
            .EnumerateArray()
            .First(one => one.GetProperty("id").GetString() == id)
            .GetProperty(field)
            .GetInt64();
    }
}
