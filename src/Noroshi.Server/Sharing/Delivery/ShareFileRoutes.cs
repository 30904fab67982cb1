using Noroshi.Exchange.Csv;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Misp;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>Indicators of what the reader has, as a table and as plain lists.</summary>
internal sealed class ShareFileRoutes(ReleaseShelf shelf, ShownItems shown, TimeProvider time)
{
    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes
            .Get("/api/v1/shares/indicators.csv", Policies.ReadItems, TableAsync)
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
        foreach (var name in BlockList.Names)
        {
            routes
                .Get($"/api/v1/shares/block-lists/{name}.txt", Policies.ReadItems, (HttpContext context) => ListAsync(name, context))
                .Produces(StatusCodes.Status200OK, contentType: "text/plain");
        }
    }

    private async Task<IResult> TableAsync(HttpContext context, string? lang, Guid? item)
    {
        var releases = Newest(context).Where(one => item is null || one.Item.Id == item).ToList();
        if (item is not null && releases.Count == 0)
        {
            return Problem.NotFound;
        }

        await NoteAsync(context, "csv", releases);
        return Attached(
            context,
            IndicatorCsv.Of(releases, lang != "en", time.GetUtcNow()),
            "text/csv; charset=utf-8",
            "noroshi-indicators.csv"
        );
    }

    private async Task<IResult> ListAsync(string name, HttpContext context)
    {
        var releases = Newest(context).ToList();
        await NoteAsync(context, "list-" + name, releases);
        return Attached(context, BlockList.Of(name, releases, time.GetUtcNow()), "text/plain; charset=utf-8", $"noroshi-{name}.txt");
    }

    private Task NoteAsync(HttpContext context, string way, IEnumerable<Release> releases) =>
        shown.NoteAsync(context.Actor(), way, releases.Select(one => new ShownVersion(one.Item.Id, one.Item.Version)));

    private IEnumerable<Release> Newest(HttpContext context) =>
        shelf.ItemsOf(shelf.ChannelsOf(context.Actor())).Select(versions => versions[^1]);

    private static Tagged Attached(HttpContext context, byte[] bytes, string type, string name)
    {
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        return new Tagged(bytes, type);
    }
}
