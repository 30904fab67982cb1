using Noroshi.Hub;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Notices;

namespace Noroshi.Server.Identity;

/// <summary>Users of an organisation, for its administrator; all, for the hub's.</summary>
internal sealed class UserRoutes(Users users, UserAddresses addresses, Scope scope, AccountWorld world)
{
    private const string Path = "/api/v1/users";

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Get(Path, Policies.ManageUsers, ListAsync);
        routes.Post(Path, Policies.ManageUsers, AddAsync);
        routes.Get(Path + "/{user}", Policies.ManageUsers, GetAsync);
        routes.Put(Path + "/{user}", Policies.ManageUsers, ChangeAsync);
        routes.Put(Path + "/{user}/roles", Policies.ManageUsers.Fresh(), SetRolesAsync);
        routes.Put(Path + "/{user}/suspension", Policies.ManageUsers, SuspendAsync);
        routes.Delete(Path + "/{user}/suspension", Policies.ManageUsers, ResumeAsync);
        routes.Post(Path + "/{user}/invitation", Policies.ManageUsers.Fresh(), InviteAsync);
        routes.Delete(Path + "/{user}/second-factor", Policies.ManageUsers.Fresh(), ResetFactorAsync);
        routes.Delete(Path + "/{user}", Policies.ManageUsers.Fresh(), RemoveAsync);
    }

    /// <summary>A user without anything secret.</summary>
    public static UserView View(User user, UserAddresses addresses) =>
        new(
            user.Id,
            user.UserName,
            user.DisplayName,
            user.Organization,
            user.Window,
            user.Roles,
            user.State,
            user.SuspendedFor,
            user.HasSecondFactor,
            user.CreatedAt,
            user.LastUsedAt,
            addresses.Text(user.Address),
            addresses.Text(user.ProposedAddress)
        );

    /// <summary>
    /// Why these roles cannot be given there; null when they can. Roles of the hub are for people of the hub, roles of members for people of an
    /// organisation; a key never makes anybody of the hub.
    /// </summary>
    public static Words? RolesFault(Actor actor, (string? Organization, string? Window) place, IReadOnlyList<Role> roles)
    {
        var organization = place.Organization;
        ArgumentNullException.ThrowIfNull(actor);
        var allowed = organization is null ? RoleTable.Hub : RoleTable.Member;
        return roles.Count == 0 ? new Words("roles: 1つ以上指定してください", "roles: at least one")
            : !roles.All(allowed.Contains)
                ? organization is null
                        ? new Words(
                            $"roles: ハブの利用者に付けられるのは {Names(allowed)} だけです",
                            $"roles: for people of the hub only {Names(allowed)}"
                        )
                    : new Words(
                        $"roles: 組織の利用者に付けられるのは {Names(allowed)} だけです",
                        $"roles: for people of an organisation only {Names(allowed)}"
                    )
            : place.Window is not null && roles.Contains(Role.OrganizationAdmin)
                ? new Words(
                    "roles: 1つの窓口の担当者は組織の管理者になれません",
                    "roles: who stands for one window does not administer the organisation"
                )
            : organization is null && actor.Kind == ActorKind.Key
                ? new Words(
                    "roles: ハブの利用者を作れるのは、サインインした人だけです",
                    "roles: people of the hub are made by a person who signed in"
                )
            : null;
    }

    private static string Names(IEnumerable<Role> roles) =>
        string.Join(", ", roles.Select(role => System.Text.Json.JsonSerializer.Serialize(role).Trim('"')));

    private async Task<IResult> ListAsync(HttpContext context, string? cursor, int? limit) =>
        TypedResults.Json(
            Paging.Of(await scope.VisibleAsync(context.Actor(), Verb.Read, users.All), one => one.Id, View, cursor, limit),
            IdentityApi.Default.PageUserView
        );

    private async Task<IResult> GetAsync(string user, HttpContext context, CancellationToken cancellation) =>
        TypedResults.Json(View(await scope.LoadAsync<User>(context.Actor(), Verb.Read, user, cancellation)), IdentityApi.Default.UserView);

    private async Task<IResult> AddAsync(NewUserRequest request, HttpContext context)
    {
        var actor = context.Actor();
        scope.DemandCreate<User>(actor, new Owner(request.Organization));
        if (RolesFault(actor, (request.Organization, request.Window), request.Roles) is { } fault)
        {
            return Problem.Invalid(fault);
        }

        if (WindowFault(request.Organization, request.Window) is { } place)
        {
            return Problem.Invalid(place);
        }

        var (user, token) = users.Invited(
            new User
            {
                Id = Secrets.NewId(),
                UserName = request.UserName,
                DisplayName = Limited(request.DisplayName),
                Organization = request.Organization,
                Window = request.Window,
                Roles = [.. request.Roles.Distinct()],
                State = UserState.Invited,
                SecurityStamp = Secrets.NewId(),
                CreatedAt = world.Clock.Now,
            },
            world.Options.InvitationOpen
        );
        if (request.Address is { } address && !MailText.IsAddress(address))
        {
            return Problem.Invalid("address: メールアドレスの形ではありません", "address: not of the form of a mail address");
        }

        await users.AddAsync(user, actor.Id);
        if (request.Address is { } registered)
        {
            await addresses.RegisterAsync(user.Id, registered, actor.Id);
        }

        var kept = users.Find(user.Id) ?? user;
        return TypedResults.Json(
            new InvitedAnswer(View(kept), token, kept.InvitationEnds),
            IdentityApi.Default.InvitedAnswer,
            statusCode: 201
        );
    }

    private async Task<IResult> ChangeAsync(string user, UserRequest request, HttpContext context, CancellationToken cancellation)
    {
        var found = await ToChangeAsync(user, Verb.Change, context, cancellation);
        return
            (
                WindowFault(found.Organization, request.Window)
                ?? RolesFault(context.Actor(), (found.Organization, request.Window), found.Roles)
            )
                is { } fault
            ? Problem.Invalid(fault)
            : await WriteAsync(
                found,
                now => now with { DisplayName = Limited(request.DisplayName), Window = request.Window },
                context,
                JournalActions.UserChanged,
                "changed"
            );
    }

    private async Task<IResult> SetRolesAsync(string user, RolesRequest request, HttpContext context, CancellationToken cancellation)
    {
        var found = await ToChangeAsync(user, Verb.Change, context, cancellation);
        if (RolesFault(context.Actor(), (found.Organization, found.Window), request.Roles) is { } fault)
        {
            return Problem.Invalid(fault);
        }

        if (!request.Roles.Contains(Role.Administrator))
        {
            DemandOther(found);
        }

        return await WriteAsync(
            found,
            now => now with { Roles = [.. request.Roles.Distinct()], SecurityStamp = Secrets.NewId() },
            context,
            JournalActions.RoleChanged,
            Users.Codes(request.Roles)
        );
    }

    private async Task<IResult> SuspendAsync(string user, HttpContext context, CancellationToken cancellation)
    {
        var found = await ToChangeAsync(user, Verb.Change, context, cancellation);
        DemandOther(found);
        return await WriteAsync(
            found,
            now =>
                now with
                {
                    State = UserState.Suspended,
                    SuspendedFor = "administrator",
                    SuspendedAt = world.Clock.Now,
                    SecurityStamp = Secrets.NewId(),
                },
            context,
            JournalActions.UserChanged,
            "suspended"
        );
    }

    private async Task<IResult> ResumeAsync(string user, HttpContext context, CancellationToken cancellation) =>
        await WriteAsync(
            await ToChangeAsync(user, Verb.Change, context, cancellation),
            now => now.State == UserState.Suspended ? Resumed(now) : now,
            context,
            JournalActions.UserChanged,
            "resumed"
        );

    /// <summary>The term of idleness begins anew: else the next round would warn and suspend him again.</summary>
    private User Resumed(User user) =>
        user with
        {
            State = user.PasswordHash is null ? UserState.Invited : UserState.Active,
            SuspendedFor = null,
            SuspendedAt = null,
            WarnedAt = null,
            LastUsedAt = world.Clock.Now,
        };

    private async Task<IResult> InviteAsync(string user, HttpContext context, CancellationToken cancellation)
    {
        var found = await ToChangeAsync(user, Verb.Change, context, cancellation);
        var token = "";
        var changed = await users.ChangeAsync(
            found.Id,
            now =>
            {
                (now, token) = users.Invited(now, world.Options.InvitationOpen);
                return now;
            },
            new JournalRecord(context.Actor().Id, JournalActions.UserChanged, found.Id, "invited")
        );
        return changed is null
            ? Problem.NotFound
            : TypedResults.Json(new InvitedAnswer(View(changed), token, changed.InvitationEnds), IdentityApi.Default.InvitedAnswer);
    }

    private async Task<IResult> ResetFactorAsync(string user, HttpContext context, CancellationToken cancellation) =>
        await WriteAsync(
            await ToChangeAsync(user, Verb.Change, context, cancellation),
            WithoutFactors,
            context,
            JournalActions.FactorChanged,
            "reset"
        );

    /// <summary>The account without any second factor; its sessions end.</summary>
    public static User WithoutFactors(User user) =>
        user with
        {
            AuthenticatorKey = null,
            PendingAuthenticatorKey = null,
            RecoveryCodes = [],
            Passkeys = [],
            SecurityStamp = Secrets.NewId(),
        };

    private async Task<IResult> RemoveAsync(string user, HttpContext context, CancellationToken cancellation)
    {
        var found = await ToChangeAsync(user, Verb.Remove, context, cancellation);
        DemandOther(found);
        await users.ChangeAsync(
            found.Id,
            IdleAccounts.Removed,
            new JournalRecord(context.Actor().Id, JournalActions.UserChanged, found.Id, "removed")
        );
        await addresses.SweepAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private Task<User> ToChangeAsync(string user, Verb verb, HttpContext context, CancellationToken cancellation) =>
        ToChangeAsync(scope, (user, verb), context, cancellation);

    /// <summary>The account of an id, for somebody who may change it.</summary>
    /// <exception cref="ProblemException">There is none, or he may not.</exception>
    public static async Task<User> ToChangeAsync(
        Scope scope,
        (string User, Verb Verb) what,
        HttpContext context,
        CancellationToken cancellation
    )
    {
        var actor = context.Actor();
        var found = await scope.LoadAsync<User>(actor, what.Verb, what.User, cancellation);

        // Nobody reaches up: an organisation's administrator no role of the hub, a key nobody of the hub.
        return found.IsOfHub && (actor.Kind == ActorKind.Key || !actor.Is(Role.Administrator))
            ? throw new ProblemException(Problem.Forbidden)
            : found;
    }

    private void DemandOther(User user)
    {
        if (users.IsOnlyAdministrator(user))
        {
            throw new ProblemException(
                Problem.Conflict(
                    "ハブには管理者が必要です。先に別の管理者を作ってください。",
                    "The hub needs an administrator; make another one first."
                )
            );
        }
    }

    private async Task<IResult> WriteAsync(User user, Func<User, User> change, HttpContext context, string action, string detail) =>
        await users.ChangeAsync(user.Id, change, new JournalRecord(context.Actor().Id, action, user.Id, detail)) is { } changed
            ? TypedResults.Json(View(changed), IdentityApi.Default.UserView)
            : Problem.NotFound;

    private Words? WindowFault(string? organization, string? window) =>
        organization is null
            ? window is null
                ? null
                : new Words("window: 窓口を持つのは組織の利用者だけです", "window: only people of an organisation have one")
            : world.Community.Find(organization) is not { } found
                ? new Words("organization: そのIDの組織はありません", "organization: there is none of that id")
                : window is null || found.Windows.Any(one => one.Id == window)
                    ? null
                    : new Words("window: その組織にそのIDの窓口はありません", "window: the organisation has none of that id");

    private UserView View(User user) => View(user, addresses);

    private static string? Limited(string? name) =>
        name is { Length: > 100 }
            ? throw ProblemException.Invalid("displayName: 100文字までです", "displayName: at most 100 characters")
            : name;
}

/// <summary>What the routes of users look things up in.</summary>
internal sealed record AccountWorld(Community Community, AccountOptions Options, SecurityClock Clock);
