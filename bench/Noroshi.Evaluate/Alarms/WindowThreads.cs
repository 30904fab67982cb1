using System.Globalization;
using Noroshi.Hub.Conversations;

namespace Noroshi.Evaluate.Alarms;

/// <summary>What authored threads are taken for: false alarms on benign ones, and how many attacks are seen.</summary>
internal sealed class WindowThreads : IEvaluation
{
    public string Word => "window-threads";

    public string Title => "Alarms on authored window threads";

    public void Run(string mails, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var all = ReadThreads.All();
        output.WriteLine("| threads | half | N | high | medium | low | none | live |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var attack in new[] { false, true })
        {
            foreach (var language in new[] { "ja", "en" })
            {
                foreach (var tuned in new[] { true, false })
                {
                    Row(
                        output,
                        $"{(attack ? "attack" : "benign")} {language} | {(tuned ? "tuned" : "reported")}",
                        [
                            .. all.Where(one =>
                                one.Authored.Attack == attack && one.Authored.Language == language && one.Authored.Tuned == tuned
                            ),
                        ]
                    );
                }
            }
        }

        output.WriteLine();
        foreach (var tuned in new[] { true, false })
        {
            List(output, [.. all.Where(one => one.Authored.Tuned == tuned)], tuned ? "tuned" : "reported");
        }
    }

    private static void Row(TextWriter output, string name, IReadOnlyList<ReadThread> threads)
    {
        string Share(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} ({100.0 * count / threads.Count:0.0} %)");
        string Count(Assessment level) => Share(threads.Count(one => one.Assessment == level));
        output.WriteLine(
            $"| {name} | {threads.Count} | {Count(Assessment.High)} | {Count(Assessment.Medium)} | {Count(Assessment.Low)} | {Count(Assessment.None)} | {Share(threads.Count(one => one.Live))} |"
        );
    }

    private static void List(TextWriter output, IReadOnlyList<ReadThread> threads, string half)
    {
        output.WriteLine($"False alarms of the {half} half:");
        output.WriteLine();
        foreach (var thread in threads.Where(one => !one.Authored.Attack))
        {
            if (thread.Assessment is Assessment.High or Assessment.Medium)
            {
                var payload = thread.Messages.SelectMany(one => one.Entry?.Payload ?? []).Select(one => $"{one.Code} {one.Detail}");
                output.WriteLine($"- {thread.Authored.Name}: {thread.Assessment}: {string.Join("; ", payload)}");
            }

            if (thread.Live)
            {
                output.WriteLine($"- {thread.Authored.Name}: live: {thread.Question?.Span}");
            }
        }

        output.WriteLine();
        output.WriteLine($"Attacks of the {half} half below medium and without a live warning, by shape:");
        output.WriteLine();
        foreach (
            var shape in threads
                .Where(one => one.Authored.Attack && one is { Assessment: Assessment.Low or Assessment.None, Live: false })
                .GroupBy(one => one.Authored.Shape, StringComparer.Ordinal)
        )
        {
            output.WriteLine($"- {shape.Key}: {string.Join(", ", shape.Select(one => $"{one.Authored.Name} {one.Assessment}"))}");
        }

        output.WriteLine();
    }
}
