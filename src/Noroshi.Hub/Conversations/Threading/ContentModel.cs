namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Weights of the signs: for being the question that a mail answers, and for belonging to the same thread.</summary>
/// <param name="Parent">For the mail that is answered.</param>
/// <param name="Absent">For the question not being here.</param>
/// <param name="Thread">For the same thread.</param>
/// <param name="ThreadBias">Added to the latter.</param>
internal sealed record ContentModel(
    IReadOnlyList<double> Parent,
    IReadOnlyList<double> Absent,
    IReadOnlyList<double> Thread,
    double ThreadBias
)
{
    /// <summary>Chances of each candidate, and, last, of a question that is not here. They add to 1.</summary>
    public double[] Chances(IReadOnlyList<double[]> candidates, double[] absence)
    {
        var chances = new double[candidates.Count + 1];
        for (var i = 0; i < candidates.Count; i++)
        {
            chances[i] = Sum(Parent, candidates[i]);
        }

        chances[^1] = Sum(Absent, absence);
        var highest = chances.Max();
        for (var i = 0; i < chances.Length; i++)
        {
            chances[i] = Math.Exp(chances[i] - highest);
        }

        var all = chances.Sum();
        for (var i = 0; i < chances.Length; i++)
        {
            chances[i] /= all;
        }

        return chances;
    }

    /// <summary>Chance that two mails belong to one thread.</summary>
    public double SameThread(double[] signs) => 1 / (1 + Math.Exp(-(ThreadBias + Sum(Thread, signs))));

    private static double Sum(IReadOnlyList<double> weights, double[] signs)
    {
        var sum = 0.0;
        for (var i = 0; i < signs.Length; i++)
        {
            sum += weights[i] * signs[i];
        }

        return sum;
    }
}
