using Noroshi.Hub.Intake;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Identity;

/// <summary>The community as the registers hold it, in the form that the rules ask for.</summary>
internal sealed class Community(
    Register<Organization> organizations,
    Register<IndustryGroup> groups,
    Register<AffiliatedScheme> schemes,
    Register<HubRecord> hub,
    HubOptions options
)
{
    /// <summary>Id of the one record of the hub itself.</summary>
    public const string HubId = "hub";

    /// <summary>The whole community, as of now.</summary>
    public Members Current =>
        new()
        {
            Hub = hub.Find(HubId)?.Value,
            Rules = options.Rules.ToRules(),
            Groups = [.. groups.All.Select(one => one.Value)],
            Schemes = [.. schemes.All.Select(one => one.Value)],
            Organizations = [.. organizations.All.Select(one => one.Value)],
        };

    /// <summary>Grows with each change.</summary>
    public long Version => Newest(organizations.All) + Newest(groups.All) + Newest(schemes.All) + (hub.Find(HubId)?.Version ?? 0);

    /// <summary>An organisation; null when there is none of that id.</summary>
    public Organization? Find(string? id) => id is null ? null : organizations.Find(id)?.Value;

    private static long Newest<T>(IReadOnlyList<Registered<T>> all) => all.Count == 0 ? 0 : all.Max(one => one.Version);
}
