using System.Buffers;
using System.Text;

namespace Noroshi.MailAnatomy.Text;

/// <summary>
/// Phrases with characters beyond ASCII. The runtime searches several such phrases one character at a time; here a vectorised search
/// jumps from one first character to the next, and only there the phrases that begin with it are compared.
/// </summary>
internal sealed class WidePhrases
{
    private const int Buckets = 64;

    // No character (Unicode 23.7).
    private const char AnySecond = '\uFFFF';

    private readonly StringComparison _comparison;
    private readonly SearchValues<char> _firsts;
    private readonly Entry[][] _buckets;

    /// <summary>Indexes the phrases.</summary>
    /// <param name="phrases">Phrases of one character or more.</param>
    /// <param name="comparison">Ordinal, or ordinal in any case.</param>
    public WidePhrases(IReadOnlyCollection<string> phrases, StringComparison comparison)
    {
        _comparison = comparison;
        var entries = phrases.SelectMany(phrase => Firsts(phrase[0]).Select(first => new Entry(first, Second(phrase), phrase))).ToList();
        _firsts = SearchValues.Create([.. entries.Select(entry => entry.First).Distinct()]);
        _buckets = new Entry[Buckets][];
        for (var i = 0; i < Buckets; i++)
        {
            _buckets[i] = [.. entries.Where(entry => entry.First % Buckets == i)];
        }
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
        var (first, second) = (text[0], text.Length > 1 ? text[1] : '\0');
        foreach (ref readonly var entry in _buckets[first % Buckets].AsSpan())
        {
            if (entry.First == first && (entry.Second == second || entry.Second == AnySecond) && text.StartsWith(entry.Phrase, _comparison))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The second character where it has no case, so that most places are left after two comparisons.</summary>
    private char Second(string phrase) =>
        phrase.Length < 2
        || (_comparison != StringComparison.Ordinal && char.ToUpperInvariant(phrase[1]) != char.ToLowerInvariant(phrase[1]))
            ? AnySecond
            : phrase[1];

    /// <summary>A phrase with what it is told by.</summary>
    private readonly record struct Entry(char First, char Second, string Phrase);

    private IEnumerable<char> Firsts(char first) =>
        _comparison == StringComparison.Ordinal
            ? [first]
            : new[] { first, char.ToUpperInvariant(first), char.ToLowerInvariant(first) }.Distinct();
}
