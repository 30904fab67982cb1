namespace Noroshi.Hub.Conversations.Threading;

/// <summary>What is to be decided for one mail without headers.</summary>
/// <param name="Child">The mail.</param>
/// <param name="Candidates">Earlier mails.</param>
/// <param name="Signs">Signs by candidate.</param>
/// <param name="Absence">Signs that the question is not here.</param>
internal sealed record ParentQuestion(int Child, IReadOnlyList<int> Candidates, IReadOnlyList<double[]> Signs, double[] Absence);

/// <summary>Threads by what mails quote, say and are about. Abstains where two possibilities are near each other.</summary>
internal sealed class ContentThreads(IReadOnlyList<ThreadedMail> mails, Forest forest, ThreadingRules rules, ContentModel model)
{
    private long compared;

    /// <summary>Decides for every mail that has no parent yet, in order.</summary>
    /// <param name="answers">Mails whose headers say that they answer another.</param>
    /// <returns>Postings read and mails compared.</returns>
    public long Join(bool[] answers)
    {
        var candidates = new Candidates(mails);
        var copies = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var child = 0; child < mails.Count; child++)
        {
            if (!copies.TryAdd(mails[child].Digest, child))
            {
                forest.Join(child, copies[mails[child].Digest]);
            }

            if (forest.Parent(child) is null)
            {
                Decide(Question(candidates, child), answers[child]);
            }
        }

        return candidates.Read + compared;
    }

    /// <summary>Gathers what is known about a mail's possible parents.</summary>
    public ParentQuestion Question(Candidates candidates, int child)
    {
        var (found, signs) = (new List<int>(), new List<double[]>());
        foreach (var parent in candidates.For(child))
        {
            compared++;
            var between = ContentSigns.Between(mails[child], mails[parent], candidates.Place(child, parent));
            if (ContentSigns.Tied(mails[child], mails[parent], between))
            {
                found.Add(parent);
                signs.Add(between);
            }
        }

        return new ParentQuestion(child, found, signs, ContentSigns.Absence(mails[child], signs));
    }

    private void Decide(ParentQuestion question, bool named)
    {
        if (question.Candidates.Count == 0)
        {
            return;
        }

        var chances = model.Chances(question.Signs, question.Absence);
        var best = Array.IndexOf(chances, chances[..^1].Max());
        var margin = chances[best] - chances.Where((_, i) => i != best).Max();
        if (margin >= (named ? rules.DamagedMargin : rules.Margin))
        {
            forest.Answer(question.Child, question.Candidates[best], ParentBasis.Content, Math.Max(0, margin));
        }

        if (named)
        {
            return;
        }

        // Which mail of a thread is answered may be open when the thread is not.
        var sums = new SortedDictionary<int, double>();
        for (var i = 0; i < question.Candidates.Count; i++)
        {
            var thread = forest.Thread(question.Candidates[i]);
            sums[thread] = sums.GetValueOrDefault(thread) + chances[i];
        }

        foreach (var (thread, _) in sums.Where(one => one.Value >= rules.Sum))
        {
            forest.Join(question.Child, thread);
        }

        for (var i = 0; i < question.Candidates.Count; i++)
        {
            if (model.SameThread(question.Signs[i], chances[i], chances[^1]) >= rules.Join)
            {
                forest.Join(question.Child, question.Candidates[i]);
            }
        }
    }
}
