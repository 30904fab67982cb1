using Noroshi.Hub.Reports.Activity;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Quarterly;

/// <summary>The report of a quarter (四半期レポート), である style, with the three quarters before it beside.</summary>
public static class QuarterlyReport
{
    private const int Beside = 3;

    /// <summary>The report.</summary>
    /// <exception cref="ArgumentException">The period is no quarter.</exception>
    public static ReportDocument Of(ReportMaterial material)
    {
        ArgumentNullException.ThrowIfNull(material);
        if (material.Period.Kind != PeriodKind.Quarter)
        {
            throw new ArgumentException("The quarterly report is about a quarter.", nameof(material));
        }

        var making = new Making(material);
        var ja = material.Ja;
        List<ReportSection> sections =
        [
            new("activity", 1, ja ? "1 活動の状況" : "1 Activity", [.. Activity(making)]),
            .. ShareSections.Of(making),
        ];
        if (Cases(making) is { IsEmpty: false } cases)
        {
            sections.Add(
                new ReportSection(
                    "special",
                    1,
                    ja ? "3 「やり取り型」攻撃" : "3 Conversational attacks",
                    [making.Paragraph("special.counts", cases)]
                )
            );
        }

        return making.Done(
            ReportForm.Quarterly,
            ja ? $"{making.PeriodName} 運用状況" : $"Report for {making.PeriodName}",
            sections,
            PeriodWords.Range(material.Period, ja)
        );
    }

    private static IEnumerable<ReportBlock> Activity(Making making)
    {
        var (sheet, ja) = (making.Sheet, making.Ja);
        yield return making.Paragraph(
            "members",
            making.Say(
                $"{making.PeriodName}末の参加組織は、{sheet.Count(making.Find("groups"))}業界{sheet.Count(making.Find("organizations"))}組織である。",
                $"At the end of {making.PeriodName} there were {sheet.Count(making.Find("organizations"))} members in {sheet.Count(making.Find("groups"))} industries."
            ),
            making.Find("organizationsJoined") is { Numerator: > 0 } joined
                ? making.Say($"この期間に{sheet.Count(joined)}組織が参加した。", $"{sheet.Count(joined)} joined in the quarter.")
                : Prose.Nothing
        );
        yield return making.Paragraph(
            "counts",
            Counted(making, "provided", new Words("情報提供", "provisions were received")),
            Counted(making, "shared", new Words("情報共有", "items were shared"))
        );
        yield return making.Paragraph(
            "counts.table",
            making.Say(
                $"直前の三つの四半期と合わせた推移を{Making.See("参考表1", CountsSections.TableId)}に示す。",
                $"{Making.See("Table S1", CountsSections.TableId)} shows them beside the three quarters before."
            )
        );
        yield return CountsSections.CountsTable(
            making,
            Quarters(making),
            ja ? "参考表1 情報提供と情報共有の件数(四半期)" : "Table S1. Information provided and shared, by quarter"
        );
    }

    private static Prose Counted(Making making, string id, Words what)
    {
        var (sheet, one) = (making.Sheet, making.Find(id));
        if (one is null or { Numerator: 0 })
        {
            return making.Say($"{what.Ja}はなかった。", $"No {what.En}.");
        }

        var ratios = new List<Prose>();
        if (making.Find($"{id}RatioBefore") is { Rounded: not null } before)
        {
            ratios.Add(making.Say($"前四半期比{sheet.Percent(before)}", $"{sheet.Percent(before)} of the quarter before"));
        }

        if (making.Find($"{id}Ratio") is { Rounded: not null } year)
        {
            ratios.Add(making.Say($"前年同期比{sheet.Percent(year)}", $"{sheet.Percent(year)} of the same quarter a year before"));
        }

        var all = Prose.Joined(ratios, making.Ja ? "、" : ", ");
        return ratios.Count == 0
            ? making.Say($"{what.Ja}は{sheet.Count(one)}件であった。", $"{sheet.Count(one)} {what.En}.")
            : making.Say($"{what.Ja}は{sheet.Count(one)}件({all})であった。", $"{sheet.Count(one)} {what.En} ({all}).");
    }

    /// <summary>Only those of which the hub knows anything.</summary>
    private static List<Period> Quarters(Making making)
    {
        var quarters = new List<Period> { making.Period };
        for (var i = 0; i < Beside; i++)
        {
            quarters.Insert(0, quarters[0].Before);
        }

        return quarters.FindAll(one => one == making.Period || making.Sheet.Find(one, "provided") is not null);
    }

    private static Prose Cases(Making making)
    {
        var sheet = making.Sheet;
        return making.Find("conversationalCases") is not { Numerator: > 0 } all
            ? Prose.Nothing
            : making.Say(
                $"この期間に確認した「やり取り型」攻撃の事例は、{sheet.Count(all)}件(うち攻撃まで至ったもの{sheet.Count(making.Find("conversationalCases.attacked"))}件)であった。個々の事例の分析は、年度の活動レポートで述べる。",
                $"{sheet.Count(all)} conversational cases were found in the quarter, of which {sheet.Count(making.Find("conversationalCases.attacked"))} went as far as an attack. The annual activity report analyses them."
            );
    }
}
