using Noroshi.Hub.Conversations;
using Noroshi.Hub.Conversations.Threading;

namespace Noroshi.Evaluate;

/// <summary>Precision and recall as counts.</summary>
/// <param name="Right">Right ones.</param>
/// <param name="Asserted">Asserted ones.</param>
/// <param name="True">True ones.</param>
internal readonly record struct Counts(double Right, double Asserted, double True)
{
    public double Precision => Asserted == 0 ? 1 : Right / Asserted;

    public double Recall => True == 0 ? 1 : Right / True;

    public double F => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}

/// <summary>Threads that were found, by place.</summary>
internal sealed class FoundThreads
{
    private readonly int[] threads;
    private readonly ParentLink?[] links;

    /// <summary>Puts threads beside the truth.</summary>
    public FoundThreads(ThreadingTruth truth, IReadOnlyList<MailThread> found)
    {
        Truth = truth;
        threads = new int[truth.Count];
        links = new ParentLink?[truth.Count];
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var mail in found[i].Mails)
            {
                threads[truth.Place(mail)] = i;
            }

            foreach (var link in found[i].Parents)
            {
                links[truth.Place(link.Child)] = link;
            }
        }
    }

    /// <summary>The truth.</summary>
    public ThreadingTruth Truth { get; }

    /// <summary>The parent that was named; null when none was.</summary>
    public int? Parent(int mail) => links[mail]?.Parent is { } key ? Truth.Place(key) : null;

    /// <summary>How far it was ahead.</summary>
    public double Margin(int mail) => links[mail]?.Margin ?? 0;

    /// <summary>Number of the thread that was found.</summary>
    public int Thread(int mail) => threads[mail];

    /// <summary>B-cubed over the mails that count; with them stand all mails of their threads that <paramref name="pool"/> keeps.</summary>
    public Counts BCubed(Func<int, bool> counts, Func<int, bool> pool)
    {
        var (found, real, both) = Sizes(pool);
        var (precision, recall, all) = (0.0, 0.0, 0);
        for (var i = 0; i < Truth.Count; i++)
        {
            if (counts(i) && pool(i))
            {
                var common = both[(threads[i], Truth.Thread(i))];
                precision += (double)common / found[threads[i]];
                recall += (double)common / real[Truth.Thread(i)];
                all++;
            }
        }

        return new Counts(precision * recall / all, recall, precision);
    }

    /// <summary>Pairs of a mail that counts and another of its thread.</summary>
    public Counts Pairs(Func<int, bool> counts, Func<int, bool> pool)
    {
        var (found, real, both) = Sizes(pool);
        var (right, asserted, all) = (0.0, 0.0, 0.0);
        foreach (var i in Enumerable.Range(0, Truth.Count).Where(i => counts(i) && pool(i)))
        {
            right += both[(threads[i], Truth.Thread(i))] - 1;
            asserted += found[threads[i]] - 1;
            all += real[Truth.Thread(i)] - 1;
        }

        return new Counts(right, asserted, all);
    }

    /// <summary>Parents over the mails that count: precision over all that were named with at least a margin, recall over answers whose question is here.</summary>
    public Counts Parents(Func<int, bool> counts, double margin = 0)
    {
        var (right, asserted, all) = (0, 0, 0);
        foreach (var i in Enumerable.Range(0, Truth.Count).Where(counts))
        {
            var named = Parent(i) is not null && Margin(i) > 0 && Margin(i) >= margin;
            asserted += named ? 1 : 0;
            right += named && Parent(i) == Truth.Parent(i) ? 1 : 0;
            all += Truth.Parent(i) is null ? 0 : 1;
        }

        return new Counts(right, asserted, all);
    }

    private (Dictionary<int, int> Found, Dictionary<int, int> Real, Dictionary<(int, int), int> Both) Sizes(Func<int, bool> pool)
    {
        var (found, real, both) = (new Dictionary<int, int>(), new Dictionary<int, int>(), new Dictionary<(int, int), int>());
        foreach (var i in Enumerable.Range(0, Truth.Count).Where(pool))
        {
            found[threads[i]] = found.GetValueOrDefault(threads[i]) + 1;
            real[Truth.Thread(i)] = real.GetValueOrDefault(Truth.Thread(i)) + 1;
            var pair = (threads[i], Truth.Thread(i));
            both[pair] = both.GetValueOrDefault(pair) + 1;
        }

        return (found, real, both);
    }
}
