using System.Globalization;
using Noroshi.Hub;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>Indicators, the campaign that they point to, and how all of it hangs together.</summary>
internal static class StixIndicators
{
    /// <summary>Confidence in the "None / Low / Med / High" scale of STIX 2.1, appendix A: Med.</summary>
    public const int Probable = 50;

    /// <summary>The same: High.</summary>
    public const int Strong = 85;

    /// <summary>Adds the campaign; null when there is none, or the item is withdrawn: other items may still name it.</summary>
    public static string? AddCampaign(StixPage page)
    {
        if (page.Item.Campaign is not { } campaign || page.Item.Retracted)
        {
            return null;
        }

        var (ja, en) = Said(campaign);
        var id = page.AddShared(
            StixIds.Own("campaign", campaign.Id),
            json =>
            {
                json.WriteNumber("confidence", campaign.Strong ? Strong : Probable);
                json.WriteString("lang", "ja");
                json.WriteString("name", campaign.Alias);
                json.WriteString("description", ja);
                if (campaign.FirstMonth is { } first)
                {
                    json.Time("first_seen", Month(first));
                    if (campaign.LastMonth is { Year: < 9_999 } last && last >= first)
                    {
                        json.Time("last_seen", Month(last.AddMonths(1)) - TimeSpan.FromMilliseconds(1));
                    }
                }
            }
        );
        page.AddShared(
            StixIds.Of("language-content", campaign.Id, "campaign"),
            json =>
            {
                json.WriteString("object_ref", id);
                json.Time("object_modified", page.Modified);
                json.WriteStartObject("contents");
                json.WriteStartObject("en");
                json.WriteString("description", en);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        );
        return id;
    }

    /// <summary>Adds the indicators with what they rest on and point to.</summary>
    /// <returns>All ids.</returns>
    public static IReadOnlyList<string> Add(StixPage page, string? campaign, IReadOnlyDictionary<string, string> observed)
    {
        var all = new List<string>();
        var known = new HashSet<Guid>();
        // In a preview no ids are drawn yet: places stand in for them, so that it shows everything.
        var indicators = page.Item.Indicators.Select(
            (one, i) =>
                one.Id != Guid.Empty
                    ? one
                    : one with
                    {
                        Id = StixIds.Shaped(page.Item.Id, "indicator", i.ToString(CultureInfo.InvariantCulture)),
                    }
        );
        foreach (var indicator in indicators.Where(one => known.Add(one.Id)))
        {
            var id = Indicator(page, indicator);
            all.Add(id);
            if (campaign is not null)
            {
                all.Add(Relation(page, "indicates", id, campaign));
            }

            all.AddRange(
                indicator
                    .Mails.Distinct(StringComparer.Ordinal)
                    .Where(observed.ContainsKey)
                    .Select(mail => Relation(page, "based-on", id, observed[mail]))
            );
        }

        return all;
    }

    private static string Indicator(StixPage page, SanitisedIndicator indicator)
    {
        var (kind, role) = (StixWords.Kind(indicator.Kind), Told(indicator));
        var valid = page.Created;
        var id = page.AddOwn(
            "indicator",
            indicator.Id,
            json =>
            {
                json.WriteString("lang", "ja");
                json.WriteString("name", kind.Ja);
                json.WriteString("description", role.Ja);
                json.Texts(
                    "indicator_types",
                    indicator.Hijacked == HijackedSite.No ? ["malicious-activity"] : ["malicious-activity", "compromised"]
                );
                json.WriteString("pattern", StixPatterns.Of(indicator));
                json.WriteString("pattern_type", "stix");
                json.WriteString("pattern_version", StixObject.SpecVersion);
                json.Time("valid_from", valid);
                if (page.Item.Marking.ExpiresAt - valid >= TimeSpan.FromMilliseconds(1))
                {
                    json.Time("valid_until", page.Item.Marking.ExpiresAt);
                }
            }
        );
        page.English(id, lasting: false, ("name", kind.En), ("description", role.En));
        return id;
    }

    private static Words Told(SanitisedIndicator indicator)
    {
        var (ja, en) = StixWords.Role(indicator.Role);
        var (abusedJa, abusedEn) = StixWords.Said(indicator.Hijacked);
        var country = indicator.Country;
        var day = indicator.CountryAsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var whereJa = country is null ? "" : $"国: {country}({day ?? "時点不明"}時点、出典: {indicator.CountrySource ?? "不明"})。";
        var whereEn = country is null
            ? ""
            : $" Country: {country} (as of {day ?? "unknown"}, source: {indicator.CountrySource ?? "unknown"}).";
        return new Words($"{ja}。{whereJa}{abusedJa}", $"{en}.{whereEn}{(abusedEn.Length == 0 ? "" : " " + abusedEn)}");
    }

    private static string Relation(StixPage page, string type, string source, string target) =>
        page.Add(
            "relationship",
            $"{type} {source} {target}",
            json =>
            {
                json.WriteString("relationship_type", type);
                json.WriteString("source_ref", source);
                json.WriteString("target_ref", target);
            }
        );

    private static Words Said(SanitisedCampaign campaign)
    {
        var families = string.Join(", ", campaign.Evidence);
        var months = string.Join(
            "~",
            new[] { campaign.FirstMonth, campaign.LastMonth }
                .OfType<DateOnly>()
                .Distinct()
                .Select(one => one.ToString("yyyy-MM", CultureInfo.InvariantCulture))
        );
        var patternsJa = string.Concat(campaign.Patterns.Select(one => $"{one.Ja}。"));
        var patternsEn = string.Concat(campaign.Patterns.Select(one => $" {one.En}."));
        return new Words(
            $"同一の攻撃者によると思われる一連の攻撃(確度: {(campaign.Strong ? "高" : "中")})。{(months.Length > 0 ? $"観測した月: {months}。" : "")}{(families.Length > 0 ? $"根拠: {families}。" : "")}{patternsJa}",
            $"A series of attacks that appear to be one attacker's (confidence: {(campaign.Strong ? "high" : "medium")}).{(months.Length > 0 ? $" Months seen: {months}." : "")}{(families.Length > 0 ? $" Evidence: {families}." : "")}{patternsEn}"
        );
    }

    private static DateTimeOffset Month(DateOnly month) =>
        new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.FromHours(9)).ToUniversalTime();
}
