using System.Net;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Sharing.Gate;

/// <summary>Where words of identity dictionaries come from: what an organisation's record says, what it gave, and what its mails show.</summary>
public static class IdentityTerms
{
    /// <summary>The words of an organisation's record.</summary>
    public static IReadOnlyList<IdentityTerm> Of(Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var terms = new List<IdentityTerm>();
        void Add(IdentityKind kind, params IEnumerable<string?> values) =>
            terms.AddRange(
                values
                    .Where(value => !string.IsNullOrWhiteSpace(value))
                    .Select(value => new IdentityTerm(organization.Id, kind, (value ?? "").Trim()))
            );

        Add(IdentityKind.NameJa, organization.NameJa);
        Add(IdentityKind.NameEn, organization.NameEn);
        Add(IdentityKind.Domain, organization.Domains);
        Add(IdentityKind.Host, organization.MailHosts);
        Add(IdentityKind.Network, organization.Networks);
        foreach (var affiliate in organization.Affiliates)
        {
            Add(IdentityKind.NameJa, affiliate.NameJa);
            Add(IdentityKind.Domain, affiliate.Domains ?? []);
        }

        foreach (var contractor in organization.Contractors)
        {
            Add(IdentityKind.Domain, contractor.Domains ?? []);
        }

        foreach (var window in organization.Windows)
        {
            Add(IdentityKind.Address, window.Address);
        }

        terms.AddRange(organization.Secrets.Where(word => !string.IsNullOrWhiteSpace(word)).Select(word => Given(organization.Id, word)));
        return terms;
    }

    /// <summary>A word that an organisation gave without saying what it is.</summary>
    public static IdentityTerm Given(string owner, string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var value = word.Trim();
        return new IdentityTerm(owner, KindOf(value), value);
    }

    /// <summary>
    /// What a provision shows of its provider: recipients at own domains, hosts and addresses of own servers in the Received chain, the ids of
    /// own mails.
    /// </summary>
    /// <param name="mail">A mail of the provision.</param>
    /// <param name="estate">Own hosts, networks and domains.</param>
    public static IReadOnlyList<IdentityTerm> Harvested(ProvidedMail mail, OwnEstate estate)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(estate);
        if (mail.Organization is not { } owner)
        {
            return [];
        }

        var facts = mail.Facts;
        var own = facts
            .To.Concat(facts.Cc)
            .Concat(facts.Bcc)
            .Concat(mail.Direction is MailDirection.Outbound or MailDirection.Internal ? Senders(facts) : [])
            .Where(mailbox => estate.Holds(mailbox.Address))
            .ToList();
        var terms = own.Select(mailbox => new IdentityTerm(owner, IdentityKind.Address, mailbox.Address)).ToList();
        terms.AddRange(
            own.Where(mailbox => mailbox.Name.Length > 0 && !mailbox.Name.Contains('@', StringComparison.Ordinal))
                .Select(mailbox => new IdentityTerm(owner, IdentityKind.Staff, mailbox.Name))
        );
        foreach (var hop in facts.Hops.Where(hop => hop.Trusted))
        {
            terms.AddRange(
                new[] { hop.By, hop.For }
                    .OfType<string>()
                    .Where(value => value.Contains('.', StringComparison.Ordinal))
                    .Select(value => new IdentityTerm(owner, KindOf(value), value))
            );
            if (hop.ByIp is { } ip)
            {
                terms.Add(new IdentityTerm(owner, IdentityKind.Network, ip));
            }
        }

        return [.. terms.Distinct()];
    }

    private static IEnumerable<MailAddress> Senders(MailFacts facts) =>
        new[] { facts.From, facts.Sender }.OfType<MailAddress>().Concat(facts.ReplyTo);

    private static IdentityKind KindOf(string value)
    {
        var digits = value.Count(char.IsAsciiDigit);
        return value.Contains('@', StringComparison.Ordinal) ? IdentityKind.Address
            : Guid.TryParse(value, out _) ? IdentityKind.Tenant
            : NetworkText.Parse(value) is not null
            && (value.Contains('.', StringComparison.Ordinal) || value.Contains(':', StringComparison.Ordinal))
                ? IdentityKind.Network
            : digits == 13 && value.Length == 13 ? IdentityKind.CorporateNumber
            : digits >= 9 && value.All(character => char.IsAsciiDigit(character) || "+-() ".Contains(character, StringComparison.Ordinal))
                ? IdentityKind.Phone
            : Uri.CheckHostName(value) == UriHostNameType.Dns && value.Contains('.', StringComparison.Ordinal) ? IdentityKind.Domain
            : IdentityKind.Word;
    }
}
