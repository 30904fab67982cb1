using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Tests.Sharing;

/// <summary>Releases and answers in memory.</summary>
internal sealed class MemoryReleases(HubName hub) : IReleaseSource, ISightingSink
{
    private readonly Lock _gate = new();
    private IReadOnlyList<PositionedRelease> _all = [];

    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    public List<GivenSighting> Sightings { get; } = [];

    public HubName Hub => hub;

    public IReadOnlyList<PositionedRelease> All
    {
        get
        {
            lock (_gate)
            {
                return _all;
            }
        }
    }

    public Release? Find(Guid item, int version) =>
        All.Select(one => one.Release).FirstOrDefault(one => one.Item.Id == item && one.Item.Version == version);

    /// <summary>Takes a release in; all at one time of the log, as the worst that a clock can do.</summary>
    public void Add(Release release)
    {
        lock (_gate)
        {
            _all = [.. _all, new PositionedRelease(_all.Count + 1, Start, release)];
        }
    }

    /// <summary>Lets a version leave.</summary>
    public Release Leave(SanitisedItem item, int version = 1)
    {
        var release = new Release
        {
            Item = item with { Version = version },
            FirstAt = Start,
            At = Start.AddMilliseconds(version - 1),
        };
        Add(release);
        return release;
    }

    public ValueTask<bool> TakeAsync(Actor by, GivenSighting sighting, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Sightings.Add(sighting);
        }

        return ValueTask.FromResult(true);
    }
}
