using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Campaigns.Families;

/// <summary>Draws the values of one family from a mail. One file a family; all are listed in <see cref="EvidenceFamilies.All"/>.</summary>
public interface IEvidenceSource
{
    /// <summary>The family.</summary>
    EvidenceFamily Family { get; }

    /// <summary>Values of the mail; doubles are dropped by the caller.</summary>
    IEnumerable<Feature> Of(ProvidedMail mail, MailContext context);
}

/// <summary>What a mail does not say of itself.</summary>
/// <param name="Industry">Industry group of the receiving organisation.</param>
/// <param name="OwnDomains">Domains of the receiving organisation, its affiliates and contractors.</param>
public sealed record MailContext(string? Industry, IReadOnlyList<string> OwnDomains)
{
    /// <summary>Nothing is known.</summary>
    public static MailContext Unknown { get; } = new(null, []);
}

/// <summary>All families that are drawn from one mail; time bursts come of two.</summary>
public static class EvidenceFamilies
{
    /// <summary>Values kept of one family: nobody reads more, and a mail must not fill the index.</summary>
    public const int MostPerFamily = 64;

    /// <summary>Every source.</summary>
    public static IReadOnlyList<IEvidenceSource> All { get; } =
    [
        new FileHashes(),
        new DocumentTraits(),
        new Destinations(),
        new SenderAddresses(),
        new Personas(),
        new Origins(),
        new Compositions(),
        new Texts(),
        new Targets(),
    ];

    /// <summary>All values of a mail, ordered by family and id.</summary>
    public static IReadOnlyList<Feature> Of(ProvidedMail mail, MailContext context) =>
        [
            .. All.SelectMany(source => source.Of(mail, context).Distinct().Take(MostPerFamily))
                .OrderBy(feature => feature.Family)
                .ThenBy(feature => feature.Id),
        ];
}
