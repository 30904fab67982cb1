using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Server.Hosting.Options;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Hosting;

public sealed class FrontTests
{
    [Fact]
    public async Task Every_answer_has_the_security_headers_and_none_says_what_the_server_is()
    {
        await using var hub = await TestHub.StartAsync();
        using var client = hub.Anonymous();
        foreach (var path in new[] { "/health/live", "/nothing/there", "/api/v1/provisions", "/openapi/v1.json", "/scalar/" })
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
            answer.Headers.GetValues("Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
            answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
            answer.Headers.Contains("Request-Id").ShouldBeTrue();
            answer.Headers.Contains("Server").ShouldBeFalse();
            answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("ja", "見つかりません")]
    [InlineData("en", "Not found")]
    [InlineData("fr", "Not found")]
    [InlineData("en;q=0.5, ja-JP;q=0.9", "見つかりません")]
    public async Task A_problem_speaks_the_language_that_was_asked_for_and_says_what_was_kept_and_what_to_do(string language, string title)
    {
        await using var hub = await TestHub.StartAsync();
        using var client = hub.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", language);
        using var answer = await client.GetAsync("/nothing/there", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await JsonAsync(answer);
        problem.GetProperty("title").GetString().ShouldBe(title);
        problem.GetProperty("kept").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("todo").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-HTTP-Method")]
    [InlineData("X-Method-Override")]
    public async Task A_header_does_not_turn_one_verb_into_another(string header)
    {
        await using var hub = await TestHub.StartAsync();
        using var client = hub.As(Csirt());
        client.DefaultRequestHeaders.Add(header, "DELETE");
        using var content = new ByteArrayContent([]);
        using var answer = await client.PostAsync($"/api/v1/provisions/{Guid.NewGuid()}", content, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_again()
    {
        await using var hub = await TestHub.StartAsync(change: settings =>
            settings with
            {
                Options = settings.Options with { Http = new HttpOptions { RequestsPerSecond = 5 } },
            }
        );
        using var client = hub.Anonymous();
        var refused = 0;
        for (var i = 0; i < 60; i++)
        {
            using var answer = await client.GetAsync("/nothing/there", TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                answer.Headers.RetryAfter?.Delta.ShouldNotBeNull();
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Forwarded_headers_are_believed_from_listed_proxies_only()
    {
        await using (var hub = await TestHub.StartAsync())
        {
            using var client = hub.Anonymous();
            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            using var answer = await client.GetAsync("/health/live", TestContext.Current.CancellationToken);
            answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        }

        await using (
            var hub = await TestHub.StartAsync(change: settings =>
                settings with
                {
                    Options = settings.Options with { Http = new HttpOptions { Proxies = ["127.0.0.1"] } },
                }
            )
        )
        {
            using var client = hub.Anonymous();
            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            using var answer = await client.GetAsync("/health/live", TestContext.Current.CancellationToken);
            answer.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task Ready_and_metrics_tell_this_machine_more_than_others()
    {
        await using var hub = await TestHub.StartAsync();
        using var client = hub.Anonymous();
        var cancellation = TestContext.Current.CancellationToken;
        var here = JsonDocument.Parse(await client.GetStringAsync("/health/ready", cancellation)).RootElement;
        here.GetProperty("status").GetString().ShouldBe("ready");
        here.GetProperty("checks")
            .EnumerateArray()
            .Select(one => one.GetProperty("name").GetString())
            .ShouldBe(["store", "disk-room", "worker", "steps", "certificate"]);
        (await client.GetStringAsync("/metrics", cancellation)).ShouldContain(
            "noroshi_http_requests_total{method=\"GET\",route=\"/health/ready\""
        );

        client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
        var far = JsonDocument.Parse(await client.GetStringAsync("/health/ready", cancellation)).RootElement;
        far.TryGetProperty("checks", out _).ShouldBeFalse();
        using var metrics = await client.GetAsync("/metrics", cancellation);
        metrics.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_description_of_the_API_names_every_route_of_provisions_and_its_page_loads_nothing_from_elsewhere()
    {
        await using var hub = await TestHub.StartAsync();
        using var client = hub.Anonymous();
        var cancellation = TestContext.Current.CancellationToken;
        var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json", cancellation)).RootElement;
        document.GetProperty("openapi").GetString().ShouldStartWith("3.1");
        var paths = document.GetProperty("paths").EnumerateObject().Select(one => one.Name).ToList();
        paths.ShouldContain("/api/v1/provisions");
        paths.ShouldContain("/api/v1/provisions/{id}/items/{item}");
        paths.ShouldContain("/api/v1/events");

        var page = await client.GetStringAsync("/scalar/", cancellation);
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
        using var script = await client.GetAsync("/scalar/scalar.js", cancellation);
        script.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    internal static Actor Csirt(string organization = "power-a", string id = "csirt-a") =>
        new()
        {
            Kind = ActorKind.User,
            Id = id,
            Organization = organization,
            Roles = new HashSet<Role> { Role.MemberCsirt },
        };

    internal static Actor Analyst() =>
        new()
        {
            Kind = ActorKind.User,
            Id = "analyst-1",
            Roles = new HashSet<Role> { Role.Analyst },
            SecondFactor = true,
        };

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

    internal static MediaTypeHeaderValue Mail { get; } = new("message/rfc822");
}
