using CsCheck;
using Noroshi.Hub.Statistics;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Statistics;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2014-03-31T23:59:59.999+09:00", "FY2013", "FY2013Q4", "2014-03")]
    [InlineData("2014-04-01T00:00:00+09:00", "FY2014", "FY2014Q1", "2014-04")]
    [InlineData("2014-03-31T15:00:00Z", "FY2014", "FY2014Q1", "2014-04")]
    [InlineData("2014-03-31T14:59:59Z", "FY2013", "FY2013Q4", "2014-03")]
    [InlineData("2013-12-31T10:00:00-05:00", "FY2013", "FY2013Q4", "2014-01")]
    public void Years_begin_on_1_april_in_japan_wherever_the_clock_stood(string at, string year, string quarter, string month) =>
        Period
            .Around(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture))
            .Select(one => one.Id)
            .ShouldBe([year, quarter, month]);

    [Fact]
    public void An_id_leads_back_to_its_period_and_the_parts_fill_it() =>
        Gen.Int[1_000, 9_998]
            .Sample(fiscal =>
            {
                var year = Period.OfYear(fiscal);
                Period[] all = [year, .. year.Parts(PeriodKind.Quarter), .. year.Parts(PeriodKind.Month)];
                all.Length.ShouldBe(17);
                all.ShouldAllBe(one => Period.Parse(one.Id) == one && one.FiscalYear == fiscal);
                foreach (var parts in new[] { year.Parts(PeriodKind.Quarter), year.Parts(PeriodKind.Month) }.Select(one => one.ToList()))
                {
                    parts[0].FirstDay.ShouldBe(year.FirstDay);
                    parts[^1].LastDay.ShouldBe(year.LastDay);
                    parts
                        .Zip(parts.Skip(1))
                        .ShouldAllBe(two => two.First.LastDay.AddDays(1) == two.Second.FirstDay && two.Second.Before == two.First);
                }

                year.Contains(year.End).ShouldBeFalse();
                year.Contains(year.End.AddTicks(-1)).ShouldBeTrue();
                Period.OfQuarter(fiscal, 1).FirstDay.Month.ShouldBe(4);
            });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("FY")]
    [InlineData("FY2013Q5")]
    [InlineData("FY2013Q")]
    [InlineData("FY999")]
    [InlineData("FY9999")]
    [InlineData("FY-2013")]
    [InlineData("2013-13")]
    [InlineData("2013-00")]
    [InlineData("2013")]
    [InlineData("2013-1")]
    [InlineData("FY２０１３")]
    public void What_is_no_period_is_none(string? text) => Period.Parse(text).ShouldBeNull();

    [Fact]
    public void Whatever_the_text_reading_it_as_a_period_ends_well() =>
        Gen.String[Gen.Char["FYQ-0123459"], 0, 9]
            .Sample(text => (Period.Parse(text) is not { } read || read.Id == text).ShouldBeTrue(text));
}
