using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Conversations.Threading;

/// <summary>When a thread is joined and a parent is named without headers.</summary>
/// <param name="Margin">A parent is named when it is this far ahead of the next possibility, that the question is not here included.</param>
/// <param name="DamagedMargin">The same for a mail whose headers name a mail that is not here: its identifier may have been rewritten.</param>
/// <param name="Join">A mail joins the thread of another when the two belong together at this chance.</param>
/// <param name="Sum">A mail joins a thread when the chances of its mails to be the parent add to this: which one it is may stay open.</param>
internal sealed record ThreadingRules(double Margin, double DamagedMargin, double Join, double Sum)
{
    /// <summary>Chosen on the tuned half of the public mails.</summary>
    public static ThreadingRules Default { get; } = new(0.3, 0.98, 0.9, 0.3);
}

/// <summary>Finds which mails belong together and which answers which.</summary>
internal static class Threads
{
    /// <summary>
    /// Threads of mails: by headers, and by what they quote, say and are about where headers say nothing. No thread crosses organisations.
    /// Every mail is in exactly one; the result does not depend on the order given.
    /// </summary>
    public static IReadOnlyList<MailThread> Of(IReadOnlyList<ProvidedMail> mails) => Of(mails, new MailReadings());

    /// <summary>The same where some of the mails were read before.</summary>
    public static IReadOnlyList<MailThread> Of(IReadOnlyList<ProvidedMail> mails, MailReadings readings) =>
        Of(mails, ThreadingRules.Default, ContentWeights.Current, readings);

    /// <summary>The same under other rules.</summary>
    public static IReadOnlyList<MailThread> Of(IReadOnlyList<ProvidedMail> mails, ThreadingRules rules, ContentModel model) =>
        Of(mails, rules, model, new MailReadings());

    private static IReadOnlyList<MailThread> Of(
        IReadOnlyList<ProvidedMail> mails,
        ThreadingRules rules,
        ContentModel model,
        MailReadings readings
    )
    {
        ArgumentNullException.ThrowIfNull(mails);
        return
        [
            .. mails
                .GroupBy(mail => mail.Organization, StringComparer.Ordinal)
                .OrderBy(world => world.Key, StringComparer.Ordinal)
                .SelectMany(world =>
                    new World(world.Where(mail => !Carries(mail)), readings).Threads(rules, model).Concat(Carriers(world))
                ),
        ];
    }

    /// <summary>What somebody forwards to the hub is a report, not a message of the exchange it reports.</summary>
    private static bool Carries(ProvidedMail mail) => mail.Direction == MailDirection.Provision;

    private static IEnumerable<MailThread> Carriers(IEnumerable<ProvidedMail> world) =>
        world.Where(Carries).OrderBy(mail => mail.Key, StringComparer.Ordinal).Select(mail => new MailThread([mail.Key], []));
}

/// <summary>The mails of one organisation.</summary>
internal sealed class World
{
    private readonly List<ThreadedMail> mails;

    /// <summary>A print that more mails wrote is stock text: it tells nothing.</summary>
    private const int Stock = 12;

    /// <summary>Puts mails in order.</summary>
    public World(IEnumerable<ProvidedMail> provided)
        : this(provided, new MailReadings()) { }

    /// <summary>Puts mails in order of which some were read before.</summary>
    public World(IEnumerable<ProvidedMail> provided, MailReadings readings)
    {
        mails =
        [
            .. provided
                .Select(readings.Threaded)
                .OrderBy(mail => mail.At ?? DateTimeOffset.MinValue)
                .ThenBy(mail => mail.Key, StringComparer.Ordinal),
        ];
        var counts = new PrintCounts(mails.Select(mail => mail.AllOwn));
        foreach (var mail in mails)
        {
            mail.KeepRare(counts, Stock);
        }
    }

    /// <summary>The mails in order.</summary>
    public IReadOnlyList<ThreadedMail> Mails => mails;

    /// <summary>Postings read and mails compared by the last run: what the time grows with.</summary>
    public long Work { get; private set; }

    /// <summary>Threads in the order of their first mails.</summary>
    public IEnumerable<MailThread> Threads(ThreadingRules rules, ContentModel model)
    {
        var forest = new Forest(mails.Count);
        var answers = new HeaderThreads(mails, forest).Join();
        Work = new ContentThreads(mails, forest, rules, model).Join(answers);
        return Told(forest, answers);
    }

    private IEnumerable<MailThread> Told(Forest forest, bool[] answers)
    {
        foreach (var thread in Enumerable.Range(0, mails.Count).GroupBy(forest.Thread))
        {
            var links = new List<ParentLink>();
            foreach (var mail in thread)
            {
                if (forest.Parent(mail) is { } parent)
                {
                    links.Add(new ParentLink(mails[mail].Key, mails[parent.Parent].Key, parent.Basis, parent.Margin));
                }
                else if (answers[mail])
                {
                    links.Add(new ParentLink(mails[mail].Key, null, ParentBasis.Header, 1));
                }
                else if (mails[mail].Subject.IsReply || mails[mail].Attributions.Count > 0)
                {
                    links.Add(new ParentLink(mails[mail].Key, null, ParentBasis.Content, 0));
                }
            }

            yield return new MailThread([.. thread.Select(mail => mails[mail].Key)], links);
        }
    }
}
