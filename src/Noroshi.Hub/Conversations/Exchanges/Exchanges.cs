using System.Globalization;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Conversations;

/// <summary>From mails to exchanges: what one persona and one organisation wrote to each other, with quotes and statements.</summary>
internal static class Exchanges
{
    /// <summary>All exchanges, by the time of their first message, then id.</summary>
    /// <param name="mails">Mails of any organisations; carriers of reported mails belong to no exchange.</param>
    /// <param name="members">The community as far as known.</param>
    /// <param name="stated">Manifest lines without a file: cases that are only told of.</param>
    public static IReadOnlyList<DraftExchange> Of(IReadOnlyList<ProvidedMail> mails, Members members, IReadOnlyList<ManifestLine> stated)
    {
        ArgumentNullException.ThrowIfNull(mails);
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(stated);
        var written = mails.Where(mail => mail.Direction != MailDirection.Provision).ToList();
        var estates = Directions.EstatesOf(written, members);
        var hub = Directions.HubOf(members);
        var drafts = new List<DraftExchange>();
        var told = stated
            .Where(line => line.File is null && line.StatedEvents.Count > 0)
            .ToLookup(line => line.Organization, StringComparer.Ordinal);
        foreach (var group in written.GroupBy(mail => mail.Organization, StringComparer.Ordinal))
        {
            if (group.Key is { } organization)
            {
                var side = new OwnSide(organization, members.Find(organization), estates[organization], hub);
                drafts.AddRange(OrganizationExchanges.Of([.. group], side, [.. told[organization]]));
            }
            else
            {
                drafts.AddRange(LooseExchanges.Of([.. group]));
            }
        }

        foreach (var lines in told.Where(lines => !estates.ContainsKey(lines.Key)))
        {
            drafts.AddRange(
                OrganizationExchanges.Of([], new OwnSide(lines.Key, members.Find(lines.Key), OwnEstate.Unknown, hub), [.. lines])
            );
        }

        return
        [
            .. Apart(
                drafts
                    .OrderBy(draft =>
                        draft.Entries.Select(entry => entry.At).FirstOrDefault(at => at is not null)?.ToUniversalTime()
                        ?? DateTimeOffset.MaxValue
                    )
                    .ThenBy(draft => draft.Id, StringComparer.Ordinal)
            ),
        ];
    }

    /// <summary>
    /// Each with an id of its own. Ids are 48 bits short, so that people can write them down; whoever chooses the bytes of two mails makes
    /// them agree within seconds.
    /// </summary>
    private static IEnumerable<DraftExchange> Apart(IEnumerable<DraftExchange> drafts)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            var id = draft.Id;
            for (var further = 2; !taken.Add(id); further++)
            {
                id = string.Create(CultureInfo.InvariantCulture, $"{draft.Id}-{further}");
            }

            yield return draft with
            {
                Id = id,
            };
        }
    }
}

/// <summary>The organisation's side of its exchanges.</summary>
/// <param name="Id">Id; null when unknown.</param>
/// <param name="Record">Its record; null when there is none.</param>
/// <param name="Estate">What it calls its own.</param>
/// <param name="Hub">Where the hub takes mail.</param>
internal sealed record OwnSide(string? Id, Organization? Record, OwnEstate Estate, OwnEstate Hub);
