using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>What every answer of the hub has in common, over all routes that there are.</summary>
public sealed class HttpAnswerTests(OneHub one) : IClassFixture<OneHub>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestHub Hub => one.Hub;

    [Fact]
    public async Task Every_route_answers_with_the_headers_that_keep_browsers_from_guessing_framing_and_telling()
    {
        var looked = 0;
        await foreach (var (what, answer) in AllAsync(Analyst))
        {
            One(answer, "X-Content-Type-Options").ShouldBe("nosniff", what);
            var policy = One(answer, "Content-Security-Policy");
            policy.ShouldContain("default-src 'none'", Case.Sensitive, what);
            policy.ShouldContain("frame-ancestors 'none'", Case.Sensitive, what);
            policy.ShouldContain("base-uri 'none'", Case.Sensitive, what);
            // The page that shows the API is another's program: it styles itself, but runs only the scripts that this answer names.
            var strict = what.StartsWith("/scalar/", StringComparison.Ordinal)
                ? policy.Split(';').Single(one => one.TrimStart().StartsWith("script-src", StringComparison.Ordinal))
                : policy;
            strict.ShouldNotContain("unsafe", Case.Insensitive, what);
            One(answer, "Referrer-Policy").ShouldBe("no-referrer", what);
            answer.Headers.Contains("Server").ShouldBeFalse(what);
            answer.Headers.Contains("X-Powered-By").ShouldBeFalse(what);
            looked++;
        }

        looked.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Every_answer_with_a_body_names_its_type_and_charset_and_the_api_is_never_cached()
    {
        await foreach (var (what, answer) in AllAsync(Analyst))
        {
            var body = await answer.Content.ReadAsByteArrayAsync(Cancel);
            if (body.Length > 0)
            {
                var type = answer.Content.Headers.ContentType.ShouldNotBeNull(what);
                // JSON is UTF-8 by its definition and takes no charset.
                var ofText = type.MediaType?.StartsWith("text/", StringComparison.Ordinal) ?? false;
                (!ofText || string.Equals(type.CharSet, "utf-8", StringComparison.OrdinalIgnoreCase)).ShouldBeTrue($"{what}: {type}");
            }

            if (answer.RequestMessage?.RequestUri?.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) == true)
            {
                answer.Headers.CacheControl?.NoStore.ShouldBe(true, what);
            }
        }
    }

    [Fact]
    public async Task No_other_origin_is_let_in_and_nothing_redirects_elsewhere()
    {
        await foreach (var (what, answer) in AllAsync(Analyst))
        {
            answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse(what);
            answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse(what);
            if (answer.Headers.Location is { IsAbsoluteUri: true } target)
            {
                target.Host.ShouldBe(Hub.Address.Host, what);
            }
        }
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("CONNECT")]
    [InlineData("PROPFIND")]
    public async Task Methods_that_tell_or_tunnel_are_not_served(string method)
    {
        foreach (var path in new[] { "/", "/api/v1/provisions", "/health/live" })
        {
            var answer = await RawAsync($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nX-Secret: told-back\r\nConnection: close\r\n\r\n");
            answer.Split(' ')[1].ShouldBeOneOf("400", "401", "403", "404", "405", "501");
            answer.ShouldNotContain("told-back");
        }
    }

    [Theory]
    [InlineData("/.git/config")]
    [InlineData("/.git/HEAD")]
    [InlineData("/noroshi.json")]
    [InlineData("/noroshi.db")]
    [InlineData("/setup-token")]
    [InlineData("/evidence/")]
    [InlineData("/../master-key")]
    [InlineData("/%2e%2e/master-key")]
    [InlineData("/api/")]
    [InlineData("/bin/")]
    public async Task No_file_of_the_machine_and_no_listing_is_served(string path)
    {
        foreach (var form in new[] { path, path.TrimEnd('/') })
        {
            var answer = await RawAsync($"GET {form} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            answer.Split(' ')[1].ShouldBeOneOf("400", "401", "403", "404");
        }
    }

    [Theory]
    [InlineData(
        "POST /api/v1/provisions HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
    )]
    [InlineData(
        "POST /api/v1/provisions HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nContent-Length: 40\r\n\r\nabcdGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
    )]
    [InlineData(
        "POST /api/v1/provisions HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
    )]
    [InlineData("GET / HTTP/1.1\r\nHost: h\r\nX-A: b\r\n c\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost : h\r\n\r\n")]
    public async Task A_request_whose_end_can_be_read_in_two_ways_is_never_two_requests(string request)
    {
        var answer = await RawAsync(request);
        // One status line: nothing after it was carried out as a request of its own.
        answer.ShouldStartWith("HTTP/1.1 4");
        answer.Split("HTTP/1.1 ").Length.ShouldBe(2, answer);
    }

    [Fact]
    public async Task An_answer_to_nonsense_tells_nothing_of_the_inside()
    {
        using var client = Hub.As(Analyst);
        string[] bodies = ["{", "{\"a\":1,\"a\":2}", "[[[[[[", "\0\0", "{\"$type\":\"System.IO.FileInfo\"}", new string('[', 5_000)];
        string[] methods = ["POST", "PUT", "DELETE"];
        // MISP's test of a connection gives back what it was sent, and nothing else.
        var routes = methods
            .SelectMany(method => Routes(method).Select(path => (method, path)))
            .Where(one => one.path != "/servers/postTest");
        foreach (var (method, path) in routes)
        {
            foreach (var body in bodies)
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = content };
                using var answer = await client.SendAsync(request, Cancel);
                var text = await answer.Content.ReadAsStringAsync(Cancel);
                ((int)answer.StatusCode).ShouldNotBe(500, $"{path} {body[..Math.Min(20, body.Length)]}: {text}");
                foreach (var inside in new[] { "   at ", "Exception", "Noroshi.", "System.", "SELECT ", Hub.Folder, ".cs:line" })
                {
                    text.ShouldNotContain(inside, Case.Sensitive, $"{path} {body[..Math.Min(20, body.Length)]}");
                }
            }
        }
    }

    [Fact]
    public async Task A_method_that_a_route_does_not_know_is_405_and_no_fault_of_the_hub()
    {
        using var client = Hub.As(Analyst);
        var reading = Routes("GET").Where(path => path.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        var deleting = Routes("DELETE").ToHashSet(StringComparer.Ordinal);
        foreach (var path in reading.Where(path => !deleting.Contains(path)))
        {
            using var answer = await client.DeleteAsync(new Uri(path, UriKind.Relative), Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, path);
        }
    }

    [Fact]
    public void No_route_that_reads_changes_and_every_route_has_one_method()
    {
        var routes = Endpoints.ToList();
        routes.Count.ShouldBeGreaterThan(30);
        foreach (var route in routes)
        {
            var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
            methods.Count.ShouldBe(1, route.RoutePattern.RawText);
        }

        // Words of change belong to methods that change.
        string[] verbs = ["delete", "remove", "create", "withdraw", "revoke", "assign", "merge", "approve", "sign-out", "rotate", "erase"];
        foreach (var pattern in routes.Where(route => MethodOf(route) == "GET").Select(route => route.RoutePattern.RawText ?? ""))
        {
            pattern.Split('/').ShouldNotContain(part => verbs.Contains(part, StringComparer.Ordinal), pattern);
        }
    }

    [Fact]
    public void No_route_takes_a_secret_in_its_address()
    {
        string[] secrets = ["token", "password", "secret", "code", "session"];
        foreach (var route in Endpoints)
        {
            foreach (var parameter in route.RoutePattern.Parameters)
            {
                secrets.ShouldNotContain(parameter.Name.ToLowerInvariant(), StringComparer.Ordinal, route.RoutePattern.RawText);
            }
        }
    }

    private static Actor Analyst { get; } =
        new()
        {
            Kind = ActorKind.User,
            Id = "analyst-1",
            Roles = new HashSet<Role> { Role.Analyst, Role.Administrator, Role.Auditor, Role.Coordinator },
            SecondFactor = true,
        };

    private IEnumerable<RouteEndpoint> Endpoints =>
        Hub.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private IEnumerable<string> Routes(string method) =>
        Endpoints.Where(route => MethodOf(route) == method).Select(Path).Distinct(StringComparer.Ordinal);

    private static string MethodOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [var method, ..] ? method : "";

    private static string Path(RouteEndpoint route) =>
        "/"
        + string.Join(
            '/',
            route.RoutePattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart => "1",
                        }
                    )
                )
            )
        );

    /// <summary>Asks every route that reads, as somebody and as nobody; streams of events are ended after their head.</summary>
    private async IAsyncEnumerable<(string What, HttpResponseMessage Answer)> AllAsync(Actor actor)
    {
        using var known = Hub.As(actor);
        using var unknown = Hub.Anonymous();
        foreach (var client in new[] { known, unknown })
        {
            client.DefaultRequestHeaders.Add("Origin", "https://other.example");
            foreach (var path in Routes("GET").Append("/no-such-page").Append("/api/v1/no-such-thing"))
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
                if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
                {
                    continue;
                }

                yield return ($"{path} ({(client == known ? "known" : "unknown")})", answer);
            }
        }
    }

    private static string One(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.Single() : "";

    private async Task<string> RawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Hub.Address.Port, Cancel);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancel);
        using var answer = new MemoryStream();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var buffer = new byte[4_096];
        try
        {
            // Until the hub closes, or has nothing more to say.
            int read;
            do
            {
                patience.CancelAfter(answer.Length == 0 ? TimeSpan.FromSeconds(30) : TimeSpan.FromMilliseconds(300));
                read = await stream.ReadAsync(buffer, patience.Token);
                answer.Write(buffer, 0, read);
            } while (read > 0);
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            answer.Length.ShouldBeGreaterThan(0, "the hub said nothing");
        }
        catch (IOException)
        {
            answer.Length.ShouldBeGreaterThan(0, "the hub said nothing");
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }
}

/// <summary>A hub for all tests of a class that change nothing.</summary>
public sealed class OneHub : IAsyncLifetime
{
    private TestHub? _hub;

    internal TestHub Hub => _hub ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync() => _hub = await TestHub.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }
}
