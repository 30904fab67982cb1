using Noroshi.Hub.Figures;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>What a page holds, without its frame.</summary>
/// <param name="Title">Title, without markup.</param>
/// <param name="Body">The content; its first element is the <c>h1</c>.</param>
public sealed record FindingFragment(string Title, Fragment Body);

/// <summary>A finding in a list.</summary>
/// <param name="Id">Id of the exchange or campaign.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Organizations">Names of whom it concerns.</param>
/// <param name="Grade">Suspicion, or strength of the evidence, in words.</param>
/// <param name="Mails">Mails that it holds.</param>
/// <param name="Last">Day of its last mail, in words; empty when none is known.</param>
public sealed record FindingLine(string Id, string Title, string Organizations, string Grade, int Mails, string Last);

/// <summary>Where other findings stand.</summary>
/// <param name="Conversation">Address of an exchange, by id.</param>
/// <param name="Campaign">Address of a campaign, by id.</param>
public sealed record FindingPlaces(Func<string, string> Conversation, Func<string, string> Campaign);

/// <summary>The same views as the pages of <c>analyze --report</c>, one at a time, for the pages of a hub. Made for one situation.</summary>
public sealed class FindingFragments
{
    private readonly Reading _reading;
    private readonly FindingPlaces _places;
    private readonly Dictionary<string, string> _hrefs = new(StringComparer.Ordinal);

    /// <summary>Prepares what the views look up.</summary>
    public FindingFragments(Situation situation, FindingPlaces places)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(places);
        _reading = new Reading(situation);
        _places = places;
        foreach (var told in _reading.Told)
        {
            _hrefs[told.File] = places.Conversation(told.Conversation.Id);
        }

        foreach (var campaign in situation.Campaigns)
        {
            _hrefs[$"campaign-{CampaignPage.SafeId(campaign.Id)}"] = places.Campaign(campaign.Id);
        }
    }

    /// <summary>The exchanges with something to tell, the gravest first, then the newest.</summary>
    public IReadOnlyList<FindingLine> Conversations(bool ja)
    {
        var language = LanguageOf(ja);
        return
        [
            .. _reading
                .Told.OrderBy(told => Array.IndexOf(Reading.Gravest, told.Conversation.Assessment))
                .ThenByDescending(told => told.Conversation.Messages.Max(message => message.At) ?? DateTimeOffset.MinValue)
                .Select(told => new FindingLine(
                    told.Conversation.Id,
                    ConversationWords.Title(told.Number).In(language),
                    _reading.Organization(told.Conversation.Organization, language),
                    ConversationWords.GradeOf(told.Conversation.Assessment).In(language),
                    told.Conversation.Messages.Count,
                    told.Conversation.Messages.Max(message => message.At) is { } at ? Times.Day(at, language) : ""
                )),
        ];
    }

    /// <summary>The campaigns, in the situation's order.</summary>
    public IReadOnlyList<FindingLine> Campaigns(bool ja)
    {
        var language = LanguageOf(ja);
        return
        [
            .. _reading.Situation.Campaigns.Select(one => new FindingLine(
                one.Id,
                CampaignWords.Title(one.Alias).In(language),
                string.Join(ja ? "、" : ", ", one.Organizations.Select(id => _reading.Organization(id, language))),
                CampaignWords.ConfidenceOf(one.Confidence).In(language),
                one.Mails.Count,
                one.Mails.Max(key => _reading.Mail(key)?.ReceivedAt) is { } at ? Times.Day(at, language) : ""
            )),
        ];
    }

    /// <summary>An exchange (やり取りの流れ); null when the situation has none of that id.</summary>
    public FindingFragment? Conversation(string id, bool ja)
    {
        if (_reading.Situation.Conversations.FirstOrDefault(one => one.Id == id) is not { } conversation)
        {
            return null;
        }

        var page = PageOf(ja);
        var title = ConversationPage.Write(page, _reading.Find(id) ?? new ToldConversation(0, conversation));
        return new FindingFragment(title, page.Html.Done());
    }

    /// <summary>A campaign (つながりの根拠); null when the situation has none of that id.</summary>
    public FindingFragment? Campaign(string id, bool ja)
    {
        if (_reading.Situation.Campaigns.FirstOrDefault(one => one.Id == id) is not { } campaign)
        {
            return null;
        }

        var page = PageOf(ja);
        var title = CampaignPage.Write(page, campaign);
        return new FindingFragment(title, page.Html.Done());
    }

    /// <summary>A mail (メールの詳細分析); null when the situation has none of that key.</summary>
    /// <param name="key">Key of the mail.</param>
    /// <param name="forHub">Also where it stands among what others provided: never for a member.</param>
    /// <param name="ja">In Japanese.</param>
    public FindingFragment? Mail(string key, bool forHub, bool ja)
    {
        if (_reading.Mail(key) is not { } mail)
        {
            return null;
        }

        var page = PageOf(ja);
        MailView.Write(page, mail, forHub ? WhereIs(mail) : []);
        return new FindingFragment(mail.Facts.Subject, page.Html.Done());
    }

    private List<(Phrase Name, string Title, string Href)> WhereIs(ProvidedMail mail)
    {
        var places = new List<(Phrase, string, string)>();
        var exchange = _reading.ExchangeOf(mail.Key);
        if (_reading.Find(exchange) is { } told)
        {
            places.Add((MailWords.Exchange, told.Label, _places.Conversation(exchange)));
        }

        foreach (var campaign in _reading.Situation.Campaigns.Where(one => one.Mails.Contains(mail.Key, StringComparer.Ordinal)))
        {
            places.Add((PageWords.Campaign, campaign.Alias, _places.Campaign(campaign.Id)));
        }

        return places;
    }

    private static ReportLanguage LanguageOf(bool ja) => ja ? ReportLanguage.Ja : ReportLanguage.En;

    // Findings beyond those with a page of their own have an address all the same; an unknown name leads nowhere else.
    private Page PageOf(bool ja) => new(_reading, LanguageOf(ja)) { Places = name => _hrefs.GetValueOrDefault(name, "#main") };
}
