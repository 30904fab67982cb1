using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Figures;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>Evidence against cases: the figure, and the same as a table with rarities.</summary>
internal static class MatrixView
{
    /// <summary>Values told in the table.</summary>
    public const int MostValues = 120;

    private const int MostRows = 22;
    private const int MostColumns = 20;

    public static void Write(Page page, Campaign campaign, IReadOnlyList<CampaignMember> members)
    {
        var places = members.Select((member, i) => (member.Id, i)).ToDictionary(one => one.Id, one => one.i, StringComparer.Ordinal);
        var values = SharedValue.Of(campaign, places, page.Reading.ExchangeOf);
        if (values.Count == 0)
        {
            return;
        }

        page.OpenCard(CampaignWords.Matrix);
        page.Paragraph(page.Say(CampaignWords.MatrixNote), "small muted");
        WriteFigure(page, Heaviest(values), members);
        page.OpenDetails(CampaignWords.Values);
        WriteTable(page, values, members);
        page.CloseDetails();
        page.CloseCard();
    }

    /// <summary>The heaviest values, still in the order of the families.</summary>
    private static List<SharedValue> Heaviest(IReadOnlyList<SharedValue> values)
    {
        var kept = values
            .Index()
            .OrderByDescending(one => one.Item.Bits)
            .ThenBy(one => one.Index)
            .Take(MostRows)
            .Select(one => one.Index)
            .ToHashSet();
        return [.. values.Where((_, i) => kept.Contains(i))];
    }

    private static void WriteFigure(Page page, List<SharedValue> values, IReadOnlyList<CampaignMember> members)
    {
        var columns = members
            .Take(MostColumns)
            .Select(member => (member.Label, page.Reading.Organization(member.Organization, page.Language)))
            .ToList();
        var rows = values.ConvertAll(value =>
        {
            var family = page.Say(CampaignWords.FamilyOf(value.Family));
            var kind = page.Say(value.Kind.Name(value.Family));
            return new MatrixRow(
                kind == family ? family : $"{family}: {kind}",
                value.Value,
                [.. value.Members.Where(member => member < columns.Count)],
                value.Bits,
                $"{family} {kind} {value.Share}".TrimEnd()
            );
        });
        page.Show(
            new MatrixFigure(columns, rows, page.Say(PageWords.Bits)).Draw,
            page.Say(CampaignWords.Matrix),
            string.Join("; ", rows.Select((row, i) => $"{row.Title} {row.Value}: {LabelsOf(values[i], members)}"))
        );
        if (members.Count > columns.Count)
        {
            page.Paragraph(page.Say(PageWords.More(members.Count - columns.Count)), "small muted");
        }
    }

    private static void WriteTable(Page page, IReadOnlyList<SharedValue> values, IReadOnlyList<CampaignMember> members)
    {
        page.OpenTable(
            null,
            (CampaignWords.Family, null),
            (CampaignWords.Value, null),
            (CampaignWords.Cases, null),
            (PageWords.Share, "num"),
            (PageWords.Bits, "num")
        );
        foreach (var value in values.Take(MostValues))
        {
            page.Html.Open("tr").Leaf("th", page.Say(value.Kind.Name(value.Family)), ("scope", "row"));
            page.Cell(CampaignWords.Value);
            page.Data(value.Value).Html.Close();
            page.Cell(CampaignWords.Cases).Text(LabelsOf(value, members)).Close();
            page.Cell(PageWords.Share, "num").Text(value.Share ?? "-").Close();
            page.Cell(PageWords.Bits, "num").Text(value.Bits.ToString("0.0", CultureInfo.InvariantCulture)).Close().Close();
        }

        page.CloseTable();
        if (values.Count > MostValues)
        {
            page.Paragraph(page.Say(PageWords.More(values.Count - MostValues)), "small muted");
        }
    }

    private static string LabelsOf(SharedValue value, IReadOnlyList<CampaignMember> members) =>
        string.Join(", ", value.Members.Take(40).Select(member => members[member].Label));
}
