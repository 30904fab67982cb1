using System.Collections;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Judgement;

/// <summary>An exchange with what the campaigns say of it.</summary>
/// <param name="Card">The exchange.</param>
/// <param name="Suspicion">What is said of it.</param>
/// <param name="Assessment">What it is judged to be because of it.</param>
internal sealed record JudgedCard(ExchangeCard Card, Suspicion Suspicion, Assessment Assessment);

/// <summary>Numbers the exchanges as cases (事例), and judges them with what the campaigns say.</summary>
internal static class Cases
{
    /// <summary>
    /// The exchanges worth a line. First the cases of the campaign with the most exchanges, in the order in which they began, then
    /// those of the next; then other exchanges with an attack or a warning; then the rest.
    /// </summary>
    public static IReadOnlyList<JudgedCard> InOrder(
        IEnumerable<ExchangeCard> cards,
        IReadOnlyList<Campaign> campaigns,
        IReadOnlyDictionary<string, LiveWarning> warnings
    )
    {
        var ranks = Ranks(campaigns);
        var judged = new List<(int Rank, int Group, JudgedCard Card)>();
        foreach (var card in cards)
        {
            if (!card.IsWorthALine)
            {
                continue;
            }

            var linked = ranks.TryGetValue(card.Id, out var rank);
            var suspicion = SuspicionOf(card, linked, warnings);
            var assessment = card.Assess(suspicion);
            if (card.IsTold || suspicion.Linked || assessment != Assessment.None)
            {
                var group = !linked && assessment is Assessment.None or Assessment.Low ? 1 : 0;
                judged.Add((linked ? rank : int.MaxValue, group, new JudgedCard(card, suspicion, assessment)));
            }
        }

        judged.Sort(
            (x, y) =>
                x.Rank.CompareTo(y.Rank) is var byRank and not 0 ? byRank
                : x.Group.CompareTo(y.Group) is var byGroup and not 0 ? byGroup
                : x.Card.Card.Begins.CompareTo(y.Card.Card.Begins) is var byTime and not 0 ? byTime
                : string.CompareOrdinal(x.Card.Card.Id, y.Card.Card.Id)
        );
        return judged.ConvertAll(one => one.Card);
    }

    private static Dictionary<string, int> Ranks(IReadOnlyList<Campaign> campaigns)
    {
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        var ordered = campaigns.OrderByDescending(one => one.Exchanges.Count).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
        for (var i = 0; i < ordered.Count; i++)
        {
            foreach (var exchange in ordered[i].Exchanges)
            {
                ranks[exchange] = i;
            }
        }

        return ranks;
    }

    private static Suspicion SuspicionOf(ExchangeCard card, bool linked, IReadOnlyDictionary<string, LiveWarning> warnings) =>
        new(
            linked || card.Targeted,
            warnings.TryGetValue(card.Id, out var warning)
                ? new ConversationEvidence($"live.{CodeOf(warning.Reason)}", warning.Detail, 4)
                : null
        );

    internal static string CodeOf(LiveReason reason) =>
        reason switch
        {
            LiveReason.ResemblesKnown => "resembles-known",
            LiveReason.Parallel => "parallel",
            LiveReason.Environment => "environment",
        };
}

/// <summary>
/// The cases as conversations with their labels. A new case moves the numbers of those behind it, so each is told when somebody looks.
/// </summary>
internal sealed class NumberedCases(IReadOnlyList<JudgedCard> cases) : IReadOnlyList<Conversation>
{
    /// <inheritdoc/>
    public int Count => cases.Count;

    /// <summary>Where each mail stands. Nothing is brought back for it.</summary>
    public IEnumerable<PlacedMail> Places() =>
        cases.SelectMany(one =>
            one.Card.RolesOf(one.Suspicion).Select(mail => new PlacedMail(mail.Mail, one.Card.Id, one.Assessment, mail.Role))
        );

    /// <summary>Keys of the mails of a case, in order; none when there is no such case.</summary>
    public IReadOnlyList<string> MailsOf(string id) => cases.FirstOrDefault(one => one.Card.Id == id)?.Card.Mails ?? [];

    /// <summary>The cases of some ids; only their mails are brought back.</summary>
    public IEnumerable<Conversation> Of(IReadOnlySet<string> ids) =>
        Enumerable.Range(0, Count).Where(at => ids.Contains(cases[at].Card.Id)).Select(at => this[at]);

    /// <summary>Ids with what each is judged to be.</summary>
    public IEnumerable<(string Id, Conversations.Assessment Assessment)> Assessments() =>
        cases.Select(one => (one.Card.Id, one.Assessment));

    /// <inheritdoc/>
    public Conversation this[int index] => cases[index].Card.Tell(cases[index].Suspicion, index + 1);

    /// <inheritdoc/>
    public IEnumerator<Conversation> GetEnumerator() => Enumerable.Range(0, Count).Select(at => this[at]).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
