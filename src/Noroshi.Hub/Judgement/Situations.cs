using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>
/// Works out the situation: exchanges, campaigns over them, what the campaigns say of the exchanges, warnings, and what only the whole
/// shows. A function of the mails and the members; the order in which mails come does not matter.
/// </summary>
public static class Situations
{
    /// <summary>The situation of a set of mails.</summary>
    /// <param name="mails">Mails with their features.</param>
    /// <param name="members">The community as far as known.</param>
    /// <param name="stated">Manifest lines without a file: what was told by telephone.</param>
    public static Situation Of(IReadOnlyList<KnownMail> mails, Members members, IReadOnlyList<ManifestLine> stated)
    {
        ArgumentNullException.ThrowIfNull(mails);
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(stated);
        var ordered = mails.OrderBy(one => one.Mail.Key, StringComparer.Ordinal).ToList();
        var drafts = Exchanges.Of([.. ordered.Select(one => one.Mail)], members, stated);
        var outsiders = OutsiderMails.Of(ordered, drafts);
        var found = CampaignFinder.Find(outsiders, drafts, members);
        var linked = found.Campaigns.SelectMany(campaign => campaign.Exchanges).ToHashSet(StringComparer.Ordinal);
        var warnings = new LiveReasons(found, drafts, new AsOf(ordered)).All();
        var conversations = Cases.Number(drafts, found, linked, warnings);
        return new Situation
        {
            Mails = ordered.ToDictionary(one => one.Mail.Key, one => one.Mail, StringComparer.Ordinal),
            Members = members,
            Conversations = conversations,
            Campaigns = found.Campaigns,
            Suggestions = found.Suggestions,
            Warnings = [.. warnings.Values.OrderBy(one => one.Since).ThenBy(one => one.Conversation, StringComparer.Ordinal)],
            OnlyTogether = Together.Of(found, outsiders, drafts, members),
            RarityVersion = BackgroundRarity.Shipped.Version,
        };
    }
}

/// <summary>
/// The moment as of which warnings hold: the newest reception, since the rules know no clock. A Date header is the sender's word and does
/// not count. What one organisation says of the time must not silence the warnings of another: of the others' newest mails the second
/// newest counts, so that one wrong clock moves nobody's.
/// </summary>
internal sealed class AsOf
{
    private readonly Dictionary<string, DateTimeOffset> _newest;
    private readonly DateTimeOffset? _secondNewest;

    public AsOf(IEnumerable<KnownMail> mails)
    {
        _newest = mails
            .Where(one => one.Mail is { TimeSource: "received" or "manifest", ReceivedAt: not null })
            .GroupBy(one => one.Mail.Organization ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(one => one.Mail.ReceivedAt ?? default), StringComparer.Ordinal);
        _secondNewest = _newest.Count < 2 ? null : _newest.Values.OrderDescending().ElementAt(1);
    }

    /// <summary>The moment for an organisation; null when nobody's time is known.</summary>
    public DateTimeOffset? For(string? organization) =>
        !_newest.TryGetValue(organization ?? "", out var own) ? _secondNewest
        : _secondNewest > own ? _secondNewest
        : own;
}

/// <summary>Features of the mails that outsiders sent, with the exchange they belong to: what campaigns are made of.</summary>
internal static class OutsiderMails
{
    /// <summary>One for each mail from outside, ordered by key; mails of the organisations themselves and of machines are none.</summary>
    public static IReadOnlyList<MailFeatures> Of(IReadOnlyList<KnownMail> mails, IReadOnlyList<DraftExchange> drafts)
    {
        var places = new Dictionary<string, (string Exchange, bool First)>(StringComparer.Ordinal);
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            var first = true;
            foreach (var entry in draft.Entries)
            {
                if (entry.Mail is not { } mail)
                {
                    continue;
                }

                if (entry.Direction == MailDirection.Inbound && !entry.Automatic)
                {
                    places.TryAdd(mail.Key, (draft.Id, first));
                    first = false;
                }
                else
                {
                    others.Add(mail.Key);
                }
            }
        }

        return
        [
            .. mails
                .Where(one => one.Mail.Direction is null or MailDirection.Inbound && !others.Contains(one.Mail.Key))
                .Where(one => one.Mail.Facts.Automatic is null || places.ContainsKey(one.Mail.Key))
                .Select(one =>
                    places.TryGetValue(one.Mail.Key, out var place)
                        ? one.Features with
                        {
                            Exchange = place.Exchange,
                            FirstContact = place.First,
                        }
                        : one.Features with
                        {
                            Exchange = one.Mail.Key,
                            FirstContact = true,
                        }
                ),
        ];
    }
}
