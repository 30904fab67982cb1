using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Reports.Activity;

/// <summary>Section 1: the community, and what was provided and shared.</summary>
internal static class CountsSections
{
    /// <summary>Anchor of the table of counts.</summary>
    public const string TableId = "table-s1";

    /// <summary>A month with that many times the mean of the others stands out.</summary>
    private const int OutlierTimes = 2;

    private const int FewestOfOutlier = 10;

    /// <summary>The sections.</summary>
    public static IEnumerable<ReportSection> Of(Making making)
    {
        var ja = making.Ja;
        yield return new ReportSection("activity", 1, ja ? "1 活動の状況" : "1 Activity", []);
        yield return new ReportSection(
            "members",
            2,
            ja ? "1.1 参加組織" : "1.1 Members",
            [making.Paragraph("members.change", Members(making))]
        );
        yield return new ReportSection(
            "counts",
            2,
            ja ? "1.2 情報提供と情報共有" : "1.2 Information provided and shared",
            [
                making.Paragraph("counts.provided", Provided(making), Outlier(making)),
                making.Paragraph("counts.shared", Shared(making)),
                making.Paragraph("counts.table", TableMention(making)),
                CountsTable(making, Years(making), ja ? "参考表1 情報提供と情報共有の件数" : "Table S1. Information provided and shared"),
            ]
        );
    }

    /// <summary>Members, provisions and shares in one item.</summary>
    public static Prose InShort(Making making)
    {
        var (sheet, provided, shared) = (making.Sheet, making.Find("provided"), making.Find("shared"));
        var members = making.Say(
            $"{making.PeriodName}末の参加組織は、{sheet.Count(making.Find("groups"))}業界{sheet.Count(making.Find("organizations"))}組織であった。",
            $"At the end of {making.PeriodName} there were {sheet.Count(making.Find("organizations"))} members in {sheet.Count(making.Find("groups"))} industries. "
        );
        return shared is { Numerator: > 0 }
            ? making.Say(
                $"{members}{sheet.Count(provided)}件{Against(making, "providedRatio")}の情報提供を受け、{sheet.Count(shared)}件{Against(making, "sharedRatio")}の情報共有を行った。",
                $"{members}{sheet.Count(provided)} provisions were received{Against(making, "providedRatio")} and {sheet.Count(shared)} items shared{Against(making, "sharedRatio")}."
            )
            : making.Say(
                $"{members}{sheet.Count(provided)}件{Against(making, "providedRatio")}の情報提供を受けた。",
                $"{members}{sheet.Count(provided)} provisions were received{Against(making, "providedRatio")}."
            );
    }

    /// <summary>(前年度比157%); nothing where there is no year before.</summary>
    public static Prose Against(Making making, string ratio, Words? name = null)
    {
        var words = name ?? new Words("前年度比", "of the year before");
        return making.Find(ratio) is not { Rounded: not null } one
            ? Prose.Nothing
            : making.Say($"({words.Ja}{making.Sheet.Percent(one)})", $" ({making.Sheet.Percent(one)} {words.En})");
    }

    /// <summary>What was provided and shared, period by period.</summary>
    public static TableBlock CountsTable(Making making, IReadOnlyList<Period> periods, string caption)
    {
        var (sheet, ja) = (making.Sheet, making.Ja);
        (string Id, Words Name, bool Percent)[] rows =
        [
            ("organizations", new("参加組織数(期間末)", "Members (end of period)"), false),
            ("organizationsJoined", new("期間中に参加した組織数", "Joined in the period"), false),
            ("groups", new("業界数(期間末)", "Industries (end of period)"), false),
            ("provided", new("情報提供(件)", "Provisions"), false),
            .. Ratios("provided", new("情報提供", "Provisions"), making.Period.Kind),
            ("shared", new("情報共有(件)", "Shared items"), false),
            .. Ratios("shared", new("情報共有", "Shared items"), making.Period.Kind),
            ("judgedTargeted", new("標的型攻撃メール(件)", "Mails judged targeted"), false),
        ];
        Prose note = making.Say(
            $"期間:{PeriodWords.Month(periods[0].FirstDay, ja)}～{PeriodWords.Month(periods[^1].LastDay, ja)}(日本時間)。情報提供は受付の時刻、情報共有は配布の時刻で数えた。区分の版:{MailCounting.Version}。",
            $"Period: {PeriodWords.Month(periods[0].FirstDay, ja)} to {PeriodWords.Month(periods[^1].LastDay, ja)}, Japan Standard Time. Provisions by time of reception, shared items by time of distribution. Categories: {MailCounting.Version}."
        );
        return new TableBlock
        {
            Id = TableId,
            Caption = caption,
            Columns =
            [
                new(ja ? "項目" : "Figure"),
                .. periods.Select(one => new TableColumn(PeriodWords.Name(one, ja) + StateMark(making, one), true)),
            ],
            Rows =
            [
                .. rows.Select(row =>
                    (IReadOnlyList<IReadOnlyList<Run>>)
                        [
                            [new TextRun(row.Name.In(ja))],
                            .. periods.Select(one => Cell(sheet, sheet.Find(one, row.Id), row.Percent)),
                        ]
                ),
            ],
            Note = note.Runs,
        };
    }

    private static IEnumerable<(string Id, Words Name, bool Percent)> Ratios(string id, Words what, PeriodKind kind) =>
        kind == PeriodKind.Year
            ? [($"{id}Ratio", new Words($"{what.Ja}の前年度比", $"{what.En} against the year before"), true)]
            :
            [
                ($"{id}RatioBefore", new Words($"{what.Ja}の前四半期比", $"{what.En} against the quarter before"), true),
                ($"{id}Ratio", new Words($"{what.Ja}の前年同期比", $"{what.En} against the same quarter a year before"), true),
            ];

    private static IReadOnlyList<Run> Cell(FigureSheet sheet, Statistic? one, bool percent) =>
        [percent ? sheet.Percent(one) : sheet.Count(one)];

    private static string StateMark(Making making, Period period) =>
        making.Sheet.Find(period, "provided")?.State != StatisticState.Preliminary ? ""
        : making.Ja ? "(速報値)"
        : " (preliminary)";

    private static IReadOnlyList<Period> Years(Making making) =>
        making.Sheet.Find(making.Period.YearBefore, "provided") is null ? [making.Period] : [making.Period.YearBefore, making.Period];

    private static Prose Members(Making making)
    {
        var sheet = making.Sheet;
        var (all, joined, groups) = (making.Find("organizations"), making.Find("organizationsJoined"), making.Find("groups"));
        var before = sheet.Find(making.Period.YearBefore, "organizations");
        var last = PeriodWords.Day(making.Period.LastDay, making.Ja);
        if (before is null || all is null)
        {
            return making.Say(
                $"{last}現在の参加組織は、{sheet.Count(groups)}業界{sheet.Count(all)}組織である。",
                $"On {last} there were {sheet.Count(all)} members in {sheet.Count(groups)} industries."
            );
        }

        return joined is { Numerator: > 0 }
                ? making.Say(
                    $"{making.PeriodName}は新たに{sheet.Count(joined)}組織が参加した。{last}現在の参加組織は{sheet.Count(groups)}業界{sheet.Count(all)}組織であり、前年度末の{sheet.Count(before)}組織から{Verb(all, before)}。",
                    $"In {making.PeriodName}, {sheet.Count(joined)} organisations joined. On {last} there were {sheet.Count(all)} members in {sheet.Count(groups)} industries, against {sheet.Count(before)} a year before."
                )
            : all.Numerator == before.Numerator
                ? making.Say(
                    $"参加組織の数に変わりはなく、{last}現在、{sheet.Count(groups)}業界{sheet.Count(all)}組織である。",
                    $"Membership did not change: on {last} there were {sheet.Count(all)} members in {sheet.Count(groups)} industries."
                )
            : making.Say(
                $"{last}現在の参加組織は{sheet.Count(groups)}業界{sheet.Count(all)}組織であり、前年度末の{sheet.Count(before)}組織から{Verb(all, before)}。",
                $"On {last} there were {sheet.Count(all)} members in {sheet.Count(groups)} industries, against {sheet.Count(before)} a year before."
            );
    }

    private static string Verb(Statistic now, Statistic before) =>
        now.Numerator > before.Numerator ? "増加した"
        : now.Numerator < before.Numerator ? "減少した"
        : "変わっていない";

    private static Prose Provided(Making making)
    {
        var (sheet, one) = (making.Sheet, making.Find("provided"));
        if (one is null or { Numerator: 0 })
        {
            return making.Say(
                $"{making.PeriodName}に参加組織から提供された情報はなかった。",
                $"Members provided nothing in {making.PeriodName}."
            );
        }

        var before = sheet.Find(making.Period.YearBefore, "provided");
        var mark = making.Footnote(
            making.Say(
                $"別々の参加組織から同じ情報が提供された場合は、それぞれを一件と数える。同じ組織による再提供と追加提供は数えない。相談窓口に寄せられた情報は分析に用いるが、この件数には含めない。",
                $"The same information provided by several members counts for each of them. Repeats and additions by the same member do not count. What the public help desk received enters the analysis, not this count."
            )
        );
        var movement = Told.MovementOfRatio(making.Find("providedRatio"));
        return before is { Numerator: > 0 }
            ? making.Say(
                $"参加組織からの情報提供は{sheet.Count(one)}件{mark}で、前年度({sheet.Count(before)}件)の{sheet.Percent(making.Find("providedRatio"))}{Was(movement)}。",
                $"Members provided information {sheet.Count(one)} times{mark}, {sheet.Percent(making.Find("providedRatio"))} of the year before ({sheet.Count(before)}){English(movement)}."
            )
            : making.Say(
                $"参加組織からの情報提供は{sheet.Count(one)}件{mark}であった。",
                $"Members provided information {sheet.Count(one)} times{mark}."
            );
    }

    private static Prose Shared(Making making)
    {
        var (sheet, one) = (making.Sheet, making.Find("shared"));
        if (one is null or { Numerator: 0 })
        {
            return making.Say(
                $"{making.PeriodName}に参加組織へ共有した情報はなかった。",
                $"Nothing was shared with members in {making.PeriodName}."
            );
        }

        var before = sheet.Find(making.Period.YearBefore, "shared");
        var own = making.Find("sharedHubOriginated");
        var mark = making.Footnote(
            making.Say(
                $"同等の情報は集約して一件とした。広く送られたばらまき型のメールなどは、原則として共有していない。ハブが自ら発信した情報{sheet.Count(own)}件を含む。訂正版は数えない。",
                $"Equivalent information is merged into one item. Mass-mailed and similar mails are normally not shared. {sheet.Count(own)} items that the hub itself originated are included; corrections do not count."
            )
        );
        var movement = Told.MovementOfRatio(making.Find("sharedRatio"));
        return before is { Numerator: > 0 }
            ? making.Say(
                $"参加組織への情報共有は{sheet.Count(one)}件{mark}で、前年度({sheet.Count(before)}件)の{sheet.Percent(making.Find("sharedRatio"))}{Was(movement)}。",
                $"{sheet.Count(one)} items{mark} were shared with members, {sheet.Percent(making.Find("sharedRatio"))} of the year before ({sheet.Count(before)}){English(movement)}."
            )
            : making.Say(
                $"参加組織への情報共有は{sheet.Count(one)}件{mark}であった。",
                $"{sheet.Count(one)} items{mark} were shared with members."
            );
    }

    private static string Was(Movement movement) =>
        movement switch
        {
            Movement.Up => "に増加した",
            Movement.Down => "に減少した",
            Movement.Same => "と、ほぼ前年度並みであった",
            Movement.Unknown or Movement.Nothing or Movement.FirstSeen or Movement.Gone or Movement.Multiplied or Movement.Collapsed =>
                "であった",
        };

    private static string English(Movement movement) => movement == Movement.Same ? ", about the same" : "";

    /// <summary>A month that stands out, and what is left without it.</summary>
    private static Prose Outlier(Making making)
    {
        var sheet = making.Sheet;
        var months = making.Period.Parts(PeriodKind.Month).Select(month => (Month: month, Figure: sheet.Find(month, "provided"))).ToList();
        if (months.Exists(one => one.Figure?.Numerator is null))
        {
            return Prose.Nothing;
        }

        var (most, figure) = months.MaxBy(one => one.Figure?.Numerator ?? 0);
        var all = months.Sum(one => one.Figure?.Numerator ?? 0);
        var rest = all - (figure?.Numerator ?? 0);
        if (figure is not { Numerator: >= FewestOfOutlier and var peak } || peak * (months.Count - 1) < OutlierTimes * rest)
        {
            return Prose.Nothing;
        }

        var mean = sheet.Put(
            figure with
            {
                Id = "provided.meanWithoutPeak",
                Period = making.Period.Id,
                Numerator = null,
                Denominator = null,
                Value = decimal.Divide(rest, months.Count - 1),
                Previous = null,
                Excluded = [new Excluded(most.Id, peak)],
            },
            making.Ja
                ? $"{PeriodWords.Month(most.FirstDay, true)}を除く各月の情報提供件数の平均。"
                : $"Mean of the provisions of the months without {PeriodWords.Month(most.FirstDay, false)}."
        );
        var name = PeriodWords.Month(most.FirstDay, making.Ja);
        return making.Say(
            $"月別では{name}が{sheet.Count(figure)}件と突出しており、この月を除くと、ひと月あたり平均{sheet.Count(mean)}件であった。",
            $"{name} stands out with {sheet.Count(figure)}; without that month the mean was {sheet.Count(mean)} a month."
        );
    }

    private static Prose TableMention(Making making) =>
        making.Say($"件数の推移を{Making.See("参考表1", TableId)}に示す。", $"{Making.See("Table S1", TableId)} shows the counts.");
}
