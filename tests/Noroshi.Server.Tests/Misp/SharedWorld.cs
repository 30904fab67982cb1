using Microsoft.Extensions.DependencyInjection;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Identity;
using Noroshi.Server.Misp;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Sharing;

namespace Noroshi.Server.Tests.Misp;

/// <summary>A hub with two groups, to whose members something was shared.</summary>
internal static class SharedWorld
{
    public static readonly HubName Hub = new(new Guid("7b1d1a52-1f0c-4c0e-8a5e-64c0a4b7d9e1"), "情報共有ハブ", "Sharing hub");
    public static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<TestHub> StartAsync(
        Action<IServiceCollection>? more = null,
        Func<Noroshi.Server.Hosting.HubSettings, Noroshi.Server.Hosting.HubSettings>? change = null,
        string? folder = null
    )
    {
        var hub = await TestHub.StartAsync(
            folder,
            services =>
            {
                services.AddSingleton<IReleaseSource>(new MemoryReleases(Hub));
                more?.Invoke(services);
            },
            change
        );
        var organizations = hub.Get<Register<Organization>>();
        await hub.Get<HubRecords>()
            .ChangeAsync(
                [],
                organizations.Put("power-a", new Organization { Id = "power-a", Group = "power" }),
                organizations.Put("water-b", new Organization { Id = "water-b", Group = "water" })
            );
        return hub;
    }

    public static MemoryReleases Releases(this TestHub hub) => (MemoryReleases)hub.Get<IReleaseSource>();

    public static Release Release(int number, Audience audience, Tlp tlp = Tlp.Amber, int version = 1, bool retracted = false) =>
        new()
        {
            FirstAt = Start.AddHours(number),
            At = Start.AddHours(number).AddMinutes(version - 1),
            Item = new SanitisedItem
            {
                Id = new Guid($"{number:x8}-aaaa-4aaa-8aaa-aaaaaaaaaaaa"),
                Version = version,
                Kind = ItemKind.Alert,
                Origin = ItemOrigin.Hub,
                Title = new("題名", "Title"),
                Summary = new("概要", "Summary"),
                Countermeasure = new("対策", "Look for it"),
                Contact = new("窓口", "Desk"),
                Audience = audience,
                Retracted = retracted,
                Marking = new Marking
                {
                    Tlp = tlp,
                    Pap = Pap.Green,
                    Redistribution = Redistribution.OwnOrganizationOnly,
                    ExpiresAt = Start.AddYears(20),
                },
                Indicators = retracted
                    ? []
                    :
                    [
                        new SanitisedIndicator
                        {
                            Id = new Guid($"{number:x8}-bbbb-4bbb-8bbb-{version:x12}"),
                            Kind = IndicatorKind.Ip,
                            Value = $"203.0.113.{number}",
                            Role = IndicatorRole.Destination,
                        },
                    ],
            },
        };

    public static Audience Group(string id) => new() { Reach = AudienceReach.OwnGroup, Groups = [id] };

    public static Audience Everyone { get; } = new() { Reach = AudienceReach.AllGroups };

    /// <summary>A key as members use it, through authentication.</summary>
    public static async Task<string> KeyAsync(this TestHub hub, string organization, params string[] scopes)
    {
        var (_, secret) = await hub.Get<ApiKeys>()
            .AddAsync(
                new ApiKey
                {
                    Id = Secrets.NewId(),
                    Hash = "",
                    Name = "misp",
                    Organization = organization,
                    Scopes = scopes.Length > 0 ? scopes : ["read"],
                    CreatedBy = "system",
                    CreatedAt = hub.Get<SecurityClock>().Now,
                    ExpiresAt = hub.Get<SecurityClock>().Now.AddDays(1),
                }
            );
        return secret;
    }

    /// <summary>A client that sends the bare key, as MISP does.</summary>
    public static async Task<HttpClient> MispAsync(this TestHub hub, string organization, params string[] scopes)
    {
        var client = hub.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", await hub.KeyAsync(organization, scopes));
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/json");
        return client;
    }
}
