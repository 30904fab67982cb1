using Noroshi.Hub.Identity;
using Noroshi.Server.Access;

namespace Noroshi.Server.Intake;

/// <summary>Puts the ways in through HTTP, and import into the hub.</summary>
internal static class IntakePart
{
    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Attempts>();
        services.AddSingleton<Quotas>();
        services.AddSingleton<ProvisionIndex>();
        services.AddSingleton<RequestRules>();
        services.AddSingleton<ProvisionViews>();
        services.AddSingleton<SealedCursor>();
        services.AddSingleton<Withdrawals>();
        services.AddObjectType(provider => new ObjectType<IndexedProvision>(
            "provision-entry",
            new Rights()
                .Allow(Extent.Own, RoleTable.Member, Verb.Read)
                .Allow(Extent.Own, [Role.MemberCsirt, Role.OrganizationAdmin], Verb.Change, Verb.Remove)
                .Allow(Extent.All, [Role.Analyst, Role.Coordinator, Role.Auditor], Verb.Read),
            one => new Owner(one.Organization, one.Window),
            (id, cancellation) => provider.GetRequiredService<ProvisionIndex>().FindAsync(id, cancellation)
        )
        {
            ProviderRead = one => one.Id.ToString(),
        });
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) => ProvisionRoutes.Map(routes);
}
