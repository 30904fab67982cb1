using Noroshi.Hub.Identity;

namespace Noroshi.Server.Access;

/// <summary>What somebody wants to do with a thing.</summary>
internal enum Verb
{
    /// <summary>See it.</summary>
    Read,

    /// <summary>Make one.</summary>
    Create,

    /// <summary>Change it. Visible is not changeable.</summary>
    Change,

    /// <summary>Take it away.</summary>
    Remove,
}

/// <summary>Of whose things.</summary>
internal enum Extent
{
    /// <summary>Of nobody's.</summary>
    None,

    /// <summary>Of his own.</summary>
    Own,

    /// <summary>Of everybody's.</summary>
    All,
}

/// <summary>Whose a thing is.</summary>
/// <param name="Organization">Id of the organisation; null: the hub's.</param>
/// <param name="Window">Id of the contact window, when it concerns one: who stands for another window does not see it. Null: the whole organisation.</param>
/// <param name="User">Id of the person whose own it is.</param>
internal readonly record struct Owner(string? Organization, string? Window = null, string? User = null)
{
    /// <summary>Whether it is the actor's own.</summary>
    public bool Is(Actor actor) =>
        (User is not null && actor.Kind == ActorKind.User && string.Equals(User, actor.Id, StringComparison.Ordinal))
        || (
            actor.Organization is { } organization
            && string.Equals(organization, Organization, StringComparison.Ordinal)
            && (actor.Window is null || Window is null || string.Equals(actor.Window, Window, StringComparison.Ordinal))
        );
}

/// <summary>The part of the table of rights about one type of thing: role and verb to extent. What is not said is not allowed.</summary>
internal sealed class Rights
{
    private readonly Dictionary<(Role, Verb), Extent> _extents = [];

    /// <summary>Adds lines to the table.</summary>
    public Rights Allow(Extent extent, IEnumerable<Role> roles, params IReadOnlyList<Verb> verbs)
    {
        foreach (var role in roles)
        {
            foreach (var verb in verbs)
            {
                _extents[(role, verb)] = extent;
            }
        }

        return this;
    }

    /// <summary>Adds lines to the table.</summary>
    public Rights Allow(Extent extent, Role role, params IReadOnlyList<Verb> verbs) => Allow(extent, [role], verbs);

    /// <summary>What one role may.</summary>
    public Extent Of(Role role, Verb verb) => _extents.GetValueOrDefault((role, verb));

    /// <summary>The most that an actor's roles allow. The hub itself may everything.</summary>
    public Extent Of(Actor actor, Verb verb)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Kind == ActorKind.System ? Extent.All
            : actor.Roles.Count == 0 ? Extent.None
            : actor.Roles.Max(role => Of(role, verb));
    }
}

/// <summary>A type of thing whose instances have owners. Each part of the hub registers its own with one line.</summary>
/// <param name="Name">Name, as the matrix prints it.</param>
/// <param name="Rights">Who may what.</param>
/// <param name="OwnerOf">Whose an instance is.</param>
/// <param name="Find">The instance of an id; null when there is none.</param>
internal sealed record ObjectType<T>(
    string Name,
    Rights Rights,
    Func<T, Owner> OwnerOf,
    Func<string, CancellationToken, ValueTask<T?>> Find
) : IObjectType
    where T : class
{
    /// <summary>Further owners, for a thing that belongs to several.</summary>
    public Func<T, IEnumerable<Owner>>? AlsoOf { get; init; }

    /// <summary>
    /// The ids that an instance names, its own first, for types that tell who provided something: every reading by somebody of the hub is then
    /// written to the journal.
    /// </summary>
    public Func<T, IEnumerable<string?>>? Providers { get; init; }
}

/// <summary>A type of thing, whatever it is.</summary>
internal interface IObjectType
{
    /// <summary>Name.</summary>
    string Name { get; }

    /// <summary>Who may what.</summary>
    Rights Rights { get; }
}

/// <summary>Registers types of things.</summary>
internal static class ObjectTypes
{
    /// <summary>Adds a type of thing to the scope layer.</summary>
    public static void AddObjectType<T>(this IServiceCollection services, Func<IServiceProvider, ObjectType<T>> make)
        where T : class
    {
        services.AddSingleton(make);
        services.AddSingleton<IObjectType>(provider => provider.GetRequiredService<ObjectType<T>>());
    }
}
