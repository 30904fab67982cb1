using System.Numerics;
using CsCheck;
using Noroshi.Hub.Statistics;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Statistics;

public sealed class ArithmeticTests
{
    [Theory]
    [InlineData(385, 246, 157)]
    [InlineData(180, 160, 113)]
    [InlineData(1, 200, 1)]
    [InlineData(1, 201, 0)]
    [InlineData(0, 3, 0)]
    [InlineData(5, 200, 3)]
    [InlineData(3, 200, 2)]
    public void Halves_are_rounded_away_from_zero_and_not_to_the_even_number(long part, long whole, long expected) =>
        Arithmetic.Rounded(part, whole).ShouldBe(expected);

    [Fact]
    public void The_exact_value_is_kept_beside()
    {
        Arithmetic.Percent(180, 160).ShouldBe(112.5m);
        Arithmetic.Percent(1, 0).ShouldBeNull();
        Arithmetic.Rounded(1, 0).ShouldBeNull();
    }

    [Fact]
    public void Rounding_looks_at_the_fraction_and_not_at_its_cut_decimals() =>
        Gen.Select(Gen.Long[0, 1L << 50], Gen.Long[1, 1L << 50])
            .Sample(
                (part, whole) =>
                {
                    var rounded = Arithmetic.Rounded(part, whole) ?? -1;
                    // |rounded - 100 part / whole| <= 1/2, and a half goes up.
                    var twice = (BigInteger)2 * ((100 * (BigInteger)part) - ((BigInteger)rounded * whole));
                    (twice >= -whole && twice < whole).ShouldBeTrue($"{part}/{whole}: {rounded}");
                }
            );

    [Fact]
    public void Quantiles_are_those_of_the_readings_in_order() =>
        Gen.Long[0, 50]
            .List[1, 60]
            .Sample(seconds =>
            {
                var readings = seconds.GroupBy(one => one).OrderBy(one => one.Key).Select(one => (one.Key, one.Count())).ToList();
                var sorted = seconds.Order().ToList();
                Arithmetic
                    .Median(readings)
                    .ShouldBe(
                        sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2m
                    );
                var p90 = (long)(Arithmetic.Percentile(readings, 90) ?? -1);
                (sorted.Count(one => one <= p90) * 10).ShouldBeGreaterThanOrEqualTo(sorted.Count * 9);
                (sorted.Count(one => one < p90) * 10).ShouldBeLessThan(sorted.Count * 9);
            });

    [Fact]
    public void Without_readings_there_is_no_quantile()
    {
        Arithmetic.Median([]).ShouldBeNull();
        Arithmetic.Percentile([], 90).ShouldBeNull();
    }
}
