using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Server.Intake;
using Noroshi.Server.Notices;
using Noroshi.Server.Notices.Sending;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;
using Noroshi.Server.Sharing.Delivery;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Notices;
using Noroshi.Server.Tests.Steps;
using Shouldly;

namespace Noroshi.Server.Tests.Sharing;

/// <summary>A member with everything by which it could be told from another.</summary>
internal sealed record Victim(Organization Organization, string Person, string Phone, string Address)
{
    public string Id => Organization.Id;

    public string Window => Organization.Windows[0].Address ?? "";

    public string Host => Organization.MailHosts[0];
}

/// <summary>The same source of ids in each world.</summary>
internal sealed class CountedIds : IdSource
{
    private int _last;

    public override Guid Next() => Of(Interlocked.Increment(ref _last));

    public static Guid Of(int number) => new($"{number * 7919L % 0x7FFFFFFF:x8}-5555-4555-8555-{number:x12}");
}

/// <summary>The same time in each world; timers run as ever, so that nothing waits for it.</summary>
internal sealed class StillClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2013, 12, 2, 1, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}

/// <summary>A hub with a clock that stands still and ids that are counted, whose members are attacked as a test says.</summary>
internal sealed class SwapWorld : IAsyncDisposable
{
    public static readonly string[] Readers = ["reader", "gas-reader"];
    private readonly TestHub _hub;
    private readonly StillClock _clock;
    private readonly Dictionary<string, string> _provisions = new(StringComparer.Ordinal);

    private SwapWorld(TestHub hub, StillClock clock, KeptMails mails) => (_hub, _clock, Mails) = (hub, clock, mails);

    public KeptMails Mails { get; }

    public T Get<T>()
        where T : notnull => _hub.Get<T>();

    public static async Task<SwapWorld> StartAsync(IReadOnlyList<Organization> organizations)
    {
        var (clock, mails, messages) = (new StillClock(), new KeptMails(), 0);
        var hub = await TestHub.StartAsync(more: services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            services.AddSingleton<IMailRelay>(mails);
            services.AddSingleton<IMailWorkers, InThisProcess>();
            services.AddSingleton<IdSource, CountedIds>();
            services.AddSingleton(new OutgoingIds(() => CountedIds.Of(1_000_000 + Interlocked.Increment(ref messages)).ToString("N")));
            services.AddSingleton(new NoticeOptions { From = "hub@noroshi.example", Relay = "relay.example" });
            services.AddSingleton(new PipelineSettings { PasswordBudgetMilliseconds = 0 });
        });
        var register = hub.Get<Register<Organization>>();
        var addresses = hub.Get<Register<ShareAddress>>();
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                [
                    hub.Get<Register<IndustryGroup>>().Put("power", new IndustryGroup("power", "電力業界", "Electric power")),
                    hub.Get<Register<IndustryGroup>>().Put("gas", new IndustryGroup("gas", "ガス業界", "Gas")),
                    .. organizations.Select(one => register.Put(one.Id, one)),
                    .. Readers.Select(one => register.Put(one, new Organization { Id = one, Group = one == "reader" ? "power" : "gas" })),
                    .. Readers.Select(one =>
                        addresses.Put(
                            one,
                            new ShareAddress
                            {
                                Id = one,
                                Organization = one,
                                Address = $"csirt@{one}.example",
                            }
                        )
                    ),
                ]
            );
        return new SwapWorld(hub, clock, mails);
    }

    /// <summary>Hands mails in for a member.</summary>
    public async Task GiveAsync(Victim victim, IReadOnlyList<byte[]> mails)
    {
        var receipt = await _hub.Get<ProvisionIntake>()
            .ReceiveAsync(
                new Giving(
                    new Actor
                    {
                        Kind = ActorKind.User,
                        Id = "u-giver-" + victim.Id,
                        Organization = victim.Id,
                        Roles = new HashSet<Role> { Role.MemberCsirt },
                    },
                    new ProvisionHeader
                    {
                        Way = GivingWay.Api,
                        Intake = "member",
                        Organization = victim.Id,
                        Window = victim.Organization.Windows[0].Id,
                        GivenBy = "",
                        ReceivedAt = default,
                        Items = [.. mails.Select((_, at) => new ProvisionItem(string.Create(CultureInfo.InvariantCulture, $"{at}.eml")))],
                    },
                    [.. mails.Select(mail => (ReadOnlyMemory<byte>)mail)]
                ),
                Hubs.Token
            );
        _provisions[victim.Id] = receipt.Id.ToString();
    }

    public Task SettleAsync() => _hub.SettleAsync();

    /// <summary>Drafts, asks, approves and shares what a member gave; as whole exchanges, or mail by mail.</summary>
    public async Task<Guid> ShareAsync(Victim victim, object audience, bool exchanges = true)
    {
        using var analyst = _hub.As(SharingHub.AnalystActor());
        var situation = _hub.Get<HubSituation>().Current;
        var made = await SharingHub.SendAsync(
            analyst,
            "/api/v1/drafts",
            new
            {
                kind = "case",
                conversations = exchanges
                    ? situation.Conversations.Where(one => one.Organization == victim.Id).Select(one => one.Id).ToArray()
                    : [],
                mails = exchanges
                    ? []
                    : situation.Mails.Values.Where(one => one.Organization == victim.Id).Select(one => one.Key).ToArray(),
                audience,
                marking = SharingHub.Marking(),
            },
            HttpStatusCode.Created
        );
        var draft = made.GetProperty("id").GetString();
        made = await SharingHub.SendAsync(
            analyst,
            $"/api/v1/drafts/{draft}/review",
            new { version = made.GetProperty("version").GetInt64() }
        );
        var version = made.GetProperty("version").GetInt64();
        await SharingHub.SendAsync(analyst, $"/api/v1/drafts/{draft}/ask", new { version }, HttpStatusCode.NoContent);
        using var approver = Member(victim.Id);
        var hash = (await SharingHub.GetAsync(approver, $"/api/v1/approvals/{draft}.{victim.Id}")).GetProperty("hash").GetString();
        await SharingHub.SendAsync(
            approver,
            $"/api/v1/approvals/{draft}.{victim.Id}/decision",
            new { verb = "approve", hash },
            HttpStatusCode.NoContent
        );
        var leaks = await SharingHub.GetAsync(analyst, $"/api/v1/drafts/{draft}/leaks");
        leaks.GetProperty("verdict").GetString().ShouldNotBe("blocked", StringComparer.Ordinal, leaks.GetRawText());
        return (
            await SharingHub.SendAsync(
                analyst,
                $"/api/v1/drafts/{draft}/release",
                new { version, wordsLookedAt = true },
                HttpStatusCode.Created
            )
        )
            .GetProperty("id")
            .GetGuid();
    }

    public async Task WithdrawAsync(Victim victim)
    {
        using var provider = Member(victim.Id);
        using var gone = await provider.DeleteAsync($"/api/v1/provisions/{Guid.ParseExact(_provisions[victim.Id], "N")}", Hubs.Token);
        gone.EnsureSuccessStatusCode();
        await _hub.Get<SharingRound>().RunAsync(Hubs.Token);
    }

    /// <summary>Everything that a member gets by asking.</summary>
    public async Task<IReadOnlyList<ReaderView>> SeenByAsync(string organization)
    {
        using var reader = Member(organization);
        return await ReaderViews.OfAsync(reader);
    }

    /// <summary>Waits until so many notices of shares have gone out.</summary>
    public async Task<IReadOnlyList<byte[]>> NoticesAsync(int count)
    {
        IReadOnlyList<byte[]> Sent() =>
            [.. Mails.All.Where(one => one.To.StartsWith("csirt@", StringComparison.Ordinal)).Select(one => one.Bytes)];
        for (var round = 0; Sent().Count < count && round < 200; round++)
        {
            await Task.Delay(50, Hubs.Token);
        }

        return Sent();
    }

    /// <summary>Time goes on, in both worlds alike.</summary>
    public void Pass(TimeSpan time) => _clock.Pass(time);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private HttpClient Member(string organization) =>
        _hub.As(
            new Actor
            {
                Kind = ActorKind.User,
                Id = "u-csirt-" + organization,
                Organization = organization,
                Roles = new HashSet<Role> { Role.MemberCsirt },
                SecondFactor = true,
            }
        );
}

/// <summary>Mails of an attack that writes the victim's names wherever people write them.</summary>
internal static class SwapMails
{
    public static byte[] Letter(
        (string Address, string Name) from,
        (string Address, string Name) to,
        (string Subject, string Id, string? Answers) headers,
        DateTimeOffset at,
        Victim victim,
        (string Text, string? File, string More) content
    )
    {
        var time = at.ToString("ddd, dd MMM yyyy HH:mm:ss zz00", CultureInfo.InvariantCulture);
        var mail = new StringBuilder();
        if (from.Address.EndsWith("free.example", StringComparison.Ordinal))
        {
            mail.Append(
                CultureInfo.InvariantCulture,
                $"Received: from {victim.Host} ([{victim.Address}]) by store.{victim.Organization.Domains[0]} with LMTP; {time}\r\n"
            );
            mail.Append(
                CultureInfo.InvariantCulture,
                $"Received: from out.free.example ([198.51.100.5]) by {victim.Host} with ESMTP for <{to.Address}>; {time}\r\n"
            );
        }

        mail.Append(
            CultureInfo.InvariantCulture,
            $"From: {Word(from.Name)} <{from.Address}>\r\nTo: {Word(to.Name)} <{to.Address}>\r\nSubject: {Word(headers.Subject)}\r\n"
        );
        mail.Append(CultureInfo.InvariantCulture, $"Message-ID: <{headers.Id}>\r\nDate: {time}\r\n{content.More}");
        if (headers.Answers is { } answers)
        {
            mail.Append(CultureInfo.InvariantCulture, $"In-Reply-To: <{answers}>\r\nReferences: <{answers}>\r\n");
        }

        mail.Append(
                "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
            )
            .Append("Content-Transfer-Encoding: base64\r\n\r\n")
            .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(content.Text)))
            .Append("\r\n");
        if (content.File is { } file)
        {
            // An executable by its first bytes: harmless, it has no code.
            var program = new byte[256];
            "MZ"u8.CopyTo(program);
            program[0x3C] = 0x80;
            "PE\0\0"u8.CopyTo(program.AsSpan(0x80));
            mail.Append("--b\r\nContent-Type: application/octet-stream\r\n")
                .Append(CultureInfo.InvariantCulture, $"Content-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString(file)}\r\n")
                .Append("Content-Transfer-Encoding: base64\r\n\r\n")
                .Append(Convert.ToBase64String(program))
                .Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(mail.Append("--b--\r\n").ToString());
    }

    public static string Word(string text) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
