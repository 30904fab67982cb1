using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HttpOverrides;
using Noroshi.Hub;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Noroshi.Server.Hosting;

/// <summary>What every request passes through first: a throttle, who may forward, security headers, and errors made into problems.</summary>
internal static class Front
{
    /// <summary>
    /// For pages of the portal; the API, which shows nothing, gets a stricter one.
    /// </summary>
    public const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services, HubOptions options)
    {
        var most = options.Http.RequestsPerSecond;
        services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
                RateLimitPartition.GetTokenBucketLimiter(
                    Partition(context.Connection.RemoteIpAddress),
                    _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = most * 2,
                        TokensPerPeriod = Math.Max(1, most / 10),
                        ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                        QueueLimit = 0,
                    }
                )
            );
            limiter.OnRejected = async (context, _) => await Problems.WriteAsync(context.HttpContext, ProblemKind.TooMany, retryAfter: 1);
        });
    }

    /// <summary>Puts the front before everything else.</summary>
    public static void Use(WebApplication app, HubOptions options)
    {
        app.Use(Named);
        UseProxies(app, options.Http.Proxies);
        app.UseRateLimiter();
    }

    /// <summary>Ranges as written in the settings.</summary>
    /// <exception cref="SettingsException">One is no address range.</exception>
    public static IReadOnlyList<IPNetwork> Networks(IReadOnlyList<string> texts) =>
        [
            .. texts.Select(text =>
                IPNetwork.TryParse(text, out var network) ? network
                : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
                : throw new SettingsException([
                    new OptionProblem(
                        "Http:Proxies",
                        $"Http:Proxies: 「{text}」はIPアドレスでも範囲でもありません(例 192.0.2.10、192.0.2.0/24)。",
                        $"Http:Proxies: '{text}' is neither an IP address nor a range (192.0.2.10, 192.0.2.0/24)."
                    ),
                ])
            ),
        ];

    /// <summary>Requests of one address share a bucket; of IPv6, of one network of 64 bits: nobody has fewer.</summary>
    private static IPAddress Partition(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private static void UseProxies(WebApplication app, IReadOnlyList<string> proxies)
    {
        if (proxies.Count == 0)
        {
            return;
        }

        var networks = Networks(proxies);
        app.Use(
            async (context, next) =>
            {
                // Plain HTTP that did not come through a proxy is nobody's way in.
                var from = context.Connection.RemoteIpAddress;
                if (!context.Request.IsHttps && from is not null && !IPAddress.IsLoopback(from) && !networks.Any(one => Holds(one, from)))
                {
                    await Problems.WriteAsync(
                        context,
                        ProblemKind.Forbidden,
                        new Words("平文のHTTPは指定されたプロキシ経由でのみ使えます。", "Plain HTTP is taken from the listed proxies only.")
                    );
                    return;
                }

                await next(context);
            }
        );
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = proxies.Count,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(forwarded);
    }

    private static bool Holds(IPNetwork network, IPAddress address) =>
        network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static async Task Named(HttpContext context, RequestDelegate next)
    {
        var began = Stopwatch.GetTimestamp();
        context.TraceIdentifier = RandomNumberGenerator.GetHexString(16, lowercase: true);
        SetHeaders(context);
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Noroshi.Http");
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null } response)
            {
                await WriteStatus(context, response.StatusCode);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away: nobody is there to be told.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, error, logger);
        }
        finally
        {
            var took = Stopwatch.GetElapsedTime(began);
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
            var method = Known(context.Request.Method);
            HubMeters.Request(method, route, context.Response.StatusCode, took);
            logger.RequestDone(context.TraceIdentifier, method, route, context.Response.StatusCode, took.TotalMilliseconds);
        }
    }

    /// <summary>A method is any word that the client likes; one that nobody knows is neither written down nor counted by itself.</summary>
    private static string Known(string method) =>
        method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" ? method : "other";

    private static void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        var path = context.Request.Path;
        var api =
            path.StartsWithSegments("/api", StringComparison.Ordinal)
            || path.StartsWithSegments("/health", StringComparison.Ordinal)
            || path.StartsWithSegments("/metrics", StringComparison.Ordinal);
        headers["Request-Id"] = context.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = api ? ApiPolicy : PagePolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers.XFrameOptions = "DENY";
        if (api)
        {
            headers.CacheControl = "no-store";
        }

        // After the proxies were believed, but before anything is sent.
        context.Response.OnStarting(() =>
        {
            if (
                context.Response.ContentType is { } type
                && type.StartsWith("text/", StringComparison.Ordinal)
                && !type.Contains("charset", StringComparison.OrdinalIgnoreCase)
            )
            {
                // Libraries leave it to the browser to guess.
                context.Response.ContentType = type + "; charset=utf-8";
            }

            if (context.Request.IsHttps)
            {
                context.Response.Headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            }

            return Task.CompletedTask;
        });
    }

    private static Task WriteStatus(HttpContext context, int status) =>
        ProblemKind.Of(status) is { } kind ? Problems.WriteAsync(context, kind) : Task.CompletedTask;

    /// <summary>Which place of the JSON does not fit; the framework's own words may quote what was sent.</summary>
    private static Words? DetailOf(BadHttpRequestException bad) =>
        bad.InnerException is JsonException json
            ? new Words($"JSONの {WhereOf(json)} が形に合いません。", $"The JSON does not fit at {WhereOf(json)}.")
        : bad.StatusCode == StatusCodes.Status400BadRequest
            ? new Words("値がないか、形が違います。", "A value is missing or of the wrong form.")
        : null;

    private static string WhereOf(JsonException json) => json.Path is { Length: < 200 } path ? path : "$";

    private static async Task AnswerAsync(HttpContext context, Exception error, ILogger logger)
    {
        // Headers that a handler has set for its own answer do not belong to the problem.
        var kept = context
            .Response.Headers.Where(one =>
                !one.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || one.Key == "Content-Security-Policy"
            )
            .ToList();
        context.Response.Clear();
        foreach (var (name, value) in kept)
        {
            context.Response.Headers[name] = value;
        }

        switch (error)
        {
            case ProblemException problem:
                await Problems.WriteAsync(context, problem.Problem);
                break;
            case BadHttpRequestException bad:
                await Problems.WriteAsync(context, ProblemKind.Of(bad.StatusCode) ?? ProblemKind.BadRequest, DetailOf(bad));
                break;
            case JsonException json:
                var line = ((json.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
                var where = WhereOf(json);
                await Problems.WriteAsync(
                    context,
                    ProblemKind.BadRequest,
                    new Words($"JSONを読めません({line}行目、{where})。", $"The JSON cannot be read (line {line}, {where}).")
                );
                break;
            case StorageFullException:
                await Problems.WriteAsync(context, ProblemKind.StorageFull, retryAfter: 60);
                break;
            case StorageFailedException:
                await Problems.WriteAsync(context, ProblemKind.StorageFailed, retryAfter: 30);
                break;
            case EvidenceErasedException:
                await Problems.WriteAsync(context, ProblemKind.Gone);
                break;
            case ChangedMeanwhileException:
                await Problems.WriteAsync(context, ProblemKind.ChangedMeanwhile);
                break;
            default:
                // Where it happened, not what it was about: the message of an exception may hold content.
                var place =
                    error.StackTrace?.Split('\n').FirstOrDefault(one => one.Contains("Noroshi.", StringComparison.Ordinal))?.Trim() ?? "";
                logger.RequestFailed(context.TraceIdentifier, error.GetType().Name, place);
                await Problems.WriteAsync(context, ProblemKind.Internal);
                break;
        }
    }
}
