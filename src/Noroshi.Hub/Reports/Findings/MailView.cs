using Noroshi.Hub.Figures;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>One mail taken apart: route, text, files, sender, what was noticed (メールの詳細分析).</summary>
internal static class MailView
{
    private const int MostAddresses = 20;
    private const int MostFindings = 100;
    private static readonly Dictionary<string, FindingCode> Codes = FindingCodes
        .All()
        .ToDictionary(one => one.Code, StringComparer.Ordinal);

    /// <summary>Writes the view.</summary>
    public static void Write(Page page, ProvidedMail mail, IReadOnlyList<(Phrase Name, string Title, string Href)> places)
    {
        var facts = mail.Facts;
        page.Html.Open("h1");
        page.Data(facts.Subject.Length > 0 ? VisibleText.Line(facts.Subject) : page.Say(MailWords.NoSubject)).Html.Close();
        page.Html.Open("p", ("class", "lead"));
        if (mail.ReceivedAt is { } at)
        {
            page.Html.Text($"{page.Say(MailWords.Received)} {Times.Minute(at, page.Language)} / ");
        }

        page.Data(page.Reading.Organization(mail.Organization, page.Language)).Html.Text(" ");
        page.Data(page.Reading.Window(mail.Organization, mail.Window, page.Language)).Html.Close();
        WriteRoute(page, mail);
        page.Html.Open("div", ("class", "two")).Open("div");
        WriteText(page, facts);
        page.OpenCard(MailWords.Files);
        if (facts.Attachments.Count == 0)
        {
            page.Paragraph(page.Say(MailWords.NoFiles), "muted");
        }

        FileTree.Write(page, facts.Attachments);
        page.CloseCard();
        page.Html.Close().Open("div");
        WritePlaces(page, places);
        WriteSender(page, facts);
        WriteFindings(page, mail.Findings);
        page.Html.Close(2);
    }

    private static void WriteRoute(Page page, ProvidedMail mail)
    {
        page.OpenCard(MailWords.Route);
        if (mail.Facts.Hops.Count == 0)
        {
            page.Paragraph(page.Say(MailWords.NoRoute), "muted");
        }
        else
        {
            var nodes = HopView.NodesOf(page, mail.Facts.Hops);
            page.Show(
                new HopFigure(nodes).Draw,
                page.Say(MailWords.Route),
                string.Join("; ", nodes.Select(node => $"{node.Name} {node.Second} {node.Third} {node.Delay}".Trim()))
            );
        }

        page.CloseCard();
    }

    private static void WriteText(Page page, MailFacts facts)
    {
        page.OpenCard(MailWords.Text);
        if (string.IsNullOrWhiteSpace(facts.Body.Text))
        {
            page.Paragraph(page.Say(MailWords.NoText), "muted");
        }
        else
        {
            page.Html.Open("div", ("class", "mailtext"), ("tabindex", "0"), ("role", "region"), ("aria-label", page.Say(MailWords.Text)));
            page.Data(facts.Body.Text).Html.Close();
        }

        page.Paragraph(page.Say(MailWords.TextNote), "small muted");
        page.CloseCard();
    }

    private static void WritePlaces(Page page, IReadOnlyList<(Phrase Name, string Title, string Href)> places)
    {
        if (places.Count == 0)
        {
            return;
        }

        page.OpenCard(MailWords.Place);
        page.Html.Open("dl", ("class", "facts"));
        foreach (var (name, title, href) in places)
        {
            page.Html.Leaf("dt", page.Say(name)).Open("dd").Leaf("a", title, ("href", href)).Close();
        }

        page.Html.Close();
        page.CloseCard();
    }

    private static void WriteSender(Page page, MailFacts facts)
    {
        page.OpenCard(MailWords.Sender);
        page.Html.Open("dl", ("class", "facts"));
        WriteAddresses(page, MailWords.From, facts.From is { } from ? [from] : []);
        if (facts.ReplyTo.Count > 0)
        {
            WriteAddresses(page, MailWords.ReplyTo, facts.ReplyTo);
            if (facts.ReplyTo.Any(one => !string.Equals(one.Address, facts.From?.Address, StringComparison.OrdinalIgnoreCase)))
            {
                page.Html.Leaf("dt", "").Open("dd").Leaf("span", page.Say(MailWords.ReplyDiffers), ("class", "chip")).Close();
            }
        }

        WriteAddresses(page, MailWords.To, facts.To);
        var verdicts = facts
            .Authentication.Select(one => $"{one.Method} {one.Result}")
            .Distinct(StringComparer.Ordinal)
            .Take(MostAddresses)
            .ToList();
        page.Html.Leaf("dt", page.Say(MailWords.Authentication)).Open("dd");
        page.Data(verdicts.Count == 0 ? page.Say(MailWords.NoVerdict) : string.Join(" / ", verdicts)).Html.Close(2);
        page.CloseCard();
    }

    private static void WriteAddresses(Page page, Phrase name, IReadOnlyList<MailAddress> addresses)
    {
        page.Html.Leaf("dt", page.Say(name)).Open("dd");
        foreach (var one in addresses.Take(MostAddresses))
        {
            page.Html.Open("div");
            page.Data(VisibleText.Line($"{one.Name} {one.Address}".Trim())).Html.Close();
        }

        if (addresses.Count is 0 or > MostAddresses)
        {
            page.Html.Text(addresses.Count == 0 ? page.Say(PageWords.None) : page.Say(PageWords.More(addresses.Count - MostAddresses)));
        }

        page.Html.Close();
    }

    private static void WriteFindings(Page page, IReadOnlyList<Finding> findings)
    {
        page.OpenCard(MailWords.Findings);
        if (findings.Count == 0)
        {
            page.Paragraph(page.Say(MailWords.NoFindings), "muted");
        }

        page.Html.Open("ul", ("class", "plain"));
        foreach (var one in findings.DistinctBy(one => (one.Code, one.Detail)).Take(MostFindings))
        {
            var known = Codes.GetValueOrDefault(one.Code);
            page.Html.Open("li")
                .Text(
                    known is null ? one.Code
                    : page.Language == ReportLanguage.Ja ? known.Ja
                    : known.En
                );
            if (one.Detail.Length > 0)
            {
                page.Html.Open("div", ("class", "small muted"));
                page.Data(VisibleText.Line(one.Detail)).Html.Close();
            }

            page.Html.Close();
        }

        page.Html.Close();
        page.CloseCard();
    }
}
