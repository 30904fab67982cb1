using Noroshi.Exchange.Stix;

namespace Noroshi.Exchange.Taxii;

/// <summary>An object in a collection.</summary>
/// <param name="Object">The object.</param>
/// <param name="AddedAt"><c>date_added</c>: whole microseconds, of no two entries of a collection the same, in the order of adding.</param>
public sealed record TaxiiEntry(StixObject Object, DateTimeOffset AddedAt);

/// <summary>One page.</summary>
/// <param name="Entries">What was found, in the order of adding.</param>
/// <param name="More">Whether there is more.</param>
public sealed record TaxiiPage(IReadOnlyList<TaxiiEntry> Entries, bool More);

/// <summary>
/// The objects of one collection in the order in which they were added. What is added always stands behind all that was there, so that a reader who goes on
/// behind what he has misses nothing and meets nothing twice, however much is added meanwhile. The same objects in the same order with the same times give
/// the same entries: a hub that starts again, or another node, has the same <c>date_added</c>. Safe for use by several threads.
/// </summary>
public sealed class TaxiiCollection
{
    private readonly Lock _gate = new();
    private readonly List<TaxiiEntry> _entries = [];

    /// <summary>Places of an object's versions, oldest version first.</summary>
    private readonly Dictionary<string, List<int>> _places = new(StringComparer.Ordinal);

    /// <summary>Places of what was taken out.</summary>
    private readonly HashSet<int> _gone = [];

    private static readonly StixObject Nothing = new("", "", default, default);

    /// <summary>How many entries there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count - _gone.Count;
            }
        }
    }

    /// <summary>Adds objects.</summary>
    /// <param name="objects">Objects; a version that is there already is left out.</param>
    /// <param name="at">When they were released. An entry is later than the one before by a microsecond at the least.</param>
    public void Add(IEnumerable<StixObject> objects, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(objects);
        lock (_gate)
        {
            foreach (var one in objects)
            {
                AddOne(one, TaxiiTime.Cut(at));
            }
        }
    }

    /// <summary>Takes objects out, of whatever version: who goes on behind what he has meets nothing twice and misses nothing that is there.</summary>
    public void TakeOut(IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (_places.Remove(id, out var places))
                {
                    _gone.UnionWith(places);
                    places.ForEach(place => _entries[place] = _entries[place] with { Object = Nothing });
                }
            }
        }
    }

    /// <summary>Reads a page.</summary>
    /// <param name="filter">What is wanted.</param>
    /// <param name="after">Behind which time; null: from the start, or from <see cref="TaxiiFilter.AddedAfter"/>.</param>
    public TaxiiPage Read(TaxiiFilter filter, DateTimeOffset? after = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var begin = after > filter.AddedAfter || filter.AddedAfter is null ? after : filter.AddedAfter;
        var found = new List<TaxiiEntry>();
        lock (_gate)
        {
            if (!filter.SpecVersion)
            {
                return new TaxiiPage([], false);
            }

            foreach (var place in Places(filter, begin))
            {
                if (!Fits(filter, place))
                {
                    continue;
                }

                if (found.Count == filter.Limit)
                {
                    return new TaxiiPage(found, true);
                }

                found.Add(_entries[place]);
            }
        }

        return new TaxiiPage(found, false);
    }

    /// <summary>Whether there is an object of that id.</summary>
    public bool Has(string id)
    {
        lock (_gate)
        {
            return _places.ContainsKey(id);
        }
    }

    private void AddOne(StixObject one, DateTimeOffset at)
    {
        if (!_places.TryGetValue(one.Id, out var places))
        {
            places = [];
            _places[one.Id] = places;
        }

        var behind = places.Count;
        while (behind > 0 && _entries[places[behind - 1]].Object.Version > one.Version)
        {
            behind--;
        }

        if (behind > 0 && _entries[places[behind - 1]].Object.Version == one.Version)
        {
            return;
        }

        var last = _entries.Count == 0 ? DateTimeOffset.MinValue : _entries[^1].AddedAt;
        places.Insert(behind, _entries.Count);
        _entries.Add(new TaxiiEntry(one, at > last ? at : last + TimeSpan.FromMicroseconds(1)));
    }

    /// <summary>Where to look, in the order of adding.</summary>
    private IEnumerable<int> Places(TaxiiFilter filter, DateTimeOffset? begin)
    {
        var from = begin is { } at ? FirstAfter(at) : 0;
        return filter.Ids.Count == 0
            ? Enumerable.Range(from, _entries.Count - from)
            : filter.Ids.Where(_places.ContainsKey).SelectMany(id => _places[id]).Where(place => place >= from).Order();
    }

    private int FirstAfter(DateTimeOffset at)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _entries[middle].AddedAt > at ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private bool Fits(TaxiiFilter filter, int place)
    {
        var one = _entries[place].Object;
        if (_gone.Contains(place))
        {
            return false;
        }

        if (filter.Types.Count > 0 && !filter.Types.Contains(one.Type))
        {
            return false;
        }

        var versions = _places[one.Id];
        return filter.All
            || (filter.Last && versions[^1] == place)
            || (filter.First && versions[0] == place)
            || filter.Versions.Contains(one.Version);
    }
}
