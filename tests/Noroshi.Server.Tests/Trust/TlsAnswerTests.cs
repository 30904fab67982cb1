using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Noroshi.Server.Access;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Identity;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>What the network sees: versions and suites of TLS, cookies, HSTS.</summary>
public sealed class TlsAnswerTests(OneTlsHub one) : IClassFixture<OneTlsHub>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestHub Hub => one.Hub;

    [Fact]
    public async Task Only_TLS_1_2_and_1_3_are_spoken_and_the_newer_one_is_taken()
    {
        (await HandshakeAsync(SslProtocols.None)).Protocol.ShouldBe(SslProtocols.Tls13);
        var older = await HandshakeAsync(SslProtocols.Tls12);
        older.Protocol.ShouldBe(SslProtocols.Tls12);
        older.Suite.ShouldContain("GCM");
        older.Suite.ShouldStartWith("TLS_ECDHE_");
        foreach (var version in new[] { 0x0301, 0x0302 })
        {
            (await HelloAsync(version)).ShouldNotBe(22, $"version {version:x} was answered by a server hello");
        }
    }

    [Fact]
    public async Task Weak_suites_are_not_spoken()
    {
        TlsCipherSuite[] weak =
        [
            TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
            TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA256,
            TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA,
            TlsCipherSuite.TLS_RSA_WITH_RC4_128_SHA,
        ];
        await Should.ThrowAsync<Exception>(() => HandshakeAsync(SslProtocols.Tls12, weak));
    }

    [Fact]
    public async Task Every_answer_over_TLS_asks_for_TLS_for_a_year()
    {
        using var client = Client();
        foreach (var path in new[] { "/", "/health/live", "/api/v1/organizations", "/no-such-page" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            answer.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000; includeSubDomains"], path);
        }
    }

    [Fact]
    public async Task The_cookie_of_a_session_is_bound_to_host_and_TLS_and_closed_to_scripts_and_other_sites()
    {
        var token = (await File.ReadAllTextAsync(Path.Combine(Hub.Data, "setup-token"), Cancel)).Trim();
        using var client = Client();
        client.DefaultRequestHeaders.Add(Gate.SameSiteHeader, "1");
        using var made = await client.PostAsJsonAsync(
            "/api/v1/setup",
            new { token, administrator = new { userName = "sato", password = Browser.Password } },
            Cancel
        );
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var values = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var signed = await client.PostAsJsonAsync(
                "/api/v1/session",
                new { userName = "sato", password = Browser.Password },
                Cancel
            );
            signed.StatusCode.ShouldBe(HttpStatusCode.OK);
            var cookies = signed
                .Headers.GetValues("Set-Cookie")
                .Where(cookie => !cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.Ordinal))
                .ToList();
            var parts = cookies.ShouldHaveSingleItem().Split("; ");
            parts[0].ShouldStartWith("__Host-");
            var attributes = parts.Skip(1).Select(part => part.ToLowerInvariant()).ToList();
            attributes.ShouldContain("secure", StringComparer.Ordinal);
            attributes.ShouldContain("httponly", StringComparer.Ordinal);
            attributes.ShouldContain("samesite=strict", StringComparer.Ordinal);
            attributes.ShouldContain("path=/", StringComparer.Ordinal);
            attributes.ShouldAllBe(attribute => !attribute.StartsWith("domain"));
            var value = parts[0].Split('=')[1];
            value.Length.ShouldBeGreaterThanOrEqualTo(43);
            (await signed.Content.ReadAsStringAsync(Cancel)).ShouldNotContain(value);
            values.Add(value);
        }

        values.ShouldBeUnique(StringComparer.Ordinal);
    }

    private HttpClient Client() =>
        new(
            new SocketsHttpHandler
            {
                UseCookies = false,
                AllowAutoRedirect = false,
                SslOptions = { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null },
            }
        )
        {
            BaseAddress = Hub.Address,
        };

    private async Task<(SslProtocols Protocol, string Suite)> HandshakeAsync(SslProtocols protocol, TlsCipherSuite[]? suites = null)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, Hub.Address.Port, Cancel);
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = protocol,
                CipherSuitesPolicy = suites is null ? null : new CipherSuitesPolicy(suites),
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            },
            Cancel
        );
        return (tls.SslProtocol, tls.NegotiatedCipherSuite.ToString());
    }

    /// <summary>First byte of the answer to a client that speaks an old version at most: 22 is a handshake, 21 an alert.</summary>
    private async Task<int> HelloAsync(int version)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, Hub.Address.Port, Cancel);
        byte[] suites = [0xC0, 0x14, 0xC0, 0x13, 0xC0, 0x0A, 0xC0, 0x09, 0x00, 0x35, 0x00, 0x2F, 0x00, 0x0A];
        byte[] body = [(byte)(version >> 8), (byte)version, .. new byte[32], 0, 0, (byte)suites.Length, .. suites, 1, 0];
        byte[] hello = [1, 0, 0, (byte)body.Length, .. body];
        await tcp.GetStream().WriteAsync((byte[])[22, 3, 1, 0, (byte)hello.Length, .. hello], Cancel);
        var answer = new byte[1];
        try
        {
            return await tcp.GetStream().ReadAsync(answer, Cancel) == 0 ? -1 : answer[0];
        }
        catch (IOException)
        {
            return -1;
        }
    }
}

/// <summary>A hub that listens with a certificate of its own authority.</summary>
public sealed class OneTlsHub : IAsyncLifetime
{
    private TestHub? _hub;

    internal TestHub Hub => _hub ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync() =>
        _hub = await TestHub.StartAsync(change: settings => settings with { Url = "https://127.0.0.1:0" });

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
    }
}
