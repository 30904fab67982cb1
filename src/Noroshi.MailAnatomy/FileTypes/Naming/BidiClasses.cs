using System.Globalization;

namespace Noroshi.MailAnatomy.FileTypes.Naming;

/// <summary>Bidirectional character types (UAX #9 table 4).</summary>
internal enum Bidi : byte
{
    L,
    R,
    Al,
    En,
    Es,
    Et,
    An,
    Cs,
    Nsm,
    Bn,
    Ws,
    On,
    Lre,
    Lro,
    Rle,
    Rlo,
    Pdf,
    Lri,
    Rli,
    Fsi,
    Pdi,
}

/// <summary>
/// Bidirectional types of characters as far as file names need them: by general category, with the blocks of the right-to-left scripts and
/// the separators of numbers by hand.
/// </summary>
internal static class BidiClasses
{
    /// <summary>Characters that change the order of others and have no picture of their own.</summary>
    public static bool IsControl(char letter) => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Marks of direction: invisible letters of one direction.</summary>
    public static bool IsMark(char letter) => letter is '\u200E' or '\u200F' or '\u061C';

    /// <summary>Characters without width that Windows draws as nothing.</summary>
    public static bool IsInvisible(char letter) =>
        IsControl(letter)
        || IsMark(letter)
        || letter
            is '\u00AD'
                or '\u034F'
                or '\u180E'
                or (>= '\u200B' and <= '\u200D')
                or (>= '\u2060' and <= '\u2064')
                or (>= '\u206A' and <= '\u206F')
                or '\uFEFF'
                or (>= '\uFE00' and <= '\uFE0F')
                or (>= '\uFFF9' and <= '\uFFFB');

    /// <summary>Characters that are drawn as an empty space.</summary>
    public static bool IsBlank(char letter) =>
        letter
            is ' '
                or '\t'
                or '\r'
                or '\n'
                or '\v'
                or '\f'
                or '\u0085'
                or '\u00A0'
                or '\u1680'
                or (>= '\u2000' and <= '\u200A')
                or '\u2028'
                or '\u2029'
                or '\u202F'
                or '\u205F'
                or '\u3000'
                or '\u2800'
                or '\u115F'
                or '\u1160'
                or '\u3164'
                or '\uFFA0';

    /// <summary>Type of a UTF-16 unit; surrogates count as letters from left to right.</summary>
    public static Bidi Of(char letter)
    {
        switch (letter)
        {
            case '\u202A':
                return Bidi.Lre;
            case '\u202B':
                return Bidi.Rle;
            case '\u202C':
                return Bidi.Pdf;
            case '\u202D':
                return Bidi.Lro;
            case '\u202E':
                return Bidi.Rlo;
            case '\u2066':
                return Bidi.Lri;
            case '\u2067':
                return Bidi.Rli;
            case '\u2068':
                return Bidi.Fsi;
            case '\u2069':
                return Bidi.Pdi;
            case '\u200E':
                return Bidi.L;
            case '\u200F':
                return Bidi.R;
            case '\u061C':
                return Bidi.Al;
            case >= '0' and <= '9' or '\u00B2' or '\u00B3' or '\u00B9' or (>= '\u06F0' and <= '\u06F9') or (>= '\uFF10' and <= '\uFF19'):
                return Bidi.En;
            case (>= '\u0660' and <= '\u0669') or '\u066B' or '\u066C':
                return Bidi.An;
            case '+' or '-' or '\u2212' or '\uFF0B' or '\uFF0D':
                return Bidi.Es;
            case ',' or '.' or '/' or ':' or '\u00A0' or '\u202F' or '\uFF0C' or '\uFF0E' or '\uFF0F' or '\uFF1A':
                return Bidi.Cs;
            case '#'
            or '$'
            or '%'
            or '\u00B0'
            or '\u00B1'
            or (>= '\u00A2' and <= '\u00A5')
            or '\u2030'
            or (>= '\u20A0' and <= '\u20BF')
            or '\uFF03'
            or '\uFF04'
            or '\uFF05':
                return Bidi.Et;
            case >= ' ' and <= '~':
                return char.IsAsciiLetter(letter) ? Bidi.L
                    : letter == ' ' ? Bidi.Ws
                    : Bidi.On;
            case (>= '\u0590' and <= '\u05FF') or (>= '\u07C0' and <= '\u085F') or (>= '\uFB1D' and <= '\uFB4F'):
                return char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark ? Bidi.Nsm : Bidi.R;
            case (>= '\u0600' and <= '\u07BF')
            or (>= '\u0860' and <= '\u08FF')
            or (>= '\uFB50' and <= '\uFDFF')
            or (>= '\uFE70' and <= '\uFEFE'):
                return char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark ? Bidi.Nsm : Bidi.Al;
        }

        return char.GetUnicodeCategory(letter) switch
        {
            UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter
            or UnicodeCategory.LetterNumber
            or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse => Bidi.L,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => Bidi.Nsm,
            UnicodeCategory.Format or UnicodeCategory.Control => Bidi.Bn,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => Bidi.Ws,
            _ => Bidi.On,
        };
    }

    /// <summary>The character that is drawn in right-to-left runs (UAX #9 L4); most are their own.</summary>
    public static char Mirrored(char letter) =>
        letter switch
        {
            '(' => ')',
            ')' => '(',
            '[' => ']',
            ']' => '[',
            '{' => '}',
            '}' => '{',
            '<' => '>',
            '>' => '<',
            '«' => '»',
            '»' => '«',
            '「' => '」',
            '」' => '「',
            '『' => '』',
            '』' => '『',
            '【' => '】',
            '】' => '【',
            '〈' => '〉',
            '〉' => '〈',
            '《' => '》',
            '》' => '《',
            '〔' => '〕',
            '〕' => '〔',
            '（' => '）',
            '）' => '（',
            '［' => '］',
            '］' => '［',
            '｛' => '｝',
            '｝' => '｛',
            '＜' => '＞',
            '＞' => '＜',
            '‹' => '›',
            '›' => '‹',
            _ => letter,
        };
}
