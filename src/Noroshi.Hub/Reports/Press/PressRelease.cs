using Noroshi.Hub.Reports.Activity;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Press;

/// <summary>
/// The press release of a fiscal year (プレス発表): running text です・ます, numbered items 『~した。』, title 体言止め, no era years.
/// </summary>
public static class PressRelease
{
    /// <summary>The release.</summary>
    /// <exception cref="ArgumentException">The period is no fiscal year.</exception>
    public static ReportDocument Of(ReportMaterial material)
    {
        ArgumentNullException.ThrowIfNull(material);
        if (material.Period.Kind != PeriodKind.Year)
        {
            throw new ArgumentException("A press release is about a fiscal year.", nameof(material));
        }

        var making = new Making(material) { IsPress = true };
        var (ja, issuer) = (material.Ja, material.Issuer.Name.In(material.Ja));
        var lead = Lead(making);
        var numbers = new SectionNumbers();
        List<ReportSection> sections = [lead, .. PressCases.Of(making, numbers), Operation(making, numbers)];
        return making.Done(
            ReportForm.PressRelease,
            ja ? $"{issuer} {making.PeriodName} 活動レポートの公開" : $"{issuer} publishes its activity report for {making.PeriodName}",
            sections,
            PressCases.Headline(making)
        );
    }

    private static ReportSection Lead(Making making)
    {
        var issuer = making.Material.Issuer.Name.In(making.Ja);
        var range = PeriodWords.Range(making.Period, making.Ja);
        var mark = making.Footnote(
            making.Say(
                $"標的型攻撃メールの情報を参加組織の間で共有するため、情報の受け付け、分析、匿名化と共有を担う拠点。",
                $"The body that receives, analyses, anonymises and shares what its members know of targeted-attack mail."
            )
        );
        var about = making.Paragraph(
            "press.lead",
            making.Say(
                $"{issuer}{mark}は、{making.PeriodName}({range})の情報共有の運用状況と、提供された標的型攻撃メールの分析結果をまとめた活動レポートを公開しました。",
                $"{issuer}{mark} has published its activity report for {making.PeriodName} ({range}): how information was shared, and what the targeted-attack mails provided to it show."
            )
        );
        return new ReportSection(
            "lead",
            1,
            null,
            PressCases.Lead(making) is { IsEmpty: false } cases ? [about, making.Paragraph("press.cases", cases)] : [about]
        );
    }

    private static ReportSection Operation(Making making, SectionNumbers numbers)
    {
        var (sheet, ja) = (making.Sheet, making.Ja);
        var joined = making.Find("organizationsJoined");
        var members = joined is { Numerator: > 0 }
            ? making.Say(
                $"{making.PeriodName}は新たに{sheet.Count(joined)}組織が加わり、参加組織は{sheet.Count(making.Find("groups"))}業界{sheet.Count(making.Find("organizations"))}組織になりました。",
                $"In {making.PeriodName}, {sheet.Count(joined)} organisations joined; there are now {sheet.Count(making.Find("organizations"))} members in {sheet.Count(making.Find("groups"))} industries."
            )
            : making.Say(
                $"{making.PeriodName}末の参加組織は、{sheet.Count(making.Find("groups"))}業界{sheet.Count(making.Find("organizations"))}組織です。",
                $"At the end of {making.PeriodName} there were {sheet.Count(making.Find("organizations"))} members in {sheet.Count(making.Find("groups"))} industries."
            );
        var blocks = new List<ReportBlock> { making.Paragraph("press.operation", members, Counts(making)) };
        var items = Items(making);
        if (items.Count > 0)
        {
            blocks.Add(
                making.Paragraph(
                    "press.trends",
                    making.Say(
                        $"提供された情報のうち、標的型攻撃メールと判定した{sheet.Count(making.Find("judgedTargeted"))}件を集計したところ、次の傾向が見られました。",
                        $"The {sheet.Count(making.Find("judgedTargeted"))} mails judged targeted show the following."
                    )
                )
            );
            blocks.Add(new ListBlock(items));
            blocks.AddRange(Charts(making));
        }

        blocks.Add(
            making.Paragraph(
                "press.outlook",
                making.Say(
                    $"今後も、参加組織とともに標的型攻撃に関する情報の集約と分析、共有を続け、被害の防止に努めます。",
                    $"Together with its members, {making.Material.Issuer.Name.En} will go on gathering, analysing and sharing what is known of targeted attacks."
                )
            )
        );
        return new ReportSection(
            "operation",
            1,
            numbers.Next(ja ? $"{making.PeriodName}の運用状況" : $"Operation in {making.PeriodName}", ja),
            blocks
        );
    }

    private static Prose Counts(Making making)
    {
        var (sheet, shared) = (making.Sheet, making.Find("shared"));
        var provided = making.Say(
            $"参加組織から{sheet.Count(making.Find("provided"))}件{CountsSections.Against(making, "providedRatio")}の情報提供を受け",
            $"Members provided information {sheet.Count(making.Find("provided"))} times{CountsSections.Against(making, "providedRatio")}"
        );
        return shared is { Numerator: > 0 }
            ? making.Say(
                $"{provided}、{sheet.Count(shared)}件{CountsSections.Against(making, "sharedRatio")}の情報共有を実施しました。",
                $"{provided}, and {sheet.Count(shared)} items were shared{CountsSections.Against(making, "sharedRatio")}."
            )
            : making.Say($"{provided}ました。", $"{provided}.");
    }

    private static List<ParagraphBlock> Items(Making making)
    {
        var items = new List<ParagraphBlock>();
        if (ShareSections.Japan(making) is { IsEmpty: false } japan)
        {
            items.Add(
                making.Paragraph(
                    "press.destinations",
                    japan,
                    ShareSections.Hijacked(making, withCause: true),
                    making.Say(
                        $"国・地域別の割合を{Making.See("図1", ShareSections.DestinationFigure)}に示した。",
                        $"{Making.See("Figure 1", ShareSections.DestinationFigure)} shows the shares by country."
                    )
                )
            );
        }

        if (ShareSections.TypesInShort(making) is { IsEmpty: false } types)
        {
            items.Add(making.Paragraph("press.attachments", types));
        }

        if (ShareSections.FreeMailText(making, ShareSections.FreeMailFigure) is { IsEmpty: false } freeMail)
        {
            items.Add(making.Paragraph("press.freeMail", freeMail));
        }

        return items;
    }

    private static IEnumerable<ReportBlock> Charts(Making making)
    {
        var ja = making.Ja;
        ChartBlock?[] charts =
        [
            ShareSections.Chart(
                making,
                "c2Region",
                ShareSections.DestinationFigure,
                ja ? "図1 不正接続先の国・地域別割合" : "Figure 1. Countries of malicious destinations"
            ),
            ShareSections.FreeMailChart(
                making,
                ShareSections.FreeMailFigure,
                ja ? "図2 メール送信元に占めるフリーメールの割合" : "Figure 2. Free-mail among the senders"
            ),
        ];
        return charts.OfType<ChartBlock>();
    }
}

/// <summary>Counts the sections of a release: (1), (2).</summary>
internal sealed class SectionNumbers
{
    private int _last;

    /// <summary>A heading with the next number.</summary>
    public string Next(string heading, bool ja)
    {
        var number = (++_last).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return ja ? $"({number}){heading}" : $"({number}) {heading}";
    }
}
