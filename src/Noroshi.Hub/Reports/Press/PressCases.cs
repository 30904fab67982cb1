using Noroshi.Hub.Reports.Activity;
using Noroshi.Hub.Reports.Cases;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;

namespace Noroshi.Hub.Reports.Press;

/// <summary>What a press release says of conversational attacks: headline, lead, cases, considerations, Table 1.</summary>
internal static class PressCases
{
    /// <summary>Line under the title.</summary>
    public static string? Headline(Making making) =>
        making.Find("conversationalCases") is not { Numerator: > 0 } ? null
        : making.Material.Cases is { Parallel: not null, OfOneAttacker: > 1 }
            ? making.Ja ? "問い合わせを装う「やり取り型」攻撃メール、同一と思われる攻撃者が複数の組織の窓口へ同時並行で送信"
                : "Conversational attacks posing as inquiries: one apparent attacker wrote to several organisations in parallel"
        : making.Ja ? "問い合わせを装う「やり取り型」攻撃メールの実態"
        : "Conversational attacks posing as inquiries";

    /// <summary>What the release is about; nothing where there were no cases.</summary>
    public static Prose Lead(Making making)
    {
        if (making.Find("conversationalCases") is not { Numerator: > 0 } all)
        {
            return Prose.Nothing;
        }

        var sheet = making.Sheet;
        var attacked = sheet.Count(making.Find("conversationalCases.attacked"));
        var mark = making.Footnote(
            making.Say(
                $"一般の組織や個人からの相談を受け付ける窓口。寄せられた情報は、同意の範囲で分析に用いています。",
                $"Takes reports from organisations and people that are no members."
            )
        );
        var what = making.Say(
            $"レポートでは、参加組織と相談窓口{mark}から提供された「やり取り型」攻撃の事例{sheet.Count(all)}件(うち攻撃まで至ったもの{attacked}件)を分析しました。「やり取り型」攻撃とは、問い合わせなどを装った無害なメール(偵察メール)を送り、返信を受け取ってからウイルス付きのメールを送り付ける手口です。",
            $"The report analyses {sheet.Count(all)} conversational cases ({attacked} of which went as far as an attack) that members and the help desk{mark} provided. In a conversational attack a harmless mail, such as an inquiry, comes before the malware: that follows when the recipient has answered."
        );
        if (making.Material.Cases is not { OfOneAttacker: > 1 } cases)
        {
            return what;
        }

        var facts = new CaseSheet(sheet, cases);
        var whole = cases.OfOneAttacker == cases.Listed;
        return making.Say(
            $"{what}{(whole ? "これら" : "このうち")}{facts.OfOneAttacker}件は、{(whole ? "いずれも" : "")}同一と思われる攻撃者が{facts.Reached}組織に対して行ったものでした。こうしたつながりは、一つの組織が持つ情報だけでは分からず、複数の組織の情報を集めて分析することで明らかになりました。",
            $"{what} {facts.OfOneAttacker} of them appear to be one attacker's, against {facts.Reached} organisations. No single organisation could have seen that: it shows when the information of several is put together."
        );
    }

    /// <summary>The sections; none where no case may be told.</summary>
    public static IEnumerable<ReportSection> Of(Making making, SectionNumbers numbers)
    {
        if (making.Material.Cases is not { Cases.Count: > 0 } cases)
        {
            yield break;
        }

        var (sheet, ja) = (new CaseSheet(making.Sheet, cases), making.Ja);
        var told = SpecialSections.ToldInTable(cases);
        var items = new List<ParagraphBlock>
        {
            making.Paragraph("press.case.windows", SpecialSections.Patterns(making, cases, sheet)),
            making.Paragraph("press.case.latency", SpecialSections.Latency(making, sheet)),
        };
        if (told is not null)
        {
            items.Add(
                making.Paragraph(
                    "press.case.flow",
                    [
                        .. SpecialSections.Steps(making, told, sheet),
                        making.Say(
                            $"この事例のメールの流れを{Making.See("表1", SpecialSections.CaseTable)}に示した。",
                            $"{Making.See("Table 1", SpecialSections.CaseTable)} shows the mails of that case."
                        ),
                    ]
                )
            );
        }

        yield return new ReportSection(
            "cases",
            1,
            numbers.Next(ja ? "「やり取り型」攻撃の事例" : "Conversational cases", ja),
            [new ListBlock([.. items.Where(one => one.Runs.Count > 0)])]
        );
        IReadOnlyList<ReportBlock> table = told is null ? [] : [SpecialSections.TableOf(making, told)];
        yield return new ReportSection(
            "considerations",
            1,
            numbers.Next(ja ? "「やり取り型」攻撃の考察" : "Considerations", ja),
            [new ListBlock(SpecialSections.Considerations(making, cases, sheet)), .. table]
        );
    }
}
