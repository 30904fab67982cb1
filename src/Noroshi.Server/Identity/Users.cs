using Microsoft.AspNetCore.Identity;
using Noroshi.Hub;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Identity;

/// <summary>The accounts. Every change is a new version in the log with its journal record, and is decided on the newest one.</summary>
internal sealed class Users(
    HubRecords records,
    Register<User> register,
    IPasswordHasher<User> hasher,
    BreachedPasswords breached,
    SecurityClock clock
)
{
    // Compared with when there is no such account, so that it takes as long.
    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword(new User { Id = "", UserName = "" }, Secrets.NewToken()));

    /// <summary>Accounts that are not removed, by id.</summary>
    public IEnumerable<User> All => register.All.Select(one => one.Value).Where(one => one.State != UserState.Removed);

    /// <summary>Whether nobody was ever made.</summary>
    public bool None => register.All.Count == 0;

    /// <summary>The account; null when there is none.</summary>
    public User? Find(string id) => register.Find(id)?.Value is { State: not UserState.Removed } user ? user : null;

    /// <summary>The account of a name as somebody typed it.</summary>
    public User? ByName(string? typed) =>
        UserNames.Prepare(typed) is { } name
            ? All.FirstOrDefault(one => string.Equals(one.UserName, name, StringComparison.Ordinal))
            : null;

    /// <summary>Adds an account and, in the same transaction, what else belongs to it.</summary>
    /// <exception cref="ProblemException">The name cannot be used.</exception>
    public Task AddAsync(User user, string by, Func<IReadOnlyList<Change>>? more = null) =>
        records.ChangeAsync(() =>
        {
            var name =
                UserNames.Prepare(user.UserName)
                ?? throw ProblemException.Invalid(
                    $"userName: 文字、数字と .-_@+ だけで{UserNames.Longest}文字までです",
                    $"userName: letters, digits and .-_@+ only, at most {UserNames.Longest} characters"
                );
            var look = UserNames.Look(name);
            if (All.Any(one => string.Equals(UserNames.Look(one.UserName), look, StringComparison.Ordinal)))
            {
                throw new ProblemException(
                    Problem.Conflict(
                        "userName: この名前、または見分けのつかない名前が既に使われています",
                        "userName: this name, or one that looks like it, is taken"
                    )
                );
            }

            return (
                [.. more?.Invoke() ?? [], register.Put(user.Id, user with { UserName = name }, 0L)],
                [
                    new JournalRecord(by, JournalActions.UserChanged, user.Id, "created"),
                    new JournalRecord(by, JournalActions.RoleChanged, user.Id, Codes(user.Roles)),
                ]
            );
        });

    /// <summary>Changes an account as it is now; null when there is none (any more). Nothing is written when the change gives the same.</summary>
    public async Task<User?> ChangeAsync(string id, Func<User, User> change, params IReadOnlyList<JournalRecord> journal)
    {
        User? changed = null;
        await records.ChangeAsync(() =>
        {
            if (Find(id) is not { } user)
            {
                return ([], []);
            }

            changed = change(user);
            return ReferenceEquals(changed, user) ? ([], []) : ([register.Put(id, changed)], journal);
        });
        return changed;
    }

    /// <summary>Whether the password is right; takes as long for nobody as for somebody.</summary>
    public bool Verify(User? user, string password)
    {
        var hash = user?.PasswordHash;
        var result = hasher.VerifyHashedPassword(user ?? new User { Id = "", UserName = "" }, hash ?? _nobodysHash.Value, password);
        return hash is not null && result != PasswordVerificationResult.Failed;
    }

    /// <summary>The account with a new password; every session that was begun before ends.</summary>
    /// <exception cref="ProblemException">The password is too weak.</exception>
    public User WithPassword(User user, string password, string? organizationName)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (
            PasswordRules.Fault(password, [user.UserName, user.DisplayName, user.Organization, organizationName, "noroshi", "狼煙"]) is
            { } fault
        )
        {
            throw new ProblemException(
                Problem.Invalid(
                    fault switch
                    {
                        PasswordFault.TooShort => new Words(
                            $"password: {PasswordRules.Shortest}文字以上にしてください",
                            $"password: at least {PasswordRules.Shortest} characters"
                        ),
                        PasswordFault.TooLong => new Words(
                            $"password: {PasswordRules.Longest}文字までです",
                            $"password: at most {PasswordRules.Longest} characters"
                        ),
                        PasswordFault.Common => new Words(
                            "password: 最初に試される語や並びでできています",
                            "password: made of words and runs that are tried first"
                        ),
                        PasswordFault.Context => new Words(
                            "password: 利用者、組織、ハブの名前でできています",
                            "password: made of the names of account, organisation or hub"
                        ),
                    }
                )
            );
        }

        if (breached.Contains(password))
        {
            throw new ProblemException(
                ProblemKind.BadRequest,
                "password: 漏えいしたパスワードの一覧に載っています。",
                "password: stands in a list of passwords that became known."
            );
        }

        return user with
        {
            PasswordHash = hasher.HashPassword(user, password),
            SecurityStamp = Secrets.NewId(),
            InvitationHash = null,
            InvitationEnds = null,
            FailedAttempts = 0,
            LockedUntil = null,
        };
    }

    /// <summary>An account with an open invitation, and the invitation's token, which is kept nowhere.</summary>
    public (User User, string Token) Invited(User user, TimeSpan open)
    {
        ArgumentNullException.ThrowIfNull(user);
        var token = Secrets.NewToken();
        return (user with { InvitationHash = Secrets.Hash(token), InvitationEnds = clock.Now + open }, token);
    }

    /// <summary>Whether somebody else can still administer the hub.</summary>
    public bool IsOnlyAdministrator(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.Roles.Contains(Role.Administrator)
            && !All.Any(one => one.Id != user.Id && one.State == UserState.Active && one.Roles.Contains(Role.Administrator));
    }

    /// <summary>Roles as the journal names them.</summary>
    public static string Codes(IEnumerable<Role> roles) => string.Join(',', roles.Order());
}
