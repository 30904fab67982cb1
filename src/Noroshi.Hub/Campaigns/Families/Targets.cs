using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>Whom a mail was meant for.</summary>
internal sealed class Targets : IEvidenceSource
{
    /// <inheritdoc/>
    public EvidenceFamily Family => EvidenceFamily.Target;

    /// <inheritdoc/>
    public IEnumerable<Feature> Of(ProvidedMail mail, MailContext context)
    {
        if (context.Industry is { } industry)
        {
            yield return new Feature(EvidenceFamily.Target, "industry", industry);
        }
    }
}
