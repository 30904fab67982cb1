using System.Collections.Concurrent;
using Noroshi.Exchange.Stix;
using Noroshi.Exchange.Taxii;
using Noroshi.Hub.Sharing;

namespace Noroshi.Server.Taxii;

/// <summary>
/// The streams as collections, in memory: each request first takes in what was released since the last one. They are worked out from the log alone, so every
/// start and every node has the same.
/// </summary>
internal sealed class TaxiiBooks(IReleaseSource source) : IDisposable
{
    private const int Batch = 200;
    private readonly ConcurrentDictionary<string, Book> _books = new(StringComparer.Ordinal);

    /// <summary>The collection of a stream, up to now.</summary>
    public async Task<TaxiiCollection> OfAsync(string channel, CancellationToken cancellation)
    {
        var book = _books.GetOrAdd(channel, _ => new Book());
        await book.Turn.WaitAsync(cancellation);
        try
        {
            var hub = await source.HubAsync(cancellation);
            while (true)
            {
                var releases = await source.ReadAsync(channel, book.Position, Batch, cancellation);
                foreach (var one in releases)
                {
                    book.Add(one, hub);
                }

                if (releases.Count < Batch)
                {
                    return book.Collection;
                }
            }
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
        private readonly Dictionary<Guid, Release> _last = [];

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public TaxiiCollection Collection { get; } = new();

        public long Position { get; private set; }

        public void Add(PositionedRelease one, HubName hub)
        {
            var before = _last.GetValueOrDefault(one.Release.Item.Id);
            Collection.Add(StixObjects.Of(one.Release, hub, before), one.LoggedAt);
            _last[one.Release.Item.Id] = one.Release;
            Position = one.Position;
        }
    }
}
