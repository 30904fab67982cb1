using System.Net;
using System.Net.Http.Json;
using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Identity;

public sealed class AddressTests
{
    private const string Mail = "tanaka.hanako@power-a.example";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_somebody_gives_himself_counts_when_his_administrator_has_confirmed_it()
    {
        await using var hub = await StartAsync();
        var tanaka = await hub.AddUserAsync("tanaka", "power-a", Role.MemberCsirt);
        var chief = await hub.AddUserAsync("kanri", "power-a", Role.OrganizationAdmin);
        using var own = hub.As(ActorOf(tanaka));
        using var administrator = hub.As(ActorOf(chief));
        await Expect(own, HttpMethod.Put, "/api/v1/me/address", new { address = "tanaka at power-a" }, HttpStatusCode.BadRequest);
        await Expect(own, HttpMethod.Put, "/api/v1/me/address", new { address = Mail }, HttpStatusCode.NoContent);
        var addresses = hub.Get<UserAddresses>();
        addresses.Of(tanaka.Id).ShouldBeNull();

        var confirmation = $"/api/v1/users/{tanaka.Id}/address/confirmation";
        await Expect(own, HttpMethod.Post, confirmation, new { address = Mail }, HttpStatusCode.Forbidden);
        var another = new { address = "other@power-a.example" };
        await Expect(administrator, HttpMethod.Post, confirmation, another, HttpStatusCode.Conflict);
        await Expect(administrator, HttpMethod.Post, confirmation, new { address = Mail }, HttpStatusCode.OK);
        addresses.Of(tanaka.Id).ShouldBe(Mail);
        addresses.Holding("power-a", Role.MemberCsirt).ShouldBe([tanaka.Id]);
        addresses.Holding("power-a", Role.OrganizationAdmin).ShouldBeEmpty();

        // A new wish changes nothing until it is confirmed too.
        await Expect(own, HttpMethod.Put, "/api/v1/me/address", another, HttpStatusCode.NoContent);
        addresses.Of(tanaka.Id).ShouldBe(Mail);
    }

    [Fact]
    public async Task An_administrator_registers_addresses_of_his_own_organisation_only()
    {
        await using var hub = await StartAsync();
        var tanaka = await hub.AddUserAsync("tanaka", "power-a", Role.MemberCsirt);
        var stranger = await hub.AddUserAsync("kanri", "gas-b", Role.OrganizationAdmin);
        using var client = hub.As(ActorOf(stranger));
        await Expect(client, HttpMethod.Put, $"/api/v1/users/{tanaka.Id}/address", new { address = Mail }, HttpStatusCode.NotFound);
        hub.Get<UserAddresses>().Of(tanaka.Id).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_is_there_after_a_restart_and_gone_from_the_store_when_its_user_is_removed()
    {
        var folder = Directory.CreateTempSubdirectory("noroshi-addresses-").FullName;
        try
        {
            string id;
            await using (var hub = await StartAsync(folder))
            {
                id = (await hub.AddUserAsync("tanaka", "power-a", Role.MemberCsirt)).Id;
                await hub.Get<UserAddresses>().RegisterAsync(id, "old@power-a.example", "kanri");
                await hub.Get<UserAddresses>().RegisterAsync(id, Mail, "kanri");
                (await hub.Get<IHubStore>().Keys.ListAsync(UserAddresses.Area, Token)).Count.ShouldBe(1);
            }

            await using (var hub = await StartAsync(folder))
            {
                hub.Get<UserAddresses>().Of(id).ShouldBe(Mail);
                await hub.Get<Users>().ChangeAsync(id, user => user with { State = UserState.Suspended }, Record(id));
                hub.Get<UserAddresses>().Of(id).ShouldBeNull();

                using var administrator = hub.As(ActorOf(await hub.AddUserAsync("kanri", "power-a", Role.OrganizationAdmin)));
                await Expect(administrator, HttpMethod.Delete, $"/api/v1/users/{id}", null, HttpStatusCode.NoContent);
                (await hub.Get<IHubStore>().Keys.ListAsync(UserAddresses.Area, Token)).ShouldBeEmpty();
                await NowhereInTheLogAsync(hub.Get<IHubStore>());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_a_crash_left_between_secret_and_account_is_swept_at_the_next_start()
    {
        await using var hub = await StartAsync();
        await hub.Get<IHubStore>().Keys.PutAsync(UserAddresses.Area, "nobodys", "left@power-a.example"u8.ToArray(), Token);
        await hub.Get<UserAddresses>().LoadAsync(Token);
        (await hub.Get<IHubStore>().Keys.ListAsync(UserAddresses.Area, Token)).ShouldBeEmpty();
    }

    private static async Task NowhereInTheLogAsync(IHubStore store)
    {
        foreach (var kind in new[] { "user", "outgoing", "organization" })
        {
            foreach (var entry in await store.Steps.ReadKindAsync(kind, 0, 1_000, Token))
            {
                Encoding.UTF8.GetString((entry.Body ?? default).Span).ShouldNotContain("@power-a.example");
            }
        }

        foreach (var entry in await store.Journal.ReadAsync(new JournalFilter(), Token))
        {
            entry.Record.ToString().ShouldNotContain("@power-a.example");
        }
    }

    private static async Task<TestHub> StartAsync(string? folder = null)
    {
        var hub = await IdentityHub.StartAsync(folder: folder);
        var organizations = hub.Get<Register<Organization>>();
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                organizations.Put("power-a", new Organization { Id = "power-a" }),
                organizations.Put("gas-b", new Organization { Id = "gas-b" })
            );
        return hub;
    }

    private static Actor ActorOf(User user) =>
        new()
        {
            Kind = ActorKind.User,
            Id = user.Id,
            Organization = user.Organization,
            Roles = user.Roles.ToHashSet(),
            SecondFactor = true,
        };

    private static JournalRecord Record(string id) => new("test", JournalActions.UserChanged, id);

    private static async Task Expect(HttpClient client, HttpMethod method, string path, object? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, Token);
        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync(Token));
    }
}
