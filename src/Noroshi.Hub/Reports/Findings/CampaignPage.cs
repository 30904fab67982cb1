using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Figures;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>The page of one campaign: the hedged conclusion, how it went over the organisations, and what it rests on.</summary>
internal static class CampaignPage
{
    public static ReportFile Of(Reading reading, Campaign campaign, ReportLanguage language)
    {
        var page = new Page(reading, language);
        var title = Write(page, campaign);
        return page.Done($"campaign-{SafeId(campaign.Id)}", title);
    }

    /// <summary>Writes what the page holds; gives its title.</summary>
    public static string Write(Page page, Campaign campaign)
    {
        var members = page.Reading.MembersOf(campaign);
        var title = page.Say(CampaignWords.Title(campaign.Alias));
        page.Html.Leaf("h1", title);
        WriteConclusion(page, campaign, members);
        PatternView.Write(page, campaign, members);
        ParallelView.Write(page, campaign, members);
        MatrixView.Write(page, campaign, members);
        WriteCounter(page, campaign);
        WriteWithout(page, campaign);
        LinksView.Write(page, campaign, members);
        WriteMembers(page, members);
        return title;
    }

    /// <summary>Ids are the program's own, but a file name has to be one whatever they are.</summary>
    public static string SafeId(string id) =>
        new([.. id.Take(80).Select(character => char.IsAsciiLetterOrDigit(character) || character == '-' ? character : '_')]);

    /// <summary>Name of a member: label and organisation.</summary>
    public static string NameOf(Page page, CampaignMember member) =>
        $"{member.Label} {page.Reading.Organization(member.Organization, page.Language)}";

    private static void WriteConclusion(Page page, Campaign campaign, IReadOnlyList<CampaignMember> members)
    {
        var hedge = CampaignWords.Hedge(campaign.Organizations.Count, campaign.Exchanges.Count, campaign.Mails.Count, campaign.Confidence);
        page.OpenCard(CampaignWords.Conclusion);
        page.Paragraph(page.Say(hedge), "hedge");
        page.Html.Open("dl", ("class", "facts"));
        page.Fact(CampaignWords.Confidence, page.Say(CampaignWords.ConfidenceOf(campaign.Confidence)));
        page.Html.Leaf("dt", page.Say(CampaignWords.Organizations)).Open("dd");
        for (var i = 0; i < campaign.Organizations.Count; i++)
        {
            page.Html.Text(
                i == 0 ? ""
                : page.Language == ReportLanguage.Ja ? "、"
                : ", "
            );
            page.Data(page.Reading.Organization(campaign.Organizations[i], page.Language));
        }

        page.Html.Close();
        var times = members.SelectMany(member => member.Messages).Select(message => message.At).OfType<DateTimeOffset>().ToList();
        if (times.Count > 0)
        {
            page.Fact(PageWords.Period, Times.Period(times.Min(), times.Max(), page.Language));
        }

        var windows = members.Select(member => (member.Organization, member.Window)).Distinct().Count();
        string[] counts =
        [
            page.Say(PageWords.Organizations(campaign.Organizations.Count)),
            page.Say(PageWords.Windows(windows)),
            page.Say(PageWords.Exchanges(campaign.Exchanges.Count)),
            page.Say(PageWords.Mails(campaign.Mails.Count)),
        ];
        page.Fact(PageWords.Counts, string.Join(page.Language == ReportLanguage.Ja ? "、" : ", ", counts));
        page.Fact(CampaignWords.Version, page.Say(CampaignWords.VersionOf(campaign.Id, campaign.Version)));
        page.Html.Close();
        page.OpenDetails(PageWords.Bits);
        page.Paragraph(campaign.Bits.ToString("0.0", CultureInfo.InvariantCulture));
        page.CloseDetails();
        page.CloseCard();
    }

    private static void WriteCounter(Page page, Campaign campaign)
    {
        page.OpenCard(CampaignWords.Counter);
        var rows = campaign
            .Links.SelectMany(link => link.Evidence)
            .Where(row => row.Bits < 0 && row.Family != EvidenceFamily.Prior)
            .GroupBy(row => (row.Family, Text: EvidenceText.Of(row)))
            .OrderBy(group => group.Min(row => row.Bits))
            .ThenBy(group => group.Key.Text.Value, StringComparer.Ordinal)
            .ToList();
        if (rows.Count == 0)
        {
            page.Paragraph(page.Say(CampaignWords.NoCounter));
            page.CloseCard();
            return;
        }

        page.OpenTable(
            null,
            (CampaignWords.Family, null),
            (CampaignWords.Value, null),
            (CampaignWords.Link, "num"),
            (PageWords.Bits, "num")
        );
        foreach (var group in rows.Take(MatrixView.MostValues))
        {
            var text = group.Key.Text;
            page.Html.Open("tr").Leaf("th", page.Say(text.Name(group.Key.Family)), ("scope", "row"));
            page.Cell(CampaignWords.Value);
            page.Data(text.Value).Html.Close();
            page.Cell(CampaignWords.Link, "num").Text(group.Count().ToString(CultureInfo.InvariantCulture)).Close();
            page.Cell(PageWords.Bits, "num").Text(group.Min(row => row.Bits).ToString("0.0", CultureInfo.InvariantCulture)).Close().Close();
        }

        page.CloseTable();
        page.CloseCard();
    }

    private static void WriteWithout(Page page, Campaign campaign)
    {
        if (campaign.Without.Count == 0)
        {
            return;
        }

        page.OpenCard(CampaignWords.Without);
        page.OpenTable(null, (CampaignWords.Family, null), (CampaignWords.Conclusion, null), (PageWords.Bits, "num"));
        foreach (var (family, bits) in campaign.Without)
        {
            page.Html.Open("tr").Leaf("th", page.Say(CampaignWords.FamilyOf(family)), ("scope", "row"));
            page.Cell(CampaignWords.Conclusion).Text(page.Say(WithoutWord(campaign.Confidence, bits))).Close();
            page.Cell(PageWords.Bits, "num muted").Text(bits.ToString("0.0", CultureInfo.InvariantCulture)).Close().Close();
        }

        page.CloseTable();
        page.CloseCard();
    }

    private static Phrase WithoutWord(LinkLevel confidence, decimal bits) =>
        bits < (decimal)EvidenceRules.Suggestion ? CampaignWords.WithoutFalls
        : bits < (decimal)EvidenceRules.Probable ? CampaignWords.WithoutSuggestion
        : confidence == LinkLevel.Strong && bits < (decimal)EvidenceRules.Strong ? CampaignWords.WithoutWeaker
        : CampaignWords.WithoutStands;

    private static void WriteMembers(Page page, IReadOnlyList<CampaignMember> members)
    {
        page.OpenCard(CampaignWords.Members);
        page.OpenTable(
            null,
            (ConversationWords.Number, null),
            (PageWords.Organization, null),
            (PageWords.Window, null),
            (CampaignWords.FirstContact, null),
            (ConversationWords.Stage, null)
        );
        foreach (var member in members.Take(ConversationPage.MostRows))
        {
            page.Html.Open("tr").Open("th", ("scope", "row"));
            if (member.Told is { } told)
            {
                page.Html.Leaf("a", member.Label, ("href", page.File(told.File)));
            }
            else
            {
                page.Html.Text(member.Label);
            }

            page.Html.Close();
            page.Cell(PageWords.Organization);
            page.Data(page.Reading.Organization(member.Organization, page.Language)).Html.Close();
            page.Cell(PageWords.Window);
            page.Data(page.Reading.Window(member.Organization, member.Window, page.Language)).Html.Close();
            page.Cell(CampaignWords.FirstContact).Text(member.FirstContact is { } at ? Times.Minute(at, page.Language) : "-").Close();
            page.Cell(ConversationWords.Stage)
                .Text(page.Say(member.Told is { } one ? ConversationWords.StageOf(one.Conversation.Stage) : CampaignWords.Alone))
                .Close()
                .Close();
        }

        page.CloseTable();
        page.CloseCard();
    }
}
