using System.Buffers.Binary;
using Noroshi.Hub.Search;

namespace Noroshi.Storage.Sqlite.Search;

/// <summary>
/// One question, part by part with the newest first: tokens of an alternative are looked up from the rarest on (as far as the parts before
/// told), and a part ends with the first that leaves nothing. Only as many candidates as were asked for are kept.
/// </summary>
internal sealed class SearchIndexQuery
{
    private readonly Db _db;
    private readonly SearchProbe _probe;
    private readonly HashSet<long>? _scopes;
    private readonly Alternative[][] _clauses;

    public SearchIndexQuery(Db db, SearchTokenKey key, SearchProbe probe)
    {
        _db = db;
        _probe = probe;
        _scopes = probe.Scopes?.Select(key.Scope).ToHashSet();
        // A clause with an alternative that says nothing is no condition for the index.
        _clauses =
        [
            .. probe
                .Clauses.Where(clause => clause.All(alternative => alternative.Tokens.Count > 0))
                .Select(clause => clause.Select(alternative => new Alternative(alternative, key)).ToArray()),
        ];
    }

    public IReadOnlyList<SearchCandidate> Run(SearchCatalog catalog, CancellationToken cancellation)
    {
        // The worst of those kept on top.
        var best = new PriorityQueue<long, SearchPlace>(Comparer<SearchPlace>.Create((a, b) => b.CompareTo(a)));
        foreach (var part in catalog.NewestFirst)
        {
            if (
                part.Newest < _probe.From
                || (best.Count == _probe.Most && best.TryPeek(out _, out var worst) && part.Newest < worst.Milliseconds)
            )
            {
                break;
            }

            if (part.Alive == 0 || _scopes?.Contains(part.Scope) == false)
            {
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            Take(part, Matching(part), best);
        }

        var found = best.UnorderedItems.ToArray();
        Array.Sort(found, (a, b) => a.Priority.CompareTo(b.Priority));
        return
        [
            .. found.Select(one => new SearchCandidate(_db.Text("SELECT id FROM doc WHERE number = $1", one.Element) ?? "", one.Priority)),
        ];
    }

    private void Take(SearchPart part, SearchBits matching, PriorityQueue<long, SearchPlace> best)
    {
        for (var local = 0; local < part.Used; local++)
        {
            if (!matching.Has(local))
            {
                continue;
            }

            var place = part.Place(local);
            if (place.Milliseconds < _probe.From || place.Milliseconds >= _probe.Until || (_probe.After is { } after && place <= after))
            {
                continue;
            }

            var number = (part.Number * SearchPart.Size) + local;
            if (best.Count < _probe.Most)
            {
                best.Enqueue(number, place);
            }
            else
            {
                best.EnqueueDequeue(number, place);
            }
        }
    }

    private SearchBits Matching(SearchPart part)
    {
        var matching = part.Living;
        foreach (var clause in _clauses)
        {
            var any = new SearchBits();
            foreach (var alternative in clause)
            {
                any.Or(Matching(part, alternative, matching));
            }

            matching.And(any);
            if (!matching.Any)
            {
                break;
            }
        }

        return matching;
    }

    private SearchBits Matching(SearchPart part, Alternative alternative, SearchBits among)
    {
        foreach (var token in alternative.Tokens)
        {
            among.And(Documents(part, token, alternative.Fields));
            if (!among.Any)
            {
                break;
            }
        }

        Array.Sort(alternative.Tokens, (a, b) => a.Seen.CompareTo(b.Seen));
        return among;
    }

    private SearchBits Documents(SearchPart part, Token token, SearchFields fields)
    {
        var found = new SearchBits();
        var docs = _db.First(
            "SELECT docs FROM posting WHERE part = $1 AND token = $2",
            row => row.GetFieldValue<byte[]>(0),
            part.Number,
            token.Hash
        );
        if (docs is null)
        {
            return found;
        }

        token.Seen += docs.Length;
        for (var at = 0; at + SearchIndexChange.PostingSize <= docs.Length; at += SearchIndexChange.PostingSize)
        {
            var posting = BinaryPrimitives.ReadUInt32LittleEndian(docs.AsSpan(at));
            if ((posting & fields.Bits) != 0 && posting >> 16 < SearchPart.Size)
            {
                found.Set((int)(posting >> 16));
            }
        }

        return found;
    }

    private sealed class Alternative(SearchAlternative alternative, SearchTokenKey key)
    {
        public SearchFields Fields => alternative.Fields;

        // Longer tokens are rarer as a rule; what is seen later orders them better.
        public Token[] Tokens { get; } =
        [.. alternative.Tokens.OrderByDescending(token => token.Length).Select(token => new Token(key.Token(token)))];
    }

    private sealed class Token(long hash)
    {
        public long Hash => hash;

        public long Seen { get; set; }
    }
}
