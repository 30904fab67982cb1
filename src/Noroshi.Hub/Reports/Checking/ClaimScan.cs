using System.Text;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;

namespace Noroshi.Hub.Reports.Checking;

/// <summary>Finds claims that need what they are about in the same sentence: that something is the first, or all, or so many times another.</summary>
internal static class ClaimScan
{
    private const string ObservedJa = "本ハブの観測範囲では";
    private const string ObservedEn = "within what this hub observed";
    private static readonly string[] WholeJa = ["初めて", "はじめて", "全て", "すべて", "全ての", "全件"];
    private static readonly string[] WholeEn = ["first", "all", "every"];

    /// <summary>The words that stand without it.</summary>
    public static IEnumerable<string> In(IReadOnlyList<Run> runs, bool ja)
    {
        foreach (var (sentence, counts) in Sentences(runs, ja))
        {
            foreach (
                var word in ja
                    ? WholeJa.Where(word => sentence.Contains(word, StringComparison.Ordinal))
                    : WholeEn.Where(word => HasWord(sentence, word))
            )
            {
                if (!sentence.Contains(ja ? ObservedJa : ObservedEn, StringComparison.Ordinal))
                {
                    yield return word;
                    break;
                }
            }

            var multiple = ja ? sentence.Contains('倍') : HasWord(sentence, "times") && !counts;
            if (multiple && Count(sentence, "N=") < 2)
            {
                yield return ja ? "倍" : "times";
            }
        }
    }

    /// <summary>Sentences, and whether 'times' in them counts how often something happened.</summary>
    private static IEnumerable<(string Text, bool Counts)> Sentences(IReadOnlyList<Run> runs, bool ja)
    {
        var text = new StringBuilder();
        var counts = false;
        Run? before = null;
        foreach (var run in runs)
        {
            counts |= before is FigureRun { Facet: FigurePrint.Value } && run.Text.StartsWith(" times", StringComparison.Ordinal);
            before = run;
            for (var i = 0; i < run.Text.Length; i++)
            {
                text.Append(run.Text[i]);
                var ends = ja ? run.Text[i] == '。' : run.Text[i] == '.' && (i + 1 == run.Text.Length || run.Text[i + 1] == ' ');
                if (ends)
                {
                    yield return (text.ToString(), counts);
                    text.Clear();
                    counts = false;
                }
            }
        }

        if (text.Length > 0)
        {
            yield return (text.ToString(), counts);
        }
    }

    private static bool HasWord(string text, string word)
    {
        for (
            var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            var (before, after) = (at - 1, at + word.Length);
            if ((before < 0 || !char.IsLetter(text[before])) && (after >= text.Length || !char.IsLetter(text[after])))
            {
                return true;
            }
        }

        return false;
    }

    private static int Count(string text, string part)
    {
        var count = 0;
        for (
            var at = text.IndexOf(part, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal)
        )
        {
            count++;
        }

        return count;
    }
}
