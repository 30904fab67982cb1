namespace Noroshi.Hub.Search;

/// <summary>A query that was understood: every clause must hold, no exclusion may, and the date must fit.</summary>
public sealed record SearchQuery
{
    /// <summary>Longest text of a query in characters.</summary>
    public const int LongestText = 1_000;

    /// <summary>Most words, phrases and exclusions together.</summary>
    public const int MostTerms = 24;

    /// <summary>Of each clause at least one term must be there.</summary>
    public IReadOnlyList<IReadOnlyList<SearchTerm>> Clauses { get; init; } = [];

    /// <summary>None of these may be there.</summary>
    public IReadOnlyList<SearchTerm> Without { get; init; } = [];

    /// <summary>Received at this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Received before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether a document fits, looking at these fields only.</summary>
    public bool Fits(SearchDocument document, SearchFields fields)
    {
        ArgumentNullException.ThrowIfNull(document);
        return (From is not { } from || document.ReceivedAt >= from)
            && (Until is not { } until || document.ReceivedAt < until)
            && Clauses.All(clause => clause.Any(term => term.IsIn(document, fields)))
            && !Without.Any(term => term.IsIn(document, fields));
    }
}

/// <summary>A word or a phrase.</summary>
public sealed record SearchTerm
{
    /// <summary>Fields in which it is looked for.</summary>
    public required SearchFields Fields { get; init; }

    /// <summary>The term, folded like the texts.</summary>
    public required FoldedText Text { get; init; }

    /// <summary>Whether the document has it.</summary>
    public bool IsIn(SearchDocument document, SearchFields fields)
    {
        ArgumentNullException.ThrowIfNull(document);
        var looked = Fields.And(fields);
        foreach (var (field, text) in document.Folded)
        {
            if (!looked.Has(field))
            {
                continue;
            }

            var found =
                field == SearchField.Hash && SearchTokens.IsHash(text.Strict)
                    ? SearchTokens.IsHash(Text.Strict) && text.Strict.StartsWith(Text.Strict, StringComparison.Ordinal)
                    : Stands(text.Strict, Text.Strict) || Stands(text.Loose, Text.Loose);
            if (found)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the index is asked: one of these sets of tokens must be in the document. An empty set says nothing: all documents.</summary>
    public IEnumerable<IReadOnlyList<string>> Tokens()
    {
        yield return [.. SearchTokens.Of(Text.Strict).Distinct(StringComparer.Ordinal)];
        if (!string.Equals(Text.Strict, Text.Loose, StringComparison.Ordinal))
        {
            yield return [.. SearchTokens.Of(Text.Loose).Distinct(StringComparer.Ordinal)];
        }

        if (Fields.Has(SearchField.Hash) && SearchTokens.OfHash(Text.Strict) is { } hash)
        {
            yield return [hash];
        }
    }

    /// <summary>Whether the words stand there: CJK characters anywhere, words of other scripts whole.</summary>
    private static bool Stands(string text, string term)
    {
        for (var at = 0; term.Length > 0 && (at = text.IndexOf(term, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + term.Length;
            var startsWhole = at == 0 || !SearchFolding.IsWord(term[0]) || !SearchFolding.IsWord(text[at - 1]);
            var endsWhole = end == text.Length || !SearchFolding.IsWord(term[^1]) || !SearchFolding.IsWord(text[end]);
            if (startsWhole && endsWhole)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Something to tell who asked.</summary>
/// <param name="Code">Code.</param>
/// <param name="Ja">Japanese.</param>
/// <param name="En">English.</param>
public sealed record SearchMessage(string Code, string Ja, string En);

/// <summary>What became of a text that somebody typed: a query or a problem, never an exception.</summary>
/// <param name="Query">The query; null when there is a problem.</param>
/// <param name="Problem">Why it is no query.</param>
/// <param name="Notices">What was understood otherwise than it may have been meant.</param>
public sealed record ParsedSearch(SearchQuery? Query, SearchMessage? Problem, IReadOnlyList<SearchMessage> Notices);
