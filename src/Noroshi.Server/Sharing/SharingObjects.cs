using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Server.Access;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>Drafts, approvals, items and sightings as the scope layer knows them.</summary>
internal static class SharingObjects
{
    private static readonly Role[] Readers = [Role.Analyst, Role.Coordinator, Role.Auditor];

    /// <summary>Registers the types.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddObjectType(provider => new ObjectType<Registered<DraftFile>>(
            "draft",
            new Rights().Allow(Extent.All, Readers, Verb.Read).Allow(Extent.All, Role.Analyst, Verb.Create, Verb.Change),
            _ => default,
            (id, _) => ValueTask.FromResult(provider.GetRequiredService<Register<DraftFile>>().Find(id))
        )
        {
            Providers = one => [one.Id, .. one.Value.Draft.Provisions()],
        });
        services.AddObjectType(provider => new ObjectType<Registered<Approval>>(
            "approval",
            new Rights()
                .Allow(Extent.All, Readers, Verb.Read)
                .Allow(Extent.Own, [Role.MemberCsirt, Role.OrganizationAdmin], Verb.Read, Verb.Change),
            one => new Owner(one.Value.Organization),
            (id, _) => ValueTask.FromResult(provider.GetRequiredService<Register<Approval>>().Find(id))
        )
        {
            Providers = one => [one.Id, one.Value.Organization],
        });
        services.AddObjectType(provider => new ObjectType<SharedItem>(
            "item",
            new Rights()
                .Allow(Extent.All, [.. Readers, Role.Press], Verb.Read)
                .Allow(Extent.All, Role.Analyst, Verb.Change)
                .Allow(Extent.Own, RoleTable.Member, Verb.Read),
            // The hub's; every organisation of the audience reads it.
            _ => default,
            (id, _) => ValueTask.FromResult(Guid.TryParse(id, out var item) ? provider.GetRequiredService<ReleaseBook>().Item(item) : null)
        )
        {
            AlsoOf = one => one.Readers.Select(organization => new Owner(organization)),
        });
        services.AddObjectType(_ => new ObjectType<Sighting>(
            "sighting",
            new Rights().Allow(Extent.All, Readers, Verb.Read).Allow(Extent.Own, RoleTable.Member, Verb.Read),
            one => new Owner(one.Organization),
            (_, _) => ValueTask.FromResult<Sighting?>(null)
        )
        {
            Providers = one => [one.Item.ToString("N"), one.Organization],
        });
    }
}
