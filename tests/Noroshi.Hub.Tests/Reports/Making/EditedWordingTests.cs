using Noroshi.Hub.Reports.Activity;
using Noroshi.Hub.Reports.Checking;
using Noroshi.Hub.Reports.Documents;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Reports.Making;

public sealed class EditedWordingTests
{
    private const string Block = "counts.provided";
    private const string Words = "情報提供は前年度の{FY2012/provided}件の{FY2013/providedRatio}にあたる{FY2013/provided}件{*1}に上った。";

    [Fact]
    public void An_edited_wording_keeps_its_numbers_and_is_shown_stale_when_they_change()
    {
        var report = Report(385);
        var block = EditedWordings.Find(report, Block).ShouldNotBeNull();
        EditedWordings.Problem(block, EditedWordings.TemplateOf(block)).ShouldBeNull();
        EditedWordings.Problem(block, Words).ShouldBeNull();
        var wording = new EditedWording(Block, true, Words, EditedWordings.MadeOf(block));

        var edited = EditedWordings.Apply(report, [wording]);
        ReportSample.TextOf(edited.Report).ShouldContain("情報提供は前年度の246件の157%にあたる385件(*1)に上った。");
        (edited.Stale.Count, edited.Lost.Count).ShouldBe((0, 0));
        ReportChecker
            .Check(edited.Report, new CheckGround(new HashSet<string>(StringComparer.Ordinal)))
            .ShouldNotContain(one => one.Blocks);

        var later = EditedWordings.Apply(Report(390), [wording]);
        ReportSample.TextOf(later.Report).ShouldContain("390件(*1)に上った。");
        later.Stale.ShouldBe([Block]);
    }

    [Theory]
    [InlineData("情報提供は385件であった。")]
    [InlineData("{FY2013/provided}件")]
    [InlineData("{FY2013/provided}{FY2012/provided}{FY2013/providedRatio}{*1}{FY2013/secret}")]
    [InlineData("{FY2013/provided}{FY2012/provided}{FY2013/providedRatio}{*1")]
    [InlineData("")]
    public void A_wording_without_its_fields_or_with_others_is_refused(string template) =>
        EditedWordings.Problem(EditedWordings.Find(Report(385), Block).ShouldNotBeNull(), template).ShouldNotBeNull();

    [Fact]
    public void A_typed_number_beside_the_fields_is_found_by_the_check()
    {
        var report = Report(385);
        var block = EditedWordings.Find(report, Block).ShouldNotBeNull();
        var edited = EditedWordings.Apply(report, [new EditedWording(Block, true, Words + "目標は400件。", EditedWordings.MadeOf(block))]);
        ReportChecker
            .Check(edited.Report, new CheckGround(new HashSet<string>(StringComparer.Ordinal)))
            .ShouldContain(one => one.Fault == ReportFault.NumberWithoutSource && one.Block == Block && one.What == "400");
    }

    [Fact]
    public void A_wording_of_another_language_or_of_a_block_that_is_gone_changes_nothing()
    {
        var report = Report(385);
        var edited = EditedWordings.Apply(report, [new EditedWording(Block, false, Words, ""), new EditedWording("gone", true, "x", "")]);
        ReportSample.TextOf(edited.Report).ShouldBe(ReportSample.TextOf(report));
        edited.Lost.ShouldBe(["gone"]);
    }

    private static ReportDocument Report(long provided)
    {
        var numbers = ReportSample.Numbers();
        numbers["provided"] = (provided, 0, 246, 0);
        return ActivityReport.Of(ReportSample.Material(true, numbers));
    }
}
