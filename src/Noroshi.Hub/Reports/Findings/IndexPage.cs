using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>The overview: what was read, live warnings, campaigns, exchanges by assessment.</summary>
internal static class IndexPage
{
    public const string Name = "index";

    /// <summary>Of what only all together show, the overview tells the first ones.</summary>
    private const int MostFindings = 6;

    public static ReportFile Of(Reading reading, ReportLanguage language)
    {
        var page = new Page(reading, language);
        page.Html.Leaf("h1", page.Say(PageWords.Index));
        WriteLead(page);
        if (reading.Situation.Mails.Count > 0)
        {
            WriteWarnings(page);
            WriteTogether(page);
            WriteCampaigns(page);
            WriteConversations(page);
            WriteSuggestions(page);
        }

        WriteRead(page);
        return page.Done(Name, page.Say(PageWords.Index));
    }

    private static void WriteLead(Page page)
    {
        var situation = page.Reading.Situation;
        if (situation.Mails.Count == 0)
        {
            page.Html.Open("section", ("class", "card"));
            page.Paragraph(page.Say(IndexWords.NoMails));
            page.CloseCard();
            return;
        }

        var organizations = situation
            .Mails.Values.Select(mail => mail.Organization)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Count();
        string[] parts =
        [
            page.Say(PageWords.Organizations(organizations)),
            page.Say(PageWords.Mails(situation.Mails.Count)),
            page.Say(PageWords.Exchanges(situation.Conversations.Count)),
        ];
        page.Paragraph(string.Join(" / ", parts), "lead");
    }

    private static void WriteWarnings(Page page)
    {
        var warnings = page.Reading.Situation.Warnings;
        page.OpenCard(IndexWords.Warnings, warnings.Count > 0 ? "card live" : "card");
        if (warnings.Count == 0)
        {
            page.Paragraph(page.Say(IndexWords.NoWarnings));
            page.CloseCard();
            return;
        }

        page.OpenTable(
            null,
            (PageWords.Case, null),
            (PageWords.Organization, null),
            (ConversationWords.Reason, null),
            (ConversationWords.Expect, null),
            (ConversationWords.Lapses, null)
        );
        foreach (var warning in warnings.Take(Reading.MostConversations))
        {
            var told = page.Reading.Find(warning.Conversation);
            page.Html.Open("tr").Open("th", ("scope", "row"));
            WriteCaseLink(page, told);
            page.Html.Close();
            page.Cell(PageWords.Organization);
            page.Data(page.Reading.Organization(told?.Conversation.Organization, page.Language)).Html.Close();
            page.Cell(ConversationWords.Reason).Text(page.Say(ConversationWords.LiveReasonOf(warning.Reason))).Close();
            page.Cell(ConversationWords.Expect).Text(page.Language == ReportLanguage.Ja ? warning.ExpectJa : warning.ExpectEn).Close();
            page.Cell(ConversationWords.Lapses).Text(Times.Minute(warning.Until, page.Language)).Close().Close();
        }

        page.CloseTable();
        page.Paragraph(page.Say(ConversationWords.LiveDo));
        page.CloseCard();
    }

    private static void WriteCaseLink(Page page, ToldConversation? told)
    {
        if (told is null)
        {
            page.Html.Text("-");
        }
        else
        {
            page.Html.Leaf("a", page.Say(ConversationWords.Title(told.Number)), ("href", page.File(told.File)));
        }
    }

    private static void WriteTogether(Page page)
    {
        page.OpenCard(IndexWords.Together);
        var count = page.Reading.Situation.OnlyTogether.Count;
        page.Paragraph(page.Say(count == 0 ? IndexWords.NoTogether : IndexWords.OnlyTogetherCount(count)));
        if (count > 0)
        {
            page.Html.Open("ul");
            foreach (var finding in page.Reading.Situation.OnlyTogether.Take(MostFindings))
            {
                page.Html.Open("li");
                page.Data(page.Language == ReportLanguage.Ja ? finding.Ja : finding.En, "span").Html.Close();
            }

            page.Html.Close();
        }

        page.Html.Open("p").Leaf("a", page.Say(IndexWords.See), ("href", page.File(TogetherPage.Name))).Close();
        page.CloseCard();
    }

    private static void WriteCampaigns(Page page)
    {
        page.OpenCard(IndexWords.Campaigns);
        var campaigns = page.Reading.Situation.Campaigns;
        if (campaigns.Count == 0)
        {
            page.Paragraph(page.Say(IndexWords.NoCampaigns));
            page.CloseCard();
            return;
        }

        page.OpenTable(
            null,
            (PageWords.Campaign, null),
            (CampaignWords.Confidence, null),
            (PageWords.Counts, null),
            (PageWords.Period, null)
        );
        foreach (var campaign in campaigns.Take(Reading.MostCampaigns))
        {
            WriteCampaign(page, campaign);
        }

        page.CloseTable();
        WriteMore(page, campaigns.Count - Reading.MostCampaigns);
        page.CloseCard();
    }

    private static void WriteMore(Page page, int more)
    {
        if (more > 0)
        {
            page.Paragraph(page.Say(PageWords.More(more)), "small muted");
        }
    }

    private static void WriteCampaign(Page page, Campaign campaign)
    {
        var href = page.File($"campaign-{CampaignPage.SafeId(campaign.Id)}");
        page.Html.Open("tr").Open("th", ("scope", "row")).Leaf("a", page.Say(CampaignWords.Title(campaign.Alias)), ("href", href)).Close();
        page.Cell(CampaignWords.Confidence).Text(page.Say(CampaignWords.ConfidenceOf(campaign.Confidence))).Close();
        string[] counts =
        [
            page.Say(PageWords.Organizations(campaign.Organizations.Count)),
            page.Say(PageWords.Exchanges(campaign.Exchanges.Count)),
            page.Say(PageWords.Mails(campaign.Mails.Count)),
        ];
        page.Cell(PageWords.Counts).Text(string.Join(page.Language == ReportLanguage.Ja ? "、" : ", ", counts)).Close();
        var times = campaign
            .Mails.Select(key => page.Reading.Mail(key))
            .Select(mail => mail?.ReceivedAt ?? mail?.Facts.SentAt)
            .OfType<DateTimeOffset>()
            .ToList();
        page.Cell(PageWords.Period).Text(times.Count == 0 ? "-" : Times.Period(times.Min(), times.Max(), page.Language)).Close().Close();
    }

    private static void WriteConversations(Page page)
    {
        page.OpenCard(IndexWords.Conversations);
        var told = page.Reading.Told;
        if (told.Count == 0)
        {
            page.Paragraph(page.Say(IndexWords.NoConversations));
        }
        else
        {
            page.OpenTable(
                null,
                (PageWords.Case, null),
                (ConversationWords.Grade, null),
                (ConversationWords.Stage, null),
                (PageWords.Organization, null),
                (PageWords.Window, null),
                (PageWords.Counts, "num"),
                (PageWords.Period, null)
            );
            foreach (var one in told.OrderBy(one => Array.IndexOf(Reading.Gravest, one.Conversation.Assessment)).ThenBy(one => one.Number))
            {
                WriteConversation(page, one);
            }

            page.CloseTable();
        }

        WriteMore(page, page.Reading.Telling - told.Count);
        var untold = page.Reading.Situation.Conversations.Count - page.Reading.Telling;
        if (untold > 0)
        {
            page.Paragraph(page.Say(IndexWords.Untold(untold)), "small muted");
        }

        page.CloseCard();
    }

    private static void WriteConversation(Page page, ToldConversation told)
    {
        var conversation = told.Conversation;
        page.Html.Open("tr").Open("th", ("scope", "row"));
        WriteCaseLink(page, told);
        page.Html.Close();
        page.Cell(ConversationWords.Grade);
        page.Html.Leaf(
            "span",
            page.Say(ConversationWords.GradeOf(conversation.Assessment)),
            ("class", $"chip{ConversationPage.GradeLook(conversation.Assessment)}")
        );
        page.Html.Close();
        page.Cell(ConversationWords.Stage).Text(page.Say(ConversationWords.StageOf(conversation.Stage))).Close();
        page.Cell(PageWords.Organization);
        page.Data(page.Reading.Organization(conversation.Organization, page.Language)).Html.Close();
        page.Cell(PageWords.Window);
        page.Data(
            page.Reading.Window(conversation.Organization, conversation.Windows.Count > 0 ? conversation.Windows[0] : null, page.Language)
        );
        page.Html.Close();
        page.Cell(PageWords.Counts, "num").Text(page.Say(PageWords.Mails(conversation.Messages.Count))).Close();
        var times = conversation.Messages.Select(message => message.At).OfType<DateTimeOffset>().ToList();
        page.Cell(PageWords.Period)
            .Text(times.Count == 0 ? "-" : Times.Period(times.Min(), times.Max(), page.Language))
            .Close()
            .Close()
            .Line();
    }

    private static void WriteSuggestions(Page page)
    {
        var suggestions = page.Reading.Situation.Suggestions;
        if (suggestions.Count == 0)
        {
            return;
        }

        page.OpenCard(IndexWords.Suggestions);
        page.Paragraph(page.Say(IndexWords.SuggestionsNote), "small muted");
        page.OpenDetails(PageWords.Details);
        page.OpenTable(null, (IndexWords.Mail, null), (IndexWords.OtherMail, null), (PageWords.Bits, "num"));
        foreach (var link in suggestions.Take(60))
        {
            page.Html.Open("tr");
            page.Cell(IndexWords.Mail);
            page.Data(page.Reading.Mail(link.A)?.File ?? link.A).Html.Close();
            page.Cell(IndexWords.OtherMail);
            page.Data(page.Reading.Mail(link.B)?.File ?? link.B).Html.Close();
            page.Cell(PageWords.Bits, "num").Text(link.Bits.ToString("0.0", CultureInfo.InvariantCulture)).Close().Close();
        }

        page.CloseTable();
        page.CloseDetails();
        page.CloseCard();
    }

    private static void WriteRead(Page page)
    {
        var organizations = page
            .Reading.Situation.Mails.Values.GroupBy(mail => mail.Organization ?? "", StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        if (organizations.Count == 0)
        {
            return;
        }

        page.OpenCard(IndexWords.Read);
        page.OpenTable(
            IndexWords.MailsByOrganization,
            (PageWords.Organization, null),
            (IndexWords.Received, "num"),
            (IndexWords.Sent, "num"),
            (IndexWords.OtherMails, "num")
        );
        foreach (var group in organizations)
        {
            var received = group.Count(mail => mail.Direction is MailDirection.Inbound);
            var sent = group.Count(mail => mail.Direction is MailDirection.Outbound);
            page.Html.Open("tr").Open("th", ("scope", "row"));
            page.Data(page.Reading.Organization(group.Key.Length == 0 ? null : group.Key, page.Language)).Html.Close();
            page.Cell(IndexWords.Received, "num").Text(Number(received)).Close();
            page.Cell(IndexWords.Sent, "num").Text(Number(sent)).Close();
            page.Cell(IndexWords.OtherMails, "num").Text(Number(group.Count() - received - sent)).Close().Close();
        }

        page.CloseTable();
        page.CloseCard();
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
