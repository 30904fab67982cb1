using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Figures;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>The links of a campaign: a small graph, and each link with its rows and their exact sum.</summary>
internal static class LinksView
{
    private const int MostLinks = 60;
    private const int LinksDrawnOfEach = 2;

    public static void Write(Page page, Campaign campaign, IReadOnlyList<CampaignMember> members)
    {
        if (campaign.Links.Count == 0)
        {
            return;
        }

        var places = members.Select((member, i) => (member.Id, i)).ToDictionary(one => one.Id, one => one.i, StringComparer.Ordinal);
        WriteGraph(page, campaign, members, places);
        page.OpenCard(CampaignWords.Links);
        page.Paragraph(page.Say(CampaignWords.LinksNote), "small muted");
        foreach (var link in campaign.Links.Take(MostLinks))
        {
            WriteLink(page, link, members, places);
        }

        if (campaign.Links.Count > MostLinks)
        {
            page.Paragraph(page.Say(PageWords.More(campaign.Links.Count - MostLinks)), "small muted");
        }

        page.CloseCard();
    }

    private static void WriteGraph(Page page, Campaign campaign, IReadOnlyList<CampaignMember> members, Dictionary<string, int> places)
    {
        var drawnOf = new int[members.Count];
        var ties = new List<ArcTie>();
        var seen = new HashSet<(int, int)>();
        foreach (var link in campaign.Links.OrderByDescending(link => link.Bits))
        {
            if (
                places.TryGetValue(page.Reading.ExchangeOf(link.A), out var a)
                && places.TryGetValue(page.Reading.ExchangeOf(link.B), out var b)
                && a != b
                && (drawnOf[a] < LinksDrawnOfEach || drawnOf[b] < LinksDrawnOfEach)
                && seen.Add((Math.Min(a, b), Math.Max(a, b)))
            )
            {
                drawnOf[a]++;
                drawnOf[b]++;
                ties.Add(new ArcTie(a, b, link.Level == LinkLevel.Strong, $"{members[a].Label} - {members[b].Label}"));
            }
        }

        page.OpenCard(CampaignWords.Graph);
        page.Paragraph(page.Say(CampaignWords.GraphNote), "small muted");
        var nodes = members
            .Take(ArcFigure.MostNodes)
            .Select(member => (CampaignPage.NameOf(page, member), page.Reading.Window(member.Organization, member.Window, page.Language)))
            .ToList();
        page.Show(
            new ArcFigure(nodes, ties).Draw,
            page.Say(CampaignWords.Graph),
            string.Join("; ", ties.Take(200).Select(tie => tie.Hint))
        );
        if (members.Count > ArcFigure.MostNodes)
        {
            page.Paragraph(page.Say(PageWords.More(members.Count - ArcFigure.MostNodes)), "small muted");
        }

        page.CloseCard();
    }

    private static void WriteLink(Page page, Link link, IReadOnlyList<CampaignMember> members, Dictionary<string, int> places)
    {
        page.Html.Open("details", ("class", "line")).Open("summary");
        page.Html.Text(
                page.Say(
                    CampaignWords.LinkLine(
                        (LabelOf(page, link.A, members, places), LabelOf(page, link.B, members, places)),
                        CampaignWords.ConfidenceOf(link.Level),
                        link.Bits.ToString("0.0", CultureInfo.InvariantCulture)
                    )
                )
            )
            .Close()
            .Open("div");
        page.OpenTable(null, (CampaignWords.Family, null), (CampaignWords.Value, null), (PageWords.Share, "num"), (PageWords.Bits, "num"));
        foreach (var row in link.Evidence)
        {
            var text = EvidenceText.Of(row);
            page.Html.Open("tr").Leaf("th", page.Say(text.Name(row.Family)), ("scope", "row"));
            page.Cell(CampaignWords.Value);
            if (text.Value.Length > 0)
            {
                page.Data(text.Value);
            }

            page.Html.Close();
            page.Cell(PageWords.Share, "num").Text(row.Share ?? "").Close();
            page.Cell(PageWords.Bits, "num").Text(row.Bits.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture)).Close().Close();
        }

        page.Html.Open("tr").Leaf("th", page.Say(PageWords.Sum), ("scope", "row")).Open("td").Close().Open("td").Close();
        page.Cell(PageWords.Bits, "num").Leaf("strong", link.Bits.ToString("0.0", CultureInfo.InvariantCulture)).Close().Close();
        page.CloseTable();
        page.Html.Close(2);
    }

    private static string LabelOf(Page page, string mail, IReadOnlyList<CampaignMember> members, Dictionary<string, int> places) =>
        places.TryGetValue(page.Reading.ExchangeOf(mail), out var place)
            ? members[place].Messages.FirstOrDefault(message => message.Mail == mail && message.Label.Length > 0)?.Label
                ?? members[place].Label
            : "?";
}
