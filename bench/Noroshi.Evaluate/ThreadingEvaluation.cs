using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Conversations.Threading;
using Noroshi.Hub.Intake;

namespace Noroshi.Evaluate;

/// <summary>Threads of real mails, with their headers and with headers hidden, against the threads of their headers.</summary>
internal sealed class ThreadingEvaluation : IEvaluation
{
    private static readonly double[] Margins = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

    private static readonly bool[] Halves = [true, false];

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
        var found = new FoundThreads(truth, Threads.Of(hidden));
        Describe(truth, output);
        output.WriteLine("| found by | half | mails counted | B-cubed P | R | F | pair F1 | parent P | P without orphans | parent R |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        Rows(output, "same subject alone", truth, new FoundThreads(truth, BySubject(truth.World)));
        Rows(output, "us, headers hidden", truth, found);
        Rows(output, "us, headers present", truth, new FoundThreads(truth, Threads.Of(provided)));
        output.WriteLine();
        Curve(output, truth, hidden);
        ThreadingMisses.Print(output, truth, found, new World(hidden));
    }

    private static void Describe(ThreadingTruth truth, TextWriter output)
    {
        int Number(TrueKind kind) => Enumerable.Range(0, truth.Count).Count(mail => truth.Kind(mail) == kind);
        output.WriteLine(
            $"""
            {truth.Count} mails. By their Message-ID, In-Reply-To and References {Number(TrueKind.Answer)} answer a mail that is here,
            {Number(TrueKind.Orphan)} one that is not here ("orphans": any parent named for them is wrong), {Number(
                TrueKind.Start
            )} answer nothing.
            {Number(
                TrueKind.Unknown
            )} are answers by their subject whose headers do not say to what: nobody knows their truth. Rows "all" count
            them as beginning threads of their own, which is wrong for most of them; rows "known" leave out their threads (for parents: them).
            That leaves {Enumerable.Range(0, truth.Count).Count(truth.Known)} mails. Halves by a hash of the true thread's first mail;
            every mail stays in the pool. Weights and margins were chosen on the tuned half.

            """
        );
    }

    private static List<MailThread> BySubject(World world) =>
        [
            .. world
                .Mails.GroupBy(mail => mail.Subject.Key, StringComparer.Ordinal)
                .Select(group => new MailThread([.. group.Select(mail => mail.Key)], [])),
        ];

    private static void Rows(TextWriter output, string by, ThreadingTruth truth, FoundThreads found)
    {
        foreach (var (half, tuned) in new[] { ("tuned", true), ("reported", false) })
        {
            foreach (var known in new[] { true, false })
            {
                bool Counts(int mail) => truth.Tuned(mail) == tuned;
                bool Pool(int mail) => !known || truth.Known(mail);
                var cubed = found.BCubed(Counts, Pool);
                var parents = found.Parents(mail => Counts(mail) && (!known || truth.Kind(mail) != TrueKind.Unknown));
                var answers = found.Parents(mail => Counts(mail) && truth.Kind(mail) == TrueKind.Answer);
                var cells = string.Join(" | ", new[] { cubed.Precision, cubed.Recall, cubed.F, found.Pairs(Counts, Pool).F }.Select(Text));
                var parentCells =
                    parents.Asserted == 0
                        ? "– | – | –"
                        : string.Join(" | ", new[] { parents.Precision, answers.Precision, answers.Recall }.Select(Text));
                output.WriteLine($"| {by} | {half} | {(known ? "known" : "all")} | {cells} | {parentCells} |");
            }
        }
    }

    private static void Curve(TextWriter output, ThreadingTruth truth, IReadOnlyList<ProvidedMail> hidden)
    {
        output.WriteLine("Headers hidden, by the margin from which a parent is named:");
        output.WriteLine();
        output.WriteLine(
            "| margin | tuned P | tuned P (all) | tuned R | tuned B-cubed F | reported P | reported P (all) | reported R | reported B-cubed F |"
        );
        output.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var margin in Margins)
        {
            var found = new FoundThreads(
                truth,
                Threads.Of(hidden, ThreadingRules.Default with { Margin = margin }, ContentWeights.Current)
            );
            var cells = Halves.SelectMany(tuned =>
            {
                var known = found.Parents(mail => truth.Tuned(mail) == tuned && truth.Kind(mail) != TrueKind.Unknown);
                var all = found.Parents(mail => truth.Tuned(mail) == tuned);
                var cubed = found.BCubed(mail => truth.Tuned(mail) == tuned, truth.Known);
                return new[] { known.Precision, all.Precision, known.Recall, cubed.F };
            });
            var mark = margin == ThreadingRules.Default.Margin ? " (in use)" : "";
            output.WriteLine(
                $"| {margin.ToString("0.00", CultureInfo.InvariantCulture)}{mark} | {string.Join(" | ", cells.Select(Text))} |"
            );
        }

        output.WriteLine();
    }

    private static string Text(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);
}
