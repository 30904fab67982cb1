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
    private readonly SearchValues<string>? _wide;
    private readonly SearchValues<char>? _single;

    public PhraseSet(params ReadOnlySpan<string> phrases)
    {
        List<string> ascii = [], wide = [];
        var single = new StringBuilder();
        foreach (var phrase in phrases)
        {
            if (phrase.Length == 1)
            {
                single.Append(phrase);
            }
            else
            {
                (Ascii.IsValid(phrase) ? ascii : wide).Add(phrase);
            }
        }

        _ascii = ascii.Count > 0 ? SearchValues.Create([.. ascii], StringComparison.OrdinalIgnoreCase) : null;
        _wide = wide.Count > 0 ? SearchValues.Create([.. wide], StringComparison.Ordinal) : null;
        _single = single.Length > 0 ? SearchValues.Create(single.ToString()) : null;
    }

    /// <summary>The text holds one of the phrases.</summary>
    public bool In(ReadOnlySpan<char> text) =>
        (_single is not null && text.ContainsAny(_single))
        || (_ascii is not null && text.ContainsAny(_ascii))
        || (_wide is not null && !Ascii.IsValid(text) && text.ContainsAny(_wide));

    /// <summary>Where the first of the phrases stands; -1 when none does.</summary>
    public int IndexIn(ReadOnlySpan<char> text)
    {
        var first = _ascii is null ? -1 : text.IndexOfAny(_ascii);
        var wide = _wide is null ? -1 : text.IndexOfAny(_wide);
        var single = _single is null ? -1 : text.IndexOfAny(_single);
        first = first < 0 || (wide >= 0 && wide < first) ? wide : first;
        return first < 0 || (single >= 0 && single < first) ? single : first;
    }
}
