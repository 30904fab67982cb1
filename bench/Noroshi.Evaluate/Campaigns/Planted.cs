using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Campaigns.Families;
using Noroshi.Hub.Intake;

namespace Noroshi.Evaluate.Campaigns;

/// <summary>Who really sent a mail.</summary>
internal enum Origin
{
    /// <summary>A public mail.</summary>
    Noise,

    /// <summary>A genuine mail made to look like an attacker's.</summary>
    Decoy,

    /// <summary>An attacker's.</summary>
    Attacker,
}

/// <summary>A mail with the truth about it.</summary>
/// <param name="Origin">What it is.</param>
/// <param name="Name">Attacker or kind of look-alike; the folder of a public mail.</param>
/// <param name="Features">What the campaigns see.</param>
/// <param name="Sender">Address of the sender, lower case.</param>
/// <param name="Subject">Subject.</param>
internal sealed record Planted(Origin Origin, string Name, MailFeatures Features, string Sender, string Subject);

/// <summary>Public mails as an intake of several organisations.</summary>
internal static class Noise
{
    /// <summary>Organisations that the public mails are dealt to.</summary>
    private const int Organizations = 40;

    /// <summary>All public mails, each given to an organisation by a number drawn from its key; an exchange is one sender with one organisation.</summary>
    public static IReadOnlyList<Planted> Of(string folder) =>
        [
            .. PublicMails
                .Of(folder, "")
                .Select(mail =>
                {
                    var organization = string.Create(
                        CultureInfo.InvariantCulture,
                        $"noise-{new Feature(EvidenceFamily.Prior, "mail", mail.Key).Id % Organizations}"
                    );
                    return Of(mail with { Organization = organization }, Origin.Noise, mail.Key[..mail.Key.IndexOf('/')]);
                }),
        ];

    /// <summary>The features of a mail; its exchange is its sender with its organisation.</summary>
    public static Planted Of(ProvidedMail mail, Origin origin, string name)
    {
        var sender = mail.Facts.From?.Address.ToLowerInvariant() ?? mail.Key;
        var features = FeatureExtraction.Of(mail, $"{mail.Organization} {sender}", firstContact: false, MailContext.Unknown);
        return new Planted(origin, name, features, sender, mail.Facts.Subject);
    }
}
