namespace Noroshi.Hub.Intake;

/// <summary>Numbers that the community agrees on and that suggest a verdict. They are settings of the hub, no part of the members file.</summary>
public sealed record CommunityRules
{
    /// <summary>Where the community has not agreed on others.</summary>
    public static CommunityRules Usual { get; } = new();

    /// <summary>So many destinations of near-identical mails make them mass-mailed (ばらまき型).</summary>
    public int MassMailedFrom { get; init; } = 10;

    /// <summary>Texts that are alike by so many percent count as one.</summary>
    public int AlikePercent { get; init; } = 80;
}
