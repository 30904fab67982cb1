using Noroshi.Hub.Figures;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;

namespace Noroshi.Hub.Tests.Exchange.Reports;

/// <summary>A report with one of everything; its issuer and its figures are invented.</summary>
internal static class SampleReport
{
    private static readonly (string Code, string Ja, string En, int Now, int Before)[] Regions =
    [
        ("JP", "日本", "Japan", 31, 9),
        ("US", "米国", "United States", 24, 40),
        ("TW", "台湾", "Taiwan", 15, 12),
        ("unknown", "不明", "Unknown", 30, 39),
    ];

    /// <summary>The report.</summary>
    /// <param name="ja">Language.</param>
    /// <param name="text">Put into every text; null for the ordinary words.</param>
    /// <param name="chart">Whether it has a figure.</param>
    public static ReportDocument Of(bool ja, string? text = null, bool chart = true)
    {
        string Say(string inJa, string inEn) => text is null ? (ja ? inJa : inEn) : text;
        return new ReportDocument
        {
            Id = ja ? "activity-2020-ja" : "activity-2020-en",
            Form = ReportForm.Activity,
            Ja = ja,
            Title = Say("灯台情報共有の会 2020年度 活動レポート", "Lighthouse Exchange: activity report for fiscal 2020"),
            Subtitle = Say("問い合わせ窓口への並行した攻撃を確認", "Inquiry desks attacked in parallel"),
            Issuer = Say("灯台情報共有の会 事務局", "Lighthouse Exchange Secretariat"),
            Date = Say("2021年5月28日", "28 May 2021"),
            Period = Say("2020年度(2020年4月～2021年3月)", "Fiscal 2020 (April 2020 to March 2021)"),
            State = StatisticState.Final,
            Marking = "TLP:CLEAR",
            Sections =
            [
                new ReportSection("lead", 1, null, [Lead(Say)]),
                new ReportSection("activity", 1, Say("1. 活動の状況", "1. Activity"), [Paragraph(Say), Counts(ja, Say)]),
                new ReportSection("mails", 1, Say("2. 標的型攻撃メールの統計", "2. Statistics of targeted mails"), []),
                new ReportSection("c2", 2, Say("2.1 不正接続先", "2.1 Destinations"), chart ? [Items(Say), Chart(ja, Say)] : [Items(Say)]),
                new ReportSection("analysis", 1, Say("3. 特集", "3. Special analysis"), [Flow(Say)]),
            ],
            Footnotes =
            [
                [new TextRun(Say("同じ内容の情報は1件にまとめている。", "The same information is merged into one."))],
                [new TextRun(Say("観測した時点の国・地域による。", "By country as observed.")), new FigureRun("31%", "FY2020/c2Region.JP")],
            ],
            Contacts = [new ContactBlock(Say("本件について", "About this report"), [Say("事務局 灯台 守", "Secretariat"), "03-0000-0000"])],
            Sources = [.. Sources(Say)],
        };
    }

    private static IEnumerable<FigureSource> Sources(Func<string, string, string> say)
    {
        yield return new FigureSource("FY2020/provided", Count("provided", "provision", 384), say("情報提供件数", "Provisions"));
        yield return new FigureSource("FY2019/provided", Count("provided", "provision", 241) with { Period = "FY2019" }, say("前年度の情報提供件数", "Provisions, year before"));
        foreach (var (code, nameJa, nameEn, now, before) in Regions)
        {
            yield return new FigureSource(
                $"FY2020/c2Region.{code}",
                Share($"c2Region.{code}", now, 100, before),
                say($"不正接続先の割合({nameJa})", $"Share of destinations ({nameEn})")
            );
        }
    }

    private static Statistic Count(string id, string unit, long count) =>
        new()
        {
            Id = id,
            Period = "FY2020",
            Unit = unit,
            Numerator = count,
            Value = count,
            Population = "memberProvisions",
            Excluded = [new Excluded("repeat", 12), new Excluded("desk", 7)],
            CategoryVersion = "categories-1",
            State = StatisticState.Final,
        };

    private static Statistic Share(string id, long part, long whole, long before) =>
        new()
        {
            Id = id,
            Period = "FY2020",
            Unit = "percent",
            Numerator = part,
            Denominator = whole,
            Value = Arithmetic.Percent(part, whole),
            Rounded = Arithmetic.Rounded(part, whole),
            Population = "destinations",
            CategoryVersion = "categories-1",
            State = StatisticState.Final,
            Previous = new PreviousStatistic("FY2019", before, whole, Arithmetic.Percent(before, whole), Arithmetic.Rounded(before, whole)),
        };

    private static ParagraphBlock Lead(Func<string, string, string> say) =>
        new(
            "lead-1",
            [
                new TextRun(say("灯台情報共有の会は、2020年度に参加組織から", "In fiscal 2020 the members of the Lighthouse Exchange provided ")),
                new FigureRun("384", "FY2020/provided"),
                new TextRun(say("件の情報提供", " items")),
                new FootnoteRun("(*1)", 1),
                new TextRun(say("を受けた。内訳は", ". See ")),
                new ReferenceRun(say("表1", "Table 1"), "table-1"),
                new TextRun(say("と", " and ")),
                new ReferenceRun(say("図1", "Figure 1"), "figure-1"),
                new TextRun(say("に示す。日本を接続先とするものが増えている。", ". Destinations in Japan increased."), Strong: true),
            ]
        );

    private static ParagraphBlock Paragraph(Func<string, string, string> say) =>
        new(
            "activity-1",
            [
                new TextRun(say("情報提供は前年度の", "Provisions rose from ")),
                new FigureRun("241", "FY2019/provided"),
                new TextRun(say("件から", " to ")),
                new FigureRun("384", "FY2020/provided"),
                new TextRun(say("件へ増加した。同様の情報はまとめて数えている", ", equal ones merged ")),
                new FootnoteRun("(*1)", 1),
                new TextRun(say("。", ".")),
            ]
        );

    private static ListBlock Items(Func<string, string, string> say) =>
        new(
            [
                new ParagraphBlock(
                    "c2-1",
                    [
                        new TextRun(say("日本の割合は9%から", "Japan rose from 9% to ")),
                        new FigureRun("31%", "FY2020/c2Region.JP"),
                        new TextRun(say("へ増加した。", ".")),
                        new FootnoteRun("(*2)", 2),
                    ]
                ),
                new ParagraphBlock("c2-2", [new TextRun(say("国内の正規サイトの悪用が観測された。", "Legitimate sites were abused."))]),
            ]
        );

    private static TableBlock Counts(bool ja, Func<string, string, string> say) =>
        new()
        {
            Id = "table-1",
            Caption = say("表1 情報提供と情報共有の件数", "Table 1 Provisions and shared items"),
            Columns = [new TableColumn(say("区分", "Kind")), new TableColumn(ja ? "2019年度" : "Fiscal 2019", true), new TableColumn(ja ? "2020年度" : "Fiscal 2020", true)],
            Rows =
            [
                [[new TextRun(say("情報提供件数", "Provisions"))], [new FigureRun("241", "FY2019/provided")], [new FigureRun("384", "FY2020/provided")]],
                [[new TextRun(say("うち電力", "of these, power"))], [new TextRun("1,204")], [new TextRun("-12.5%")]],
            ],
            Note = [new TextRun(say("単位:件。区分の版:categories-1。", "Unit: provisions. Categories: categories-1."))],
        };

    private static TableBlock Flow(Func<string, string, string> say) =>
        new()
        {
            Id = "table-2",
            Caption = say("表2 ある「やり取り型」攻撃事例のメールの流れ", "Table 2 Mails of one conversational attack"),
            Columns = [new TableColumn(say("番号", "No.")), new TableColumn(say("種別", "Kind")), new TableColumn(say("説明", "Description"))],
            Rows =
            [
                [[new TextRun("#4-1")], [new TextRun(say("偵察", "Probe"))], [new TextRun(say("部品の在庫に関する問い合わせが届いた。", "An inquiry about parts arrived."))]],
                [[new TextRun("#4-2")], [new TextRun(say("返信", "Reply"))], [new TextRun(say("窓口から回答した。", "The desk answered."))]],
                [[new TextRun("#4-3")], [new TextRun(say("攻撃", "Attack"))], [new TextRun(say("図面と称するショートカットファイルを含む圧縮ファイルが届いた。", "An archive with a shortcut came."))]],
            ],
        };

    private static ChartBlock Chart(bool ja, Func<string, string, string> say)
    {
        var bars = new BarFigure(
            [.. Regions.Select(one => new Bar(say(one.Ja, one.En), one.Now, $"{one.Now}%", one.Before, $"{one.Before}%"))]
        );
        var caption = say("図1 不正接続先の地域別割合", "Figure 1 Destinations by country");
        return new ChartBlock
        {
            Id = "figure-1",
            Caption = caption,
            Description = say(bars.Describe(), bars.Describe()),
            Picture = bars.Draw(new FigureText("figure1", caption, say(bars.Describe(), bars.Describe()))),
            Data = new TableBlock
            {
                Id = "figure-1",
                Caption = "",
                Columns = [new TableColumn(say("国・地域", "Country")), new TableColumn(ja ? "2019年度" : "Fiscal 2019", true), new TableColumn(ja ? "2020年度" : "Fiscal 2020", true)],
                Rows =
                [
                    .. Regions.Select(one =>
                        (IReadOnlyList<IReadOnlyList<Run>>)
                            [[new TextRun(say(one.Ja, one.En))], [new TextRun($"{one.Before}%")], [new FigureRun($"{one.Now}%", $"FY2020/c2Region.{one.Code}")]]
                    ),
                ],
            },
            Note = [new TextRun(say("N=100。割合の合計は100%にならないことがある。", "N=100. Shares may not add to 100."))],
        };
    }
}
