using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>Who the sender says he is. Senders move from service to service and keep the part before the @.</summary>
internal sealed class Personas : IEvidenceSource
{
    private const int ShortestLocalPart = 5;

    /// <inheritdoc/>
    public EvidenceFamily Family => EvidenceFamily.Persona;

    /// <inheritdoc/>
    public IEnumerable<Feature> Of(ProvidedMail mail, MailContext context)
    {
        var facts = mail.Facts;
        foreach (var reply in facts.ReplyTo)
        {
            if (!SenderNames.IsOwn(reply.Address, context))
            {
                yield return new Feature(EvidenceFamily.Persona, "reply-to", reply.Address.ToLowerInvariant());
            }
        }

        var (name, address) = facts.Form is { } form ? (form.PersonName, form.PersonAddress) : (facts.From?.Name, facts.From?.Address);
        if (name?.Trim() is { Length: > 1 } display && display != address)
        {
            yield return new Feature(EvidenceFamily.Persona, "display-name", display);
        }

        var at = address?.LastIndexOf('@') ?? -1;
        if (
            address is not null
            && at >= ShortestLocalPart
            && !SenderNames.IsOwn(address, context)
            && FreeMail.Classify(address[(at + 1)..]) != MailServiceClass.None
        )
        {
            yield return new Feature(EvidenceFamily.Persona, "local-part", address[..at].ToLowerInvariant());
        }
    }
}
