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
    /// domain that an outside host handed in is inbound: the sender is forged. A mail of a form, or of a list that put itself in the
    /// sender's place, is inbound too, although its From is an own address.
    /// </summary>
    public static MailDirection? DirectionOf(MailFacts mail, OwnEstate estate)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(estate);
        if (estate.Domains.Count == 0)
        {
            return null;
        }

        var recipients = mail.To.Concat(mail.Cc).Select(one => one.Address).ToList();
        var allOwn = recipients.TrueForAll(estate.Holds);
        if (allOwn && Writer.OfForm(mail, estate) is not null)
        {
            return MailDirection.Inbound;
        }

        if (!FromOwn(mail, recipients, estate))
        {
            return MailDirection.Inbound;
        }

        if (mail.Origin is { Certain: true } && !Vouched(mail, estate))
        {
            return MailDirection.Inbound;
        }

        return recipients.Count == 0 || !allOwn ? MailDirection.Outbound
            : Writer.BehindList(mail, estate) is not null ? MailDirection.Inbound
            : MailDirection.Internal;
    }

    /// <summary>
    /// Sender stands for the author only where there is no author, or where the mail leaves: a list names itself as Sender of what
    /// outsiders post.
    /// </summary>
    private static bool FromOwn(MailFacts mail, List<string> recipients, OwnEstate estate) =>
        estate.Holds(mail.From?.Address) || (estate.Holds(mail.Sender?.Address) && (mail.From is null || !recipients.Exists(estate.Holds)));

    /// <summary>An own server found the sender's own signature good: a contractor or a service sends in the organisation's name.</summary>
    private static bool Vouched(MailFacts mail, OwnEstate estate)
    {
        var own = mail.Authentication.Where(verdict =>
            verdict is { Source: "authentication-results", Method: "dkim" or "dmarc" } && estate.Holds($"@{verdict.Server}")
        );
        return own.Any(verdict => verdict.Result == "pass" && estate.Holds($"@{verdict.Identity?.Split('@')[^1]}"))
            && own.All(verdict => verdict.Result is "pass" or "none" or "neutral");
    }
}

/// <summary>The person outside who is behind a mail whose From is an own address.</summary>
internal static class Writer
{
    /// <summary>Who typed into the form of which this is the notice; null when it is none, or when the mail goes to that person.</summary>
    public static MailAddress? OfForm(MailFacts mail, OwnEstate estate) =>
        mail.Form is { PersonAddress: { Length: > 0 } address } form
        && !estate.Holds(address)
        && !mail.To.Concat(mail.Cc).Any(one => string.Equals(one.Address, address, StringComparison.OrdinalIgnoreCase))
            ? new MailAddress(form.PersonName ?? "", address)
            : null;

    /// <summary>Who wrote to a list that put its own address into From and the writer's into Reply-To; null when it is no such mail.</summary>
    public static MailAddress? BehindList(MailFacts mail, OwnEstate estate)
    {
        if (
            !estate.Holds(mail.From?.Address)
            || mail.ReplyTo.Count == 0
            || mail.ReplyTo.FirstOrDefault(one => !estate.Holds(one.Address)) is not { } writer
        )
        {
            return null;
        }

        var name = writer.Name.Length > 0 ? writer.Name : WithoutList(mail.From?.Name ?? "");
        return writer with { Name = name };
    }

    /// <summary>The name before "via the list", as list programs write it.</summary>
    private static string WithoutList(string name)
    {
        var at = name.IndexOf(" via ", StringComparison.OrdinalIgnoreCase);
        at = at < 0 ? name.IndexOf("経由", StringComparison.Ordinal) : at;
        var bare = (at < 0 ? name : name[..at]).Trim().Trim('\'', '"');
        return bare.EndsWith(" (", StringComparison.Ordinal) ? bare[..^2] : bare;
    }
}
