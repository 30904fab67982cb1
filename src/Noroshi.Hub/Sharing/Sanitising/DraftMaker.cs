using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Sharing.Drafts;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>Makes a draft of what the hub knows, by the rule table. The same material gives the same draft.</summary>
public sealed class DraftMaker
{
    private readonly DraftOrder _order;
    private readonly DraftMaterial _material;
    private readonly IdentityGuard _identities;
    private readonly IReadOnlyList<SanitisingRule> _rules;
    private readonly HashSet<string> _omitted;
    private readonly Dictionary<string, GivenMail> _given;
    private readonly Dictionary<string, HashSet<string>> _groupsByValue = new(StringComparer.Ordinal);
    private readonly List<FieldDiff> _diffs = [];
    private readonly Membership _membership;

    private DraftMaker(DraftOrder order, DraftMaterial material, IdentityGuard identities, IReadOnlyList<SanitisingRule> rules)
    {
        (_order, _material, _identities, _rules) = (order, material, identities, rules);
        _membership = new Membership(material.Members);
        _omitted = order.Omitted.ToHashSet(StringComparer.Ordinal);
        _given = material
            .Mails.DistinctBy(one => one.Mail.Key, StringComparer.Ordinal)
            .ToDictionary(one => one.Mail.Key, StringComparer.Ordinal);
        foreach (var mail in material.Mails.Select(one => one.Mail))
        {
            var group = GroupOf(mail.Organization);
            var values = mail
                .Facts.Indicators.Urls.Select(url => url.Value)
                .Concat(mail.AllFiles().Select(file => file.Sha256).OfType<string>());
            foreach (var value in values)
            {
                if (!_groupsByValue.TryGetValue(value, out var groups))
                {
                    _groupsByValue[value] = groups = new HashSet<string>(StringComparer.Ordinal);
                }

                groups.Add(group);
            }
        }
    }

    /// <summary>Makes the draft.</summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="material">What is known.</param>
    /// <param name="identities">Words of all members.</param>
    /// <param name="rules">The rule table; null: <see cref="SanitisingRules.All"/>. Tests leave single rules out.</param>
    public static MadeDraft Make(
        DraftOrder order,
        DraftMaterial material,
        IdentityGuard identities,
        IReadOnlyList<SanitisingRule>? rules = null
    )
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(material);
        return new DraftMaker(order, material, identities, rules ?? SanitisingRules.All).Made();
    }

    private MadeDraft Made()
    {
        var conversations = _material.Conversations.Where(one => !_omitted.Contains(one.Id)).ToList();
        var rows = conversations
            .SelectMany(one => one.Messages)
            .Where(message => message.Mail is not null)
            .DistinctBy(message => message.Mail, StringComparer.Ordinal)
            .ToDictionary(message => message.Mail ?? "", StringComparer.Ordinal);
        var mails = new List<DraftPart<DraftMail>>();
        var indicators = new List<DraftPart<DraftIndicator>>();
        foreach (var given in Told(rows))
        {
            var made = Mail(given, rows.GetValueOrDefault(given.Mail.Key));
            mails.Add(made.Part);
            indicators.AddRange(made.Indicators);
        }

        indicators.AddRange(Destinations());
        var tables = conversations.Select(Table).OfType<DraftPart<DraftConversation>>().ToList();
        var draft = new ItemDraft
        {
            Kind = _order.Kind,
            Origin = _material.Mails.Count > 0 ? ItemOrigin.Provisions : ItemOrigin.Hub,
            Audience = _order.Audience,
            Marking = _order.Marking,
            Contact = _order.Contact,
            Mails = mails,
            Conversations = tables,
            Indicators = [.. indicators.Where(one => !_omitted.Contains(one.Value.Indicator.Value))],
            Campaigns = DraftCampaigns.Of(_material, mails.Select(one => one.Value.Key).ToHashSet(StringComparer.Ordinal), ProvisionOf),
        };
        return new MadeDraft(draft with { Texts = _order.Texts ?? DraftWords.Of(draft) }, _diffs);
    }

    /// <summary>The attacker's mails, oldest first: those that the tables call so, and inbound ones outside of them.</summary>
    private IEnumerable<GivenMail> Told(Dictionary<string, ConversationMessage> rows) =>
        _given
            .Values.Where(one => !_omitted.Contains(one.Mail.Key))
            .Where(one =>
                rows.TryGetValue(one.Mail.Key, out var row)
                    ? row.Role is MessageRole.Reconnaissance or MessageRole.Attack
                    : one.Mail.Direction is MailDirection.Inbound or null
            )
            .OrderBy(one => one.Mail.ReceivedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(one => one.Mail.Key, StringComparer.Ordinal);

    private (DraftPart<DraftMail> Part, IReadOnlyList<DraftPart<DraftIndicator>> Indicators) Mail(GivenMail given, ConversationMessage? row)
    {
        var mail = given.Mail;
        var engine = new RuleEngine(_rules, [given.Provision]);
        var scene = SceneOf(mail) with { InTable = row is not null };
        var sanitiser = new MailSanitiser(engine, scene, SeenBy);
        var sanitised = sanitiser.Of(mail, _order.Excerpts.GetValueOrDefault(mail.Key, ""), origin: null);
        var answers = sanitiser.TellsAnswers(mail) ? Answered(mail) : [];
        var part = new DraftPart<DraftMail>(
            new DraftMail(mail.Key, sanitised, answers) { WholeUrls = sanitiser.WholeUrls },
            [given.Provision]
        );
        var attack = row is null || row.Role == MessageRole.Attack;
        var indicators = MailIndicators
            .Of(sanitised, attack, OriginOf(mail, engine, scene))
            .Select(one => new DraftPart<DraftIndicator>(new DraftIndicator(one, [mail.Key]), [given.Provision]))
            .Concat(attack ? SharedUrls(mail, sanitiser) : [])
            .ToList();
        _diffs.AddRange(engine.Diffs);
        return (part, indicators);
    }

    /// <summary>URLs that several groups saw whole tell nothing of one recipient; they rest on all who saw them.</summary>
    private IEnumerable<DraftPart<DraftIndicator>> SharedUrls(ProvidedMail mail, MailSanitiser sanitiser)
    {
        foreach (
            var url in mail.Facts.Indicators.Urls.Select(one => one.Value).Where(url => SeenBy(url) >= 2).Distinct(StringComparer.Ordinal)
        )
        {
            if (sanitiser.Url(url, "sharedUrl", SeenBy(url)) is { } whole)
            {
                var all = _given.Values.Where(one => one.Mail.Facts.Indicators.Urls.Any(other => other.Value == url)).ToList();
                yield return new DraftPart<DraftIndicator>(
                    new DraftIndicator(
                        new SanitisedIndicator
                        {
                            Id = Guid.Empty,
                            Kind = IndicatorKind.Url,
                            Value = whole,
                            Role = IndicatorRole.Delivery,
                        },
                        [.. all.Select(one => one.Mail.Key).Order(StringComparer.Ordinal)]
                    ),
                    [.. all.Select(one => one.Provision).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
                );
            }
        }
    }

    /// <summary>The host that handed the mail in; not that of a mail service, which says nothing about who used it.</summary>
    private static string? OriginOf(ProvidedMail mail, RuleEngine engine, SanitisingScene scene) =>
        mail.Facts is { Origin: { Certain: true, Ip: var ip }, Indicators.SenderService: MailServiceClass.None }
            ? engine.Of(SanitisedField.HopPart, "origin.ip", ip, scene)
            : null;

    private List<string> Answered(ProvidedMail mail)
    {
        var ids = mail.Facts.References.Append(mail.Facts.InReplyTo ?? "").Where(id => id.Length > 0).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. _given
                .Values.Where(one => one.Mail.Facts.MessageId is { } id && ids.Contains(id))
                .Select(one => one.Mail.Key)
                .Order(StringComparer.Ordinal),
        ];
    }

    private IEnumerable<DraftPart<DraftIndicator>> Destinations()
    {
        foreach (var given in _material.Destinations)
        {
            IReadOnlyList<string> provisions = given.Provision is { } provision ? [provision] : [];
            var engine = new RuleEngine(_rules, provisions);
            var scene = new SanitisingScene { Identities = _identities };
            var values = new[]
            {
                (IndicatorKind.Host, engine.Of(SanitisedField.Destination, "destination.host", given.Destination.Host, scene)),
                (IndicatorKind.Ip, engine.Of(SanitisedField.Destination, "destination.ip", given.Destination.Ip, scene)),
            };
            foreach (var (kind, value) in values.Where(one => one.Item2 is not null))
            {
                yield return new DraftPart<DraftIndicator>(
                    new DraftIndicator(MailIndicators.Destination(kind, value ?? "", given.Destination), given.Mails),
                    provisions
                );
            }

            _diffs.AddRange(engine.Diffs);
        }
    }

    private DraftPart<DraftConversation>? Table(Conversation conversation)
    {
        var provisions = conversation
            .Messages.Select(message => message.Mail)
            .OfType<string>()
            .Select(ProvisionOf)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        var engine = new RuleEngine(_rules, provisions);
        var made = TableSanitiser.Of(conversation, engine, new SanitisingScene { Identities = _identities }, _omitted);
        _diffs.AddRange(engine.Diffs);
        return made is null ? null : new DraftPart<DraftConversation>(made, provisions);
    }

    private SanitisingScene SceneOf(ProvidedMail mail) =>
        new()
        {
            Identities = _identities,
            Recipients = RecipientWords.Of(mail.Facts),
            Mail = mail,
            Estate = Estates.Of(_material.Members.Find(mail.Organization)),
            WithinGroup = _order.Audience.Reach == AudienceReach.OwnGroup,
        };

    private string? ProvisionOf(string key) => _given.GetValueOrDefault(key)?.Provision;

    private int SeenBy(string value) => _groupsByValue.GetValueOrDefault(value)?.Count ?? 0;

    private string GroupOf(string? organization) => organization is null ? "" : _membership.CountsAs(organization);
}
