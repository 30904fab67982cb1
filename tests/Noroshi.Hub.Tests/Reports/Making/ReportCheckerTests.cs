using CsCheck;
using Noroshi.Hub.Reports.Activity;
using Noroshi.Hub.Reports.Checking;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Press;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Sharing.Gate;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Reports.Making;

public sealed class ReportCheckerTests
{
    private static readonly CheckGround Ground = new(new HashSet<string>(["#4", "#5"], StringComparer.Ordinal));

    [Fact]
    public void What_is_generated_passes_its_own_check_whatever_the_figures_are() =>
        Gen.Select(Gen.Long[0, 40].Array[60], Gen.Bool, Gen.Bool)
            .Sample(
                (values, ja, told) =>
                {
                    var material = ReportSample.Material(ja, Shuffled(values), told ? ReportSample.Cases() : null);
                    foreach (var report in new[] { ActivityReport.Of(material), PressRelease.Of(material) })
                    {
                        ReportChecker.Check(report, Ground).Where(one => one.Blocks).ShouldBeEmpty();
                    }
                },
                iter: 300
            );

    [Theory]
    [InlineData("前年度の2倍に増えた。", ReportFault.ClaimWithoutPopulation)]
    [InlineData("初めて観測された。", ReportFault.ClaimWithoutPopulation)]
    [InlineData("全ての組織に届いた。", ReportFault.ClaimWithoutPopulation)]
    [InlineData("被害は\uFF11\uFF12件であった。", ReportFault.NumberWithoutSource)]
    [InlineData("被害は12件であった。", ReportFault.NumberWithoutSource)]
    [InlineData("被害は三件であった。", ReportFault.NumberWithoutSource)]
    [InlineData("事例#9では被害がなかった。", ReportFault.CaseWithoutApproval)]
    [InlineData("架空電力に届いた。", ReportFault.Leak)]
    public void An_added_sentence_is_found(string sentence, ReportFault fault)
    {
        var gate = new LeakGate([new IdentityTerm("x", IdentityKind.NameJa, "架空電力")]);
        var report = Report(true);
        ReportChecker.Check(report, Ground with { Gate = gate }).ShouldNotContain(one => one.Blocks);
        var found = ReportChecker.Check(With(report, sentence), Ground with { Gate = gate });
        found.ShouldContain(one => one.Fault == fault && one.Block == "added");
    }

    [Theory]
    [InlineData("It was the first attack.", ReportFault.ClaimWithoutPopulation)]
    [InlineData("All members were attacked.", ReportFault.ClaimWithoutPopulation)]
    [InlineData("There were four times as many.", ReportFault.ClaimWithoutPopulation)]
    [InlineData("There were 12 attacks in May.", ReportFault.NumberWithoutSource)]
    public void An_added_sentence_is_found_in_English(string sentence, ReportFault fault) =>
        ReportChecker.Check(With(Report(false), sentence), Ground).ShouldContain(one => one.Fault == fault && one.Block == "added");

    [Theory]
    [InlineData("2014年5月30日に、2013年度第3四半期の表1と#4-2を見直した。")]
    [InlineData("件名は「第12回 資料 34」であった。")]
    [InlineData("本ハブの観測範囲では初めてである。")]
    public void Dates_labels_and_quotes_are_no_numbers(string sentence) =>
        ReportChecker.Check(With(Report(true), sentence), Ground).ShouldNotContain(one => one.Block == "added");

    [Fact]
    public void A_changed_number_an_unknown_source_and_a_wrong_total_are_found()
    {
        var report = Report(true);
        Faults(Changed(report, run => run.Text == "385" ? run with { Text = "386" } : run)).ShouldContain(ReportFault.NumberChanged);
        Faults(Changed(report, run => run.Text == "385" ? run with { Source = "FY2013/none" } : run))
            .ShouldContain(ReportFault.NumberWithoutSource);
        var sources = report.Sources.Select(one =>
            one.Figure.Id == "mailKind.url" ? one with { Figure = one.Figure with { Numerator = 45 } } : one
        );
        Faults(report with { Sources = [.. sources] }).ShouldContain(ReportFault.Total);
    }

    [Fact]
    public void Tables_that_nobody_mentions_and_mentions_of_nothing_are_found()
    {
        var report = Report(true);
        var silent = report with
        {
            Sections =
            [
                .. report.Sections.Select(one =>
                    one.Id == "destination-region" ? one with { Blocks = [.. one.Blocks.Where(block => block is ChartBlock)] } : one
                ),
            ],
        };
        Faults(silent).ShouldContain(ReportFault.NotMentioned);
        var without = report with
        {
            Sections = [.. report.Sections.Where(one => one.Id != "special-flow" && one.Id != "destination-region")],
        };
        var lost = With(without, [new ReferenceRun("図1", "figure-1")]);
        Faults(lost).ShouldContain(ReportFault.MentionOfNothing);
        Faults(report with { Contacts = [new ContactBlock("x", ["desk@hub.example"])] }).ShouldContain(ReportFault.MailAddress);
    }

    private static IEnumerable<ReportFault> Faults(ReportDocument report) => ReportChecker.Check(report, Ground).Select(one => one.Fault);

    private static ReportDocument Report(bool ja) => ActivityReport.Of(ReportSample.Material(ja, cases: ReportSample.Cases()));

    private static ReportDocument With(ReportDocument report, string sentence) => With(report, [new TextRun(sentence)]);

    private static ReportDocument With(ReportDocument report, IReadOnlyList<Run> runs) =>
        report with
        {
            Sections = [.. report.Sections, new ReportSection("added", 1, null, [new ParagraphBlock("added", runs)])],
        };

    private static ReportDocument Changed(ReportDocument report, Func<FigureRun, FigureRun> change) =>
        report with
        {
            Sections =
            [
                .. report.Sections.Select(section =>
                    section with
                    {
                        Blocks =
                        [
                            .. section.Blocks.Select(block =>
                                block is ParagraphBlock one
                                    ? one with
                                    {
                                        Runs = [.. one.Runs.Select(run => run is FigureRun figure ? change(figure) : run)],
                                    }
                                    : block
                            ),
                        ],
                    }
                ),
            ],
        };

    /// <summary>Figures at random whose parts still add up.</summary>
    private static Dictionary<string, (long, long, long, long)> Shuffled(long[] values)
    {
        var numbers = ReportSample.Numbers();
        var at = 0;
        long Next() => values[at++ % values.Length];
        foreach (var id in numbers.Keys.Where(id => numbers[id].Of == 0).ToList())
        {
            numbers[id] = (Next(), 0, Next(), 0);
        }

        foreach (var family in new[] { "c2Region", "senderRegion", "mailKind", "attachmentType" })
        {
            var ids = numbers.Keys.Where(id => id.StartsWith(family + ".", StringComparison.Ordinal)).ToList();
            var (now, before) = (ids.ConvertAll(_ => Next()), ids.ConvertAll(_ => Next()));
            for (var i = 0; i < ids.Count; i++)
            {
                numbers[ids[i]] = (now[i], Math.Max(1, now.Sum()), before[i], Math.Max(1, before.Sum()));
            }

            if (now.Sum() == 0 || before.Sum() == 0)
            {
                ids.ForEach(id => numbers.Remove(id));
            }
        }

        string[] stages = ["attacked", "replied", "reconnaissance"];
        numbers["conversationalCases"] = (stages.Sum(one => numbers[$"conversationalCases.{one}"].Item1), 0, 0, 0);
        var free = Next();
        numbers["freeMail"] = (free, free + Next() + 1, Next() / 2, 50);
        numbers["avoidable.freeMailWithPayload"] = (Next(), 41, Next(), 41);
        return numbers;
    }
}
