using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Identity;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Access;

public sealed class AccessTests
{
    [Fact]
    public async Task A_hub_with_a_route_without_a_policy_does_not_start()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-open-").FullName;
        try
        {
            await using var app = await HubHost.BuildAsync(
                new HubSettings
                {
                    DataFolder = Path.Combine(root, "data"),
                    MasterKeyFile = Path.Combine(root, "master-key"),
                    Url = "http://127.0.0.1:0",
                }
            );
            app.MapGet("/open", () => "anything");
            var error = await Should.ThrowAsync<InvalidOperationException>(() => app.StartAsync(Browser.Cancellation));
            error.Message.ShouldContain("/open");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task A_revoked_expired_or_invented_key_opens_nothing()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        await OrganizationAsync(hub, "power-a");
        var (key, text) = await KeyAsync(hub, hands, "power-a", "read");
        (await StatusAsync(hub, text)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(hub, text[..39] + (text[39] == 'a' ? 'b' : 'a'))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(hub, "")).ShouldBe(HttpStatusCode.Unauthorized);
        await hub.Get<ApiKeys>().RevokeAsync(key.Id, "system");
        (await StatusAsync(hub, text)).ShouldBe(HttpStatusCode.Unauthorized);
        var (_, other) = await KeyAsync(hub, hands, "power-a", "read");
        hands.Move(TimeSpan.FromDays(8));
        (await StatusAsync(hub, other)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_does_what_its_scope_says_and_nothing_else()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        await OrganizationAsync(hub, "power-a");
        var (_, text) = await KeyAsync(hub, hands, "power-a", "provide");
        (await StatusAsync(hub, text)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(hub, text, "/api/v1/users")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(hub, text, "/api/v1/me")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_text_of_a_key_stands_nowhere_in_the_data()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        await OrganizationAsync(hub, "power-a");
        var (_, text) = await KeyAsync(hub, hands, "power-a", "read");
        (await StatusAsync(hub, text)).ShouldBe(HttpStatusCode.OK);
        hub.Get<Register<ApiKey>>().All.Single().Value.Hash.ShouldNotContain(text);
        foreach (
            var file in Directory
                .EnumerateFiles(hub.Data, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) is not ("lock" or "control"))
        )
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, Browser.Cancellation);
            bytes.ToArray().AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task Who_asks_too_often_has_to_wait_and_nobody_else()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands, access: new AccessOptions { PerKey = 20 });
        await OrganizationAsync(hub, "power-a");
        var (_, busy) = await KeyAsync(hub, hands, "power-a", "read");
        var (_, calm) = await KeyAsync(hub, hands, "power-a", "read");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 15; i++)
        {
            answers.Add(await StatusAsync(hub, busy));
        }

        answers.Take(10).ShouldAllBe(one => one == HttpStatusCode.OK);
        answers.ShouldContain(HttpStatusCode.TooManyRequests);
        (await StatusAsync(hub, calm)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_of_an_organisation_that_left_gets_in()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        await OrganizationAsync(hub, "power-a", new DateOnly(2026, 6, 2));
        var (_, text) = await KeyAsync(hub, hands, "power-a", "read");
        await hub.AddUserAsync("tanaka", "power-a", Role.MemberCsirt);
        using var browser = new Browser(hub.Address);
        await browser.SignIn("tanaka");
        (await StatusAsync(hub, text)).ShouldBe(HttpStatusCode.OK);
        hands.Move(TimeSpan.FromMinutes(29));
        (await browser.Get("/api/v1/me")).Status.ShouldBe(HttpStatusCode.OK);
        hands.Move(TimeSpan.FromDays(2));
        (await StatusAsync(hub, text)).ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.Post("/api/v1/session", new { userName = "tanaka", password = Browser.Password })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    public async Task Reading_who_provided_something_is_written_down_for_people_of_the_hub_only()
    {
        await using var hub = await IdentityHub.StartAsync();
        var id = await ProvisionAsync(hub, "power-a", "inquiry");
        var scope = hub.Get<Scope>();
        var analyst = new Actor
        {
            Kind = ActorKind.User,
            Id = "analyst-1",
            Roles = new HashSet<Role> { Role.Analyst },
        };
        var member = new Actor
        {
            Kind = ActorKind.User,
            Id = "member-1",
            Organization = "power-a",
            Roles = new HashSet<Role> { Role.MemberCsirt },
        };
        (await scope.LoadAsync<IndexedProvision>(member, Verb.Read, id, Browser.Cancellation)).Organization.ShouldBe("power-a");
        (await ReadsAsync(hub)).ShouldBeEmpty();
        await scope.LoadAsync<IndexedProvision>(analyst, Verb.Read, id, Browser.Cancellation);
        (await ReadsAsync(hub)).ShouldBe([("analyst-1", id)]);
    }

    [Fact]
    public async Task A_window_sees_what_came_by_it_and_another_organisation_nothing()
    {
        await using var hub = await IdentityHub.StartAsync();
        var scope = hub.Get<Scope>();
        var staff = new Actor
        {
            Kind = ActorKind.User,
            Id = "staff",
            Organization = "power-a",
            Window = "inquiry",
            Roles = new HashSet<Role> { Role.WindowStaff },
        };
        var own = await ProvisionAsync(hub, "power-a", "inquiry");
        await scope.LoadAsync<IndexedProvision>(staff, Verb.Read, own, Browser.Cancellation);
        foreach (
            var (organization, window) in new (string, string?)[] { ("power-a", "recruiting"), ("power-a", null), ("water-b", "inquiry") }
        )
        {
            var id = await ProvisionAsync(hub, organization, window);
            var refused = await Should.ThrowAsync<ProblemException>(() =>
                scope.LoadAsync<IndexedProvision>(staff, Verb.Read, id, Browser.Cancellation)
            );
            refused.Problem.ShouldBe(Problem.NotFound);
        }

        var mayNot = await Should.ThrowAsync<ProblemException>(() =>
            scope.LoadAsync<IndexedProvision>(staff, Verb.Remove, own, Browser.Cancellation)
        );
        mayNot.Problem.ShouldBe(Problem.Forbidden);
    }

    [Fact]
    public async Task An_organisations_administrator_cannot_reach_up_or_across()
    {
        await using var hub = await IdentityHub.StartAsync();
        await OrganizationAsync(hub, "power-a");
        await OrganizationAsync(hub, "water-b");
        var own = await hub.AddUserAsync("tanaka", "power-a", Role.MemberCsirt);
        using var client = hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = "admin-a",
                Organization = "power-a",
                Roles = new HashSet<Role> { Role.OrganizationAdmin },
            }
        );
        foreach (var role in new[] { "administrator", "analyst", "auditor" })
        {
            (await PutAsync(client, $"/api/v1/users/{own.Id}/roles", new { roles = new[] { role } })).ShouldBe(HttpStatusCode.BadRequest);
        }

        using var across = await client.PostAsJsonAsync(
            "/api/v1/users",
            new
            {
                userName = "x",
                organization = "water-b",
                roles = new[] { "member-csirt" },
            },
            Browser.Cancellation
        );
        across.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var up = await client.PostAsJsonAsync(
            "/api/v1/users",
            new { userName = "x", roles = new[] { "analyst" } },
            Browser.Cancellation
        );
        up.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // What is not named cannot be set.
        (await PutAsync(client, $"/api/v1/users/{own.Id}", new { displayName = "T", organization = "water-b" })).ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await PutAsync(client, $"/api/v1/users/{own.Id}", new { displayName = "T", passwordHash = "x" })).ShouldBe(
            HttpStatusCode.BadRequest
        );
        hub.Get<Users>().Find(own.Id).ShouldNotBeNull().Organization.ShouldBe("power-a");
    }

    [Fact]
    public async Task The_dictionary_of_an_organisation_is_written_and_never_read_back()
    {
        await using var hub = await IdentityHub.StartAsync();
        await OrganizationAsync(hub, "power-a");
        using var client = hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = "admin-a",
                Organization = "power-a",
                Roles = new HashSet<Role> { Role.OrganizationAdmin },
            }
        );
        (await PutAsync(client, "/api/v1/organizations/power-a/secrets", new { words = new[] { "プロジェクト朱雀" } })).ShouldBe(
            HttpStatusCode.NoContent
        );
        var text = await client.GetStringAsync("/api/v1/organizations/power-a", Browser.Cancellation);
        text.ShouldNotContain("朱雀");
        System.Text.Json.JsonElement.Parse(text).GetProperty("secretWords").GetInt32().ShouldBe(1);
        (
            await PutAsync(client, "/api/v1/organizations/power-a/description", new { windows = Array.Empty<object>(), version = 1 })
        ).ShouldBe(HttpStatusCode.Conflict);
        (await PutAsync(client, "/api/v1/organizations/power-a/description", new { windows = new[] { new { id = "inquiry" } } })).ShouldBe(
            HttpStatusCode.OK
        );
        hub.Get<Community>().Find("power-a").ShouldNotBeNull().Secrets.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Names_that_look_like_a_taken_one_are_refused()
    {
        await using var hub = await IdentityHub.StartAsync();
        await hub.AddUserAsync("tanaka", null, Role.Analyst);
        foreach (var name in new[] { "TANAKA", "ｔａｎａｋａ", "tаnaka", "tänaka" })
        {
            await Should.ThrowAsync<ProblemException>(() => hub.AddUserAsync(name, null, Role.Analyst));
        }
    }

    [Fact]
    public async Task Pages_of_a_list_show_everything_once()
    {
        await using var hub = await IdentityHub.StartAsync();
        for (var i = 0; i < 7; i++)
        {
            await OrganizationAsync(hub, $"member-{i}");
        }

        using var client = hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = "c",
                SecondFactor = true,
                Roles = new HashSet<Role> { Role.Coordinator },
            }
        );
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = System.Text.Json.JsonElement.Parse(
                await client.GetStringAsync(
                    $"/api/v1/organizations?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}",
                    Browser.Cancellation
                )
            );
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.Get("id")));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        } while (cursor is not null);

        seen.ShouldBe(Enumerable.Range(0, 7).Select(i => $"member-{i}"));
    }

    [Fact]
    public async Task An_idle_account_is_suspended_by_the_round_and_the_journal_says_so()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        var user = await hub.AddUserAsync("tanaka", null, Role.Analyst);
        var care = hub.Get<AccountCare>();
        hands.Move(TimeSpan.FromDays(61));
        await care.RunAsync(Browser.Cancellation);
        hub.Get<Users>().Find(user.Id).ShouldNotBeNull().WarnedAt.ShouldNotBeNull();
        hands.Move(TimeSpan.FromDays(31));
        await care.RunAsync(Browser.Cancellation);
        hub.Get<Users>().Find(user.Id).ShouldNotBeNull().State.ShouldBe(UserState.Suspended);
        hands.Move(TimeSpan.FromDays(91));
        await care.RunAsync(Browser.Cancellation);
        hub.Get<Users>().Find(user.Id).ShouldBeNull();
        var journal = await hub.Get<IHubStore>().Journal.ReadAsync(new JournalFilter { Subject = user.Id }, Browser.Cancellation);
        journal.Select(one => one.Record.Detail).ShouldContain(detail => detail == "idle Remove");
    }

    private static async Task<HttpStatusCode> PutAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PutAsJsonAsync(path, body, Browser.Cancellation);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(TestHub hub, string key, string path = "/api/v1/organizations")
    {
        using var client = hub.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Browser.Cancellation);
        return response.StatusCode;
    }

    private static Task OrganizationAsync(TestHub hub, string id, DateOnly? left = null) =>
        hub.Get<HubRecords>().ChangeAsync([], hub.Get<Register<Organization>>().Put(id, new Organization { Id = id, LeftOn = left }));

    private static Task<(ApiKey Key, string Text)> KeyAsync(TestHub hub, Hands hands, string organization, params string[] scopes) =>
        hub.Get<ApiKeys>()
            .AddAsync(
                new ApiKey
                {
                    Id = Secrets.NewId(),
                    Hash = "",
                    Organization = organization,
                    Scopes = scopes,
                    CreatedBy = "system",
                    CreatedAt = hands.GetUtcNow(),
                    ExpiresAt = hands.GetUtcNow().AddDays(7),
                }
            );

    private static async Task<string> ProvisionAsync(TestHub hub, string organization, string? window)
    {
        var header = new ProvisionHeader
        {
            Way = GivingWay.Api,
            Intake = "member",
            Organization = organization,
            Window = window,
            GivenBy = "",
            ReceivedAt = default,
        };
        var receipt = await hub.Get<ProvisionIntake>()
            .ReceiveAsync(new Giving(Actor.System, header, [Encoding.ASCII.GetBytes("Subject: x\r\n\r\ny")]), Browser.Cancellation);
        return receipt.Id.ToString();
    }

    private static async Task<List<(string, string)>> ReadsAsync(TestHub hub) =>
        [
            .. (
                await hub.Get<IHubStore>()
                    .Journal.ReadAsync(new JournalFilter { Action = JournalActions.IdentityRead }, Browser.Cancellation)
            ).Select(one => (one.Record.Actor, one.Record.Subject)),
        ];
}
