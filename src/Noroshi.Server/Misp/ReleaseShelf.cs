using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing;
using Noroshi.Server.Identity;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Misp;

/// <summary>Releases by channel and item, and the channels that somebody reads. Derived from the releases, as far as they have grown.</summary>
internal sealed class ReleaseShelf(IReleaseSource source, Community community)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Shelf> _shelves = new(StringComparer.Ordinal);
    private int _seen;

    /// <summary>The version that a reader of an item sees.</summary>
    public static ShownVersion Newest(IReadOnlyList<Release> versions) => new(versions[^1].Item.Id, versions[^1].Item.Version);

    /// <summary>The hub as receivers know it.</summary>
    public HubName Hub => source.Hub;

    /// <summary>The channels that an actor has: those of his organisation; for people of the hub all that hold something.</summary>
    public IReadOnlyList<string> ChannelsOf(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Organization is { } id)
        {
            return community.Find(id) is { } organization ? ChannelsOf(organization.Id, organization.Group) : [Channels.Public];
        }

        if (!actor.Roles.Overlaps(RoleTable.Hub))
        {
            return [Channels.Public];
        }

        lock (_gate)
        {
            CatchUp();
            return [.. _shelves.Keys.Append(Channels.Public).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The channels of an organisation.</summary>
    public IReadOnlyList<string> ChannelsOf(string organization, string? group) =>
        Channels.For(
            group,
            community.Current.Schemes.Where(one => string.Equals(one.Relay, organization, StringComparison.Ordinal)).Select(one => one.Id),
            body: null
        );

    /// <summary>Of each item in the channels its versions there, oldest first; items in the order in which they left first.</summary>
    public IReadOnlyList<IReadOnlyList<Release>> ItemsOf(IReadOnlyList<string> channels)
    {
        lock (_gate)
        {
            CatchUp();
            if (channels is [var only])
            {
                return _shelves.TryGetValue(only, out var shelf)
                    ? [.. shelf.Order.Select(id => (IReadOnlyList<Release>)[.. shelf.Items[id]])]
                    : [];
            }

            var ids = channels
                .Select(channel => _shelves.GetValueOrDefault(channel))
                .OfType<Shelf>()
                .SelectMany(shelf => shelf.Order)
                .Distinct()
                .ToList();
            return
            [
                .. ids.Select(id => Merged(channels, id)).OrderBy(versions => versions[0].FirstAt).ThenBy(versions => versions[0].Item.Id),
            ];
        }
    }

    /// <summary>The versions of an item in the channels, oldest first; none when it is in none of them.</summary>
    public IReadOnlyList<Release> VersionsOf(IReadOnlyList<string> channels, Guid item)
    {
        lock (_gate)
        {
            CatchUp();
            return Merged(channels, item);
        }
    }

    private List<Release> Merged(IReadOnlyList<string> channels, Guid item) =>
        [
            .. channels
                .Select(channel => _shelves.GetValueOrDefault(channel)?.Items.GetValueOrDefault(item))
                .OfType<List<Release>>()
                .SelectMany(list => list)
                .DistinctBy(one => one.Item.Version)
                .OrderBy(one => one.Item.Version),
        ];

    private void CatchUp()
    {
        var all = source.All;
        for (; _seen < all.Count; _seen++)
        {
            foreach (var channel in Channels.Of(all[_seen].Release.Item.Audience))
            {
                if (!_shelves.TryGetValue(channel, out var shelf))
                {
                    _shelves[channel] = shelf = new Shelf();
                }

                shelf.Add(all[_seen].Release);
            }
        }
    }

    private sealed class Shelf
    {
        public Dictionary<Guid, List<Release>> Items { get; } = [];

        public List<Guid> Order { get; } = [];

        public void Add(Release release)
        {
            if (!Items.TryGetValue(release.Item.Id, out var versions))
            {
                Items[release.Item.Id] = versions = [];
                Order.Add(release.Item.Id);
            }

            versions.Add(release);
        }
    }
}
