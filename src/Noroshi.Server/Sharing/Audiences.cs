using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing;

namespace Noroshi.Server.Sharing;

/// <summary>Who is meant by an audience, as of a day.</summary>
internal static class Audiences
{
    /// <summary>Corporate groups that an industry group needs so that the others cannot tell who gave.</summary>
    private const int FewestGroups = 3;

    /// <summary>Ids of the organisations of an audience that are members on a day, and of the relays of its schemes; ordinal.</summary>
    public static IReadOnlyList<string> Organizations(Audience audience, Members members, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(audience);
        var relays = members
            .Schemes.Where(scheme => audience.Schemes.Contains(scheme.Id, StringComparer.Ordinal))
            .Select(scheme => scheme.Relay)
            .OfType<string>();
        return
        [
            .. new Membership(members)
                .On(day)
                .Where(one =>
                    audience.Reach >= AudienceReach.AllGroups
                    || (one.Group is { } group && audience.Groups.Contains(group, StringComparer.Ordinal))
                )
                .Select(one => one.Id)
                .Concat(relays)
                .Concat(audience.Bodies)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The streams that an organisation reads.</summary>
    public static IReadOnlyList<string> Channels(string? organization, Members members)
    {
        var own = members.Find(organization);
        return own is null
            ? []
            : Hub.Sharing.Channels.For(
                own.Group,
                members.Schemes.Where(scheme => scheme.Relay == own.Id).Select(scheme => scheme.Id),
                own.Group is null ? own.Id : null
            );
    }

    /// <summary>
    /// What is wrong with an audience for an item that rests on provisions: in a group of two corporate groups the one that did not give knows
    /// who did.
    /// </summary>
    public static Noroshi.Hub.Words? Problem(Audience audience, Members members, DateOnly day)
    {
        if (audience.Problem is { } problem)
        {
            return new($"共有範囲が正しくありません({problem})。", $"The audience is not possible: {problem}.");
        }

        if (audience.Groups.FirstOrDefault(id => !members.Groups.Any(group => group.Id == id)) is { } unknown)
        {
            return new($"業界 {unknown} はありません。", $"There is no industry group '{unknown}'.");
        }

        if (audience.Schemes.FirstOrDefault(id => !members.Schemes.Any(scheme => scheme.Id == id)) is { } scheme)
        {
            return new($"情報連携体制 {scheme} はありません。", $"There is no scheme '{scheme}'.");
        }

        var membership = new Membership(members);
        var heads = Organizations(audience, members, day).Select(membership.CountsAs).Distinct(StringComparer.Ordinal).Count();
        return heads < FewestGroups && audience.Reach != AudienceReach.Public
            ? new(
                $"この共有範囲には企業グループが{heads}しかなく、提供元が推測されます。{FewestGroups}以上になる範囲を選んでください。",
                $"The audience has only {heads} corporate groups, which would point to the provider; choose one of at least {FewestGroups}."
            )
            : null;
    }
}
