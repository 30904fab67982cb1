using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Judgement;

/// <summary>Puts verdicts, cases, requests and the help desk into the hub.</summary>
internal static class JudgementPart
{
    private const int PageSize = 100;

    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        HubHost.AddRegister(services, "verdict", JudgementJson.Default.GivenVerdict);
        HubHost.AddRegister(services, VerdictWork.NoteKind, JudgementJson.Default.VerdictNote);
        HubHost.AddRegister(services, "case", JudgementJson.Default.CaseFile);
        HubHost.AddRegister(services, CaseBook.WordsKind, JudgementJson.Default.CaseWords);
        HubHost.AddRegister(services, "inquiry", JudgementJson.Default.Inquiry);
        HubHost.AddRegister(services, "contact", JudgementJson.Default.ContactNote);
        HubHost.AddRegister(services, "disclosure", JudgementJson.Default.Disclosure);
        HubHost.AddRegister(services, "destination", JudgementJson.Default.Destination);
        JudgementObjects.Add(services);
        SituationRoutes.Add(services);
        services.AddSingleton<VerdictWork>();
        services.AddSingleton<CaseBook>();
        services.AddSingleton<CaseWork>();
        services.AddSingleton<InquiryWork>();
        services.AddSingleton<RegisterWork>();
        services.AddSingleton<Retention>();
        services.AddSingleton<HelpDesk>();
        services.AddSingleton<HandOverTools>();
        services.AddSingleton<HandOverPage>();
        services.AddSingleton<IntakeListPage>();
        services.AddSingleton<IForgets>(provider => provider.GetRequiredService<IntakeListPage>());
        services.AddHostedService<DailyRound>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, JudgementJson.Default));
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        MapCases(routes);
        MapInquiries(routes);
        MapRegisters(routes);
        SituationRoutes.Map(routes);
        routes.Post(
            "/api/v1/desk/reports",
            Policies.Desk,
            async (HttpContext context, HelpDesk desk, DeskOrder order) =>
                TypedResults.Json(
                    await desk.TakeAsync(context.Actor(), order, context.RequestAborted),
                    JudgementJson.Default.DeskReceipt,
                    statusCode: 201
                )
        );
        routes.Post(
            "/api/v1/retention/runs",
            Policies.Administer,
            async (HttpContext context, Retention retention) =>
                TypedResults.Json(await retention.RunAsync(context.Actor(), context.RequestAborted), JudgementJson.Default.RetentionRun)
        );
        routes.Get(
            "/api/v1/hand-over",
            Policies.ReadHub,
            async (HttpContext context, HandOverPage page, DateOnly? day) =>
                TypedResults.Json(await page.OfAsync(context.Actor(), day), JudgementJson.Default.HandOver)
        );
    }

    private static void MapCases(Routes routes)
    {
        routes.Get(
            "/api/v1/intake-list",
            Policies.ReadHub,
            async (HttpContext context, IntakeListPage list, Scope scope, string? chip, bool? undecided, string? cursor) =>
                TypedResults.Json(
                    await ShownAsync(context, scope, list.Of(QueryWord.Of<Chip>("chip", chip), undecided ?? false, cursor)),
                    JudgementJson.Default.PageIntakeRow
                )
        );
        routes.Post(
            "/api/v1/verdicts",
            Policies.Analyse,
            async (HttpContext context, VerdictWork work, VerdictOrder order) =>
            {
                await work.JudgeAsync(context.Actor(), order);
                return TypedResults.NoContent();
            }
        );
        routes.Get(
            "/api/v1/cases",
            Policies.ReadHub,
            async (HttpContext context, CaseBook cases, Scope scope, string? cursor, string? state) =>
            {
                var wanted = QueryWord.Of<CaseState>("state", state);
                return TypedResults.Json(
                    await PagedAsync(
                        context,
                        scope,
                        cases.All.Where(one => wanted is null || one.Value.State == wanted),
                        (one => one.Id, cases.View, cursor)
                    ),
                    JudgementJson.Default.PageCaseView
                );
            }
        );
        routes.Get(
            "/api/v1/cases/{id}",
            Policies.ReadHub,
            async (HttpContext context, Scope scope, string id) =>
                TypedResults.Json(View(context, await CaseAsync(context, scope, Verb.Read, id)), JudgementJson.Default.CaseView)
        );
        routes.Get(
            "/api/v1/cases/{id}/history",
            Policies.ReadHub,
            async (HttpContext context, CaseWork work, Scope scope, string id) =>
            {
                await CaseAsync(context, scope, Verb.Read, id);
                return TypedResults.Json(
                    await work.HistoryAsync(id, context.RequestAborted),
                    JudgementJson.Default.IReadOnlyListCaseVersion
                );
            }
        );
        routes.Post(
            "/api/v1/cases",
            Policies.Analyse,
            async (HttpContext context, CaseWork work, CaseOrder order) =>
                TypedResults.Json(
                    View(context, await work.OpenAsync(context.Actor(), order)),
                    JudgementJson.Default.CaseView,
                    statusCode: 201
                )
        );
        routes.Post(
            "/api/v1/cases/{id}",
            Policies.Analyse,
            async (HttpContext context, CaseWork work, Scope scope, string id, CaseChange change) =>
            {
                await CaseAsync(context, scope, Verb.Change, id);
                return TypedResults.Json(
                    View(context, await work.ChangeAsync(context.Actor(), id, change)),
                    JudgementJson.Default.CaseView
                );
            }
        );
        routes.Post(
            "/api/v1/cases/{id}/merge/{other}",
            Policies.Analyse,
            async (HttpContext context, CaseWork work, string id, string other, long version, long otherVersion) =>
            {
                var scope = context.RequestServices.GetRequiredService<Scope>();
                await CaseAsync(context, scope, Verb.Change, id);
                await CaseAsync(context, scope, Verb.Change, other);
                return TypedResults.Json(
                    View(context, await work.MergeAsync(context.Actor(), (id, version), (other, otherVersion))),
                    JudgementJson.Default.CaseView
                );
            }
        );
        routes.Post(
            "/api/v1/cases/{id}/undo",
            Policies.Analyse,
            async (HttpContext context, CaseWork work, Scope scope, string id, long version) =>
            {
                await CaseAsync(context, scope, Verb.Change, id);
                return TypedResults.Json(View(context, await work.UndoAsync(context.Actor(), id, version)), JudgementJson.Default.CaseView);
            }
        );
    }

    private static void MapInquiries(Routes routes)
    {
        routes.Get(
            "/api/v1/inquiries",
            Policies.ReadProvisions,
            async (HttpContext context, Register<Inquiry> inquiries, Scope scope, string? cursor) =>
                TypedResults.Json(
                    await PagedAsync(
                        context,
                        scope,
                        inquiries.All,
                        (one => one.Id, one => InquiryWork.View(one, context.Actor(), scope), cursor)
                    ),
                    JudgementJson.Default.PageInquiryView
                )
        );
        routes.Post(
            "/api/v1/inquiries",
            Policies.Analyse,
            async (HttpContext context, InquiryWork work, InquiryOrder order) =>
            {
                var made = await work.AskAsync(context.Actor(), order, context.RequestAborted);
                return TypedResults.Json(new Made(made.Id, made.Version), JudgementJson.Default.Made, statusCode: 201);
            }
        );
        routes.Post(
            "/api/v1/inquiries/{id}/answers",
            Policies.Answer,
            async (HttpContext context, InquiryWork work, Scope scope, string id, AnswerOrder order) =>
            {
                await scope.LoadAsync<Registered<Inquiry>>(context.Actor(), Verb.Change, id, context.RequestAborted);
                await work.AnswerAsync(context.Actor(), id, order);
                return TypedResults.NoContent();
            }
        );
        routes.Post(
            "/api/v1/inquiries/{id}/close",
            Policies.Analyse,
            async (HttpContext context, InquiryWork work, Scope scope, string id) =>
            {
                await scope.LoadAsync<Registered<Inquiry>>(context.Actor(), Verb.Change, id, context.RequestAborted);
                await work.CloseAsync(context.Actor(), id);
                return TypedResults.NoContent();
            }
        );
    }

    private static void MapRegisters(Routes routes)
    {
        routes.Post(
            "/api/v1/contacts",
            Policies.Analyse,
            async (HttpContext context, RegisterWork work, ContactOrder order) =>
                TypedResults.Json(new Made(await work.NoteAsync(context.Actor(), order), 0), JudgementJson.Default.Made, statusCode: 201)
        );
        routes.Get(
            "/api/v1/contacts",
            Policies.ReadHub,
            async (HttpContext context, Register<ContactNote> contacts, Scope scope, string? about, string? cursor) =>
                TypedResults.Json(
                    await PagedAsync(
                        context,
                        scope,
                        contacts.All.Where(one => about is null || string.Equals(one.Value.About, about, StringComparison.Ordinal)),
                        (one => one.Id, one => one.Value, cursor)
                    ),
                    JudgementJson.Default.PageContactNote
                )
        );
        routes.Post(
            "/api/v1/disclosures",
            Policies.Coordinate,
            async (HttpContext context, RegisterWork work, DisclosureOrder order) =>
                TypedResults.Json(
                    new Made(await work.DiscloseAsync(context.Actor(), order), 0),
                    JudgementJson.Default.Made,
                    statusCode: 201
                )
        );
        routes.Get(
            "/api/v1/disclosures",
            Policies.Audit,
            async (HttpContext context, Register<Disclosure> disclosures, Scope scope, string? cursor) =>
                TypedResults.Json(
                    await PagedAsync(context, scope, disclosures.All, (one => one.Id, one => one.Value, cursor)),
                    JudgementJson.Default.PageDisclosure
                )
        );
        routes.Put(
            "/api/v1/destinations/{host}",
            Policies.Analyse,
            async (HttpContext context, RegisterWork work, string host, Destination destination) =>
            {
                await work.DestinationAsync(context.Actor(), host, destination);
                return TypedResults.NoContent();
            }
        );
        routes.Get(
            "/api/v1/destinations",
            Policies.ReadHub,
            (Register<Destination> destinations, string? cursor) =>
                TypedResults.Json(Paged(destinations.All, one => one.Id, one => one.Value, cursor), JudgementJson.Default.PageDestination)
        );
    }

    private static Task<Registered<CaseFile>> CaseAsync(HttpContext context, Scope scope, Verb verb, string id) =>
        scope.LoadAsync<Registered<CaseFile>>(context.Actor(), verb, id, context.RequestAborted);

    /// <summary>A page through the scope, which writes to the journal whose providers it tells.</summary>
    private static async Task<Page<T>> ShownAsync<T>(HttpContext context, Scope scope, Page<T> page)
        where T : class => page with { Items = await scope.VisibleAsync(context.Actor(), Verb.Read, page.Items) };

    private static async Task<Page<TView>> PagedAsync<T, TView>(
        HttpContext context,
        Scope scope,
        IEnumerable<T> all,
        (Func<T, string> Id, Func<T, TView> View, string? Cursor) page
    )
        where T : class
    {
        // First what he may see, so that a page is full; then once more for what is shown of it.
        var reached = all.Where(one => scope.May(context.Actor(), Verb.Read, one));
        var shown = await ShownAsync(context, scope, Paged(reached, page.Id, one => one, page.Cursor));
        return new Page<TView>([.. shown.Items.Select(page.View)], shown.Next);
    }

    private static CaseView View(HttpContext context, Registered<CaseFile> one) =>
        context.RequestServices.GetRequiredService<CaseBook>().View(one);

    /// <summary>A page behind a cursor, in the order of ids, which are random: a new entry moves nothing that was seen.</summary>
    private static Page<TView> Paged<T, TView>(IEnumerable<T> all, Func<T, string> id, Func<T, TView> view, string? cursor)
    {
        var taken = all.Where(one => string.IsNullOrEmpty(cursor) || string.CompareOrdinal(id(one), cursor) > 0)
            .Take(PageSize + 1)
            .ToList();
        return new Page<TView>([.. taken.Take(PageSize).Select(view)], taken.Count > PageSize ? id(taken[PageSize - 1]) : null);
    }
}
