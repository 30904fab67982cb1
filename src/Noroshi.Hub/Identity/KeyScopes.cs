namespace Noroshi.Hub.Identity;

/// <summary>What API keys may be used for. A key acts in the roles that its scopes stand for and only on routes that name one of its scopes.</summary>
public static class KeyScopes
{
    /// <summary>Scopes that a key of an organisation may have.</summary>
    public static IReadOnlyList<string> OfOrganization { get; } = ["provide", "read", "search", "evidence", "users"];

    /// <summary>Scopes that a key of the hub may have.</summary>
    public static IReadOnlyList<string> OfHub { get; } =
    ["provide", "read", "search", "evidence", "desk", "users", "analyse", "coordinate", "administer", "audit"];

    /// <summary>Why these scopes cannot be given; null when they can.</summary>
    public static Words? Refusal(string? organization, IReadOnlyList<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        var allowed = organization is null ? OfHub : OfOrganization;
        if (scopes.Count == 0)
        {
            return new Words(
                $"キーには範囲が1つ以上必要です: {string.Join(", ", allowed)}",
                $"a key needs a scope: {string.Join(", ", allowed)}"
            );
        }

        var wrong = scopes.FirstOrDefault(scope => !allowed.Contains(scope, StringComparer.Ordinal));
        return wrong is null
            ? null
            : new Words(
                $"このキーには付けられません。付けられるのは {string.Join(", ", allowed)} です",
                $"not a scope for this key; possible are {string.Join(", ", allowed)}"
            );
    }

    /// <summary>The roles in which a key acts.</summary>
    public static IReadOnlySet<Role> Roles(string? organization, IEnumerable<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return scopes.Select(scope => RoleOf(organization, scope)).OfType<Role>().ToHashSet();
    }

    private static Role? RoleOf(string? organization, string scope) =>
        (organization is null, scope) switch
        {
            (false, "users") => Role.OrganizationAdmin,
            (false, "provide" or "read" or "search" or "evidence") => Role.MemberCsirt,
            (true, "provide" or "read" or "search" or "evidence" or "desk" or "analyse") => Role.Analyst,
            (true, "coordinate") => Role.Coordinator,
            (true, "users" or "administer") => Role.Administrator,
            (true, "audit") => Role.Auditor,
            _ => null,
        };
}
