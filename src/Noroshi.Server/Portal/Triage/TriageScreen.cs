using System.Globalization;
using System.Text.Json;
using Noroshi.Hub;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Judgement;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Identity;
using Noroshi.Server.Judgement;

namespace Noroshi.Server.Portal.Triage;

/// <summary>受付一覧: dense rows, filters, and what an analyst decides about them.</summary>
internal static class TriageScreen
{
    private const int Rows = 40;
    private const int LongestSubject = 90;
    private static readonly Verdict[] Excluding = [Verdict.MassMailed, Verdict.Spam, Verdict.Harmless];

    /// <summary>Routes.</summary>
    public static void Map(PortalRoutes routes)
    {
        routes.Get("/triage", Policies.ReadHub, ShowAsync);
        routes.Post("/triage", Policies.Analyse, DecideAsync);
    }

    private static async Task ShowAsync(HttpContext context, IntakeListPage list, Scope scope, Community community, TriageView view)
    {
        var page = new PortalPage(context) { Tlp = "AMBER+STRICT" };
        page.Title(page.Say(FrameWords.Triage), TriageWords.Explained);
        WriteFilters(page, view);
        var all = list.Of(view.Chip, view.Undecided, view.Cursor);
        var part = all.Items.Take(Rows).ToList();
        var next = all.Items.Count > Rows || all.Next is not null ? part[^1].Group : null;
        var rows = await scope.VisibleAsync(context.Actor(), Verb.Read, part);
        if (rows.Count == 0)
        {
            page.Html.Leaf("p", page.Say(TriageWords.Nothing), ("class", "card"));
        }
        else
        {
            var decides = Admission.Refused(context.Actor(), context.Features.Get<SessionOfRequest>(), Policies.Analyse) is null;
            WriteForm(page, rows, community, (decides, view.Here));
        }

        page.Pager("/triage", view.Query, next, view.Cursor is null);
        await page.WriteAsync(page.Say(FrameWords.Triage));
    }

    private static void WriteFilters(PortalPage page, TriageView view)
    {
        page.Html.Open("nav", ("aria-label", page.Say(TriageWords.Filters)), ("class", "noprint")).Open("ul", ("class", "filters"));
        Filter(page, TriageWords.All, new TriageView(null, false, null), view.Chip is null && !view.Undecided);
        Filter(page, TriageWords.Undecided, view with { Undecided = !view.Undecided, Cursor = null }, view.Undecided);
        foreach (var chip in Enum.GetValues<Chip>())
        {
            Filter(page, TriageWords.Of(chip), view with { Chip = view.Chip == chip ? null : chip, Cursor = null }, view.Chip == chip);
        }

        page.Html.Close(2).Line();
    }

    private static void Filter(PortalPage page, Words name, TriageView to, bool on) =>
        page.Html.Open("li").Leaf("a", page.Say(name), ("href", to.Here), ("aria-current", on ? "true" : null)).Close();

    private static void WriteForm(PortalPage page, IReadOnlyList<IntakeRow> rows, Community community, (bool Decides, string Here) how)
    {
        if (how.Decides)
        {
            page.OpenForm("/triage", "card").Empty("input", ("type", "hidden"), ("name", "return"), ("value", how.Here));
        }
        else
        {
            page.Html.Open("div", ("class", "card"));
        }

        page.OpenTable(
            FrameWords.Triage,
            "stack dense",
            TriageWords.Choose,
            TriageWords.Received,
            TriageWords.Subject,
            TriageWords.From,
            TriageWords.Marks,
            TriageWords.Count,
            TriageWords.Organizations,
            TriageWords.Decision
        );
        foreach (var row in rows)
        {
            WriteRow(page, row, community, how.Decides);
        }

        page.Html.Close(2);
        if (how.Decides)
        {
            WriteActs(page);
        }

        page.Html.Close();
    }

    private static void WriteRow(PortalPage page, IntakeRow row, Community community, bool decides)
    {
        var subject = VisibleText.Line(row.Subject is { Length: > 0 } said ? said : page.Say(TriageWords.NoSubject));
        var shown = subject.Length > LongestSubject ? subject[..LongestSubject] + "…" : subject;
        page.Html.Open("tr");
        page.Cell(TriageWords.Choose);
        if (decides)
        {
            page.Html.Empty(
                "input",
                ("type", "checkbox"),
                ("name", "mail"),
                ("value", row.Mail),
                ("aria-label", $"{page.Say(TriageWords.Choose)}: {shown}")
            );
        }

        page.Html.Close();
        page.Cell(TriageWords.Received, "when").Text(row.Last is { } last ? PortalPage.Time(last) : "-").Close();
        page.Html.Open("th", ("scope", "row"), ("data-label", page.Say(TriageWords.Subject)));
        page.Html.Open("a", ("href", Place.Mail(row.Mail))).Leaf("bdi", shown, ("class", "data")).Close(2);
        page.Cell(TriageWords.From);
        page.Data(row.From ?? "-");
        page.Html.Close();
        page.Cell(TriageWords.Marks);
        foreach (var chip in row.Chips)
        {
            WriteChip(page, row, chip);
        }

        page.Html.Close();
        page.Cell(TriageWords.Count, "num").Text(PortalPage.Number(row.Mails)).Close();
        page.Cell(TriageWords.Organizations);
        page.Data(Names(page, row, community));
        page.Html.Close();
        page.Cell(TriageWords.Decision);
        WriteVerdict(page, row);
        page.Html.Close(2).Line();
    }

    private static void WriteChip(PortalPage page, IntakeRow row, Chip chip)
    {
        var href =
            chip == Chip.Conversational && row.Conversation is { } conversation ? Place.Conversation(conversation)
            : chip == Chip.Campaign && row.Campaign is { } campaign ? Place.Campaign(campaign)
            : null;
        var look = chip == Chip.Conversational ? "chip grade-high" : "chip";
        page.Html.Leaf(href is null ? "span" : "a", page.Say(TriageWords.Of(chip)), ("class", look), ("href", href)).Text(" ");
    }

    private static string Names(PortalPage page, IntakeRow row, Community community)
    {
        const int most = 2;
        var names = row.Organizations.Take(most).Select(id => NameOf(page, community.Find(id), id));
        var more = row.Organizations.Count > most ? string.Create(CultureInfo.InvariantCulture, $" +{row.Organizations.Count - most}") : "";
        return string.Join(page.IsJapanese ? "、" : ", ", names) + more;
    }

    private static string NameOf(PortalPage page, Noroshi.Hub.Intake.Organization? one, string id) =>
        (page.IsJapanese ? one?.NameJa ?? one?.NameEn : one?.NameEn ?? one?.NameJa) ?? id;

    private static void WriteVerdict(PortalPage page, IntakeRow row)
    {
        if (row.Verdict is { } given && given is not { Verdict: Verdict.Unknown, Reason: VerdictReason.Undecided })
        {
            var words = given.Verdict == Verdict.Unknown ? TriageWords.Held : TriageWords.Of(given.Verdict);
            page.Html.Leaf("strong", page.Say(words));
            return;
        }

        page.Html.Text(page.Say(TriageWords.Open));
        if (row.Proposal.Verdict != Verdict.Unknown)
        {
            page.Html.Leaf(
                "div",
                $"{page.Say(TriageWords.Proposed)}: {page.Say(TriageWords.Of(row.Proposal.Verdict))}",
                ("class", "small muted")
            );
        }
    }

    private static void WriteActs(PortalPage page)
    {
        page.Html.Leaf("h2", page.Say(TriageWords.Acts)).Open("div", ("class", "acts"));
        page.Field(("title", TriageWords.CaseTitle), ("type", "text"), ("maxlength", "200"));
        page.Button(TriageWords.OpenCase, "act", "case");
        page.Html.Open("p").Leaf("label", page.Say(TriageWords.As), ("for", "f-as")).Open("select", ("name", "as"), ("id", "f-as"));
        foreach (var verdict in Excluding)
        {
            page.Html.Leaf("option", page.Say(TriageWords.Of(verdict)), ("value", verdict.ToString()));
        }

        page.Html.Close(2);
        page.Field(("reason", TriageWords.Reason), ("type", "text"), ("maxlength", "1000"));
        page.Button(TriageWords.Exclude, "act", "exclude", "second");
        page.Button(TriageWords.Hold, "act", "hold", "second");
        page.Button(TriageWords.TakeBack, "act", "undo", "second");
        page.Html.Close();
    }

    private static async Task DecideAsync(HttpContext context, VerdictWork verdicts, CaseWork cases, Pipeline.HubSituation situation)
    {
        var form = await FormGuard.ReadAsync(context);
        var mails = form["mail"].OfType<string>().Where(one => one.Length < 200).Distinct(StringComparer.Ordinal).ToList();
        ProblemException.ThrowIf(mails.Count is 0 or > Rows, TriageWords.NothingChosen.Ja, TriageWords.NothingChosen.En);
        var (actor, reason) = (context.Actor(), form["reason"].ToString().Trim());
        switch (form["act"].ToString())
        {
            case "case":
                var title = form["title"].ToString().Trim();
                var subject = situation.Current.Mails.GetValueOrDefault(mails[0])?.Facts.Subject ?? "";
                var named =
                    title.Length > 0 ? title
                    : string.IsNullOrWhiteSpace(subject) ? mails[0]
                    : VisibleText.Line(subject);
                await cases.OpenAsync(actor, new CaseOrder(named.Length > 200 ? named[..200] : named, mails));
                await verdicts.JudgeAsync(actor, new VerdictOrder(mails, Verdict.Targeted, VerdictReason.Analyst));
                break;
            case "exclude":
                ProblemException.ThrowIf(reason.Length == 0, TriageWords.ReasonMissing.Ja, TriageWords.ReasonMissing.En);
                ProblemException.ThrowIf(
                    !Enum.TryParse<Verdict>(form["as"].ToString(), out var verdict) || !Excluding.Contains(verdict),
                    TriageWords.KindMissing.Ja,
                    TriageWords.KindMissing.En
                );
                await verdicts.JudgeAsync(actor, new VerdictOrder(mails, verdict, VerdictReason.Analyst, reason));
                break;
            case "hold":
                await verdicts.JudgeAsync(actor, new VerdictOrder(mails, Verdict.Unknown, VerdictReason.Analyst, reason));
                break;
            case "undo":
                await verdicts.JudgeAsync(actor, new VerdictOrder(mails, Verdict.Unknown, VerdictReason.Undecided));
                break;
            default:
                throw new ProblemException(ProblemKind.BadRequest);
        }

        PortalRoutes.Go(context, SignIn.SignInScreen.Local(form["return"].ToString() is { Length: > 0 } back ? back : "/triage"));
    }
}

/// <summary>What of the list is shown.</summary>
/// <param name="Chip">Only rows with this chip.</param>
/// <param name="Undecided">Only rows that nobody has decided.</param>
/// <param name="Cursor">Group of the last row that was seen.</param>
internal sealed record TriageView(Chip? Chip, bool Undecided, string? Cursor)
{
    /// <summary>The filters as they stand in an address.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Query =>
        [
            KeyValuePair.Create("chip", Chip is { } one ? JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString()) : null),
            KeyValuePair.Create("undecided", Undecided ? "true" : null),
        ];

    /// <summary>The address.</summary>
    public string Here =>
        "/triage"
        + QueryString.Create(Query.Append(KeyValuePair.Create("cursor", Cursor)).Where(one => one.Value is not null)).ToUriComponent();

    /// <summary>Reads an address; what is no filter is none.</summary>
    public static ValueTask<TriageView?> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var asked = query["chip"].ToString();
        Chip? chip = null;
        foreach (var one in Enum.GetValues<Chip>())
        {
            if (JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString()) == asked)
            {
                chip = one;
            }
        }

        var cursor = query["cursor"].ToString();
        return ValueTask.FromResult<TriageView?>(
            new TriageView(chip, query["undecided"] == "true", cursor.Length is > 0 and < 200 ? cursor : null)
        );
    }
}
