using Microsoft.AspNetCore.Http;
using Noroshi.Hub.Identity;

namespace Noroshi.Server.Access;

/// <summary>Who makes a request.</summary>
internal static class ActorOfRequest
{
    /// <summary>The actor that authentication found; nobody known when there is none.</summary>
    public static Actor Actor(this HttpContext context) => context.Features.Get<Actor>() ?? Hub.Identity.Actor.Public;

    /// <summary>Set once, by authentication.</summary>
    public static void SetActor(this HttpContext context, Actor actor) => context.Features.Set(actor);
}
