namespace Noroshi.Hub.Conversations.Threading;

/// <summary>
/// Threads by headers, after Zawinski's algorithm with its empty containers: a mail that is not here still joins those that name it.
/// In-Reply-To alone is trusted; References and what they join need the same canonical subject, since people answer an old mail to write
/// about something new; Thread-Index by its prefix.
/// </summary>
internal sealed class HeaderThreads
{
    /// <summary>The root and the newest references tell the thread; a hostile mail may name a hundred others.</summary>
    private const int FirstReferences = 2;

    private const int LastReferences = 8;

    private readonly IReadOnlyList<ThreadedMail> mails;
    private readonly Forest forest;
    private readonly Identifiers identifiers;
    private readonly Dictionary<(string Id, string Subject), List<int>> bySubject = [];
    private readonly Dictionary<string, List<int>> byId = new(StringComparer.Ordinal);
    private readonly HashSet<string> writers;
    private readonly HashSet<string> ambiguous = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> byIndex = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> resolved = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Id, string Subject), int> containers = [];

    /// <summary>Reads the headers of mails that are in order.</summary>
    public HeaderThreads(IReadOnlyList<ThreadedMail> mails, Forest forest)
    {
        (this.mails, this.forest) = (mails, forest);
        writers = [.. mails.Select(mail => mail.From)];
        var copies = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < mails.Count; i++)
        {
            if (mails[i].Facts.ThreadIndex is { } index)
            {
                byIndex.TryAdd(index.Raw, i);
            }

            if (Identifiers.Plain(mails[i].Facts.MessageId) is not { } id)
            {
                continue;
            }

            AddTo(byId, id, i);
            AddTo(bySubject, (id, mails[i].Subject.Key), i);
            // Several copies of one mail, or mails of a program that gives every mail the same identifier.
            if (!copies.TryAdd(id, mails[i].Digest) && copies[id] != mails[i].Digest)
            {
                ambiguous.Add(id);
            }
        }

        identifiers = new Identifiers(byId.Keys);
    }

    /// <summary>Joins what the headers join. Gives, by mail, whether its headers say that it answers another.</summary>
    public bool[] Join()
    {
        var answers = new bool[mails.Count];
        var later = new List<(int Child, int Parent)>();
        for (var i = 0; i < mails.Count; i++)
        {
            JoinCopies(i);
            answers[i] = JoinContainers(i);
            if (Parent(i) is not { } parent || parent == i)
            {
                continue;
            }

            if (parent < i)
            {
                forest.Answer(i, parent, ParentBasis.Header, 1);
            }
            else
            {
                later.Add((i, parent));
            }
        }

        // Of two mails that answer each other, the later one is believed; a lone answer from before its question is a clock that is wrong.
        foreach (var (child, parent) in later)
        {
            forest.Answer(child, parent, ParentBasis.Header, 1);
        }

        return answers;
    }

    private static void AddTo<TKey>(Dictionary<TKey, List<int>> lists, TKey key, int mail)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        list.Add(mail);
    }

    private void JoinCopies(int mail)
    {
        if (Identifiers.Plain(mails[mail].Facts.MessageId) is { } id && !ambiguous.Contains(id))
        {
            forest.Join(mail, byId[id][0]);
        }
    }

    private bool JoinContainers(int mail)
    {
        var facts = mails[mail].Facts;
        var subject = mails[mail].Subject.Key;
        var answers = false;
        if (Trusted(mail) is { } named)
        {
            answers = true;
            if (!ambiguous.Contains(named))
            {
                forest.JoinNode(mail, Node("id", named, ""));
            }

            forest.JoinNode(mail, Node("subject", named, subject));
        }

        foreach (var reference in References(mail))
        {
            answers = true;
            forest.JoinNode(mail, Node("subject", reference, subject));
        }

        if (facts.ThreadIndex is { } index)
        {
            forest.JoinNode(mail, Node("index", index.Conversation, ""));
        }

        return answers;
    }

    /// <summary>The container of an identifier: a mail that is here, or an empty one.</summary>
    private int Node(string kind, string id, string subject)
    {
        if (containers.TryGetValue((kind, id, subject), out var node))
        {
            return node;
        }

        var here = kind switch
        {
            "id" => byId.TryGetValue(id, out var all) ? all[0] : null,
            "subject" => bySubject.TryGetValue((id, subject), out var list) ? list[0] : null,
            _ => (int?)null,
        };
        return containers[(kind, id, subject)] = here ?? forest.Empty();
    }

    private int? Parent(int mail)
    {
        var facts = mails[mail].Facts;
        if (Trusted(mail) is { } named)
        {
            return Mail(named, mail);
        }

        var references = References(mail);
        if (references.Count > 0)
        {
            return bySubject.TryGetValue((references[^1], mails[mail].Subject.Key), out var list) ? Latest(list, mail) : null;
        }

        return facts.ThreadIndex is { Replies: > 0 } index && index.Raw.Length > 10 && byIndex.TryGetValue(index.Raw[..^10], out var above)
            ? above
            : null;
    }

    /// <summary>The mail of an identifier, as its answer sees it; null when it is not here, or when several different mails share it.</summary>
    private int? Mail(string id, int child)
    {
        if (bySubject.TryGetValue((id, mails[child].Subject.Key), out var list) && Latest(list, child) is { } same)
        {
            return same;
        }

        return byId.TryGetValue(id, out var all) && !ambiguous.Contains(id) ? Latest(all, child) : null;
    }

    /// <summary>The newest before the child, else the first after it.</summary>
    private static int? Latest(List<int> list, int child)
    {
        var at = list.BinarySearch(child);
        var before = (at < 0 ? ~at : at) - 1;
        var after = at < 0 ? ~at : at + 1;
        return before >= 0 ? list[before]
            : after < list.Count ? list[after]
            : null;
    }

    /// <summary>The identifier in In-Reply-To. Some programs write the address of a person there: that names no mail.</summary>
    private string? Trusted(int mail)
    {
        if (Identifiers.Plain(mails[mail].Facts.InReplyTo) is not { } id || id == Identifiers.Plain(mails[mail].Facts.MessageId))
        {
            return null;
        }

        var known = Resolved(id);
        var person = !byId.ContainsKey(known) && (!id.Any(char.IsAsciiDigit) || writers.Contains(id) || mails[mail].To.Contains(id));
        return person ? null : known;
    }

    private List<string> References(int mail)
    {
        var all = mails[mail].Facts.References;
        var own = Identifiers.Plain(mails[mail].Facts.MessageId);
        return
        [
            .. all.Take(FirstReferences)
                .Concat(all.Skip(Math.Max(FirstReferences, all.Count - LastReferences)))
                .Select(Identifiers.Plain)
                .OfType<string>()
                .Where(id => id != own)
                .Select(Resolved),
        ];
    }

    private string Resolved(string id)
    {
        if (!resolved.TryGetValue(id, out var known))
        {
            resolved[id] = known = identifiers.Known(id) ?? id;
        }

        return known;
    }
}
