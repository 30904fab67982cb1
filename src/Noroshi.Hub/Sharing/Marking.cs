using System.Text.Json.Serialization;

namespace Noroshi.Hub.Sharing;

/// <summary>Traffic Light Protocol (FIRST TLP 2.0), least restrictive first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Tlp>))]
public enum Tlp
{
    /// <summary>TLP:CLEAR.</summary>
    [JsonStringEnumMemberName("clear")]
    Clear,

    /// <summary>TLP:GREEN.</summary>
    [JsonStringEnumMemberName("green")]
    Green,

    /// <summary>TLP:AMBER.</summary>
    [JsonStringEnumMemberName("amber")]
    Amber,

    /// <summary>TLP:AMBER+STRICT.</summary>
    [JsonStringEnumMemberName("amber+strict")]
    AmberStrict,

    /// <summary>TLP:RED.</summary>
    [JsonStringEnumMemberName("red")]
    Red,
}

/// <summary>Permissible Actions Protocol, least restrictive first (MISP taxonomy PAP).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Pap>))]
public enum Pap
{
    /// <summary>Anything.</summary>
    [JsonStringEnumMemberName("clear")]
    Clear,

    /// <summary>Active actions that do not show to the attacker: blocking.</summary>
    [JsonStringEnumMemberName("green")]
    Green,

    /// <summary>Passive cross-checks; services of third parties are not asked.</summary>
    [JsonStringEnumMemberName("amber")]
    Amber,

    /// <summary>Own logs only, on own machines.</summary>
    [JsonStringEnumMemberName("red")]
    Red,
}

/// <summary>To whom a receiver may hand an item on (展開可能範囲); printed on every file.</summary>
/// <param name="GroupCompanies">Registered group companies, too.</param>
/// <param name="Contractors">Contractors under confidentiality, too.</param>
public sealed record Redistribution(bool GroupCompanies, bool Contractors)
{
    /// <summary>The receiving organisation only.</summary>
    public static Redistribution OwnOrganizationOnly { get; } = new(false, false);
}

/// <summary>How an item may be used: TLP 2.0, PAP, and the policy statements of FIRST IEP 2.0 that members decide by.</summary>
public sealed record Marking
{
    /// <summary>TLP.</summary>
    public required Tlp Tlp { get; init; }

    /// <summary>PAP.</summary>
    public required Pap Pap { get; init; }

    /// <summary>To whom it may be handed on.</summary>
    public required Redistribution Redistribution { get; init; }

    /// <summary>Whether a receiver may name the hub as source (IEP: provider attribution is about the hub, never about a member).</summary>
    public bool NameTheHub { get; init; } = true;

    /// <summary>When its indicators should no longer be acted on (shown in JST); every item has one.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The widest audience that a TLP allows: it caps what may be chosen.</summary>
    public static AudienceReach WidestFor(Tlp tlp) =>
        tlp switch
        {
            Tlp.Clear => AudienceReach.Public,
            Tlp.Green => AudienceReach.Outside,
            Tlp.Amber => AudienceReach.Schemes,
            Tlp.AmberStrict => AudienceReach.AllGroups,
            // RED is for those who are named: one group at the most.
            Tlp.Red => AudienceReach.OwnGroup,
        };

    /// <summary>What is wrong with the marking for that audience; null when nothing is.</summary>
    public string? ProblemFor(Audience audience)
    {
        ArgumentNullException.ThrowIfNull(audience);
        return audience.Reach > WidestFor(Tlp)
                ? $"TLP:{NameOf(Tlp)} does not go as far as the audience '{audience.Reach}'; choose a narrower audience or another TLP"
            : Tlp >= Tlp.AmberStrict && (Redistribution.GroupCompanies || Redistribution.Contractors)
                ? $"TLP:{NameOf(Tlp)} stays in the receiving organisation; group companies and contractors are not possible with it"
            : null;
    }

    /// <summary>The label as it is printed, without <c>TLP:</c>.</summary>
    public static string NameOf(Tlp tlp) =>
        tlp switch
        {
            Tlp.Clear => "CLEAR",
            Tlp.Green => "GREEN",
            Tlp.Amber => "AMBER",
            Tlp.AmberStrict => "AMBER+STRICT",
            Tlp.Red => "RED",
        };
}
