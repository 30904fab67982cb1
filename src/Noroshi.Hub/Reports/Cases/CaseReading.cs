using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Reports.Findings;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Cases;

/// <summary>Reads what may be told of the cases of a list out of a situation. What rests on a case that may not be told is left out whole.</summary>
public static class CaseReading
{
    private const double NoLatency = 24 * 60;

    /// <summary>The analysis; null when the list is empty.</summary>
    /// <param name="list">Id of the list.</param>
    /// <param name="cases">Its cases.</param>
    /// <param name="situation">The situation.</param>
    /// <param name="mayBeTold">Whether all providers of the mails of an exchange gave the publication approval.</param>
    public static CaseAnalysis? Of(string list, IReadOnlyList<CaseFact> cases, Situation situation, Func<Conversation, bool> mayBeTold)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(mayBeTold);
        var listed = cases.Where(one => !one.Excluded).ToList();
        if (listed.Count == 0)
        {
            return null;
        }

        var ids = listed.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var told = situation
            .ConversationsOf(ids)
            .Where(mayBeTold)
            .DistinctBy(one => one.Id, StringComparer.Ordinal)
            .OrderBy(one => NumberOf(one))
            .ThenBy(one => one.Id, StringComparer.Ordinal)
            .ToDictionary(one => one.Id, StringComparer.Ordinal);
        var analysis = new CaseAnalysis
        {
            List = list,
            From = MonthOf(listed.Min(one => one.At)),
            To = MonthOf(listed.Max(one => one.At)),
            Listed = listed.Count,
            Cases = [.. told.Values.Select(one => Told(one, situation))],
        };
        var campaign = situation
            .Campaigns.Select(one => (Campaign: one, Told: one.Exchanges.Count(told.ContainsKey)))
            .OrderByDescending(one => one.Told)
            .ThenBy(one => one.Campaign.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        return campaign.Told < 2 ? analysis : WithCampaign(analysis, campaign.Campaign, told, situation);
    }

    private static CaseAnalysis WithCampaign(
        CaseAnalysis analysis,
        Campaign campaign,
        Dictionary<string, Conversation> told,
        Situation situation
    )
    {
        var own = campaign.Exchanges.Where(told.ContainsKey).Select(id => told[id]).ToList();
        var patterns = campaign.Patterns.Where(one => one.Exchanges.All(told.ContainsKey)).ToList();
        var heads = situation.Members.Organizations.ToDictionary(one => one.Id, one => one.Parent ?? one.Id, StringComparer.Ordinal);
        var serial = patterns.OfType<SequentialPattern>().MaxBy(one => one.Organizations);
        var organizations = own.Select(one => one.Organization).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return analysis with
        {
            OfOneAttacker = own.Count,
            Organizations = organizations.Select(id => heads.GetValueOrDefault(id, id)).Distinct(StringComparer.Ordinal).Count(),
            Parallel = patterns.OfType<ParallelPattern>().OrderByDescending(one => one.Windows).ThenBy(one => one.Minutes).FirstOrDefault()
                is { } parallel
                ? ParallelOf(parallel, told)
                : null,
            Serial = serial is null ? null : new SerialContacts(serial.Organizations, Whole(serial.Days)),
            MedianAddresses = patterns.OfType<CarefulPattern>().FirstOrDefault() is { } careful ? (decimal)careful.MedianAddresses : null,
            ReturnedAfterDays = [.. patterns.OfType<ReturningPattern>().Select(one => Whole(one.Days)).Order()],
            OnlyTogether = situation.OnlyTogether.Count(one =>
                one.Campaign == campaign.Id && one.Organizations.All(organizations.Contains)
            ),
        };
    }

    private static ParallelContacts ParallelOf(ParallelPattern pattern, Dictionary<string, Conversation> told)
    {
        var contacts = pattern
            .Exchanges.Select(id => (Label: LabelOf(told[id]), At: FirstContact(told[id])))
            .OrderBy(one => one.At ?? DateTimeOffset.MaxValue)
            .ToList();
        var first = contacts[0].At;
        return new ParallelContacts(
            pattern.Windows,
            pattern.Organizations,
            (int)Math.Ceiling(pattern.Minutes),
            [
                .. contacts
                    .Where(one => one.At is not null && first is not null)
                    .Select(one => new ContactAfter(one.Label, MinutesBetween(first, one.At))),
            ]
        );
    }

    private static ToldCase Told(Conversation one, Situation situation) =>
        new()
        {
            Id = one.Id,
            Label = LabelOf(one),
            Stage = one.Stage,
            AttackFirst = one.AttackFirst,
            Messages = [.. one.Messages.Take(ConversationPage.MostRows).Select(message => Told(message, situation))],
            FirstAttack = one.AttackFirst ? null : FirstAttackOf(one.Messages),
        };

    private static ToldMessage Told(ConversationMessage message, Situation situation)
    {
        var opens =
            message is { Role: MessageRole.Attack, Mail: { } key } && situation.Mails.GetValueOrDefault(key) is { } mail
                ? OutwardTable.Named(message, mail)
                : null;
        bool Has(Intent intent) => message.Intents.Any(found => found.Intent == intent);
        return new ToldMessage
        {
            Label = message.Label,
            Role = message.Role,
            Source = message.Source,
            Description = new Words(message.SummaryJa, message.SummaryEn),
            Minutes = message.GapSeconds is { } seconds ? Whole(seconds / 60.0) : null,
            AsksUnarchiver = message.Role == MessageRole.Reconnaissance && Has(Intent.WhichUnarchiver),
            CouldNotOpen = message.Role == MessageRole.Reply && Has(Intent.CannotOpen),
            NamesUnarchiver = message.Role == MessageRole.Reply && Has(Intent.UnarchiverAnswer),
            OpensIn = opens?.Program,
            OpensTried = opens?.Tried ?? false,
        };
    }

    /// <summary>The outsider's next mail after the first genuine reply, if it attacks; automatic replies never start a latency.</summary>
    private static ToldLatency? FirstAttackOf(IReadOnlyList<ConversationMessage> messages)
    {
        ConversationMessage? reply = null;
        foreach (var message in messages.Where(one => !one.Automatic))
        {
            if (message.Role == MessageRole.Reply)
            {
                // The outsider answers the last thing that he got.
                reply = message;
            }
            else if (message.Role == MessageRole.Attack && reply is not null)
            {
                return FlowView.Between(reply, message) is { TotalMinutes: >= 0 and <= NoLatency } gap
                    ? new ToldLatency(Whole(gap.TotalMinutes), Weaker(reply.Source, message.Source))
                    : null;
            }
            else
            {
                reply = null;
            }
        }

        return null;
    }

    private static MessageSource Weaker(MessageSource one, MessageSource other) => one > other ? one : other;

    private static DateTimeOffset? FirstContact(Conversation one) =>
        one
            .Messages.FirstOrDefault(message =>
                message is { Automatic: false, Role: MessageRole.Reconnaissance or MessageRole.Attack, At: not null }
            )
            ?.At;

    private static double MinutesBetween(DateTimeOffset? from, DateTimeOffset? to) => ((to - from) ?? TimeSpan.Zero).TotalMinutes;

    private static string LabelOf(Conversation one) => one.Messages.Count > 0 ? one.Messages[0].Label.Split('-')[0] : "";

    private static int NumberOf(Conversation one) =>
        int.TryParse(LabelOf(one).AsSpan().TrimStart('#'), System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : int.MaxValue;

    private static int Whole(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);

    private static DateOnly MonthOf(DateTimeOffset at)
    {
        var local = at.InJapan();
        return new DateOnly(local.Year, local.Month, 1);
    }
}
