using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>The messages as the hub sees them: times, gaps, intents with their words, attachments.</summary>
internal static class MessageTable
{
    private const int MostIntents = 12;

    public static void Write(Page page, Conversation conversation)
    {
        page.OpenCard(ConversationWords.HubView, id: "hub");
        page.OpenTable(
            null,
            (ConversationWords.Number, null),
            (ConversationWords.Kind, null),
            (ConversationWords.Time, null),
            (ConversationWords.Gap, "num"),
            (ConversationWords.Seen, null)
        );
        for (var i = 0; i < Math.Min(conversation.Messages.Count, ConversationPage.MostRows); i++)
        {
            WriteRow(page, i > 0 ? conversation.Messages[i - 1] : null, conversation.Messages[i]);
        }

        page.CloseTable();
        page.CloseCard();
    }

    private static void WriteRow(Page page, ConversationMessage? before, ConversationMessage message)
    {
        page.Html.Open("tr").Leaf("th", message.Label, ("scope", "row"));
        OutwardTable.WriteRole(page, page.Cell(ConversationWords.Kind), message.Role);
        page.Html.Close();
        page.Cell(ConversationWords.Time).Text(Times.Of(message, page.Language, withDay: true)).Close();
        var prompt = before is not null && FlowView.IsPrompt(before, message);
        var gap = message.GapSeconds is { } seconds ? Times.Exact(TimeSpan.FromSeconds(seconds), page.Language) : "-";
        page.Cell(ConversationWords.Gap, prompt ? "num prompt" : "num").Text(gap).Close();
        page.Cell(ConversationWords.Seen);
        WriteSeen(page, message);
        page.Html.Close(2).Line();
    }

    private static void WriteSeen(Page page, ConversationMessage message)
    {
        var html = page.Html;
        if (message.Source != MessageSource.Mail)
        {
            html.Leaf("span", page.Say(ConversationWords.Source(message.Source)), ("class", "chip"));
        }

        if (message.Automatic)
        {
            html.Leaf("span", page.Say(ConversationWords.Automatic), ("class", "chip"));
        }

        if (page.Reading.Mail(message.Mail) is not { } mail)
        {
            WriteIntents(page, message);
            return;
        }

        if (mail.Facts.Subject.Length > 0)
        {
            html.Open("div").Leaf("span", $"{page.Say(ConversationWords.Subject)}: ", ("class", "small muted"));
            page.Data(Cut(mail.Facts.Subject, 200)).Html.Close();
        }

        WriteIntents(page, message);
        DestinationList.Write(page, mail);
        FileTree.Write(page, [.. mail.Facts.Attachments.Where((_, i) => !mail.Reported.ContainsKey(i))]);
    }

    private static void WriteIntents(Page page, ConversationMessage message)
    {
        foreach (var found in message.Intents.Take(MostIntents))
        {
            page.Html.Open("div").Leaf("span", page.Say(ConversationWords.IntentOf(found.Intent)), ("class", "chip"));
            if (found.Intent == Intent.Password && FileWords.Place(found.Span) is var place && place.Ja != place.En)
            {
                page.Html.Text($" ({page.Say(place)})");
            }
            else if (found.Span.Length > 0)
            {
                page.Html.Text(page.Language == ReportLanguage.Ja ? "「" : " “");
                page.Data(Cut(found.Span, 160));
                page.Html.Text(page.Language == ReportLanguage.Ja ? "」" : "”");
            }

            page.Html.Close();
        }
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : $"{text[..most]}…";
}
