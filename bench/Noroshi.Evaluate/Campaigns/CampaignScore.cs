using Noroshi.Hub.Campaigns;

namespace Noroshi.Evaluate.Campaigns;

/// <summary>A cluster and the mails in it.</summary>
/// <param name="Exchanges">Its exchanges.</param>
/// <param name="Mails">Its mails.</param>
internal sealed record Found(IReadOnlyList<Exchange> Exchanges, IReadOnlyList<Planted> Mails);

/// <summary>How well clusters fit the truth.</summary>
/// <param name="Mails">Mails judged.</param>
/// <param name="Precision">B-cubed precision: of a mail's cluster, the part that is of the same attacker; strangers count as errors.</param>
/// <param name="Recall">B-cubed recall: of a mail's attacker, the part that is in the same cluster.</param>
/// <param name="PairF1">F1 over pairs of mails.</param>
internal sealed record Fit(int Mails, double Precision, double Recall, double PairF1)
{
    public double F => 2 * Precision * Recall / (Precision + Recall);
}

/// <summary>Scores clusters.</summary>
internal static class CampaignScore
{
    /// <summary>Fit over the attackers' mails that are chosen.</summary>
    public static Fit Of(IReadOnlyList<Planted> world, IReadOnlyDictionary<string, Found> clusterOf, Func<Planted, bool> chosen)
    {
        var ofAttacker = world.Where(mail => !mail.Stranger).ToLookup(mail => mail.Name, StringComparer.Ordinal);
        var judged = world.Where(mail => !mail.Stranger && chosen(mail)).ToList();
        var (precision, recall) = (0.0, 0.0);
        var (both, together, same) = (0L, 0L, 0L);
        foreach (var mail in judged)
        {
            var cluster = clusterOf[mail.Features.Key].Mails;
            var own = cluster.Count(one => !one.Stranger && one.Name == mail.Name);
            precision += (double)own / cluster.Count;
            recall += (double)own / ofAttacker[mail.Name].Count();
            both += own - 1;
            together += cluster.Count - 1;
            same += ofAttacker[mail.Name].Count() - 1;
        }

        return new Fit(judged.Count, precision / judged.Count, recall / judged.Count, 2.0 * both / (together + same));
    }
}
