using Noroshi.Hub;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Portal.Items;

/// <summary>共有 and 注意喚起: what was shared with the reader, and whether he received the same.</summary>
internal static class ItemsScreen
{
    private const int PageSize = 40;
    private const int MostIndicators = 300;
    private const int MostMessages = 200;

    private static readonly (string Format, Words Name)[] Formats =
    [
        ("csv", ItemsWords.Csv),
        ("stix", ItemsWords.Stix),
        ("misp", ItemsWords.Misp),
        ("json", ItemsWords.Json),
    ];

    /// <summary>Routes.</summary>
    public static void Map(PortalRoutes routes)
    {
        routes.Get("/items", Policies.ReadItems, ListAsync);
        routes.Get("/items/{item:guid}", Policies.ReadItems, ShowAsync);
        routes.Post("/items/{item:guid}/sighting", Policies.Sight, SayAsync);
    }

    private static async Task ListAsync(HttpContext context, ReleaseBook book, Scope scope, ShownItems shownItems, string? cursor)
    {
        var (page, actor) = (new PortalPage(context) { Tlp = "AMBER+STRICT" }, context.Actor());
        page.Title(page.Say(FrameWords.Items), ItemsWords.Explained);
        var reached = book.Items()
            .Where(one => scope.May(actor, Verb.Read, one))
            .OrderByDescending(one => one.File.Release.At)
            .ThenBy(one => one.File.Release.Item.Id)
            .ToList();
        var rest = cursor is null ? reached : [.. reached.SkipWhile(one => IdOf(one) != cursor).Skip(1)];
        var shown = await scope.VisibleAsync(actor, Verb.Read, rest.Take(PageSize));
        await shownItems.NoteAsync(actor, "portal", shown.Select(VersionOf));
        page.Html.Open("section", ("class", "card"));
        if (shown.Count == 0)
        {
            page.Html.Leaf("p", page.Say(ItemsWords.Nothing), ("class", "muted"));
        }
        else
        {
            WriteTable(page, context, shown);
        }

        page.Html.Close();
        page.Pager("/items", [], rest.Count > PageSize ? IdOf(shown[^1]) : null, cursor is null);
        await page.WriteAsync(page.Say(FrameWords.Items));
    }

    private static void WriteTable(PortalPage page, HttpContext context, IReadOnlyList<SharedItem> shown)
    {
        var sightings = context.RequestServices.GetRequiredService<SightingWork>();
        page.OpenTable(
            FrameWords.Items,
            "stack dense",
            ItemsWords.Shared,
            ItemsWords.Title,
            ItemsWords.Kind,
            ItemsWords.Handling,
            ItemsWords.State
        );
        foreach (var one in shown)
        {
            var (item, at) = (one.File.Release.Item, one.File.Release.At);
            page.Html.Open("tr");
            page.Cell(ItemsWords.Shared, "when").Text(PortalPage.Time(at)).Close();
            page.Html.Open("th", ("scope", "row"), ("data-label", page.Say(ItemsWords.Title))).Open("a", ("href", Place.Item(item.Id)));
            page.Data(In(page, item.Title));
            page.Html.Close(2);
            page.Cell(ItemsWords.Kind).Text(page.Say(item.Retracted ? ItemsWords.Retracted : ItemsWords.Of(item.Kind))).Close();
            page.Cell(ItemsWords.Handling).Text("TLP:" + Marking.NameOf(item.Marking.Tlp)).Close();
            page.Cell(ItemsWords.State);
            if (context.Actor().Organization is not null)
            {
                page.Html.Text(page.Say(sightings.For(context.Actor(), item.Id).Own is { } own ? ItemsWords.Of(own) : ItemsWords.NotSaid));
            }

            page.Html.Close(2).Line();
        }

        page.Html.Close(2);
    }

    private static async Task ShowAsync(HttpContext context, Scope scope, ShownItems shownItems, SightingWork sightings, string item)
    {
        var actor = context.Actor();
        var shared = await scope.LoadAsync<SharedItem>(actor, Verb.Read, item, context.RequestAborted);
        await shownItems.NoteAsync(actor, "portal", [VersionOf(shared)]);
        var told = shared.File.Release.Item;
        var page = new PortalPage(context) { Tlp = Marking.NameOf(told.Marking.Tlp) };
        page.Html.Open("h1");
        page.Data(In(page, told.Title));
        page.Html.Close();
        page.Html.Leaf(
            "p",
            $"{page.Say(ItemsWords.Of(told.Kind))} / {page.Say(ItemsWords.Version)} {PortalPage.Number(told.Version)} / {PortalPage.Time(shared.File.Release.At)}",
            ("class", "lead")
        );
        if (told.Retracted)
        {
            page.Html.Leaf("p", page.Say(ItemsWords.RetractedNote), ("class", "card live"));
        }

        WriteSummary(page, told);
        WriteIndicators(page, told);
        WriteExchanges(page, told);
        WriteAnswer(page, context, told, sightings);
        await page.WriteAsync(In(page, told.Title));
    }

    private static void WriteSummary(PortalPage page, SanitisedItem item)
    {
        page.Html.Open("section", ("class", "card")).Leaf("h2", page.Say(ItemsWords.Summary));
        Paragraphs(page, In(page, item.Summary));
        page.Html.Leaf("h3", page.Say(ItemsWords.ToDo));
        Paragraphs(page, In(page, item.Countermeasure));
        page.Html.Open("dl", ("class", "facts")).Leaf("dt", page.Say(ItemsWords.Scope)).Leaf("dd", ScopeOf(page, item.Marking));
        page.Html.Leaf("dt", page.Say(ItemsWords.Expires)).Leaf("dd", PortalPage.Time(item.Marking.ExpiresAt));
        page.Html.Leaf("dt", page.Say(ItemsWords.Contact)).Open("dd");
        page.Data(In(page, item.Contact));
        page.Html.Close();
        if (In(page, item.Change).Length > 0)
        {
            page.Html.Leaf("dt", page.Say(ItemsWords.Change)).Open("dd");
            page.Data(In(page, item.Change));
            page.Html.Close();
        }

        page.Html.Close(2);
    }

    private static string ScopeOf(PortalPage page, Marking marking)
    {
        var also = new List<string> { page.Say(ItemsWords.OwnOnly) };
        if (marking.Redistribution is { GroupCompanies: true } or { Contractors: true })
        {
            also.Clear();
        }

        if (marking.Redistribution.GroupCompanies)
        {
            also.Add(page.Say(ItemsWords.GroupCompanies));
        }

        if (marking.Redistribution.Contractors)
        {
            also.Add(page.Say(ItemsWords.Contractors));
        }

        return string.Join(page.IsJapanese ? "、" : ", ", also);
    }

    private static void WriteIndicators(PortalPage page, SanitisedItem item)
    {
        page.Html.Open("section", ("class", "card")).Leaf("h2", page.Say(ItemsWords.Indicators));
        page.Html.Leaf("p", page.Say(ItemsWords.IndicatorsNote), ("class", "small muted"));
        page.OpenTable(ItemsWords.Indicators, "stack dense", ItemsWords.Kind, ItemsWords.Value, ItemsWords.Role);
        foreach (var one in item.Indicators.Take(MostIndicators))
        {
            page.Html.Open("tr").Leaf("th", page.Say(ItemsWords.Of(one.Kind)), ("scope", "row"));
            page.Cell(ItemsWords.Value).Open("code");
            page.Data(one.Value);
            page.Html.Close(2);
            page.Cell(ItemsWords.Role).Text($"{page.Say(ItemsWords.Of(one.Role))} {one.Country}".TrimEnd()).Close(2);
        }

        page.Html.Close(2);
        if (item.Indicators.Count > MostIndicators)
        {
            page.Html.Leaf("p", page.Say(ItemsWords.More));
        }

        page.Html.Leaf("h3", page.Say(ItemsWords.Files)).Open("ul", ("class", "filters"));
        foreach (var (format, name) in Formats)
        {
            page.Html.Open("li").Leaf("a", page.Say(name), ("href", $"/api/v1/items/{item.Id:N}/{format}")).Close();
        }

        page.Html.Close(2);
    }

    private static void WriteExchanges(PortalPage page, SanitisedItem item)
    {
        if (item.Conversations.Count == 0)
        {
            return;
        }

        page.Html.Open("section", ("class", "card")).Leaf("h2", page.Say(ItemsWords.Exchange));
        page.OpenTable(ItemsWords.Exchange, "stack", ItemsWords.Number, ItemsWords.What);
        foreach (var message in item.Conversations.SelectMany(one => one.Messages).Take(MostMessages))
        {
            page.Html.Open("tr").Leaf("th", message.Label, ("scope", "row"));
            page.Cell(ItemsWords.What);
            page.Data(In(page, message.Description));
            page.Html.Close(2);
        }

        page.Html.Close(3);
    }

    private static void WriteAnswer(PortalPage page, HttpContext context, SanitisedItem item, SightingWork sightings)
    {
        var actor = context.Actor();
        if (Admission.Refused(actor, context.Features.Get<SessionOfRequest>(), Policies.Sight) is not null || actor.Organization is null)
        {
            return;
        }

        var said = sightings.For(actor, item.Id);
        page.OpenForm($"{Place.Item(item.Id)}/sighting", "card");
        page.Html.Leaf("h2", page.Say(ItemsWords.Answer)).Leaf("p", page.Say(ItemsWords.AnswerExplained));
        page.Html.Open("dl", ("class", "facts"))
            .Leaf("dt", page.Say(ItemsWords.Said))
            .Leaf("dd", page.Say(said.Own is { } own ? ItemsWords.Of(own) : ItemsWords.NotSaid));
        if (said.Band is { } band)
        {
            page.Html.Leaf("dt", page.Say(ItemsWords.Band)).Leaf("dd", band);
        }

        page.Html.Close();
        page.Field(("looked", ItemsWords.Looked), ("type", "text"), ("maxlength", "1000"));
        page.Html.Open("p", ("class", "acts"));
        page.Button(ItemsWords.Seen, "answer", "seen");
        page.Button(ItemsWords.NotSeen, "answer", "not-seen", "second");
        page.Html.Close(2);
    }

    private static async Task SayAsync(HttpContext context, Scope scope, SightingWork sightings, string item)
    {
        var form = await FormGuard.ReadAsync(context);
        var shared = await scope.LoadAsync<SharedItem>(context.Actor(), Verb.Read, item, context.RequestAborted);
        var kind = form["answer"].ToString() switch
        {
            "seen" => SightingKind.Seen,
            "not-seen" => SightingKind.NotSeen,
            _ => throw new ProblemException(ProblemKind.Unprocessable, ItemsWords.Wrong.Ja, ItemsWords.Wrong.En),
        };
        await sightings.SayAsync(context.Actor(), shared, new SightingOrder(kind, null, form["looked"].ToString()));
        PortalRoutes.Go(context, Place.Item(shared.File.Release.Item.Id));
    }

    private static string In(PortalPage page, BothLanguages text) => page.IsJapanese ? text.Ja : text.En;

    private static void Paragraphs(PortalPage page, string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            page.Html.Open("p");
            page.Data(line);
            page.Html.Close();
        }
    }

    private static string IdOf(SharedItem one) => one.File.Release.Item.Id.ToString("N");

    private static ShownVersion VersionOf(SharedItem one) => new(one.File.Release.Item.Id, one.File.Release.Item.Version);
}
