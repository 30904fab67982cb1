using Noroshi.Hub;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Reports.Findings;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Judgement;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Portal.Cases;

/// <summary>事例, やり取りの流れ, 一連の攻撃 and つながりの根拠. For the hub: each of them names whose windows were written to.</summary>
internal static class FindingScreens
{
    private const string Label = "AMBER+STRICT";
    private const int PageSize = 60;

    /// <summary>Routes.</summary>
    public static void Map(PortalRoutes routes)
    {
        routes.Get("/cases", Policies.ReadHub, CasesAsync);
        routes.Get("/conversations/{id}", Policies.ReadHub, ConversationAsync);
        routes.Get("/campaigns", Policies.ReadHub, CampaignsAsync);
        routes.Get("/campaigns/{id}", Policies.ReadHub, CampaignAsync);
    }

    private static async Task CasesAsync(HttpContext context, FindingsOfNow findings, HubSituation situation, CaseBook book, string? cursor)
    {
        var page = new PortalPage(context) { Tlp = Label };
        page.Title(page.Say(FrameWords.Cases), FindingWords.CasesExplained);
        var scope = context.RequestServices.GetRequiredService<Scope>();
        if (cursor is null)
        {
            await WriteCasesAsync(page, context, book);
        }

        var reached = situation.Current.Conversations.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var (shown, next) = Part(findings.Now.Conversations(page.IsJapanese), cursor);
        await scope.VisibleAsync(context.Actor(), Verb.Read, shown.Select(one => reached.GetValueOrDefault(one.Id)).OfType<Conversation>());
        page.Html.Open("section", ("class", "card")).Leaf("h2", page.Say(FindingWords.Exchanges));
        WriteLines(page, shown, (FindingWords.Exchanges, FindingWords.Grade, FindingWords.NoExchanges), Place.Conversation);
        page.Html.Close();
        page.Pager("/cases", [], next, cursor is null);
        await page.WriteAsync(page.Say(FrameWords.Cases));
    }

    private static async Task WriteCasesAsync(PortalPage page, HttpContext context, CaseBook book)
    {
        var scope = context.RequestServices.GetRequiredService<Scope>();
        var cases = await scope.VisibleAsync(context.Actor(), Verb.Read, book.All.OrderByDescending(one => one.At).Take(PageSize));
        page.Html.Open("section", ("class", "card")).Leaf("h2", page.Say(FindingWords.OpenCases));
        if (cases.Count == 0)
        {
            page.Html.Leaf("p", page.Say(FindingWords.NoCases), ("class", "muted"));
        }
        else
        {
            page.OpenTable(
                FindingWords.OpenCases,
                "stack dense",
                FindingWords.Title,
                FindingWords.State,
                FindingWords.Mails,
                FindingWords.Changed
            );
            foreach (var one in cases)
            {
                page.Html.Open("tr").Open("th", ("scope", "row"));
                page.Data(book.Open(one.Value).Title);
                page.Html.Close();
                page.Cell(FindingWords.State).Text(page.Say(FindingWords.Of(one.Value.State))).Close();
                page.Cell(FindingWords.Mails, "num").Text(PortalPage.Number(one.Value.Mails.Count)).Close();
                page.Cell(FindingWords.Changed, "when").Text(PortalPage.Time(one.At)).Close(2);
            }

            page.Html.Close(2);
        }

        page.Html.Close();
    }

    private static async Task ConversationAsync(HttpContext context, FindingsOfNow findings, Scope scope, string id)
    {
        await scope.LoadAsync<Conversation>(context.Actor(), Verb.Read, id, context.RequestAborted);
        await ShowAsync(context, ja => findings.Now.Conversation(id, ja));
    }

    private static async Task CampaignsAsync(HttpContext context, FindingsOfNow findings, HubSituation situation, string? cursor)
    {
        var page = new PortalPage(context) { Tlp = Label };
        page.Title(page.Say(FrameWords.Campaigns), FindingWords.CampaignsExplained);
        var reached = situation.Current.Campaigns.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var (shown, next) = Part(findings.Now.Campaigns(page.IsJapanese), cursor);
        var scope = context.RequestServices.GetRequiredService<Scope>();
        await scope.VisibleAsync(context.Actor(), Verb.Read, shown.Select(one => reached.GetValueOrDefault(one.Id)).OfType<Campaign>());
        page.Html.Open("section", ("class", "card"));
        WriteLines(page, shown, (FrameWords.Campaigns, FindingWords.Strength, FindingWords.NoCampaigns), Place.Campaign);
        page.Html.Close();
        page.Pager("/campaigns", [], next, cursor is null);
        await page.WriteAsync(page.Say(FrameWords.Campaigns));
    }

    private static async Task CampaignAsync(HttpContext context, FindingsOfNow findings, Scope scope, string id)
    {
        await scope.LoadAsync<Campaign>(context.Actor(), Verb.Read, id, context.RequestAborted);
        await ShowAsync(context, ja => findings.Now.Campaign(id, ja));
    }

    private static Task ShowAsync(HttpContext context, Func<bool, FindingFragment?> find)
    {
        var page = new PortalPage(context) { Tlp = Label };
        // It may have left the situation between the two questions.
        var found = find(page.IsJapanese) ?? throw new ProblemException(Problem.NotFound);
        page.Html.Add(found.Body);
        return page.WriteAsync(found.Title);
    }

    private static (IReadOnlyList<FindingLine> Shown, string? Next) Part(IReadOnlyList<FindingLine> all, string? cursor)
    {
        var rest = cursor is null ? all : [.. all.SkipWhile(one => one.Id != cursor).Skip(1)];
        return ([.. rest.Take(PageSize)], rest.Count > PageSize ? rest[PageSize - 1].Id : null);
    }

    private static void WriteLines(
        PortalPage page,
        IReadOnlyList<FindingLine> lines,
        (Words Caption, Words Grade, Words Nothing) words,
        Func<string, string> place
    )
    {
        if (lines.Count == 0)
        {
            page.Html.Leaf("p", page.Say(words.Nothing), ("class", "muted"));
            return;
        }

        page.OpenTable(
            words.Caption,
            "stack dense",
            FindingWords.Name,
            FindingWords.Organizations,
            words.Grade,
            FindingWords.Mails,
            FindingWords.Last
        );
        foreach (var line in lines)
        {
            page.Html.Open("tr").Open("th", ("scope", "row")).Leaf("a", VisibleText.Line(line.Title), ("href", place(line.Id))).Close();
            page.Cell(FindingWords.Organizations);
            page.Data(line.Organizations);
            page.Html.Close();
            page.Cell(words.Grade).Text(line.Grade).Close();
            page.Cell(FindingWords.Mails, "num").Text(PortalPage.Number(line.Mails)).Close();
            page.Cell(FindingWords.Last, "when").Text(line.Last).Close(2);
        }

        page.Html.Close(2);
    }
}
