using Noroshi.Hub.Conversations.Threading;

namespace Noroshi.Evaluate;

internal sealed class ThreadingDump : IEvaluation
{
    public string Word => "dump";
    public string Title => "dump";

    public void Run(string mails, TextWriter output)
    {
        var provided = PublicMails.Of(mails, "easy-ham").Concat(PublicMails.Of(mails, "hard-ham")).ToList();
        var truth = new ThreadingTruth(provided);
        var found = new FoundThreads(truth, Threads.Of(ThreadingTruth.Hidden(provided)));
        foreach (var margin in new[] { .3 })
        foreach (var sum in new[] { .3, .35, .4, .45, .5, .6, .7})
        foreach (var join in new[] { .6, .7, .75, .8, .85, .9, 2 })
        {
            var f = new FoundThreads(truth, Threads.Of(ThreadingTruth.Hidden(provided), new ThreadingRules(margin, .98, join, sum), ContentWeights.Current));
            var k = f.BCubed(truth.Tuned, i => truth.Kind(i) != TrueKind.Unknown);
            var all = f.BCubed(truth.Tuned, i => true);
            output.WriteLine($"margin {margin} join {join} sum {sum}: known P {k.Precision:F3} R {k.Recall:F3} F {k.F:F3}  all P {all.Precision:F3} R {all.Recall:F3} F {all.F:F3}");
        }
    }
}
