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
                    .. organization.Domains,
                    .. organization.Affiliates.SelectMany(one => one.Domains ?? []),
                    .. organization.Contractors.SelectMany(one => one.Domains ?? []),
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

        var fromOwn = IsOwn(mail.From?.Address, estate) || IsOwn(mail.Sender?.Address, estate);
        if (!fromOwn || mail.Origin is { Certain: true })
        {
            return MailDirection.Inbound;
        }

        var recipients = mail.To.Concat(mail.Cc).ToList();
        return recipients.Count > 0 && recipients.TrueForAll(one => IsOwn(one.Address, estate))
            ? MailDirection.Internal
            : MailDirection.Outbound;
    }

    private static bool IsOwn(string? address, OwnEstate estate)
    {
        var at = address?.LastIndexOf('@') ?? -1;
        if (address is null || at < 0)
        {
            return false;
        }

        var domain = address.AsSpan(at + 1);
        foreach (var own in estate.Domains)
        {
            if (
                domain.Equals(own, StringComparison.OrdinalIgnoreCase)
                || (
                    domain.Length > own.Length
                    && domain[^(own.Length + 1)] == '.'
                    && domain.EndsWith(own, StringComparison.OrdinalIgnoreCase)
                )
            )
            {
                return true;
            }
        }

        return false;
    }
}
