using Noroshi.Hub;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Search;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Search;

/// <summary>Puts retro-search, and the question who received or saw what, into the hub.</summary>
internal static class SearchPart
{
    private const int MostLines = 500;

    /// <summary>Services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<MailLibrary>();
        services.AddSingleton<SearchRegisters>();
        services.AddSingleton<SearchFeed>();
        services.AddSingleton<IForgets>(provider => provider.GetRequiredService<SearchFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<SearchFeed>());
        services.AddSingleton<SearchDesk>();
    }

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        routes.Get("/api/v1/search", Policies.Search, SearchAsync);
        routes.Get(
            "/api/v1/journal/subjects/{id}",
            Policies.Audit,
            (HttpContext context, IHubStore store, string id, long? after, int? most, bool? everything) =>
                JournalAsync(context, store, id, () => OfSubject(context, store, id, (after, most, everything)))
        );
        routes.Get(
            "/api/v1/journal/people/{id}",
            Policies.Audit,
            (HttpContext context, IHubStore store, string id, long? after, int? most, bool? everything) =>
                JournalAsync(context, store, id, () => OfPerson(context, store, id, (after, most, everything)))
        );
    }

    private static async Task<IResult> SearchAsync(HttpContext context, SearchDesk desk, string? q, string? cursor, int? most)
    {
        var request = new SearchRequest(q ?? "", cursor, most ?? 50);
        var (page, answer) = await desk.RunAsync(context.Actor(), request, context.RequestAborted);
        return page.Problem is { } problem ? Refused(problem) : TypedResults.Json(answer, SearchJson.Default.SearchAnswer);
    }

    /// <summary>What is wrong with the query.</summary>
    private static Problem Refused(SearchMessage problem) => new(ProblemKind.OfSearch(problem.Code), new Words(problem.Ja, problem.En));

    /// <summary>Who looked something up is himself in the journal, before he is answered.</summary>
    private static async Task<IResult> JournalAsync(HttpContext context, IHubStore store, string id, Func<Task<JournalPage>> read)
    {
        if (id.Length > 200)
        {
            return Problem.NotFound;
        }

        await store.Journal.AppendAsync(new JournalRecord(context.Actor().Id, JournalActions.JournalRead, "journal", id));
        return TypedResults.Json(await read(), SearchJson.Default.JournalPage);
    }

    private static Task<JournalPage> OfSubject(HttpContext context, IHubStore store, string id, (long? After, int? Most, bool? All) page) =>
        JournalViews.OfSubjectsAsync(
            store.Journal,
            [id],
            page.After ?? -1,
            Math.Clamp(page.Most ?? 100, 1, MostLines),
            page.All ?? false,
            context.RequestAborted
        );

    private static Task<JournalPage> OfPerson(HttpContext context, IHubStore store, string id, (long? After, int? Most, bool? All) page) =>
        JournalViews.OfPersonAsync(
            store.Journal,
            id,
            page.After ?? -1,
            Math.Clamp(page.Most ?? 100, 1, MostLines),
            page.All ?? false,
            context.RequestAborted
        );
}
