namespace Noroshi.Hub.Journal;

/// <summary>One line of "who received or saw what".</summary>
/// <param name="Index">Index of the record.</param>
/// <param name="At">When.</param>
/// <param name="Who">Who received or saw it, or did it: id of a user, key, recipient.</param>
/// <param name="Action">Code of the action.</param>
/// <param name="Kind">What it did; null for an action that this version does not know.</param>
/// <param name="Subject">To what.</param>
/// <param name="Detail">The record's detail; without the recipient, which is <paramref name="Who"/>.</param>
/// <param name="By">Who sent it, for a delivery; else the same as <paramref name="Who"/>.</param>
public sealed record JournalLine(
    long Index,
    DateTimeOffset At,
    string Who,
    string Action,
    JournalActionKind? Kind,
    string Subject,
    string Detail,
    string By
)
{
    /// <summary>The line of a record.</summary>
    public static JournalLine Of(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var record = entry.Record;
        var kind = JournalActions.Find(record.Action)?.Kind;
        var blank = record.Detail.IndexOf(' ', StringComparison.Ordinal);
        var delivered = kind == JournalActionKind.Delivery && record.Detail.Length > 0;
        var who =
            !delivered ? record.Actor
            : blank < 0 ? record.Detail
            : record.Detail[..blank];
        var detail =
            !delivered ? record.Detail
            : blank < 0 ? ""
            : record.Detail[(blank + 1)..];
        return new JournalLine(entry.Index, entry.At, who, record.Action, kind, record.Subject, detail, record.Actor);
    }

    /// <summary>Whether somebody received or saw something by it.</summary>
    public bool IsReceivedOrSeen => Kind is JournalActionKind.Read or JournalActionKind.Delivery;
}

/// <summary>A page of lines, ascending.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="After">Index to go on behind; null when there is nothing more. A page may be empty and still go on.</param>
public sealed record JournalPage(IReadOnlyList<JournalLine> Lines, long? After);

/// <summary>"Who received or saw what", as one query over the journal from either side.</summary>
public static class JournalViews
{
    /// <summary>Ids that are looked for at once.</summary>
    public const int MostSubjects = 200;

    private const int Chunk = 500;
    private const int MostChunks = 20;

    /// <summary>Who received or saw it: a provision with its evidence, an item, an indicator.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="subjects">The ids, at most <see cref="MostSubjects"/>.</param>
    /// <param name="after">Index that the page before ended with; -1 for the first.</param>
    /// <param name="most">Lines of a page.</param>
    /// <param name="everything">Also what was done to it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static Task<JournalPage> OfSubjectsAsync(
        IJournal journal,
        IReadOnlyCollection<string> subjects,
        long after = -1,
        int most = 100,
        bool everything = false,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(subjects.Count, MostSubjects);
        var filters = subjects.Distinct(StringComparer.Ordinal).Select(subject => new JournalFilter { Subject = subject }).ToList();
        return ReadAsync(journal, filters, line => everything || line.IsReceivedOrSeen, (after, most), cancellation);
    }

    /// <summary>All that somebody received or saw: a user, a key, a recipient.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="who">Id.</param>
    /// <param name="after">Index that the page before ended with; -1 for the first.</param>
    /// <param name="most">Lines of a page.</param>
    /// <param name="everything">Also what he changed.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static Task<JournalPage> OfPersonAsync(
        IJournal journal,
        string who,
        long after = -1,
        int most = 100,
        bool everything = false,
        CancellationToken cancellation = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(who);
        return ReadAsync(
            journal,
            [new JournalFilter { Person = who }],
            line => (everything && line.By == who) || (line.IsReceivedOrSeen && line.Who == who),
            (after, most),
            cancellation
        );
    }

    private static async Task<JournalPage> ReadAsync(
        IJournal journal,
        List<JournalFilter> filters,
        Func<JournalLine, bool> wanted,
        (long After, int Most) page,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(journal);
        var lines = new List<JournalLine>();
        var after = page.After;
        for (var chunk = 0; chunk < MostChunks; chunk++)
        {
            var (entries, horizon) = await NextAsync(journal, filters, after, cancellation);
            foreach (var entry in entries)
            {
                var line = JournalLine.Of(entry);
                if (wanted(line))
                {
                    lines.Add(line);
                }

                after = entry.Index;
                if (lines.Count == page.Most)
                {
                    return new JournalPage(lines, after);
                }
            }

            if (horizon is not { } end)
            {
                return new JournalPage(lines, null);
            }

            after = end;
        }

        return new JournalPage(lines, after);
    }

    /// <summary>The next entries of all filters in order, up to where every one of them was read; null: to the end.</summary>
    private static async Task<(IEnumerable<JournalEntry> Entries, long? Horizon)> NextAsync(
        IJournal journal,
        List<JournalFilter> filters,
        long after,
        CancellationToken cancellation
    )
    {
        var all = new Dictionary<long, JournalEntry>();
        long? horizon = null;
        foreach (var filter in filters)
        {
            var entries = await journal.ReadAsync(filter with { After = after, Most = Chunk }, cancellation);
            if (entries.Count == Chunk)
            {
                horizon = Math.Min(horizon ?? long.MaxValue, entries[^1].Index);
            }

            foreach (var entry in entries)
            {
                all.TryAdd(entry.Index, entry);
            }
        }

        return (all.Values.Where(entry => horizon is null || entry.Index <= horizon).OrderBy(entry => entry.Index), horizon);
    }
}
