using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Judgement;

/// <summary>Numbers the exchanges as cases (事例), and judges them with what the campaigns say.</summary>
internal static class Cases
{
    /// <summary>
    /// The conversations worth a line. First the cases of the campaign with the most exchanges, in the order in which they began, then
    /// those of the next; then other exchanges with an attack or a warning; then the rest.
    /// </summary>
    public static IReadOnlyList<Conversation> Number(
        IReadOnlyList<DraftExchange> drafts,
        FoundCampaigns found,
        IReadOnlySet<string> linked,
        IReadOnlyDictionary<string, LiveWarning> warnings
    )
    {
        var ranks = Ranks(found.Campaigns);
        var judged = drafts
            .Where(IsWorthALine)
            .Select(draft => (Draft: draft, Suspicion: SuspicionOf(draft, linked, warnings)))
            .Select(one => (one.Draft, one.Suspicion, Assessment: ConversationBuilder.Build(one.Draft, one.Suspicion, 0).Assessment))
            .Where(one =>
                one.Draft.Entries.Count > 1
                || one.Suspicion.Linked
                || one.Assessment != Assessment.None
                || one.Draft.Entries.All(entry => entry.Source == MessageSource.Stated)
            )
            .OrderBy(one => ranks.GetValueOrDefault(one.Draft.Id, int.MaxValue))
            .ThenBy(one => !ranks.ContainsKey(one.Draft.Id) && one.Assessment is Assessment.None or Assessment.Low ? 1 : 0)
            .ThenBy(one => one.Draft.Entries.Min(entry => entry.At) ?? DateTimeOffset.MaxValue)
            .ThenBy(one => one.Draft.Id, StringComparer.Ordinal);
        var conversations = new List<Conversation>();
        foreach (var (draft, suspicion, _) in judged)
        {
            conversations.Add(ConversationBuilder.Build(draft, suspicion, conversations.Count + 1));
        }

        return conversations;
    }

    private static bool IsWorthALine(DraftExchange draft) =>
        draft.Entries.Any(entry => entry.Source != MessageSource.Mail || entry.Mail is not null);

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

    private static Suspicion SuspicionOf(
        DraftExchange draft,
        IReadOnlySet<string> linked,
        IReadOnlyDictionary<string, LiveWarning> warnings
    ) =>
        new(
            linked.Contains(draft.Id) || draft.Entries.Any(entry => entry.FromOutsider && entry.Mail?.Stated?.Verdict is "targeted"),
            warnings.TryGetValue(draft.Id, out var warning)
                ? new ConversationEvidence($"live.{CodeOf(warning.Reason)}", warning.Detail, 4)
                : null
        );

    private static string CodeOf(LiveReason reason) =>
        reason switch
        {
            LiveReason.ResemblesKnown => "resembles-known",
            LiveReason.Parallel => "parallel",
            LiveReason.Environment => "environment",
        };
}
