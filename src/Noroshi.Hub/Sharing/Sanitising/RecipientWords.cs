using Noroshi.Hub.Sharing.Gate;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>
/// To whom a mail went, as words that must not leave: what is known of an organisation's domains and hosts is never all, and a mail that names its
/// recipient in a Message-ID, a URL or a Received header would tell.
/// </summary>
internal static class RecipientWords
{
    private const int Most = 50;

    /// <summary>The guard over a mail's recipients; null when it tells of none.</summary>
    public static IdentityGuard? Of(MailFacts facts)
    {
        var fors = facts
            .Hops.Select(hop => hop.For?.Trim('<', '>'))
            .OfType<string>()
            .Where(one => one.Contains('@', StringComparison.Ordinal));
        var delivered = fors.Take(Most).ToHashSet(StringComparer.OrdinalIgnoreCase);
        // Attackers write to themselves and hide the recipients in Bcc: their own address says nothing of anybody.
        var senders = new[] { facts.From?.Address, facts.Sender?.Address }
            .OfType<string>()
            .Where(one => !delivered.Contains(one))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var addresses = facts
            .To.Concat(facts.Cc)
            .Concat(facts.Bcc)
            .Select(one => one.Address)
            .Take(Most)
            .Concat(delivered)
            .Where(one => one.Contains('@', StringComparison.Ordinal) && !senders.Contains(one))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        var theirs = senders.Select(DomainOf).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var domains = addresses
            .Select(DomainOf)
            .OfType<string>()
            .Where(domain => !theirs.Contains(domain))
            .Distinct(StringComparer.OrdinalIgnoreCase);
        var terms = addresses
            .Select(one => new IdentityTerm("", IdentityKind.Address, one))
            .Concat(domains.Select(one => new IdentityTerm("", IdentityKind.Word, one)))
            .ToList();
        return terms.Count == 0 ? null : new IdentityGuard(terms);
    }

    private static string? DomainOf(string address)
    {
        var host = address[(address.LastIndexOf('@') + 1)..];
        return PublicSuffix.RegistrableDomain(host) ?? (host.Contains('.', StringComparison.Ordinal) ? host : null);
    }
}
