using System.Globalization;

namespace Noroshi.Evaluate.Campaigns;

/// <summary>What clusters of public mails alone are: none is an attack known to anybody, so each must have an ordinary explanation.</summary>
/// <param name="run">The clustered mails.</param>
internal sealed class NoiseClusters(CampaignRun run)
{
    private const int Shown = 12;

    /// <summary>Prints numbers by explanation, and the largest of each.</summary>
    public void Print(TextWriter output)
    {
        var noise = run.Clusters.Where(found => found.Mails.All(mail => mail.Origin == Origin.Noise)).ToList();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"### Clusters of public mails alone: {noise.Count} with {noise.Sum(found => found.Mails.Count)} mails"
            )
        );
        output.WriteLine();
        output.WriteLine("| what | clusters | mails | largest | for example |");
        output.WriteLine("|---|---:|---:|---:|---|");
        foreach (
            var kind in noise.GroupBy(KindOf, StringComparer.Ordinal).OrderByDescending(group => group.Sum(found => found.Mails.Count))
        )
        {
            var largest = kind.MaxBy(found => found.Mails.Count);
            var example = largest?.Mails[0];
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {kind.Key} | {kind.Count()} | {kind.Sum(found => found.Mails.Count)} | {largest?.Mails.Count} | {Cell(example?.Sender)}: {Cell(example?.Subject)} |"
                )
            );
        }

        output.WriteLine();
        output.WriteLine("The largest of several senders:");
        output.WriteLine();
        foreach (var found in noise.Where(found => Senders(found) > 1).OrderByDescending(found => found.Mails.Count).Take(Shown))
        {
            var link = run.LinkBetween(found.Exchanges[0], found.Exchanges[1]);
            var rows = link
                ?.Evidence.Skip(1)
                .OrderByDescending(row => row.Bits)
                .Take(4)
                .Select(row => string.Create(CultureInfo.InvariantCulture, $"{Cell(row.Value)} {row.Bits}"));
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"- {found.Mails.Count} mails of {Senders(found)} senders ({string.Join(", ", found.Mails.GroupBy(mail => mail.Name, StringComparer.Ordinal).Select(set => $"{set.Key} {set.Count()}"))}): {Cell(found.Mails[0].Sender)} \"{Cell(found.Mails[0].Subject)}\"; {string.Join(", ", rows ?? [])}"
                )
            );
        }
    }

    private static int Senders(Found found) => found.Mails.Select(mail => mail.Sender).Distinct(StringComparer.Ordinal).Count();

    private static string KindOf(Found found)
    {
        var spam = found.Mails.Count(mail => mail.Name.StartsWith("spam", StringComparison.Ordinal));
        return Senders(found) == 1
            ? spam * 2 > found.Mails.Count
                ? "one spammer's address"
                : "one correspondent or newsletter"
            : spam == found.Mails.Count
                ? "a spam run"
                : spam == 0
                    ? "several addresses of one person or service"
                    : "ham and spam mixed";
    }

    private static string Cell(string? text) =>
        (text ?? "").Replace('|', '/') is { Length: > 60 } longer ? longer[..60] : (text ?? "").Replace('|', '/');
}
