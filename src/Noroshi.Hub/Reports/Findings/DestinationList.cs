using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>Where a mail came from and leads to: sender, links, malicious destinations as observed.</summary>
internal static class DestinationList
{
    private const int MostLinks = 10;

    public static void Write(Page page, ProvidedMail mail)
    {
        if (mail.Direction is not (MailDirection.Outbound or MailDirection.Internal) && mail.Facts.From is { Address.Length: > 0 } from)
        {
            Line(page, FileWords.From, $"{from.Name} {from.Address}".Trim());
        }

        var urls = mail.Facts.Indicators.Urls.Where(url => url.Where is not ("header" or "html-image")).Select(url => url.Value).ToList();
        foreach (var url in urls.Take(MostLinks))
        {
            Line(page, FileWords.Link, url.Length > 300 ? $"{url[..300]}…" : url);
        }

        if (urls.Count > MostLinks)
        {
            page.Html.Leaf("div", page.Say(PageWords.More(urls.Count - MostLinks)), ("class", "small muted"));
        }

        foreach (var destination in (mail.Stated?.Destinations ?? []).Take(MostLinks))
        {
            string?[] parts = [destination.Host, destination.Ip, destination.Country, page.Say(FileWords.HijackedOf(destination.Hijacked))];
            Line(page, FileWords.Destination, string.Join(" / ", parts.Where(part => !string.IsNullOrEmpty(part))));
        }
    }

    private static void Line(Page page, Phrase name, string value)
    {
        page.Html.Open("div", ("class", "small")).Leaf("span", $"{page.Say(name)}: ", ("class", "muted"));
        page.Data(value).Html.Close();
    }
}
