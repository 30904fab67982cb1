using System.Net.Sockets;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Portal;

namespace Noroshi.Server.Access;

/// <summary>
/// Stands in front of every route: finds out who asks, holds back who asks too often, and lets in whom the route's policy admits. Whose objects
/// he then reaches is <see cref="Scope"/>'s matter.
/// </summary>
internal sealed partial class Gate(
    RequestDelegate next,
    Authentication authentication,
    RateLimits limits,
    IHubStore store,
    ILogger<Gate> log
)
{
    /// <summary>Header that a page of another site cannot send without being asked first.</summary>
    public const string SameSiteHeader = "Noroshi-Request";

    /// <summary>Handles a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        // What is no route was made by the framework to refuse: another method or type of body than a route takes.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }

        if (endpoint.Metadata.GetMetadata<RoutePolicy>() is not { } policy)
        {
            NoPolicy(endpoint.DisplayName ?? "");
            await Problem.NoPolicy.ExecuteAsync(context);
            return;
        }

        if (await RefusalOfAsync(context, policy) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async Task<Problem?> RefusalOfAsync(HttpContext context, RoutePolicy policy)
    {
        var told = context.Features.Get<Actor>() is not null;
        if (!told && !await authentication.AuthenticateAsync(context))
        {
            return Problem.Unauthenticated;
        }

        var actor = context.Actor();
        var refusal =
            limits.RefusedActor(actor)
            ?? Admission.Refused(actor, context.Features.Get<SessionOfRequest>(), policy)
            ?? await CrossSiteAsync(context, policy);
        if (refusal is { StatusCode: StatusCodes.Status403Forbidden } && actor.Kind != ActorKind.Public)
        {
            await store.Journal.AppendAsync(new JournalRecord(actor.Id, JournalActions.AccessRefused, policy.Name, refusal.Kind.Code));
        }

        return refusal;
    }

    /// <summary>The address that is counted before anybody is known; of IPv6 the network that one customer gets.</summary>
    public static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return address?.ToString() ?? "unknown";
        }

        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, 8));
    }

    private static async Task<Problem?> CrossSiteAsync(HttpContext context, RoutePolicy policy)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<FormRoute>() is not null)
        {
            // Also where nobody is known yet: another site must not sign somebody in as somebody else.
            var bound = policy.Reach == Reach.Public || context.Features.Get<SessionOfRequest>() is not null;
            return !bound || await context.RequestServices.GetRequiredService<FormGuard>().IsOwnAsync(context) ? null : Problem.CrossSite;
        }

        var method = context.Request.Method;
        if (context.Features.Get<SessionOfRequest>() is null || HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
        {
            return null;
        }

        var site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        return context.Request.Headers[SameSiteHeader] != "1" || site is not ("" or "same-origin" or "none") ? Problem.CrossSite : null;
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Critical, Message = "Route {Route} has no policy and is closed")]
    private partial void NoPolicy(string route);
}

/// <summary>Whom a policy admits.</summary>
internal static class Admission
{
    /// <summary>For so long after a second factor or password was shown verbs that need it anew are done without asking.</summary>
    public static TimeSpan StepUpLasts { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Why the actor is not admitted; null when he is.</summary>
    public static Problem? Refused(Actor actor, SessionOfRequest? session, RoutePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(actor);
        if (policy.Reach == Reach.Public)
        {
            return null;
        }

        if (actor.Kind == ActorKind.Public)
        {
            return Problem.Unauthenticated;
        }

        if (actor.Kind == ActorKind.Key)
        {
            return policy.KeyScope is { } scope && actor.Scopes.Contains(scope) && actor.Roles.Overlaps(policy.Roles)
                ? null
                : Problem.Forbidden;
        }

        if (actor.Kind != ActorKind.User || !actor.Roles.Overlaps(policy.Roles))
        {
            return Problem.Forbidden;
        }

        var incomplete = session?.Incomplete ?? (actor.Roles.Overlaps(RoleTable.Hub) && !actor.SecondFactor);
        if (incomplete && !policy.BeforeSecondFactor)
        {
            return Problem.SecondFactorRequired;
        }

        return policy.StepUp && session is { StepUpFresh: false } ? Problem.StepUpRequired : null;
    }
}
