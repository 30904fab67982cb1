namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Weights for two mails belonging to one thread.</summary>
/// <param name="Signs">Of the signs between them.</param>
/// <param name="Chance">Of the chance that one answers the other.</param>
/// <param name="Absent">Of the chance that what the later one answers is not here.</param>
/// <param name="Bias">Added.</param>
internal sealed record ThreadWeights(IReadOnlyList<double> Signs, double Chance, double Absent, double Bias);

/// <summary>Weights of the signs.</summary>
/// <param name="Parent">For being the mail that is answered.</param>
/// <param name="Absent">For the answered mail not being here.</param>
/// <param name="Thread">For belonging to the same thread.</param>
internal sealed record ContentModel(IReadOnlyList<double> Parent, IReadOnlyList<double> Absent, ThreadWeights Thread)
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
    /// <param name="signs">Signs between them.</param>
    /// <param name="chance">Chance that the later answers the earlier.</param>
    /// <param name="absent">Chance that what it answers is not here.</param>
    public double SameThread(double[] signs, double chance, double absent) =>
        1 / (1 + Math.Exp(-(Thread.Bias + (Thread.Chance * chance) + (Thread.Absent * absent) + Sum(Thread.Signs, signs))));

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
