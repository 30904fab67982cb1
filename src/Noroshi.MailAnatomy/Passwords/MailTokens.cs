using System.Globalization;

namespace Noroshi.MailAnatomy.Passwords;

/// <summary>The words of a text as last candidates.</summary>
internal static class MailTokens
{
    /// <summary>Words without ordinary ones; digits and symbols make a word likelier, so those come first.</summary>
    /// <param name="text">Text.</param>
    /// <param name="name">Name of the text for people.</param>
    /// <param name="ascii">Words of printable ASCII, or words with other letters.</param>
    /// <param name="min">Shortest word.</param>
    /// <param name="max">Longest word.</param>
    public static IEnumerable<PasswordCandidate> Of(string text, string name, bool ascii, int min, int max)
    {
        var folded = PhraseText.Fold(text.Length > PasswordPhrases.MaxCharacters ? text[..PasswordPhrases.MaxCharacters] : text);
        if (!ascii)
        {
            foreach (var word in Words(folded, name, ascii, min, max))
            {
                yield return word;
            }

            yield break;
        }

        foreach (var word in Words(folded, name, ascii, min, max))
        {
            if (PhraseScores.Typed(word.Value))
            {
                yield return word;
            }
        }

        foreach (var word in Words(folded, name, ascii, min, max))
        {
            yield return word;
        }
    }

    private static IEnumerable<PasswordCandidate> Words(string folded, string name, bool ascii, int min, int max)
    {
        var line = 1;
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            var inside =
                i < folded.Length && (ascii ? PhraseText.IsAscii(folded[i]) : folded[i] > '\u007F' && char.IsLetterOrDigit(folded[i]));
            if (inside)
            {
                start = start < 0 ? i : start;
                continue;
            }

            if (start >= 0)
            {
                var where = string.Create(CultureInfo.InvariantCulture, $"{name} line {line}");
                var word = folded[start..i];
                if (Fits(word, min, max))
                {
                    yield return new PasswordCandidate(word, "token", where);
                }

                var core = ascii
                    ? word.Trim('.', ',', ';', ':', '!', '?', '"', '\'', '(', ')', '<', '>', '[', ']', '*', '=', '|', '-', '_', '/', '`')
                    : word;
                if (core.Length < word.Length && Fits(core, min, max))
                {
                    yield return new PasswordCandidate(core, "token", where);
                }

                start = -1;
            }

            line += i < folded.Length && folded[i] == '\n' ? 1 : 0;
        }
    }

    private static bool Fits(string word, int min, int max) =>
        word.Length >= min && word.Length <= max && !word.Contains("://", StringComparison.Ordinal) && word.Any(char.IsLetterOrDigit);
}
