using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Figures;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>What a campaign's times show: sentences for everybody, probabilities for the hub.</summary>
internal static class PatternView
{
    public static void Write(Page page, Campaign campaign, IReadOnlyList<CampaignMember> members)
    {
        page.OpenCard(CampaignWords.Patterns);
        if (campaign.Patterns.Count == 0)
        {
            page.Paragraph(page.Say(CampaignWords.NoPatterns));
        }

        page.Html.Open("ul", ("class", "plain"));
        foreach (var pattern in campaign.Patterns.Take(60))
        {
            page.Html.Open("li");
            var organization = (pattern as ReturningPattern)?.Organization;
            var (name, sentence) = CampaignWords.PatternOf(
                pattern,
                page.Reading.Organization(organization, ReportLanguage.Ja),
                page.Reading.Organization(organization, ReportLanguage.En)
            );
            page.Html.Leaf("strong", page.Say(name)).Text(": ");
            page.Data(page.Say(sentence), "span");
            WriteCases(page, pattern, members);
            WriteChanges(page, pattern);
            WriteFigures(page, pattern);
            page.Html.Close();
        }

        page.Html.Close();
        page.CloseCard();
    }

    private static void WriteCases(Page page, TimePattern pattern, IReadOnlyList<CampaignMember> members)
    {
        var shown = pattern.Exchanges.ToHashSet(StringComparer.Ordinal);
        var labels = members.Where(member => shown.Contains(member.Id)).Select(member => member.Label).Take(40);
        page.Html.Leaf("span", $" ({string.Join(", ", labels)})", ("class", "small muted"));
    }

    private static void WriteChanges(Page page, TimePattern pattern)
    {
        if (pattern is not EvolvingPattern evolving)
        {
            return;
        }

        page.Html.Open("ul");
        foreach (var change in evolving.Changes.Take(60))
        {
            page.Html.Open("li", ("class", "small"));
            page.Html.Text($"{Times.Month(change.Month, page.Language)}: {page.Say(CampaignWords.ChangeOf(change.What))} ");
            page.Data(string.Join(", ", change.Before.Take(6))).Html.Text(" → ");
            page.Data(string.Join(", ", change.After.Take(6))).Html.Close();
        }

        page.Html.Close();
    }

    private static void WriteFigures(Page page, TimePattern pattern)
    {
        if (pattern is not (ParallelPattern or SequentialPattern or AttendedPattern))
        {
            return;
        }

        page.OpenDetails(CampaignWords.HubOnly);
        if (pattern is ParallelPattern parallel)
        {
            page.Paragraph($"{page.Say(CampaignWords.Chance)}: {page.Say(CampaignWords.ChanceOf(parallel.Chance))}", "small");
        }
        else if (pattern is SequentialPattern sequential)
        {
            page.Paragraph($"{page.Say(CampaignWords.Chance)}: {page.Say(CampaignWords.ChanceOf(sequential.Chance))}", "small");
        }
        else if (pattern is AttendedPattern attended)
        {
            var bars = new BarFigure(
                [
                    .. attended.Hours.Select(
                        (count, hour) =>
                            new Bar(
                                hour.ToString(CultureInfo.InvariantCulture),
                                count,
                                count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture)
                            )
                    ),
                ],
                Tallest: 80
            );
            page.Paragraph(page.Say(CampaignWords.Hours), "small");
            page.Show(bars.Draw, page.Say(CampaignWords.Hours), bars.Describe());
        }

        page.CloseDetails();
    }
}
