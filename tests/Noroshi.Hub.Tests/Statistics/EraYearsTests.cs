using Noroshi.Hub.Statistics;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Statistics;

/// <summary>Fiscal years by eras.</summary>
public sealed class EraYearsTests
{
    [Theory]
    [InlineData(2013, "平成25年度")]
    [InlineData(2012, "平成24年度")]
    [InlineData(2018, "平成30年度")]
    [InlineData(2019, "令和元年度")]
    [InlineData(2020, "令和2年度")]
    [InlineData(1988, "昭和63年度")]
    [InlineData(1989, "平成元年度")]
    public void A_fiscal_year_is_named_by_the_era_that_it_is_counted_in(int year, string name) => EraYears.Of(year).ShouldBe(name);

    [Fact]
    public void Before_the_calendar_of_today_there_is_no_name() => EraYears.Of(1872).ShouldBeNull();
}
