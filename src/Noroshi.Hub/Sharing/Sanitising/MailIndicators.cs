using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>What machines look for, drawn from what is told of a mail: never from anything that is not told.</summary>
internal static class MailIndicators
{
    /// <summary>Types of files that carry harm no more often than not: pictures and the text of the mail itself.</summary>
    private static readonly string[] Harmless = ["image", "html", "mail", "other"];

    /// <summary>Indicators of a mail.</summary>
    /// <param name="mail">What is told.</param>
    /// <param name="attack">Whether it carries the attack: a harmless inquiry is known by its sender only.</param>
    /// <param name="origin">Address that handed the mail to the member's border; null when it is not told.</param>
    public static IEnumerable<SanitisedIndicator> Of(SanitisedMail mail, bool attack, string? origin)
    {
        foreach (var address in new[] { mail.From?.Address, mail.ReplyTo?.Address }.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            yield return One(IndicatorKind.Sender, address, IndicatorRole.Delivery);
        }

        foreach (
            var ip in new[] { mail.ClientIp, mail.SendingService is null ? origin : null }.OfType<string>().Distinct(StringComparer.Ordinal)
        )
        {
            // The hosts of a large mail service say nothing about who used it.
            yield return One(IndicatorKind.Ip, ip, IndicatorRole.Delivery);
        }

        if (mail.MessageId is { } id)
        {
            yield return One(IndicatorKind.MessageId, id, IndicatorRole.Delivery);
        }

        if (!attack)
        {
            yield break;
        }

        if (mail.Subject.Length > 0)
        {
            yield return One(IndicatorKind.Subject, mail.Subject, IndicatorRole.Delivery);
        }

        foreach (var url in mail.Urls)
        {
            yield return One(IndicatorKind.Url, url, IndicatorRole.Delivery);
        }

        foreach (var file in mail.Files)
        {
            if (file.Name.Length > 0)
            {
                yield return One(IndicatorKind.FileName, file.Name, IndicatorRole.Delivery);
            }

            foreach (var one in Samples(file))
            {
                yield return one;
            }
        }
    }

    /// <summary>A malicious destination.</summary>
    public static SanitisedIndicator Destination(IndicatorKind kind, string value, Destination destination) =>
        One(kind, value, IndicatorRole.Destination) with
        {
            Country = destination.Country,
            CountryAsOf = destination.CountryAsOf,
            CountrySource = destination.CountrySource,
            Hijacked = destination.Hijacked switch
            {
                "suspected" => HijackedSite.Suspected,
                "confirmed" => HijackedSite.Confirmed,
                _ => HijackedSite.No,
            },
        };

    private static IEnumerable<SanitisedIndicator> Samples(SanitisedFile file)
    {
        if (!Harmless.Contains(file.Type, StringComparer.Ordinal))
        {
            if (file.Sha256 is { } sha256)
            {
                yield return One(IndicatorKind.Sha256, sha256, IndicatorRole.Sample);
            }

            if (file.Sha1 is { } sha1)
            {
                yield return One(IndicatorKind.Sha1, sha1, IndicatorRole.Sample);
            }

            if (file.Md5 is { } md5)
            {
                yield return One(IndicatorKind.Md5, md5, IndicatorRole.Sample);
            }
        }

        foreach (var one in file.Children.SelectMany(Samples))
        {
            yield return one;
        }
    }

    private static SanitisedIndicator One(IndicatorKind kind, string value, IndicatorRole role) =>
        new()
        {
            Id = Guid.Empty,
            Kind = kind,
            Value = value,
            Role = role,
        };
}
