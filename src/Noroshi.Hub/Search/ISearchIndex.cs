using System.Security.Cryptography;
using System.Text;

namespace Noroshi.Hub.Search;

/// <summary>
/// Index of what can be searched: derived, rebuilt from the log at any time. It holds no text, only hashes of tokens under a key of the store, and
/// gives candidates: every document that fits and some that do not, so each is looked at before it is shown. Two implementations: the
/// store's, and one in memory for tests that says what the other must do.
/// </summary>
public interface ISearchIndex : IAsyncDisposable
{
    /// <summary>Everything in the log up to here is in the index; -1 for a new one. Kept together with the documents.</summary>
    long Position { get; }

    /// <summary>Documents.</summary>
    long Count { get; }

    /// <summary>Puts and removes documents and moves the position, all or nothing. Repeating it changes nothing.</summary>
    Task ApplyAsync(SearchChanges changes, CancellationToken cancellation = default);

    /// <summary>The next candidates, newest first.</summary>
    Task<IReadOnlyList<SearchCandidate>> FindAsync(SearchProbe probe, CancellationToken cancellation = default);
}

/// <summary>Changes of the index.</summary>
public sealed record SearchChanges
{
    /// <summary>Documents to put; one with a known id replaces the earlier.</summary>
    public IReadOnlyList<SearchEntry> Put { get; init; } = [];

    /// <summary>Ids to remove: what stood for them is taken out of the file.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>New position; null leaves it.</summary>
    public long? Through { get; init; }
}

/// <summary>A document as the index takes it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Scope">Who may see it.</param>
/// <param name="Place">Its place among the results.</param>
/// <param name="Tokens">Tokens with the fields in which they stand.</param>
public sealed record SearchEntry(string Id, string Scope, SearchPlace Place, IReadOnlyDictionary<string, SearchFields> Tokens)
{
    /// <summary>The entry of a document.</summary>
    public static SearchEntry Of(SearchDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new SearchEntry(document.Id, document.Scope, document.Place, SearchTokens.Of(document));
    }
}

/// <summary>Place among the results: newest first, then by a number made of the id. It does not change when other documents come or go.</summary>
/// <param name="Milliseconds">When it was received, since 1970.</param>
/// <param name="Tie">Eight bytes of the id's SHA-256.</param>
public readonly record struct SearchPlace(long Milliseconds, long Tie) : IComparable<SearchPlace>
{
    /// <summary>The place of a document.</summary>
    public static SearchPlace Of(DateTimeOffset receivedAt, string id) =>
        new(receivedAt.ToUnixTimeMilliseconds(), BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(id))));

    /// <summary>Smaller comes first: the newer.</summary>
    public int CompareTo(SearchPlace other) =>
        Milliseconds != other.Milliseconds ? other.Milliseconds.CompareTo(Milliseconds) : Tie.CompareTo(other.Tie);

    /// <summary>Comes before.</summary>
    public static bool operator <(SearchPlace a, SearchPlace b) => a.CompareTo(b) < 0;

    /// <summary>Comes after.</summary>
    public static bool operator >(SearchPlace a, SearchPlace b) => a.CompareTo(b) > 0;

    /// <summary>Comes before or is it.</summary>
    public static bool operator <=(SearchPlace a, SearchPlace b) => a.CompareTo(b) <= 0;

    /// <summary>Comes after or is it.</summary>
    public static bool operator >=(SearchPlace a, SearchPlace b) => a.CompareTo(b) >= 0;
}

/// <summary>A question to the index.</summary>
public sealed record SearchProbe
{
    /// <summary>Only documents of these scopes are looked at; null looks at all.</summary>
    public IReadOnlySet<string>? Scopes { get; init; }

    /// <summary>Of each clause one alternative must be there.</summary>
    public IReadOnlyList<IReadOnlyList<SearchAlternative>> Clauses { get; init; } = [];

    /// <summary>Received at this moment or later, milliseconds since 1970.</summary>
    public long From { get; init; } = long.MinValue;

    /// <summary>Received before this moment.</summary>
    public long Until { get; init; } = long.MaxValue;

    /// <summary>Only behind this place.</summary>
    public SearchPlace? After { get; init; }

    /// <summary>At most so many.</summary>
    public required int Most { get; init; }
}

/// <summary>Tokens that must all be there, each in one of the fields; none says nothing.</summary>
/// <param name="Fields">Fields.</param>
/// <param name="Tokens">Tokens.</param>
public sealed record SearchAlternative(SearchFields Fields, IReadOnlyList<string> Tokens);

/// <summary>A document that may fit.</summary>
/// <param name="Id">Id.</param>
/// <param name="Place">Its place.</param>
public sealed record SearchCandidate(string Id, SearchPlace Place);
