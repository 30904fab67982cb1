namespace Noroshi.Hub.Conversations;

/// <summary>
/// Intents that a sentence shows by the words that stand in it together, in whatever order: people ask the same thing in too many ways for
/// patterns of whole phrases (<see cref="IntentSentenceTable"/>).
/// </summary>
internal static class IntentSentences
{
    private const int LongestSentence = 300;

    /// <summary>Intents of a text with where they stand, each with its sentence.</summary>
    /// <param name="folded">Text in compatibility form.</param>
    public static IEnumerable<(int At, FoundIntent Intent)> In(string folded)
    {
        // What the whole text lacks, no sentence has: most texts are done here.
        var lower = folded.ToLowerInvariant();
        var japanese = lower.Any(IntentSentenceRule.IsJapanese);
        var rules = IntentSentenceTable.Rules.Where(rule => (japanese || !rule.Japanese) && rule.HasEveryGroup(lower)).ToList();
        if (rules.Count == 0)
        {
            yield break;
        }

        foreach (var (start, length) in Sentences(folded))
        {
            foreach (var rule in rules)
            {
                if (rule.Holds(lower.AsSpan(start, length)))
                {
                    yield return (start, new FoundIntent(rule.Intent, folded.Substring(start, length).Trim()));
                }
            }
        }
    }

    /// <summary>Sentences; lines of a mail break them where they like, an empty line ends them.</summary>
    private static IEnumerable<(int Start, int Length)> Sentences(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var end =
                i == text.Length
                || i - start >= LongestSentence
                || text[i] is '。' or '！' or '？' or '!' or '?'
                || (text[i] == '\n' && (i + 1 == text.Length || text[i + 1] == '\n' || !Continues(text, i)));
            if (!end)
            {
                continue;
            }

            var length = Math.Min(i + 1, text.Length) - start;
            if (length > 4)
            {
                yield return (start, length);
            }

            start = i + 1;
        }
    }

    /// <summary>A line that is broken for its length goes on; a short one is a line of its own.</summary>
    private static bool Continues(string text, int at)
    {
        var before = at == 0 ? -1 : text.LastIndexOf('\n', at - 1);
        return at - before > 22 && text[at - 1] is not (',' or '.' or ':' or '。');
    }
}
