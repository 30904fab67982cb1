using System.Globalization;
using Noroshi.Hub;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Reports.Checking;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Publishing;
using Noroshi.Hub.Statistics;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Reports;

/// <summary>
/// The way of a report: each step is a version in the register, its material and its files are documents of their own that never change. What is
/// decided is served as it was written, from its time on and not before.
/// </summary>
internal sealed class ReportDesk(ReportMaterials materials, Register<ReportIssue> issues, ReportTools tools)
{
    /// <summary>Kind of the documents of reports.</summary>
    public const string Kind = "report";

    private static readonly string[] Languages = ["ja", "en"];

    /// <summary>Reports as a reader may see them: published ones, all of them for the hub.</summary>
    public IReadOnlyList<ReportView> List(Actor actor) => [.. issues.All.Select(one => ViewOf(one, InHub(actor))).OfType<ReportView>()];

    /// <summary>A report; null when there is none that the reader may see.</summary>
    public ReportView? Find(Actor actor, string id) => issues.Find(id) is { } found ? ViewOf(found, InHub(actor)) : null;

    /// <summary>A file; null when there is none that the reader may see.</summary>
    /// <param name="actor">Reader.</param>
    /// <param name="id">Id of the report.</param>
    /// <param name="name"><c>ja.html</c>.</param>
    /// <param name="number">Version; null: the newest that he may see.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<(IssuedFile File, ReadOnlyMemory<byte> Bytes)?> FileAsync(
        Actor actor,
        string id,
        string name,
        int? number,
        CancellationToken cancellation
    )
    {
        var hub = InHub(actor);
        var version = issues
            .Find(id)
            ?.Value.Versions.LastOrDefault(one =>
                (number is null || one.Number == number) && one.Files.Count > 0 && (hub || one.StageAt(tools.Now) == ReportStage.Published)
            );
        var file = version?.Files.FirstOrDefault(one => string.Equals($"{one.Language}{one.Extension}", name, StringComparison.Ordinal));
        if (version is null || file is null)
        {
            return null;
        }

        var entry = await tools.FileAsync(id, version.Number, file, cancellation);
        return entry?.Body is { IsEmpty: false } body ? (file, body) : null;
    }

    /// <summary>A report with its texts and problems.</summary>
    public async Task<ReportWorkView> WorkAsync(string id, CancellationToken cancellation)
    {
        var found = issues.Find(id) ?? throw new ProblemException(Problem.NotFound);
        var made = await MadeAsync(id, found.Value, cancellation);
        var texts = made.SelectMany(one => TextsOf(one, found.Value.Newest)).ToList();
        return new ReportWorkView(
            ViewOf(found, hub: true) ?? throw new ProblemException(Problem.NotFound),
            found.Value.Newest,
            texts,
            await ProblemsAsync((id, found.Value), made, cancellation)
        );
    }

    /// <summary>Drafts a report with the figures as they are now (起案).</summary>
    public async Task<ReportView> DraftAsync(Actor by, ReportDraftOrder order, CancellationToken cancellation)
    {
        ThrowUnless(by, Role.Press, new Words("起案は広報担当が行います", "press officers draft reports"));
        var period = Period.Parse(order.Period);
        var fits = order.Form switch
        {
            ReportForm.Activity or ReportForm.PressRelease => period?.Kind == PeriodKind.Year,
            ReportForm.Quarterly => period?.Kind == PeriodKind.Quarter,
            ReportForm.Dossier or ReportForm.IssuerProfile => false,
        };
        if (!fits || period is not { } known)
        {
            throw ProblemException.Invalid(
                "form と period の組が正しくありません(activity と pressRelease は FY2013、quarterly は FY2013Q3 の形)。",
                "'form' and 'period' do not fit: activity and pressRelease are about FY2013, quarterly about FY2013Q3."
            );
        }

        var id = IdOf(order.Form, known);
        var material = await materials.OfAsync(known, ja: true, cancellation);
        await StepAsync(
            by,
            id,
            seen: null,
            issue =>
                issue?.Newest.Decided is not null
                    ? throw new ReportRefusedException(
                        new Words("決裁された版は変更できません。訂正してください", "a decided version does not change; correct it")
                    )
                    : (
                        issue?.Redraft(by.Id, tools.Now, issue.Newest.Wordings)
                            ?? ReportIssue.Draft(order.Form, known.Id, by.Id, tools.Now),
                        "draft",
                        issue => [ReportTools.MaterialDocument(id, issue.Newest.Number, SentMaterial.Of(material))]
                    )
        );
        return ViewOf(issues.Find(id) ?? throw new ProblemException(Problem.NotFound), hub: true)
            ?? throw new ProblemException(Problem.NotFound);
    }

    /// <summary>Puts a paragraph into other words.</summary>
    public async Task WordAsync(Actor by, string id, WordingOrder order, CancellationToken cancellation)
    {
        ThrowUnless(by, Role.Press, new Words("文の書き換えは広報担当が行います", "press officers edit wordings"));
        var found = issues.Find(id) ?? throw new ProblemException(Problem.NotFound);
        var ja = order.Language == "ja";
        var generated = (await GeneratedAsync(id, found.Value, cancellation)).FirstOrDefault(one => one.Ja == ja);
        if (
            !Languages.Contains(order.Language, StringComparer.Ordinal)
            || generated is null
            || EditedWordings.Find(generated, order.Block) is not { } block
        )
        {
            throw new ProblemException(Problem.NotFound);
        }

        if (order.Template is not null && EditedWordings.Problem(block, order.Template) is { } problem)
        {
            throw ProblemException.Invalid($"{problem.Ja}。", $"{problem.En}.");
        }

        await StepAsync(
            by,
            id,
            order.Version,
            issue =>
            {
                var others = (issue ?? throw new ProblemException(Problem.NotFound)).Newest.Wordings.Where(one =>
                    one.Block != order.Block || one.Ja != ja
                );
                IReadOnlyList<EditedWording> wordings = order.Template is { } template
                    ? [.. others, new EditedWording(order.Block, ja, template, EditedWordings.MadeOf(block))]
                    : [.. others];
                return (issue.Redraft(by.Id, tools.Now, wordings), "wording", _ => []);
            }
        );
    }

    /// <summary>Does a step of the flow.</summary>
    public async Task StepAsync(Actor by, string id, ReportStepOrder order, CancellationToken cancellation)
    {
        var found = issues.Find(id) ?? throw new ProblemException(Problem.NotFound);
        switch (order.Verb)
        {
            case ReportVerb.Check:
                await ThrowIfBlockedAsync(id, found.Value, cancellation);
                await StepAsync(by, id, order.Version, issue => (Known(issue).Check(by.Id, tools.Now), "check", _ => []));
                break;
            case ReportVerb.SendBack:
                await StepAsync(by, id, order.Version, issue => (Known(issue).SendBack(order.Reason, tools.Now), "send-back", _ => []));
                break;
            case ReportVerb.Decide:
                ThrowUnless(by, Role.Coordinator, new Words("決裁は調整役が行います", "the coordinator decides"));
                await DecideAsync(by, (id, order.Version, order.ReleaseAt ?? tools.Now), found.Value, cancellation);
                break;
            case ReportVerb.Correct:
                ThrowUnless(by, Role.Press, new Words("訂正の起案は広報担当が行います", "press officers draft corrections"));
                await CorrectAsync(by, (id, order.Version, order.Reason), found.Value, cancellation);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(order), order.Verb, "No such step.");
        }
    }

    /// <summary>What is due for the public site: published reports, each in both languages.</summary>
    /// <param name="isThere">Whether a version stands there already, by folder and number.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<(string By, Outputs.PublicationOrder Order)>> DueAsync(
        Func<string, int, bool> isThere,
        CancellationToken cancellation
    )
    {
        var due = new List<(string, Outputs.PublicationOrder)>();
        foreach (var (id, issue, _, _) in issues.All)
        {
            if (
                issue.Newest is { Decided: { } decided } newest
                && newest.StageAt(tools.Now) == ReportStage.Published
                && Period.Parse(issue.Period) is { } period
                && !isThere(SlugOf(issue.Form, period), newest.Number)
            )
            {
                var made = await MadeAsync(id, issue, cancellation);
                due.Add(
                    (
                        decided.By,
                        new Outputs.PublicationOrder(
                            SlugOf(issue.Form, period),
                            period.FiscalYear,
                            made.First(one => one.Report.Ja).Report,
                            made.First(one => !one.Report.Ja).Report,
                            newest.Reason
                        )
                    )
                );
            }
        }

        return due;
    }

    /// <summary>Folder of the public site: 2013, 2013-q3, 2013-press.</summary>
    private static string SlugOf(ReportForm form, Period period) =>
        form == ReportForm.PressRelease
            ? $"{period.Id["FY".Length..]}-press"
            : period.Id["FY".Length..].Replace("Q", "-q", StringComparison.Ordinal);

    /// <summary>Id of a report: <c>activity-2013</c>, <c>quarterly-2013q3</c>, <c>press-2013</c>.</summary>
    private static string IdOf(ReportForm form, Period period) =>
        $"{(form == ReportForm.PressRelease ? "press" : form == ReportForm.Quarterly ? "quarterly" : "activity")}-{period.Id["FY".Length..].ToLowerInvariant()}";

    private static bool InHub(Actor actor) => actor.Roles.Any(RoleTable.Hub.Contains);

    private static ReportIssue Known(ReportIssue? issue) => issue ?? throw new ProblemException(Problem.NotFound);

    private static void ThrowUnless(Actor by, Role role, Words why)
    {
        if (!by.Is(role))
        {
            throw new ProblemException(ProblemKind.PolicyRefused, $"変更していません: {why.Ja}。", $"Nothing was changed: {why.En}.");
        }
    }

    private async Task DecideAsync(
        Actor by,
        (string Id, long Version, DateTimeOffset ReleaseAt) order,
        ReportIssue issue,
        CancellationToken cancellation
    )
    {
        // Refused before the files are made: that takes a browser.
        Refusing(() => issue.Decide(by.Id, tools.Now, Later(order.ReleaseAt, tools.Now), []));
        await ThrowIfBlockedAsync(order.Id, issue, cancellation);
        var files = new List<(IssuedFile File, byte[] Bytes)>();
        foreach (var report in await MadeAsync(order.Id, issue, cancellation))
        {
            ProblemException.ThrowIf(
                report.Report.State == StatisticState.Preliminary,
                "統計が確定していません。先に期間を確定し、起案し直してください。",
                "The figures are preliminary. Make the period final and draft the report anew."
            );
            files.AddRange(await tools.FilesOfAsync(report.Report, cancellation));
        }

        await StepAsync(
            by,
            order.Id,
            order.Version,
            known =>
                (
                    Known(known).Decide(by.Id, tools.Now, Later(order.ReleaseAt, tools.Now), [.. files.Select(one => one.File)]),
                    "decide",
                    decided => files.ConvertAll(one => ReportTools.FileDocument(order.Id, decided.Newest.Number, one.File, one.Bytes))
                )
        );
    }

    /// <summary>Decided "at once" is decided now, however long the files took.</summary>
    private static DateTimeOffset Later(DateTimeOffset asked, DateTimeOffset now) =>
        now - asked < TimeSpan.FromMinutes(10) && asked < now ? now : asked;

    private async Task CorrectAsync(
        Actor by,
        (string Id, long Version, string? Reason) order,
        ReportIssue issue,
        CancellationToken cancellation
    )
    {
        var period = Period.Parse(issue.Period) ?? throw new ProblemException(Problem.NotFound);
        var material = SentMaterial.Of(await materials.OfAsync(period, ja: true, cancellation));
        await StepAsync(
            by,
            order.Id,
            order.Version,
            known =>
                (
                    Known(known).Correct(by.Id, tools.Now, order.Reason),
                    "correct",
                    corrected => [ReportTools.MaterialDocument(order.Id, corrected.Newest.Number, material)]
                )
        );
    }

    private async Task StepAsync(
        Actor by,
        string id,
        long? seen,
        Func<ReportIssue?, (ReportIssue Issue, string Step, Func<ReportIssue, IReadOnlyList<NewDocument>> Documents)> step
    ) =>
        await tools.Records.ChangeAsync(() =>
        {
            var found = issues.Find(id);
            var (made, name, documents) = Refusing(() => step(found?.Value));
            var number = made.Newest.Number.ToString(CultureInfo.InvariantCulture);
            var action = name == "decide" ? JournalActions.ReportReleased : JournalActions.ReportChanged;
            return (
                [issues.Put(id, made, seen ?? found?.Version ?? 0), .. documents(made).Select(one => new Change(one))],
                [new JournalRecord(by.Id, action, id, $"{number} {name}")]
            );
        });

    private static T Refusing<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (ReportRefusedException refused)
        {
            throw new ProblemException(
                ProblemKind.PolicyRefused,
                $"変更していません: {refused.Why.Ja}。",
                $"Nothing was changed: {refused.Why.En}."
            );
        }
    }

    private async Task ThrowIfBlockedAsync(string id, ReportIssue issue, CancellationToken cancellation)
    {
        var problems = await ProblemsAsync((id, issue), await MadeAsync(id, issue, cancellation), cancellation);
        if (problems.FirstOrDefault(one => one.Blocks) is { } first)
        {
            throw new ProblemException(
                ProblemKind.PolicyRefused,
                $"変更していません: {first.Ja}({first.Language}、{first.Block ?? "全体"})。",
                $"Nothing was changed: {first.En} ({first.Language}, {first.Block ?? "whole"})."
            );
        }
    }

    private async Task<IReadOnlyList<FoundProblem>> ProblemsAsync(
        (string Id, ReportIssue Issue) report,
        IReadOnlyList<EditedReport> made,
        CancellationToken cancellation
    )
    {
        var period = Period.Parse(report.Issue.Period) ?? throw new ProblemException(Problem.NotFound);
        var sent = await tools.MaterialAsync(report.Id, report.Issue.Newest.Number, cancellation);
        var told = await materials.ToldAsync(period, sent.Cases, cancellation);
        var ground = new CheckGround(told, tools.Words.Current.Gate);
        return
        [
            .. made.SelectMany(one =>
                ReportChecker
                    .Check(one.Report, ground)
                    .Concat(one.Stale.Concat(one.Lost).Select(block => new ReportProblem(ReportFault.StaleWording, block, block)))
                    .Select(found => FoundProblem.Of(found, one.Report.Ja))
            ),
        ];
    }

    private static IEnumerable<ReportTextView> TextsOf(EditedReport made, ReportVersion version) =>
        EditedWordings
            .All(made.Report)
            .Select(one => new ReportTextView(
                made.Report.Ja ? "ja" : "en",
                one.Id,
                EditedWordings.TemplateOf(one),
                string.Concat(one.Runs.Select(run => run.Text)),
                version.Wordings.Any(wording => wording.Block == one.Id && wording.Ja == made.Report.Ja),
                made.Stale.Contains(one.Id, StringComparer.Ordinal)
            ));

    private async Task<IReadOnlyList<EditedReport>> MadeAsync(string id, ReportIssue issue, CancellationToken cancellation) =>
        [.. (await GeneratedAsync(id, issue, cancellation)).Select(one => EditedWordings.Apply(one, issue.Newest.Wordings))];

    /// <summary>The report in both languages, from the material that was kept with the version.</summary>
    private async Task<IReadOnlyList<ReportDocument>> GeneratedAsync(string id, ReportIssue issue, CancellationToken cancellation)
    {
        var newest = issue.Newest;
        var sent = await tools.MaterialAsync(id, newest.Number, cancellation);
        var before = newest.Number > 1 ? await tools.MaterialAsync(id, newest.Number - 1, cancellation) : sent;
        return
        [
            .. Languages
                .Select(language => sent.In(language == "ja"))
                .OfType<Noroshi.Hub.Reports.Texts.ReportMaterial>()
                .Select(material =>
                    Errata.Add(
                        ReportForms.Of(material, issue.Form == ReportForm.PressRelease),
                        newest.Reason,
                        [.. before.Figures.Where(one => one.Period == issue.Period)],
                        [.. sent.Figures.Where(one => one.Period == issue.Period)]
                    )
                ),
        ];
    }

    private ReportView? ViewOf(Registered<ReportIssue> found, bool hub)
    {
        var now = tools.Now;
        var version = hub ? found.Value.Newest : found.Value.PublishedAt(now);
        return version is null
            ? null
            : new ReportView(
                found.Id,
                found.Version,
                found.Value.Form,
                found.Value.Period,
                version.Number,
                version.StageAt(now),
                version.ReleaseAt,
                version.Reason,
                version.Files
            );
    }
}
