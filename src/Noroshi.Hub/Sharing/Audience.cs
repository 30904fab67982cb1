using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Noroshi.Hub.Sharing;

/// <summary>How far an item goes, narrowest first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AudienceReach>))]
public enum AudienceReach
{
    /// <summary>The provider's own industry group.</summary>
    [JsonStringEnumMemberName("own-group")]
    OwnGroup,

    /// <summary>Industry groups that were chosen.</summary>
    [JsonStringEnumMemberName("groups")]
    Groups,

    /// <summary>All industry groups.</summary>
    [JsonStringEnumMemberName("all-groups")]
    AllGroups,

    /// <summary>All industry groups and the affiliated schemes that were chosen.</summary>
    [JsonStringEnumMemberName("schemes")]
    Schemes,

    /// <summary>Outside bodies by name, besides all groups and the chosen schemes.</summary>
    [JsonStringEnumMemberName("outside")]
    Outside,

    /// <summary>Everybody.</summary>
    [JsonStringEnumMemberName("public")]
    Public,
}

/// <summary>Whom an item goes to. Two audiences with equal content are the same audience.</summary>
public sealed record Audience
{
    /// <summary>How far.</summary>
    public required AudienceReach Reach { get; init; }

    /// <summary>Ids of the industry groups: one for <see cref="AudienceReach.OwnGroup"/>, some for <see cref="AudienceReach.Groups"/>, else none.</summary>
    [AllowNull]
    public IReadOnlyList<string> Groups
    {
        get;
        init => field = Sorted(value);
    } = [];

    /// <summary>Ids of the affiliated schemes, from <see cref="AudienceReach.Schemes"/> on.</summary>
    [AllowNull]
    public IReadOnlyList<string> Schemes
    {
        get;
        init => field = Sorted(value);
    } = [];

    /// <summary>Ids of outside bodies, for <see cref="AudienceReach.Outside"/> only.</summary>
    [AllowNull]
    public IReadOnlyList<string> Bodies
    {
        get;
        init => field = Sorted(value);
    } = [];

    /// <summary>What is wrong with it, in words for the person who chose it; null when nothing is.</summary>
    public string? Problem =>
        Reach switch
        {
            AudienceReach.OwnGroup when Groups.Count != 1 => "the own group is one group",
            AudienceReach.Groups when Groups.Count == 0 => "no group was chosen",
            AudienceReach.Schemes when Schemes.Count == 0 => "no scheme was chosen",
            AudienceReach.Outside when Bodies.Count == 0 => "no outside body was named",
            AudienceReach.AllGroups or AudienceReach.Public or AudienceReach.Schemes or AudienceReach.Outside when Groups.Count > 0 =>
                "groups are not chosen one by one when all groups receive it",
            AudienceReach.OwnGroup or AudienceReach.Groups or AudienceReach.AllGroups or AudienceReach.Public when Schemes.Count > 0 =>
                "schemes belong to the audience 'schemes' or wider",
            AudienceReach.Public
            or AudienceReach.OwnGroup
            or AudienceReach.Groups
            or AudienceReach.AllGroups
            or AudienceReach.Schemes when Bodies.Count > 0 => "outside bodies belong to the audience 'outside'",
            AudienceReach.OwnGroup
            or AudienceReach.Groups
            or AudienceReach.AllGroups
            or AudienceReach.Schemes
            or AudienceReach.Outside
            or AudienceReach.Public => null,
        };

    /// <summary>
    /// Whether everybody of <paramref name="other"/> is in this audience too: an approval of this one covers a share to that one only when it is
    /// the very same, but a narrowing needs no new risk assessment and a widening does.
    /// </summary>
    public bool Covers(Audience other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Reach == AudienceReach.Public
            || (
                other.Reach != AudienceReach.Public
                && CoversGroups(other)
                && other.Schemes.All(one => Schemes.Contains(one, StringComparer.Ordinal))
                && other.Bodies.All(one => Bodies.Contains(one, StringComparer.Ordinal))
            );
    }

    /// <summary>One text for one audience, as it goes into the hash that an approval binds.</summary>
    public string Canonical =>
        $"{(int)Reach}|{string.Join(',', Groups.Select(Escaped))}|{string.Join(',', Schemes.Select(Escaped))}|{string.Join(',', Bodies.Select(Escaped))}";

    /// <inheritdoc/>
    public bool Equals(Audience? other) => other is not null && string.Equals(Canonical, other.Canonical, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Canonical);

    private bool CoversGroups(Audience other) =>
        Reach >= AudienceReach.AllGroups
        || (other.Reach < AudienceReach.AllGroups && other.Groups.All(one => Groups.Contains(one, StringComparer.Ordinal)));

    private static string Escaped(string id) => Uri.EscapeDataString(id);

    private static IReadOnlyList<string> Sorted(IReadOnlyList<string>? ids) =>
        ids is null ? [] : [.. ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
