using Microsoft.Extensions.DependencyInjection.Extensions;
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
        HubHost.AddRegister(services, "case", JudgementJson.Default.CaseFile);
        HubHost.AddRegister(services, "inquiry", JudgementJson.Default.Inquiry);
        HubHost.AddRegister(services, "contact", JudgementJson.Default.ContactNote);
        HubHost.AddRegister(services, "disclosure", JudgementJson.Default.Disclosure);
        HubHost.AddRegister(services, "destination", JudgementJson.Default.Destination);
        services.TryAddSingleton(new RetentionTerms());
        services.AddSingleton<CaseWork>();
        services.AddSingleton<InquiryWork>();
        services.AddSingleton<RegisterWork>();
        services.AddSingleton<Retention>();
        services.AddSingleton<HelpDesk>();
        services.AddSingleton<HandOverPage>();
        services.AddSingleton<IntakeListPage>();
        services.AddHostedService<DailyRound>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, JudgementJson.Default));
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        MapCases(routes);
        MapInquiries(routes);
        MapRegisters(routes);
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
            (HandOverPage page, DateOnly? day) => TypedResults.Json(page.Of(day), JudgementJson.Default.HandOver)
        );
    }

    private static void MapCases(Routes routes)
    {
        routes.Get(
            "/api/v1/intake-list",
            Policies.ReadHub,
            (IntakeListPage page, Chip? chip, bool? undecided, string? cursor) =>
                TypedResults.Json(page.Of(chip, undecided ?? false, cursor), JudgementJson.Default.PageIntakeRow)
        );
        routes.Post(
            "/api/v1/verdicts",
            Policies.Analyse,
            async (HttpContext context, CaseWork work, VerdictOrder order) =>
            {
                await work.JudgeAsync(context.Actor(), order);
                return TypedResults.NoContent();
            }
        );
        routes.Get(
            "/api/v1/cases",
            Policies.ReadHub,
            (Register<CaseFile> cases, string? cursor, CaseState? state) =>
                TypedResults.Json(
                    Paged(cases.All.Where(one => state is null || one.Value.State == state), one => one.Id, View, cursor),
                    JudgementJson.Default.PageCaseView
                )
        );
        routes.Get(
            "/api/v1/cases/{id}",
            Policies.ReadHub,
            (Register<CaseFile> cases, string id) =>
                TypedResults.Json(View(cases.Find(id) ?? throw new ProblemException(Problem.NotFound)), JudgementJson.Default.CaseView)
        );
        routes.Get(
            "/api/v1/cases/{id}/history",
            Policies.ReadHub,
            async (HttpContext context, CaseWork work, string id) =>
                TypedResults.Json(await work.HistoryAsync(id, context.RequestAborted), JudgementJson.Default.IReadOnlyListCaseVersion)
        );
        routes.Post(
            "/api/v1/cases",
            Policies.Analyse,
            async (HttpContext context, CaseWork work, CaseOrder order) =>
                TypedResults.Json(View(await work.OpenAsync(context.Actor(), order)), JudgementJson.Default.CaseView, statusCode: 201)
        );
        routes.Post(
            "/api/v1/cases/{id}",
            Policies.Analyse,
            async (HttpContext context, CaseWork work, string id, CaseChange change) =>
                TypedResults.Json(View(await work.ChangeAsync(context.Actor(), id, change)), JudgementJson.Default.CaseView)
        );
        routes.Post(
            "/api/v1/cases/{id}/merge/{other}",
            Policies.Analyse,
            async (HttpContext context, CaseWork work, string id, string other, long version, long otherVersion) =>
                TypedResults.Json(
                    View(await work.MergeAsync(context.Actor(), (id, version), (other, otherVersion))),
                    JudgementJson.Default.CaseView
                )
        );
        routes.Post(
            "/api/v1/cases/{id}/undo",
            Policies.Analyse,
            async (HttpContext context, CaseWork work, string id, long version) =>
                TypedResults.Json(View(await work.UndoAsync(context.Actor(), id, version)), JudgementJson.Default.CaseView)
        );
    }

    private static void MapInquiries(Routes routes)
    {
        routes.Get(
            "/api/v1/inquiries",
            Policies.ReadProvisions,
            (HttpContext context, InquiryWork work, string? cursor) =>
                TypedResults.Json(
                    Paged(work.VisibleTo(context.Actor()), one => one.Id, one => one, cursor),
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
            async (HttpContext context, InquiryWork work, string id, AnswerOrder order) =>
            {
                await work.AnswerAsync(context.Actor(), id, order);
                return TypedResults.NoContent();
            }
        );
        routes.Post(
            "/api/v1/inquiries/{id}/close",
            Policies.Analyse,
            async (HttpContext context, InquiryWork work, string id) =>
            {
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
            (Register<ContactNote> contacts, string? about, string? cursor) =>
                TypedResults.Json(
                    Paged(
                        contacts.All.Where(one => about is null || string.Equals(one.Value.About, about, StringComparison.Ordinal)),
                        one => one.Id,
                        one => one.Value,
                        cursor
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
            (Register<Disclosure> disclosures, string? cursor) =>
                TypedResults.Json(Paged(disclosures.All, one => one.Id, one => one.Value, cursor), JudgementJson.Default.PageDisclosure)
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

    private static CaseView View(Registered<CaseFile> one) => new(one.Id, one.Version, one.At, one.Value);

    /// <summary>A page behind a cursor, in the order of ids, which are random: a new entry moves nothing that was seen.</summary>
    private static Page<TView> Paged<T, TView>(IEnumerable<T> all, Func<T, string> id, Func<T, TView> view, string? cursor)
    {
        var taken = all.Where(one => cursor is null || string.CompareOrdinal(id(one), cursor) > 0).Take(PageSize + 1).ToList();
        return new Page<TView>([.. taken.Take(PageSize).Select(view)], taken.Count > PageSize ? id(taken[PageSize - 1]) : null);
    }
}
