using Noroshi.Hub.Sharing;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Misp;

/// <summary>The book of releases as a list in the order in which they left; sorted anew only when the book has grown.</summary>
internal sealed class BookReleases(ReleaseBook book, Register<ReleaseFile> files) : IReleaseSource
{
    private readonly Lock _gate = new();
    private IReadOnlyList<Registered<ReleaseFile>>? _of;
    private IReadOnlyList<Release> _all = [];

    /// <inheritdoc/>
    public HubName Hub => book.Hub;

    /// <inheritdoc/>
    public IReadOnlyList<Release> All
    {
        get
        {
            // The register hands out the same list until something is written.
            var now = files.All;
            lock (_gate)
            {
                if (!ReferenceEquals(_of, now))
                {
                    (_of, _all) = (now, [.. now.OrderBy(one => one.Version).Select(one => one.Value.Release)]);
                }

                return _all;
            }
        }
    }
}
