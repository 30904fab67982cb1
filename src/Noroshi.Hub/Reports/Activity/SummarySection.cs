using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;

namespace Noroshi.Hub.Reports.Activity;

/// <summary>The summary (概要): what the year was, in one paragraph and a list.</summary>
internal static class SummarySection
{
    public static ReportSection Of(Making making)
    {
        var issuer = making.Material.Issuer.Name.In(making.Ja);
        var range = PeriodWords.Range(making.Period, making.Ja);
        var lead = making.Paragraph(
            "summary.lead",
            making.Say(
                $"本レポートは、{issuer}が{making.PeriodName}({range})に参加組織などから提供を受けた情報に基づき、情報共有の運用状況と、標的型攻撃メールの傾向をまとめたものである。",
                $"This report sums up how information was shared in {making.PeriodName} ({range}), and what the targeted-attack mails show that members and others provided to {issuer}."
            )
        );
        var items = new List<ParagraphBlock> { making.Paragraph("summary.counts", CountsSections.InShort(making)) };
        items.AddRange(ShareSections.InShort(making));
        if (SpecialSections.InShort(making) is { IsEmpty: false } cases)
        {
            items.Add(making.Paragraph("summary.cases", cases));
        }

        return new ReportSection(
            "summary",
            1,
            making.Ja ? "概要" : "Summary",
            [lead, new ListBlock([.. items.Where(one => one.Runs.Count > 0)])]
        );
    }
}
