using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Noroshi.Exchange.Notices;
using Noroshi.Hub.Identity;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Sharing.Delivery;
using Noroshi.Server.Tests.Misp;
using Noroshi.Server.Tests.Notices;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Sharing.Delivery;

public sealed class WebhookTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_target_gets_a_signed_word_without_content_and_a_failure_is_tried_again()
    {
        using var target = new Target(failures: 1);
        var options = new DeliveryOptions { Webhooks = [$"power-a {target.Url}"], WebhookNetworks = ["127.0.0.0/8"] };
        await using var hub = await ShareNoticesTests.StartAsync(new KeptMails(), shares: options);
        using var administrator = hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = "root",
                Roles = new HashSet<Role> { Role.Administrator },
                SecondFactor = true,
            }
        );
        var made = await administrator.PutAsync("/api/v1/webhooks/power-a/secret", JsonContent.Create(new { }), Cancellation);
        var secret = JsonDocument
            .Parse(await made.Content.ReadAsStringAsync(Cancellation))
            .RootElement.GetProperty("secret")
            .GetString()
            .ShouldNotBeNull();

        hub.Releases().Add(SharedWorld.Release(1, SharedWorld.Group("power")));
        hub.Releases().Add(SharedWorld.Release(2, SharedWorld.Group("water")));
        await ShareNoticesTests.UntilAsync(() => target.Requests.Count >= 2);

        var requests = target.Requests.ToList();
        requests.Count.ShouldBe(2);
        var (headers, body) = requests[1];
        Encoding
            .UTF8.GetString(body)
            .ShouldBe(
                """{"event":"item.released","item":"00000001-aaaa-4aaa-8aaa-aaaaaaaaaaaa","version":1,"channel":"group-power","tlp":"amber"}"""
            );
        WebhookBody
            .IsGenuine(
                Encoding.ASCII.GetBytes(secret),
                TimeProvider.System.GetUtcNow(),
                headers[WebhookBody.TimestampHeader],
                headers[WebhookBody.SignatureHeader],
                body
            )
            .ShouldBeTrue();
        headers[WebhookBody.DeliveryHeader].ShouldBe(requests[0].Headers[WebhookBody.DeliveryHeader]);
    }

    [Fact]
    public async Task An_inner_address_that_is_not_listed_is_not_called()
    {
        using var target = new Target(failures: 0);
        using var client = new WebhookClient(new DeliveryOptions { WebhookNetworks = ["10.9.8.0/24"] });

        var why = await client.PostAsync(
            target.Url,
            new byte[] { 1 },
            new Dictionary<string, string>(StringComparer.Ordinal),
            Cancellation
        );

        why.ShouldBe("address");
        target.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var target = new Target(failures: 1, answer: "307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/");
        using var client = new WebhookClient(new DeliveryOptions { WebhookNetworks = ["127.0.0.0/8"] });

        (
            await client.PostAsync(target.Url, new byte[] { 1 }, new Dictionary<string, string>(StringComparer.Ordinal), Cancellation)
        ).ShouldBe("http-307");
        target.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("2002:a00:1::1")]
    public void Addresses_that_lead_inside_are_refused(string address) =>
        WebhookAddresses.MayBeCalled(IPAddress.Parse(address), [], isPlain: false).ShouldBeFalse();

    [Fact]
    public void Outside_addresses_are_called_by_TLS_only()
    {
        WebhookAddresses.MayBeCalled(IPAddress.Parse("203.0.113.5"), [], isPlain: false).ShouldBeTrue();
        WebhookAddresses.MayBeCalled(IPAddress.Parse("2001:db8::5"), [], isPlain: false).ShouldBeTrue();
        WebhookAddresses.MayBeCalled(IPAddress.Parse("203.0.113.5"), [], isPlain: true).ShouldBeFalse();
        WebhookAddresses.MayBeCalled(IPAddress.Parse("10.0.0.1"), [System.Net.IPNetwork.Parse("10.0.0.0/8")], isPlain: true).ShouldBeTrue();
    }

    [Theory]
    [InlineData("power-a")]
    [InlineData("power-a http://siem.power-a.example/")]
    [InlineData("power-a file:///etc/passwd")]
    [InlineData("power-a https://user:pass@siem.power-a.example/")]
    [InlineData("power-a https://a.example/ more")]
    public void A_target_that_cannot_be_used_is_said_at_the_start(string target) =>
        Should.Throw<SettingsException>(() => new DeliveryOptions { Webhooks = [target] }.Targets());

    /// <summary>A receiver on loopback that answers so many requests with an error first.</summary>
    private sealed class Target : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly string _answer;
        private int _failures;

        public Target(int failures, string answer = "503 Service Unavailable")
        {
            (_failures, _answer) = (failures, answer);
            _listener.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook");
            _ = AcceptAsync();
        }

        public Uri Url { get; }

        public ConcurrentQueue<(IReadOnlyDictionary<string, string> Headers, byte[] Body)> Requests { get; } = new();

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await AnswerAsync(client.GetStream());
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
            {
                // The test has ended.
            }
        }

        private async Task AnswerAsync(NetworkStream stream)
        {
            var bytes = new List<byte>();
            var buffer = new byte[4_096];
            int end;
            while ((end = Encoding.Latin1.GetString([.. bytes]).IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
            {
                bytes.AddRange(buffer[..await stream.ReadAsync(buffer)]);
            }

            var headers = Encoding
                .Latin1.GetString([.. bytes[..end]])
                .Split("\r\n")
                .Skip(1)
                .Select(line => line.Split(": ", 2))
                .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
            var length = int.Parse(headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture);
            while (bytes.Count < end + 4 + length)
            {
                bytes.AddRange(buffer[..await stream.ReadAsync(buffer)]);
            }

            Requests.Enqueue((headers, [.. bytes[(end + 4)..]]));
            var answer = _failures-- > 0 ? _answer : "204 No Content";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        }
    }
}
