using Noroshi.Hub;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;
using Noroshi.Server.Notices.Answering;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Portal.Provisions;

/// <summary>自組織の状況: what was provided and where it stands, and what was shared.</summary>
internal static class ProvisionsScreen
{
    private const int PageSize = 20;
    private const int MostAlerts = 5;
    private const int MostMails = 5;

    private static readonly Words[] Steps =
    [
        ProvisionsWords.StepReceived,
        ProvisionsWords.StepAnalysed,
        ProvisionsWords.StepSanitised,
        ProvisionsWords.StepApproved,
        ProvisionsWords.StepShared,
    ];

    /// <summary>Routes.</summary>
    public static void Map(PortalRoutes routes) => routes.Get("/own", Policies.ReadProvisions, ShowAsync);

    private static async Task ShowAsync(HttpContext context, ProvisionIndex index, Scope scope, SealedCursor cursors, string? cursor)
    {
        var actor = context.Actor();
        var ofHub = actor.Roles.Overlaps(RoleTable.Hub);
        var page = new PortalPage(context) { Tlp = "AMBER+STRICT" };
        var name = ofHub ? FrameWords.AllProvisions : FrameWords.Own;
        page.Title(page.Say(name), ofHub ? ProvisionsWords.ExplainedHub : ProvisionsWords.Explained);
        if (!ofHub && cursor is null)
        {
            await WriteWaitingAsync(page, context, scope);
        }

        long? after = cursor is null
            ? null
            : await cursors.OpenAsync(cursor, context.RequestAborted) ?? throw new ProblemException(ProblemKind.BadRequest);
        var found = await index.PageAsync(
            new PageOrder(actor.Organization, after, NewestFirst: true, PageSize + 1),
            one => scope.May(actor, Verb.Read, one),
            context.RequestAborted
        );
        var shown = await scope.VisibleAsync(actor, Verb.Read, found.Take(PageSize));
        page.Html.Open("section", ("class", "card")).Leaf("h2", page.Say(ProvisionsWords.Table));
        if (shown.Count == 0)
        {
            page.Html.Leaf("p", page.Say(ProvisionsWords.Nothing));
        }
        else
        {
            await WriteTableAsync(page, context, shown);
        }

        page.Html.Close();
        var next = found.Count > PageSize ? await cursors.SealAsync(shown[^1].Position, context.RequestAborted) : null;
        page.Pager("/own", [], next, cursor is null);
        await page.WriteAsync(page.Say(name));
    }

    private static async Task WriteWaitingAsync(PortalPage page, HttpContext context, Scope scope)
    {
        var (actor, services) = (context.Actor(), context.RequestServices);
        var waiting = services
            .GetRequiredService<Register<Approval>>()
            .All.Count(one => one.Value.State == ApprovalState.Pending && scope.May(actor, Verb.Read, one));
        var items = services
            .GetRequiredService<ReleaseBook>()
            .Items()
            .Where(one => scope.May(actor, Verb.Read, one))
            .OrderByDescending(one => one.File.Release.At)
            .ToList();
        var sightings = services.GetRequiredService<SightingWork>();
        var open = items.Count(one => sightings.For(actor, one.File.Release.Item.Id).Own is null);
        page.Html.Open("ul", ("class", "sums"));
        Sum(page, waiting, ProvisionsWords.Waiting);
        Sum(page, items.Count, ProvisionsWords.Alerts);
        Sum(page, open, ProvisionsWords.Unanswered);
        page.Html.Close().Open("section", ("class", "card")).Leaf("h2", page.Say(ProvisionsWords.NewAlerts));
        var newest = await scope.VisibleAsync(actor, Verb.Read, items.Take(MostAlerts));
        await services
            .GetRequiredService<ShownItems>()
            .NoteAsync(actor, "portal", newest.Select(one => new ShownVersion(one.File.Release.Item.Id, one.File.Release.Item.Version)));
        if (newest.Count == 0)
        {
            page.Html.Leaf("p", page.Say(ProvisionsWords.NoAlerts), ("class", "muted"));
        }

        page.Html.Open("ul", ("class", "plain"));
        foreach (var one in newest)
        {
            var item = one.File.Release.Item;
            page.Html.Open("li").Text(PortalPage.Time(one.File.Release.At)).Text(" ");
            page.Html.Open("a", ("href", Place.Item(item.Id)));
            page.Data(page.IsJapanese ? item.Title.Ja : item.Title.En);
            page.Html.Close(2);
        }

        page.Html.Close().Open("p").Leaf("a", page.Say(ProvisionsWords.AllAlerts), ("href", "/items")).Close(2);
    }

    private static void Sum(PortalPage page, int count, Words name) =>
        page.Html.Open("li").Leaf("strong", PortalPage.Number(count)).Text(page.Say(name)).Close();

    private static async Task WriteTableAsync(PortalPage page, HttpContext context, IReadOnlyList<IndexedProvision> shown)
    {
        var services = context.RequestServices;
        var progress = new Progress(
            services.GetRequiredService<Register<DraftFile>>(),
            services.GetRequiredService<Register<Approval>>(),
            services.GetRequiredService<Register<ReleaseFile>>()
        );
        page.OpenTable(
            ProvisionsWords.Table,
            "stack dense",
            ProvisionsWords.Number,
            ProvisionsWords.Received,
            ProvisionsWords.Organization,
            ProvisionsWords.Steps,
            ProvisionsWords.Answer,
            ProvisionsWords.Mails
        );
        foreach (var one in shown)
        {
            var view = await services.GetRequiredService<ProvisionViews>().FindAsync(one, withMails: false, context.RequestAborted);
            if (view is not null)
            {
                await WriteRowAsync(page, context, (one, view), progress);
            }
        }

        page.Html.Close(2);
    }

    private static async Task WriteRowAsync(
        PortalPage page,
        HttpContext context,
        (IndexedProvision Found, ProvisionView View) one,
        Progress progress
    )
    {
        var (found, view) = one;
        var services = context.RequestServices;
        page.Html.Open("tr").Leaf("th", view.Number, ("scope", "row"), ("class", "when"));
        page.Cell(ProvisionsWords.Received, "when").Text(PortalPage.Time(view.ReceivedAt)).Close();
        var organization = services.GetRequiredService<Community>().Find(found.Organization);
        var window = organization?.Windows.FirstOrDefault(other => other.Id == found.Window);
        page.Cell(ProvisionsWords.Organization);
        page.Data(
            page.IsJapanese
                ? $"{organization?.NameJa ?? found.Organization} {window?.NameJa ?? found.Window}"
                : $"{organization?.NameEn ?? found.Organization} {window?.NameEn ?? found.Window}"
        );
        page.Html.Close();
        page.Cell(ProvisionsWords.Steps);
        WriteSteps(page, view.State, progress.Of(found.Id));
        page.Html.Close();
        page.Cell(ProvisionsWords.Answer);
        await WriteAnswerAsync(page, context, (found.Id, view.State));
        page.Html.Close();
        page.Cell(ProvisionsWords.Mails);
        await WriteMailsAsync(page, context, found.Id);
        page.Html.Close(2).Line();
    }

    private static void WriteSteps(PortalPage page, string state, int further)
    {
        var stopped = state switch
        {
            "withdrawn" => ProvisionsWords.Withdrawn,
            "erased" => ProvisionsWords.Erased,
            "quarantined" => ProvisionsWords.Quarantined,
            _ => null,
        };
        if (stopped is not null)
        {
            page.Html.Leaf("span", page.Say(stopped), ("class", "chip"));
            return;
        }

        var done = state == "received" ? 1 : 2 + further;
        page.Html.Open("ol", ("class", "steps"));
        for (var i = 0; i < Steps.Length; i++)
        {
            page.Html.Open(
                    "li",
                    ("class", i < done ? "done" : null),
                    ("title", page.Say(i < done ? ProvisionsWords.Done : ProvisionsWords.Not))
                )
                .Text(i < done ? "✓ " : "")
                .Text(page.Say(Steps[i]))
                .Close();
        }

        page.Html.Close();
    }

    private static async Task WriteAnswerAsync(PortalPage page, HttpContext context, (ProvisionId Id, string State) of)
    {
        var answers = context.RequestServices.GetRequiredService<AnswerRecords>();
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var (versions, _) = await answers.OfAsync(of.Id, context.RequestAborted);
        // Before its moment an answer does not exist for anybody outside the hub.
        if (Answer.Standing(versions.Where(one => one.At <= now)) is not { } standing)
        {
            page.Html.Leaf(
                "span",
                page.Say(of.State == "received" ? ProvisionsWords.BeingAnalysed : ProvisionsWords.NoAnswer),
                ("class", "muted")
            );
            return;
        }

        var (headline, basis) = (AnswerWords.Headline(standing.Kind), AnswerWords.Basis(standing.Basis));
        page.Html.Leaf("strong", page.IsJapanese ? headline.Ja : headline.En);
        page.Html.Leaf("div", page.IsJapanese ? basis.Ja : basis.En, ("class", "small muted"));
    }

    private static async Task WriteMailsAsync(PortalPage page, HttpContext context, ProvisionId id)
    {
        var store = context.RequestServices.GetRequiredService<IHubStore>();
        var situation = context.RequestServices.GetRequiredService<HubSituation>();
        var keys = (await store.Steps.OfProvisionAsync(id, DocumentKinds.Mail, context.RequestAborted))
            .Select(one => one.Subject)
            .Distinct(StringComparer.Ordinal)
            .Where(key => situation.ProvisionOf(key) is not null)
            .Take(MostMails)
            .ToList();
        for (var i = 0; i < keys.Count; i++)
        {
            page.Html.Leaf("a", $"{page.Say(ProvisionsWords.Mail)} {PortalPage.Number(i + 1)}", ("href", Place.Mail(keys[i]))).Text(" ");
        }
    }
}
