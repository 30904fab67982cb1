using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Judgement;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>The page of one exchange: how it went, Table 1, why, and the hub's own view.</summary>
internal static class ConversationPage
{
    /// <summary>More messages are not told; the JSON output has all.</summary>
    public const int MostRows = 500;

    public static ReportFile Of(Reading reading, ToldConversation told, ReportLanguage language)
    {
        var page = new Page(reading, language);
        var title = Write(page, told);
        return page.Done(told.File, $"{title} {reading.Organization(told.Conversation.Organization, language)}");
    }

    /// <summary>Writes what the page holds; gives its title.</summary>
    public static string Write(Page page, ToldConversation told)
    {
        var (reading, language, conversation) = (page.Reading, page.Language, told.Conversation);
        var organization = reading.Organization(conversation.Organization, language);
        var window = reading.Window(conversation.Organization, conversation.Windows.Count > 0 ? conversation.Windows[0] : null, language);
        var title = page.Say(ConversationWords.Title(told.Number));
        page.Html.Open("h1").Text($"{title}: ");
        page.Data(page.Say(ConversationWords.With(organization, window)), "span").Html.Close();
        WriteLead(page, conversation);
        foreach (var warning in reading.Warnings[conversation.Id])
        {
            WriteWarning(page, warning);
        }

        WriteFlow(page, told);
        page.Html.Open("div", ("class", "two"));
        OutwardTable.Write(page, conversation);
        WhyList.Write(page, conversation);
        page.Html.Close();
        MessageTable.Write(page, conversation);
        HopView.Write(page, conversation);
        return title;
    }

    /// <summary>Class of the chip that tells the assessment.</summary>
    public static string GradeLook(Assessment assessment) =>
        assessment switch
        {
            Assessment.High => " grade-high",
            Assessment.Live => " grade-live",
            Assessment.None or Assessment.Low or Assessment.Medium => "",
        };

    private static void WriteLead(Page page, Conversation conversation)
    {
        var grade = GradeLook(conversation.Assessment);
        page.Html.Open("p", ("class", "lead"));
        Chip(page, $"{page.Say(ConversationWords.Stage)}: {page.Say(ConversationWords.StageOf(conversation.Stage))}", "chip");
        Chip(page, $"{page.Say(ConversationWords.Grade)}: {page.Say(ConversationWords.GradeOf(conversation.Assessment))}", $"chip{grade}");
        if (conversation.AttackFirst)
        {
            Chip(page, page.Say(ConversationWords.AttackFirst), "chip");
        }

        page.Html.Close().Open("div", ("class", "card")).Open("dl", ("class", "facts pair"));
        page.Html.Leaf("dt", page.Say(PageWords.Organization)).Open("dd");
        page.Data(OrganizationWithGroup(page, conversation.Organization)).Html.Close();
        page.Html.Leaf("dt", page.Say(PageWords.Window)).Open("dd");
        WriteList(page, conversation.Windows.Select(window => page.Reading.Window(conversation.Organization, window, page.Language)));
        page.Html.Close().Leaf("dt", page.Say(ConversationWords.Persona)).Open("dd");
        WriteList(page, conversation.Personas);
        page.Html.Close();
        var times = conversation.Messages.Select(message => message.At).OfType<DateTimeOffset>().ToList();
        if (times.Count > 0)
        {
            page.Fact(PageWords.Period, Times.Period(times.Min(), times.Max(), page.Language));
        }

        page.Fact(PageWords.Counts, page.Say(PageWords.Mails(conversation.Messages.Count)));
        var campaigns = page.Reading.Campaigns[conversation.Id].Where(one => page.Reading.Campaign(one.Id) is not null).ToList();
        if (campaigns.Count > 0)
        {
            page.Html.Leaf("dt", page.Say(PageWords.Campaign)).Open("dd");
            foreach (var campaign in campaigns)
            {
                page.Html.Leaf(
                        "a",
                        page.Say(CampaignWords.Title(campaign.Alias)),
                        ("href", page.File($"campaign-{CampaignPage.SafeId(campaign.Id)}"))
                    )
                    .Text(" ");
            }

            page.Html.Close();
        }

        page.Html.Close(2);
    }

    private static string OrganizationWithGroup(Page page, string? id)
    {
        var name = page.Reading.Organization(id, page.Language);
        return page.Reading.Group(id, page.Language) is { } group ? $"{group} / {name}" : name;
    }

    private static void WriteList(Page page, IEnumerable<string> values)
    {
        var first = true;
        foreach (var value in values.Take(12))
        {
            page.Html.Text(
                first ? ""
                : page.Language == ReportLanguage.Ja ? "、"
                : ", "
            );
            page.Data(value);
            first = false;
        }

        if (first)
        {
            page.Html.Text(page.Say(PageWords.None));
        }
    }

    private static void Chip(Page page, string text, string look) => page.Html.Leaf("span", text, ("class", look)).Text(" ");

    private static void WriteWarning(Page page, LiveWarning warning)
    {
        page.OpenCard(ConversationWords.LiveTitle, "card live");
        page.Html.Open("dl", ("class", "facts"));
        page.Fact(ConversationWords.Reason, page.Say(ConversationWords.LiveReasonOf(warning.Reason)));
        page.Html.Leaf("dt", page.Say(ConversationWords.WhatSeen)).Open("dd");
        page.Data(warning.Detail).Html.Close();
        page.Fact(ConversationWords.Expect, page.Language == ReportLanguage.Ja ? warning.ExpectJa : warning.ExpectEn);
        page.Fact(ConversationWords.SinceWhen, Times.Minute(warning.Since, page.Language));
        page.Fact(ConversationWords.Lapses, Times.Minute(warning.Until, page.Language));
        page.Html.Close();
        page.Paragraph(page.Say(ConversationWords.LiveDo));
        page.CloseCard();
    }

    private static void WriteFlow(Page page, ToldConversation told)
    {
        var conversation = told.Conversation;
        page.OpenCard(ConversationWords.Flow);
        var marks = FlowView.MarksOf(page, conversation.Messages, lane: 0, thread: conversation.Id, notes: true);
        var windows = conversation.Messages.Select(message => message.Window).Distinct(StringComparer.Ordinal).ToList();
        var lanes = windows.ConvertAll(window => new Lane(
            page.Reading.Organization(conversation.Organization, page.Language),
            page.Reading.Window(conversation.Organization, window, page.Language)
        ));
        FlowView.Legend(page, conversation.Messages, marks);
        // A thread runs over the lanes of all its windows.
        marks = [.. marks.Select((mark, i) => mark with { Lane = windows.IndexOf(conversation.Messages[i].Window) })];
        page.Show(
            new SwimLane(lanes, marks, [], FlowView.Words(page.Language)).Draw,
            page.Say(ConversationWords.Flow),
            FlowView.Describe(page, conversation.Messages)
        );
        if (conversation.Messages.Count > SwimLane.MostMarks)
        {
            page.Paragraph(page.Say(PageWords.More(conversation.Messages.Count - SwimLane.MostMarks)), "small muted");
        }

        page.CloseCard();
    }
}
