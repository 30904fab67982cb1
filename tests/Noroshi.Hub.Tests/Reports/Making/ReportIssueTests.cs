using Noroshi.Hub.Reports.Activity;
using Noroshi.Hub.Reports.Checking;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Reports.Publishing;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Reports.Making;

public sealed class ReportIssueTests
{
    private static readonly DateTimeOffset Now = new(2014, 5, 28, 10, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void A_report_goes_from_draft_to_publication_by_several_people_and_not_before_its_time()
    {
        var draft = ReportIssue.Draft(ReportForm.Activity, "FY2013", "press", Now);
        Should.Throw<ReportRefusedException>(() => draft.Check("press", Now));
        Should.Throw<ReportRefusedException>(() => draft.Decide("head", Now, Now, []));
        var ready = draft.Check("colleague", Now);
        Should.Throw<ReportRefusedException>(() => ready.Decide("press", Now, Now, []));
        Should.Throw<ReportRefusedException>(() => ready.Decide("head", Now, Now.AddMinutes(-1), []));
        var release = Now.AddDays(2);
        var decided = ready.Decide("head", Now, release, []);
        decided.Newest.StageAt(release.AddSeconds(-1)).ShouldBe(ReportStage.Decided);
        decided.PublishedAt(release.AddSeconds(-1)).ShouldBeNull();
        decided.PublishedAt(release).ShouldBe(decided.Newest);
        Should.Throw<ReportRefusedException>(() => decided.Redraft("press", Now, []));
        Should.Throw<ReportRefusedException>(() => decided.Correct("press", Now, "too early"));
        decided.SendBack("a mistake", Now).Newest.StageAt(release).ShouldBe(ReportStage.Drafted);
        Should.Throw<ReportRefusedException>(() => decided.SendBack("too late", release));
    }

    [Fact]
    public void What_changed_after_a_check_is_checked_again()
    {
        var ready = ReportIssue.Draft(ReportForm.Activity, "FY2013", "press", Now).Check("colleague", Now);
        ready.Redraft("press", Now, [new EditedWording("a", true, "b", "")]).Newest.StageAt(Now).ShouldBe(ReportStage.Drafted);
    }

    [Fact]
    public void A_correction_is_a_further_version_and_the_first_stays_public_until_it_is_published()
    {
        var first = ReportIssue.Draft(ReportForm.Activity, "FY2013", "press", Now).Check("colleague", Now).Decide("head", Now, Now, []);
        Should.Throw<ReportRefusedException>(() => first.Correct("press", Now, " "));
        var corrected = first.Correct("press", Now, "late provisions");
        (corrected.Newest.Number, corrected.PublishedAt(Now)?.Number).ShouldBe((2, 1));
        corrected.Versions[0].ShouldBe(first.Newest);
        corrected.Check("colleague", Now).Decide("head", Now, Now, []).PublishedAt(Now)?.Number.ShouldBe(2);
    }

    [Fact]
    public void The_list_of_corrections_holds_what_was_printed_and_differs()
    {
        var numbers = ReportSample.Numbers();
        var was = ReportSample.Figures(numbers).Where(one => one.Period == "FY2013").ToList();
        numbers["provided"] = (386, 0, 246, 0);
        var material = ReportSample.Material(true, numbers);
        var now = material.Figures.Where(one => one.Period == "FY2013").ToList();
        var report = Errata.Add(ActivityReport.Of(material), "追加の情報提供", was, now);
        var text = ReportSample.TextOf(report);
        text.ShouldContain("情報提供件数\n385\n386");
        text.ShouldContain("先に公表した版を訂正した。理由:「追加の情報提供」。");
        report.Sections[^1].Heading.ShouldBe("正誤表");
        ReportChecker.Check(report, new CheckGround(new HashSet<string>(StringComparer.Ordinal))).ShouldNotContain(one => one.Blocks);
    }
}
