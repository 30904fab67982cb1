using Noroshi.Hub.Conversations;
using Noroshi.Hub.Judgement;

namespace Noroshi.Hub.Statistics;

/// <summary>
/// Draws the conversational cases (事例) of a situation. A case is an exchange that is assessed to be a conversational attack, or any exchange or
/// attempt of a campaign in which there is one; and a mail of it is judged targeted. An analyst may say that it is none (対象外).
/// </summary>
public static class CaseDrawing
{
    /// <summary>The cases, by id.</summary>
    /// <param name="situation">The situation.</param>
    /// <param name="mails">Facts of the mails by key.</param>
    /// <param name="excluded">Exchanges that analysts took out.</param>
    public static IReadOnlyList<CaseFact> Draw(
        Situation situation,
        IReadOnlyDictionary<string, MailFact> mails,
        IReadOnlySet<string> excluded
    )
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(mails);
        ArgumentNullException.ThrowIfNull(excluded);
        var high = situation
            .Assessments()
            .Where(one => one.Assessment == Assessment.High)
            .Select(one => one.Id)
            .ToHashSet(StringComparer.Ordinal);
        var ids = situation
            .Campaigns.Where(one => one.Exchanges.Any(high.Contains))
            .SelectMany(one => one.Exchanges)
            .Concat(high)
            .ToHashSet(StringComparer.Ordinal);
        var groups = situation.Members.Organizations.ToDictionary(one => one.Id, one => one.Group, StringComparer.Ordinal);
        return
        [
            .. situation
                .ConversationsOf(ids)
                .Select(one => Of(one, mails, groups, excluded))
                .OfType<CaseFact>()
                .OrderBy(one => one.Id, StringComparer.Ordinal),
        ];
    }

    private static CaseFact? Of(
        Conversation one,
        IReadOnlyDictionary<string, MailFact> mails,
        Dictionary<string, string?> groups,
        IReadOnlySet<string> excluded
    )
    {
        var own = one.Messages.Select(message => message.Mail is { } key ? mails.GetValueOrDefault(key) : null).OfType<MailFact>().ToList();
        if (!own.Exists(mail => mail.Verdict == Verdict.Targeted))
        {
            return null;
        }

        return new CaseFact(one.Id, own.Min(mail => mail.At), groups.GetValueOrDefault(one.Organization ?? ""))
        {
            Intake = own[0].Intake,
            Stage = one.Stage,
            Excluded = excluded.Contains(one.Id),
        };
    }
}
