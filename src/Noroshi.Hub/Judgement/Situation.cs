using System.Text.Json.Serialization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>What a set of mails shows as a whole: exchanges, campaigns, warnings, and what only the whole shows.</summary>
public sealed record Situation
{
    /// <summary>The mails by key, without what later steps do not ask for (<see cref="SlimMail"/>).</summary>
    public required IReadOnlyDictionary<string, ProvidedMail> Mails { get; init; }

    /// <summary>The mails with their features, by key; those that are not at hand are read again and not kept.</summary>
    public IEnumerable<KnownMail> KnownMails() => Mails is SituationMails own ? own.Known() : [];

    /// <summary>
    /// Where each mail stands, exchange by exchange in the order of <see cref="Conversations"/>: what a list of all mails asks for. Unlike a walk
    /// over the conversations it brings no mail back that was put aside.
    /// </summary>
    public IEnumerable<PlacedMail> Places() =>
        Conversations is NumberedCases own
            ? own.Places()
            : Conversations.SelectMany(one =>
                one.Messages.Where(message => message.Mail is not null)
                    .Select(message => new PlacedMail(message.Mail ?? "", one.Id, one.Assessment, message.Role))
            );

    /// <summary>Keys of the mails of an exchange, in order; none when there is no such exchange. Brings no mail back.</summary>
    public IReadOnlyList<string> MailsOf(string exchange) =>
        Conversations is NumberedCases own
            ? own.MailsOf(exchange)
            : [.. Conversations.FirstOrDefault(one => one.Id == exchange)?.Messages.Select(message => message.Mail).OfType<string>() ?? []];

    /// <summary>Each exchange with what it is judged to be. Brings no mail back.</summary>
    public IEnumerable<(string Id, Assessment Assessment)> Assessments() =>
        Conversations is NumberedCases own ? own.Assessments() : Conversations.Select(one => (one.Id, one.Assessment));

    /// <summary>The exchanges of some ids, in order. Brings back their mails only.</summary>
    public IEnumerable<Conversation> ConversationsOf(IReadOnlySet<string> ids) =>
        Conversations is NumberedCases own ? own.Of(ids) : Conversations.Where(one => ids.Contains(one.Id));

    /// <summary>The community as far as known.</summary>
    public required Members Members { get; init; }

    /// <summary>Exchanges, those with something to tell first in the order of their labels.</summary>
    public required IReadOnlyList<Conversation> Conversations { get; init; }

    /// <summary>Campaigns, ordered by id; their <see cref="Campaign.Exchanges"/> are ids of <see cref="Conversations"/> or keys of mails that stand alone.</summary>
    public required IReadOnlyList<Campaign> Campaigns { get; init; }

    /// <summary>Links of 8 to 12 bits, the heaviest first.</summary>
    public required IReadOnlyList<Link> Suggestions { get; init; }

    /// <summary>Warnings of an attack to come, oldest first.</summary>
    public required IReadOnlyList<LiveWarning> Warnings { get; init; }

    /// <summary>Findings that vanish when any one organisation's mails stand alone.</summary>
    public required IReadOnlyList<OnlyTogether> OnlyTogether { get; init; }

    /// <summary>Version of the background table.</summary>
    public required string RarityVersion { get; init; }
}

/// <summary>A mail in its exchange.</summary>
/// <param name="Mail">Its key.</param>
/// <param name="Exchange">Id of the exchange.</param>
/// <param name="Assessment">What the exchange is judged to be.</param>
/// <param name="Role">The mail's part in it.</param>
public readonly record struct PlacedMail(string Mail, string Exchange, Assessment Assessment, MessageRole Role);

/// <summary>Why an attack is expected although none came yet.</summary>
public enum LiveReason
{
    /// <summary>The first mail has 8 bits or more in common with a known reconnaissance or campaign.</summary>
    [JsonStringEnumMemberName("resembles-known")]
    ResemblesKnown,

    /// <summary>The first mail belongs to a parallel pattern over two windows or more.</summary>
    [JsonStringEnumMemberName("parallel")]
    Parallel,

    /// <summary>The outsider asks about the recipient's environment.</summary>
    [JsonStringEnumMemberName("environment")]
    Environment,
}

/// <summary>A warning of an attack to come (live). It lapses after 14 days.</summary>
/// <param name="Conversation">Id of the exchange.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">What was seen, with labels or values.</param>
/// <param name="Since">The mail that gave the reason.</param>
/// <param name="Until">When it lapses.</param>
/// <param name="ExpectJa">What to expect and when, Japanese.</param>
/// <param name="ExpectEn">The same in English.</param>
public sealed record LiveWarning(
    string Conversation,
    LiveReason Reason,
    string Detail,
    DateTimeOffset Since,
    DateTimeOffset Until,
    string ExpectJa,
    string ExpectEn
);

/// <summary>A finding that no single organisation could see (単一組織の情報では分からなかったこと).</summary>
/// <param name="Campaign">Id of the campaign.</param>
/// <param name="Kind"><c>campaign</c>, or the kind of the pattern.</param>
/// <param name="Organizations">Organisations whose mails together show it, ordinal.</param>
/// <param name="Ja">The finding, Japanese.</param>
/// <param name="En">The finding, English.</param>
public sealed record OnlyTogether(string Campaign, string Kind, IReadOnlyList<string> Organizations, string Ja, string En);
