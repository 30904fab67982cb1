using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Identity;

/// <summary>
/// Signing in. Whatever is wrong (no such name, wrong password, suspended, locked, organisation left) the answer has the same bytes and rests on
/// the same work: one hash, one transaction.
/// </summary>
internal sealed class SignIn(
    Users users,
    SignInThrottle throttle,
    Authentication authentication,
    AccountOptions options,
    SecurityClock clock
)
{
    private const string Nobody = "unknown";

    /// <summary>The account whose password this is.</summary>
    /// <exception cref="ProblemException">Not accepted, or too often.</exception>
    public async Task<User> WithPasswordAsync(HttpContext context, IJournal journal, string name, string password)
    {
        if (throttle.Refused(context, name) is { } wait)
        {
            throw new ProblemException(wait);
        }

        var user = users.ByName(name);
        var right = users.Verify(user, password.Length > PasswordRules.Longest * 2 ? "" : password);
        if (user is null)
        {
            throttle.Failed(context, name);
            await journal.AppendAsync(new JournalRecord("public", JournalActions.UserRefused, Nobody, "password"));
            throw new ProblemException(Problem.WrongCredentials);
        }

        if (!right || !IsOpen(user))
        {
            throttle.Failed(context, name);
            await FailedAsync(user, right ? "closed" : "password");
            throw new ProblemException(Problem.WrongCredentials);
        }

        throttle.Succeeded(context, name);
        return user;
    }

    /// <summary>Notes that somebody is in: with all factors that he needs.</summary>
    public Task EnteredAsync(User user) =>
        users.ChangeAsync(
            user.Id,
            now => now with { FailedAttempts = 0, LockedUntil = null, LastUsedAt = clock.Now, WarnedAt = null },
            new JournalRecord(user.Id, JournalActions.UserSignedIn, user.Id)
        );

    /// <summary>Takes a code of the authenticator, or a recovery code; each once. Null when it is wrong.</summary>
    /// <exception cref="ProblemException">Too often.</exception>
    public async Task<User?> WithCodeAsync(HttpContext context, User user, string? code, string? recovery)
    {
        if (throttle.Refused(context, user.UserName) is { } wait)
        {
            throw new ProblemException(wait);
        }

        var taken = false;
        var changed = await users.ChangeAsync(
            user.Id,
            now =>
            {
                var next = recovery is null ? AfterCode(now, code) : AfterRecovery(now, recovery);
                taken = next is not null && IsOpen(now);
                return taken && next is not null ? next with { FailedAttempts = 0, LastUsedAt = clock.Now, WarnedAt = null } : now;
            },
            new JournalRecord(user.Id, JournalActions.UserSignedIn, user.Id, recovery is null ? "authenticator" : "recovery")
        );
        if (taken)
        {
            throttle.Succeeded(context, user.UserName);
            return changed;
        }

        throttle.Failed(context, user.UserName);
        await FailedAsync(user, "second-factor");
        return null;
    }

    /// <summary>Whether he may sign in at all.</summary>
    public bool IsOpen(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.State == UserState.Active && !(user.LockedUntil > clock.Now) && authentication.IsMember(user.Organization);
    }

    private User? AfterCode(User user, string? code) =>
        user.AuthenticatorKey is { } key && code is not null && Totp.Accept(key, code, user.LastTimeStep, clock.Now) is { } step
            ? user with
            {
                LastTimeStep = step,
            }
            : null;

    private static User? AfterRecovery(User user, string code)
    {
        var hash = Secrets.Hash(code.Trim().ToUpperInvariant());
        var found = user.RecoveryCodes.FirstOrDefault(one => Secrets.Same(one, hash));
        return found is null ? null : user with { RecoveryCodes = [.. user.RecoveryCodes.Where(one => one != found)] };
    }

    private Task<User?> FailedAsync(User user, string why) =>
        users.ChangeAsync(
            user.Id,
            now =>
                now with
                {
                    FailedAttempts = now.FailedAttempts + 1,
                    LockedUntil = now.FailedAttempts + 1 >= options.MostFailures ? clock.Now.AddDays(1) : now.LockedUntil,
                },
            new JournalRecord("public", JournalActions.UserRefused, user.Id, why)
        );
}
