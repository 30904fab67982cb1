using Noroshi.Hub.Conversations.Threading;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// Mails of no organisation: each thread by itself. Where the servers that took its mails in tell whose they are, directions follow;
/// else only the one who began the thread is known to be one side of it.
/// </summary>
internal static class LooseExchanges
{
    /// <summary>One exchange for each thread and outsider.</summary>
    public static IReadOnlyList<DraftExchange> Of(IReadOnlyList<ProvidedMail> mails, MailReadings readings)
    {
        var copies = Copies.Of(mails);
        var byKey = copies.ToDictionary(one => one.Mail.Key, StringComparer.Ordinal);
        var drafts = new List<DraftExchange>();
        foreach (var thread in Threads.Of([.. copies.Select(one => one.Mail)], readings))
        {
            var own = thread.Mails.Select(key => byKey[key]).ToList();
            var domains = Directions.Received(own.Select(one => one.Mail.Facts));
            if (domains.Count > 0 || own.Exists(one => one.Mail.Direction is not null))
            {
                var side = new OwnSide(null, null, new OwnEstate([], [], domains), OwnEstate.Unknown);
                drafts.AddRange(
                    OrganizationExchanges.Of([.. own.SelectMany(one => one.Others.Prepend(one.Mail))], side, [], new MailReadings())
                );
            }
            else
            {
                drafts.Add(Undirected(own, readings));
            }
        }

        return drafts;
    }

    private static DraftExchange Undirected(List<CopiedMail> thread, MailReadings readings)
    {
        var begins = AddressOf(thread[0].Mail);
        var placed = thread
            .Select(one => (Mail: one, Placed: OrganizationExchanges.Place(one, readings)))
            .Select(one => one.Placed with { Entry = one.Placed.Entry with { Undirected = AddressOf(one.Mail.Mail) != begins } })
            .ToList();
        placed.AddRange(Statements.Of(thread, placed));
        var first = thread[0].Mail;
        return new DraftExchange(
            OrganizationExchanges.IdOf(null, first.Facts.Sha256.Length > 0 ? first.Facts.Sha256 : first.Key),
            null,
            begins.Length == 0 ? [] : [begins],
            OrganizationExchanges.InOrder(placed),
            []
        );
    }

    private static string AddressOf(ProvidedMail mail) => Outsiders.Of(mail, OwnEstate.Unknown) is [var one, ..] ? one.Address : "";
}
