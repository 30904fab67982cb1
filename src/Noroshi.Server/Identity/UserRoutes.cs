using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Server.Access;

namespace Noroshi.Server.Identity;

/// <summary>Users of an organisation, for its administrator; all, for the hub's.</summary>
internal sealed class UserRoutes(Users users, Scope scope, Community community, AccountOptions options, SecurityClock clock)
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
    public static UserView View(User user) =>
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
            user.LastUsedAt
        );

    /// <summary>
    /// Why these roles cannot be given there; null when they can. Roles of the hub are for people of the hub, roles of members for people of an
    /// organisation; a key never makes anybody of the hub.
    /// </summary>
    public static string? RolesFault(Actor actor, (string? Organization, string? Window) place, IReadOnlyList<Role> roles)
    {
        var organization = place.Organization;
        ArgumentNullException.ThrowIfNull(actor);
        var allowed = organization is null ? RoleTable.Hub : RoleTable.Member;
        return roles.Count == 0 ? "roles: at least one"
            : !roles.All(allowed.Contains)
                ? $"roles: for {(organization is null ? "people of the hub" : "people of an organisation")} only {Names(allowed)}"
            : place.Window is not null && roles.Contains(Role.OrganizationAdmin)
                ? "roles: who stands for one window does not administer the organisation"
            : organization is null && actor.Kind == ActorKind.Key ? "roles: people of the hub are made by a person who signed in"
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
            return Refusal.Invalid(fault);
        }

        if (WindowFault(request.Organization, request.Window) is { } place)
        {
            return Refusal.Invalid(place);
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
                CreatedAt = clock.Now,
            },
            options.InvitationOpen
        );
        await users.AddAsync(user, actor.Id);
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
            ? Refusal.Invalid(fault)
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
            return Refusal.Invalid(fault);
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
                    SuspendedAt = clock.Now,
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
            LastUsedAt = clock.Now,
        };

    private async Task<IResult> InviteAsync(string user, HttpContext context, CancellationToken cancellation)
    {
        var found = await ToChangeAsync(user, Verb.Change, context, cancellation);
        var token = "";
        var changed = await users.ChangeAsync(
            found.Id,
            now =>
            {
                (now, token) = users.Invited(now, options.InvitationOpen);
                return now;
            },
            new JournalRecord(context.Actor().Id, JournalActions.UserChanged, found.Id, "invited")
        );
        return changed is null
            ? Refusal.NotFound
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
        return TypedResults.NoContent();
    }

    private async Task<User> ToChangeAsync(string user, Verb verb, HttpContext context, CancellationToken cancellation)
    {
        var actor = context.Actor();
        var found = await scope.LoadAsync<User>(actor, verb, user, cancellation);

        // Nobody reaches up: an organisation's administrator no role of the hub, a key nobody of the hub.
        return found.IsOfHub && (actor.Kind == ActorKind.Key || !actor.Is(Role.Administrator))
            ? throw new RefusedException(Refusal.Forbidden)
            : found;
    }

    private void DemandOther(User user)
    {
        if (users.IsOnlyAdministrator(user))
        {
            throw new RefusedException(Refusal.Conflict("The hub needs an administrator; make another one first."));
        }
    }

    private async Task<IResult> WriteAsync(User user, Func<User, User> change, HttpContext context, string action, string detail) =>
        await users.ChangeAsync(user.Id, change, new JournalRecord(context.Actor().Id, action, user.Id, detail)) is { } changed
            ? TypedResults.Json(View(changed), IdentityApi.Default.UserView)
            : Refusal.NotFound;

    private string? WindowFault(string? organization, string? window) =>
        organization is null
            ? window is null
                ? null
                : "window: only people of an organisation have one"
            : community.Find(organization) is not { } found
                ? "organization: there is none of that id"
                : window is null || found.Windows.Any(one => one.Id == window)
                    ? null
                    : "window: the organisation has none of that id";

    private static string? Limited(string? name) =>
        name is { Length: > 100 } ? throw new RefusedException("displayName: at most 100 characters") : name;
}
