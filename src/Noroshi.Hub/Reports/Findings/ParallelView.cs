using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Figures;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>The parallel picture: all cases of a campaign on one axis, with frames around first contacts that fall together; and latencies.</summary>
internal static class ParallelView
{
    private const int MostLanes = 40;
    private const int MostNearer = 3;

    /// <summary>With more messages than this, of each case only first mail, first reply and first attack are drawn.</summary>
    private const int MostDrawnWhole = 48;

    public static void Write(Page page, Campaign campaign, IReadOnlyList<CampaignMember> members)
    {
        var shown = members.Where(member => member.Messages.Count > 0).Take(MostLanes).ToList();
        var patterns = campaign.Patterns.OfType<ParallelPattern>().ToList();
        foreach (var pattern in patterns.OrderByDescending(pattern => pattern.Windows).Take(MostNearer))
        {
            // Among many cases the minutes that matter would be lost: they get a picture of their own.
            var near = pattern.Exchanges.ToHashSet(StringComparer.Ordinal);
            var involved = members.Where(member => near.Contains(member.Id) && member.Messages.Count > 0).Take(MostLanes).ToList();
            if (involved.Count > 1 && involved.Count < shown.Count)
            {
                WritePicture(page, CampaignWords.Nearer, [pattern], involved);
            }
        }

        if (shown.Count > 0)
        {
            WritePicture(page, CampaignWords.Picture, patterns, shown);
        }

        WriteLatencies(page, members);
    }

    private static void WritePicture(Page page, Phrase title, IReadOnlyList<ParallelPattern> patterns, List<CampaignMember> members)
    {
        var whole = members.Sum(member => member.Messages.Count) <= MostDrawnWhole;
        var drawn = members.ConvertAll(member => whole ? member.Messages : Chosen(member.Messages));
        page.OpenCard(title);
        var marks = new List<LaneMark>();
        var firstMark = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var lane = 0; lane < members.Count; lane++)
        {
            firstMark[members[lane].Id] = marks.Count;
            marks.AddRange(FlowView.MarksOf(page, drawn[lane], lane, members[lane].Id, notes: false));
        }

        FlowView.Legend(page, [.. drawn.SelectMany(messages => messages)], marks);
        var lanes = members.ConvertAll(member => new Lane(
            CampaignPage.NameOf(page, member),
            page.Reading.Window(member.Organization, member.Window, page.Language)
        ));
        var frames = patterns
            .Select(pattern => new LaneFrame(
                [.. pattern.Exchanges.Where(firstMark.ContainsKey).Select(exchange => firstMark[exchange])],
                page.Say(CampaignWords.FrameOf(pattern.Windows, pattern.Minutes))
            ))
            .Where(frame => frame.Marks.Count > 1)
            .ToList();
        page.Show(new SwimLane(lanes, marks, frames, FlowView.Words(page.Language)).Draw, page.Say(title), Describe(page, members, frames));
        if (!whole)
        {
            page.Paragraph(page.Say(CampaignWords.FirstOnly), "small muted");
        }

        page.CloseCard();
    }

    /// <summary>First mail, first genuine reply, first attack, in their order.</summary>
    private static IReadOnlyList<ConversationMessage> Chosen(IReadOnlyList<ConversationMessage> messages)
    {
        int[] places =
        [
            0,
            IndexOf(messages, message => message is { Role: MessageRole.Reply, Automatic: false }),
            IndexOf(messages, message => message.Role == MessageRole.Attack),
        ];
        return [.. places.Where(place => place >= 0).Distinct().Order().Select(place => messages[place])];
    }

    private static int IndexOf(IReadOnlyList<ConversationMessage> messages, Func<ConversationMessage, bool> fits)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            if (fits(messages[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Describe(Page page, List<CampaignMember> members, List<LaneFrame> frames)
    {
        var first = members.Select(member =>
            $"{CampaignPage.NameOf(page, member)}: {page.Say(CampaignWords.FirstContact)} "
            + (member.FirstContact is { } at ? Times.Minute(at, page.Language) : "-")
        );
        return string.Join("; ", first.Concat(frames.Select(frame => frame.Caption)));
    }

    private static void WriteLatencies(Page page, IReadOnlyList<CampaignMember> members)
    {
        var rows = members
            .Select(member => (Member: member, Minutes: LatenciesOf(member.Messages)))
            .Where(row => row.Minutes.Count > 0)
            .ToList();
        if (rows.Count == 0)
        {
            return;
        }

        page.OpenCard(CampaignWords.Latencies);
        page.OpenTable(null, (PageWords.Case, null), (PageWords.Organization, null), (CampaignWords.Latencies, null));
        foreach (var (member, minutes) in rows.Take(ConversationPage.MostRows))
        {
            page.Html.Open("tr").Leaf("th", member.Label, ("scope", "row"));
            page.Cell(PageWords.Organization);
            page.Data(page.Reading.Organization(member.Organization, page.Language)).Html.Close();
            page.Cell(CampaignWords.Latencies);
            for (var i = 0; i < Math.Min(minutes.Count, 20); i++)
            {
                page.Html.Text(
                    i == 0 ? ""
                    : page.Language == ReportLanguage.Ja ? "、"
                    : ", "
                );
                page.Html.Leaf("span", Times.Short(minutes[i], page.Language), ("class", minutes[i].TotalMinutes <= 60 ? "prompt" : null));
            }

            page.Html.Close(2);
        }

        page.CloseTable();
        page.Paragraph(page.Say(CampaignWords.LatencyNote), "small muted");
        page.CloseCard();
    }

    /// <summary>From each genuine reply to the outsider's next mail, automatic ones between them passed over; up to a day.</summary>
    private static List<TimeSpan> LatenciesOf(IReadOnlyList<ConversationMessage> messages)
    {
        var found = new List<TimeSpan>();
        ConversationMessage? reply = null;
        foreach (var message in messages.Where(message => !message.Automatic))
        {
            if (message.Role == MessageRole.Reply)
            {
                reply = message;
            }
            else if (message.Role is MessageRole.Attack or MessageRole.Reconnaissance)
            {
                if (reply is not null && FlowView.Between(reply, message) is { } gap && gap >= TimeSpan.Zero && gap <= TimeSpan.FromDays(1))
                {
                    found.Add(gap);
                }

                reply = null;
            }
        }

        return found;
    }
}
