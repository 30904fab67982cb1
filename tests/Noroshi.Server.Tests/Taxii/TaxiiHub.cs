using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Access;
using Noroshi.Server.Identity;
using Noroshi.Server.Registers;
using Noroshi.Server.Taxii;
using Noroshi.Server.Tests.Hosting;

namespace Noroshi.Server.Tests.Taxii;

/// <summary>Releases and answers in memory.</summary>
internal sealed class MemoryReleases : IReleaseSource, ISightingSink
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<PositionedRelease>> _streams = new(StringComparer.Ordinal);
    private long _position;

    public List<GivenSighting> Sightings { get; } = [];

    public static HubName Hub { get; } = new(new Guid("3f1c3d0a-98c4-4a52-8f41-5f1f3f6e9b10"), "情報連携ハブ", "Sharing hub");

    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Lets a version leave; all at one time, as the worst that a clock can do.</summary>
    public Release Leave(SanitisedItem item, int version = 1)
    {
        var release = new Release
        {
            Item = item with { Version = version },
            FirstAt = Start,
            At = Start.AddMilliseconds(version - 1),
        };
        lock (_gate)
        {
            foreach (var channel in Channels.Of(item.Audience))
            {
                if (!_streams.TryGetValue(channel, out var stream))
                {
                    stream = [];
                    _streams[channel] = stream;
                }

                stream.Add(new PositionedRelease(++_position, Start, release));
            }
        }

        return release;
    }

    public ValueTask<HubName> HubAsync(CancellationToken cancellation) => ValueTask.FromResult(Hub);

    public ValueTask<IReadOnlyList<PositionedRelease>> ReadAsync(string channel, long after, int most, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<PositionedRelease>>([
                .. _streams.GetValueOrDefault(channel, []).Where(one => one.Position > after).Take(most),
            ]);
        }
    }

    public ValueTask<bool> TakeAsync(Actor by, GivenSighting sighting, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Sightings.Add(sighting);
        }

        return ValueTask.FromResult(true);
    }

    /// <summary>An item with one indicator.</summary>
    public static SanitisedItem Item(AudienceReach reach, params string[] groups) =>
        new()
        {
            Id = Guid.NewGuid(),
            Version = 1,
            Kind = ItemKind.Alert,
            Origin = ItemOrigin.Provisions,
            Title = new("不審なメールに関する注意", "Suspicious mails"),
            Summary = new("不正なファイルが添付されています。", "They carry a malicious file."),
            Countermeasure = new("開かないでください。", "Do not open it."),
            Contact = new("連絡窓口", "hub desk"),
            Marking = new Marking
            {
                Tlp = reach == AudienceReach.Public ? Tlp.Clear : Tlp.AmberStrict,
                Pap = Pap.Green,
                Redistribution = Redistribution.OwnOrganizationOnly,
                ExpiresAt = Start.AddDays(90),
            },
            Audience = new Audience { Reach = reach, Groups = groups },
            Indicators =
            [
                new SanitisedIndicator
                {
                    Id = Guid.NewGuid(),
                    Kind = IndicatorKind.Sender,
                    Value = "sender@freemail.example",
                    Role = IndicatorRole.Delivery,
                },
            ],
        };
}

/// <summary>A hub with two members of two groups, whose releases the test makes.</summary>
internal sealed class TaxiiHub : IAsyncDisposable
{
    public const string Type = "application/taxii+json;version=2.1";

    private TaxiiHub(TestHub hub, MemoryReleases releases) => (Hub, Releases) = (hub, releases);

    public TestHub Hub { get; }

    public MemoryReleases Releases { get; }

    public static async Task<TaxiiHub> StartAsync()
    {
        var releases = new MemoryReleases();
        var hub = await TestHub.StartAsync(
            more: services =>
            {
                services.AddSingleton<IReleaseSource>(releases);
                services.AddSingleton<ISightingSink>(releases);
                services.AddSingleton(new AccessOptions { PerKey = 10_000_000, PerUser = 10_000_000 });
            },
            change: settings =>
                settings with
                {
                    Options = settings.Options with { Http = settings.Options.Http with { RequestsPerSecond = 1_000_000 } },
                }
        );
        var organizations = hub.Get<Register<Organization>>();
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                organizations.Put("power-a", new Organization { Id = "power-a", Group = "power" }),
                organizations.Put("water-b", new Organization { Id = "water-b", Group = "water" })
            );
        return new TaxiiHub(hub, releases);
    }

    /// <summary>A key of an organisation.</summary>
    public async Task<string> KeyAsync(string organization, params string[] scopes)
    {
        var now = Hub.Get<SecurityClock>().Now;
        var (_, text) = await Hub.Get<ApiKeys>()
            .AddAsync(
                new ApiKey
                {
                    Id = Secrets.NewId(),
                    Hash = "",
                    Name = "taxii",
                    Organization = organization,
                    Scopes = scopes,
                    CreatedBy = "system",
                    CreatedAt = now,
                    ExpiresAt = now.AddDays(1),
                }
            );
        return text;
    }

    /// <summary>A TAXII client of an organisation.</summary>
    public async Task<HttpClient> ClientAsync(string organization, params string[] scopes)
    {
        var key = await KeyAsync(organization, scopes.Length > 0 ? scopes : ["read", "provide"]);
        var client = Hub.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + key))
        );
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", Type);
        return client;
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
