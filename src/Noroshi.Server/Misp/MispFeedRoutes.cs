using System.Collections.Concurrent;
using Noroshi.Exchange.Misp;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Misp;

/// <summary>A MISP feed of each channel. A channel that is not the reader's does not exist for him.</summary>
internal sealed class MispFeedRoutes(ReleaseShelf shelf)
{
    private const string Json = "application/json";
    private readonly ConcurrentDictionary<string, (int Versions, byte[] Bytes)> _hashes = new(StringComparer.Ordinal);

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Get("/misp/feed/{channel}/manifest.json", Policies.ReadItems, Manifest).ExcludeFromDescription();
        routes.Get("/misp/feed/{channel}/hashes.csv", Policies.ReadItems, Hashes).ExcludeFromDescription();
        routes.Get("/misp/feed/{channel}/{file}", Policies.ReadItems, Event).ExcludeFromDescription();
    }

    private IResult Manifest(string channel, HttpContext context) =>
        Has(context, channel)
            ? new Tagged(MispFeed.Manifest(shelf.ItemsOf([channel]).Select(versions => MispHead.Of(versions[^1], shelf.Hub))), Json)
            : Problem.NotFound;

    private IResult Hashes(string channel, HttpContext context)
    {
        if (!Has(context, channel))
        {
            return Problem.NotFound;
        }

        var items = shelf.ItemsOf([channel]);
        var versions = items.Sum(one => one.Count);
        var (made, bytes) = _hashes.GetValueOrDefault(channel);
        if (made != versions || bytes is null)
        {
            bytes = MispFeed.Hashes(items.Select(one => MispEvent.Of(one, shelf.Hub)));
            _hashes[channel] = (versions, bytes);
        }

        return new Tagged(bytes, "text/csv; charset=utf-8");
    }

    private IResult Event(string channel, string file, HttpContext context) =>
        Has(context, channel)
        && file.EndsWith(".json", StringComparison.Ordinal)
        && Guid.TryParseExact(file[..^".json".Length], "D", out var id)
        && shelf.VersionsOf([channel], id) is { Count: > 0 } versions
            ? new Tagged(MispEvent.Of(versions, shelf.Hub).Json, Json)
            : Problem.NotFound;

    private bool Has(HttpContext context, string channel) => shelf.ChannelsOf(context.Actor()).Contains(channel, StringComparer.Ordinal);
}
