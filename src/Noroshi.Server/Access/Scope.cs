using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Access;

/// <summary>
/// The one way to a thing that belongs to somebody. What an actor may not see does not exist for him: the same answer, the same bytes. What he
/// sees he may not therefore change. Reading what tells a provider's identity is written to the journal when somebody of the hub does it.
/// </summary>
internal sealed class Scope(IServiceProvider services, IHubStore store)
{
    private const int MostInOneTransaction = 1_000;

    /// <summary>The thing of an id.</summary>
    /// <exception cref="ProblemException">Not found, not his, or he may see but not do it.</exception>
    public async Task<T> LoadAsync<T>(Actor actor, Verb verb, string id, CancellationToken cancellation)
        where T : class
    {
        var type = services.GetRequiredService<ObjectType<T>>();
        var found = await type.Find(id, cancellation);
        if (found is null || !Reaches(type, actor, Verb.Read, found))
        {
            throw new ProblemException(Problem.NotFound);
        }

        if (verb != Verb.Read && !Reaches(type, actor, verb, found))
        {
            throw new ProblemException(Problem.Forbidden);
        }

        await NoteAsync(type, actor, [found]);
        return found;
    }

    /// <summary>Those of a list that the actor may see (or change, for <see cref="Verb.Change"/>), in its order.</summary>
    public async Task<IReadOnlyList<T>> VisibleAsync<T>(Actor actor, Verb verb, IEnumerable<T> list)
        where T : class
    {
        var type = services.GetRequiredService<ObjectType<T>>();
        var visible = list.Where(one => Reaches(type, actor, Verb.Read, one) && (verb == Verb.Read || Reaches(type, actor, verb, one)))
            .ToList();
        await NoteAsync(type, actor, visible);
        return visible;
    }

    /// <summary>Whether the actor may do it; nothing is written.</summary>
    public bool May<T>(Actor actor, Verb verb, T thing)
        where T : class => Reaches(services.GetRequiredService<ObjectType<T>>(), actor, verb, thing);

    /// <summary>Refuses unless the actor may make such a thing for that owner.</summary>
    /// <exception cref="ProblemException">He may not.</exception>
    public void DemandCreate<T>(Actor actor, Owner owner)
        where T : class
    {
        var extent = services.GetRequiredService<ObjectType<T>>().Rights.Of(actor, Verb.Create);
        if (extent != Extent.All && !(extent == Extent.Own && owner.Is(actor)))
        {
            throw new ProblemException(Problem.Forbidden);
        }
    }

    private static bool Reaches<T>(ObjectType<T> type, Actor actor, Verb verb, T thing)
        where T : class =>
        type.Rights.Of(actor, verb) switch
        {
            Extent.None => false,
            Extent.Own => type.OwnerOf(thing).Is(actor),
            Extent.All => true,
        };

    private async Task NoteAsync<T>(ObjectType<T> type, Actor actor, IReadOnlyList<T> seen)
        where T : class
    {
        if (type.ProviderRead is not { } id || actor.Kind == ActorKind.System || !actor.Roles.Any(RoleTable.Hub.Contains))
        {
            return;
        }

        // Before the thing is handed out: what cannot be written down is not shown.
        foreach (var some in seen.Chunk(MostInOneTransaction))
        {
            await store.Steps.AppendAsync(
                new HubChange
                {
                    Documents = [],
                    Journal = [.. some.Select(one => new JournalRecord(actor.Id, JournalActions.IdentityRead, id(one), type.Name))],
                }
            );
        }
    }
}
