using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Noroshi.Hub.Search;

namespace Noroshi.Storage.Sqlite.Search;

/// <summary>One transaction of the search index.</summary>
internal sealed class SearchIndexChange(Db db, SearchTokenKey key, SearchCatalog before)
{
    /// <summary>Bytes of a posting: number in the part and fields, 16 bits each.</summary>
    public const int PostingSize = 4;

    /// <summary>Documents that were replaced may leave so many traces in a part before it is scrubbed.</summary>
    private const int MostUnscrubbed = SearchPart.Size / 4;

    private readonly Dictionary<long, SearchPart> _parts = new(before.Parts);
    private readonly HashSet<long> _changed = [];
    private readonly HashSet<long> _scrub = [];
    private readonly Dictionary<(long Part, long Token), List<uint>> _postings = [];
    private Dictionary<long, long>? _open;

    public void Put(SearchEntry entry)
    {
        Remove(entry.Id, scrub: false);
        var part = OpenPart(key.Scope(entry.Scope));
        var local = part.Used++;
        part.Set(local, entry.Place);
        db.Run(
            "INSERT INTO doc (number, id, ms, tie) VALUES ($1, $2, $3, $4)",
            (part.Number * SearchPart.Size) + local,
            entry.Id,
            entry.Place.Milliseconds,
            entry.Place.Tie
        );
        foreach (var (token, fields) in entry.Tokens)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, (part.Number, key.FrequentToken(token)), out _);
            (list ??= []).Add(((uint)local << 16) | fields.Bits);
        }
    }

    /// <summary>Removes a document, if there is one.</summary>
    /// <param name="id">Id.</param>
    /// <param name="scrub">Take its postings out now, not when there are many.</param>
    public void Remove(string id, bool scrub)
    {
        var number = db.First("SELECT number FROM doc WHERE id = $1", row => (long?)row.GetInt64(0), id);
        if (number is not { } found)
        {
            return;
        }

        db.Run("DELETE FROM doc WHERE number = $1", found);
        var part = Changing(found / SearchPart.Size);
        part.Remove((int)(found % SearchPart.Size));
        part.Unscrubbed++;
        if (scrub || part.Unscrubbed >= MostUnscrubbed)
        {
            _scrub.Add(part.Number);
        }
    }

    public SearchCatalog Finish(long? through)
    {
        WritePostings();
        foreach (var number in _scrub)
        {
            Scrub(Changing(number));
        }

        foreach (var number in _changed)
        {
            if (!_parts.TryGetValue(number, out var part))
            {
                continue;
            }

            db.Run(
                "INSERT INTO part (number, scope, used, unscrubbed) VALUES ($1, $2, $3, $4)"
                    + " ON CONFLICT DO UPDATE SET used = excluded.used, unscrubbed = excluded.unscrubbed",
                number,
                part.Scope,
                part.Used,
                part.Unscrubbed
            );
        }

        if (through is { } position)
        {
            db.Run("UPDATE meta SET value = $1 WHERE key = 'position'", position);
        }

        return SearchCatalog.Of(_parts, through ?? before.Position);
    }

    /// <summary>In the order of the table: neighbours are written side by side.</summary>
    private void WritePostings()
    {
        var keys = _postings.Keys.ToArray();
        Array.Sort(keys);
        foreach (var at in keys)
        {
            var list = _postings[at];
            var docs = new byte[list.Count * PostingSize];
            for (var i = 0; i < list.Count; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(docs.AsSpan(i * PostingSize), list[i]);
            }

            db.Run(
                "INSERT INTO posting (part, token, docs) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET docs = CAST(docs || excluded.docs AS BLOB)",
                at.Part,
                at.Token,
                docs
            );
        }
    }

    private SearchPart OpenPart(long scope)
    {
        // The newest part of each scope that has room.
        _open ??= _parts
            .Values.Where(part => part.Used < SearchPart.Size)
            .GroupBy(part => part.Scope)
            .ToDictionary(group => group.Key, group => group.Max(part => part.Number));
        if (_open.TryGetValue(scope, out var number) && _parts.TryGetValue(number, out var open) && open.Used < SearchPart.Size)
        {
            return Changing(number);
        }

        var next = _parts.Count == 0 ? 0 : _parts.Keys.Max() + 1;
        _parts.Add(next, new SearchPart(next, scope));
        _changed.Add(next);
        _open[scope] = next;
        return _parts[next];
    }

    /// <summary>The part, copied before its first change: readers hold the one before.</summary>
    private SearchPart Changing(long number)
    {
        if (_changed.Add(number))
        {
            _parts[number] = _parts[number].Copy();
        }

        return _parts[number];
    }

    private void Scrub(SearchPart part)
    {
        if (part.Alive == 0)
        {
            db.Run("DELETE FROM posting WHERE part = $1", part.Number);
            db.Run("DELETE FROM part WHERE number = $1", part.Number);
            _parts.Remove(part.Number);
            return;
        }

        var changed = new List<(long Token, byte[] Docs)>();
        foreach (
            var (token, docs) in db.Stream(
                "SELECT token, docs FROM posting WHERE part = $1",
                row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
                part.Number
            )
        )
        {
            var kept = Living(part, docs);
            if (kept.Length != docs.Length)
            {
                changed.Add((token, kept));
            }
        }

        foreach (var (token, docs) in changed)
        {
            if (docs.Length == 0)
            {
                db.Run("DELETE FROM posting WHERE part = $1 AND token = $2", part.Number, token);
            }
            else
            {
                db.Run("UPDATE posting SET docs = $3 WHERE part = $1 AND token = $2", part.Number, token, docs);
            }
        }

        part.Unscrubbed = 0;
    }

    private static byte[] Living(SearchPart part, byte[] docs)
    {
        var kept = new byte[docs.Length];
        var length = 0;
        for (var at = 0; at + PostingSize <= docs.Length; at += PostingSize)
        {
            if (part.IsAlive((int)(BinaryPrimitives.ReadUInt32LittleEndian(docs.AsSpan(at)) >> 16)))
            {
                docs.AsSpan(at, PostingSize).CopyTo(kept.AsSpan(length));
                length += PostingSize;
            }
        }

        return kept[..length];
    }
}
