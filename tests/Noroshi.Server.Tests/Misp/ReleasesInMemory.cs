using Noroshi.Hub.Sharing;
using Noroshi.Server.Misp;

namespace Noroshi.Server.Tests.Misp;

/// <summary>Releases as a test hands them in.</summary>
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
