using System.Security.Cryptography;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Identity;

/// <summary>Signing in and out, and what somebody does with his own account.</summary>
internal sealed class SessionRoutes(Users users, Sessions sessions, SignIn signIn, UserAddresses addresses, SessionWorld world)
{
    private const int RecoveryCodes = 10;

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Post("/api/v1/session", Policies.Anybody, SignInAsync);
        routes.Post("/api/v1/session/second-factor", Policies.SignedIn, SecondFactorAsync);
        routes.Post("/api/v1/session/step-up", Policies.Self, StepUpAsync);
        routes.Delete("/api/v1/session", Policies.SignedIn, SignOutAsync);
        routes.Get("/api/v1/me", Policies.SignedIn, Me);
        routes.Put("/api/v1/me/password", Policies.Self, ChangePasswordAsync);
        routes.Post("/api/v1/me/authenticator", Policies.SignedIn, BeginAuthenticatorAsync);
        routes.Put("/api/v1/me/authenticator", Policies.SignedIn, ConfirmAuthenticatorAsync);
        routes.Post("/api/v1/me/sign-out-everywhere", Policies.Self, SignOutEverywhereAsync);
        routes.Post("/api/v1/invitations", Policies.Anybody, TakeInvitationAsync);
    }

    /// <summary>What somebody without a session is told about his second factor.</summary>
    public static string FactorNeeded(User user, bool shown) =>
        shown ? "shown"
        : user.HasSecondFactor ? "show"
        : user.IsOfHub ? "set-up"
        : "none";

    /// <summary>The account of a request.</summary>
    /// <exception cref="ProblemException">It has none: a key, or somebody who was removed meanwhile.</exception>
    public static User OfRequest(HttpContext context, Users users) =>
        users.Find(context.Actor().Id) ?? throw new ProblemException(Problem.Forbidden);

    /// <summary>A factor is set up with the password alone only when there is none yet; later with what is there already, shown a short while ago.</summary>
    /// <exception cref="ProblemException">Not now.</exception>
    public static void DemandMaySetUp(HttpContext context, User user)
    {
        if (user.HasSecondFactor && context.Features.Get<SessionOfRequest>() is { } session)
        {
            if (session.Incomplete)
            {
                throw new ProblemException(Problem.SecondFactorRequired);
            }

            if (!session.StepUpFresh)
            {
                throw new ProblemException(Problem.StepUpRequired);
            }
        }
    }

    private async Task<IResult> SignInAsync(SignInRequest request, HttpContext context)
    {
        var user = await signIn.WithPasswordAsync(context, world.Journal, request.UserName, request.Password);
        var needed = FactorNeeded(user, shown: false);
        if (needed == "none")
        {
            await signIn.EnteredAsync(user);
        }

        sessions.Begin(context, user, factor: false);
        return TypedResults.Json(new SignInAnswer(user.Id, needed), IdentityApi.Default.SignInAnswer);
    }

    private async Task<IResult> SecondFactorAsync(SecondFactorRequest request, HttpContext context)
    {
        var user = OfRequest(context, users);
        if (await signIn.WithCodeAsync(context, user, request.Code, request.RecoveryCode) is not { } entered)
        {
            return Problem.WrongCredentials;
        }

        sessions.Begin(context, entered, factor: true, context.Features.Get<SessionOfRequest>());
        return TypedResults.Json(new SignInAnswer(user.Id, "shown"), IdentityApi.Default.SignInAnswer);
    }

    private async Task<IResult> StepUpAsync(StepUpRequest request, HttpContext context)
    {
        var own = OfRequest(context, users);
        var user = await signIn.WithPasswordAsync(context, world.Journal, own.UserName, request.Password);
        if (user.AuthenticatorKey is not null && await signIn.WithCodeAsync(context, user, request.Code, recovery: null) is null)
        {
            return Problem.WrongCredentials;
        }

        sessions.Begin(context, user, factor: user.AuthenticatorKey is not null, context.Features.Get<SessionOfRequest>());
        return TypedResults.NoContent();
    }

    private async Task<IResult> SignOutAsync(HttpContext context)
    {
        sessions.End(context);
        await world.Journal.AppendAsync(new JournalRecord(context.Actor().Id, JournalActions.UserSignedOut, context.Actor().Id));
        return TypedResults.NoContent();
    }

    private async Task<IResult> SignOutEverywhereAsync(HttpContext context)
    {
        var id = context.Actor().Id;
        await users.ChangeAsync(
            id,
            user => user with { SecurityStamp = Secrets.NewId() },
            new JournalRecord(id, JournalActions.UserSignedOut, id, "everywhere")
        );
        sessions.End(context);
        return TypedResults.NoContent();
    }

    private IResult Me(HttpContext context)
    {
        var user = OfRequest(context, users);
        var shown = context.Features.Get<SessionOfRequest>() is { Session.FactorAt: not null };
        return TypedResults.Json(
            new MeAnswer(
                UserRoutes.View(user, addresses),
                FactorNeeded(user, shown),
                user.AuthenticatorKey is not null,
                user.RecoveryCodes.Count,
                [.. user.Passkeys.Select(one => new PasskeyView(one.Id, one.Name, one.CreatedAt))]
            ),
            IdentityApi.Default.MeAnswer
        );
    }

    private async Task<IResult> ChangePasswordAsync(PasswordRequest request, HttpContext context)
    {
        var own = OfRequest(context, users);
        var user = await signIn.WithPasswordAsync(context, world.Journal, own.UserName, request.OldPassword);
        var changed = await users.ChangeAsync(
            user.Id,
            now => users.WithPassword(now, request.NewPassword, world.Community.Find(now.Organization)?.NameEn),
            new JournalRecord(user.Id, JournalActions.UserChanged, user.Id, "password")
        );
        if (changed is not null)
        {
            sessions.Begin(context, changed, factor: false, context.Features.Get<SessionOfRequest>());
        }

        return TypedResults.NoContent();
    }

    private async Task<IResult> BeginAuthenticatorAsync(HttpContext context)
    {
        var user = OfRequest(context, users);
        DemandMaySetUp(context, user);
        var key = Totp.NewKey();
        await users.ChangeAsync(
            user.Id,
            now => now with { PendingAuthenticatorKey = key },
            new JournalRecord(user.Id, JournalActions.FactorChanged, user.Id, "authenticator begun")
        );
        return TypedResults.Json(
            new AuthenticatorAnswer(key, Totp.Uri(key, user.UserName, "Noroshi")),
            IdentityApi.Default.AuthenticatorAnswer
        );
    }

    private async Task<IResult> ConfirmAuthenticatorAsync(CodeRequest request, HttpContext context, SecurityClock clock)
    {
        var user = OfRequest(context, users);
        DemandMaySetUp(context, user);
        var codes = Enumerable
            .Range(0, RecoveryCodes)
            .Select(_ => RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 16))
            .ToList();
        var taken = false;
        var changed = await users.ChangeAsync(
            user.Id,
            now =>
            {
                var step = now.PendingAuthenticatorKey is { } pending ? Totp.Accept(pending, request.Code, 0, clock.Now) : null;
                taken = step is not null;
                return step is null
                    ? now
                    : now with
                    {
                        AuthenticatorKey = now.PendingAuthenticatorKey,
                        PendingAuthenticatorKey = null,
                        LastTimeStep = step.Value,
                        RecoveryCodes = [.. codes.Select(Secrets.Hash)],
                        SecurityStamp = Secrets.NewId(),
                        LastUsedAt = clock.Now,
                    };
            },
            new JournalRecord(user.Id, JournalActions.FactorChanged, user.Id, "authenticator")
        );
        if (!taken || changed is null)
        {
            return Problem.Invalid(
                "code: 認証アプリが今表示しているコードではありません",
                "code: not the one that the authenticator shows now"
            );
        }

        sessions.Begin(context, changed, factor: true, context.Features.Get<SessionOfRequest>());
        return TypedResults.Json(new RecoveryCodesAnswer(codes), IdentityApi.Default.RecoveryCodesAnswer);
    }

    private async Task<IResult> TakeInvitationAsync(
        InvitationAnswer request,
        HttpContext context,
        SignInThrottle throttle,
        SecurityClock clock
    )
    {
        const string Name = "invitation";
        if (throttle.Refused(context, Name) is { } wait)
        {
            return wait;
        }

        var hash = Secrets.Hash(request.Token);
        var user = users.All.FirstOrDefault(one => one.InvitationHash is { } kept && Secrets.Same(kept, hash));
        if (user is null || user.State == UserState.Suspended || !(user.InvitationEnds > clock.Now))
        {
            throttle.Failed(context, Name);
            return Problem.WrongCredentials;
        }

        await users.ChangeAsync(
            user.Id,
            now =>
                now.InvitationHash == hash
                    ? users.WithPassword(now, request.Password, world.Community.Find(now.Organization)?.NameEn) with
                    {
                        State = UserState.Active,
                    }
                    : throw new ProblemException(Problem.WrongCredentials),
            new JournalRecord(user.Id, JournalActions.UserChanged, user.Id, "invitation taken")
        );
        return TypedResults.NoContent();
    }
}

/// <summary>What the routes of sessions write to and look things up in.</summary>
internal sealed record SessionWorld(Community Community, IJournal Journal);
