using Noroshi.Hub.Identity;
using Noroshi.Hub.Judgement;
using Noroshi.Server.Access;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>What analysts work on, as the scope layer knows it: whose it is, who may what, and which providers it tells.</summary>
internal static class JudgementObjects
{
    private static readonly Role[] Readers = [Role.Analyst, Role.Coordinator, Role.Auditor];

    /// <summary>Registers the types.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddObjectType(provider => new ObjectType<Registered<CaseFile>>(
            "case",
            OfAnalysts(),
            _ => default,
            Found<CaseFile>(provider)
        )
        {
            Providers = one => [one.Id, .. one.Value.Provisions],
        });
        services.AddObjectType(provider => new ObjectType<Registered<ContactNote>>(
            "contact",
            OfAnalysts(),
            _ => default,
            Found<ContactNote>(provider)
        )
        {
            Providers = one => [one.Value.About, one.Value.With],
        });
        services.AddObjectType(provider => new ObjectType<Registered<Disclosure>>(
            "disclosure",
            new Rights()
                .Allow(Extent.All, [Role.Auditor, Role.Administrator], Verb.Read)
                .Allow(Extent.All, [Role.Coordinator, Role.Administrator], Verb.Create),
            _ => default,
            Found<Disclosure>(provider)
        )
        {
            Providers = one => [one.Value.About],
        });
        services.AddObjectType(provider => new ObjectType<Registered<Inquiry>>(
            "inquiry",
            OfAnalysts().Allow(Extent.Own, RoleTable.Member, Verb.Read, Verb.Change),
            // The hub's; each organisation that is asked sees its own question.
            _ => default,
            Found<Inquiry>(provider)
        )
        {
            AlsoOf = one => one.Value.To.Select(organization => new Owner(organization)),
            Providers = one => [one.Id, one.Value.About, .. one.Value.To, one.Value.PermittedBy],
        });
        services.AddObjectType(_ => new ObjectType<IntakeRow>(
            "intake-list",
            new Rights().Allow(Extent.All, Readers, Verb.Read),
            _ => default,
            (_, _) => ValueTask.FromResult<IntakeRow?>(null)
        )
        {
            Providers = one => one.Organizations,
        });
    }

    private static Rights OfAnalysts() =>
        new Rights().Allow(Extent.All, Readers, Verb.Read).Allow(Extent.All, Role.Analyst, Verb.Create, Verb.Change);

    private static Func<string, CancellationToken, ValueTask<Registered<T>?>> Found<T>(IServiceProvider provider)
        where T : class => (id, _) => ValueTask.FromResult(provider.GetRequiredService<Register<T>>().Find(id));
}
