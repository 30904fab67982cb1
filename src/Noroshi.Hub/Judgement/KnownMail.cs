using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>A mail with its features: what a run keeps of each mail until all have been read.</summary>
/// <param name="Mail">The mail in its small form.</param>
/// <param name="Features">Features drawn from the whole mail; exchange and first contact are set when the exchanges are known.</param>
public sealed record KnownMail(ProvidedMail Mail, MailFeatures Features)
{
    /// <summary>Where the one who hands it over finds it again; means nothing to anybody else.</summary>
    public long Place { get; init; }

    /// <summary>What is kept of a mail that has just been taken apart.</summary>
    /// <param name="mail">The whole mail.</param>
    /// <param name="member">Its organisation as the members file knows it.</param>
    public static KnownMail Of(ProvidedMail mail, Organization? member) =>
        new(SlimMail.Of(mail), FeatureExtraction.Of(mail, exchange: null, firstContact: false, FeatureExtraction.ContextOf(member)));
}
