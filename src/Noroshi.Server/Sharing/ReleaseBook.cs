using System.Globalization;
using System.Security.Cryptography;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.Hub.Storage;
using Noroshi.Server.Identity;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Sharing;

/// <summary>Everything that ever left, by item and version. Versions are written once.</summary>
internal sealed class ReleaseBook(
    Register<ReleaseFile> releases,
    Register<HubIdentity> identity,
    Community community,
    TimeProvider time,
    IdSource ids
) : IReleaseSource
{
    private static readonly TimeSpan Jst = TimeSpan.FromHours(9);
    private readonly Lock _gate = new();
    private IReadOnlyList<Registered<ReleaseFile>>? _seen;
    private IReadOnlyList<PositionedRelease> _all = [];

    /// <summary>Id of a version among the documents.</summary>
    public static string IdOf(Guid item, int version) => string.Create(CultureInfo.InvariantCulture, $"{item:N}.{version:D5}");

    /// <summary>The hub as receivers know it.</summary>
    public HubName Hub
    {
        get
        {
            var record = community.Current.Hub;
            return new HubName(
                identity.Find(Community.HubId)?.Value.Id ?? Guid.Empty,
                record?.NameJa ?? record?.NameEn ?? "情報ハブ",
                record?.NameEn ?? record?.NameJa ?? "Information hub"
            );
        }
    }

    /// <summary>Now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The day on which membership counts.</summary>
    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().ToOffset(Jst).DateTime);

    /// <inheritdoc/>
    public IReadOnlyList<PositionedRelease> All
    {
        get
        {
            lock (_gate)
            {
                if (!ReferenceEquals(_seen, releases.All))
                {
                    _seen = releases.All;
                    _all =
                    [
                        .. _seen
                            .OrderBy(one => one.Version)
                            .Select(one => new PositionedRelease(one.Version, one.At, one.Value.Release, one.Value.TakesBack)),
                    ];
                }

                return _all;
            }
        }
    }

    /// <inheritdoc/>
    public Release? Find(Guid item, int version) => IsTakenBack(item, version) ? null : File(item, version)?.Release;

    /// <summary>Whether a provider took back what stood in a version: it left, but it is handed out no more.</summary>
    public bool IsTakenBack(Guid item, int version) => Versions(item).Skip(version).Any(one => one.TakesBack);

    /// <summary>A version with what only the hub knows of it; null when there is none.</summary>
    public ReleaseFile? File(Guid item, int version) => releases.Find(IdOf(item, version))?.Value;

    /// <summary>Every version of an item, oldest first.</summary>
    public IReadOnlyList<ReleaseFile> Versions(Guid item)
    {
        var versions = new List<ReleaseFile>();
        while (File(item, versions.Count + 1) is { } one)
        {
            versions.Add(one);
        }

        return versions;
    }

    /// <summary>The newest version of an item; null when there is none.</summary>
    public ReleaseFile? Newest(Guid item) => Versions(item) is [.., var newest] ? newest : null;

    /// <summary>Every item as of its newest version, in the order in which the items left first.</summary>
    public IReadOnlyList<SharedItem> Items() =>
        [.. All.Where(one => one.Release.Item.Version == 1).Select(one => Item(one.Release.Item.Id)).OfType<SharedItem>()];

    /// <summary>An item with who may see it now: membership counts as of today, so that who left sees nothing more.</summary>
    public SharedItem? Item(Guid item) => Seen(Newest(item));

    /// <summary>The item whose newest version names an indicator; null when there is none.</summary>
    public SharedItem? ItemOf(Guid indicator) =>
        All.FirstOrDefault(one => one.Release.Item.Indicators.Any(other => other.Id == indicator)) is { } found
        && Item(found.Release.Item.Id) is { } item
        && item.File.Release.Item.Indicators.Any(one => one.Id == indicator)
            ? item
            : null;

    /// <summary>The ids of an item.</summary>
    /// <param name="item">Id of the item when a version has left before.</param>
    /// <param name="audience">Audience.</param>
    public IItemIds IdsFor(Guid? item, Audience audience) => new ItemIds(this, item, audience, ids);

    /// <summary>The hub's id, drawn once.</summary>
    public Change? IdentityNeeded() =>
        identity.Find(Community.HubId) is null ? identity.Put(Community.HubId, new HubIdentity(ids.Next()), RetentionClass.Result) : null;

    private SharedItem? Seen(ReleaseFile? file) =>
        file is null ? null : new SharedItem(file, Audiences.Organizations(file.Release.Item.Audience, community.Current, Today));
}

/// <summary>Where ids of what leaves come from. Replaced by tests: two worlds that differ in who provided must draw the same.</summary>
internal class IdSource
{
    /// <summary>A fresh id: random, version 4, no time and no sequence in it.</summary>
    public virtual Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>The ids of one item: those of its earlier versions again, and of the series those that this audience knows; new ones for the rest.</summary>
internal sealed class ItemIds : IItemIds
{
    private readonly IdSource _source;
    private readonly Dictionary<(IndicatorKind, string), Guid> _indicators = [];
    private readonly Dictionary<string, Guid> _campaigns = new(StringComparer.Ordinal);

    public ItemIds(ReleaseBook book, Guid? item, Audience audience, IdSource source)
    {
        _source = source;
        Item = item ?? source.Next();
        foreach (var one in book.All.Select(one => one.Release.Item))
        {
            if (one.Id == Item)
            {
                foreach (var indicator in one.Indicators)
                {
                    _indicators.TryAdd((indicator.Kind, indicator.Value), indicator.Id);
                }
            }

            if (one.Campaign is { } campaign && one.Audience == audience)
            {
                _campaigns.TryAdd(campaign.Alias, campaign.Id);
            }
        }
    }

    public Guid Item { get; }

    public Guid Indicator(IndicatorKind kind, string value) =>
        _indicators.TryGetValue((kind, value), out var id) ? id : _indicators[(kind, value)] = _source.Next();

    public Guid Campaign(string alias) => _campaigns.TryGetValue(alias, out var id) ? id : _campaigns[alias] = _source.Next();
}
