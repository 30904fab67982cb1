using System.Globalization;

namespace Noroshi.Hub.Campaigns;

/// <summary>One row of the reasons for or against a link.</summary>
/// <param name="Family">Family.</param>
/// <param name="Value">What both share, or in what they differ; empty for the prior.</param>
/// <param name="Bits">Weight with the discount within the family, rounded to a tenth; negative speaks against.</param>
/// <param name="Share">Unique mails with the value, <c>3/12043</c>; null where nothing was counted.</param>
public sealed record Evidence(EvidenceFamily Family, string Value, decimal Bits, string? Share = null);

/// <summary>How sure a link is.</summary>
public enum LinkLevel
{
    /// <summary>Not linked.</summary>
    None,

    /// <summary>8 to 12 bits: worth a look, never part of a campaign.</summary>
    Suggestion,

    /// <summary>12 to 20 bits from two families or more.</summary>
    Probable,

    /// <summary>20 bits or more, or the same payload.</summary>
    Strong,
}

/// <summary>Why two mails are, or are not, of the same attacker.</summary>
/// <param name="A">Key of one mail, the smaller (ordinal).</param>
/// <param name="B">Key of the other.</param>
/// <param name="Level">How sure.</param>
/// <param name="Evidence">Rows; the prior first, then by family, the heaviest first.</param>
public sealed record Link(string A, string B, LinkLevel Level, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>Sum of the rows as printed.</summary>
    public decimal Bits { get; } = Evidence.Sum(row => row.Bits);

    /// <summary>What the sum would be without a family.</summary>
    public decimal Without(EvidenceFamily family) => Evidence.Where(row => row.Family != family).Sum(row => row.Bits);

    /// <summary>Families that speak for the link.</summary>
    public int Families => Evidence.Where(row => row.Bits > 0).Select(row => row.Family).Distinct().Count();

    /// <summary>Whether the mails are linked.</summary>
    public bool Holds => Level >= LinkLevel.Probable;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{A} ~ {B}: {Bits} bits ({Level})");
}
