using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Server.Access;

namespace Noroshi.Server.Identity;

/// <summary>Finds out who makes a request: by key, where there is one, else by the session.</summary>
internal sealed class Authentication(Sessions sessions, ApiKeys keys, Community community, SecurityClock clock)
{
    /// <summary>Sets the request's actor. False when it shows a key that is not valid: then it is refused even where nobody need be known.</summary>
    public async Task<bool> AuthenticateAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var authorization = context.Request.Headers.Authorization;
        if (authorization.Count > 0)
        {
            var key = authorization.Count == 1 ? KeyOf(authorization.ToString(), context.Request.Path) : null;
            if (key is null || await keys.FindAsync(key) is not { } found || !IsMember(found.Organization))
            {
                return false;
            }

            context.SetActor(ActorOf(found));
            return true;
        }

        if (sessions.Find(context) is { } session && IsMember(session.User.Organization))
        {
            context.Features.Set(session.Session);
            context.SetActor(ActorOf(session.User, session.Session.Session.FactorAt is not null));
        }

        return true;
    }

    /// <summary>A key's actor.</summary>
    public static Actor ActorOf(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new Actor
        {
            Kind = ActorKind.Key,
            Id = key.Id,
            Organization = key.Organization,
            Window = key.Window,
            Roles = KeyScopes.Roles(key.Organization, key.Scopes),
            Scopes = key.Scopes.ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>A person's actor.</summary>
    public static Actor ActorOf(User user, bool factor)
    {
        ArgumentNullException.ThrowIfNull(user);
        return new Actor
        {
            Kind = ActorKind.User,
            Id = user.Id,
            Organization = user.Organization,
            Window = user.Window,
            Roles = user.Roles.ToHashSet(),
            SecondFactor = factor,
        };
    }

    /// <summary>Whether an organisation is a member today (nobody of one that left gets in); the hub's own always.</summary>
    public bool IsMember(string? organization)
    {
        if (organization is null)
        {
            return true;
        }

        var today = DateOnly.FromDateTime(clock.Now.ToOffset(TimeSpan.FromHours(9)).DateTime);
        return community.Find(organization) is { } found && !(found.LeftOn < today);
    }

    /// <summary><c>Bearer KEY</c> everywhere; TAXII clients know Basic only, MISP clients send the bare key.</summary>
    private static string? KeyOf(string authorization, PathString path)
    {
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return authorization["Bearer ".Length..].Trim();
        }

        if (
            path.StartsWithSegments("/taxii2", StringComparison.OrdinalIgnoreCase)
            && authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
        )
        {
            var bytes = new byte[authorization.Length];
            return
                Convert.TryFromBase64String(authorization["Basic ".Length..].Trim(), bytes, out var length)
                && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password]
                ? password
                : null;
        }

        return IsMispPath(path) && !authorization.Contains(' ', StringComparison.Ordinal) ? authorization : null;
    }

    private static bool IsMispPath(PathString path) =>
        path.StartsWithSegments("/misp", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/servers", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/users", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/attributes", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/events", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/shadow_attributes", StringComparison.OrdinalIgnoreCase);
}
