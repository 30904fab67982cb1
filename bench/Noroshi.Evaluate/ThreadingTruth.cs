using Noroshi.Hub.Conversations.Threading;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;

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
    private readonly HashSet<int> unknown = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>Reads the headers as they stand: every identifier is believed, damaged ones are not mended, nothing is joined by subject.</summary>
    public ThreadingTruth(IReadOnlyList<ProvidedMail> mails)
    {
        World = new World(mails);
        threads = new int[mails.Count];
        parents = new int?[mails.Count];
        kinds = new TrueKind[mails.Count];
        tuned = new bool[mails.Count];
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < mails.Count; i++)
        {
            places[World.Mails[i].Key] = i;
            ids.TryAdd(World.Mails[i].Facts.MessageId ?? World.Mails[i].Key, i);
        }

        var people = World.Mails.SelectMany(mail => mail.To.Append(mail.From)).ToHashSet(StringComparer.Ordinal);
        var sets = new DisjointSets();
        for (var i = 0; i < mails.Count; i++)
        {
            sets.Add();
        }

        var absent = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < mails.Count; i++)
        {
            Read(i, Named(World.Mails[i].Facts, people), ids, absent, sets);
        }

        var firsts = new Dictionary<int, int>();
        for (var i = 0; i < mails.Count; i++)
        {
            threads[i] = sets.Find(i);
            firsts.TryAdd(threads[i], i);
            if (kinds[i] == TrueKind.Unknown)
            {
                unknown.Add(threads[i]);
            }

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

    /// <summary>Whether its thread is told by headers to its beginning: none of its mails is an answer that does not say to what.</summary>
    public bool Known(int mail) => !unknown.Contains(threads[mail]);

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

    /// <summary>Identifiers that a mail names, what it answers last. An address in In-Reply-To names a person, not a mail.</summary>
    private static List<string> Named(MailFacts facts, HashSet<string> people)
    {
        var named = facts.References.ToList();
        if (facts.InReplyTo is { } id && !people.Contains(id.ToLowerInvariant()) && id.Any(char.IsAsciiDigit))
        {
            named.Add(id);
        }

        return named;
    }

    private void Read(int mail, List<string> named, Dictionary<string, int> ids, Dictionary<string, int> absent, DisjointSets sets)
    {
        foreach (var id in named)
        {
            if (!ids.TryGetValue(id, out var node) && !absent.TryGetValue(id, out node))
            {
                absent[id] = node = sets.Add();
            }

            sets.Join(mail, node);
        }

        parents[mail] = named.Count > 0 && ids.TryGetValue(named[^1], out var parent) && parent != mail ? parent : null;
        kinds[mail] =
            parents[mail] is not null ? TrueKind.Answer
            : named.Count > 0 ? TrueKind.Orphan
            : World.Mails[mail].Subject.Answers ? TrueKind.Unknown
            : TrueKind.Start;
    }
}
