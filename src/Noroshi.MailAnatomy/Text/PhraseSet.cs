using System.Buffers;
using System.Text;

namespace Noroshi.MailAnatomy.Text;

/// <summary>
/// A set of phrases to look for. ASCII ones are matched in any case, Japanese ones as they are, and single characters on
/// their own: kept apart, each search runs on the vector paths, which a mixed case-insensitive set does not.
/// </summary>
internal sealed class PhraseSet
{
    private readonly SearchValues<string>? _ascii;
    private readonly SearchValues<string>? _pairs;
    private readonly WidePhrases? _wide;
    private readonly SearchValues<char>? _single;

    public PhraseSet(params ReadOnlySpan<string> phrases)
        : this(phrases, StringComparison.Ordinal) { }

    private PhraseSet(ReadOnlySpan<string> phrases, StringComparison wideComparison)
    {
        List<string> ascii = [],
            pairs = [],
            wide = [];
        var single = new StringBuilder();
        foreach (var phrase in phrases)
        {
            if (phrase.Length == 1 && !char.IsLetter(phrase[0]))
            {
                single.Append(phrase);
            }
            else
            {
                var isAscii = Ascii.IsValid(phrase);
                if (!HasShorter(phrases, phrase, isAscii ? StringComparison.OrdinalIgnoreCase : wideComparison))
                {
                    // One phrase of two letters would make the search for all of them look at two letters only.
                    (
                        isAscii
                            ? phrase.Length <= 2
                                ? pairs
                                : ascii
                            : wide
                    ).Add(phrase);
                }
            }
        }

        _ascii = ascii.Count > 0 ? SearchValues.Create([.. ascii], StringComparison.OrdinalIgnoreCase) : null;
        _pairs = pairs.Count > 0 ? SearchValues.Create([.. pairs], StringComparison.OrdinalIgnoreCase) : null;
        _wide = wide.Count > 0 ? new WidePhrases(wide, wideComparison) : null;
        _single = single.Length > 0 ? SearchValues.Create(single.ToString()) : null;
    }

    /// <summary>Another phrase begins this one: wherever this one stands, the other is found.</summary>
    private static bool HasShorter(ReadOnlySpan<string> phrases, string phrase, StringComparison comparison)
    {
        foreach (var other in phrases)
        {
            if (other.Length < phrase.Length && phrase.StartsWith(other, comparison))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A set that matches all phrases in any case, also full-width and Cyrillic letters.</summary>
    public static PhraseSet AnyCase(params ReadOnlySpan<string> phrases) => new(phrases, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text holds one of the phrases.</summary>
    public bool In(ReadOnlySpan<char> text) =>
        (_single is not null && text.ContainsAny(_single))
        || (_ascii is not null && text.ContainsAny(_ascii))
        || (_pairs is not null && text.ContainsAny(_pairs))
        || (_wide is not null && _wide.IndexIn(text) >= 0);

    /// <summary>Where the first of the phrases stands; -1 when none does.</summary>
    public int IndexIn(ReadOnlySpan<char> text)
    {
        var first = AsciiIn(text);
        var pair = PairIn(text);
        first = first < 0 || (pair >= 0 && pair < first) ? pair : first;
        var wide = WideIn(text);
        return first < 0 || (wide >= 0 && wide < first) ? wide : first;
    }

    private int AsciiIn(ReadOnlySpan<char> text) => _ascii is null ? -1 : text.IndexOfAny(_ascii);

    private int PairIn(ReadOnlySpan<char> text) => _pairs is null ? -1 : text.IndexOfAny(_pairs);

    private int WideIn(ReadOnlySpan<char> text)
    {
        var wide = _wide?.IndexIn(text) ?? -1;
        var single = _single is null ? -1 : text.IndexOfAny(_single);
        return wide < 0 || (single >= 0 && single < wide) ? single : wide;
    }

    /// <summary>Walks through the places of one text from front to back; linear, because each kind of phrase is searched ahead once.</summary>
    /// <param name="set">What to look for.</param>
    /// <param name="text">Where to look.</param>
    internal ref struct Walk(PhraseSet set, ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _ascii = -1;
        private int _pair = -1;
        private int _wide = -1;

        /// <summary>The first place at or behind <paramref name="from"/>, which never decreases; -1 when there is none.</summary>
        public int Next(int from)
        {
            if (_ascii < from)
            {
                var found = set.AsciiIn(_text[from..]);
                _ascii = found < 0 ? int.MaxValue : from + found;
            }

            if (_pair < from)
            {
                var found = set.PairIn(_text[from..]);
                _pair = found < 0 ? int.MaxValue : from + found;
            }

            if (_wide < from)
            {
                var found = set.WideIn(_text[from..]);
                _wide = found < 0 ? int.MaxValue : from + found;
            }

            var next = Math.Min(Math.Min(_ascii, _pair), _wide);
            return next == int.MaxValue ? -1 : next;
        }
    }
}
