using System.Text;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Figures;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>Makes marks of messages, with what stands between them.</summary>
internal static class FlowView
{
    private static readonly TimeSpan Prompt = TimeSpan.FromMinutes(60);
    private static readonly MessageRole[] Roles = [MessageRole.Reconnaissance, MessageRole.Reply, MessageRole.Attack, MessageRole.Other];

    public static AxisWords Words(ReportLanguage language) =>
        new((at, before) => Times.DayOnAxis(at, before, language), span => $"…{Times.Short(span, language)}…");

    /// <summary>Marks of messages in their order.</summary>
    /// <param name="page">Page.</param>
    /// <param name="messages">Messages.</param>
    /// <param name="lane">Lane of all.</param>
    /// <param name="thread">What joins them.</param>
    /// <param name="notes">Write the label under each.</param>
    public static IReadOnlyList<LaneMark> MarksOf(
        Page page,
        IReadOnlyList<ConversationMessage> messages,
        int lane,
        string thread,
        bool notes
    )
    {
        var marks = new List<LaneMark>();
        for (var i = 0; i < messages.Count && i <= SwimLane.MostMarks; i++)
        {
            var message = messages[i];
            var role = page.Say(ConversationWords.Role(message.Role));
            marks.Add(
                new LaneMark
                {
                    Lane = lane,
                    Thread = thread,
                    Kind = KindOf(message.Role),
                    Letter = page.Say(ConversationWords.Letter(message.Role)),
                    Manner = MannerOf(message.Source),
                    Small = message.Automatic,
                    At = message.At is { } at ? Times.InJapan(at) : null,
                    Time = Times.Of(message, page.Language, withDay: false),
                    Note = notes ? message.Label : "",
                    Gap =
                        i == 0 ? ""
                        : Between(messages[i - 1], message) is { } gap ? Times.Short(gap, page.Language)
                        : "…",
                    Prompt = i > 0 && IsPrompt(messages[i - 1], message),
                    Hint = $"{message.Label} {role} {Times.Of(message, page.Language, withDay: true)}",
                }
            );
        }

        return marks;
    }

    /// <summary>Time between two messages; null when either is not known to the minute.</summary>
    public static TimeSpan? Between(ConversationMessage before, ConversationMessage after) =>
        before.Precision == TimePrecision.Minute && after.Precision == TimePrecision.Minute ? after.At - before.At : null;

    /// <summary>The outsider's answer to a genuine reply within the hour.</summary>
    public static bool IsPrompt(ConversationMessage before, ConversationMessage after) =>
        before is { Role: MessageRole.Reply, Automatic: false }
        && after is { Role: MessageRole.Attack or MessageRole.Reconnaissance, Automatic: false }
        && Between(before, after) is { } gap
        && gap >= TimeSpan.Zero
        && gap <= Prompt;

    /// <summary>Says what shapes and lines mean, as far as the figure has them.</summary>
    public static void Legend(Page page, IReadOnlyCollection<ConversationMessage> messages, IReadOnlyCollection<LaneMark> marks)
    {
        page.Html.Open("div", ("class", "legend"));
        foreach (var role in Roles.Where(role => messages.Any(message => message.Role == role)))
        {
            page.Html.Open("span");
            OutwardTable.WriteRole(page, page.Html, role);
            page.Html.Text($" {ShapeOf(role)}").Close();
        }

        (bool Shown, Phrase Words)[] lines =
        [
            (marks.Any(mark => mark.Prompt), ConversationWords.LegendPrompt),
            (HasBreak(marks), ConversationWords.LegendBreak),
            (messages.Any(message => message.Source == MessageSource.Quote), ConversationWords.LegendQuoted),
            (messages.Any(message => message.Source == MessageSource.Stated), ConversationWords.LegendStated),
            (messages.Any(message => message.Automatic), ConversationWords.LegendSmall),
        ];
        foreach (var (_, words) in lines.Where(line => line.Shown))
        {
            page.Html.Leaf("span", page.Say(words));
        }

        page.Html.Close();
    }

    /// <summary>The same in words, for those who do not see the figure.</summary>
    public static string Describe(Page page, IReadOnlyList<ConversationMessage> messages)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Math.Min(messages.Count, SwimLane.MostMarks); i++)
        {
            var gap = i > 0 && Between(messages[i - 1], messages[i]) is { } span ? $" (+{Times.Short(span, page.Language)})" : "";
            text.Append(i > 0 ? "; " : "")
                .Append(messages[i].Label)
                .Append(' ')
                .Append(page.Say(ConversationWords.Role(messages[i].Role)))
                .Append(' ')
                .Append(Times.Of(messages[i], page.Language, withDay: true))
                .Append(gap);
        }

        return text.ToString();
    }

    private static bool HasBreak(IReadOnlyCollection<LaneMark> marks)
    {
        var times = marks.Select(mark => mark.At).OfType<DateTimeOffset>().Order().ToList();
        return times.Zip(times.Skip(1)).Any(pair => pair.Second - pair.First > SwimLane.LongestDrawn);
    }

    private static string ShapeOf(MessageRole role) =>
        role switch
        {
            MessageRole.Reconnaissance => "○",
            MessageRole.Reply => "□",
            MessageRole.Attack => "△",
            MessageRole.Other => "◇",
        };

    private static MarkKind KindOf(MessageRole role) =>
        role switch
        {
            MessageRole.Reconnaissance => MarkKind.Reconnaissance,
            MessageRole.Reply => MarkKind.Reply,
            MessageRole.Attack => MarkKind.Attack,
            MessageRole.Other => MarkKind.Other,
        };

    private static MarkManner MannerOf(MessageSource source) =>
        source switch
        {
            MessageSource.Mail => MarkManner.Seen,
            MessageSource.Quote => MarkManner.Quoted,
            MessageSource.Stated => MarkManner.Stated,
        };
}
