using Noroshi.Hub.Reports.Activity;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Press;
using Noroshi.Hub.Reports.Texts;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Reports.Making;

public sealed class ReportTextTests
{
    [Fact]
    public void The_activity_report_says_what_the_figures_say()
    {
        var text = ReportSample.TextOf(ActivityReport.Of(ReportSample.Material(true, cases: ReportSample.Cases())));
        text.ShouldContain("2013年度は新たに7組織が参加した。");
        text.ShouldContain("385件(*1)で、前年度（246件）の157%に増加した。");
        text.ShouldContain("180件(*2)で、前年度（160件）の113%に増加した。");
        text.ShouldContain("2012年度の7%（N=43）から、約4倍の28%（N=50）に増加した。");
        text.ShouldContain("2012年度に45%を占めたOffice文書ファイルが、8%まで大きく減少した。");
        text.ShouldContain(
            "ショートカット（LNK）ファイル（10%）とジャストシステム文書ファイル（8%）が、本ハブの観測範囲では初めて観測された。"
        );
        text.ShouldContain("2012年度の62%から86%に増加した。");
        text.ShouldContain("15件（うち攻撃まで至ったもの10件）");
        text.ShouldContain("13分後に、使っている解凍ソフトを尋ねるメールが届いた（#4-2）。");
        text.ShouldContain("51分後に、そのソフトで解凍できると対応形式から推定されるファイル");
        text.ShouldContain("約2週間のうちに、5組織へ次々と");
        text.ShouldContain("4分間に3つの窓口へ");
        text.ShouldContain("11分～15分");
    }

    [Fact]
    public void Another_number_gives_another_sentence()
    {
        var numbers = ReportSample.Numbers();
        numbers["provided"] = (246, 0, 246, 0);
        numbers["organizationsJoined"] = (0, 0, 17, 0);
        numbers["organizations"] = (39, 0, 39, 0);
        numbers["c2Region.JP"] = (3, 43, 14, 50);
        numbers["shared"] = (0, 0, 160, 0);
        var text = ReportSample.TextOf(ActivityReport.Of(ReportSample.Material(true, numbers)));
        text.ShouldContain("前年度（246件）の100%と、ほぼ前年度並みであった。");
        text.ShouldContain("参加組織の数に変わりはなく");
        text.ShouldContain("2012年度に28%を占めた日本にある不正接続先の割合が、7%まで大きく減少した。");
        text.ShouldContain("2013年度に参加組織へ共有した情報はなかった。");
        text.ShouldNotContain("385");
    }

    [Fact]
    public void Without_publication_approval_only_the_number_of_cases_is_told()
    {
        foreach (var ja in new[] { true, false })
        {
            foreach (var report in Both(ReportSample.Material(ja, cases: ReportSample.Cases() with { Cases = [] })))
            {
                var text = ReportSample.TextOf(report);
                text.ShouldNotContain("#4");
                ReportRuns.Blocks(report).OfType<TableBlock>().ShouldNotContain(one => one.Id == "table-1");
            }
        }
    }

    [Fact]
    public void The_press_release_speaks_politely_in_running_text_and_plainly_in_its_items()
    {
        var report = PressRelease.Of(ReportSample.Material(true, cases: ReportSample.Cases()));
        var paragraphs = ReportRuns.Blocks(report).OfType<ParagraphBlock>().Select(Text).ToList();
        paragraphs.ShouldAllBe(one =>
            one.EndsWith("ました。", StringComparison.Ordinal) || one.EndsWith("ます。", StringComparison.Ordinal)
        );
        var items = ReportRuns.Blocks(report).OfType<ListBlock>().SelectMany(one => one.Items).Select(Text).ToList();
        items.Count.ShouldBeGreaterThan(4);
        items.ShouldAllBe(one => !one.Contains("ました", StringComparison.Ordinal) && !one.Contains("です", StringComparison.Ordinal));
        report.Title.ShouldNotContain("平成");
        report.Title.ShouldEndWith("公開");
    }

    [Fact]
    public void Pictures_have_the_numbers_of_the_contract()
    {
        foreach (var ja in new[] { true, false })
        {
            foreach (var report in Both(ReportSample.Material(ja, cases: ReportSample.Cases())))
            {
                var captions = ReportRuns
                    .Blocks(report)
                    .OfType<ChartBlock>()
                    .ToDictionary(one => one.Id, one => one.Caption, StringComparer.Ordinal);
                captions["figure-1"].ShouldStartWith(ja ? "図1 不正接続先" : "Figure 1. Countries of malicious");
                captions["figure-2"].ShouldStartWith(ja ? "図2" : "Figure 2");
                ReportRuns.Blocks(report).OfType<TableBlock>().Single(one => one.Id == "table-1").Columns.Count.ShouldBe(3);
            }
        }
    }

    private static IEnumerable<ReportDocument> Both(ReportMaterial material) => [ActivityReport.Of(material), PressRelease.Of(material)];

    private static string Text(ParagraphBlock one) => string.Concat(one.Runs.Select(run => run.Text));
}
