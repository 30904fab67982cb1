using System.Text.Json.Serialization;

namespace Noroshi.Hub.Identity;

/// <summary>What somebody may be. Hub roles see across organisations, each as its table of rights says, and need a second factor.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Staff of a contact window (外部向け窓口).</summary>
    [JsonStringEnumMemberName("window-staff")]
    WindowStaff,

    /// <summary>CSIRT of a member organisation.</summary>
    [JsonStringEnumMemberName("member-csirt")]
    MemberCsirt,

    /// <summary>Administers the users of one organisation.</summary>
    [JsonStringEnumMemberName("organization-admin")]
    OrganizationAdmin,

    /// <summary>Hub analyst.</summary>
    [JsonStringEnumMemberName("analyst")]
    Analyst,

    /// <summary>Coordinator of the community.</summary>
    [JsonStringEnumMemberName("coordinator")]
    Coordinator,

    /// <summary>Press officer.</summary>
    [JsonStringEnumMemberName("press")]
    Press,

    /// <summary>Administrator of the machine.</summary>
    [JsonStringEnumMemberName("administrator")]
    Administrator,

    /// <summary>Reads journal and registers.</summary>
    [JsonStringEnumMemberName("auditor")]
    Auditor,
}

/// <summary>What kind of thing acts.</summary>
public enum ActorKind
{
    /// <summary>Nobody known.</summary>
    [JsonStringEnumMemberName("public")]
    Public,

    /// <summary>A person who signed in.</summary>
    [JsonStringEnumMemberName("user")]
    User,

    /// <summary>An API key.</summary>
    [JsonStringEnumMemberName("key")]
    Key,

    /// <summary>An intake address or relay: may provide, nothing else.</summary>
    [JsonStringEnumMemberName("intake")]
    Intake,

    /// <summary>The hub itself.</summary>
    [JsonStringEnumMemberName("system")]
    System,
}

/// <summary>Who acts. Holds ids only: its text may stand in logs and in the journal.</summary>
public sealed record Actor
{
    /// <summary>Nobody known.</summary>
    public static Actor Public { get; } = new() { Kind = ActorKind.Public, Id = "public" };

    /// <summary>The hub itself.</summary>
    public static Actor System { get; } = new() { Kind = ActorKind.System, Id = "system" };

    /// <summary>What kind.</summary>
    public required ActorKind Kind { get; init; }

    /// <summary>Id of the user, key or address, as the journal names it.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the organisation; null for those of the hub.</summary>
    public string? Organization { get; init; }

    /// <summary>Id of the contact window when the actor stands for one only.</summary>
    public string? Window { get; init; }

    /// <summary>Roles.</summary>
    public IReadOnlySet<Role> Roles { get; init; } = new HashSet<Role>();

    /// <summary>What a key may be used for; empty for people, who may do what their roles say.</summary>
    public IReadOnlySet<string> Scopes { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether a second factor was shown in this session.</summary>
    public bool SecondFactor { get; init; }

    /// <summary>Whether the actor has the role.</summary>
    public bool Is(Role role) => Roles.Contains(role);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}:{Id}";
}

/// <summary>Facts about roles.</summary>
public static class RoleTable
{
    /// <summary>Roles of the hub: they see across organisations and need a second factor.</summary>
    public static IReadOnlySet<Role> Hub { get; } =
        new HashSet<Role> { Role.Analyst, Role.Coordinator, Role.Press, Role.Administrator, Role.Auditor };

    /// <summary>Roles of a member organisation.</summary>
    public static IReadOnlySet<Role> Member { get; } = new HashSet<Role> { Role.WindowStaff, Role.MemberCsirt, Role.OrganizationAdmin };
}
