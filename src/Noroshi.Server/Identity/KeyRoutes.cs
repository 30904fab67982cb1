using Noroshi.Hub;
using Noroshi.Hub.Identity;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Identity;

/// <summary>API keys of an organisation, for its administrator; all, for the hub's.</summary>
internal sealed class KeyRoutes(ApiKeys keys, Scope scope, Community community, AccountOptions options, SecurityClock clock)
{
    private const string Path = "/api/v1/keys";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2 * 366);

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Get(Path, Policies.ManageUsers, ListAsync);
        routes.Post(Path, Policies.ManageUsers.Fresh(), AddAsync);
        routes.Delete(Path + "/{key}", Policies.ManageUsers, RevokeAsync);
    }

    /// <summary>What cannot be given: scopes, place or term; null when all is well.</summary>
    public static Words? Fault(NewKeyRequest request, Community community, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(community);
        var organization = community.Find(request.Organization);
        return request.Organization is not null && organization is null
                ? new Words("organization: そのIDの組織はありません", "organization: there is none of that id")
            : request.Window is not null && organization?.Windows.Any(one => one.Id == request.Window) != true
                ? new Words("window: その組織にそのIDの窓口はありません", "window: the organisation has none of that id")
            : request.Window is not null && request.Scopes.Contains("users", StringComparer.Ordinal)
                ? new Words("scopes: 1つの窓口のキーでは利用者を管理できません", "scopes: a key for one window does not administer users")
            : request.ExpiresAt <= now || request.ExpiresAt > now + Longest
                ? new Words("expiresAt: 今から2年以内の将来の日時にしてください", "expiresAt: in the future, at most two years from now")
            : request.RequestsPerMinute is < 1 or > 100_000
                ? new Words("requestsPerMinute: 1から100000までです", "requestsPerMinute: 1 to 100000")
            : request.Name is { Length: > 100 } ? new Words("name: 100文字までです", "name: at most 100 characters")
            : KeyScopes.Refusal(request.Organization, request.Scopes) is { } wrong ? wrong.After("scopes: ", "scopes: ")
            : null;
    }

    /// <summary>The key that is asked for, without its hash.</summary>
    public static ApiKey Of(NewKeyRequest request, string by, DateTimeOffset now, TimeSpan valid)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new ApiKey
        {
            Id = Secrets.NewId(),
            Hash = "",
            Name = request.Name,
            Organization = request.Organization,
            Window = request.Window,
            Scopes = [.. request.Scopes.Distinct(StringComparer.Ordinal)],
            CreatedBy = by,
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt ?? now + valid,
            RequestsPerMinute = request.RequestsPerMinute,
        };
    }

    /// <summary>A key without its hash.</summary>
    public static KeyView View(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(
            key.Id,
            key.Name,
            key.Organization,
            key.Window,
            key.Scopes,
            key.CreatedBy,
            key.CreatedAt,
            key.ExpiresAt,
            key.LastUsedAt,
            key.RequestsPerMinute
        );
    }

    private async Task<IResult> ListAsync(HttpContext context, string? cursor, int? limit) =>
        TypedResults.Json(
            Paging.Of(await scope.VisibleAsync(context.Actor(), Verb.Read, keys.All), one => one.Id, View, cursor, limit),
            IdentityApi.Default.PageKeyView
        );

    private async Task<IResult> AddAsync(NewKeyRequest request, HttpContext context)
    {
        var actor = context.Actor();
        scope.DemandCreate<ApiKey>(actor, new Owner(request.Organization, request.Window));

        // A key makes keys for organisations only: it cannot give itself what its maker did not give it.
        if (
            actor.Kind == ActorKind.Key
            && (request.Organization is null || (actor.Organization is not null && !request.Scopes.All(actor.Scopes.Contains)))
        )
        {
            return Problem.Forbidden;
        }

        if (Fault(request, community, clock.Now) is { } fault)
        {
            return Problem.Invalid(fault);
        }

        var (key, text) = await keys.AddAsync(Of(request, actor.Id, clock.Now, options.KeyValid));
        return TypedResults.Json(new NewKeyAnswer(text, View(key)), IdentityApi.Default.NewKeyAnswer, statusCode: 201);
    }

    private async Task<IResult> RevokeAsync(string key, HttpContext context, CancellationToken cancellation)
    {
        await scope.LoadAsync<ApiKey>(context.Actor(), Verb.Remove, key, cancellation);
        await keys.RevokeAsync(key, context.Actor().Id);
        return TypedResults.NoContent();
    }
}
