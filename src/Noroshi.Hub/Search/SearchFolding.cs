using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Search;

/// <summary>A text as it is searched.</summary>
/// <param name="Strict">Folded: width, case, kana, spaces, separators.</param>
/// <param name="Loose">The same with spellings of the field made one and the long-vowel mark at the end of katakana words left out.</param>
public sealed record FoldedText(string Strict, string Loose)
{
    /// <summary>Nothing to search.</summary>
    public bool IsEmpty => Strict.Length == 0;
}

/// <summary>
/// Makes texts and queries comparable. NFKC and lower case; hiragana and katakana are one; 々ゝヽ stand for what they repeat; common variants
/// of characters in names are one; spaces beside Japanese go, so that a word broken over two lines is found; <c>hxxp</c> and <c>[.]</c> are
/// undone; any other separator is one blank, except those that join parts of an address, which stay. What comes out is words of letters and
/// digits, runs of CJK characters, and between them nothing, one joiner or one blank.
/// </summary>
public static class SearchFolding
{
    /// <summary>Characters of a text that are searched; the rest is kept but not found.</summary>
    public const int LongestText = 1 << 18;

    /// <summary>Katakana words keep their last long-vowel mark when less than this stands before it (キー, コピー).</summary>
    private const int ShortestStem = 3;

    private const int LongestJoiner = 3;

    private enum Gap
    {
        None,
        Blank,
        Joiner,
        Other,
    }

    /// <summary>Folds a text.</summary>
    public static FoldedText Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var source = UnicodeForms.Nfkc(text.Length <= LongestText ? text : text[..LongestText]).ToLowerInvariant();
        var pass = new Pass(SearchDefanging.Undo(source.Length <= 2 * LongestText ? source : source[..(2 * LongestText)]));
        var strict = pass.Run();
        return new FoldedText(strict, SpellingVariants.Unify(pass.WithoutLongVowels(strict)));
    }

    /// <summary>Letters, digits and marks of scripts that are written in words.</summary>
    internal static bool IsWord(char character) =>
        char.IsAsciiLetterOrDigit(character)
        || (
            character > '\u007F'
            && !IsCjk(character)
            && (
                char.IsLetterOrDigit(character)
                || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            )
        );

    /// <summary>
    /// Characters of scripts written without spaces: kana, Han, Hangul, and both halves of everything beyond the first plane (rare Han, emoji).
    /// </summary>
    internal static bool IsCjk(char character) =>
        character
            is (>= '\u3041' and <= '\u3096')
                or (>= '\u30A1' and <= '\u30FA')
                or '\u30FC'
                or (>= '\u3400' and <= '\u4DBF')
                or (>= '\u4E00' and <= '\u9FFF')
                or (>= '\uAC00' and <= '\uD7A3')
                or (>= '\uD800' and <= '\uDFFF')
                or (>= '\uF900' and <= '\uFAFF')
                or '\u3005'
                or '\u3007';

    /// <summary>Characters that say something alone: Han and Hangul, not kana.</summary>
    internal static bool IsIdeograph(char character) =>
        character
            is (>= '\u3400' and <= '\u4DBF')
                or (>= '\u4E00' and <= '\u9FFF')
                or (>= '\uAC00' and <= '\uD7A3')
                or (>= '\uF900' and <= '\uFAFF');

    private static bool IsKatakana(char character) => character is (>= '\u30A1' and <= '\u30FA') or '\u30FC';

    private static bool IsJoiner(char character) =>
        character is '.' or '-' or '_' or '@' or '/' or '\\' or ':' or '=' or '&' or '?' or '#' or '%' or '+' or '~' or '\'' or '’';

    private static bool IsBlank(char character) => char.IsWhiteSpace(character) || char.IsControl(character) || character == '・';

    /// <summary>One walk over a normalised text.</summary>
    private sealed class Pass(string source)
    {
        private readonly StringBuilder _out = new(source.Length);
        private readonly List<int> _droppable = [];
        private Gap _gap = Gap.None;
        private char _joiner;
        private int _joinerLength;
        private int _katakana;

        public string Run()
        {
            for (var at = 0; at < source.Length; at++)
            {
                var character = Repaired(at);
                if (IsCjk(character) || IsIterationMark(character))
                {
                    Emit(FoldCjk(character), at);
                }
                else if (IsWord(character))
                {
                    Emit(character, at);
                }
                else if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.Format)
                {
                    Separate(character);
                }

                _katakana = IsKatakana(character) ? _katakana + 1 : 0;
            }

            return _out.ToString();
        }

        public string WithoutLongVowels(string strict)
        {
            if (_droppable.Count == 0)
            {
                return strict;
            }

            var loose = new StringBuilder(strict.Length);
            var from = 0;
            foreach (var place in _droppable)
            {
                loose.Append(strict, from, place - from);
                from = place + 1;
            }

            return loose.Append(strict, from, strict.Length - from).ToString();
        }

        /// <summary>A dash between katakana is a long-vowel mark typed wrong.</summary>
        private char Repaired(int at) =>
            source[at] is (>= '\u2010' and <= '\u2015') or '\u2212' or '\u2500'
            && at > 0
            && at + 1 < source.Length
            && IsKatakana(source[at - 1])
            && IsKatakana(source[at + 1])
                ? 'ー'
                : source[at];

        private void Emit(char character, int at)
        {
            Close(character);
            if (character == 'ー' && _katakana >= ShortestStem && (at + 1 == source.Length || !IsKatakana(source[at + 1])))
            {
                _droppable.Add(_out.Length);
            }

            _out.Append(character);
        }

        private void Separate(char character)
        {
            if (IsBlank(character))
            {
                _gap = _gap is Gap.None or Gap.Blank ? Gap.Blank : Gap.Other;
                return;
            }

            if (!IsJoiner(character) || _gap is Gap.Blank or Gap.Other || ++_joinerLength > LongestJoiner)
            {
                _gap = Gap.Other;
                return;
            }

            _joiner =
                character is '/' or '\\' ? '/'
                : _gap == Gap.Joiner ? _joiner
                : character == '’' ? '\''
                : character;
            _gap = Gap.Joiner;
        }

        private void Close(char next)
        {
            if (_out.Length > 0)
            {
                switch (_gap)
                {
                    case Gap.None:
                        break;
                    case Gap.Blank when IsCjk(next) || IsCjk(_out[^1]):
                        break;
                    case Gap.Joiner:
                        _out.Append(_joiner);
                        break;
                    case Gap.Blank:
                    case Gap.Other:
                        _out.Append(' ');
                        break;
                }
            }

            _gap = Gap.None;
            _joinerLength = 0;
        }

        private char FoldCjk(char character)
        {
            var before = _gap == Gap.None && _out.Length > 0 ? _out[^1] : '\0';
            return character switch
            {
                '々' or '〻' => IsIdeograph(before) ? before : '々',
                'ゝ' or 'ヽ' => IsKatakana(before) ? before : character,
                'ゞ' or 'ヾ' => IsKatakana(before) ? Voiced(before) : character,
                'ヶ' or 'ゖ' => 'ケ',
                'ヵ' or 'ゕ' => 'カ',
                >= '\u3041' and <= '\u3096' => (char)(character + 0x60),
                _ => SpellingVariants.Character(character),
            };
        }

        private static bool IsIterationMark(char character) => character is '々' or '〻' or 'ゝ' or 'ゞ' or 'ヽ' or 'ヾ';

        /// <summary>In this block of Unicode a voiced kana follows its unvoiced one.</summary>
        private static char Voiced(char character) =>
            character
                is 'カ'
                    or 'キ'
                    or 'ク'
                    or 'ケ'
                    or 'コ'
                    or 'サ'
                    or 'シ'
                    or 'ス'
                    or 'セ'
                    or 'ソ'
                    or 'タ'
                    or 'チ'
                    or 'ツ'
                    or 'テ'
                    or 'ト'
                    or 'ハ'
                    or 'ヒ'
                    or 'フ'
                    or 'ヘ'
                    or 'ホ'
                ? (char)(character + 1)
                : character;
    }
}
