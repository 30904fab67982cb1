using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>The whole address a mail comes from; of a web form, the address of the person.</summary>
internal sealed class SenderAddresses : IEvidenceSource
{
    /// <inheritdoc/>
    public EvidenceFamily Family => EvidenceFamily.SenderAddress;

    /// <inheritdoc/>
    public IEnumerable<Feature> Of(ProvidedMail mail, MailContext context)
    {
        var facts = mail.Facts;
        var address = facts.Form is { } form ? form.PersonAddress : (facts.From ?? facts.Sender)?.Address;
        if (address is { Length: > 3 } && !SenderNames.IsOwn(address, context))
        {
            yield return new Feature(EvidenceFamily.SenderAddress, "address", address.ToLowerInvariant());
        }

        // A Sender beside a From is mostly a machine that passes mail on for everybody; of a webmail service it is the account behind.
        if (facts is { Form: null, From: not null, Sender.Address: { Length: > 3 } account } && IsWebmail(account))
        {
            yield return new Feature(EvidenceFamily.SenderAddress, "address", account.ToLowerInvariant());
        }
    }

    private static bool IsWebmail(string address) =>
        FreeMail.Classify(address[(address.LastIndexOf('@') + 1)..]) == MailServiceClass.Webmail;
}

/// <summary>What names and addresses have in common.</summary>
internal static class SenderNames
{
    /// <summary>Whether an address lies in a domain of the receiving organisation: a forged one says nothing of its forger.</summary>
    public static bool IsOwn(string address, MailContext context)
    {
        var domain = address.AsSpan(address.LastIndexOf('@') + 1);
        foreach (var own in context.OwnDomains)
        {
            if (
                domain.Equals(own, StringComparison.OrdinalIgnoreCase)
                || (domain.EndsWith(own, StringComparison.OrdinalIgnoreCase) && domain[..^own.Length].EndsWith("."))
            )
            {
                return true;
            }
        }

        return false;
    }
}
