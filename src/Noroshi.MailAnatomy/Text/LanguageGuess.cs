using System.Text;

namespace Noroshi.MailAnatomy.Text;

/// <summary>Tells the language of a text by its script and, among the Latin ones, by its most ordinary words.</summary>
public static class LanguageGuess
{
    private const int Sample = 4_000;
    private const int MaxWords = 120;
    private const int LongestWord = 9;
    private const int MinLatin = 12;

    private static readonly (string Language, string Words)[] Tables =
    [
        (
            "en",
            "the and you for are that this with have your from please will not is of to we can our regards thank thanks attached be it in on"
        ),
        ("de", "der die das und ist nicht sie mit für auf ein eine den von zu wir haben bitte sich dem des auch im werden ihre"),
        ("fr", "le la les et est vous pour dans une des que nous avec votre pas sur merci bonjour cette du de en un au"),
        ("es", "el la los las que y en para por con una su del se no es gracias usted como más le lo de un"),
        ("it", "il la che di per con non sono una del è della le gli grazie questo nel si i un in"),
        ("pt", "o a os as que para com não uma por você do da em no na obrigado seu sua se é um de"),
        ("nl", "de het een en van is dat niet voor op met zijn wij ik u aan bij deze naar te in"),
        ("pl", "i w na nie się z do że jest to o jak dla po proszę przez ale od czy"),
        ("tr", "ve bir bu için ile çok da de olarak daha sayın lütfen teşekkür ederim olan"),
        ("vi", "và của là cho không được các trong một này với có tôi chúng xin vui lòng"),
        ("id", "dan yang di untuk dengan ini dari anda tidak akan kami pada terima kasih adalah"),
        ("sv", "och att det är som en på för med inte av till den har jag vi ni"),
    ];

    private static readonly Dictionary<string, int> Words = Index();

    /// <summary>Lengths with first and last letters that some word has: most other words need no look-up.</summary>
    private static readonly bool[] Shapes = ShapesOf(Words.Keys);

    /// <summary>Language code (<c>ja</c>, <c>en</c>, <c>zh</c>, <c>ko</c>, <c>ru</c>, …); null when the text is too short to say.</summary>
    /// <param name="text">Any text; its first 4,000 characters are looked at.</param>
    public static string? Guess(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Guess(text.AsSpan());
    }

    /// <summary>As above.</summary>
    internal static string? Guess(ReadOnlySpan<char> text)
    {
        var sample = text[..Math.Min(text.Length, Sample)];
        if (Ascii.IsValid(sample))
        {
            return HasLetters(sample, MinLatin) ? Latin(sample) : null;
        }

        int kana = 0,
            han = 0,
            hangul = 0,
            cyrillic = 0,
            ukrainian = 0,
            greek = 0,
            thai = 0,
            arabic = 0,
            hebrew = 0,
            latin = 0;
        foreach (var character in sample)
        {
            switch (character)
            {
                case < '\u0041':
                    break;
                case < '\u0250':
                    latin += char.IsLetter(character) ? 1 : 0;
                    break;
                case >= '\u0370' and < '\u0400':
                    greek++;
                    break;
                case >= '\u0400' and < '\u0530':
                    cyrillic++;
                    ukrainian += character is 'і' or 'ї' or 'є' or 'ґ' or 'І' or 'Ї' or 'Є' ? 1 : 0;
                    break;
                case >= '\u0590' and < '\u0600':
                    hebrew++;
                    break;
                case >= '\u0600' and < '\u0780':
                    arabic++;
                    break;
                case >= '\u0E00' and < '\u0E80':
                    thai++;
                    break;
                case >= '\u3041' and <= '\u30FA' or >= '\uFF66' and <= '\uFF9D':
                    kana++;
                    break;
                case >= '\u3400' and <= '\u9FFF':
                    han++;
                    break;
                case >= '\uAC00' and <= '\uD7A3':
                    hangul++;
                    break;
                default:
                    break;
            }
        }

        // A Japanese sentence has kana; a few kana in a long Chinese text are a quotation.
        if (kana >= 2 && kana * 12 >= han && kana * 20 >= hangul && (kana + han) * 8 >= latin)
        {
            return "ja";
        }

        var letters = latin + cyrillic + greek + hebrew + arabic + thai + hangul + han + kana;
        if (letters < 4)
        {
            return null;
        }

        return hangul * 2 >= letters - han && hangul >= 4 ? "ko"
            : han >= 8 && han * 8 >= latin && kana * 12 < han ? "zh"
            : cyrillic * 2 >= letters
                ? ukrainian * 50 >= cyrillic ? "uk"
                    : "ru"
            : greek * 2 >= letters ? "el"
            : hebrew * 2 >= letters ? "he"
            : arabic * 2 >= letters ? "ar"
            : thai * 2 >= letters ? "th"
            : latin >= MinLatin ? Latin(sample)
            : null;
    }

    private static bool HasLetters(ReadOnlySpan<char> ascii, int wanted)
    {
        for (var at = 0; at < ascii.Length && wanted > 0; at++)
        {
            wanted -= char.IsAsciiLetter(ascii[at]) ? 1 : 0;
        }

        return wanted == 0;
    }

    private static string? Latin(ReadOnlySpan<char> text)
    {
        Span<int> hits = stackalloc int[Tables.Length];
        hits.Clear();
        Span<char> word = stackalloc char[LongestWord];
        var lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();
        var words = 0;
        for (var at = 0; at < text.Length && words < MaxWords; )
        {
            while (at < text.Length && !IsLetter(text[at]))
            {
                at++;
            }

            var start = at;
            while (at < text.Length && IsLetter(text[at]))
            {
                at++;
            }

            words += at > start ? 1 : 0;
            if (at == start || at - start > LongestWord)
            {
                continue;
            }

            var lower = Lower(text[start..at], word);
            if (!Shapes[Shape(lower)] || !lookup.TryGetValue(lower, out var languages))
            {
                continue;
            }

            for (; languages != 0; languages &= languages - 1)
            {
                hits[System.Numerics.BitOperations.TrailingZeroCount(languages)]++;
            }
        }

        int best = 0,
            second = -1;
        for (var language = 1; language < hits.Length; language++)
        {
            if (hits[language] > hits[best])
            {
                (second, best) = (best, language);
            }
            else if (second < 0 || hits[language] > hits[second])
            {
                second = language;
            }
        }

        var clear = hits[best] >= 2 && hits[best] > hits[second] && hits[best] * 12 >= words;
        return clear ? Tables[best].Language : null;
    }

    private static bool IsLetter(char letter) => letter < '\u0080' ? char.IsAsciiLetter(letter) : char.IsLetter(letter);

    private static ReadOnlySpan<char> Lower(ReadOnlySpan<char> written, Span<char> word)
    {
        for (var index = 0; index < written.Length; index++)
        {
            word[index] = char.IsAscii(written[index]) ? (char)(written[index] | 0x20) : char.ToLowerInvariant(written[index]);
        }

        return word[..written.Length];
    }

    private static int Shape(ReadOnlySpan<char> word) => (word.Length << 10) | ((word[0] & 31) << 5) | (word[^1] & 31);

    private static bool[] ShapesOf(IEnumerable<string> words)
    {
        var shapes = new bool[(LongestWord + 1) << 10];
        foreach (var word in words)
        {
            // A longer word is never looked up.
            if (word.Length <= LongestWord)
            {
                shapes[Shape(word)] = true;
            }
        }

        return shapes;
    }

    private static Dictionary<string, int> Index()
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var language = 0; language < Tables.Length; language++)
        {
            foreach (var word in Tables[language].Words.Split(' '))
            {
                words[word] = words.GetValueOrDefault(word) | (1 << language);
            }
        }

        return words;
    }
}
