using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>
/// An exchange with what is worked out of it alone, once: as long as its messages stay, nothing of this changes. May be read by several
/// threads: whoever comes at the same time works out the same.
/// </summary>
internal sealed class ExchangeCard(DraftExchange source, DraftExchange draft)
{
    private readonly Lazy<(int Windows, double Minutes)?> _parallel = new(() => OwnWindows.InParallel(draft.Entries));
    private readonly Lazy<FoundIntent?> _question = new(() => EnvironmentQuestion.Suspicious(draft.Entries));
    private Judged? _judged;
    private Numbered? _told;
    private Timed? _times;

    private sealed record Judged(Suspicion Suspicion, JudgedExchange Exchange);

    private sealed record Numbered(Suspicion Suspicion, int Number, Conversation Conversation);

    private sealed record Timed(Members Members, ExchangeTimes Times);

    /// <summary>As it was worked out; differs from <see cref="Draft"/> in its id only, when another exchange has the same.</summary>
    public DraftExchange Source { get; } = source;

    /// <summary>The exchange.</summary>
    public DraftExchange Draft { get; } = draft;

    /// <summary>Its id.</summary>
    public string Id => Draft.Id;

    /// <summary>An attack came.</summary>
    public bool Attacked { get; } = draft.Entries.Any(entry => entry.FromOutsider && PayloadEvidence.IsAttack(entry.Payload));

    /// <summary>A mail of the outsider is judged targeted.</summary>
    public bool Targeted { get; } = draft.Entries.Any(entry => entry.FromOutsider && entry.Mail?.Stated?.Verdict is "targeted");

    /// <summary>Something in it is more than what an unknown mail tells.</summary>
    public bool IsWorthALine { get; } = draft.Entries.Any(entry => entry.Source != MessageSource.Mail || entry.Mail is not null);

    /// <summary>It is told whatever its assessment: several messages, or a case that was only stated.</summary>
    public bool IsTold { get; } = draft.Entries.Count > 1 || draft.Entries.All(entry => entry.Source == MessageSource.Stated);

    /// <summary>Earliest time of a message; the end of time when none is known.</summary>
    public DateTimeOffset Begins { get; } = draft.Entries.Min(entry => entry.At) ?? DateTimeOffset.MaxValue;

    /// <summary>First mails to several windows of the organisation within the hour.</summary>
    public (int Windows, double Minutes)? Parallel => _parallel.Value;

    /// <summary>A question about the recipient's environment that is a reason to expect an attack.</summary>
    public FoundIntent? Question => _question.Value;

    /// <summary>The exchange, judged.</summary>
    public JudgedExchange Judge(Suspicion suspicion)
    {
        var known = _judged;
        if (known is null || known.Suspicion != suspicion)
        {
            _judged = known = new Judged(suspicion, ConversationBuilder.Judge(Draft, suspicion, caseNumber: 0));
        }

        return known.Exchange;
    }

    /// <summary>The exchange as a case of a number.</summary>
    public Conversation Tell(Suspicion suspicion, int number)
    {
        var known = _told;
        if (known is null || known.Number != number || known.Suspicion != suspicion)
        {
            _told = known = new Numbered(suspicion, number, ConversationBuilder.Build(Draft, suspicion, number));
        }

        return known.Conversation;
    }

    /// <summary>Its times, as part of a campaign.</summary>
    public ExchangeTimes Times(Members members)
    {
        var known = _times;
        if (known is null || known.Members != members)
        {
            var judged = ConversationBuilder.Judge(Draft, new Suspicion(Linked: true, Live: null), caseNumber: 0);
            _times = known = new Timed(members, ConversationBuilder.Times(Draft, judged, members.Find(Draft.Organization), members));
        }

        return known.Times;
    }
}

/// <summary>
/// First mails of one persona to several windows of one organisation within the hour, each sent for itself, before anybody answered: who
/// was sent on from one window to the next, or wrote to both in one mail, is none.
/// </summary>
internal static class OwnWindows
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(60);

    /// <summary>Windows and minutes; null when there is nothing parallel.</summary>
    public static (int Windows, double Minutes)? InParallel(IReadOnlyList<ExchangeEntry> entries)
    {
        var answered = entries.Where(entry => entry.IsReply).Min(entry => entry.At) ?? DateTimeOffset.MaxValue;
        var firsts = entries
            .Where(entry => entry is { FromOutsider: true, Mail: not null, Window: not null, At: not null } && entry.At < answered)
            .GroupBy(entry => entry.Window, StringComparer.Ordinal)
            .Select(window => window.Min(entry => entry.At) ?? default)
            .Order()
            .ToList();
        return firsts.Count >= 2 && firsts[^1] - firsts[0] is var apart && apart <= Within ? (firsts.Count, apart.TotalMinutes) : null;
    }
}
