using Noroshi.Hub.Identity;

namespace Noroshi.Server.Intake;

/// <summary>Whose provisions an actor reaches: his organisation's (of his window, when he stands for one only), or all for those of the hub.</summary>
internal static class ProvisionScope
{
    /// <summary>Whether the actor sees across organisations: an analyst or coordinator, and nobody who belongs to a member.</summary>
    public static bool SeesAll(Actor actor) =>
        actor.Kind == ActorKind.System || (actor.Organization is null && (actor.Is(Role.Analyst) || actor.Is(Role.Coordinator)));

    /// <summary>Whether the actor reaches a provision of that organisation and window.</summary>
    public static bool Reaches(Actor actor, string? organization, string? window) =>
        SeesAll(actor)
        || (
            actor.Organization is { } own
            && string.Equals(own, organization, StringComparison.Ordinal)
            && (actor.Window is null || string.Equals(actor.Window, window, StringComparison.Ordinal))
        );
}
