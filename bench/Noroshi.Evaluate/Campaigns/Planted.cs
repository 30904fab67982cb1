using System.Globalization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Campaigns.Families;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.Makers.Attackers;

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
internal sealed record Planted(Origin Origin, string Name, MailFeatures Features, string Sender, string Subject)
{
    /// <summary>Half of an authored mail; null for a public one.</summary>
    public EvaluationHalf? Half { get; init; }

    /// <summary>Genuine, or nobody knows: no attacker may be merged with it.</summary>
    public bool Stranger => Origin != Origin.Attacker;
}

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

    /// <summary>An authored mail as an intake would see it.</summary>
    public static Planted Of(AuthoredMail mail, string key)
    {
        var stated = mail.Destination is null
            ? null
            : new ManifestLine { Organization = mail.Organization, Destinations = [new Destination(mail.Destination)] };
        var provided = new ProvidedMail
        {
            Key = key,
            File = key,
            Channel = "mail",
            Organization = mail.Organization,
            Window = "info",
            ReceivedAt = mail.ReceivedAt,
            TimeSource = "received",
            Stated = stated,
            Facts = Dissector.Mail(mail.Bytes),
        };
        var planted = Of(provided, mail.Genuine ? Origin.Decoy : Origin.Attacker, mail.Truth);
        return planted with { Half = mail.Half, Features = planted.Features with { FirstContact = mail.FirstContact } };
    }

    /// <summary>The features of a mail; its exchange is its sender with its organisation.</summary>
    public static Planted Of(ProvidedMail mail, Origin origin, string name)
    {
        var sender = mail.Facts.From?.Address.ToLowerInvariant() ?? mail.Key;
        var features = FeatureExtraction.Of(mail, $"{mail.Organization} {sender}", firstContact: false, MailContext.Unknown);
        return new Planted(origin, name, features, sender, mail.Facts.Subject);
    }
}
