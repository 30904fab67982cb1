using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Access;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Taxii;

/// <summary>The hub's releases as streams, by their positions in the log, and answers to them.</summary>
internal sealed class SharedReleases(Register<ReleaseFile> releases, ReleaseBook book, SightingWork work, Scope scope)
    : IReleaseSource,
        ISightingSink
{
    private Streams? _streams;

    /// <inheritdoc/>
    public ValueTask<HubName> HubAsync(CancellationToken cancellation) => ValueTask.FromResult(book.Hub);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PositionedRelease>> ReadAsync(string channel, long after, int most, CancellationToken cancellation)
    {
        var stream = Now().ByChannel.GetValueOrDefault(channel, []);
        var (low, high) = (0, stream.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = stream[middle].Position > after ? (low, middle) : (middle + 1, high);
        }

        return ValueTask.FromResult<IReadOnlyList<PositionedRelease>>([.. stream.Skip(low).Take(most)]);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TakeAsync(Actor by, GivenSighting sighting, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sighting);
        const string Prefix = "indicator--";
        // 受信なし has to say what was looked at; without it, people read the envelope.
        if (
            !sighting.Of.StartsWith(Prefix, StringComparison.Ordinal)
            || !Guid.TryParse(sighting.Of.AsSpan(Prefix.Length), out var indicator)
            || (sighting.Count == 0 && string.IsNullOrWhiteSpace(sighting.Looked))
            || Now().ItemOf(indicator) is not { } item
            || book.Item(item) is not { } shared
            || !scope.May(by, Verb.Read, shared)
            || !shared.File.Release.Item.Indicators.Any(one => one.Id == indicator)
        )
        {
            return false;
        }

        var kind = sighting.Count == 0 ? SightingKind.NotSeen : SightingKind.Seen;
        await work.SayAsync(by, shared, new SightingOrder(kind, indicator, sighting.Looked));
        return true;
    }

    private Streams Now()
    {
        var all = releases.All;
        var streams = _streams;
        if (streams is null || !ReferenceEquals(streams.Of, all))
        {
            streams = new Streams(all);
            _streams = streams;
        }

        return streams;
    }

    /// <summary>All streams, as of one state of the register.</summary>
    private sealed class Streams
    {
        private readonly Dictionary<Guid, Guid> _items = [];

        public Streams(IReadOnlyList<Registered<ReleaseFile>> all)
        {
            Of = all;
            foreach (var one in all.OrderBy(one => one.Version))
            {
                var item = one.Value.Release.Item;
                foreach (var channel in Channels.Of(item.Audience))
                {
                    if (!ByChannel.TryGetValue(channel, out var stream))
                    {
                        stream = [];
                        ByChannel[channel] = stream;
                    }

                    stream.Add(new PositionedRelease(one.Version, one.At, one.Value.Release));
                }

                foreach (var indicator in item.Indicators)
                {
                    _items[indicator.Id] = item.Id;
                }
            }
        }

        public IReadOnlyList<Registered<ReleaseFile>> Of { get; }

        public Dictionary<string, List<PositionedRelease>> ByChannel { get; } = new(StringComparer.Ordinal);

        public Guid? ItemOf(Guid indicator) => _items.TryGetValue(indicator, out var item) ? item : null;
    }
}
