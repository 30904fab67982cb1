using System.Globalization;
using Noroshi.Hub.Conversations.Threading;

namespace Noroshi.Evaluate;

/// <summary>
/// Learns the weights of threading without headers on the tuned half and prints them as the table that stands in the code: choice of a
/// parent by a conditional logit over the candidates and "not here", belonging to a thread by logistic regression. Nothing is random.
/// </summary>
internal sealed class ThreadingLearning : IEvaluation
{
    private const int Rounds = 3_000;
    private const double Ridge = 0.0005;
    private static readonly ThreadWeights NoThread = new([], 0, 0, 0);

    /// <inheritdoc/>
    public string Word => "threading-weights";

    /// <inheritdoc/>
    public string Title => "Threading without headers: weights learned on the tuned half";

    /// <inheritdoc/>
    public void Run(string mails, TextWriter output)
    {
        var provided = PublicMails.Of(mails, "easy-ham").Concat(PublicMails.Of(mails, "hard-ham")).ToList();
        var model = Learn(new ThreadingTruth(provided), new World(ThreadingTruth.Hidden(provided)));
        output.WriteLine("```");
        foreach (
            var (name, weight) in new[] { ("Chance", model.Thread.Chance), ("Absent", model.Thread.Absent), ("Bias", model.Thread.Bias) }
        )
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    private const double Thread{name} = {weight:F2};"));
        }

        foreach (var sign in Enum.GetValues<ContentSign>())
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"        (ContentSign.{sign}, {model.Parent[(int)sign]:F2}, {model.Thread.Signs[(int)sign]:F2}),"
                )
            );
        }

        foreach (var sign in Enum.GetValues<AbsenceSign>())
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"        (AbsenceSign.{sign}, {model.Absent[(int)sign]:F2}),"));
        }

        output.WriteLine("```");
    }

    /// <summary>Learns from the tuned half.</summary>
    public static ContentModel Learn(ThreadingTruth truth, World hidden)
    {
        var questions = Questions(hidden);
        var choices = questions.Where(one => Usable(truth, one.Child)).Select(one => Choice(truth, hidden, one)).ToList();
        var (parent, absent) = LearnChoice(choices);
        var model = new ContentModel(parent, absent, NoThread);
        return model with { Thread = LearnPairs([.. choices.SelectMany(choice => Pairs(truth, hidden, choice, model))]) };
    }

    /// <summary>The questions that the mails without headers pose.</summary>
    public static IReadOnlyList<ParentQuestion> Questions(World hidden)
    {
        var candidates = new Candidates(hidden.Mails);
        var asked = new ContentThreads(hidden.Mails, new Forest(hidden.Mails.Count), ThreadingRules.Default, ContentWeights.Current);
        return
        [
            .. Enumerable
                .Range(0, hidden.Mails.Count)
                .Select(child => asked.Question(candidates, child))
                .Where(one => one.Candidates.Count > 0),
        ];
    }

    private static bool Usable(ThreadingTruth truth, int child) => truth.Tuned(child) && truth.Kind(child) != TrueKind.Unknown;

    private static (ParentQuestion Question, int Child, int Right) Choice(ThreadingTruth truth, World hidden, ParentQuestion question)
    {
        var child = truth.Place(hidden.Mails[question.Child].Key);
        var right = truth.Parent(child) is { } parent
            ? question.Candidates.Select((candidate, i) => truth.Place(hidden.Mails[candidate].Key) == parent ? i : -1).Max()
            : -1;
        return (question, child, right < 0 ? question.Candidates.Count : right);
    }

    private static (double[] Parent, double[] Absent) LearnChoice(List<(ParentQuestion Question, int Child, int Right)> choices)
    {
        var (signs, absence) = (ContentSigns.Count, ContentSigns.AbsenceCount);
        var weights = Start(ContentWeights.Current.Parent, signs + absence);
        var descent = new Descent(weights.Length);
        for (var round = 0; round < Rounds; round++)
        {
            var gradient = new double[weights.Length];
            var model = new ContentModel(weights[..signs], weights[signs..], NoThread);
            foreach (var (question, _, right) in choices)
            {
                var chances = model.Chances(question.Signs, question.Absence);
                chances[right] -= 1;
                for (var i = 0; i < question.Signs.Count; i++)
                {
                    AddTo(gradient, 0, question.Signs[i], chances[i]);
                }

                AddTo(gradient, signs, question.Absence, chances[^1]);
            }

            descent.Step(weights, gradient, choices.Count, Ridge);
        }

        return (weights[..signs], weights[signs..]);
    }

    /// <summary>Pairs of a mail and its candidates, with what the choice says of them.</summary>
    private static IEnumerable<(double[] Signs, double Chance, double Absent, bool Same)> Pairs(
        ThreadingTruth truth,
        World hidden,
        (ParentQuestion Question, int Child, int Right) choice,
        ContentModel model
    )
    {
        var chances = model.Chances(choice.Question.Signs, choice.Question.Absence);
        for (var i = 0; i < choice.Question.Candidates.Count; i++)
        {
            var place = truth.Place(hidden.Mails[choice.Question.Candidates[i]].Key);
            if (truth.Known(place) && truth.Known(choice.Child))
            {
                yield return (choice.Question.Signs[i], chances[i], chances[^1], truth.Thread(place) == truth.Thread(choice.Child));
            }
        }
    }

    private static ThreadWeights LearnPairs(List<(double[] Signs, double Chance, double Absent, bool Same)> pairs)
    {
        var signs = ContentSigns.Count;
        var weights = Start(ContentWeights.Current.Thread.Signs, signs + 3);
        var descent = new Descent(weights.Length);
        for (var round = 0; round < Rounds / 3; round++)
        {
            var gradient = new double[weights.Length];
            var model = new ContentModel([], [], Thread(weights));
            foreach (var pair in pairs)
            {
                var error = model.SameThread(pair.Signs, pair.Chance, pair.Absent) - (pair.Same ? 1 : 0);
                AddTo(gradient, 0, pair.Signs, error);
                AddTo(gradient, signs, [pair.Chance, pair.Absent, 1], error);
            }

            descent.Step(weights, gradient, pairs.Count, Ridge);
        }

        return Thread(weights);
    }

    private static ThreadWeights Thread(double[] weights) =>
        new(weights[..ContentSigns.Count], weights[ContentSigns.Count], weights[ContentSigns.Count + 1], weights[ContentSigns.Count + 2]);

    /// <summary>Nothing but the weights that are given.</summary>
    private static double[] Start(IReadOnlyList<double> current, int count)
    {
        var weights = new double[count];
        foreach (var given in ContentWeights.Given)
        {
            weights[(int)given] = current[(int)given];
        }

        return weights;
    }

    private static void AddTo(double[] gradient, int from, double[] signs, double error)
    {
        for (var i = 0; i < signs.Length; i++)
        {
            gradient[from + i] += error * signs[i];
        }
    }

    /// <summary>Gradient descent with a step of its own for each weight (Adam, Kingma and Ba 2015).</summary>
    private sealed class Descent(int count)
    {
        private readonly double[] mean = new double[count];
        private readonly double[] square = new double[count];
        private int steps;

        public void Step(double[] weights, double[] gradient, int examples, double ridge)
        {
            steps++;
            for (var i = 0; i < weights.Length; i++)
            {
                if (ContentWeights.Given.Contains((ContentSign)i))
                {
                    continue;
                }

                var slope = (gradient[i] / examples) + (ridge * weights[i]);
                mean[i] = (0.9 * mean[i]) + (0.1 * slope);
                square[i] = (0.999 * square[i]) + (0.001 * slope * slope);
                var (first, second) = (mean[i] / (1 - Math.Pow(0.9, steps)), square[i] / (1 - Math.Pow(0.999, steps)));
                weights[i] -= 0.02 * first / (Math.Sqrt(second) + 1e-9);
            }
        }
    }
}
