using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Figures;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>A page while it is being written.</summary>
internal sealed class Page
{
    /// <summary>Nothing is loaded, nothing runs, nothing is sent; the style sheet stands in the page.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private int _figures;

    public Page(Reading reading, ReportLanguage language)
    {
        Reading = reading;
        Language = language;
    }

    public Reading Reading { get; }

    public ReportLanguage Language { get; }

    /// <summary>What stands in the page's main part.</summary>
    public Markup Html { get; } = new();

    public static string FileName(string name, ReportLanguage language) =>
        language switch
        {
            ReportLanguage.Ja => $"{name}.html",
            ReportLanguage.En => $"{name}.en.html",
        };

    public string Say(Phrase phrase) => phrase.In(Language);

    /// <summary>Where the pages of other findings stand, by name; null: beside this one in a folder.</summary>
    public Func<string, string>? Places { get; init; }

    public string File(string name) => Places?.Invoke(name) ?? FileName(name, Language);

    /// <summary>Text of a stranger: its reading order stays its own, and nothing in it can be followed.</summary>
    public Page Data(string text, string element = "bdi")
    {
        // On an English page a screen reader has to know that the quoted words are Japanese.
        var foreign = Language == ReportLanguage.En && text.Any(character => character is >= '\u3041' and <= '\u9fff');
        Html.Leaf(element, Defanged.Text(text), ("class", "data"), ("lang", foreign ? "ja" : null));
        return this;
    }

    public void Heading(Phrase title) => Html.Leaf("h2", Say(title));

    public void Paragraph(string text, string? look = null) => Html.Leaf("p", text, ("class", look));

    public void OpenCard(Phrase title, string look = "card", string? id = null)
    {
        Html.Line().Open("section", ("class", look), ("id", id));
        Heading(title);
    }

    public void CloseCard() => Html.Close().Line();

    public void OpenDetails(Phrase summary) => Html.Open("details").Leaf("summary", Say(summary)).Open("div");

    public void CloseDetails() => Html.Close(2);

    /// <summary>A figure that may be wider than the screen.</summary>
    public void Show(Func<FigureText, Figure> draw, string title, string description)
    {
        var figure = draw(new FigureText($"figure{++_figures}", title, description));
        Html.Open(
                "div",
                ("class", "wide"),
                ("tabindex", "0"),
                ("role", "region"),
                ("aria-label", title),
                ("data-hint", Say(PageWords.Scroll))
            )
            .Add(figure.Svg)
            .Close();
    }

    /// <summary>Opens a table with its head; on a narrow screen each row becomes a card.</summary>
    public void OpenTable(Phrase? caption, params ReadOnlySpan<(Phrase Head, string? Look)> columns) =>
        OpenTable("stack", caption, columns);

    public void OpenTable(string form, Phrase? caption, params ReadOnlySpan<(Phrase Head, string? Look)> columns)
    {
        Html.Open("table", ("class", form));
        if (caption is not null)
        {
            Html.Leaf("caption", Say(caption));
        }

        Html.Open("thead").Open("tr");
        foreach (var (head, look) in columns)
        {
            Html.Leaf("th", Say(head), ("scope", "col"), ("class", look));
        }

        Html.Close(2).Open("tbody");
    }

    public void CloseTable() => Html.Close(2);

    public Markup Cell(Phrase head, string? look = null) => Html.Open("td", ("data-label", Say(head)), ("class", look));

    public void Fact(Phrase name, string value) => Html.Leaf("dt", Say(name)).Leaf("dd", value);

    /// <summary>The whole page.</summary>
    /// <param name="name">File name without language and extension.</param>
    /// <param name="title">Title, without markup.</param>
    public ReportFile Done(string name, string title)
    {
        var other = Language == ReportLanguage.Ja ? ReportLanguage.En : ReportLanguage.Ja;
        var html = new Markup();
        html.Open("html", ("lang", Language == ReportLanguage.Ja ? "ja" : "en"))
            .Line()
            .Open("head")
            .Empty("meta", ("charset", "utf-8"))
            .Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy))
            .Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
            .Empty("meta", ("name", "referrer"), ("content", "no-referrer"))
            .Empty("meta", ("name", "robots"), ("content", "noindex"))
            .Line()
            .Leaf("title", $"{title} - {Say(PageWords.Hub)}")
            .Line()
            .Open("style")
            .Add(PageFrame.Style)
            .Close(2)
            .Line()
            .Open("body");
        html.Open("header", ("class", "bar"))
            .Open("span", ("class", "name"))
            .Text(Say(PageWords.Hub))
            .Leaf("small", Say(PageWords.HubSecond))
            .Close()
            .Open("span", ("class", "right"))
            .Leaf(
                "a",
                Say(PageWords.OtherLanguage),
                ("href", FileName(name, other)),
                ("lang", other == ReportLanguage.Ja ? "ja" : "en"),
                ("hreflang", other == ReportLanguage.Ja ? "ja" : "en"),
                ("class", "noprint")
            )
            .Leaf("span", "TLP:AMBER+STRICT", ("class", "tlp"))
            .Close(2)
            .Line();
        html.Open("main").Line();
        if (name != "index")
        {
            html.Open("p", ("class", "crumbs noprint")).Leaf("a", Say(PageWords.BackToIndex), ("href", File("index"))).Close();
        }

        html.Add(Html.Done()).Close().Line();
        html.Open("footer")
            .Leaf("p", $"{Say(PageWords.Identity)} {Say(PageWords.TimesNote)} {Say(PageWords.Links)}")
            .Leaf("p", Say(PageWords.Tables(Reading.Situation.RarityVersion, EvidenceRules.Version)))
            .Close(3)
            .Line();
        return new ReportFile(File(name), $"<!doctype html>\n{html.Done().Text}");
    }
}

/// <summary>What is the same in every page.</summary>
internal static class PageFrame
{
    /// <summary>The style sheet; it has no character that markup would have to escape but quotes, which a style element takes as they are.</summary>
    public static Fragment Style { get; } = new(PageStyle.Css.Contains('<', StringComparison.Ordinal) ? "" : PageStyle.Css);
}
