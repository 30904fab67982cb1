using System.Net;
using AngleSharp.Html.Parser;
using Noroshi.Hub.Identity;
using Noroshi.Server.Portal;
using Noroshi.Server.Portal.SignIn;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Identity;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Portal;

/// <summary>Signing in and out with forms, as a browser without script does.</summary>
public sealed class PortalSignInTests
{
    [Fact]
    public async Task Somebody_signs_in_with_a_form_and_out_again()
    {
        await using var hub = await IdentityHub.StartAsync();
        await hub.AddUserAsync("mori", "power-a", Role.MemberCsirt);
        await hub.Get<Server.Registers.HubRecords>()
            .ChangeAsync(
                [],
                hub.Get<Server.Registers.Register<Hub.Intake.Organization>>().Put("power-a", new Hub.Intake.Organization { Id = "power-a" })
            );
        using var browser = new Browser(hub.Address);
        browser.Client.DefaultRequestHeaders.Remove(Server.Access.Gate.SameSiteHeader);
        (await StatusAsync(browser, "/own")).ShouldBe(HttpStatusCode.Unauthorized);
        var token = await TokenAsync(browser, "/sign-in");
        (await SendAsync(browser, "/sign-in", token, ("user", "mori"), ("password", "wrong"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var entered = await SendAsync(
            browser,
            "/sign-in",
            token,
            ("user", "mori"),
            ("password", Browser.Password),
            ("return", "//evil.example/")
        );
        (entered.Status, entered.Location).ShouldBe((HttpStatusCode.SeeOther, "/"));
        (await StatusAsync(browser, "/own")).ShouldBe(HttpStatusCode.OK);

        // The token of before belongs to no session; one that is made up to none at all.
        (await SendAsync(browser, "/sign-out", token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(browser, "/sign-out", "")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(browser, "/own")).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(browser, "/sign-out", await TokenAsync(browser, "/own"))).Location.ShouldBe("/sign-in");
        (await StatusAsync(browser, "/own")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused_whatever_it_holds()
    {
        await using var hub = await IdentityHub.StartAsync();
        await hub.AddUserAsync("mori", null, Role.Press);
        using var browser = new Browser(hub.Address);
        var token = await TokenAsync(browser, "/sign-in");
        browser.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        (await SendAsync(browser, "/sign-in", token, ("user", "mori"), ("password", Browser.Password))).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        using var other = new Browser(hub.Address);
        (await SendAsync(other, "/sign-in", token, ("user", "mori"), ("password", Browser.Password))).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    [Fact]
    public async Task A_hub_role_shows_its_second_factor_before_it_sees_anything()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        await hub.AddUserAsync("sato", null, Role.Analyst);
        using var first = new Browser(hub.Address);
        var key = await first.EnrolAsync(hub, "sato");
        hands.Move(TimeSpan.FromMinutes(2));
        using var browser = new Browser(hub.Address);
        var token = await TokenAsync(browser, "/sign-in");
        var entered = await SendAsync(browser, "/sign-in", token, ("user", "sato"), ("password", Browser.Password), ("return", "/triage"));
        entered.Location.ShouldBe("/sign-in/factor");
        (await StatusAsync(browser, "/triage")).ShouldBe(HttpStatusCode.Forbidden);
        token = await TokenAsync(browser, "/sign-in/factor");
        (await SendAsync(browser, "/sign-in/factor", token, ("code", "000000"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(browser, "/sign-in/factor", token, ("code", hub.CodeOf(key)))).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await StatusAsync(browser, "/triage")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_language_is_the_one_that_was_chosen_last_else_the_browsers()
    {
        await using var hub = await TestHub.StartAsync();
        using var browser = new Browser(hub.Address);
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ja");
        (await browser.Client.GetStringAsync("/sign-in", Browser.Cancellation)).ShouldContain(SignInWords.Enter.Ja);
        (await browser.Client.GetStringAsync("/sign-in?lang=en", Browser.Cancellation)).ShouldContain(SignInWords.Enter.En);
        (await browser.Client.GetStringAsync("/sign-in", Browser.Cancellation)).ShouldContain("<html lang=\"en\">");
    }

    [Theory]
    [InlineData("/triage?chip=rlo", "/triage?chip=rlo")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void Only_an_address_of_this_hub_is_returned_to(string? asked, string expected) => SignInScreen.Local(asked).ShouldBe(expected);

    private static async Task<HttpStatusCode> StatusAsync(Browser browser, string path)
    {
        using var answer = await browser.Client.GetAsync(path, Browser.Cancellation);
        return answer.StatusCode;
    }

    private static async Task<string> TokenAsync(Browser browser, string path)
    {
        using var answer = await browser.Client.GetAsync(path, Browser.Cancellation);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Browser.Cancellation));
        return page.QuerySelector($"input[name={FormGuard.Field}]").ShouldNotBeNull().GetAttribute("value").ShouldNotBeNull();
    }

    private static async Task<(HttpStatusCode Status, string? Location)> SendAsync(
        Browser browser,
        string path,
        string token,
        params (string Name, string Value)[] fields
    )
    {
        using var content = new FormUrlEncodedContent(
            fields.Select(one => KeyValuePair.Create(one.Name, one.Value)).Append(KeyValuePair.Create(FormGuard.Field, token))
        );
        using var answer = await browser.Client.PostAsync(path, content, Browser.Cancellation);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString);
    }
}
