using System.Buffers.Binary;
using System.Buffers.Text;

namespace Noroshi.Hub.Search;

/// <summary>Who searches: the scopes he may see, and the fields.</summary>
/// <param name="Scopes">Scopes; null for those roles of the hub that see everything.</param>
/// <param name="Fields">Fields.</param>
public sealed record SearchActor(IReadOnlySet<string>? Scopes, SearchFields Fields)
{
    /// <summary>A role of the hub that sees everything.</summary>
    public static SearchActor Hub { get; } = new(null, SearchFields.All);

    /// <summary>The one contact window for which the actor stands; null when he stands for all.</summary>
    public string? Window { get; init; }

    /// <summary>Whether the actor may see a document.</summary>
    public bool Sees(SearchDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Scopes?.Contains(document.Scope) != false
            && (Window is null || string.Equals(Window, document.Window, StringComparison.Ordinal));
    }

    /// <summary>Somebody of an organisation.</summary>
    public static SearchActor Member(params IEnumerable<string> scopes) =>
        new(scopes.ToHashSet(StringComparer.Ordinal), SearchFields.OfMembers);
}

/// <summary>A search to be run.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="Cursor">Where the page before ended; null for the first.</param>
/// <param name="Most">Hits of a page, 1 to <see cref="MostHits"/>.</param>
public sealed record SearchRequest(string Text, string? Cursor = null, int Most = 50)
{
    /// <summary>Hits of a page at most.</summary>
    public const int MostHits = 200;
}

/// <summary>A page of results.</summary>
public sealed record SearchPage
{
    /// <summary>Documents that fit, newest first.</summary>
    public IReadOnlyList<SearchDocument> Hits { get; init; } = [];

    /// <summary>Where to go on; null when there is nothing more. A page may have few hits, or none, and still go on.</summary>
    public string? Cursor { get; init; }

    /// <summary>Why nothing was searched.</summary>
    public SearchMessage? Problem { get; init; }

    /// <summary>What was understood otherwise than it may have been meant.</summary>
    public IReadOnlyList<SearchMessage> Notices { get; init; } = [];
}

/// <summary>
/// Runs searches: asks the index within the actor's scopes, opens the candidates, looks at each, and shows what really fits. What an actor
/// gets depends on nothing outside his scopes: neither hits, nor cursors, nor how much work it is.
/// </summary>
public sealed class Searcher(ISearchIndex index)
{
    /// <summary>Documents opened for one page; a query that says little is carried on by its cursor instead of holding up the hub.</summary>
    public const int MostOpened = 400;

    private const int Slice = 64;

    /// <summary>Runs a search. The delegate gives the documents of ids, in their order; null for one that is erased or gone.</summary>
    public async Task<SearchPage> RunAsync(
        SearchRequest request,
        SearchActor actor,
        Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<SearchDocument?>>> open,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(open);
        var parsed = SearchQueryParser.Parse(request.Text, actor.Fields);
        SearchPlace? after = null;
        if (parsed.Query is not { } query)
        {
            return new SearchPage { Problem = parsed.Problem, Notices = parsed.Notices };
        }

        if (request.Cursor is { } cursor && (after = SearchCursor.Read(cursor)) is null)
        {
            return new SearchPage { Problem = SearchMessages.BadCursor };
        }

        var candidates = await index.FindAsync(ProbeOf(query, actor, after), cancellation);
        var hits = new List<SearchDocument>();
        var most = Math.Clamp(request.Most, 1, SearchRequest.MostHits);
        var seen = 0;
        while (seen < candidates.Count && hits.Count < most)
        {
            var slice = candidates.Skip(seen).Take(Slice).ToList();
            var documents = await open([.. slice.Select(candidate => candidate.Id)], cancellation);
            if (documents.Count != slice.Count)
            {
                throw new InvalidOperationException("Each candidate is answered with its document or with null.");
            }

            foreach (var document in documents)
            {
                seen++;
                // The scope again, by what the document says itself: an index is a cache.
                if (document is not null && actor.Sees(document) && query.Fits(document, actor.Fields))
                {
                    hits.Add(document);
                }

                if (hits.Count == most)
                {
                    break;
                }
            }
        }

        var ended = seen == candidates.Count && candidates.Count < MostOpened;
        return new SearchPage
        {
            Hits = hits,
            Cursor = ended ? null : SearchCursor.Write(candidates[seen - 1].Place),
            Notices = parsed.Notices,
        };
    }

    private static SearchProbe ProbeOf(SearchQuery query, SearchActor actor, SearchPlace? after) =>
        new()
        {
            Scopes = actor.Scopes,
            Clauses =
            [
                .. query.Clauses.Select(clause =>
                    (IReadOnlyList<SearchAlternative>)
                        [
                            .. clause.SelectMany(term =>
                                term.Tokens().Select(tokens => new SearchAlternative(term.Fields.And(actor.Fields), tokens))
                            ),
                        ]
                ),
                .. WindowClause(actor),
            ],
            From = query.From?.ToUnixTimeMilliseconds() ?? long.MinValue,
            Until = query.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            After = after,
            Most = MostOpened,
        };

    private static IReadOnlyList<IReadOnlyList<SearchAlternative>> WindowClause(SearchActor actor)
    {
        var field = SearchFields.Of(SearchField.Window);
        return actor.Window is null
            ? []
            :
            [
                [new SearchAlternative(field, [SearchTokens.OfWindow(actor.Window)])],
            ];
    }
}

/// <summary>A cursor: the place of the last document that was looked at. It stays right while documents come and go.</summary>
internal static class SearchCursor
{
    private const int Size = 16;

    public static string Write(SearchPlace place)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place.Milliseconds);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], place.Tie);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The place; null when it is no cursor.</summary>
    public static SearchPlace? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return text.Length == 22 && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == Size
            ? new SearchPlace(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]))
            : null;
    }
}
