namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Finds the few earlier mails that a mail may answer, whatever the number of mails that look alike.</summary>
internal sealed class Candidates
{
    private const int LookedUp = 64;
    private const int PerPrint = 8;
    private const int ByQuote = 10;
    private const int BySharedQuote = 4;
    private const int BySubject = 8;
    private const int ByName = 4;
    private static readonly TimeSpan ClocksApart = TimeSpan.FromHours(24);

    private readonly IReadOnlyList<ThreadedMail> mails;
    private readonly PrintIndex own;
    private readonly PrintIndex quoted;
    private readonly Dictionary<string, List<int>> subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> writers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string From, string To), List<int>> pairs = [];

    /// <summary>Indexes mails that are in order.</summary>
    public Candidates(IReadOnlyList<ThreadedMail> mails)
    {
        this.mails = mails;
        own = new PrintIndex([.. mails.Select(one => one.Own)]);
        quoted = new PrintIndex([.. mails.Select(one => one.Quoted)]);
        for (var i = 0; i < mails.Count; i++)
        {
            Add(subjects, mails[i].Subject.Key, i);
            Add(writers, mails[i].From, i);
            foreach (var receiver in mails[i].Partners)
            {
                Add(pairs, (mails[i].From, receiver), i);
            }

            foreach (var word in mails[i].FromName.Where(word => word.Length >= 2))
            {
                Add(writers, word, i);
            }
        }
    }

    /// <summary>Postings read so far: a bound on the work, for the tests.</summary>
    public long Read { get; private set; }

    /// <summary>Candidates for a mail, in order.</summary>
    public IReadOnlyList<int> For(int child)
    {
        var found = new SortedSet<int>();
        var end = EndOfDay(child);
        Vote(found, own, mails[child].Quoted, end, ByQuote);
        Vote(found, quoted, mails[child].Quoted, child, BySharedQuote);
        Vote(found, own, mails[child].Twice, child, BySharedQuote);
        Newest(found, subjects, mails[child].Subject.Key, child, BySubject, first: true);
        if (mails[child].Subject.Was is { } was)
        {
            Newest(found, subjects, was, child, ByName, first: false);
        }

        foreach (var partner in mails[child].Partners)
        {
            Newest(found, pairs, (partner, mails[child].From), child, ByName, first: false);
        }

        foreach (var quote in mails[child].Attributions)
        {
            Told(found, quote.FromAddress is { } address ? ThreadedMail.Folded(address) : null, quote.SentAt, child, end);
            foreach (
                var word in ThreadedMail
                    .NameOf(quote.FromName ?? "")
                    .Where(word => word.Length >= 2)
                    .OrderByDescending(word => word.Length)
                    .ThenBy(word => word, StringComparer.Ordinal)
                    .Take(2)
            )
            {
                Told(found, word, quote.SentAt, child, end);
            }
        }

        found.Remove(child);
        return [.. found];
    }

    /// <summary>Where an earlier mail stands among those of its subject.</summary>
    public SubjectPlace Place(int child, int parent)
    {
        if (!subjects.TryGetValue(mails[parent].Subject.Key, out var list))
        {
            return new SubjectPlace(0, false);
        }

        var (from, to) = (list.BinarySearch(parent), list.BinarySearch(child));
        return new SubjectPlace(Math.Max(0, Math.Abs((to < 0 ? ~to : to) - from) - 1), from == 0);
    }

    /// <summary>Clocks are wrong by hours: a quote may come from a mail of the day that begins with its answer.</summary>
    private int EndOfDay(int child)
    {
        if (mails[child].At is not { } at)
        {
            return child;
        }

        var (low, high) = (child, mails.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = mails[middle].At - at <= ClocksApart ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static void Add<TKey>(Dictionary<TKey, List<int>> lists, TKey key, int mail)
        where TKey : notnull
    {
        if (key is "")
        {
            return;
        }

        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        list.Add(mail);
    }

    /// <summary>The mails that hold most of the prints; of equals the newest.</summary>
    private void Vote(SortedSet<int> found, PrintIndex index, uint[] prints, int child, int most)
    {
        if (prints.Length == 0)
        {
            return;
        }

        var votes = new Dictionary<int, int>();
        var step = Math.Max(1, prints.Length / LookedUp);
        for (var i = 0; i < prints.Length; i += step)
        {
            foreach (var mail in index.Before(prints[i], child, PerPrint))
            {
                Read++;
                votes[mail] = votes.GetValueOrDefault(mail) + 1;
            }
        }

        foreach (var (mail, _) in votes.OrderByDescending(vote => vote.Value).ThenByDescending(vote => vote.Key).Take(most))
        {
            found.Add(mail);
        }
    }

    private void Newest<TKey>(SortedSet<int> found, Dictionary<TKey, List<int>> lists, TKey key, int child, int most, bool first)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            return;
        }

        var at = list.BinarySearch(child);
        at = at < 0 ? ~at : at;
        for (var i = at - 1; i >= 0 && i >= at - most; i--)
        {
            Read++;
            found.Add(list[i]);
        }

        if (first && at > 0)
        {
            found.Add(list[0]);
        }
    }

    /// <summary>Mails of the named writer around the told time, else his newest.</summary>
    private void Told(SortedSet<int> found, string? writer, DateTimeOffset? told, int child, int end)
    {
        if (writer is null || !writers.TryGetValue(writer, out var list))
        {
            return;
        }

        if (told is not { } time)
        {
            Newest(found, writers, writer, child, ByName, first: false);
            return;
        }

        var (low, high) = (0, list.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = (mails[list[middle]].At ?? DateTimeOffset.MinValue) < time ? (middle + 1, high) : (low, middle);
        }

        for (var i = Math.Max(0, low - ByName); i < Math.Min(list.Count, low + ByName); i++)
        {
            Read++;
            if (list[i] < end)
            {
                found.Add(list[i]);
            }
        }
    }
}
