using Noroshi.Hub.Campaigns;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>A row of evidence taken apart: <c>kind: value</c>.</summary>
/// <param name="Kind">Kind within the family; empty for the prior.</param>
/// <param name="Value">The value as it may be shown.</param>
internal sealed record EvidenceText(string Kind, string Value)
{
    private const int Longest = 240;

    public static EvidenceText Of(Evidence row)
    {
        var cut = row.Value.IndexOf(": ", StringComparison.Ordinal);
        var (kind, value) = cut < 0 ? ("", row.Value) : (row.Value[..cut], row.Value[(cut + 2)..]);
        value = value.Length > Longest ? $"{value[..Longest]}…" : value;
        if (row.Bits < 0 && value.Split(" / ") is [var one, var other] && string.CompareOrdinal(one, other) > 0)
        {
            // Which of two mails comes first means nothing here.
            value = $"{other} / {one}";
        }

        return new EvidenceText(
            kind,
            row.Family is EvidenceFamily.Destination or EvidenceFamily.Origin or EvidenceFamily.SenderAddress
                ? Defanged.Host(value)
                : Defanged.Text(value)
        );
    }

    /// <summary>Name of the kind; the family's where the kind has none.</summary>
    public Phrase Name(EvidenceFamily family) =>
        CampaignWords.KindOf(Kind) ?? (Kind.Length == 0 ? CampaignWords.FamilyOf(family) : new(Kind, Kind));

    /// <summary>Kinds that every pair has its own value of: they make one row, with the range of the values.</summary>
    public bool IsMeasured => Kind is "likeness" or "minutes";
}
