using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>Table 1 as outsiders may see it: number, kind, description, and nothing else (番号・種別・説明).</summary>
internal static class OutwardTable
{
    public static void Write(Page page, Conversation conversation)
    {
        page.OpenCard(ConversationWords.Table1, id: "table1");
        page.OpenTable(
            "stack short",
            null,
            (ConversationWords.Number, null),
            (ConversationWords.Kind, null),
            (ConversationWords.Description, null)
        );
        foreach (var message in conversation.Messages.Take(ConversationPage.MostRows))
        {
            page.Html.Open("tr").Leaf("th", message.Label, ("scope", "row"));
            WriteRole(page, page.Cell(ConversationWords.Kind), message.Role);
            page.Html.Close();
            page.Cell(ConversationWords.Description);
            page.Data(SummaryOf(page, message), "span").Html.Close(2);
        }

        page.CloseTable();
        if (conversation.Messages.Count > ConversationPage.MostRows)
        {
            page.Paragraph(page.Say(PageWords.More(conversation.Messages.Count - ConversationPage.MostRows)), "small muted");
        }

        WriteNotes(page, conversation);
        page.CloseCard();
    }

    public static void WriteRole(Page page, Figures.Markup html, MessageRole role) =>
        html.Leaf("span", page.Say(ConversationWords.Role(role)), ("class", $"role role-{RoleClass(role)}"));

    private static string SummaryOf(Page page, ConversationMessage message) =>
        page.Language == ReportLanguage.Ja ? message.SummaryJa : message.SummaryEn;

    /// <summary>Whether a sentence that says "opens in Lhaplus" rests on a trial or on the documented formats.</summary>
    private static void WriteNotes(Page page, Conversation conversation)
    {
        foreach (var message in conversation.Messages.Take(ConversationPage.MostRows))
        {
            if (message.Role == MessageRole.Attack && Named(message, page.Reading.Mail(message.Mail)) is var (program, tried))
            {
                page.Paragraph(
                    page.Say(
                        tried ? ConversationWords.TriedNote(message.Label, program) : ConversationWords.InferredNote(message.Label, program)
                    ),
                    "note"
                );
            }
        }
    }

    /// <summary>The program of which the sentence says that it opens the file, and whether somebody tried it; null when it says no such thing.</summary>
    public static (string Program, bool Tried)? Named(ConversationMessage message, ProvidedMail? mail)
    {
        foreach (var opens in (mail?.Facts.Attachments ?? []).SelectMany(file => file.OpensIn))
        {
            var program = NameOf(opens);
            if (opens.Opens == true && message.SummaryJa.Contains($"「{program}」で解凍できる", StringComparison.Ordinal))
            {
                return (program, opens.Basis == "tried");
            }
        }

        return null;
    }

    /// <summary>The name without version and era.</summary>
    private static string NameOf(OpensIn opens)
    {
        var digit = opens.Program.AsSpan().IndexOfAnyInRange('0', '9');
        var blank = opens.Program.IndexOf(' ', StringComparison.Ordinal);
        return digit > 0 && blank > 0 ? opens.Program[..blank] : opens.Program;
    }

    private static string RoleClass(MessageRole role) =>
        role switch
        {
            MessageRole.Reconnaissance => "reconnaissance",
            MessageRole.Reply => "reply",
            MessageRole.Attack => "attack",
            MessageRole.Other => "other",
        };
}
