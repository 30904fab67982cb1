using Noroshi.Hub.Search;

namespace Noroshi.Storage.Sqlite.Search;

/// <summary>What is known of all documents without their tokens, in memory: 16 bytes a document. Never changed; a change makes a new one.</summary>
internal sealed class SearchCatalog
{
    public required long Position { get; init; }

    public required long Documents { get; init; }

    /// <summary>Parts by number.</summary>
    public required IReadOnlyDictionary<long, SearchPart> Parts { get; init; }

    /// <summary>Parts with the newest documents first.</summary>
    public required IReadOnlyList<SearchPart> NewestFirst { get; init; }

    public static SearchCatalog Load(Db db)
    {
        var parts = db.Query(
                "SELECT number, scope, used, unscrubbed FROM part",
                row => new SearchPart(row.GetInt64(0), row.GetInt64(1)) { Used = row.GetInt32(2), Unscrubbed = row.GetInt32(3) }
            )
            .ToDictionary(part => part.Number);
        foreach (
            var (number, place) in db.Stream(
                "SELECT number, ms, tie FROM doc",
                row => (row.GetInt64(0), new SearchPlace(row.GetInt64(1), row.GetInt64(2)))
            )
        )
        {
            parts[number / SearchPart.Size].Set((int)(number % SearchPart.Size), place);
        }

        return Of(parts, db.Number("SELECT value FROM meta WHERE key = 'position'"));
    }

    public static SearchCatalog Of(IReadOnlyDictionary<long, SearchPart> parts, long position) =>
        new()
        {
            Position = position,
            Documents = parts.Values.Sum(part => (long)part.Alive),
            Parts = parts,
            NewestFirst = [.. parts.Values.OrderByDescending(part => part.Newest).ThenBy(part => part.Number)],
        };
}

/// <summary>Up to 1,024 documents of one scope.</summary>
internal sealed class SearchPart(long number, long scope)
{
    public const int Size = 1024;

    private SearchPlace[] _places = [];
    private SearchBits _alive;

    public long Number => number;

    public long Scope => scope;

    /// <summary>Numbers given; they are never given again.</summary>
    public int Used { get; set; }

    public int Unscrubbed { get; set; }

    public int Alive { get; private set; }

    /// <summary>No document is newer; may be too new after one went.</summary>
    public long Newest { get; private set; } = long.MinValue;

    public SearchBits Living => _alive;

    public SearchPlace Place(int local) => _places[local];

    public bool IsAlive(int local) => _alive.Has(local);

    public void Set(int local, SearchPlace place)
    {
        if (_places.Length <= local)
        {
            Array.Resize(ref _places, Math.Min(Size, Math.Max(16, Math.Max(local + 1, _places.Length * 2))));
        }

        _places[local] = place;
        _alive.Set(local);
        Alive++;
        Newest = Math.Max(Newest, place.Milliseconds);
    }

    public void Remove(int local)
    {
        if (_alive.Has(local))
        {
            _alive.Clear(local);
            Alive--;
        }
    }

    public SearchPart Copy()
    {
        var copy = new SearchPart(number, scope)
        {
            Used = Used,
            Unscrubbed = Unscrubbed,
            Alive = Alive,
            Newest = Newest,
        };
        copy._places = [.. _places];
        copy._alive = _alive;
        return copy;
    }
}

/// <summary>One bit for each document of a part.</summary>
[System.Runtime.CompilerServices.InlineArray(SearchPart.Size / 64)]
internal struct SearchBits
{
    private ulong _first;

    public readonly bool Has(int place) => (this[place >> 6] >> (place & 63) & 1) != 0;

    public void Set(int place) => this[place >> 6] |= 1UL << (place & 63);

    public void Clear(int place) => this[place >> 6] &= ~(1UL << (place & 63));

    public readonly bool Any
    {
        get
        {
            var any = 0UL;
            foreach (var word in this)
            {
                any |= word;
            }

            return any != 0;
        }
    }

    public void And(SearchBits other)
    {
        for (var i = 0; i < SearchPart.Size / 64; i++)
        {
            this[i] &= other[i];
        }
    }

    public void Or(SearchBits other)
    {
        for (var i = 0; i < SearchPart.Size / 64; i++)
        {
            this[i] |= other[i];
        }
    }
}
