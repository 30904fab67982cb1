using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Makers.Threads;

namespace Noroshi.Evaluate.Alarms;

/// <summary>Roles and intents of authored threads, benign ones and attacks.</summary>
internal sealed class RoleEvaluation : IEvaluation
{
    private static readonly MessageRole[] Order = [MessageRole.Reconnaissance, MessageRole.Reply, MessageRole.Attack, MessageRole.Other];

    public string Word => "roles";

    public string Title => "Roles and intents of authored window threads";

    public void Run(string mails, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var all = ReadThreads.All();
        foreach (var tuned in new[] { true, false })
        {
            var half = all.Where(thread => thread.Authored.Tuned == tuned).ToList();
            output.WriteLine($"### {(tuned ? "Tuned" : "Reported")} half");
            output.WriteLine();
            Roles(output, [.. half.Where(thread => thread.Authored.Attack)], "attack threads alone");
            Roles(output, half, "attack and benign threads");
            Intents(output, half);
            Misses(output, half);
        }
    }

    /// <summary>F1 of each role, and their mean. A message that was missed counts against recall, one that nobody wrote against precision.</summary>
    public static (double Macro, IReadOnlyDictionary<MessageRole, (double Precision, double Recall, double F1)> Each) Scores(
        IReadOnlyList<ReadThread> threads
    )
    {
        var pairs = Pairs(threads);
        var each = Order.ToDictionary(
            role => role,
            role =>
            {
                double right = pairs.Count(pair => pair.Expected == role && pair.Found == role);
                var precision = Ratio(right, pairs.Count(pair => pair.Found == role));
                var recall = Ratio(right, pairs.Count(pair => pair.Expected == role));
                return (precision, recall, Ratio(2 * precision * recall, precision + recall));
            }
        );
        return (each.Values.Average(one => one.Item3), each);
    }

    /// <summary>Role of the hub for the role of the author.</summary>
    public static MessageRole Of(AuthoredRole role) =>
        role switch
        {
            AuthoredRole.Other => MessageRole.Other,
            AuthoredRole.Reconnaissance => MessageRole.Reconnaissance,
            AuthoredRole.Reply => MessageRole.Reply,
            AuthoredRole.Attack => MessageRole.Attack,
        };

    private static List<(MessageRole? Expected, MessageRole? Found)> Pairs(IReadOnlyList<ReadThread> threads) =>
        [
            .. threads
                .SelectMany(thread => thread.Messages)
                .Select(one => (one.Authored is { } authored ? Of(authored.Role) : (MessageRole?)null, one.Entry?.Role)),
        ];

    private static void Roles(TextWriter output, IReadOnlyList<ReadThread> threads, string what)
    {
        var pairs = Pairs(threads);
        var (macro, each) = Scores(threads);
        output.WriteLine(
            $"{threads.Count} {what}, {pairs.Count} messages: macro-F1 {Figure(macro)}; {threads.Count(one => one.Exchanges != 1)} threads not read as one exchange, {threads.Count(one => one.MixedWith.Count > 0)} read together with another"
        );
        output.WriteLine();
        output.WriteLine("| expected \\ found | 偵察 | 返信 | 攻撃 | その他 | missed | precision | recall | F1 |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var expected in Order)
        {
            var counts = Order
                .Select(role => (MessageRole?)role)
                .Append(null)
                .Select(found => pairs.Count(pair => pair.Expected == expected && pair.Found == found));
            var (precision, recall, f1) = each[expected];
            output.WriteLine($"| {expected} | {string.Join(" | ", counts)} | {Figure(precision)} | {Figure(recall)} | {Figure(f1)} |");
        }

        output.WriteLine();
    }

    private static void Intents(TextWriter output, IReadOnlyList<ReadThread> threads)
    {
        output.WriteLine("| intent | expected | precision | recall |");
        output.WriteLine("|---|---|---|---|");
        var pairs = threads
            .SelectMany(thread => thread.Messages)
            .Where(one => one is { Authored: { Automatic: false }, Entry: not null } && one.Authored.Way != AuthoredWay.Internal)
            .Select(one => (Expected: one.Authored?.Intents ?? [], Found: one.Entry?.Intents ?? []))
            .ToList();
        foreach (var intent in Enum.GetValues<Intent>().Where(intent => intent != Intent.Auto))
        {
            var word = IntentWord(intent);
            double right = pairs.Count(pair =>
                pair.Expected.Contains(word, StringComparer.Ordinal) && pair.Found.Any(one => one.Intent == intent)
            );
            var expected = pairs.Count(pair => pair.Expected.Contains(word, StringComparer.Ordinal));
            var found = pairs.Count(pair => pair.Found.Any(one => one.Intent == intent));
            output.WriteLine($"| {word} | {expected} | {Figure(Ratio(right, found))} | {Figure(Ratio(right, expected))} |");
        }

        output.WriteLine();
    }

    private static void Misses(TextWriter output, IReadOnlyList<ReadThread> threads)
    {
        output.WriteLine("Messages whose role was missed:");
        output.WriteLine();
        foreach (var thread in threads)
        {
            if (thread.MixedWith.Count > 0)
            {
                output.WriteLine($"- {thread.Authored.Name}: read together with {string.Join(", ", thread.MixedWith)}");
            }

            foreach (var (one, entry) in thread.Messages.Where(one => one.Authored is null || Of(one.Authored.Role) != one.Entry?.Role))
            {
                var why =
                    entry is null ? "missed"
                    : entry.Payload.Count > 0 ? $"{entry.Payload[0].Code} {entry.Payload[0].Detail}"
                    : Files(entry);
                output.WriteLine(
                    $"- {one?.Key ?? thread.Authored.Name + ", no such message"}: {(one is null ? "-" : Of(one.Role))} read as {entry?.Role} ({why})"
                );
            }
        }

        output.WriteLine();
    }

    private static string Files(ExchangeEntry entry) =>
        entry.Files.Any() ? string.Join(", ", entry.Files.Select(file => file.Format)) : "no file";

    /// <summary>The word of an intent in reports.</summary>
    public static string IntentWord(Intent intent) =>
        string.Concat(
            intent
                .ToString()
                .Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}")
        );

    /// <summary>A share as it is printed.</summary>
    public static string Figure(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static double Ratio(double one, double other) => other > 0 ? one / other : 0;
}
