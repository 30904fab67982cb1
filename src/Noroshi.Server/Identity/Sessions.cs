using System.Collections.Concurrent;
using Noroshi.Hub.Identity;
using Noroshi.Server.Access;

namespace Noroshi.Server.Identity;

/// <summary>A session. Lives in the hub's memory: signing out, a new password or the hub's restart end it, whatever the browser keeps.</summary>
internal sealed class Session
{
    /// <summary>Id by which its owner names it: random, and no part of the token.</summary>
    public required string Id { get; init; }

    /// <summary>Whose.</summary>
    public required string User { get; init; }

    /// <summary>The account's stamp when it began.</summary>
    public required string? Stamp { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Begun { get; init; }

    /// <summary>Last request.</summary>
    public required DateTimeOffset Used { get; set; }

    /// <summary>When the second factor was shown; null: not.</summary>
    public DateTimeOffset? FactorAt { get; init; }

    /// <summary>When credentials were shown last.</summary>
    public required DateTimeOffset FreshAt { get; init; }
}

/// <summary>What the gate needs to know of a request's session.</summary>
/// <param name="Token">The cookie's value.</param>
/// <param name="Session">The session.</param>
/// <param name="Incomplete">A second factor is needed or set up, and was not shown.</param>
/// <param name="StepUpFresh">Credentials were shown a short while ago.</param>
internal sealed record SessionOfRequest(string Token, Session Session, bool Incomplete, bool StepUpFresh);

/// <summary>
/// The sessions. A cookie holds a random token, the hub its hash. The token changes whenever more is shown (second factor, step-up), so that
/// one that somebody planted or saw before is worth nothing.
/// </summary>
internal sealed class Sessions(Users users, AccountOptions options, SecurityClock clock)
{
    private const string Name = "noroshi-session";
    private const int MostOfOneUser = 20;
    private readonly ConcurrentDictionary<string, Session> _byHash = new(StringComparer.Ordinal);

    /// <summary>Begins a session in place of the request's one, and gives the browser its cookie.</summary>
    public void Begin(HttpContext context, User user, bool factor, SessionOfRequest? before = null)
    {
        ArgumentNullException.ThrowIfNull(user);
        Sweep(user.Id);
        End(context);
        var now = clock.Now;
        var token = Secrets.NewToken();
        _byHash[Secrets.Hash(token)] = new Session
        {
            Id = before?.Session.Id ?? Secrets.NewId(),
            User = user.Id,
            Stamp = user.SecurityStamp,
            Begun = before?.Session.Begun ?? now,
            Used = now,
            FactorAt = factor ? now : before?.Session.FactorAt,
            FreshAt = now,
        };
        context.Response.Cookies.Append(CookieName(context), token, Cookie(context));
    }

    /// <summary>Ends the request's session.</summary>
    public void End(HttpContext context)
    {
        if (context.Request.Cookies.TryGetValue(CookieName(context), out var token))
        {
            _byHash.TryRemove(Secrets.Hash(token), out _);
            context.Response.Cookies.Delete(CookieName(context), Cookie(context));
        }
    }

    /// <summary>Somebody's sessions that still count, the one used last first.</summary>
    public IReadOnlyList<Session> Of(string user)
    {
        Sweep(user);
        var stamp = users.Find(user)?.SecurityStamp;
        return
        [
            .. _byHash
                .Values.Where(one => one.User == user && one.Stamp == stamp)
                .OrderByDescending(one => one.Used)
                .ThenBy(one => one.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Ends one of somebody's sessions; false when he has none of that id.</summary>
    public bool EndOne(string user, string id)
    {
        var ended = false;
        foreach (var (hash, _) in _byHash.Where(one => one.Value.User == user && one.Value.Id == id))
        {
            ended |= _byHash.TryRemove(hash, out _);
        }

        return ended;
    }

    /// <summary>The request's session; null when there is none that still counts.</summary>
    public (SessionOfRequest Session, User User)? Find(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(CookieName(context), out var token))
        {
            return null;
        }

        var hash = Secrets.Hash(token);
        if (!_byHash.TryGetValue(hash, out var session))
        {
            return null;
        }

        var now = clock.Now;
        var user = users.Find(session.User);
        if (
            user is not { State: UserState.Active }
            || user.SecurityStamp != session.Stamp
            || now - session.Used > options.SessionIdle
            || now - session.Begun > options.SessionLongest
        )
        {
            _byHash.TryRemove(hash, out _);
            return null;
        }

        session.Used = now;
        var incomplete = session.FactorAt is null && (user.IsOfHub || user.HasSecondFactor);
        var fresh = now - session.FreshAt <= Admission.StepUpLasts;
        return (new SessionOfRequest(token, session, incomplete, fresh), user);
    }

    /// <summary>Under TLS the name binds the cookie to this host and to TLS; on plain loopback browsers do not take that name.</summary>
    public static string CookieName(HttpContext context) => context.Request.IsHttps ? "__Host-" + Name : Name;

    private static CookieOptions Cookie(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            // Nobody comes to the hub signed in from another site; a link in a mail leads to a page that asks for it itself.
            SameSite = SameSiteMode.Strict,
            Path = "/",
            IsEssential = true,
        };

    /// <summary>Ended sessions go, and the oldest of somebody who has too many.</summary>
    private void Sweep(string user)
    {
        var now = clock.Now;
        foreach (var (hash, session) in _byHash)
        {
            if (now - session.Used > options.SessionIdle || now - session.Begun > options.SessionLongest)
            {
                _byHash.TryRemove(hash, out _);
            }
        }

        foreach (var (hash, _) in _byHash.Where(one => one.Value.User == user).OrderByDescending(one => one.Value.Used).Skip(MostOfOneUser))
        {
            _byHash.TryRemove(hash, out _);
        }
    }
}
