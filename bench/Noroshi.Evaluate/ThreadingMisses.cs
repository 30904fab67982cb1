using Noroshi.Hub.Conversations.Threading;

namespace Noroshi.Evaluate;

/// <summary>What kinds of mails are missed, in the reported half.</summary>
internal static class ThreadingMisses
{
    /// <summary>Prints counts of kinds.</summary>
    public static void Print(TextWriter output, ThreadingTruth truth, FoundThreads found, World hidden)
    {
        var places = hidden.Mails.Select((mail, i) => (mail.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i, StringComparer.Ordinal);
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < truth.Count; i++)
        {
            if (truth.Tuned(i) || found.Parent(i) == truth.Parent(i))
            {
                continue;
            }

            var kind = truth.Parent(i) is { } parent
                ? Missed(
                    truth,
                    found,
                    hidden.Mails[places[truth.World.Mails[i].Key]],
                    i,
                    hidden.Mails[places[truth.World.Mails[parent].Key]]
                )
                : Invented(truth, found, i);
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        }

        output.WriteLine("Parents missed with headers hidden, reported half:");
        output.WriteLine();
        output.WriteLine("| kind | mails |");
        output.WriteLine("|---|---|");
        foreach (var (kind, count) in kinds.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"| {kind} | {count} |");
        }
    }

    private static string Invented(ThreadingTruth truth, FoundThreads found, int mail) =>
        truth.Kind(mail) switch
        {
            TrueKind.Orphan => $"named one, the true one is not here; {Same(truth, found, mail)}",
            TrueKind.Unknown => "named one, nobody knows (headers do not say what it answers); an error in \"all\" only",
            TrueKind.Start => "named one, the mail answers nothing by its headers",
            TrueKind.Answer => "",
        };

    private static string Missed(ThreadingTruth truth, FoundThreads found, ThreadedMail child, int mail, ThreadedMail parent)
    {
        var quotes =
            child.Quoted.Length == 0 ? "quotes nothing"
            : Fingerprints.Common(child.Quoted, parent.Own) == 0
                ? "quotes nothing of its parent's own text (top-posted below others, digest, another copy)"
            : "quotes its parent";
        return found.Parent(mail) is null
            ? $"abstained, {quotes}{(SameSubject(truth, mail) ? "" : ", subject changed")}"
            : $"named another, {quotes}; {Same(truth, found, mail)}";
    }

    private static bool SameSubject(ThreadingTruth truth, int mail) =>
        truth.Parent(mail) is { } parent && truth.World.Mails[mail].Subject.Key == truth.World.Mails[parent].Subject.Key;

    private static string Same(ThreadingTruth truth, FoundThreads found, int mail) =>
        found.Parent(mail) is { } other && truth.Thread(other) == truth.Thread(mail) ? "same thread" : "another thread by headers";
}
