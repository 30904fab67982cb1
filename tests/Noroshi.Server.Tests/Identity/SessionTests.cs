using System.Net;
using System.Net.Http.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Identity;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Identity;

public sealed class SessionTests
{
    [Fact]
    public async Task Somebody_of_the_hub_can_do_nothing_but_set_up_his_second_factor_until_he_has_shown_it()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        await hub.SetUpAsync();
        using var browser = new Browser(hub.Address);
        (await browser.SignIn("sato")).ShouldBe("set-up");
        var refused = await browser.Get("/api/v1/users");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Body.Get("type").ShouldBe("urn:noroshi:problem:second-factor-required");
        (await browser.Get("/api/v1/me")).Body.Get("secondFactor").ShouldBe("set-up");

        var seed = (await browser.Post("/api/v1/me/authenticator")).Body.Get("secret");
        (await browser.Put("/api/v1/me/authenticator", new { code = "000000" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        var confirmed = await browser.Put("/api/v1/me/authenticator", new { code = hub.CodeOf(seed) });
        confirmed.Status.ShouldBe(HttpStatusCode.OK);
        (await browser.Get("/api/v1/users")).Status.ShouldBe(HttpStatusCode.OK);

        using var again = new Browser(hub.Address);
        (await again.SignIn("sato")).ShouldBe("show");
        (await again.Get("/api/v1/users")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await again.Post("/api/v1/me/authenticator")).Status.ShouldBe(HttpStatusCode.Forbidden);
        hands.Move(TimeSpan.FromSeconds(60));
        var code = hub.CodeOf(seed);
        (await again.Post("/api/v1/session/second-factor", new { code })).Status.ShouldBe(HttpStatusCode.OK);
        (await again.Get("/api/v1/users")).Status.ShouldBe(HttpStatusCode.OK);

        using var thief = new Browser(hub.Address);
        await thief.SignIn("sato");
        (await thief.Post("/api/v1/session/second-factor", new { code })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var recovery = confirmed.Body.GetProperty("recoveryCodes")[0].GetString();
        (await thief.Post("/api/v1/session/second-factor", new { recoveryCode = recovery })).Status.ShouldBe(HttpStatusCode.OK);
        (await thief.Post("/api/v1/session/second-factor", new { recoveryCode = recovery })).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_ends_after_half_an_hour_of_rest_and_after_half_a_day_in_any_case()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        await MemberAsync(hub);
        using var browser = new Browser(hub.Address);
        (await browser.SignIn("tanaka")).ShouldBe("none");
        for (var i = 0; i < 24; i++)
        {
            hands.Move(TimeSpan.FromMinutes(29));
            (await browser.Get("/api/v1/me")).Status.ShouldBe(HttpStatusCode.OK);
        }

        hands.Move(TimeSpan.FromMinutes(29));
        (await browser.Get("/api/v1/me")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        await browser.SignIn("tanaka");
        hands.Move(TimeSpan.FromMinutes(31));
        (await browser.Get("/api/v1/me")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_ends_a_session_ends_it_at_the_hub()
    {
        await using var hub = await IdentityHub.StartAsync();
        var user = await MemberAsync(hub);
        using var browser = new Browser(hub.Address);
        await browser.SignIn("tanaka");
        var stolen = browser.Cookies.Single();
        stolen.HttpOnly.ShouldBeTrue();
        (await WithCookie(hub, stolen)).ShouldBe(HttpStatusCode.OK);
        (await browser.Delete("/api/v1/session")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await WithCookie(hub, stolen)).ShouldBe(HttpStatusCode.Unauthorized);

        await browser.SignIn("tanaka");
        stolen = browser.Cookies.Single();
        (
            await browser.Put("/api/v1/me/password", new { oldPassword = Browser.Password, newPassword = "four crows on a winter branch" })
        ).Status.ShouldBe(HttpStatusCode.NoContent);
        (await WithCookie(hub, stolen)).ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.Get("/api/v1/me")).Status.ShouldBe(HttpStatusCode.OK);

        await hub.Get<Users>().ChangeAsync(user.Id, now => now with { State = UserState.Suspended });
        (await browser.Get("/api/v1/me")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Somebody_sees_his_sessions_and_ends_one_of_them()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        await MemberAsync(hub);
        await hub.AddUserAsync("suzuki", "power-a", Role.MemberCsirt);
        using var browser = new Browser(hub.Address);
        using var forgotten = new Browser(hub.Address);
        using var other = new Browser(hub.Address);
        await forgotten.SignIn("tanaka");
        await other.SignIn("suzuki");
        hands.Move(TimeSpan.FromMinutes(11));
        await browser.SignIn("tanaka");
        var (_, body) = await browser.Get("/api/v1/me/sessions");
        var sessions = body.GetProperty("sessions").EnumerateArray().ToList();
        sessions.Select(one => one.GetProperty("current").GetBoolean()).ShouldBe([true, false]);
        body.ToString().ShouldNotContain(forgotten.Cookies.Single().Value);
        var id = sessions[1].Get("id");

        // Nobody else's, and not with credentials that were shown long ago.
        (await other.Delete($"/api/v1/me/sessions/{id}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await other.SignIn("suzuki");
        (await other.Delete($"/api/v1/me/sessions/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Delete($"/api/v1/me/sessions/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await forgotten.Get("/api/v1/me")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.Get("/api/v1/me/sessions")).Body.GetProperty("sessions").GetArrayLength().ShouldBe(1);
        (await browser.Delete($"/api/v1/me/sessions/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_write_with_a_session_needs_what_a_page_of_another_site_cannot_send()
    {
        await using var hub = await IdentityHub.StartAsync();
        await MemberAsync(hub);
        using var browser = new Browser(hub.Address);
        await browser.SignIn("tanaka");
        browser.Client.DefaultRequestHeaders.Remove(Gate.SameSiteHeader);
        (await browser.Post("/api/v1/me/sign-out-everywhere")).Body.Get("type").ShouldBe("urn:noroshi:problem:cross-site");
        browser.Client.DefaultRequestHeaders.Add(Gate.SameSiteHeader, "1");
        browser.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        (await browser.Post("/api/v1/me/sign-out-everywhere")).Status.ShouldBe(HttpStatusCode.Forbidden);
        browser.Client.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        (await browser.Post("/api/v1/me/sign-out-everywhere")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_refused_sign_in_reads_the_same_whatever_was_wrong()
    {
        await using var hub = await IdentityHub.StartAsync(accounts: new AccountOptions { SignInAttempts = 3 });
        await MemberAsync(hub);
        var left = await hub.AddUserAsync("gone", "water-b", Role.MemberCsirt);
        await hub.Get<Users>().ChangeAsync(left.Id, now => now with { State = UserState.Suspended });
        using var client = hub.Anonymous();
        var answers = new List<string>();
        foreach (
            var (name, password) in new[] { ("nobody", Browser.Password), ("tanaka", "wrong"), ("gone", Browser.Password), ("\0", "x") }
        )
        {
            using var response = await client.PostAsJsonAsync("/api/v1/session", new { userName = name, password }, Browser.Cancellation);
            answers.Add(
                $"{response.StatusCode} {string.Join(';', response.Headers.Where(one => one.Key is not ("Date" or "Request-Id")).Select(one => $"{one.Key}={string.Join(',', one.Value)}"))} {await response.Content.ReadAsStringAsync(Browser.Cancellation)}"
            );
        }

        answers.Distinct(StringComparer.Ordinal).Count().ShouldBe(1, string.Join('\n', answers));
    }

    [Fact]
    public async Task After_some_wrong_sign_ins_a_name_has_to_wait_whether_it_exists_or_not()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        await MemberAsync(hub);
        using var browser = new Browser(hub.Address);
        foreach (var name in new[] { "tanaka", "nobody" })
        {
            for (var i = 0; i < 5; i++)
            {
                (await browser.Post("/api/v1/session", new { userName = name, password = "wrong" })).Status.ShouldBe(
                    HttpStatusCode.Unauthorized
                );
            }

            // Another way to write the name is no way around.
            (
                await browser.Post("/api/v1/session", new { userName = name.ToUpperInvariant(), password = Browser.Password })
            ).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        }

        hands.Move(TimeSpan.FromMinutes(16));
        (await browser.SignIn("tanaka")).ShouldBe("none");
    }

    [Fact]
    public async Task Verbs_that_matter_ask_for_credentials_once_more()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        await hub.SetUpAsync();
        var other = await hub.AddUserAsync("suzuki", null, Role.Analyst);
        using var browser = new Browser(hub.Address);
        var seed = await browser.EnrolAsync(hub, "sato");
        hands.Move(TimeSpan.FromMinutes(11));
        var path = $"/api/v1/users/{other.Id}/roles";
        var refused = await browser.Put(path, new { roles = new[] { "press" } });
        refused.Body.Get("type").ShouldBe("urn:noroshi:problem:step-up-required");
        (await browser.Post("/api/v1/session/step-up", new { password = Browser.Password })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.Post("/api/v1/session/step-up", new { password = Browser.Password, code = hub.CodeOf(seed) })).Status.ShouldBe(
            HttpStatusCode.NoContent
        );
        var changed = await browser.Put(path, new { roles = new[] { "press" } });
        changed.Status.ShouldBe(HttpStatusCode.OK);
        changed.Body.GetProperty("roles")[0].GetString().ShouldBe("press");
    }

    [Fact]
    public async Task An_invitation_lets_its_holder_choose_a_password_once()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        var (key, _) = await hub.SetUpAsync();
        using var client = hub.WithKey(key);
        await hub.Get<HubRecords>().ChangeAsync([], hub.Get<Register<Organization>>().Put("power-a", new Organization { Id = "power-a" }));
        using var made = await client.PostAsJsonAsync(
            "/api/v1/users",
            new
            {
                userName = "Ｔanaka",
                organization = "power-a",
                roles = new[] { "member-csirt" },
            },
            Browser.Cancellation
        );
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var token = System.Text.Json.JsonElement.Parse(await made.Content.ReadAsStringAsync(Browser.Cancellation)).Get("invitation");
        using var browser = new Browser(hub.Address);
        (await browser.Post("/api/v1/session", new { userName = "tanaka", password = "" })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.Post("/api/v1/invitations", new { token, password = "tanaka-power-a1" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.Post("/api/v1/invitations", new { token, password = Browser.Password })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await browser.Post("/api/v1/invitations", new { token, password = "another pass phrase here" })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        (await browser.SignIn("tanaka")).ShouldBe("none");
    }

    [Fact]
    public async Task Signing_in_and_failing_to_stands_in_the_journal()
    {
        await using var hub = await IdentityHub.StartAsync();
        var user = await MemberAsync(hub);
        using var browser = new Browser(hub.Address);
        await browser.SignIn("tanaka");
        await browser.Post("/api/v1/session", new { userName = "tanaka", password = "wrong" });
        var entries = await hub.Get<IHubStore>().Journal.ReadAsync(new JournalFilter { Subject = user.Id }, Browser.Cancellation);
        entries.Select(one => one.Record.Action).ShouldContain(action => action == JournalActions.UserSignedIn);
        entries.Select(one => one.Record.Action).ShouldContain(action => action == JournalActions.UserRefused);
        entries.ShouldAllBe(one => !one.Record.ToString().Contains("tanaka", StringComparison.Ordinal));
    }

    private static async Task<User> MemberAsync(TestHub hub)
    {
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                hub.Get<Register<Organization>>().Put("power-a", new Organization { Id = "power-a" }),
                hub.Get<Register<Organization>>().Put("water-b", new Organization { Id = "water-b" })
            );
        return await hub.AddUserAsync("tanaka", "power-a", Role.MemberCsirt);
    }

    private static async Task<HttpStatusCode> WithCookie(TestHub hub, Cookie cookie)
    {
        using var client = hub.Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", $"{cookie.Name}={cookie.Value}");
        using var response = await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative), Browser.Cancellation);
        return response.StatusCode;
    }
}
