using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Identity;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Identity;

/// <summary>A clock that tests move; handed in as the clock of accounts.</summary>
internal sealed class Hands : TimeProvider
{
    private DateTimeOffset _now = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan by) => _now += by;
}

/// <summary>A client with a cookie jar, as a browser with the portal's script is one.</summary>
internal sealed class Browser : IDisposable
{
    public const string Password = "plum rain over tiled roofs";

    private readonly HttpClientHandler _handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };

    public Browser(Uri address)
    {
        Client = new HttpClient(_handler) { BaseAddress = address };
        Client.DefaultRequestHeaders.Add(Gate.SameSiteHeader, "1");
    }

    public HttpClient Client { get; }

    public CookieCollection Cookies => _handler.CookieContainer.GetAllCookies();

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<(HttpStatusCode Status, JsonElement Body)> Send(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        return (response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> Post(string path, object? body = null) =>
        Send(HttpMethod.Post, path, body ?? new { });

    public Task<(HttpStatusCode Status, JsonElement Body)> Put(string path, object? body = null) =>
        Send(HttpMethod.Put, path, body ?? new { });

    public Task<(HttpStatusCode Status, JsonElement Body)> Get(string path) => Send(HttpMethod.Get, path);

    public Task<(HttpStatusCode Status, JsonElement Body)> Delete(string path) => Send(HttpMethod.Delete, path);

    public async Task<string> SignIn(string name, string password = Password)
    {
        var (status, body) = await Post("/api/v1/session", new { userName = name, password });
        status.ShouldBe(HttpStatusCode.OK);
        return body.Get("secondFactor");
    }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }
}

/// <summary>A hub whose clock of accounts the test moves.</summary>
internal static class IdentityHub
{
    public static Task<TestHub> StartAsync(
        Hands? hands = null,
        AccountOptions? accounts = null,
        AccessOptions? access = null,
        string? folder = null
    ) =>
        TestHub.StartAsync(
            folder,
            services =>
            {
                if (hands is not null)
                {
                    services.AddSingleton(new SecurityClock(hands));
                }

                services.AddSingleton(accounts ?? new AccountOptions());
                services.AddSingleton(access ?? new AccessOptions());
            }
        );

    /// <summary>Sets the hub up and gives the first key.</summary>
    public static async Task<(string Key, string Administrator)> SetUpAsync(this TestHub hub)
    {
        using var browser = new Browser(hub.Address);
        var (status, body) = await browser.Post(
            "/api/v1/setup",
            new
            {
                token = (await File.ReadAllTextAsync(Path.Combine(hub.Data, "setup-token"), Browser.Cancellation)).Trim(),
                hubNameEn = "Test hub",
                administrator = new { userName = "sato", password = Browser.Password },
                firstKey = true,
            }
        );
        status.ShouldBe(HttpStatusCode.Created);
        return (body.Get("key"), body.Get("user"));
    }

    public static HttpClient WithKey(this TestHub hub, string key)
    {
        var client = hub.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>An account with a password, past the invitation.</summary>
    public static async Task<User> AddUserAsync(this TestHub hub, string name, string? organization, params Role[] roles)
    {
        var users = hub.Get<Users>();
        var user = users.WithPassword(
            new User
            {
                Id = Secrets.NewId(),
                UserName = name,
                Organization = organization,
                Roles = roles,
                State = UserState.Active,
                CreatedAt = hub.Get<SecurityClock>().Now,
            },
            Browser.Password,
            null
        );
        await users.AddAsync(user, "system");
        return users.Find(user.Id).ShouldNotBeNull();
    }

    /// <summary>Signs in and sets an authenticator up; gives its seed.</summary>
    public static async Task<string> EnrolAsync(this Browser browser, TestHub hub, string name)
    {
        (await browser.SignIn(name)).ShouldBeOneOf("set-up", "none");
        var (status, body) = await browser.Post("/api/v1/me/authenticator");
        status.ShouldBe(HttpStatusCode.OK);
        var key = body.Get("secret");
        (await browser.Put("/api/v1/me/authenticator", new { code = hub.CodeOf(key) })).Status.ShouldBe(HttpStatusCode.OK);
        return key;
    }

    public static string CodeOf(this TestHub hub, string key) => Totp.Code(key, Totp.StepAt(hub.Get<SecurityClock>().Now));

    public static string Get(this JsonElement body, string name) => body.GetProperty(name).GetString().ShouldNotBeNull();
}
