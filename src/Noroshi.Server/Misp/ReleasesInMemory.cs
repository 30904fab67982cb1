using Noroshi.Hub.Sharing;

namespace Noroshi.Server.Misp;

/// <summary>Releases that were handed in since the start; for a hub without a book of releases.</summary>
internal sealed class ReleasesInMemory(HubName hub) : IReleaseSource
{
    private readonly Lock _gate = new();
    private IReadOnlyList<Release> _all = [];

    /// <inheritdoc/>
    public HubName Hub => hub;

    /// <inheritdoc/>
    public IReadOnlyList<Release> All
    {
        get
        {
            lock (_gate)
            {
                return _all;
            }
        }
    }

    /// <summary>Takes a release in.</summary>
    public void Add(Release release)
    {
        lock (_gate)
        {
            _all = [.. _all, release];
        }
    }
}
