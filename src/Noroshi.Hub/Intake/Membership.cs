namespace Noroshi.Hub.Intake;

/// <summary>
/// Membership as of a day, and which organisations count as one. A group company belongs to its parent, and an organisation that was merged
/// into another counts as that one: thresholds and small numbers are about corporate groups (1-mission, rule 15 and "corporate groups").
/// </summary>
public sealed class Membership
{
    private readonly Members _members;
    private readonly Dictionary<string, Organization> _byId;
    private readonly Dictionary<string, string> _successors = new(StringComparer.Ordinal);

    /// <summary>Reads the records of a community.</summary>
    public Membership(Members members)
    {
        ArgumentNullException.ThrowIfNull(members);
        _members = members;
        _byId = members.Organizations.ToDictionary(one => one.Id, StringComparer.Ordinal);
        foreach (var one in members.Organizations)
        {
            foreach (var old in one.Succeeds)
            {
                _successors.TryAdd(old, one.Id);
            }
        }
    }

    /// <summary>Whether an organisation is a member on a day: from the day it joined to its last day, both included.</summary>
    public bool IsMember(string id, DateOnly day) => _byId.TryGetValue(id, out var one) && IsMember(one, day);

    /// <summary>Members on a day, in the order of the records.</summary>
    public IReadOnlyList<Organization> On(DateOnly day) => [.. _members.Organizations.Where(one => IsMember(one, day))];

    /// <summary>Organisations that joined in a period, both days included, and were not there before it by another name.</summary>
    public IReadOnlyList<Organization> JoinedBetween(DateOnly first, DateOnly last) =>
        [
            .. _members.Organizations.Where(one =>
                one.JoinedOn is { } joined
                && joined >= first
                && joined <= last
                && !one.Succeeds.Any(old => _byId.TryGetValue(old, out var before) && (before.JoinedOn is null || before.JoinedOn < first))
            ),
        ];

    /// <summary>Industry groups that have a member on a day.</summary>
    public IReadOnlyList<IndustryGroup> GroupsOn(DateOnly day)
    {
        var used = On(day).Select(one => one.Group).ToHashSet(StringComparer.Ordinal);
        return [.. _members.Groups.Where(group => used.Contains(group.Id))];
    }

    /// <summary>
    /// What an organisation counts as: the head of its corporate group, and for one that was merged the organisation that continues it. An
    /// unknown id counts as itself. Records that lead in a circle end where the circle closes.
    /// </summary>
    public string CountsAs(string id)
    {
        var way = new List<string>();
        var at = id;
        while (!way.Contains(at, StringComparer.Ordinal))
        {
            way.Add(at);
            if (Above(at) is not { } next)
            {
                return at;
            }

            at = next;
        }

        // Each member of a circle, and whoever leads into it, has to count as the same one.
        return way.SkipWhile(one => one != at).Min(StringComparer.Ordinal) ?? id;
    }

    private string? Above(string id) => _successors.GetValueOrDefault(id) ?? (_byId.TryGetValue(id, out var one) ? one.Parent : null);

    private static bool IsMember(Organization one, DateOnly day) =>
        (one.JoinedOn is not { } joined || joined <= day) && (one.LeftOn is not { } left || day <= left);
}
