using System.Collections.Concurrent;
using Noroshi.Exchange.Misp;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Misp;

/// <summary>A MISP feed of each channel. A channel that is not the reader's does not exist for him.</summary>
internal sealed class MispFeedRoutes(ReleaseShelf shelf, ShownItems shown)
{
    private const string Json = "application/json";
    private readonly ConcurrentDictionary<string, (int Versions, byte[] Bytes)> _hashes = new(StringComparer.Ordinal);

    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Get("/misp/feed/{channel}/manifest.json", Policies.ReadItems, Manifest).ExcludeFromDescription();
        routes.Get("/misp/feed/{channel}/hashes.csv", Policies.ReadItems, HashesAsync).ExcludeFromDescription();
        routes.Get("/misp/feed/{channel}/{file}", Policies.ReadItems, EventAsync).ExcludeFromDescription();
    }

    private IResult Manifest(string channel, HttpContext context) =>
        Has(context, channel)
            ? new Tagged(MispFeed.Manifest(shelf.ItemsOf([channel]).Select(versions => MispHead.Of(versions[^1], shelf.Hub))), Json)
            : Problem.NotFound;

    private async Task<IResult> HashesAsync(string channel, HttpContext context)
    {
        if (!Has(context, channel))
        {
            return Problem.NotFound;
        }

        var items = shelf.ItemsOf([channel]);
        // Hashes tell whoever guesses a value that it stands there.
        await shown.NoteAsync(context.Actor(), "misp-hashes", items.Select(ReleaseShelf.Newest));
        var versions = items.Sum(one => one.Count);
        var (made, bytes) = _hashes.GetValueOrDefault(channel);
        if (made != versions || bytes is null)
        {
            bytes = MispFeed.Hashes(items.Select(one => MispEvent.Of(one, shelf.Hub)));
            _hashes[channel] = (versions, bytes);
        }

        return new Tagged(bytes, "text/csv; charset=utf-8");
    }

    private async Task<IResult> EventAsync(string channel, string file, HttpContext context)
    {
        if (
            !Has(context, channel)
            || !file.EndsWith(".json", StringComparison.Ordinal)
            || !Guid.TryParseExact(file[..^".json".Length], "D", out var id)
            || shelf.VersionsOf([channel], id) is not { Count: > 0 } versions
        )
        {
            return Problem.NotFound;
        }

        await shown.NoteAsync(context.Actor(), "misp-feed", [ReleaseShelf.Newest(versions)]);
        return new Tagged(MispEvent.Of(versions, shelf.Hub).Json, Json);
    }

    private bool Has(HttpContext context, string channel) => shelf.ChannelsOf(context.Actor()).Contains(channel, StringComparer.Ordinal);
}
