namespace Noroshi.Hub.Search;

/// <summary>
/// What the index knows of a folded text: each word; each two words that a joiner holds together (parts of addresses, hosts, paths, numbers);
/// each two CJK characters side by side; each Han or Hangul character alone. A single kana is not in the index: it is looked for in the
/// documents themselves, newest first.
/// </summary>
public static class SearchTokens
{
    /// <summary>Changes whenever folding or tokens do: an index of another version is made anew.</summary>
    public const string Version = "tokens-1";

    /// <summary>Hexadecimal digits of a hash that are enough to search by.</summary>
    public const int HashPrefix = 8;

    /// <summary>Different tokens of one document; a text of random words cannot fill the index.</summary>
    public const int MostTokens = 20_000;

    private const int LongestWord = 64;
    private const char Pair = '\u0001';
    private const char Hash = '\u0002';
    private const char Window = '\u0003';

    /// <summary>Tokens of a folded text, with doubles.</summary>
    public static IEnumerable<string> Of(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        var lastWord = "";
        for (var at = 0; at < folded.Length; )
        {
            var character = folded[at];
            if (SearchFolding.IsCjk(character))
            {
                if (SearchFolding.IsIdeograph(character))
                {
                    yield return folded.Substring(at, 1);
                }

                if (at + 1 < folded.Length && SearchFolding.IsCjk(folded[at + 1]))
                {
                    yield return folded.Substring(at, 2);
                }

                lastWord = "";
                at++;
            }
            else if (SearchFolding.IsWord(character))
            {
                var end = at + 1;
                while (end < folded.Length && SearchFolding.IsWord(folded[end]))
                {
                    end++;
                }

                var word = folded[at..Math.Min(end, at + LongestWord)];
                yield return word;
                if (lastWord.Length > 0)
                {
                    yield return lastWord + Pair + word;
                }

                lastWord = word;
                at = end;
            }
            else
            {
                // A blank separates; a joiner holds together.
                lastWord = character == ' ' ? "" : lastWord;
                at++;
            }
        }
    }

    /// <summary>The token of a hash, or of the beginning of one; null when it is none.</summary>
    public static string? OfHash(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        return IsHash(folded) ? Hash + folded[..HashPrefix] : null;
    }

    /// <summary>The token of the window that a document concerns; of none for null. No query can hold it.</summary>
    public static string OfWindow(string? window) => Window + (window ?? "");

    /// <summary>Whether a folded text is a hash or the beginning of one.</summary>
    public static bool IsHash(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        return folded.Length is >= HashPrefix and <= 64 && folded.All(char.IsAsciiHexDigitLower);
    }

    /// <summary>Tokens of a document with the fields in which they stand.</summary>
    public static Dictionary<string, SearchFields> Of(SearchDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var tokens = new Dictionary<string, SearchFields>(StringComparer.Ordinal)
        {
            [OfWindow(document.Window)] = SearchFields.Of(SearchField.Window),
        };
        foreach (var text in document.Folded)
        {
            var field = SearchFields.Of(text.Field);
            if (text.Field == SearchField.Hash && OfHash(text.Text.Strict) is { } hash)
            {
                Add(tokens, hash, field);
                continue;
            }

            foreach (var token in Of(text.Text.Strict))
            {
                Add(tokens, token, field);
            }

            if (!ReferenceEquals(text.Text.Strict, text.Text.Loose))
            {
                foreach (var token in Of(text.Text.Loose))
                {
                    Add(tokens, token, field);
                }
            }
        }

        return tokens;
    }

    private static void Add(Dictionary<string, SearchFields> tokens, string token, SearchFields field)
    {
        if (tokens.TryGetValue(token, out var known))
        {
            tokens[token] = known.Or(field);
        }
        else if (tokens.Count < MostTokens)
        {
            tokens.Add(token, field);
        }
    }
}
