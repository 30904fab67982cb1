using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Identity;

/// <summary>
/// User names: written in one way (after PRECIS UsernameCaseMapped, RFC 8265: width and case mapped, normalised, letters, digits and a few
/// signs only), and unique by what they look like, so that nobody can register a name that people read as another's.
/// </summary>
public static class UserNames
{
    /// <summary>Most characters of a prepared name.</summary>
    public const int Longest = 64;

    private const string Signs = ".-_@+";

    /// <summary>Lower-case look-alikes to the Latin letter that they are drawn like; digits and Japanese signs that are read as others.</summary>
    private static readonly FrozenDictionary<char, char> LookAlikes = Pairs(
            // Cyrillic
            "аaсcԁdеeһhіiјjӏlоoрpԛqѕsѵvԝwхxуyүyвbкkмmнhтtгrпn"
                // Greek
                + "αaβbεeηnιiκkνvοoρpτtυuχxϲcϳjωwσo"
                // Armenian and phonetic letters
                + "օoոnսuհhɡgɑaıiƨsɩi"
                // Digits read as letters
                + "0o1l"
                // Kanji and hiragana read as katakana
                + "一ー二ニ口ロ力カ工エ夕タ八ハ卜トへヘりリ"
        )
        .ToFrozenDictionary();

    /// <summary>The name as it is kept; null when it cannot be one.</summary>
    public static string? Prepare(string? name)
    {
        if (name is null || name.Length is 0 or > 4 * Longest || !IsWellFormed(name))
        {
            return null;
        }

        var prepared = UnicodeForms.Nfkc(UnicodeForms.Nfkc(name).ToLowerInvariant());
        return prepared.Length is > 0 and <= Longest && prepared.EnumerateRunes().All(IsAllowed) && !StartsWithMark(prepared)
            ? prepared
            : null;
    }

    /// <summary>What a prepared name looks like: two names with the same look cannot both exist.</summary>
    public static string Look(string prepared)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        var look = new StringBuilder(prepared.Length);
        foreach (var letter in UnicodeForms.Nfkd(prepared))
        {
            // Accents go, the marks of Japanese voiced sounds stay: か and が are read apart, e and é may not be.
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark && letter is not ('\u3099' or '\u309A'))
            {
                continue;
            }

            look.Append(LookAlikes.GetValueOrDefault(letter, letter));
        }

        return look.Replace("rn", "m").Replace("vv", "w").ToString();
    }

    private static bool IsWellFormed(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(name[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool StartsWithMark(string name) =>
        CharUnicodeInfo.GetUnicodeCategory(name, 0) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsAllowed(Rune letter) =>
        letter.IsAscii
            ? Rune.IsLetterOrDigit(letter) || Signs.Contains((char)letter.Value, StringComparison.Ordinal)
            : Rune.GetUnicodeCategory(letter)
                is UnicodeCategory.LowercaseLetter
                    or UnicodeCategory.OtherLetter
                    or UnicodeCategory.ModifierLetter
                    or UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark
                    or UnicodeCategory.DecimalDigitNumber;

    private static Dictionary<char, char> Pairs(string text)
    {
        var pairs = new Dictionary<char, char>();
        for (var i = 0; i + 1 < text.Length; i += 2)
        {
            pairs[text[i]] = text[i + 1];
        }

        return pairs;
    }
}
