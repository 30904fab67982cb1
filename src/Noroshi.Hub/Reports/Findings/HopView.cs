using Noroshi.Hub.Conversations;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>Routes of the mails that came in, oldest station first.</summary>
internal static class HopView
{
    private const int MostMails = 40;

    public static void Write(Page page, Conversation conversation)
    {
        var inbound = conversation
            .Messages.Select(message => (message.Label, Mail: page.Reading.Mail(message.Mail)))
            .Where(one => one.Mail is { Direction: not (MailDirection.Outbound or MailDirection.Internal), Facts.Hops.Count: > 0 })
            .ToList();
        if (inbound.Count == 0)
        {
            return;
        }

        page.OpenCard(ConversationWords.Route, id: "route");
        page.Paragraph(page.Say(ConversationWords.HopLegend), "small muted");
        foreach (var (label, mail) in inbound.Take(MostMails))
        {
            if (mail is null)
            {
                continue;
            }

            page.Html.Open("div", ("class", "hop")).Open("h3").Text($"{label} ");
            page.Data(mail.Facts.Subject.Length > 120 ? mail.Facts.Subject[..120] : mail.Facts.Subject).Html.Close();
            var nodes = NodesOf(page, mail.Facts.Hops);
            page.Show(
                new HopFigure(nodes).Draw,
                $"{page.Say(ConversationWords.Route)} {label}",
                string.Join("; ", nodes.Select(node => $"{node.Name} {node.Second} {node.Third} {node.Delay}".Trim()))
            );
            page.Html.Close();
        }

        if (inbound.Count > MostMails)
        {
            page.Paragraph(page.Say(PageWords.More(inbound.Count - MostMails)), "small muted");
        }

        page.CloseCard();
    }

    /// <summary>Each header tells of two hosts: the one that wrote it and its peer. The peer of the oldest is where the mail began.</summary>
    public static List<HopNode> NodesOf(Page page, IReadOnlyList<Hop> hops)
    {
        var nodes = new List<HopNode>();
        var first = hops[^1];
        var peer = first.From ?? first.Helo;
        // A peer without a name gives its address in brackets.
        peer = peer?.Trim('[', ']') == first.Ip ? null : peer;
        nodes.Add(
            new HopNode(
                peer is null ? page.Say(ConversationWords.Sender) : Defanged.Host(peer),
                first.Ip is null ? "" : Defanged.Host(first.Ip),
                peer is null ? "" : page.Say(ConversationWords.Sender),
                "",
                Own: false
            )
        );
        for (var i = Math.Min(hops.Count, HopFigure.MostNodes) - 1; i >= 0; i--)
        {
            var hop = hops[i];
            var time = hop.At is { } at ? Times.Clock(at) : "";
            var delay =
                hop.DelaySeconds is { } seconds ? $"+{Times.Short(TimeSpan.FromSeconds(seconds), page.Language)}"
                : i == hops.Count - 1 ? ""
                : page.Say(ConversationWords.DelayUnknown);
            nodes.Add(
                new HopNode(
                    hop.By is { } by ? Defanged.Host(by) : page.Say(ConversationWords.UnknownHost),
                    hop.ByIp is null ? "" : Defanged.Host(hop.ByIp),
                    $"{time} {hop.With}".Trim(),
                    delay.Replace("+-", "-", StringComparison.Ordinal),
                    hop.Trusted
                )
            );
        }

        return nodes;
    }
}
