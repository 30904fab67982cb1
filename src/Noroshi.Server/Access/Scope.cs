using System.Globalization;
using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Access;

/// <summary>Ids of providers that a request has come across, for one record of the journal.</summary>
internal sealed class SeenProviders
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>The ids, in their order.</summary>
    public IReadOnlyList<string> Ids => [.. _ids.Order(StringComparer.Ordinal)];

    /// <summary>Adds what a thing names.</summary>
    public void Add(IEnumerable<string?> ids) => _ids.UnionWith(ids.OfType<string>());
}

/// <summary>
/// The one way to a thing that belongs to somebody. What an actor may not see does not exist for him: the same answer, the same bytes. What he
/// sees he may not therefore change. Reading what tells a provider's identity is written to the journal when somebody of the hub does it: one
/// record for all that is read at once, with the ids of what it tells.
/// </summary>
internal sealed class Scope(IServiceProvider services, IHubStore store)
{
    /// <summary>Characters of ids in one record; a longer list takes several.</summary>
    private const int MostIds = 400;

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

        if (type.Providers is { } providers)
        {
            var names = providers(found).OfType<string>().ToList();
            await NoteAsync(actor, names.FirstOrDefault() ?? type.Name, type.Name, names);
        }

        return found;
    }

    /// <summary>Those of a list that the actor may see (or change, for <see cref="Verb.Change"/>), in its order.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="verb">What he wants to do.</param>
    /// <param name="list">The list.</param>
    /// <param name="seen">Takes what is to stand in the journal, where an answer is made of several lists; null: it is written here.</param>
    public async Task<IReadOnlyList<T>> VisibleAsync<T>(Actor actor, Verb verb, IEnumerable<T> list, SeenProviders? seen = null)
        where T : class
    {
        var type = services.GetRequiredService<ObjectType<T>>();
        var visible = list.Where(one => Reaches(type, actor, Verb.Read, one) && (verb == Verb.Read || Reaches(type, actor, verb, one)))
            .ToList();
        if (type.Providers is { } providers)
        {
            var names = seen ?? new SeenProviders();
            visible.ForEach(one => names.Add(providers(one)));
            if (seen is null)
            {
                // One thing stands in the journal by its own id, as when it was asked for.
                var subject = visible.Count == 1 ? providers(visible[0]).FirstOrDefault() : null;
                await NoteAsync(actor, subject ?? type.Name, type.Name, names.Ids);
            }
        }

        return visible;
    }

    /// <summary>Whether the actor may do it; nothing is written.</summary>
    public bool May<T>(Actor actor, Verb verb, T thing)
        where T : class => Reaches(services.GetRequiredService<ObjectType<T>>(), actor, verb, thing);

    /// <summary>Of whose things the actor may do it, for lists that are too long to look at each of them.</summary>
    public Extent ExtentOf<T>(Actor actor, Verb verb)
        where T : class => services.GetRequiredService<ObjectType<T>>().Rights.Of(actor, verb);

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

    /// <summary>Writes down what an answer made of several lists tells.</summary>
    public Task NoteAsync(Actor actor, string list, SeenProviders seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return NoteAsync(actor, list, list, seen.Ids);
    }

    private static bool Reaches<T>(ObjectType<T> type, Actor actor, Verb verb, T thing)
        where T : class =>
        type.Rights.Of(actor, verb) switch
        {
            Extent.None => false,
            Extent.Own => type.OwnerOf(thing).Is(actor) || type.AlsoOf?.Invoke(thing).Any(one => one.Is(actor)) == true,
            Extent.All => true,
        };

    private async Task NoteAsync(Actor actor, string subject, string what, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0 || actor.Kind == ActorKind.System || !actor.Roles.Any(RoleTable.Hub.Contains))
        {
            return;
        }

        // Before the thing is handed out: what cannot be written down is not shown.
        await store.Steps.AppendAsync(
            new HubChange
            {
                Documents = [],
                Journal =
                [
                    .. Lines(ids)
                        .Select(line => new JournalRecord(
                            actor.Id,
                            JournalActions.IdentityRead,
                            subject,
                            string.Create(CultureInfo.InvariantCulture, $"{what} {ids.Count} {line}")
                        )),
                ],
            }
        );
    }

    private static IEnumerable<string> Lines(IReadOnlyList<string> ids)
    {
        var line = new StringBuilder();
        foreach (var id in ids)
        {
            if (line.Length > 0 && line.Length + 1 + id.Length > MostIds)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(id);
        }

        yield return line.ToString();
    }
}
