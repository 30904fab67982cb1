using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>An exchange that has a page.</summary>
/// <param name="Number">Number of the case, as in its labels.</param>
/// <param name="Conversation">The exchange.</param>
internal sealed record ToldConversation(int Number, Conversation Conversation)
{
    public string Label => string.Create(CultureInfo.InvariantCulture, $"#{Number}");

    public string File => string.Create(CultureInfo.InvariantCulture, $"conversation-{Number}");
}

/// <summary>A member of a campaign: an exchange, or a mail that stands alone.</summary>
internal sealed record CampaignMember
{
    /// <summary>Id of the exchange or key of the mail.</summary>
    public required string Id { get; init; }

    /// <summary><c>#4</c>, or <c>M1</c> for a mail that stands alone.</summary>
    public required string Label { get; init; }

    /// <summary>The exchange, when it has a page.</summary>
    public ToldConversation? Told { get; init; }

    public string? Organization { get; init; }

    public string? Window { get; init; }

    public DateTimeOffset? FirstContact { get; init; }

    public IReadOnlyList<ConversationMessage> Messages { get; init; } = [];
}

/// <summary>What the pages look up in a situation.</summary>
internal sealed class Reading
{
    /// <summary>Pages of exchanges: a flood of hostile mails must not become a flood of files.</summary>
    public const int MostConversations = 1_000;

    /// <summary>Pages of campaigns.</summary>
    public const int MostCampaigns = 300;

    /// <summary>Assessments in the order in which people should look at them.</summary>
    public static readonly Assessment[] Gravest = [Assessment.Live, Assessment.High, Assessment.Medium, Assessment.Low, Assessment.None];

    private readonly Dictionary<string, ToldConversation> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _exchangeOfMail = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Organization> _organizations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Campaign> _campaigns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);

    public Reading(Situation situation)
    {
        Situation = situation;
        foreach (var organization in situation.Members.Organizations)
        {
            _organizations.TryAdd(organization.Id, organization);
        }

        Warnings = situation.Warnings.ToLookup(warning => warning.Conversation, StringComparer.Ordinal);
        Campaigns = situation
            .Campaigns.SelectMany(campaign => campaign.Exchanges.Select(exchange => (Exchange: exchange, Campaign: campaign)))
            .ToLookup(one => one.Exchange, one => one.Campaign, StringComparer.Ordinal);
        foreach (var campaign in situation.Campaigns.Take(MostCampaigns))
        {
            _campaigns.TryAdd(campaign.Id, campaign);
        }

        var telling = situation.Conversations.Where(IsTold).ToList();
        Telling = telling.Count;
        Told = Number([.. MostTelling(telling)]);
        foreach (var told in Told)
        {
            _told.TryAdd(told.Conversation.Id, told);
        }

        foreach (var conversation in situation.Conversations)
        {
            _conversations.TryAdd(conversation.Id, conversation);
            foreach (var mail in conversation.Messages.Select(message => message.Mail).OfType<string>())
            {
                _exchangeOfMail.TryAdd(mail, conversation.Id);
            }
        }
    }

    public Situation Situation { get; }

    /// <summary>Exchanges with something to tell that have a page, by number.</summary>
    public IReadOnlyList<ToldConversation> Told { get; }

    /// <summary>Exchanges with something to tell, also beyond those that have a page.</summary>
    public int Telling { get; }

    /// <summary>Warnings by exchange.</summary>
    public ILookup<string, LiveWarning> Warnings { get; }

    /// <summary>Campaigns by exchange or mail.</summary>
    public ILookup<string, Campaign> Campaigns { get; }

    /// <summary>The campaign of an id, when it has a page.</summary>
    public Campaign? Campaign(string id) => _campaigns.GetValueOrDefault(id);

    public ToldConversation? Find(string id) => _told.GetValueOrDefault(id);

    /// <summary>The exchange of a mail; the mail itself when it stands alone.</summary>
    public string ExchangeOf(string mail) => _exchangeOfMail.GetValueOrDefault(mail, mail);

    public ProvidedMail? Mail(string? key) => key is null ? null : Situation.Mails.GetValueOrDefault(key);

    /// <summary>Name of an organisation; its id when it has no name in the language.</summary>
    public string Organization(string? id, ReportLanguage language) =>
        id is null ? PageWords.UnknownOrganization.In(language)
        : _organizations.TryGetValue(id, out var known) ? (language == ReportLanguage.Ja ? known.NameJa : known.NameEn) ?? id
        : id;

    /// <summary>Name of a window.</summary>
    public string Window(string? organization, string? window, ReportLanguage language)
    {
        if (window is null)
        {
            return PageWords.UnknownWindow.In(language);
        }

        var known =
            organization is not null && _organizations.TryGetValue(organization, out var record)
                ? record.Windows.FirstOrDefault(one => one.Id == window)
                : null;
        return (language == ReportLanguage.Ja ? known?.NameJa : known?.NameEn) ?? window;
    }

    /// <summary>Name of the industry group of an organisation; null when it has none.</summary>
    public string? Group(string? organization, ReportLanguage language)
    {
        if (organization is null || !_organizations.TryGetValue(organization, out var record) || record.Group is not { } id)
        {
            return null;
        }

        var group = Situation.Members.Groups.FirstOrDefault(one => one.Id == id);
        return (language == ReportLanguage.Ja ? group?.NameJa : group?.NameEn) ?? id;
    }

    /// <summary>Members of a campaign in the order of their first contacts.</summary>
    public IReadOnlyList<CampaignMember> MembersOf(Campaign campaign)
    {
        var members = campaign
            .Exchanges.Select(MemberOf)
            .OrderBy(member => member.FirstContact ?? DateTimeOffset.MaxValue)
            .ThenBy(member => member.Id, StringComparer.Ordinal)
            .ToList();
        var alone = 0;
        return
        [
            .. members.Select(member =>
                member.Told is { } told ? member with { Label = told.Label }
                : member.Label.Length > 0 ? member
                : member with { Label = string.Create(CultureInfo.InvariantCulture, $"M{++alone}") }
            ),
        ];
    }

    private CampaignMember MemberOf(string id)
    {
        if (_conversations.TryGetValue(id, out var conversation))
        {
            return new CampaignMember
            {
                Id = id,
                Label = LabelledNumber(conversation) is { } number ? string.Create(CultureInfo.InvariantCulture, $"#{number}") : "",
                Told = Find(id),
                Organization = conversation.Organization,
                Window = conversation.Windows.Count > 0 ? conversation.Windows[0] : null,
                FirstContact = conversation.Messages.FirstOrDefault(message => message.At is not null)?.At,
                Messages = conversation.Messages,
            };
        }

        var mail = Mail(id);
        var at = mail?.ReceivedAt ?? mail?.Facts.SentAt;
        return new CampaignMember
        {
            Id = id,
            Label = "",
            Organization = mail?.Organization,
            Window = mail?.Window,
            FirstContact = at,
            Messages = mail is null
                ? []
                :
                [
                    new ConversationMessage
                    {
                        Mail = id,
                        Source = MessageSource.Mail,
                        Role = RoleAlone(mail),
                        At = at,
                        Window = mail.Window,
                    },
                ],
        };
    }

    /// <summary>A mail that stands alone has no exchange to give it a role: it attacks or it reconnoitres.</summary>
    private static MessageRole RoleAlone(ProvidedMail mail) =>
        PayloadEvidence.IsAttack(PayloadEvidence.In(mail)) ? MessageRole.Attack : MessageRole.Reconnaissance;

    /// <summary>So many as people can look through, the gravest first; their order stays.</summary>
    private static IEnumerable<Conversation> MostTelling(List<Conversation> telling) =>
        telling.Count <= MostConversations
            ? telling
            : telling
                .Index()
                .OrderBy(one => Array.IndexOf(Gravest, one.Item.Assessment))
                .ThenBy(one => one.Index)
                .Take(MostConversations)
                .OrderBy(one => one.Index)
                .Select(one => one.Item);

    private bool IsTold(Conversation conversation) =>
        conversation.Stage == ConversationStage.Attacked
        || conversation.Assessment is Assessment.Live or Assessment.Medium or Assessment.High
        || Warnings.Contains(conversation.Id)
        || Campaigns.Contains(conversation.Id);

    /// <summary>The number in the labels; where labels are missing or stand twice, the next free one.</summary>
    private static List<ToldConversation> Number(IReadOnlyList<Conversation> conversations)
    {
        var taken = new HashSet<int>();
        var numbers = new int[conversations.Count];
        for (var i = 0; i < conversations.Count; i++)
        {
            if (LabelledNumber(conversations[i]) is { } number && taken.Add(number))
            {
                numbers[i] = number;
            }
        }

        var next = 1;
        for (var i = 0; i < conversations.Count; i++)
        {
            if (numbers[i] == 0)
            {
                while (!taken.Add(next))
                {
                    next++;
                }

                numbers[i] = next;
            }
        }

        return [.. conversations.Select((conversation, i) => new ToldConversation(numbers[i], conversation)).OrderBy(told => told.Number)];
    }

    private static int? LabelledNumber(Conversation conversation)
    {
        var label = conversation.Messages.Count > 0 ? conversation.Messages[0].Label : "";
        var dash = label.IndexOf('-', StringComparison.Ordinal);
        return
            dash > 1
            && label[0] == '#'
            && int.TryParse(label.AsSpan(1, dash - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            ? number
            : null;
    }
}
