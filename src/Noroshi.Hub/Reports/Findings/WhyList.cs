using System.Globalization;
using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>The reasons of an assessment, in sentences; weights on demand.</summary>
internal static class WhyList
{
    private const int MostDetails = 20;

    public static void Write(Page page, Conversation conversation)
    {
        page.OpenCard(conversation.Assessment is Assessment.High or Assessment.Medium ? ConversationWords.Why : ConversationWords.Reasons);
        if (conversation.Evidence.Count == 0)
        {
            page.Paragraph(
                page.Say(page.Reading.Warnings.Contains(conversation.Id) ? ConversationWords.ReasonsAbove : ConversationWords.NoReasons)
            );
        }
        else
        {
            WriteReasons(page, [.. conversation.Evidence.Where(EvidenceSentences.Speaks)]);
            WriteWeights(page, conversation.Evidence);
        }

        page.CloseCard();
    }

    private static void WriteReasons(Page page, IReadOnlyList<ConversationEvidence> evidence)
    {
        page.Html.Open("ol", ("class", "why"));
        foreach (var group in evidence.GroupBy(one => one.Code, StringComparer.Ordinal))
        {
            var word = WhyWords.Of(group.Key);
            page.Html.Open("li").Leaf("strong", page.Say(word.Title));
            foreach (var one in group.Take(MostDetails).Where(one => one.Detail.Length > 0))
            {
                page.Html.Open("span", ("class", "what"));
                WriteDetail(page, one);
                page.Html.Close();
            }

            if (word.Limit is { } limit)
            {
                page.Html.Leaf("span", $"{page.Say(ConversationWords.Condition)}: {page.Say(limit)}", ("class", "what small muted"));
            }

            page.Html.Close();
        }

        page.Html.Close();
    }

    private static void WriteWeights(Page page, IReadOnlyList<ConversationEvidence> evidence)
    {
        page.OpenDetails(PageWords.Bits);
        page.Html.Open("table");
        foreach (var one in evidence.Take(200))
        {
            page.Html.Open("tr").Leaf("td", page.Say(WhyWords.Of(one.Code).Title));
            page.Html.Leaf("td", one.Bits.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture), ("class", "num")).Close();
        }

        page.Html.Close();
        page.Paragraph(page.Say(ConversationWords.RulesNote), "small muted");
        page.CloseDetails();
    }

    /// <summary>What was seen: labels and figures in the page's language, words of the mail as they are.</summary>
    private static void WriteDetail(Page page, ConversationEvidence evidence)
    {
        var detail = evidence.Detail;
        var quote = detail.IndexOf('「', StringComparison.Ordinal);
        if (evidence.Code == "environment-question" && quote >= 0)
        {
            page.Html.Text($"{detail[..quote]} ");
            page.Html.Text(page.Language == ReportLanguage.Ja ? "「" : "“");
            page.Data(detail[(quote + 1)..].TrimEnd('」'));
            page.Html.Text(page.Language == ReportLanguage.Ja ? "」" : "”");
            return;
        }

        var arrow = detail.Replace(" -> ", " → ", StringComparison.Ordinal);
        switch (evidence.Code)
        {
            case "latency.quick" or "latency.prompt" or "latency.same-day" when page.Language == ReportLanguage.Ja:
                page.Html.Text(arrow.Replace(" min", "分", StringComparison.Ordinal));
                break;
            case "sequence" or "cannot-open" or "latency.quick" or "latency.prompt" or "latency.same-day":
                page.Html.Text(arrow);
                break;
            case "free-mail":
                page.Html.Text(page.Language == ReportLanguage.Ja ? $"{detail}通" : $"{detail} mails");
                break;
            case "adaptation" when page.Language == ReportLanguage.Ja:
                page.Data(
                    arrow
                        .Replace("does not open", WhyWords.OpensBefore.Ja, StringComparison.Ordinal)
                        .Replace("opens", WhyWords.OpensAfter.Ja, StringComparison.Ordinal)
                        .Replace("unknown", FileWords.OpensUnknown.Ja, StringComparison.Ordinal)
                );
                break;
            default:
                page.Data(arrow);
                break;
        }
    }
}
