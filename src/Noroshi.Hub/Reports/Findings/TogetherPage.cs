namespace Noroshi.Hub.Reports.Findings;

/// <summary>What no single organisation could see (単一組織の情報では分からなかったこと).</summary>
internal static class TogetherPage
{
    public const string Name = "together";

    public static ReportFile Of(Reading reading, ReportLanguage language)
    {
        var page = new Page(reading, language);
        page.Html.Leaf("h1", page.Say(IndexWords.Together));
        page.Paragraph(page.Say(IndexWords.TogetherLead), "lead");
        if (reading.Situation.OnlyTogether.Count == 0)
        {
            page.Html.Open("section", ("class", "card"));
            page.Paragraph(page.Say(IndexWords.NoTogether));
            page.CloseCard();
        }

        foreach (var group in reading.Situation.OnlyTogether.GroupBy(one => one.Campaign, StringComparer.Ordinal))
        {
            var campaign = reading.Campaign(group.Key);
            page.Html.Open("section", ("class", "card"));
            page.Heading(campaign is null ? PageWords.Campaign : CampaignWords.Title(campaign.Alias));
            page.Html.Open("ol", ("class", "why"));
            foreach (var finding in group)
            {
                page.Html.Open("li").Leaf("strong", page.Say(IndexWords.KindOf(finding.Kind))).Open("span", ("class", "what"));
                page.Data(language == ReportLanguage.Ja ? finding.Ja : finding.En, "span").Html.Close();
                page.Html.Open("span", ("class", "what small muted")).Text($"{page.Say(IndexWords.Involved)}: ");
                page.Data(
                    string.Join(
                        language == ReportLanguage.Ja ? "、" : ", ",
                        finding.Organizations.Select(id => reading.Organization(id, language))
                    )
                );
                page.Html.Close(2);
            }

            page.Html.Close();
            if (campaign is not null)
            {
                page.Html.Open("p")
                    .Leaf("a", page.Say(IndexWords.SeeCampaign), ("href", page.File($"campaign-{CampaignPage.SafeId(campaign.Id)}")))
                    .Close();
            }

            page.CloseCard();
        }

        return page.Done(Name, page.Say(IndexWords.Together));
    }
}
