using Microsoft.Extensions.DependencyInjection.Extensions;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Sharing.Approvals;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>Puts drafts, approvals, releases and sightings into the hub.</summary>
internal static class SharingPart
{
    /// <summary>What left, and the words that must not: also for verbs over a folder that no hub serves.</summary>
    public static void AddBook(IServiceCollection services)
    {
        HubHost.AddRegister(services, "share", SharingDocumentsJson.Default.ReleaseFile);
        HubHost.AddRegister(services, "hub-identity", SharingDocumentsJson.Default.HubIdentity);
        services.TryAddSingleton<IdSource>();
        services.TryAddSingleton<HarvestedWords>();
        services.AddSingleton<IdentityBook>();
        services.AddSingleton<ReleaseBook>();
        services.AddSingleton<Exports>();
    }

    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        AddBook(services);
        HubHost.AddRegister(services, "draft", SharingDocumentsJson.Default.DraftFile);
        HubHost.AddRegister(services, "approval", SharingDocumentsJson.Default.Approval);
        HubHost.AddRegister(services, "sighting", SharingDocumentsJson.Default.Sighting);
        SharingObjects.Add(services);
        services.TryAddSingleton(new SharingOptions());
        foreach (var format in ArtefactFormat.All)
        {
            services.AddSingleton(format);
        }

        services.AddSingleton<ArtefactFormats>();
        services.TryAddSingleton<IReleaseSource>(provider => provider.GetRequiredService<ReleaseBook>());
        services.AddSingleton<SharingTools>();
        services.AddSingleton<ShareForms>();
        services.AddSingleton<DraftMaterials>();
        services.AddSingleton<ApprovalBook>();
        services.AddSingleton<DraftWork>();
        services.AddSingleton<ApprovalWork>();
        services.AddSingleton<ReleaseMaker>();
        services.AddSingleton<ShareWork>();
        HubHost.AddRegister(services, "site-notice", SharingDocumentsJson.Default.SiteNotice);
        services.AddSingleton<SiteNoticeWork>();
        services.AddSingleton<WithdrawalWork>();
        services.AddSingleton<SightingWork>();
        services.AddSingleton<ShownItems>();
        services.AddSingleton<Registers.IForgets>(provider => provider.GetRequiredService<HarvestedWords>());
        services.TryAddSingleton<ISightingSink>(provider => provider.GetRequiredService<SightingWork>());
        services.AddHostedService<HubIdentityAtStart>();
        services.AddSingleton<SharingRound>();
        services.AddHostedService(provider => provider.GetRequiredService<SharingRound>());
        services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, SharingDocumentsJson.Default)
        );
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        MapDrafts(routes);
        MapApprovals(routes);
        MapPublication(routes);
        MapSiteNotices(routes);
        MapItems(routes);
    }

    private static void MapDrafts(Routes routes)
    {
        const string path = "/api/v1/drafts";
        routes.Post(
            path,
            Policies.Analyse,
            async (HttpContext context, DraftWork work, DraftRequest request) =>
                Draft(work, await work.MakeAsync(context.Actor(), request, context.RequestAborted), 201)
        );
        routes.Get(
            path,
            Policies.ReadHub,
            async (HttpContext context, Register<DraftFile> drafts, DraftWork work, string? cursor) =>
                TypedResults.Json(
                    await PageAsync(context, drafts.All, (one => one.Id, work.View, cursor)),
                    SharingDocumentsJson.Default.PageDraftView
                )
        );
        routes.Get(
            path + "/{draft}",
            Policies.ReadHub,
            async (HttpContext context, DraftWork work, Scope scope, string draft) =>
                Draft(work, await DraftAsync(context, scope, Verb.Read, draft))
        );
        routes.Get(
            path + "/{draft}/differences",
            Policies.ReadHub,
            async (HttpContext context, DraftWork work, Scope scope, string draft) =>
                TypedResults.Json(
                    await work.DiffsAsync((await DraftAsync(context, scope, Verb.Read, draft)).Value, null, context.RequestAborted),
                    SharingDocumentsJson.Default.IReadOnlyListFieldDiff
                )
        );
        routes.Get(
            path + "/{draft}/leaks",
            Policies.ReadHub,
            async (HttpContext context, ShareWork work, Scope scope, string draft) =>
                TypedResults.Json(work.Leaks(await DraftAsync(context, scope, Verb.Read, draft)), SharingDocumentsJson.Default.LeakView)
        );
        routes.Post(
            path + "/{draft}",
            Policies.Analyse,
            async (HttpContext context, DraftWork work, Scope scope, string draft, DraftChange change) =>
            {
                await DraftAsync(context, scope, Verb.Change, draft);
                return Draft(work, await work.ChangeAsync(context.Actor(), draft, change, context.RequestAborted));
            }
        );
        routes.Post(
            path + "/{draft}/review",
            Policies.Analyse,
            async (HttpContext context, DraftWork work, Scope scope, string draft, DraftStep step) =>
            {
                await DraftAsync(context, scope, Verb.Change, draft);
                return Draft(work, await work.ReviewAsync(context.Actor(), draft, step.Version));
            }
        );
        routes.Post(
            path + "/{draft}/drop",
            Policies.Analyse,
            async (HttpContext context, DraftWork work, Scope scope, string draft, DraftStep step) =>
            {
                await DraftAsync(context, scope, Verb.Change, draft);
                await work.DropAsync(context.Actor(), draft, step.Version);
                return TypedResults.NoContent();
            }
        );
        routes.Post(
            path + "/{draft}/ask",
            Policies.Analyse,
            async (HttpContext context, ApprovalWork work, Scope scope, string draft, DraftStep step) =>
            {
                await DraftAsync(context, scope, Verb.Change, draft);
                await work.AskAsync(context.Actor(), draft, step.Version, context.RequestAborted);
                return TypedResults.NoContent();
            }
        );
        routes.Post(
            path + "/{draft}/release",
            Policies.Analyse,
            async (HttpContext context, ShareWork work, Scope scope, string draft, ReleaseOrder order) =>
            {
                await DraftAsync(context, scope, Verb.Change, draft);
                return TypedResults.Json(
                    Line(await work.ReleaseAsync(context.Actor(), draft, order)),
                    SharingDocumentsJson.Default.ItemLine,
                    statusCode: 201
                );
            }
        );
    }

    private static void MapApprovals(Routes routes)
    {
        const string path = "/api/v1/approvals";
        routes.Get(
            path,
            Policies.ReadApprovals,
            async (HttpContext context, Register<Approval> approvals, string? cursor, string? state) =>
            {
                var wanted = QueryWord.Of<ApprovalState>("state", state);
                return TypedResults.Json(
                    await PageAsync(
                        context,
                        approvals.All.Where(one => one.Value.State != ApprovalState.Draft && (wanted is null || one.Value.State == wanted)),
                        (one => one.Id, ApprovalBook.Line, cursor)
                    ),
                    SharingDocumentsJson.Default.PageApprovalSummary
                );
            }
        );
        routes.Get(
            path + "/{approval}",
            Policies.ReadApprovals,
            async (HttpContext context, ApprovalWork work, Scope scope, ArtefactFormats formats, string approval) =>
                TypedResults.Json(
                    await work.ViewAsync(await ApprovalAsync(context, scope, Verb.Read, approval), formats.Names, context.RequestAborted),
                    SharingDocumentsJson.Default.ApprovalView
                )
        );
        routes.Get(
            path + "/{approval}/artefacts/{format}",
            Policies.ReadApprovals,
            async (HttpContext context, ApprovalWork work, Scope scope, ArtefactFormats formats, string approval, string format) =>
            {
                var view = await work.ViewAsync(await ApprovalAsync(context, scope, Verb.Read, approval), [], context.RequestAborted);
                return SharedFiles.Preview(formats, format, view.Item, context.RequestServices.GetRequiredService<ReleaseBook>().Hub);
            }
        );
        routes.Post(
            path + "/{approval}/decision",
            Policies.Approve,
            async (HttpContext context, ApprovalWork work, Scope scope, string approval, DecisionOrder order) =>
            {
                await ApprovalAsync(context, scope, Verb.Change, approval);
                await work.DecideAsync(context.Actor(), approval, order);
                return TypedResults.NoContent();
            }
        );
    }

    private static void MapPublication(Routes routes) =>
        routes.Post(
            "/api/v1/approvals/{approval}/publication",
            Policies.Approve,
            async (HttpContext context, ApprovalWork work, Scope scope, string approval, PublicationOrder order) =>
            {
                await ApprovalAsync(context, scope, Verb.Change, approval);
                await work.PublishAsync(context.Actor(), approval, order);
                return TypedResults.NoContent();
            }
        );

    private static void MapSiteNotices(Routes routes)
    {
        const string path = "/api/v1/site-notices";
        routes.Get(
            path,
            Policies.ReadHub,
            (SiteNoticeWork work, string? cursor) => TypedResults.Json(work.Of(cursor), SharingDocumentsJson.Default.PageSiteNoticeView)
        );
        routes.Post(
            path,
            Policies.Analyse,
            async (HttpContext context, SiteNoticeWork work, SiteNoticeOrder order) =>
                TypedResults.Json(
                    await work.BeginAsync(context.Actor(), order),
                    SharingDocumentsJson.Default.SiteNoticeView,
                    statusCode: 201
                )
        );
        routes.Post(
            path + "/{notice}/steps",
            Policies.Analyse,
            async (HttpContext context, SiteNoticeWork work, string notice, SiteNoticeStep step) =>
                TypedResults.Json(await work.StepAsync(context.Actor(), notice, step), SharingDocumentsJson.Default.SiteNoticeView)
        );
    }

    private static void MapItems(Routes routes)
    {
        const string path = "/api/v1/items";
        routes.Get(
            path,
            Policies.ReadItems,
            async (HttpContext context, ReleaseBook book, string? cursor) =>
                TypedResults.Json(
                    await PageAsync(context, book.Items(), (one => one.File.Release.Item.Id.ToString("N"), one => Line(one.File), cursor)),
                    SharingDocumentsJson.Default.PageItemLine
                )
        );
        routes.Get(
            path + "/{item}/{format}",
            Policies.ReadItems,
            async (HttpContext context, ArtefactFormats formats, Scope scope, string item, string format, int? version) =>
                await SharedFiles.OfAsync(context, formats, await ItemAsync(context, scope, Verb.Read, item), format, version)
        );
        routes.Post(
            path + "/{item}/retraction",
            Policies.Analyse,
            async (HttpContext context, ShareWork work, Scope scope, string item, RetractOrder order) =>
            {
                var shared = await ItemAsync(context, scope, Verb.Change, item);
                return TypedResults.Json(
                    Line(await work.RetractAsync(context.Actor(), shared.File.Release.Item.Id, order.Reason)),
                    SharingDocumentsJson.Default.ItemLine,
                    statusCode: 201
                );
            }
        );
        routes.Get(
            path + "/{item}/receivers",
            Policies.ReadHub,
            async (HttpContext context, ReleaseBook book, Scope scope, string item) =>
            {
                var id = (await ItemAsync(context, scope, Verb.Read, item)).File.Release.Item.Id;
                return TypedResults.Json(
                    new ReceiverList(
                        id,
                        [.. book.Versions(id).Select(one => new ReceivedVersion(one.Release.Item.Version, one.Release.At, one.Receivers))]
                    ),
                    SharingDocumentsJson.Default.ReceiverList
                );
            }
        );
        routes.Post(
            path + "/{item}/sightings",
            Policies.Sight,
            async (HttpContext context, SightingWork work, Scope scope, string item, SightingOrder order) =>
            {
                await work.SayAsync(context.Actor(), await ItemAsync(context, scope, Verb.Read, item), order);
                return TypedResults.NoContent();
            }
        );
        routes.Get(
            path + "/{item}/sightings",
            Policies.ReadItems,
            async (HttpContext context, SightingWork work, Scope scope, string item) =>
            {
                var id = (await ItemAsync(context, scope, Verb.Read, item)).File.Release.Item.Id;
                return TypedResults.Json(work.For(context.Actor(), id), SharingDocumentsJson.Default.SightingView);
            }
        );
        routes.Get(
            path + "/{item}/sightings/all",
            Policies.ReadHub,
            async (HttpContext context, SightingWork work, Scope scope, string item) =>
            {
                var id = (await ItemAsync(context, scope, Verb.Read, item)).File.Release.Item.Id;
                var shown = await scope.VisibleAsync(context.Actor(), Verb.Read, work.Of(id));
                return TypedResults.Json(new Page<Sighting>(shown, null), SharingDocumentsJson.Default.PageSighting);
            }
        );
    }

    private static IResult Draft(DraftWork work, Registered<DraftFile> draft, int status = 200) =>
        TypedResults.Json(work.View(draft), SharingDocumentsJson.Default.DraftView, statusCode: status);

    private static ItemLine Line(ReleaseFile file)
    {
        var item = file.Release.Item;
        return new ItemLine(
            item.Id,
            item.Version,
            item.Kind,
            item.Title,
            item.Marking.Tlp,
            file.Release.FirstAt,
            file.Release.At,
            item.Marking.ExpiresAt,
            item.Retracted
        );
    }

    private static Task<Registered<DraftFile>> DraftAsync(HttpContext context, Scope scope, Verb verb, string id) =>
        scope.LoadAsync<Registered<DraftFile>>(context.Actor(), verb, id, context.RequestAborted);

    private static Task<Registered<Approval>> ApprovalAsync(HttpContext context, Scope scope, Verb verb, string id) =>
        scope.LoadAsync<Registered<Approval>>(context.Actor(), verb, id, context.RequestAborted);

    private static Task<SharedItem> ItemAsync(HttpContext context, Scope scope, Verb verb, string id) =>
        scope.LoadAsync<SharedItem>(context.Actor(), verb, id, context.RequestAborted);

    /// <summary>A page through the scope, which writes down whose names it tells.</summary>
    private static async Task<Page<TView>> PageAsync<T, TView>(
        HttpContext context,
        IEnumerable<T> all,
        (Func<T, string> Id, Func<T, TView> View, string? Cursor) page
    )
        where T : class
    {
        var scope = context.RequestServices.GetRequiredService<Scope>();
        var reached = all.Where(one => scope.May(context.Actor(), Verb.Read, one)).OrderBy(page.Id, StringComparer.Ordinal).ToList();
        var taken = Paging.Of(reached, page.Id, one => one, page.Cursor, limit: null);
        var shown = await scope.VisibleAsync(context.Actor(), Verb.Read, taken.Items);
        return new Page<TView>([.. shown.Select(page.View)], taken.Next);
    }
}
