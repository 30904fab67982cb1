using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Campaigns.Families;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy.Text;

namespace Noroshi.Hub.Campaigns;

/// <summary>Makes the features of a mail.</summary>
public static class FeatureExtraction
{
    /// <summary>Features of one mail from outside.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="exchange">Exchange it belongs to; null when it stands alone.</param>
    /// <param name="firstContact">First mail of its exchange.</param>
    /// <param name="context">What is known of the organisation.</param>
    public static MailFeatures Of(ProvidedMail mail, string? exchange, bool firstContact, MailContext context)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var written = mail.Facts.Form?.Message ?? mail.Facts.Body.Of(BlockKind.New);
        return new MailFeatures
        {
            Key = mail.Key,
            Exchange = exchange ?? mail.Key,
            UniqueId = UniqueId(mail, written),
            Organization = mail.Organization,
            Window = mail.Window,
            ReceivedAt = mail.ReceivedAt,
            FirstContact = firstContact,
            Payloads =
            [
                .. mail.AllFiles()
                    .Where(FileHashes.IsPayload)
                    .Select(file => file.Sha256)
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal)
                    .Take(EvidenceFamilies.MostPerFamily),
            ],
            Sketch = TextSketch.Of(written),
            Features = EvidenceFamilies.Of(mail, context),
        };
    }

    /// <summary>The context of a mail by the members file.</summary>
    public static MailContext ContextOf(Organization? organization) =>
        organization is null ? MailContext.Unknown : new MailContext(organization.Group, Estates.Of(organization).Domains);

    /// <summary>Same text, sender and attachments (unique mail, 1-mission): 64 bits of a SHA-256.</summary>
    private static ulong UniqueId(ProvidedMail mail, string written)
    {
        var text = new StringBuilder();
        text.Append(mail.Facts.From?.Address.ToLowerInvariant())
            .Append('\n')
            .Append(PlainText.Of(mail.Facts.Subject))
            .Append('\n')
            .Append(PlainText.Of(written));
        foreach (var file in mail.Facts.Attachments)
        {
            text.Append('\n').Append(file.Sha256);
        }

        return BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
