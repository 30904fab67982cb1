using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;

namespace Noroshi.Hub.Intake;

/// <summary>What an organisation calls its own, and which way a mail went because of it.</summary>
public static class Estates
{
    /// <summary>Own hosts, networks and domains: affiliates and contractors belong to the organisation.</summary>
    public static OwnEstate Of(Organization? organization) =>
        organization is null
            ? OwnEstate.Unknown
            : new OwnEstate(
                organization.MailHosts,
                organization.Networks,
                [
                    .. organization
                        .Domains.Concat(organization.Affiliates.SelectMany(one => one.Domains ?? []))
                        .Concat(organization.Contractors.SelectMany(one => one.Domains ?? []))
                        .Select(domain => domain.Trim().TrimStart('.', '@').TrimEnd('.'))
                        .Where(domain => domain.Length > 0),
                ]
            );

    /// <summary>
    /// Direction of a mail: authenticated hops first, domains second. Null when nothing is known of the organisation. A mail from an own
    /// domain that an outside host handed in is inbound: the sender is forged.
    /// </summary>
    public static MailDirection? DirectionOf(MailFacts mail, OwnEstate estate)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(estate);
        if (estate.Domains.Count == 0)
        {
            return null;
        }

        var fromOwn = estate.Holds(mail.From?.Address) || estate.Holds(mail.Sender?.Address);
        if (!fromOwn || mail.Origin is { Certain: true })
        {
            return MailDirection.Inbound;
        }

        var recipients = mail.To.Concat(mail.Cc).ToList();
        return recipients.Count > 0 && recipients.TrueForAll(one => estate.Holds(one.Address))
            ? MailDirection.Internal
            : MailDirection.Outbound;
    }
}
