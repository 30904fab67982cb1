using Noroshi.Hub.Conversations.Threading;
using Noroshi.Hub.Intake;

namespace Noroshi.Evaluate;

/// <summary>What the headers of a mail tell about its place.</summary>
internal enum TrueKind
{
    /// <summary>Answers nothing, and does not look as if it did.</summary>
    Start,

    /// <summary>Answers a mail that is here.</summary>
    Answer,

    /// <summary>Answers a mail that is not here.</summary>
    Orphan,

    /// <summary>Marked as an answer by its subject, without any header that says what it answers: nobody knows the truth.</summary>
    Unknown,
}

/// <summary>The threads of the public mails by their headers, cut into two halves by a hash of their first mail.</summary>
internal sealed class ThreadingTruth
{
    private readonly int[] threads;
    private readonly int?[] parents;
    private readonly TrueKind[] kinds;
    private readonly bool[] tuned;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>Reads the headers.</summary>
    public ThreadingTruth(IReadOnlyList<ProvidedMail> mails)
    {
        World = new World(mails);
        var forest = new Forest(mails.Count);
        var answers = new HeaderThreads(World.Mails, forest).Join();
        threads = new int[mails.Count];
        parents = new int?[mails.Count];
        kinds = new TrueKind[mails.Count];
        tuned = new bool[mails.Count];
        var firsts = new Dictionary<int, int>();
        for (var i = 0; i < mails.Count; i++)
        {
            places[World.Mails[i].Key] = i;
            threads[i] = forest.Thread(i);
            parents[i] = forest.Parent(i)?.Parent;
            kinds[i] =
                parents[i] is not null ? TrueKind.Answer
                : answers[i] ? TrueKind.Orphan
                : World.Mails[i].Subject.IsReply ? TrueKind.Unknown
                : TrueKind.Start;
            firsts.TryAdd(threads[i], i);
            tuned[i] = World.Mails[firsts[threads[i]]].Facts.Sha256[0] < '8';
        }
    }

    /// <summary>The mails in order, with their headers.</summary>
    public World World { get; }

    /// <summary>Mails.</summary>
    public int Count => threads.Length;

    /// <summary>Place of a mail.</summary>
    public int Place(string key) => places[key];

    /// <summary>Number of its thread.</summary>
    public int Thread(int mail) => threads[mail];

    /// <summary>What it answers.</summary>
    public int? Parent(int mail) => parents[mail];

    /// <summary>What its headers tell.</summary>
    public TrueKind Kind(int mail) => kinds[mail];

    /// <summary>Whether it belongs to the tuned half.</summary>
    public bool Tuned(int mail) => tuned[mail];

    /// <summary>The same mails without anything that names another mail.</summary>
    public static IReadOnlyList<ProvidedMail> Hidden(IReadOnlyList<ProvidedMail> mails) =>
        [
            .. mails.Select(mail =>
                mail with
                {
                    Facts = mail.Facts with { MessageId = null, InReplyTo = null, References = [], ThreadIndex = null },
                }
            ),
        ];
}
