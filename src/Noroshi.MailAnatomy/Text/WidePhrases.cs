using System.Buffers;
using System.Text;

namespace Noroshi.MailAnatomy.Text;

/// <summary>
/// Phrases with characters beyond ASCII. The runtime searches several such phrases one character at a time; here a vectorised search
/// jumps from one first character to the next, and only there the phrases that begin with it are compared.
/// </summary>
internal sealed class WidePhrases
{
    private readonly StringComparison _comparison;
    private readonly SearchValues<char> _firsts;
    private readonly Dictionary<char, string[]> _byFirst;

    /// <summary>Indexes the phrases.</summary>
    /// <param name="phrases">Phrases of one character or more.</param>
    /// <param name="comparison">Ordinal, or ordinal in any case.</param>
    public WidePhrases(IReadOnlyCollection<string> phrases, StringComparison comparison)
    {
        _comparison = comparison;
        _byFirst = phrases
            .SelectMany(phrase => Firsts(phrase[0]).Select(first => (First: first, Phrase: phrase)))
            .GroupBy(pair => pair.First, pair => pair.Phrase)
            .ToDictionary(group => group.Key, group => group.ToArray());
        _firsts = SearchValues.Create([.. _byFirst.Keys]);
    }

    /// <summary>Where the first of the phrases stands; -1 when none does. An ASCII text costs one vectorised look at it.</summary>
    public int IndexIn(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return -1;
        }

        for (var at = 0; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAny(_firsts);
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (StandsAt(text[at..]))
            {
                return at;
            }
        }

        return -1;
    }

    private bool StandsAt(ReadOnlySpan<char> text)
    {
        foreach (var phrase in _byFirst[text[0]])
        {
            if (text.StartsWith(phrase, _comparison))
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<char> Firsts(char first) =>
        _comparison == StringComparison.Ordinal
            ? [first]
            : new[] { first, char.ToUpperInvariant(first), char.ToLowerInvariant(first) }.Distinct();
}
