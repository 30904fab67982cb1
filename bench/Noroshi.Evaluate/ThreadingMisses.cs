using Noroshi.Hub.Conversations.Threading;

namespace Noroshi.Evaluate;

/// <summary>What kinds of mails are missed, in the half that nobody looked at.</summary>
internal static class ThreadingMisses
{
    /// <summary>Prints counts of kinds.</summary>
    public static void Print(TextWriter output, ThreadingTruth truth, FoundThreads found, World hidden)
    {
        var places = hidden.Mails.Select((mail, i) => (mail.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i, StringComparer.Ordinal);
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < truth.Count; i++)
        {
            if (!truth.Tuned(i) && Miss(truth, found, hidden.Mails[places[truth.World.Mails[i].Key]], i) is { } kind)
            {
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            }
        }

        output.WriteLine("Parents missed with headers hidden, reported half:");
        output.WriteLine();
        output.WriteLine("| kind | mails |");
        output.WriteLine("|---|---|");
        foreach (var (kind, count) in kinds.OrderByDescending(pair => pair.Value))
        {
            output.WriteLine($"| {kind} | {count} |");
        }
    }

    private static string? Miss(ThreadingTruth truth, FoundThreads found, ThreadedMail mail, int at)
    {
        var named = found.Parent(at);
        if (named == truth.Parent(at))
        {
            return null;
        }

        if (truth.Parent(at) is not { } parent)
        {
            return truth.Kind(at) switch
            {
                TrueKind.Orphan => Thread(truth, at, named, "wrong: the question is not here"),
                TrueKind.Unknown => "named: no header tells what it answers (counted as wrong)",
                TrueKind.Start => "wrong: no answer by its headers or its subject",
                TrueKind.Answer => null,
            };
        }

        var quotes = mail.Quoted.Length == 0 ? "quotes nothing" : "quotes";
        return named is null
            ? $"abstained: {quotes}, {(SameSubject(truth, at, parent) ? "same subject" : "other subject")}"
            : Thread(truth, at, named, $"wrong: {quotes}");
    }

    private static bool SameSubject(ThreadingTruth truth, int one, int other) =>
        truth.World.Mails[one].Subject.Key == truth.World.Mails[other].Subject.Key;

    private static string Thread(ThreadingTruth truth, int at, int? named, string kind) =>
        named is { } other && truth.Thread(other) == truth.Thread(at) ? $"{kind}, another of the same thread" : $"{kind}, another thread";
}
