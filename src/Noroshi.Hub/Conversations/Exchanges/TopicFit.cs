using System.Globalization;
using Noroshi.Hub.Campaigns.Families;
using Noroshi.MailAnatomy;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// How well what is attached fits what the conversation was about: the share of a file's name whose letter pairs stand in the messages
/// before it. An inquiry about a product that ends in 「履歴書」 fits badly. Weighs little: people change the subject.
/// </summary>
internal static class TopicFit
{
    private const int MostFiles = 20;
    private const int MostLetters = 4_000;
    private const int FewestPairs = 2;
    private const double Poor = 0.25;

    /// <summary>Words that any file may be called.</summary>
    private static readonly string[] General =
    [
        "添付",
        "ファイル",
        "資料",
        "書類",
        "文書",
        "データ",
        "送付",
        "再送",
        "修正",
        "最新",
        "新規",
        "document",
        "attachment",
        "file",
        "data",
        "scan",
        "image",
        "untitled",
        "final",
        "copy",
    ];

    /// <summary>Figures of the attacks that bring a file with a name that says something.</summary>
    public static IEnumerable<ConversationEvidence> In(IReadOnlyList<ExchangeEntry> entries, Func<int, string> label)
    {
        var last = entries.Count - 1;
        while (last >= 0 && entries[last].Role != MessageRole.Attack)
        {
            last--;
        }

        // What comes after the last attack is compared with nothing.
        var pairs = new HashSet<(char, char)>();
        var told = 0;
        for (var i = 0; i <= last && told < MostFiles; i++)
        {
            if (pairs.Count > 0 && entries[i].Role == MessageRole.Attack && Of(entries[i], pairs) is var (name, fit))
            {
                told++;
                yield return new ConversationEvidence(
                    "topic-fit",
                    string.Create(CultureInfo.InvariantCulture, $"{label(i)} {name}: {fit * 100:F0} %"),
                    fit < Poor ? 0.5m : 0
                );
            }

            if (!entries[i].Automatic)
            {
                pairs.UnionWith(Pairs(Cut($"{entries[i].Mail?.Facts.Subject ?? entries[i].Quote?.Subject}\n{entries[i].Written}")));
            }
        }
    }

    /// <summary>The file whose name fits best, and how well; null when no name says anything.</summary>
    private static (string Name, double Fit)? Of(ExchangeEntry entry, HashSet<(char, char)> before)
    {
        (string Name, double Fit)? best = null;
        foreach (var file in entry.Files.Take(MostFiles))
        {
            var stem = Stem(file);
            var own = Pairs(stem).ToHashSet();
            if (own.Count >= FewestPairs)
            {
                var fit = (double)own.Count(before.Contains) / own.Count;
                best = best is { } known && known.Fit >= fit ? known : (file.DisplayedName, fit);
            }
        }

        return best;
    }

    private static string Stem(FileFacts file)
    {
        var name = file.DisplayedName.Replace('\\', '/').Split('/')[^1];
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var stem = PlainText.Of(dot > 0 ? name[..dot] : name);
        foreach (var word in General)
        {
            stem = stem.Replace(word, " ", StringComparison.Ordinal);
        }

        return stem;
    }

    private static string Cut(string text) => PlainText.Of(text.Length <= MostLetters ? text : text[..MostLetters]);

    private static IEnumerable<(char, char)> Pairs(string plain)
    {
        for (var i = 0; i + 1 < plain.Length; i++)
        {
            if (char.IsLetter(plain[i]) && char.IsLetter(plain[i + 1]))
            {
                yield return (plain[i], plain[i + 1]);
            }
        }
    }
}
