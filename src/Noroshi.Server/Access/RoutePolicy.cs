using Noroshi.Hub.Identity;

namespace Noroshi.Server.Access;

/// <summary>Whose objects a route gives access to, for those whom it admits.</summary>
internal enum Reach
{
    /// <summary>Nothing of anybody: public facts.</summary>
    Public,

    /// <summary>What belongs to the actor himself (his password, his keys).</summary>
    Self,

    /// <summary>What belongs to the actor's organisation; for hub roles whatever their rights name.</summary>
    Own,

    /// <summary>What belongs to the hub.</summary>
    Hub,
}

/// <summary>Who may use a route. One of these stands on every route; the matrix test goes through all of them.</summary>
/// <param name="Name">Name, as the matrix prints it.</param>
/// <param name="Reach">Whose objects.</param>
/// <param name="Roles">Roles that are admitted; empty with <see cref="Reach.Public"/> only.</param>
/// <param name="KeyScope">Scope that an API key needs; null when keys are not admitted.</param>
internal sealed record RoutePolicy(string Name, Reach Reach, IReadOnlySet<Role> Roles, string? KeyScope = null)
{
    /// <summary>Open to a session that has not shown its second factor yet: only what is needed to set it up or show it.</summary>
    public bool BeforeSecondFactor { get; init; }

    /// <summary>Password or second factor have to be fresh.</summary>
    public bool StepUp { get; init; }

    /// <summary>The same, with fresh credentials.</summary>
    public RoutePolicy Fresh() => this with { Name = $"{Name} (fresh)", StepUp = true };
}

/// <summary>The policies. Routes name one of them; a new one is a line here.</summary>
internal static class Policies
{
    /// <summary>Anybody.</summary>
    public static RoutePolicy Anybody { get; } = new("anybody", Reach.Public, new HashSet<Role>());

    /// <summary>Anybody who signed in, for what is his own.</summary>
    public static RoutePolicy Self { get; } = new("self", Reach.Self, Everybody());

    /// <summary>Anybody who gave his password: showing or setting up the second factor, signing out.</summary>
    public static RoutePolicy SignedIn { get; } = new("signed-in", Reach.Self, Everybody()) { BeforeSecondFactor = true };

    /// <summary>Reading organisations, groups and windows.</summary>
    public static RoutePolicy ReadCommunity { get; } = new("read-community", Reach.Own, Everybody(), "read");

    /// <summary>What an organisation says of itself.</summary>
    public static RoutePolicy DescribeOrganization { get; } =
        new("describe-organization", Reach.Own, Of([], Role.OrganizationAdmin, Role.Coordinator), "coordinate");

    /// <summary>What an organisation tells nobody but the hub.</summary>
    public static RoutePolicy KeepSecrets { get; } = new("keep-secrets", Reach.Own, Of([], Role.OrganizationAdmin));

    /// <summary>Passwords that hub and organisation agreed on for what it hands in.</summary>
    public static RoutePolicy KeepPasswords { get; } = new("keep-passwords", Reach.Own, Of([], Role.OrganizationAdmin, Role.Coordinator));

    /// <summary>Handing in.</summary>
    public static RoutePolicy Provide { get; } = new("provide", Reach.Own, Of(RoleTable.Member, Role.Analyst, Role.Coordinator), "provide");

    /// <summary>Reading own provisions; hub analysts all.</summary>
    public static RoutePolicy ReadProvisions { get; } =
        new("read-provisions", Reach.Own, Of(RoleTable.Member, Role.Analyst, Role.Coordinator), "read");

    /// <summary>Taking an original out, with a reason: people only, no keys.</summary>
    public static RoutePolicy Evidence { get; } =
        new("evidence", Reach.Own, Of([], Role.MemberCsirt, Role.OrganizationAdmin, Role.Analyst));

    /// <summary>Searching.</summary>
    public static RoutePolicy Search { get; } = new("search", Reach.Own, Of(RoleTable.Member, Role.Analyst, Role.Coordinator), "search");

    /// <summary>Reading what was shared with one's organisation, in any format.</summary>
    public static RoutePolicy ReadShares { get; } =
        new("read-shares", Reach.Own, Of(RoleTable.Member, Role.Analyst, Role.Coordinator), "read");

    /// <summary>The analyst's work: queue, judgement, cases.</summary>
    public static RoutePolicy Analyse { get; } = new("analyse", Reach.Hub, Of([], Role.Analyst), "analyse");

    /// <summary>Answering what the hub asked one's organisation.</summary>
    public static RoutePolicy Answer { get; } = new("answer", Reach.Own, Of(RoleTable.Member), "provide");

    /// <summary>Seeing what one's organisation is asked to approve; for hub roles all.</summary>
    public static RoutePolicy ReadApprovals { get; } =
        new("read-approvals", Reach.Own, Of([], Role.MemberCsirt, Role.OrganizationAdmin, Role.Analyst, Role.Coordinator, Role.Auditor));

    /// <summary>Deciding about what one's organisation gave: people only, no keys.</summary>
    public static RoutePolicy Approve { get; } = new("approve", Reach.Own, Of([], Role.MemberCsirt, Role.OrganizationAdmin));

    /// <summary>Reading what was shared with one's organisation; for hub roles all.</summary>
    public static RoutePolicy ReadItems { get; } =
        new("read-items", Reach.Own, Of(RoleTable.Member, Role.Analyst, Role.Coordinator, Role.Auditor, Role.Press), "read");

    /// <summary>Reading figures: hub roles all of them, members those that are final in the form that may leave the hub.</summary>
    public static RoutePolicy ReadStatistics { get; } =
        new("read-statistics", Reach.Own, Of(RoleTable.Member, Role.Analyst, Role.Coordinator, Role.Auditor, Role.Press), "read");

    /// <summary>What figures are made of, and how they were revised.</summary>
    public static RoutePolicy ReadFigures { get; } =
        new("read-figures", Reach.Hub, Of([], Role.Analyst, Role.Coordinator, Role.Auditor, Role.Press), "analyse");

    /// <summary>Making figures final: people only, no keys.</summary>
    public static RoutePolicy Publish { get; } = new("publish", Reach.Hub, Of([], Role.Coordinator, Role.Press));

    /// <summary>Saying whether one's organisation received the same.</summary>
    public static RoutePolicy Sight { get; } = new("sight", Reach.Own, Of(RoleTable.Member), "provide");

    /// <summary>Taking reports down at the public help desk.</summary>
    public static RoutePolicy Desk { get; } = new("desk", Reach.Hub, Of([], Role.Analyst, Role.Coordinator), "desk");

    /// <summary>Reading what analysts see, without changing it.</summary>
    public static RoutePolicy ReadHub { get; } =
        new("read-hub", Reach.Hub, Of([], Role.Analyst, Role.Coordinator, Role.Auditor), "analyse");

    /// <summary>Members, windows, dates.</summary>
    public static RoutePolicy Coordinate { get; } =
        new("coordinate", Reach.Hub, Of([], Role.Coordinator, Role.Administrator), "coordinate");

    /// <summary>Users and keys of an organisation.</summary>
    public static RoutePolicy ManageUsers { get; } =
        new("manage-users", Reach.Own, Of([], Role.OrganizationAdmin, Role.Administrator), "users");

    /// <summary>Intake addresses of an organisation.</summary>
    public static RoutePolicy ManageAddresses { get; } =
        new("manage-addresses", Reach.Own, Of([], Role.OrganizationAdmin, Role.Coordinator, Role.Administrator), "users");

    /// <summary>Care of the machine.</summary>
    public static RoutePolicy Administer { get; } = new("administer", Reach.Hub, Of([], Role.Administrator), "administer");

    /// <summary>Journal and registers.</summary>
    public static RoutePolicy Audit { get; } = new("audit", Reach.Hub, Of([], Role.Auditor, Role.Administrator), "audit");

    private static HashSet<Role> Of(IEnumerable<Role> some, params IEnumerable<Role> more) => [.. some, .. more];

    private static HashSet<Role> Everybody() => [.. Enum.GetValues<Role>()];
}
