using System.Globalization;
using Noroshi.Hub.Conversations.Threading;
using Noroshi.Hub.Intake;

namespace Noroshi.Evaluate;

/// <summary>Threads of real mails, with their headers and with headers hidden, against the threads of their headers.</summary>
internal sealed class ThreadingEvaluation : IEvaluation
{
    /// <inheritdoc/>
    public string Word => "threading";

    /// <inheritdoc/>
    public string Title => "Threading of the SpamAssassin ham mails";

    /// <inheritdoc/>
    public void Run(string mails, TextWriter output)
    {
        var provided = PublicMails.Of(mails, "easy-ham").Concat(PublicMails.Of(mails, "hard-ham")).ToList();
        var truth = new ThreadingTruth(provided);
        var hidden = ThreadingTruth.Hidden(provided);
        Describe(truth, output);
        output.WriteLine("| headers | half | mails counted | B-cubed P | R | F | pair F1 | parent P | P, no orphans | R |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        Rows(output, "present", truth, new FoundThreads(truth, Threads.Of(provided)));
        Rows(output, "hidden", truth, new FoundThreads(truth, Threads.Of(hidden)));
        output.WriteLine();
        var free = ThreadingRules.Default with { Margin = -1 };
        Curve(output, truth, new FoundThreads(truth, Threads.Of(hidden, free, ContentWeights.Current)));
        ThreadingMisses.Print(output, truth, new FoundThreads(truth, Threads.Of(hidden)), new World(hidden));
    }

    private static void Describe(ThreadingTruth truth, TextWriter output)
    {
        int Number(TrueKind kind) => Enumerable.Range(0, truth.Count).Count(mail => truth.Kind(mail) == kind);
        output.WriteLine(
            $"{truth.Count} mails: {Number(TrueKind.Answer)} answer a mail that is here, {Number(TrueKind.Orphan)} one that is not here, "
                + $"{Number(TrueKind.Unknown)} are marked as answers by their subject alone and have no truth, {Number(TrueKind.Start)} answer nothing."
        );
        output.WriteLine();
    }

    private static void Rows(TextWriter output, string headers, ThreadingTruth truth, FoundThreads found)
    {
        foreach (var (half, tuned) in new[] { ("tuned", true), ("reported", false) })
        {
            bool Counts(int mail) => truth.Tuned(mail) == tuned;
            bool All(int mail) => true;
            bool Known(int mail) => truth.Kind(mail) != TrueKind.Unknown;
            foreach (var (name, pool) in new[] { ("all", (Func<int, bool>)All), ("of known truth", Known) })
            {
                var cubed = found.BCubed(Counts, pool);
                var parents = found.Parents(mail => Counts(mail) && pool(mail));
                var answers = found.Parents(mail => Counts(mail) && truth.Kind(mail) == TrueKind.Answer);
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {headers} | {half} | {name} | {cubed.Precision:F3} | {cubed.Recall:F3} | {cubed.F:F3} | {found.Pairs(Counts, pool).F:F3} | {parents.Precision:F3} | {answers.Precision:F3} | {parents.Recall:F3} |"
                    )
                );
            }
        }
    }

    private static void Curve(TextWriter output, ThreadingTruth truth, FoundThreads found)
    {
        output.WriteLine("Headers hidden, by margin (a parent is named when it is that far ahead):");
        output.WriteLine();
        output.WriteLine("| margin | tuned P | tuned P, known | tuned R | reported P | reported P, known | reported R |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var margin in new[] { 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99 })
        {
            Counts Of(bool tuned, bool known) =>
                found.Parents(mail => truth.Tuned(mail) == tuned && (!known || truth.Kind(mail) != TrueKind.Unknown), margin);
            var cells = new[] { true, false }.Select(tuned =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Of(tuned, false).Precision:F3} | {Of(tuned, true).Precision:F3} | {Of(tuned, true).Recall:F3}"
                )
            );
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {margin:F2} | {string.Join(" | ", cells)} |"));
        }

        output.WriteLine();
    }
}
