namespace Noroshi.Hub.Sharing;

/// <summary>
/// The streams in which releases are offered to machines: one TAXII API root and one MISP feed each. An organisation reads the streams of the
/// audiences that it belongs to, and meets each release in exactly one of them.
/// </summary>
public static class Channels
{
    /// <summary>All industry groups.</summary>
    public const string All = "all";

    /// <summary>Everybody.</summary>
    public const string Public = "public";

    /// <summary>The stream of an industry group.</summary>
    public static string Group(string id) => "group-" + id;

    /// <summary>The stream of an affiliated scheme.</summary>
    public static string Scheme(string id) => "scheme-" + id;

    /// <summary>The stream of an outside body.</summary>
    public static string Body(string id) => "body-" + id;

    /// <summary>The streams in which a release for that audience stands, in a fixed order.</summary>
    public static IReadOnlyList<string> Of(Audience audience)
    {
        ArgumentNullException.ThrowIfNull(audience);
        return audience.Reach switch
        {
            AudienceReach.OwnGroup or AudienceReach.Groups => [.. audience.Groups.Select(Group)],
            AudienceReach.AllGroups => [All],
            AudienceReach.Schemes or AudienceReach.Outside => [All, .. audience.Schemes.Select(Scheme), .. audience.Bodies.Select(Body)],
            AudienceReach.Public => [Public],
        };
    }

    /// <summary>The streams that a reader has, in a fixed order.</summary>
    /// <param name="group">Industry group of a member; null for a relay or an outside body.</param>
    /// <param name="schemes">Schemes that the organisation relays for.</param>
    /// <param name="body">Id of an outside body; null for a member.</param>
    public static IReadOnlyList<string> For(string? group, IEnumerable<string> schemes, string? body) =>
        [
            .. group is null ? (IEnumerable<string>)[] : [Group(group), All],
            // A relay that is a member too has them in the stream of all groups.
            .. group is null ? schemes.Order(StringComparer.Ordinal).Select(Scheme) : [],
            .. body is null ? (IEnumerable<string>)[] : [Body(body)],
            Public,
        ];
}
