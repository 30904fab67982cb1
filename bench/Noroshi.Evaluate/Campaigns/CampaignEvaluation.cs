using System.Diagnostics;
using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Makers.Attackers;

namespace Noroshi.Evaluate.Campaigns;

/// <summary>Authored attackers and their look-alikes among all public mails.</summary>
internal sealed class CampaignEvaluation : IEvaluation
{
    /// <summary>Mails of the busy attacker among the public ones: an eighth.</summary>
    private const int BusyMails = 800;

    /// <inheritdoc/>
    public string Word => "campaigns";

    /// <inheritdoc/>
    public string Title => "Campaigns: authored attackers planted in public mails";

    /// <inheritdoc/>
    public void Run(string mails, TextWriter output)
    {
        var noise = Noise.Of(mails);
        var planted = new List<Planted>(noise);
        foreach (var mail in AuthoredAttackers.All.SelectMany(attacker => AttackRenderer.Render(attacker).Concat(LookAlikes.Of(attacker))))
        {
            planted.Add(Noise.Of(mail, string.Create(CultureInfo.InvariantCulture, $"planted/{planted.Count - noise.Count:D4}")));
        }

        var world = new CampaignRun(planted);
        Report(world, output);
        new NoiseClusters(world).Print(output);
        Busy(noise, output);
    }

    private static void Report(CampaignRun world, TextWriter output)
    {
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{AuthoredAttackers.All.Count} attackers with {world.Mails.Count(mail => mail.Origin == Origin.Attacker)} mails, {world.Mails.Count(mail => mail.Origin == Origin.Decoy)} look-alikes, {world.Mails.Count(mail => mail.Origin == Origin.Noise)} public mails; rules {EvidenceRules.Version}, background {BackgroundRarity.Shipped.Version}."
            )
        );
        output.WriteLine();
        output.WriteLine("| half | mails | B-cubed P | B-cubed R | F | pair F1 | merged with strangers, probable | strong |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var half in Enum.GetValues<EvaluationHalf>())
        {
            var fit = world.Fit(mail => mail.Half == half);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {half} | {fit.Mails} | {fit.Precision:F3} | {fit.Recall:F3} | {fit.F:F3} | {fit.PairF1:F3} | {world.Merged(half, LinkLevel.Probable)} | {world.Merged(half, LinkLevel.Strong)} |"
                )
            );
        }

        output.WriteLine();
        output.WriteLine("| attacker | half | mails | clusters | largest | P | R | what is outside, with its best link |");
        output.WriteLine("|---|---|---:|---:|---:|---:|---:|---|");
        foreach (var attacker in AuthoredAttackers.All)
        {
            output.WriteLine(world.RowOf(attacker));
        }

        output.WriteLine();
        output.WriteLine(world.Cost());
        output.WriteLine();
    }

    private static void Busy(IReadOnlyList<Planted> noise, TextWriter output)
    {
        var planted = new List<Planted>(noise);
        var attacker = AuthoredAttackers.Busy(BusyMails);
        foreach (var mail in AttackRenderer.Render(attacker))
        {
            planted.Add(Noise.Of(mail, string.Create(CultureInfo.InvariantCulture, $"planted/{planted.Count - noise.Count:D4}")));
        }

        var watch = Stopwatch.StartNew();
        var world = new CampaignRun(planted);
        var fit = world.Fit(_ => true);
        output.WriteLine();
        output.WriteLine("### An attacker with an eighth of all mails");
        output.WriteLine();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{fit.Mails} of {planted.Count} mails: P {fit.Precision:F3}, R {fit.Recall:F3}; clustered in {watch.Elapsed.TotalSeconds:F1} s."
            )
        );
        output.WriteLine();
        output.WriteLine(world.RowOf(attacker));
    }
}
