using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Activity;

/// <summary>The activity report of a fiscal year (活動レポート), である style: summary, activity, statistics, special analysis, footnotes, contacts.</summary>
public static class ActivityReport
{
    /// <summary>The report.</summary>
    /// <exception cref="ArgumentException">The period is no fiscal year.</exception>
    public static ReportDocument Of(ReportMaterial material)
    {
        ArgumentNullException.ThrowIfNull(material);
        if (material.Period.Kind != PeriodKind.Year)
        {
            throw new ArgumentException("The activity report is about a fiscal year.", nameof(material));
        }

        var making = new Making(material);
        var year = PeriodWords.WithEra(material.Period, material.Ja);
        // Footnotes are numbered as their marks stand: the sections are made in their order.
        List<ReportSection> sections = [SummarySection.Of(making), .. CountsSections.Of(making)];
        sections.AddRange(ShareSections.Of(making));
        sections.AddRange(SpecialSections.Of(making));
        return making.Done(
            ReportForm.Activity,
            material.Ja ? $"{year} 活動レポート" : $"Activity report for {year}",
            sections,
            material.Ja ? "標的型攻撃メールの情報共有と分析" : "Sharing and analysis of targeted-attack mail"
        );
    }
}
