using Noroshi.Exchange.Csv;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Misp;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>Indicators of what the reader has, as a table and as plain lists.</summary>
internal sealed class ShareFileRoutes(ReleaseShelf shelf, TimeProvider time)
{
    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Get("/api/v1/shares/indicators.csv", Policies.ReadItems, Table).Produces(StatusCodes.Status200OK, contentType: "text/csv");
        foreach (var name in BlockList.Names)
        {
            routes
                .Get($"/api/v1/shares/block-lists/{name}.txt", Policies.ReadItems, (HttpContext context) => List(name, context))
                .Produces(StatusCodes.Status200OK, contentType: "text/plain");
        }
    }

    private IResult Table(HttpContext context, string? lang, Guid? item)
    {
        var releases = Newest(context).Where(one => item is null || one.Item.Id == item).ToList();
        return item is not null && releases.Count == 0
            ? Problem.NotFound
            : Attached(
                context,
                IndicatorCsv.Of(releases, lang != "en", time.GetUtcNow()),
                "text/csv; charset=utf-8",
                "noroshi-indicators.csv"
            );
    }

    private Tagged List(string name, HttpContext context) =>
        Attached(context, BlockList.Of(name, Newest(context), time.GetUtcNow()), "text/plain; charset=utf-8", $"noroshi-{name}.txt");

    private IEnumerable<Release> Newest(HttpContext context) =>
        shelf.ItemsOf(shelf.ChannelsOf(context.Actor())).Select(versions => versions[^1]);

    private static Tagged Attached(HttpContext context, byte[] bytes, string type, string name)
    {
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        return new Tagged(bytes, type);
    }
}
