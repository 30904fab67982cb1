using System.Collections.Frozen;

namespace Noroshi.MailAnatomy.FileTypes.Naming;

/// <summary>
/// Letters of other scripts that are drawn like Latin ones. A short list of our own, made by looking at the letters: those that a reader of
/// Latin script cannot tell apart. Greek letters that are used in their own right beside Latin ones (α, β, μ, Δ, Ω) are left out.
/// </summary>
public static class Confusables
{
    /// <summary>Look-alike to the Latin letter it stands for.</summary>
    public static FrozenDictionary<char, char> Latin { get; } =
        new Dictionary<char, char>
        {
            // Cyrillic
            ['а'] = 'a',
            ['А'] = 'A',
            ['В'] = 'B',
            ['с'] = 'c',
            ['С'] = 'C',
            ['ԁ'] = 'd',
            ['е'] = 'e',
            ['Е'] = 'E',
            ['һ'] = 'h',
            ['Н'] = 'H',
            ['і'] = 'i',
            ['І'] = 'I',
            ['ј'] = 'j',
            ['Ј'] = 'J',
            ['К'] = 'K',
            ['ӏ'] = 'l',
            ['М'] = 'M',
            ['о'] = 'o',
            ['О'] = 'O',
            ['р'] = 'p',
            ['Р'] = 'P',
            ['ԛ'] = 'q',
            ['ѕ'] = 's',
            ['Ѕ'] = 'S',
            ['Т'] = 'T',
            ['ѵ'] = 'v',
            ['ԝ'] = 'w',
            ['х'] = 'x',
            ['Х'] = 'X',
            ['у'] = 'y',
            ['У'] = 'Y',
            ['ү'] = 'y',
            ['Ү'] = 'Y',
            ['ѐ'] = 'e',
            ['ё'] = 'e',
            ['ї'] = 'i',
            // Greek
            ['Α'] = 'A',
            ['Β'] = 'B',
            ['Ε'] = 'E',
            ['Η'] = 'H',
            ['Ι'] = 'I',
            ['Κ'] = 'K',
            ['Μ'] = 'M',
            ['Ν'] = 'N',
            ['ο'] = 'o',
            ['Ο'] = 'O',
            ['Ρ'] = 'P',
            ['Τ'] = 'T',
            ['Υ'] = 'Y',
            ['Χ'] = 'X',
            ['Ζ'] = 'Z',
            ['ν'] = 'v',
            ['ι'] = 'i',
            ['ϲ'] = 'c',
            ['ϳ'] = 'j',
            // Armenian, Cherokee and phonetic letters seen in domain names
            ['օ'] = 'o',
            ['ո'] = 'n',
            ['ս'] = 'u',
            ['հ'] = 'h',
            ['ɡ'] = 'g',
            ['ɑ'] = 'a',
            ['ı'] = 'i',
        }.ToFrozenDictionary();

    /// <summary>A Latin letter in full width (U+FF21 to U+FF3A, U+FF41 to U+FF5A).</summary>
    public static bool IsFullWidth(char letter) => letter is (>= 'Ａ' and <= 'Ｚ') or (>= 'ａ' and <= 'ｚ');
}
