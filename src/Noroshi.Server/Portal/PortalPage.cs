using System.Globalization;
using System.Text;
using Noroshi.Hub;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Reports.Findings;
using Noroshi.Server.Access;
using Noroshi.Server.Demo;
using Noroshi.Server.Identity;

namespace Noroshi.Server.Portal;

/// <summary>A page while it is being written: the frame is the same everywhere, and everything in it is escaped by <see cref="Markup"/>.</summary>
internal sealed class PortalPage
{
    private readonly HttpContext _context;
    private readonly FormGuard _guard;

    /// <summary>Begins the page.</summary>
    public PortalPage(HttpContext context)
    {
        _context = context;
        _guard = context.RequestServices.GetRequiredService<FormGuard>();
        IsJapanese = PortalLanguage.IsJapanese(context);
    }

    /// <summary>The main part.</summary>
    public Markup Html { get; } = new();

    /// <summary>In Japanese.</summary>
    public bool IsJapanese { get; }

    /// <summary>Label at the top right; null on pages that show nothing of anybody.</summary>
    public string? Tlp { get; init; }

    /// <summary>Status of the answer.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The wording in the page's language.</summary>
    public string Say(Words words) => words.In(IsJapanese);

    /// <summary>A moment, in Japan's time, to the minute.</summary>
    public static string Time(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A count as people read it.</summary>
    public static string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The heading of the page, and what it is for.</summary>
    public void Title(string title, Words? explained = null)
    {
        Html.Leaf("h1", title);
        if (explained is not null)
        {
            Html.Leaf("p", Say(explained), ("class", "lead"));
        }
    }

    /// <summary>Text of a stranger: its reading order stays its own, and nothing in it can be followed.</summary>
    public void Data(string text) => Html.Leaf("bdi", VisibleText.Line(Defanged.Text(text)), ("class", "data"));

    /// <summary>Opens a form with its token; <see cref="Markup.Close()"/> ends it.</summary>
    public Markup OpenForm(string action, string? look = null) =>
        Html.Open("form", ("method", "post"), ("action", action), ("class", look), ("accept-charset", "utf-8"))
            .Empty("input", ("type", "hidden"), ("name", FormGuard.Field), ("value", _guard.TokenFor(_context)));

    /// <summary>A labelled field of one line.</summary>
    public void Field((string Name, Words Label) field, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Html.Open("p", ("class", "field")).Leaf("label", Say(field.Label), ("for", "f-" + field.Name));
        Html.Empty("input", [("id", "f-" + field.Name), ("name", field.Name), .. attributes]).Close();
    }

    /// <summary>A button that sends its form.</summary>
    public void Button(Words words, string? name = null, string? value = null, string? look = null) =>
        Html.Leaf("button", Say(words), ("type", "submit"), ("name", name), ("value", value), ("class", look));

    /// <summary>Opens a table that becomes cards on a narrow screen.</summary>
    public void OpenTable(Words caption, string look, params ReadOnlySpan<Words> heads)
    {
        Html.Open("table", ("class", look)).Leaf("caption", Say(caption)).Open("thead").Open("tr");
        foreach (var head in heads)
        {
            Html.Leaf("th", Say(head), ("scope", "col"));
        }

        Html.Close(2).Open("tbody");
    }

    /// <summary>Opens a cell.</summary>
    public Markup Cell(Words head, string? look = null) => Html.Open("td", ("data-label", Say(head)), ("class", look));

    /// <summary>The way to the next part of a list.</summary>
    public void Pager(string path, IEnumerable<KeyValuePair<string, string?>> query, string? next, bool first)
    {
        if (next is null && first)
        {
            return;
        }

        var kept = query.Where(one => one.Value is not null).ToList();
        Html.Open("p", ("class", "pager noprint"));
        if (!first)
        {
            Html.Leaf("a", Say(FrameWords.First), ("href", path + QueryString.Create(kept).ToUriComponent())).Text(" ");
        }

        if (next is not null)
        {
            var href = path + QueryString.Create(kept.Append(KeyValuePair.Create("cursor", (string?)next))).ToUriComponent();
            Html.Leaf("a", Say(FrameWords.Next), ("href", href), ("rel", "next"));
        }

        Html.Close();
    }

    /// <summary>Sends the page.</summary>
    public async Task WriteAsync(string title)
    {
        var html = new Markup();
        html.Open("html", ("lang", IsJapanese ? "ja" : "en")).Line();
        WriteHead(html, title);
        html.Open("body").Leaf("a", Say(FrameWords.Skip), ("href", "#main"), ("class", "skip")).Line();
        WriteBar(html);
        WriteDemo(html);
        html.Open("main", ("id", "main"), ("tabindex", "-1")).Line().Add(Html.Done()).Close().Line();
        html.Open("footer").Leaf("p", $"{Say(FrameWords.TimesNote)} {Say(FrameWords.LinksNote)}").Close(3).Line();
        var bytes = Encoding.UTF8.GetBytes($"<!doctype html>\n{html.Done().Text}");
        var response = _context.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLanguage = IsJapanese ? "ja" : "en";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = PortalPart.Policy;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(_context.Request.Method))
        {
            await response.Body.WriteAsync(bytes, _context.RequestAborted);
        }
    }

    private void WriteHead(Markup html, string title) =>
        html.Open("head")
            .Empty("meta", ("charset", "utf-8"))
            .Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
            .Empty("meta", ("name", "robots"), ("content", "noindex"))
            .Leaf("title", $"{VisibleText.Line(title)} - {Say(FrameWords.Hub)}")
            .Empty("link", ("rel", "stylesheet"), ("href", PortalStyle.Href))
            .Empty("link", ("rel", "icon"), ("href", PortalStyle.IconPath), ("type", "image/svg+xml"))
            .Close()
            .Line();

    private void WriteBar(Markup html)
    {
        html.Open("header", ("class", "bar"))
            .Open("a", ("class", "name"), ("href", "/"))
            .Text(Say(FrameWords.Hub))
            .Leaf("small", Say(FrameWords.HubSecond))
            .Close();
        var actor = _context.Actor();
        var session = _context.Features.Get<SessionOfRequest>();
        if (actor.Kind != ActorKind.Public)
        {
            html.Open("nav", ("aria-label", Say(FrameWords.Bar))).Open("ul");
            foreach (var place in Place.All.Where(one => Admission.Refused(actor, session, one.Policy) is null))
            {
                var here = _context.Request.Path.StartsWithSegments(place.Path, StringComparison.Ordinal);
                var name = place.Path == "/own" && actor.Organization is null ? FrameWords.AllProvisions : place.Name;
                html.Open("li").Leaf("a", Say(name), ("href", place.Path), ("aria-current", here ? "page" : null)).Close();
            }

            html.Close(2);
        }

        html.Open("div", ("class", "right"));
        html.Leaf(
            "a",
            Say(FrameWords.OtherLanguage),
            ("href", PortalLanguage.Other(_context, IsJapanese)),
            ("lang", IsJapanese ? "en" : "ja"),
            ("hreflang", IsJapanese ? "en" : "ja")
        );
        if (session is not null)
        {
            WriteWho(html, actor);
        }

        if (Tlp is not null)
        {
            html.Leaf("span", "TLP:" + Tlp, ("class", "tlp"));
        }

        html.Close(2).Line();
    }

    private void WriteWho(Markup html, Actor actor)
    {
        if (_context.RequestServices.GetRequiredService<Users>().Find(actor.Id) is { } user)
        {
            html.Open("span", ("class", "who")).Leaf("bdi", VisibleText.Line(user.DisplayName ?? user.UserName)).Close();
        }

        html.Open("form", ("method", "post"), ("action", "/sign-out"))
            .Empty("input", ("type", "hidden"), ("name", FormGuard.Field), ("value", _guard.TokenFor(_context)))
            .Leaf("button", Say(FrameWords.SignOut), ("type", "submit"), ("class", "plain"))
            .Close();
    }

    private void WriteDemo(Markup html)
    {
        if (_context.RequestServices.GetService<DemoState>() is not { } demo)
        {
            return;
        }

        html.Open("aside", ("class", "demo"), ("aria-label", Say(FrameWords.DemoLabel)));
        html.Text(Say(FrameWords.Demo)).Text(" ").Text($"{Time(demo.Clock.GetUtcNow())} JST");
        if (!demo.Complete)
        {
            html.Text(" ").Text(Say(FrameWords.Building));
        }

        html.Close().Line();
    }
}
