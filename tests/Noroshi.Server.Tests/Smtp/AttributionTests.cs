using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Registers;
using Noroshi.Server.Smtp;
using Noroshi.Server.Smtp.Protocol;
using Noroshi.Server.Smtp.Reception;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Smtp;

/// <summary>Whose a mail is, against a whole hub with its store.</summary>
public sealed class AttributionTests
{
    private const string Key = "0123456789abcdefghijABCDEFGHIJ0123456789";

    [Fact]
    public async Task A_mail_to_an_intake_address_is_its_windows_whoever_sends_it()
    {
        await using var hub = await StartAsync();
        var address = await IssueAsync(hub);
        await using var client = await ConnectAsync(hub);
        (await SendAsync(client, "clerk@power-a.example", address.Address.ToUpperInvariant())).ShouldBe("250 2.0.0 Received and kept");
        var header = (await HeadersAsync(hub)).ShouldHaveSingleItem();
        (header.Way, header.Organization, header.Window, header.GivenBy, header.Quarantine).ShouldBe(
            (GivingWay.Smtp, "power-a", "inquiries", address.Id, null)
        );
        header.Envelope.ShouldBe(new MailEnvelope("clerk@power-a.example", "127.0.0.1", "client.example", null, "hub.example"));
        address.Id.ShouldNotContain(address.Address.Split('@')[0]);
    }

    [Theory]
    [InlineData("stranger@attacker.example", "From: x <x@attacker.example>", SenderFit.Foreign)]
    [InlineData("stranger@not-power-a.example", "X: y", SenderFit.Foreign)]
    [InlineData("", "X: y", SenderFit.Foreign)]
    [InlineData("clerk@mail.power-a.example", "X: y", null)]
    [InlineData("bounce@service.example", "From: =?utf-8?q?x?=\r\n <clerk@power-a.example>", null)]
    [InlineData("clerk.private@home.example", "X: y", null)]
    public async Task Who_does_not_fit_the_account_waits_in_quarantine_and_is_not_told(string from, string header, string? reason)
    {
        await using var hub = await StartAsync();
        var address = await hub.Get<IntakeAddresses>().IssueAsync(Actor.System, "power-a", null, "user-1", ["clerk.private@home.example"]);
        await using var client = await ConnectAsync(hub);
        (await SendAsync(client, from, address.Address, header)).ShouldBe("250 2.0.0 Received and kept");
        (await HeadersAsync(hub)).ShouldHaveSingleItem().Quarantine.ShouldBe(reason);
    }

    [Fact]
    public async Task A_mail_from_the_organisations_network_fits_whatever_it_says()
    {
        await using var hub = await StartAsync(organization: one => one with { Networks = ["127.0.0.0/8"] });
        var address = await IssueAsync(hub);
        await using var client = await ConnectAsync(hub);
        await SendAsync(client, "", address.Address);
        (await HeadersAsync(hub)).ShouldHaveSingleItem().Quarantine.ShouldBeNull();
    }

    [Fact]
    public async Task A_relays_network_needs_no_address_and_names_the_window()
    {
        await using var hub = await StartAsync(options => options.Relays = [new SmtpRelay("127.0.0.1", "power-a")]);
        await using var client = await ConnectAsync(hub);
        await SendAsync(client, "anybody@outside.example", "report+inquiries@hub.example");
        await client.SayAsync("MAIL FROM:<>");
        (await client.SayAsync("RCPT TO:<report+nowhere@hub.example>")).ShouldBe("550 5.1.1 Recipient not accepted");
        (await client.SayAsync("RCPT TO:<report@elsewhere.example>")).ShouldBe("550 5.1.1 Recipient not accepted");
        var header = (await HeadersAsync(hub)).ShouldHaveSingleItem();
        (header.Organization, header.Window, header.Quarantine).ShouldBe(("power-a", "inquiries", null));
        await using var other = await SmtpClient.ConnectAsync(
            hub.Get<SmtpHost>().Bound ?? throw new InvalidOperationException("no listener"),
            IPAddress.Parse("127.0.0.2")
        );
        (await other.BeginAsync("<report@hub.example>")).ShouldBe("550 5.1.1 Recipient not accepted");
    }

    [Fact]
    public async Task A_key_gives_for_its_organisation()
    {
        await using var hub = await StartAsync();
        await using var client = await ConnectAsync(hub);
        await client.GreetAsync();
        await client.SayAsync("STARTTLS");
        await client.TlsAsync();
        await client.SayAsync("EHLO client.example");
        var plain = Convert.ToBase64String(Encoding.ASCII.GetBytes($"\0x\0{Key}"));
        (await client.SayAsync($"AUTH PLAIN {plain}")).ShouldStartWith("235");
        await client.SayAsync("MAIL FROM:<anybody@outside.example>");
        (await client.SayAsync("RCPT TO:<report@hub.example>")).ShouldStartWith("250");
        await client.DataAsync("x\r\n.\r\n");
        var header = (await HeadersAsync(hub)).ShouldHaveSingleItem();
        (header.Organization, header.GivenBy, header.Quarantine).ShouldBe(("power-a", "key-7", null));
        header.Envelope?.Tls.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_same_mail_again_is_the_same_provision_and_of_two_addresses_it_is_two()
    {
        await using var hub = await StartAsync();
        var first = await IssueAsync(hub);
        var second = await IssueAsync(hub);
        await using var client = await ConnectAsync(hub);
        await SendAsync(client, "clerk@power-a.example", first.Address);
        await SendAgainAsync(client, first.Address);
        (await HeadersAsync(hub)).Count.ShouldBe(1);
        await SendAgainAsync(client, second.Address);
        (await HeadersAsync(hub)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Addresses_stay_valid_over_a_restart_until_they_are_revoked_or_the_member_leaves()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-intake-").FullName;
        try
        {
            IssuedAddress address;
            await using (var hub = await StartAsync(folder: root))
            {
                address = await IssueAsync(hub);
            }

            await using var again = await StartAsync(folder: root);
            (await AskAsync(again, address.Address)).ShouldStartWith("250");
            await again
                .Get<HubRecords>()
                .ChangeAsync([], again.Get<Register<Organization>>().Put("power-a", PowerA() with { LeftOn = new DateOnly(2001, 3, 31) }));
            (await AskAsync(again, address.Address)).ShouldBe("550 5.1.1 Recipient not accepted");
            await again.Get<HubRecords>().ChangeAsync([], again.Get<Register<Organization>>().Put("power-a", PowerA()));
            (await AskAsync(again, address.Address)).ShouldStartWith("250");
            (await again.Get<IntakeAddresses>().RevokeAsync(Actor.System, address.Id)).ShouldBeTrue();
            (await again.Get<IntakeAddresses>().RevokeAsync(Actor.System, address.Id)).ShouldBeFalse();
            (await AskAsync(again, address.Address)).ShouldBe("550 5.1.1 Recipient not accepted");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task A_thousand_probes_get_the_same_bytes_whoever_asks_and_whoever_is_asked_for()
    {
        await using var hub = await StartAsync();
        var revoked = await IssueAsync(hub);
        var valid = await IssueAsync(hub);
        await hub.Get<IntakeAddresses>().RevokeAsync(Actor.System, revoked.Id);
        var random = new Random(7);
        string[] senders = ["", "clerk@power-a.example", "x@power-b.example", "x@outside.example", "inquiries@power-a.example"];
        string[] recipients =
        [
            revoked.Address,
            valid.Address.Split('@')[0] + "@power-a.example",
            valid.Address[..^1] + "f",
            "x" + valid.Address[1..],
            valid.Address[1..],
            "inquiries@power-a.example",
            "inquiries@hub.example",
            "clerk@hub.example",
            "power-a@hub.example",
            "report@hub.example",
            "report+inquiries@hub.example",
            "postmaster@hub.example",
            "postmaster",
            "\"a b\"@hub.example",
            "x@[127.0.0.1]",
            new string('a', 64) + "@hub.example",
        ];
        var answers = new HashSet<string>(StringComparer.Ordinal);
        for (var session = 0; session < 100; session++)
        {
            await using var client = await ConnectAsync(hub);
            await client.GreetAsync();
            answers.Add(await client.SayAsync($"MAIL FROM:<{senders[random.Next(senders.Length)]}>"));
            for (var i = 0; i < 10; i++)
            {
                var recipient = random.Next(3) == 0 ? RandomLocal(random) + "@hub.example" : recipients[random.Next(recipients.Length)];
                answers.Add(await client.SayAsync($"RCPT TO:<{recipient}>"));
            }
        }

        answers.Order(StringComparer.Ordinal).ShouldBe(["250 2.1.0 Sender ok", "550 5.1.1 Recipient not accepted"]);
        (await AskAsync(hub, valid.Address)).ShouldStartWith("250");
    }

    [Fact]
    public async Task A_thousand_slow_connections_harm_nobody_else()
    {
        await using var hub = await StartAsync(options => options.MostConnections = 1_500);
        var address = await IssueAsync(hub);
        var slow = new List<SmtpClient>();
        try
        {
            for (var i = 0; i < 1_000; i++)
            {
                var client = await SmtpClient.ConnectAsync(
                    hub.Get<SmtpHost>().Bound ?? throw new InvalidOperationException("no listener"),
                    IPAddress.Parse($"127.0.1.{1 + (i % 40)}")
                );
                slow.Add(client);
                await client.RawAsync("EHL");
            }

            await using var one = await ConnectAsync(hub);
            for (var i = 0; i < 20; i++)
            {
                (await SendAsync(one, "clerk@power-a.example", address.Address, $"Subject: {i}", greet: i == 0)).ShouldStartWith("250");
            }

            (await HeadersAsync(hub)).Count.ShouldBe(20);
            hub.Get<SmtpServices>().Gate.Connections.ShouldBe(1_001);
        }
        finally
        {
            foreach (var client in slow)
            {
                await client.DisposeAsync();
            }
        }
    }

    internal static Organization PowerA() =>
        new()
        {
            Id = "power-a",
            Domains = ["power-a.example"],
            Windows = [new ContactWindow("inquiries", "inquiries@power-a.example")],
        };

    internal static async Task<TestHub> StartAsync(
        Action<SmtpOptions>? change = null,
        Func<Organization, Organization>? organization = null,
        string? folder = null
    )
    {
        var options = new SmtpOptions
        {
            HostName = "hub.example",
            IntakeDomain = "hub.example",
            MostNewConnectionsPerMinute = 10_000,
        };
        change?.Invoke(options);
        var hub = await TestHub.StartAsync(
            folder,
            services =>
            {
                services.AddSingleton(options);
                services.AddSingleton(new SmtpEndpoint(() => SmtpServer.Certificate.Value));
                services.AddSingleton<SmtpKeyLookup>(
                    (secret, _) =>
                        ValueTask.FromResult(
                            secret == Key
                                ? new Actor
                                {
                                    Kind = ActorKind.Key,
                                    Id = "key-7",
                                    Organization = "power-a",
                                    Scopes = new HashSet<string>(StringComparer.Ordinal) { "provide" },
                                }
                                : null
                        )
                );
            },
            settings => settings with { Smtp = "127.0.0.1:0" }
        );
        var member = PowerA();
        await hub.Get<HubRecords>()
            .ChangeAsync([], hub.Get<Register<Organization>>().Put("power-a", organization?.Invoke(member) ?? member));
        return hub;
    }

    internal static Task<IssuedAddress> IssueAsync(TestHub hub) =>
        hub.Get<IntakeAddresses>().IssueAsync(Actor.System, "power-a", "inquiries", null);

    internal static Task<SmtpClient> ConnectAsync(TestHub hub) =>
        SmtpClient.ConnectAsync(hub.Get<SmtpHost>().Bound ?? throw new InvalidOperationException("no listener"));

    internal static async Task<IReadOnlyList<ProvisionHeader>> HeadersAsync(TestHub hub)
    {
        var entries = await hub.Get<IHubStore>()
            .Steps.ReadKindAsync(IStepLog.ProvisionKind, 0, 1_000, TestContext.Current.CancellationToken);
        return [.. entries.Select(entry => ProvisionHeader.FromJson((entry.Body ?? default).Span))];
    }

    private static async Task<string> SendAsync(SmtpClient client, string from, string to, string header = "Subject: x", bool greet = true)
    {
        if (greet)
        {
            await client.GreetAsync();
        }

        await client.SayAsync($"MAIL FROM:<{from}>");
        (await client.SayAsync($"RCPT TO:<{to}>")).ShouldStartWith("250");
        return await client.DataAsync($"{header}\r\n\r\nx\r\n.\r\n");
    }

    private static async Task SendAgainAsync(SmtpClient client, string to)
    {
        (await SendAsync(client, "other@power-a.example", to, greet: false)).ShouldStartWith("250");
    }

    private static async Task<string> AskAsync(TestHub hub, string recipient)
    {
        await using var client = await ConnectAsync(hub);
        return await client.BeginAsync($"<{recipient}>");
    }

    private static string RandomLocal(Random random) =>
        string.Create(
            26,
            random,
            static (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = "abcdefghijklmnopqrstuvwxyz234567"[source.Next(32)];
                }
            }
        );
}
