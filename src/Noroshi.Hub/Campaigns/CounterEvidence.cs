namespace Noroshi.Hub.Campaigns;

/// <summary>
/// What speaks against a link: both mails state a value of a kind and the values differ. Worth log2((1 - m) / (1 - u)), as in record
/// linkage; kinds in which an attacker changes at will are not asked.
/// </summary>
internal static class CounterEvidence
{
    /// <summary>Kinds with the chance that one attacker keeps the value and the chance that strangers agree.</summary>
    private static readonly (EvidenceFamily Family, string Kind, double Kept, double Agree)[] Kinds =
    [
        (EvidenceFamily.Composition, "mailer", 0.6, 0.05),
        (EvidenceFamily.Composition, "message-id", 0.5, 0.05),
        (EvidenceFamily.Composition, "time-zone", 0.7, 0.3),
        (EvidenceFamily.Origin, "network", 0.4, 0.001),
    ];

    /// <summary>Rows with negative bits; none for a family that also speaks for the link.</summary>
    public static IEnumerable<Evidence> Of(MailFeatures a, MailFeatures b, IReadOnlyCollection<Evidence> rows)
    {
        var speaking = rows.Where(row => row.Bits > 0).Select(row => row.Family).ToHashSet();
        foreach (var (family, kind, kept, agree) in Kinds)
        {
            if (speaking.Contains(family) && family == EvidenceFamily.Origin)
            {
                continue;
            }

            var ofA = ValueOf(a, family, kind);
            var ofB = ValueOf(b, family, kind);
            if (ofA is not null && ofB is not null && ofA != ofB)
            {
                var bits = Math.Round((decimal)Math.Log2((1 - kept) / (1 - agree)), 1, MidpointRounding.AwayFromZero);
                yield return new Evidence(family, $"{kind}: {ofA} / {ofB}", bits);
            }
        }
    }

    private static string? ValueOf(MailFeatures mail, EvidenceFamily family, string kind)
    {
        foreach (var feature in mail.Features)
        {
            if (feature.Family == family && feature.Kind == kind)
            {
                return feature.Value;
            }
        }

        return null;
    }
}
