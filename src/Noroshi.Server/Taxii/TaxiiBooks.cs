using System.Collections.Concurrent;
using Noroshi.Exchange.Stix;
using Noroshi.Exchange.Taxii;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Taxii;

/// <summary>
/// The streams as collections, in memory: each request first takes in what was released since the last one. They are worked out from the log alone, so every
/// start and every node has the same.
/// </summary>
internal sealed class TaxiiBooks(IReleaseSource source) : IDisposable
{
    private readonly ConcurrentDictionary<string, Book> _books = new(StringComparer.Ordinal);

    /// <summary>The collection of a stream, up to now.</summary>
    public async Task<TaxiiCollection> OfAsync(string channel, CancellationToken cancellation)
    {
        var book = _books.GetOrAdd(channel, _ => new Book());
        await book.Turn.WaitAsync(cancellation);
        try
        {
            var all = source.All;
            for (; book.Seen < all.Count; book.Seen++)
            {
                if (Channels.Of(all[book.Seen].Release.Item.Audience).Contains(channel, StringComparer.Ordinal))
                {
                    book.Add(all[book.Seen], source.Hub);
                }
            }

            return book.Collection;
        }
        finally
        {
            book.Turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var book in _books.Values)
        {
            book.Turn.Dispose();
        }
    }

    private sealed class Book
    {
        private readonly Dictionary<Guid, List<Release>> _versions = [];

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public TaxiiCollection Collection { get; } = new();

        /// <summary>So many releases were looked at, of all streams.</summary>
        public int Seen { get; set; }

        public void Add(PositionedRelease one, HubName hub)
        {
            if (!_versions.TryGetValue(one.Release.Item.Id, out var versions))
            {
                _versions[one.Release.Item.Id] = versions = [];
            }

            if (one.TakesBack)
            {
                Collection.TakeOut(versions.SelectMany(version => StixObjects.OwnIds(version, hub)));
            }

            var item = one.Release.Item;
            var own = StixObjects.OwnIds(one.Release, hub).ToHashSet(StringComparer.Ordinal);
            Collection.Add(
                StixObjects
                    .Of(one.Release, hub, versions.LastOrDefault())
                    .Select(made => own.Contains(made.Id) ? made with { Item = item.Id, ItemVersion = item.Version } : made),
                one.LoggedAt
            );
            versions.Add(one.Release);
        }
    }
}
