using System.Buffers;
using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>
/// Finds telephone and corporate numbers among the digits of a text, whatever stands between them: hyphens, blanks, brackets, a country code,
/// Chinese numerals.
/// </summary>
internal sealed class NumberWords
{
    private const int LongestGap = 3;
    private const int Shortest = 8;
    private static readonly SearchValues<char> AnyDigit = SearchValues.Create("0123456789〇零一壱二弐三参四五六七八九");
    private readonly TermAutomaton _automaton;
    private readonly List<IdentityTerm> _terms = [];

    public NumberWords(IEnumerable<IdentityTerm> terms)
    {
        var words = new List<string>();
        foreach (var term in terms.Where(term => term.Kind is IdentityKind.Phone or IdentityKind.CorporateNumber))
        {
            var digits = string.Concat(Digits(UnicodeForms.Nfkc(term.Value)).Where(char.IsAsciiDigit));
            // A national number without its trunk zero is found in the international form, too.
            var bare =
                term.Kind == IdentityKind.CorporateNumber ? digits
                : term.Value.TrimStart().StartsWith('+') && digits.StartsWith("81", StringComparison.Ordinal) ? digits[2..]
                : digits.TrimStart('0');
            if (bare.Length >= Shortest)
            {
                words.Add(bare);
                _terms.Add(term);
            }
        }

        _automaton = new TermAutomaton(words);
    }

    /// <summary>The words whose numbers a text holds.</summary>
    /// <param name="text">The text in NFKC.</param>
    public IEnumerable<IdentityTerm> Find(string text) =>
        _terms.Count == 0 || !text.AsSpan().ContainsAny(AnyDigit)
            ? []
            : _automaton.Find(Digits(text).AsMemory()).Select(found => _terms[found.Word]);

    /// <summary>The digits of a text; a longer stretch of other characters is one blank.</summary>
    private static string Digits(string text)
    {
        var digits = new StringBuilder();
        var gap = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var next = text.AsSpan(at).IndexOfAny(AnyDigit);
            if (next < 0)
            {
                break;
            }

            gap += next;
            at += next;
            var digit = char.IsAsciiDigit(text[at]) ? text[at] : Numeral(text[at]);

            if (gap > LongestGap)
            {
                digits.Append(' ');
            }

            digits.Append(digit);
            gap = 0;
        }

        return digits.ToString();
    }

    private static char Numeral(char character) =>
        character switch
        {
            '〇' or '零' => '0',
            '一' or '壱' => '1',
            '二' or '弐' => '2',
            '三' or '参' => '3',
            '四' => '4',
            '五' => '5',
            '六' => '6',
            '七' => '7',
            '八' => '8',
            '九' => '9',
            _ => throw new ArgumentOutOfRangeException(nameof(character)),
        };
}
