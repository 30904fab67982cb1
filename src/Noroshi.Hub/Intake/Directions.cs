using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Intake;

/// <summary>
/// Directions of many mails together: what an organisation calls its own is known from the members file or, where it stands in none,
/// inferred from its mails.
/// </summary>
public static class Directions
{
    /// <summary>Own domains that are inferred; more would be the addresses of others.</summary>
    private const int MostDomains = 8;

    /// <summary>The mails with their directions; those whose direction is known keep it, those that nothing is known of stay without.</summary>
    /// <param name="mails">Mails of any organisations.</param>
    /// <param name="members">The community as far as known.</param>
    public static IReadOnlyList<ProvidedMail> Apply(IReadOnlyList<ProvidedMail> mails, Members members)
    {
        ArgumentNullException.ThrowIfNull(mails);
        ArgumentNullException.ThrowIfNull(members);
        var estates = EstatesOf(mails, members);
        var hub = HubOf(members);
        return
        [
            .. mails.Select(mail =>
                mail.Organization is { } organization && estates.TryGetValue(organization, out var estate)
                    ? Settled(mail, estate, hub)
                    : mail
            ),
        ];
    }

    /// <summary>Where the hub takes mail.</summary>
    internal static OwnEstate HubOf(Members members) =>
        new(
            [],
            [],
            [.. (members.Hub?.MailHosts ?? []).Select(Head).Where(domain => domain.Contains('.')).Distinct(StringComparer.Ordinal)]
        );

    /// <summary>
    /// The mail with its direction. What only goes to the hub never left the community: it passes on what somebody wrote, and is no answer
    /// to anybody.
    /// </summary>
    internal static ProvidedMail Settled(ProvidedMail mail, OwnEstate estate, OwnEstate hub)
    {
        var direction = mail.Direction ?? Of(mail, estate);
        var facts = mail.Facts;
        var toHub =
            direction == MailDirection.Outbound
            && hub.Domains.Count > 0
            && mail.Stated?.Direction is null
            && facts.To.Concat(facts.Cc).Any(one => hub.Holds(one.Address))
            && facts.To.Concat(facts.Cc).All(one => hub.Holds(one.Address) || estate.Holds(one.Address));
        direction = toHub ? MailDirection.Internal : direction;
        return direction == mail.Direction ? mail : mail with { Direction = direction };
    }

    /// <summary>What each organisation among the mails calls its own, by id.</summary>
    public static IReadOnlyDictionary<string, OwnEstate> EstatesOf(IReadOnlyList<ProvidedMail> mails, Members members)
    {
        ArgumentNullException.ThrowIfNull(mails);
        ArgumentNullException.ThrowIfNull(members);
        return mails
            .Where(mail => mail.Organization is not null)
            .GroupBy(mail => mail.Organization ?? "", StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => Estates.Of(members.Find(group.Key)) is { Domains.Count: > 0 } known ? known : Infer([.. group]),
                StringComparer.Ordinal
            );
    }

    /// <summary>Direction of one mail. For an inferred estate the newest outside hop that an own host wrote is taken as certain.</summary>
    public static MailDirection? Of(ProvidedMail mail, OwnEstate estate)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(estate);
        if (mail.Direction == MailDirection.Provision || mail.Stated?.Direction is not null)
        {
            return mail.Stated?.Direction ?? mail.Direction;
        }

        return Estates.DirectionOf(Certain(mail.Facts, estate), estate);
    }

    /// <summary>
    /// Own domains of an organisation of which nothing is known but its mails. Never a free-mail domain. Empty when the mails do not tell.
    /// </summary>
    public static OwnEstate Infer(IReadOnlyList<ProvidedMail> mails)
    {
        ArgumentNullException.ThrowIfNull(mails);
        var received = mails.Where(mail => mail.Direction is null or MailDirection.Inbound).Select(mail => mail.Facts).ToList();
        var strong = Received(received);
        if (strong.Count > 0)
        {
            return new OwnEstate([], [], strong);
        }

        var addressed = Addressed(received);
        return addressed is null ? FirstContact(mails) : new OwnEstate([], [], [addressed]);
    }

    /// <summary>Domains whose own host took a mail in that is addressed to them.</summary>
    internal static IReadOnlyList<string> Received(IEnumerable<MailFacts> mails)
    {
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var mail in mails)
        {
            if (mail.Hops.FirstOrDefault(hop => hop.By is not null)?.By is not { } host || mail.Origin is null)
            {
                continue;
            }

            var head = Head(host);
            foreach (var domain in Recipients(mail).Where(domain => Head(domain) == head).Distinct(StringComparer.Ordinal))
            {
                votes[domain] = votes.GetValueOrDefault(domain) + 1;
            }
        }

        var most = votes.Values.DefaultIfEmpty().Max();
        return
        [
            .. votes
                .Where(one => one.Value * 10 >= most)
                .OrderByDescending(one => one.Value)
                .ThenBy(one => one.Key, StringComparer.Ordinal)
                .Take(MostDomains)
                .Select(one => one.Key),
        ];
    }

    /// <summary>The domain to which most mails that came from outside are addressed; null when none leads.</summary>
    private static string? Addressed(List<MailFacts> mails)
    {
        var outside = mails.Where(mail => mail.Origin is not null).ToList();
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var domain in outside.SelectMany(mail => Recipients(mail).Distinct(StringComparer.Ordinal)))
        {
            votes[domain] = votes.GetValueOrDefault(domain) + 1;
        }

        return Leading(votes, outside.Count);
    }

    /// <summary>
    /// No mail tells by its hops. Windows hand in what came to them: the domain that the first mails are addressed to and that
    /// takes part in nearly all of them.
    /// </summary>
    private static OwnEstate FirstContact(IReadOnlyList<ProvidedMail> mails)
    {
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var mail in mails)
        {
            var facts = mail.Facts;
            foreach (
                var domain in Recipients(facts).Append(DomainOf(facts.From?.Address)).OfType<string>().Distinct(StringComparer.Ordinal)
            )
            {
                votes[domain] = votes.GetValueOrDefault(domain) + 1;
            }
        }

        var first = mails
            .OrderBy(mail => mail.ReceivedAt ?? mail.Facts.SentAt ?? DateTimeOffset.MaxValue)
            .ThenBy(mail => mail.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        var domains = first is null ? [] : Recipients(first.Facts).Distinct(StringComparer.Ordinal).ToList();
        var own = domains.Find(domain => votes[domain] * 5 >= mails.Count * 4 && domain != DomainOf(first?.Facts.From?.Address));
        return own is null || Free(own) ? OwnEstate.Unknown : new OwnEstate([], [], [own]);
    }

    private static string? Leading(Dictionary<string, int> votes, int of) =>
        votes
            .Where(one => one.Value * 2 > of)
            .OrderByDescending(one => one.Value)
            .ThenBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => one.Key)
            .FirstOrDefault();

    private static IEnumerable<string> Recipients(MailFacts mail) =>
        mail
            .To.Concat(mail.Cc)
            .Take(20)
            .Select(one => DomainOf(one.Address))
            .Append(DomainOf(mail.Hops.Select(hop => hop.For).FirstOrDefault(recipient => recipient is not null)))
            .OfType<string>()
            .Where(domain => domain.Contains('.') && !Free(domain));

    private static bool Free(string domain) => FreeMail.Classify(domain) != MailServiceClass.None;

    /// <summary>Domain of an address, lower case.</summary>
    internal static string? DomainOf(string? address)
    {
        var at = address?.LastIndexOf('@') ?? -1;
        var domain = address is null || at < 0 ? "" : address[(at + 1)..].Trim('>', ' ', '.').ToLowerInvariant();
        return domain.Length == 0 ? null : domain;
    }

    /// <summary>The registrable part; of a name under a suffix that no list knows, the last two labels.</summary>
    private static string Head(string host)
    {
        var bare = host.TrimEnd('.').ToLowerInvariant();
        if (PublicSuffix.RegistrableDomain(bare) is { } registrable)
        {
            return registrable;
        }

        var last = bare.LastIndexOf('.');
        var before = last > 0 ? bare.LastIndexOf('.', last - 1) : -1;
        return bare[(before + 1)..];
    }

    private static MailFacts Certain(MailFacts mail, OwnEstate estate)
    {
        if (mail.Origin is not { Certain: false } origin || origin.HopIndex >= mail.Hops.Count)
        {
            return mail;
        }

        var hop = mail.Hops[origin.HopIndex];
        var ownWrote = hop.By is { } by && estate.Holds($"@{by.TrimEnd('.')}");
        var ownPeer = hop is { From: { } peer, FromUnconfirmed: false } && estate.Holds($"@{peer.TrimEnd('.')}");

        // A greeting proves nothing, but nobody outside sends through the own server to others outside.
        var relayed =
            estate.Holds($"@{hop.Helo?.TrimEnd('.')}")
            && !mail.To.Concat(mail.Cc).Any(one => estate.Holds(one.Address))
            && !estate.Holds(hop.For);
        return ownWrote && !ownPeer && !relayed ? mail with { Origin = origin with { Certain = true } } : mail;
    }
}
