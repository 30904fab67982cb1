using Noroshi.Exchange.Taxii;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Intake;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Taxii;

/// <summary>The routes of TAXII 2.1: discovery, one API root a stream with one collection each, and a member's inbox.</summary>
internal static class TaxiiRoutes
{
    private const string Root = TaxiiErrors.Root + "/{root}";
    private const string Collection = Root + "/collections/{collection}";
    private const string Objects = Collection + "/objects";
    private const string Object = Objects + "/{object}";

    /// <summary>Makes them. The standard describes them; they do not stand in the description of the hub's own API.</summary>
    public static void Map(Routes routes)
    {
        foreach (var route in Described(routes).Concat(Contents(routes)))
        {
            route.ExcludeFromDescription();
        }
    }

    private static IEnumerable<RouteHandlerBuilder> Described(Routes routes) =>
        [
            routes.Get(TaxiiErrors.Root, Policies.ReadShares, (Delegate)DiscoveryAsync),
            routes.Get(Root, Policies.ReadShares, (HttpContext context, string root) => RootAsync(context, root)),
            routes.Get(
                Root + "/status/{status}",
                Policies.ReadShares,
                (HttpContext context, string root, string status) => StatusAsync(context, root, status)
            ),
            routes.Get(Root + "/collections", Policies.ReadShares, (HttpContext context, string root) => CollectionsAsync(context, root)),
            routes.Get(
                Collection,
                Policies.ReadShares,
                (HttpContext context, string root, string collection) => CollectionAsync(context, root, collection)
            ),
        ];

    private static IEnumerable<RouteHandlerBuilder> Contents(Routes routes) =>
        [
            routes.Get(
                Collection + "/manifest",
                Policies.ReadShares,
                (HttpContext context, string root, string collection) =>
                    PageAsync(context, new TaxiiQuestion(root, collection, TaxiiForm.Manifest, null))
            ),
            routes.Get(
                Objects,
                Policies.ReadShares,
                (HttpContext context, string root, string collection) =>
                    PageAsync(context, new TaxiiQuestion(root, collection, TaxiiForm.Envelope, null))
            ),
            routes.Post(
                Objects,
                Policies.Provide,
                (HttpContext context, string root, string collection) => AddAsync(context, root, collection)
            ),
            routes.Get(
                Object,
                Policies.ReadShares,
                (HttpContext context, string root, string collection, string @object) =>
                    PageAsync(context, new TaxiiQuestion(root, collection, TaxiiForm.Envelope, @object))
            ),
            routes.Delete(
                Object,
                Policies.Provide,
                (HttpContext context, string root, string collection, string @object) => DeleteAsync(context, root, collection, @object)
            ),
            routes.Get(
                Object + "/versions",
                Policies.ReadShares,
                (HttpContext context, string root, string collection, string @object) =>
                    PageAsync(context, new TaxiiQuestion(root, collection, TaxiiForm.Versions, @object))
            ),
        ];

    private static async Task DiscoveryAsync(HttpContext context)
    {
        var roots = await Readers(context).RootsAsync(context.Actor(), context.RequestAborted);
        var hub = context.RequestServices.GetRequiredService<IReleaseSource>().Hub;
        var title = hub.NameEn.Length > 0 ? $"{hub.NameJa} / {hub.NameEn}" : hub.NameJa;
        var paths = roots.Select(one => one.Path).ToList();
        await AnswerAsync(context, TaxiiResources.Discovery(title, "", paths.FirstOrDefault(), paths));
    }

    private static async Task RootAsync(HttpContext context, string root)
    {
        var found = await Readers(context).RootAsync(context.Actor(), root, context.RequestAborted);
        var most = context.RequestServices.GetRequiredService<TaxiiInboxWork>().Most;
        await AnswerAsync(context, TaxiiResources.ApiRoot(found.Title, found.Collection.Description, most));
    }

    private static async Task StatusAsync(HttpContext context, string root, string status)
    {
        var found = await Readers(context).RootAsync(context.Actor(), root, context.RequestAborted);
        var kept =
            found.Collection.CanWrite && context.Actor().Organization is { } own && Guid.TryParse(status, out var id)
                ? context.RequestServices.GetRequiredService<TaxiiStatuses>().Find(own, id)
                : null;
        await AnswerAsync(context, TaxiiResources.Status(kept ?? throw new ProblemException(ProblemKind.NotFound)));
    }

    private static async Task CollectionsAsync(HttpContext context, string root)
    {
        var found = await Readers(context).RootAsync(context.Actor(), root, context.RequestAborted);
        await AnswerAsync(context, TaxiiResources.Collections([found.Collection]));
    }

    private static async Task CollectionAsync(HttpContext context, string root, string collection)
    {
        var found = await Readers(context).CollectionAsync(context.Actor(), root, collection, deed: null, context.RequestAborted);
        await AnswerAsync(context, TaxiiResources.Collection(found.Collection));
    }

    private static async Task PageAsync(HttpContext context, TaxiiQuestion question)
    {
        var pages = context.RequestServices.GetRequiredService<TaxiiPages>();
        var query = context.Request.Query.SelectMany(one => one.Value.Select(value => KeyValuePair.Create(one.Key, value ?? "")));
        var (page, next) = await pages.ReadAsync(context.Actor(), question, query, context.RequestAborted);
        if (page.Entries.Count > 0)
        {
            context.Response.Headers["X-TAXII-Date-Added-First"] = TaxiiTime.Text(page.Entries[0].AddedAt);
            context.Response.Headers["X-TAXII-Date-Added-Last"] = TaxiiTime.Text(page.Entries[^1].AddedAt);
        }

        if (question.Form == TaxiiForm.Envelope)
        {
            await context
                .RequestServices.GetRequiredService<ShownItems>()
                .NoteAsync(
                    context.Actor(),
                    "taxii",
                    page.Entries.Where(one => one.Object.ItemVersion > 0)
                        .Select(one => new ShownVersion(one.Object.Item, one.Object.ItemVersion))
                );
        }

        var body = question.Form switch
        {
            TaxiiForm.Envelope => TaxiiResources.Envelope(page, next),
            TaxiiForm.Manifest => TaxiiResources.Manifest(page, next),
            TaxiiForm.Versions => TaxiiResources.Versions(page, next),
        };
        await AnswerAsync(context, body);
    }

    private static async Task AddAsync(HttpContext context, string root, string collection)
    {
        if (!TaxiiMedia.IsTaken(context.Request.ContentType))
        {
            throw new ProblemException(TaxiiErrors.UnsupportedMedia);
        }

        await Readers(context).CollectionAsync(context.Actor(), root, collection, TaxiiDeed.Add, context.RequestAborted);
        var at = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var status = await context.RequestServices.GetRequiredService<TaxiiInboxWork>().TakeAsync(context, at);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await AnswerAsync(context, TaxiiResources.Status(status));
    }

    /// <summary>No collection is both read and written, so nothing is ever deleted; the refusal does not depend on the object.</summary>
    private static async Task DeleteAsync(HttpContext context, string root, string collection, string _)
    {
        await Readers(context).CollectionAsync(context.Actor(), root, collection, TaxiiDeed.Delete, context.RequestAborted);
        throw new ProblemException(ProblemKind.Forbidden);
    }

    private static TaxiiReaders Readers(HttpContext context)
    {
        if (!TaxiiMedia.IsWanted(context.Request.Headers.Accept.ToString()))
        {
            throw new ProblemException(TaxiiErrors.NotAcceptable);
        }

        return context.RequestServices.GetRequiredService<TaxiiReaders>();
    }

    private static async Task AnswerAsync(HttpContext context, byte[] body)
    {
        if (!TaxiiMedia.IsWanted(context.Request.Headers.Accept.ToString()))
        {
            throw new ProblemException(TaxiiErrors.NotAcceptable);
        }

        context.Response.ContentType = TaxiiMedia.Type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
