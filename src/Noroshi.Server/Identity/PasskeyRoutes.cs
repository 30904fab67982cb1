using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Identity;

/// <summary>Passkeys: registered by somebody signed in, and a whole sign-in by themselves (the authenticator checks PIN or finger).</summary>
internal sealed class PasskeyRoutes(Users users, Sessions sessions, SignIn signIn, IDataProtectionProvider protection, SecurityClock clock)
{
    private const int MostOfOneUser = 10;
    private static readonly TimeSpan Open = TimeSpan.FromMinutes(5);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("passkey").ToTimeLimitedDataProtector();

    // Ceremonies that ended well within the last minutes: each state is good for one.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Post("/api/v1/me/passkeys/options", Policies.SignedIn, RegistrationAsync);
        routes.Post("/api/v1/me/passkeys", Policies.SignedIn, RegisterAsync);
        routes.Delete("/api/v1/me/passkeys/{passkey}", Policies.Self.Fresh(), RemoveAsync);
        routes.Post("/api/v1/session/passkey/options", Policies.Anybody, AssertionAsync);
        routes.Post("/api/v1/session/passkey", Policies.Anybody, SignInAsync);
    }

    private async Task<IResult> RegistrationAsync(HttpContext context, IPasskeyHandler<User> handler)
    {
        var user = SessionRoutes.OfRequest(context, users);
        SessionRoutes.DemandMaySetUp(context, user);
        var options = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = user.Id,
                Name = user.UserName,
                DisplayName = user.DisplayName ?? user.UserName,
            },
            context
        );
        return Options(options.CreationOptionsJson, options.AttestationState, user.Id);
    }

    private async Task<IResult> RegisterAsync(
        PasskeyRequest request,
        HttpContext context,
        IPasskeyHandler<User> handler,
        IUserStore<User> accounts
    )
    {
        var user = SessionRoutes.OfRequest(context, users);
        SessionRoutes.DemandMaySetUp(context, user);
        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext
            {
                HttpContext = context,
                CredentialJson = request.Credential.GetRawText(),
                AttestationState = StateOf(request.State, user.Id),
            }
        );
        if (!result.Succeeded || result.UserEntity.Id != user.Id || user.Passkeys.Count >= MostOfOneUser || !Use(request.State))
        {
            return Problem.Invalid("credential: パスキーを受け付けられませんでした", "credential: the passkey was not accepted");
        }

        result.Passkey.Name = request.Name is { Length: > 100 } ? request.Name[..100] : request.Name;
        await Store(accounts).AddOrUpdatePasskeyAsync(user, result.Passkey, CancellationToken.None);
        if (users.Find(user.Id) is { } changed)
        {
            sessions.Begin(context, changed, factor: true, context.Features.Get<SessionOfRequest>());
        }

        return TypedResults.NoContent();
    }

    private async Task<IResult> RemoveAsync(string passkey, HttpContext context)
    {
        var user = SessionRoutes.OfRequest(context, users);
        if (user.Passkeys.All(one => one.Id != passkey))
        {
            return Problem.NotFound;
        }

        var changed = await users.ChangeAsync(
            user.Id,
            now => now with { Passkeys = [.. now.Passkeys.Where(one => one.Id != passkey)], SecurityStamp = Secrets.NewId() },
            new JournalRecord(user.Id, JournalActions.FactorChanged, user.Id, "passkey removed")
        );
        if (changed is not null)
        {
            sessions.Begin(context, changed, factor: false, context.Features.Get<SessionOfRequest>());
        }

        return TypedResults.NoContent();
    }

    private async Task<IResult> AssertionAsync(HttpContext context, IPasskeyHandler<User> handler)
    {
        // For nobody in particular: the browser offers what it has, and nobody learns which accounts there are.
        var options = await handler.MakeRequestOptionsAsync(null, context);
        return Options(options.RequestOptionsJson, options.AssertionState, "");
    }

    private async Task<IResult> SignInAsync(
        PasskeyRequest request,
        HttpContext context,
        IPasskeyHandler<User> handler,
        IUserStore<User> accounts
    )
    {
        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext
            {
                HttpContext = context,
                CredentialJson = request.Credential.GetRawText(),
                AssertionState = StateOf(request.State, ""),
            }
        );
        if (!result.Succeeded || !signIn.IsOpen(result.User) || !Use(request.State))
        {
            return Problem.WrongCredentials;
        }

        await Store(accounts).AddOrUpdatePasskeyAsync(result.User, result.Passkey, CancellationToken.None);
        await signIn.EnteredAsync(result.User);
        var user = users.Find(result.User.Id) ?? throw new ProblemException(Problem.WrongCredentials);
        sessions.Begin(context, user, factor: true);
        return TypedResults.Json(new SignInAnswer(user.Id, "shown"), IdentityApi.Default.SignInAnswer);
    }

    // Not through the manager: it would write the whole account, which changes here by its own rules only.
    private static IUserPasskeyStore<User> Store(IUserStore<User> accounts) =>
        accounts as IUserPasskeyStore<User> ?? throw new InvalidOperationException("The accounts hold no passkeys.");

    private IResult Options(string json, string? state, string user) =>
        TypedResults.Json(
            new PasskeyOptionsAnswer(JsonElement.Parse(json), _protector.Protect($"{user}\n{state}", Open)),
            IdentityApi.Default.PasskeyOptionsAnswer
        );

    /// <summary>The framework's state of the ceremony.</summary>
    /// <exception cref="ProblemException">Not ours, of somebody else, too old, or used.</exception>
    private string StateOf(string sealedState, string user)
    {
        try
        {
            var parts = _protector.Unprotect(sealedState).Split('\n', 2);
            if (parts.Length == 2 && parts[0] == user && !_used.ContainsKey(Secrets.Hash(sealedState)))
            {
                return parts[1];
            }
        }
        catch (CryptographicException)
        {
            // The same answer as for any other state that does not count.
        }

        throw new ProblemException(Problem.WrongCredentials);
    }

    private bool Use(string state)
    {
        var now = clock.Now;
        foreach (var (old, at) in _used)
        {
            if (now - at > Open)
            {
                _used.TryRemove(old, out _);
            }
        }

        return _used.TryAdd(Secrets.Hash(state), now);
    }
}
