using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>
/// An exchange with what is worked out of it alone, once: as long as its messages stay, nothing of this changes. The messages themselves may be
/// put aside; whoever asks for them brings their organisation back. May be read by several threads: whoever comes at the same time works out
/// the same.
/// </summary>
internal sealed class ExchangeCard
{
    private readonly Action? _bring;
    private readonly Lazy<Nature> _nature;
    private volatile Drafts? _drafts;
    private Assessed? _assessed;
    private Numbered? _told;
    private Timed? _times;

    private sealed record Drafts(DraftExchange Source, DraftExchange Draft);

    /// <summary>Roles stand in the order of <see cref="Mails"/>. They stay when the messages are put aside: a byte a mail.</summary>
    private sealed record Assessed(Suspicion Suspicion, Assessment Assessment, MessageRole[] Roles);

    private sealed record Numbered(Suspicion Suspicion, int Number, Conversation Conversation);

    private sealed record Timed(Members Members, ExchangeTimes Times);

    /// <summary>What takes a moment to find out.</summary>
    private sealed record Nature((int Windows, double Minutes)? Parallel, string? Question, DateTimeOffset? AskedAt, string? House);

    /// <summary>Reads the exchange.</summary>
    /// <param name="source">As it was worked out.</param>
    /// <param name="draft">Under the id that is its own.</param>
    /// <param name="bring">Brings the messages back when they were put aside.</param>
    public ExchangeCard(DraftExchange source, DraftExchange draft, Action? bring = null)
    {
        _bring = bring;
        _drafts = new Drafts(source, draft);
        _nature = new Lazy<Nature>(() => NatureOf(draft));
        var theirs = draft.Entries.Where(entry => entry.FromOutsider).ToList();
        var mails = theirs.FindAll(entry => entry.Mail is not null);
        (Id, Drawn, Organization) = (draft.Id, source.Id, draft.Organization);
        Mails = [.. draft.Entries.Select(entry => entry.Mail?.Key).OfType<string>()];
        Attacked = theirs.Exists(entry => PayloadEvidence.IsAttack(entry.Payload));
        Targeted = theirs.Exists(entry => entry.Mail?.Stated?.Verdict is "targeted");
        IsWorthALine = draft.Entries.Any(entry => entry.Source != MessageSource.Mail || entry.Mail is not null);
        IsTold = draft.Entries.Count > 1 || draft.Entries.All(entry => entry.Source == MessageSource.Stated);
        Begins = draft.Entries.Min(entry => entry.At) ?? DateTimeOffset.MaxValue;
        FirstAt = theirs.FirstOrDefault()?.At;
        RepliedAt = draft.Entries.Where(entry => entry.IsReply).Max(entry => entry.At);
        HasOutsiderMail = mails.Count > 0;
        IsDismissed = mails.TrueForAll(entry => entry.Mail?.Stated?.Verdict is "mass" or "spam" or "harmless");
        IsHarmful = mails.Exists(entry =>
            PayloadEvidence.IsAttack(entry.Payload) || entry.Mail?.Stated is { Verdict: "targeted" } or { Destinations.Count: > 0 }
        );
    }

    /// <summary>As it was worked out; differs from <see cref="Draft"/> in its id only, when another exchange has the same.</summary>
    public DraftExchange Source => Brought().Source;

    /// <summary>The exchange.</summary>
    public DraftExchange Draft => Brought().Draft;

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>The id that was drawn for it; another exchange may have the same.</summary>
    public string Drawn { get; }

    /// <summary>Organisation; null for mails of none.</summary>
    public string? Organization { get; }

    /// <summary>Keys of its mails in order.</summary>
    public IReadOnlyList<string> Mails { get; }

    /// <summary>An attack came.</summary>
    public bool Attacked { get; }

    /// <summary>A mail of the outsider is judged targeted.</summary>
    public bool Targeted { get; }

    /// <summary>Something in it is more than what an unknown mail tells.</summary>
    public bool IsWorthALine { get; }

    /// <summary>It is told whatever its assessment: several messages, or a case that was only stated.</summary>
    public bool IsTold { get; }

    /// <summary>Earliest time of a message; the end of time when none is known.</summary>
    public DateTimeOffset Begins { get; }

    /// <summary>Time of the outsider's first message.</summary>
    public DateTimeOffset? FirstAt { get; }

    /// <summary>When a person of the organisation answered last; null when nobody did, or nobody knows when.</summary>
    public DateTimeOffset? RepliedAt { get; }

    /// <summary>A mail of the outsider is there.</summary>
    public bool HasOutsiderMail { get; }

    /// <summary>All mails of the outsider were judged to be mass mail, spam or harmless.</summary>
    public bool IsDismissed { get; }

    /// <summary>A mail of the outsider brings a payload, was judged targeted, or has a stated destination.</summary>
    public bool IsHarmful { get; }

    /// <summary>First mails to several windows of the organisation within the hour.</summary>
    public (int Windows, double Minutes)? Parallel => _nature.Value.Parallel;

    /// <summary>A question about the recipient's environment that is a reason to expect an attack, in its words.</summary>
    public string? Question => _nature.Value.Question;

    /// <summary>Time of the message that asks it.</summary>
    public DateTimeOffset? AskedAt => _nature.Value.AskedAt;

    /// <summary>Whose the outsider is: people of one company's domain are one's. Null when no address is known.</summary>
    public string? House => _nature.Value.House;

    /// <summary>What the exchange is judged to be.</summary>
    public Assessment Assess(Suspicion suspicion) => Judged(suspicion).Assessment;

    /// <summary>Its mails with the part that each has in it.</summary>
    public IEnumerable<(string Mail, MessageRole Role)> RolesOf(Suspicion suspicion) => Mails.Zip(Judged(suspicion).Roles);

    private Assessed Judged(Suspicion suspicion)
    {
        var known = _assessed;
        if (known is null || known.Suspicion != suspicion)
        {
            var judged = ConversationBuilder.Judge(Draft, suspicion, caseNumber: 0);
            MessageRole[] roles = [.. judged.Entries.Where(entry => entry.Mail is not null).Select(entry => entry.Role)];
            _assessed = known = new Assessed(suspicion, judged.Assessment, roles);
        }

        return known;
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
            var draft = Draft;
            var judged = ConversationBuilder.Judge(draft, new Suspicion(Linked: true, Live: null), caseNumber: 0);
            _times = known = new Timed(members, ConversationBuilder.Times(draft, judged, members.Find(Organization), members));
        }

        return known.Times;
    }

    /// <summary>Whether its times are known without its messages.</summary>
    public bool KnowsTimes(Members members) => _times?.Members == members;

    /// <summary>Lets go of the messages, and of what is told of them.</summary>
    public void PutAside()
    {
        _ = _nature.Value;
        _told = null;
        _drafts = null;
    }

    /// <summary>Takes the messages back.</summary>
    public void Bring(DraftExchange source) => _drafts = new Drafts(source, source.Id == Id ? source : source with { Id = Id });

    /// <summary>What stands for the exchange when its messages cannot be read again.</summary>
    public DraftExchange Empty() => new(Drawn, Organization, [], [], []);

    private Drafts Brought()
    {
        while (true)
        {
            if (_drafts is { } drafts)
            {
                return drafts;
            }

            (_bring ?? throw new InvalidOperationException("The messages of an exchange were put aside for good."))();
        }
    }

    private static Nature NatureOf(DraftExchange draft)
    {
        var question = EnvironmentQuestion.Suspicious(draft.Entries);
        var asked = question is null
            ? null
            : draft.Entries.FirstOrDefault(entry => entry.FromOutsider && entry.Intents.Contains(question))?.At;
        return new Nature(
            OwnWindows.InParallel(draft.Entries),
            question?.Span,
            asked,
            draft.Personas.Count > 0 ? Attackers.HouseOf(draft.Personas[0]) : null
        );
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
