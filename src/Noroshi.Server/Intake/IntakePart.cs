using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Registers;

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
        services.AddSingleton<IForgets>(provider => provider.GetRequiredService<ProvisionIndex>());
        services.AddSingleton<RequestRules>();
        services.AddSingleton<ProvisionViews>();
        services.AddSingleton<SealedCursor>();
        services.AddSingleton<Withdrawals>();
        services.AddObjectType(provider => new ObjectType<IndexedProvision>(
            "provision",
            new Rights()
                .Allow(Extent.Own, RoleTable.Member, Verb.Read, Verb.Create)
                .Allow(Extent.Own, [Role.MemberCsirt, Role.OrganizationAdmin], Verb.Change, Verb.Remove)
                .Allow(Extent.All, [Role.Analyst, Role.Coordinator], Verb.Read, Verb.Create, Verb.Change)
                .Allow(Extent.All, Role.Auditor, Verb.Read),
            // Who stands for one window sees what came by it only: of a provision without one it is not known.
            one => new Owner(one.Organization, one.Window ?? ""),
            (id, cancellation) => provider.GetRequiredService<ProvisionIndex>().FindAsync(id, cancellation)
        )
        {
            Providers = one => [one.Id.ToString(), one.Organization],
        });
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes) => ProvisionRoutes.Map(routes);
}
