using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Server.Identity;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Identity;

public sealed class SetupTests
{
    [Fact]
    public async Task An_empty_hub_has_a_token_in_a_file_that_only_its_owner_reads()
    {
        await using var hub = await TestHub.StartAsync();
        var file = Path.Combine(hub.Data, "setup-token");
        (await File.ReadAllTextAsync(file, Browser.Cancellation)).Trim().Length.ShouldBe(43);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task The_token_is_good_once_and_then_gone()
    {
        await using var hub = await TestHub.StartAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(hub.Data, "setup-token"), Browser.Cancellation)).Trim();
        using var browser = new Browser(hub.Address);
        var administrator = new { userName = "sato", password = Browser.Password };
        (await browser.Post("/api/v1/setup", new { token = new string('x', 43), administrator })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        (await browser.Post("/api/v1/setup", new { token, administrator = new { userName = "sato", password = "short" } })).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await browser.Post("/api/v1/setup", new { token, administrator })).Status.ShouldBe(HttpStatusCode.Created);
        File.Exists(Path.Combine(hub.Data, "setup-token")).ShouldBeFalse();
        (await browser.Post("/api/v1/setup", new { token, administrator })).Status.ShouldBe(HttpStatusCode.NotFound);
        hub.Get<Users>().All.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Two_setups_at_once_make_one_administrator()
    {
        await using var hub = await TestHub.StartAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(hub.Data, "setup-token"), Browser.Cancellation)).Trim();
        using var browser = new Browser(hub.Address);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(i =>
                    browser.Post(
                        "/api/v1/setup",
                        new { token, administrator = new { userName = $"person{i}", password = Browser.Password } }
                    )
                )
        );
        answers.Count(one => one.Status == HttpStatusCode.Created).ShouldBe(1);
        hub.Get<Users>().All.Count().ShouldBe(1);
    }

    [Fact]
    public async Task From_the_token_to_a_key_of_the_first_organisation_takes_three_calls()
    {
        await using var hub = await TestHub.StartAsync();
        var (key, _) = await hub.SetUpAsync();
        using var client = hub.WithKey(key);
        using var made = await client.PutAsJsonAsync(
            "/api/v1/organizations/power-a",
            new { nameJa = "電力A", domains = new[] { "power-a.example" } },
            Browser.Cancellation
        );
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var given = await client.PostAsJsonAsync(
            "/api/v1/keys",
            new { organization = "power-a", scopes = new[] { "provide", "read" } },
            Browser.Cancellation
        );
        given.StatusCode.ShouldBe(HttpStatusCode.Created);
        var answer = JsonElement.Parse(await given.Content.ReadAsStringAsync(Browser.Cancellation));
        answer.Get("key").ShouldMatch("^[A-Za-z0-9]{40}$");
        using var member = hub.WithKey(answer.Get("key"));
        var own = JsonElement.Parse(await member.GetStringAsync("/api/v1/organizations", Browser.Cancellation));
        own.GetProperty("items").EnumerateArray().Single().Get("id").ShouldBe("power-a");
    }

    [Fact]
    public async Task The_first_key_ends_after_a_day_and_makes_nobody_of_the_hub()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        var (key, _) = await hub.SetUpAsync();
        using var client = hub.WithKey(key);
        using var raised = await client.PostAsJsonAsync(
            "/api/v1/users",
            new { userName = "mallory", roles = new[] { "administrator" } },
            Browser.Cancellation
        );
        raised.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var hubKey = await client.PostAsJsonAsync("/api/v1/keys", new { scopes = new[] { "administer" } }, Browser.Cancellation);
        hubKey.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        hands.Move(TimeSpan.FromHours(25));
        using var late = await client.GetAsync(new Uri("/api/v1/organizations", UriKind.Relative), Browser.Cancellation);
        late.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task No_account_exists_that_nobody_made()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Get<Users>().None.ShouldBeTrue();
        using var browser = new Browser(hub.Address);
        foreach (var (name, password) in new[] { ("admin", "admin"), ("admin", "password"), ("root", ""), ("noroshi", "noroshi") })
        {
            (await browser.Post("/api/v1/session", new { userName = name, password })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }
}
