using Noroshi.Exchange.Texts;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Misp;

/// <summary>Indicators as attributes of the event. Their ids are those that sightings name.</summary>
internal static class MispIndicators
{
    private const string Delivery = "Payload delivery";
    private const string Network = "Network activity";

    /// <summary>The attribute of an indicator; null when it has no value.</summary>
    public static MispAttribute? Of(SanitisedIndicator indicator, Marking marking)
    {
        if (string.IsNullOrWhiteSpace(indicator.Value))
        {
            return null;
        }

        var (type, category) = TypeOf(indicator);
        var whole = indicator.Value.Length <= MispAttribute.Longest;
        return new MispAttribute
        {
            Id = indicator.Id,
            Type = type,
            Category = category,
            Value = PlainText.Line(indicator.Value, MispAttribute.Longest),
            // Many sites feed to_ids straight into what blocks. Below PAP:GREEN that is not allowed, and nothing tells their machines so.
            ToIds = whole && MachineUse.IsPrecise(indicator) && MachineUse.MayBlock(marking),
            Comment = CommentOf(indicator, marking),
        };
    }

    private static (string Type, string Category) TypeOf(SanitisedIndicator indicator)
    {
        var isDelivery = indicator.Role == IndicatorRole.Delivery;
        return indicator.Kind switch
        {
            IndicatorKind.Sender => ("email-src", Delivery),
            IndicatorKind.Ip => isDelivery ? ("ip-src", Delivery) : ("ip-dst", Network),
            IndicatorKind.Host => ("hostname", isDelivery ? Delivery : Network),
            IndicatorKind.Url => ("url", isDelivery ? Delivery : Network),
            IndicatorKind.Sha256 => ("sha256", Delivery),
            IndicatorKind.Sha1 => ("sha1", Delivery),
            IndicatorKind.Md5 => ("md5", Delivery),
            IndicatorKind.FileName => ("filename", Delivery),
            IndicatorKind.Subject => ("email-subject", Delivery),
            IndicatorKind.MessageId => ("email-message-id", Delivery),
        };
    }

    private static string CommentOf(SanitisedIndicator indicator, Marking marking)
    {
        var role = ItemWords.Role(indicator.Role);
        var parts = new List<string> { $"{role.Ja} / {role.En}" };
        if (indicator.Mails.Count > 0)
        {
            parts.Add(string.Join(' ', indicator.Mails.Take(20)));
        }

        if (indicator.Country is { } country)
        {
            var day = indicator.CountryAsOf?.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
            parts.Add($"{country} ({string.Join(", ", new[] { day, indicator.CountrySource }.OfType<string>())})");
        }

        if (indicator.Hijacked != HijackedSite.No)
        {
            var hijacked = ItemWords.Hijacked(indicator.Hijacked);
            parts.Add($"{hijacked.Ja} / {hijacked.En}");
        }

        parts.Add($"有効期限 / expires {MarkingWords.ExpiryForMachines(marking)}");
        return PlainText.Line(string.Join("; ", parts), 1_000);
    }
}
