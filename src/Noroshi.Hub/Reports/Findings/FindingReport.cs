using Noroshi.Hub.Judgement;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>
/// The pages of <c>analyze --report</c>: one a finding, an index, and what only all mails together show; each in Japanese and English,
/// each complete in itself, without script and without anything to load.
/// </summary>
public static class FindingReport
{
    private static readonly ReportLanguage[] Languages = [ReportLanguage.Ja, ReportLanguage.En];

    /// <summary>The pages, one at a time: the index first, then findings, then exchanges by number and campaigns by id.</summary>
    public static IEnumerable<ReportFile> Of(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        var reading = new Reading(situation);
        foreach (var language in Languages)
        {
            yield return IndexPage.Of(reading, language);
        }

        foreach (var language in Languages)
        {
            yield return TogetherPage.Of(reading, language);
        }

        foreach (var told in reading.Told)
        {
            foreach (var language in Languages)
            {
                yield return ConversationPage.Of(reading, told, language);
            }
        }

        foreach (var campaign in situation.Campaigns.Take(Reading.MostCampaigns))
        {
            foreach (var language in Languages)
            {
                yield return CampaignPage.Of(reading, campaign, language);
            }
        }
    }
}
