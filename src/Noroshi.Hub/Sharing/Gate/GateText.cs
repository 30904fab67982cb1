using System.Buffers;
using System.Globalization;
using System.Text;
using Noroshi.Hub.Search;
using Noroshi.MailAnatomy.FileTypes.Naming;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>
/// A text as the gate compares it: NFKC, lower case, accents of Latin letters off, katakana for hiragana, look-alike letters and digits one, old
/// forms of Han characters one, and nothing but letters and digits left. What stood between them is remembered as a gap, so that short words
/// are not found across two others.
/// </summary>
internal sealed class GateText
{
    private readonly char[] _characters;
    private readonly bool[] _gapBefore;
    private readonly int _length;

    /// <summary>Makes the view of what was gathered.</summary>
    /// <param name="characters">Characters; those behind <paramref name="length"/> are room that was not needed.</param>
    /// <param name="gapBefore">Whether something that is no letter stood before each.</param>
    /// <param name="length">How many.</param>
    private GateText(char[] characters, bool[] gapBefore, int length)
    {
        _characters = characters;
        _gapBefore = gapBefore;
        _length = length;
    }

    /// <summary>Characters of the view.</summary>
    public ReadOnlyMemory<char> Characters => _characters.AsMemory(0, _length);

    /// <summary>Makes the view.</summary>
    public static GateText Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return OfForm(UnicodeForms.Nfkc(text));
    }

    /// <summary>The same of a text that is in NFKC already.</summary>
    public static GateText OfForm(string text) => Made(SearchDefanging.Undo(Lowered(text)), null).Text;

    /// <summary>
    /// The view with the place in <paramref name="text"/> that each of its characters comes from. What is only seen over several characters
    /// (halves of a letter that are written apart, defanged dots) is missed: whoever replaces by it looks through the result with
    /// <see cref="Of"/> again.
    /// </summary>
    public static (GateText Text, IReadOnlyList<int> Origins) Mapped(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var source = new StringBuilder(text.Length);
        var origins = new List<int>(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            var piece = Lowered(UnicodeForms.Nfkc(text.Substring(at, length)));
            if (at > 0 && char.IsUpper(text[at]) && char.IsLower(text[at - 1]))
            {
                piece = HumpMark + piece;
            }

            source.Append(piece);
            origins.AddRange(Enumerable.Repeat(at, piece.Length));
            at += length;
        }

        return Made(source.ToString(), origins);
    }

    private static (GateText Text, IReadOnlyList<int> Origins) Made(string source, List<int>? places)
    {
        var characters = new char[source.Length];
        var gaps = new bool[source.Length];
        var origins = new List<int>(places is null ? 0 : source.Length);
        var (count, gap) = (0, true);
        for (var at = 0; at < source.Length; at++)
        {
            var character = source[at];
            if (character == HumpMark)
            {
                // An upper-case letter after a lower-case one starts a word.
                gap = true;
                continue;
            }

            if (IsIgnored(character))
            {
                continue;
            }

            var folded = Fold(character);
            if (folded == '\0')
            {
                gap = true;
                continue;
            }

            characters[count] = folded;
            gaps[count++] = gap;
            if (places is not null)
            {
                origins.Add(places[at]);
            }

            gap = false;
        }

        return (new GateText(characters, gaps, count), origins);
    }

    /// <summary>The canonical form of a word of a dictionary.</summary>
    public static string Word(string word) => new(Of(word).Characters.Span);

    /// <summary>Whether a word starts at a place: something other than a letter or digit of its kind stands before it.</summary>
    public bool StartsAt(int at) => at == 0 || _gapBefore[at] || ScriptOf(_characters[at - 1]) != ScriptOf(_characters[at]);

    /// <summary>Whether a word ends before a place.</summary>
    public bool EndsAt(int at) => at == _length || StartsAt(at);

    /// <summary>Gaps inside a range, as a count; the most there can be is its length less one.</summary>
    public int GapsWithin(int from, int to)
    {
        var count = 0;
        for (var at = from + 1; at < to; at++)
        {
            count += _gapBefore[at] ? 1 : 0;
        }

        return count;
    }

    /// <summary>Han, Hangul or kana: words are not set apart by blanks.</summary>
    public static bool IsCjk(char character) => SearchFolding.IsCjk(character);

    private const char HumpMark = '\uE000';

    private static string Lowered(string text)
    {
        // No more than one mark stands before each character.
        var rented = ArrayPool<char>.Shared.Rent(2 * text.Length);
        var (count, before) = (0, ' ');
        foreach (var character in text)
        {
            if (character is >= 'a' and <= 'z')
            {
                rented[count++] = before = character;
                continue;
            }

            if (char.IsUpper(character) && char.IsLower(before))
            {
                rented[count++] = HumpMark;
            }

            before = character;
            rented[count++] = char.ToLowerInvariant(character);
        }

        var lowered = new string(rented, 0, count);
        ArrayPool<char>.Shared.Return(rented, clearArray: true);
        return lowered;
    }

    /// <summary>What is drawn with its neighbour, or often forgotten: marks, zero widths, the long-vowel mark (a modifier letter, too).</summary>
    private static bool IsIgnored(char character) =>
        character >= '\u00AD'
        && CharUnicodeInfo.GetUnicodeCategory(character)
            is UnicodeCategory.Format
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.ModifierLetter
        && character is not ('々' or 'ゝ' or 'ヽ' or 'ゞ' or 'ヾ');

    /// <summary>The character that stands for this one; NUL for what is no letter or digit.</summary>
    private static char Fold(char character)
    {
        if (character < '\u0080')
        {
            return char.IsAsciiLetterOrDigit(character) ? LookAlike(character) : '\0';
        }

        // One more than what it becomes; the same value whoever writes it first.
        if (Folded[character] is > 0 and var known)
        {
            return (char)(known - 1);
        }

        var folded = FoldRare(character);
        Folded[character] = folded + 1;
        return folded;
    }

    private static readonly int[] Folded = new int[char.MaxValue + 1];

    private static char FoldRare(char character)
    {
        if (IsCjk(character))
        {
            return FoldKana(SpellingVariants.Character(character));
        }

        if (!char.IsLetterOrDigit(character))
        {
            return '\0';
        }

        if (Confusables.Latin.TryGetValue(character, out var latin))
        {
            return LookAlike(latin);
        }

        var decomposed = UnicodeForms.Nfkd(character.ToString());
        return decomposed[0] < '\u0080' ? LookAlike(decomposed[0]) : character;
    }

    /// <summary>Digits and letters that are drawn alike are one.</summary>
    private static char LookAlike(char character) =>
        character switch
        {
            '0' => 'o',
            '1' or 'i' => 'l',
            '5' => 's',
            _ => character,
        };

    private static char FoldKana(char character)
    {
        var katakana = character is >= '\u3041' and <= '\u3096' ? (char)(character + 0x60) : character;
        return katakana switch
        {
            'ァ' => 'ア',
            'ィ' => 'イ',
            'ゥ' => 'ウ',
            'ェ' => 'エ',
            'ォ' => 'オ',
            'ッ' => 'ツ',
            'ャ' => 'ヤ',
            'ュ' => 'ユ',
            'ョ' => 'ヨ',
            'ヮ' => 'ワ',
            'ヵ' or 'ヶ' => katakana == 'ヵ' ? 'カ' : 'ケ',
            _ => katakana,
        };
    }

    private static Script ScriptOf(char character) =>
        !IsCjk(character) ? Script.Latin
        : character is (>= '\u30A1' and <= '\u30FA') or (>= '\u3041' and <= '\u3096') ? Script.Kana
        : Script.Han;

    private enum Script
    {
        Latin,
        Kana,
        Han,
    }
}
