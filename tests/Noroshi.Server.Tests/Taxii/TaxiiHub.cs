using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Access;
using Noroshi.Server.Identity;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;
using Noroshi.Server.Taxii;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Sharing;

namespace Noroshi.Server.Tests.Taxii;

/// <summary>A hub with two members of two groups, whose releases the test makes.</summary>
internal sealed class TaxiiHub : IAsyncDisposable
{
    public const string Type = "application/taxii+json;version=2.1";

    private TaxiiHub(TestHub hub, MemoryReleases releases) => (Hub, Releases) = (hub, releases);

    public TestHub Hub { get; }

    public MemoryReleases Releases { get; }

    public static async Task<TaxiiHub> StartAsync()
    {
        var releases = new MemoryReleases(new HubName(new Guid(3, 1, 2, 1, 2, 3, 4, 5, 6, 7, 8), "情報連携ハブ", "Sharing hub"));
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
                ExpiresAt = MemoryReleases.Start.AddDays(90),
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

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
