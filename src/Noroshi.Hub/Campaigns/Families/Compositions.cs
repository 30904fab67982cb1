using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>How a mail was put together: the habits of a program and of whoever drives it.</summary>
internal sealed class Compositions : IEvidenceSource
{
    /// <inheritdoc/>
    public EvidenceFamily Family => EvidenceFamily.Composition;

    /// <inheritdoc/>
    public IEnumerable<Feature> Of(ProvidedMail mail, MailContext context)
    {
        if (mail.Facts.Composition is not { } composition || mail.Facts.Form is not null)
        {
            yield break;
        }

        var encoding = string.Join(' ', composition.TextEncodings.Distinct(StringComparer.Ordinal));
        (string Kind, string? Value)[] values =
        [
            ("header-order", composition.HeaderOrder),
            ("message-id", composition.MessageIdShape),
            ("boundary", composition.BoundaryShape),
            ("mailer", composition.Mailer),
            ("encoding", encoding),
            ("time-zone", composition.TimeZone),
            ("mime-tree", composition.MimeTree),
            ("date-form", composition.DateShape),
        ];
        foreach (var (kind, value) in values)
        {
            if (!string.IsNullOrEmpty(value))
            {
                yield return new Feature(EvidenceFamily.Composition, kind, value);
            }
        }

        // Taken together the habits say more than each: the boundary is left out, since only some mails have one.
        if (composition.HeaderOrder.Length > 0 && composition.MessageIdShape is { } id)
        {
            yield return new Feature(
                EvidenceFamily.Composition,
                "assembly",
                string.Join(" | ", composition.HeaderOrder, id, composition.Mailer ?? "-", encoding, composition.TimeZone ?? "-")
            );
        }
    }
}
