using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Figures;

namespace Noroshi.Exchange.Reports.Html;

/// <summary>Head, bar and foot of a page.</summary>
/// <param name="ja">Language.</param>
/// <param name="title">Title.</param>
/// <param name="issuer">Who issues it.</param>
/// <param name="marking">Marking as printed.</param>
/// <param name="around">Links to other pages.</param>
internal sealed class HtmlFrame(bool ja, string title, string issuer, string marking, HtmlSurroundings around)
{
    /// <summary>
    /// Nothing runs, nothing is loaded or sent. Of style sheets only the one that stands in the page counts; attributes are the program's own
    /// (the least width of a figure).
    /// </summary>
    public static string Policy(string css) =>
        $"default-src 'none'; style-src-elem 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(css)))}'; "
        + "style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>The whole page.</summary>
    public string Page(string css, Fragment main)
    {
        var html = new Markup();
        html.Open("html", ("lang", ja ? "ja" : "en"))
            .Line()
            .Open("head")
            .Empty("meta", ("charset", "utf-8"))
            .Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy(css)))
            .Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
            .Empty("meta", ("name", "referrer"), ("content", "no-referrer"))
            .Empty("meta", ("name", "author"), ("content", issuer))
            .Line()
            .Leaf("title", VisibleText.Line(title))
            .Line()
            .Open("style")
            .Add(Fragment.StyleSheet(css))
            .Close(2)
            .Line()
            .Open("body", ("class", ja ? "ja" : "en"))
            .Leaf("a", ReportWords.Skip.In(ja), ("class", "skip"), ("href", "#main"))
            .Line();
        html.Open("header", ("class", "bar")).Leaf("span", issuer, ("class", "name"));
        WriteLinks(html);
        html.Leaf("span", marking, ("class", "tlp")).Close().Line();
        html.Open("main", ("id", "main"), ("tabindex", "-1")).Line().Add(main).Close().Line();
        html.Open("footer").Leaf("p", $"{issuer} / {marking}").Close(3).Line();
        return $"<!doctype html>\n{html.Done().Text}";
    }

    private void WriteLinks(Markup html)
    {
        if (around.Links.Count == 0)
        {
            return;
        }

        html.Open("nav", ("aria-label", ja ? "サイト内" : "Site"));
        foreach (var (text, address, other) in around.Links)
        {
            var lang = other is null || other == ja ? null
                : ja ? "en"
                : "ja";
            html.Leaf("a", text, ("href", address), ("lang", lang), ("hreflang", lang));
        }

        html.Close();
    }
}
