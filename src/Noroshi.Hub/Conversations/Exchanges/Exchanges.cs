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
        var lines = stated.ToLookup(line => line.Organization, StringComparer.Ordinal);
        var drafts = mails
            .GroupBy(mail => mail.Organization, StringComparer.Ordinal)
            .SelectMany(group => OfOne(group.Key, [.. group], members, group.Key is null ? [] : [.. lines[group.Key]], new MailReadings()))
            .ToList();
        var written = mails.Select(mail => mail.Organization).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var told in lines.Where(told => !written.Contains(told.Key)))
        {
            drafts.AddRange(OfOne(told.Key, [], members, [.. told], new MailReadings()));
        }

        return InOrder(drafts);
    }

    /// <summary>The exchanges of one organisation, or of the mails of none, in no order; ids may agree by ill will.</summary>
    /// <param name="organization">Id; null for mails of none.</param>
    /// <param name="mails">All its mails.</param>
    /// <param name="members">The community as far as known.</param>
    /// <param name="stated">Its manifest lines without a file.</param>
    /// <param name="readings">What was read of the mails before.</param>
    public static IReadOnlyList<DraftExchange> OfOne(
        string? organization,
        IReadOnlyList<ProvidedMail> mails,
        Members members,
        IReadOnlyList<ManifestLine> stated,
        MailReadings readings
    )
    {
        readings.Begin();
        List<ProvidedMail> written = [.. mails.Where(mail => mail.Direction != MailDirection.Provision)];
        if (organization is null)
        {
            return LooseExchanges.Of(written, readings);
        }

        var estate = Directions.EstatesOf(written, members).GetValueOrDefault(organization, OwnEstate.Unknown);
        return OrganizationExchanges.Of(
            written,
            new OwnSide(organization, members.Find(organization), estate, Directions.HubOf(members)),
            [.. stated.Where(line => line.File is null && line.StatedEvents.Count > 0)],
            readings
        );
    }

    /// <summary>Exchanges of all organisations in the order of their first messages, each with an id of its own.</summary>
    public static IReadOnlyList<DraftExchange> InOrder(IEnumerable<DraftExchange> drafts) =>
        [.. Named(drafts).Select(one => one.Id == one.Draft.Id ? one.Draft : one.Draft with { Id = one.Id })];

    /// <summary>
    /// The exchanges in that order, each with an id of its own. Ids are 48 bits short, so that people can write them down; whoever chooses
    /// the bytes of two mails makes them agree within seconds.
    /// </summary>
    public static IEnumerable<(DraftExchange Draft, string Id)> Named(IEnumerable<DraftExchange> drafts)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var draft in drafts.OrderBy(Begins).ThenBy(draft => draft.Id, StringComparer.Ordinal))
        {
            var id = draft.Id;
            for (var further = 2; !taken.Add(id); further++)
            {
                id = string.Create(CultureInfo.InvariantCulture, $"{draft.Id}-{further}");
            }

            yield return (draft, id);
        }
    }

    private static DateTimeOffset Begins(DraftExchange draft) =>
        draft.Entries.Select(entry => entry.At).FirstOrDefault(at => at is not null)?.ToUniversalTime() ?? DateTimeOffset.MaxValue;
}

/// <summary>The organisation's side of its exchanges.</summary>
/// <param name="Id">Id; null when unknown.</param>
/// <param name="Record">Its record; null when there is none.</param>
/// <param name="Estate">What it calls its own.</param>
/// <param name="Hub">Where the hub takes mail.</param>
internal sealed record OwnSide(string? Id, Organization? Record, OwnEstate Estate, OwnEstate Hub);
