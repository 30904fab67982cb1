using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>Which mails of an organisation campaigns are made of: those that outsiders sent, with the exchange they belong to.</summary>
internal static class OutsiderMails
{
    /// <summary>
    /// Exchange of each mail from outside, and whether it is the first of it; one that belongs to none stands alone under its own key. Mails
    /// of the organisation itself and of machines are none.
    /// </summary>
    public static IEnumerable<(KnownMail Mail, string Exchange, bool First)> In(
        IEnumerable<KnownMail> mails,
        IReadOnlyList<ExchangeCard> cards
    )
    {
        var places = new Dictionary<string, (string Exchange, bool First)>(StringComparer.Ordinal);
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var card in cards)
        {
            var first = true;
            foreach (var entry in card.Draft.Entries)
            {
                if (entry.Mail is not { } mail)
                {
                    continue;
                }

                if (entry.Direction == MailDirection.Inbound && !entry.Automatic)
                {
                    places.TryAdd(mail.Key, (card.Id, first));
                    first = false;
                }
                else
                {
                    others.Add(mail.Key);
                }
            }
        }

        foreach (var known in mails)
        {
            var mail = known.Mail;
            var placed = places.TryGetValue(mail.Key, out var place);
            if (mail.Direction is null or MailDirection.Inbound && !others.Contains(mail.Key) && (mail.Facts.Automatic is null || placed))
            {
                yield return placed ? (known, place.Exchange, place.First) : (known, mail.Key, true);
            }
        }
    }

    /// <summary>Features with the exchange they belong to.</summary>
    public static MailFeatures Placed(MailFeatures features, string exchange, bool first) =>
        features with
        {
            Exchange = exchange,
            FirstContact = first,
        };
}
