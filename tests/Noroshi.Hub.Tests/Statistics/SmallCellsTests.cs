using CsCheck;
using Noroshi.Hub.Statistics;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Statistics;

public sealed class SmallCellsTests
{
    private static readonly CellRule Rule = new();

    [Fact]
    public void A_small_cell_takes_another_with_it_so_that_no_subtraction_brings_it_back()
    {
        var told = SmallCells.Outward(Table((20, 5), (3, 3), (40, 5), (0, 0)), Rule);
        told.Select(one => one.Numerator).ShouldBe([63, null, null, 40, 0]);
        told.Count(one => one.Suppressed).ShouldBe(2);
    }

    [Fact]
    public void Many_provisions_of_one_corporate_group_are_a_small_cell_too() =>
        SmallCells.Outward(Table((20, 1), (30, 4), (40, 5)), Rule).Select(one => one.Numerator).ShouldBe([90, null, null, 40]);

    [Fact]
    public void Two_tiny_cells_take_a_third_because_their_sum_is_a_small_number_itself() =>
        SmallCells.Outward(Table((1, 1), (2, 2), (30, 4), (40, 5)), Rule).Select(one => one.Numerator).ShouldBe([73, null, null, null, 40]);

    [Fact]
    public void A_small_cell_alone_among_zeros_hides_the_whole_table() =>
        SmallCells.Outward(Table((0, 0), (3, 1), (0, 0)), Rule).Select(one => one.Numerator).ShouldBe([3, null, null, null]);

    [Fact]
    public void Tables_without_small_cells_and_facts_of_attacks_are_told_as_they_are()
    {
        var figures = Table((20, 5), (30, 4)).Append(Cell("c2Region.JP", 1, null, 0)).ToList();
        SmallCells.Outward(figures, Rule).ShouldBe(figures);
    }

    [Fact]
    public void Quarters_are_not_told_by_industry_since_a_year_less_three_of_them_is_the_fourth() =>
        SmallCells
            .Outward([.. Table((20, 5), (30, 4)).Select(one => one with { Period = "FY2013Q1" })], Rule)
            .ShouldHaveSingleItem()
            .Group.ShouldBeNull();

    [Fact]
    public void Whoever_knows_the_total_and_all_that_is_told_learns_no_small_number() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 5])
            .Array[1, 8]
            .Sample(cells =>
            {
                var counted = Table(cells);
                var told = SmallCells.Outward(counted, Rule);
                var hidden = counted.Zip(told).Where(two => two.Second.Suppressed).Select(two => two.First).ToList();
                told.Zip(counted)
                    .Where(two => two.Second.Group is not null && !two.First.Suppressed && two.Second.Numerator > 0)
                    .ShouldAllBe(two => two.Second.Numerator >= Rule.Fewest && two.Second.Providers >= Rule.FewestProviders);
                if (hidden.Count > 0 && counted.Count(one => one.Group is not null) > 1)
                {
                    // Alone it would be the total less the others.
                    hidden.Count.ShouldBeGreaterThan(1);
                    var open = told.Count(one => one.Group is not null && !one.Suppressed && one.Numerator > 0);
                    (hidden.Sum(one => one.Numerator) >= Rule.Fewest || open == 0).ShouldBeTrue();
                }

                told.Where(one => one.Suppressed).ShouldAllBe(one => one.Numerator == null && one.Value == null && one.Previous == null);
            });

    private static List<Statistic> Table(params IReadOnlyList<(int Count, int Providers)> cells) =>
        [
            Cell("provided", cells.Sum(one => one.Count), null, 0),
            .. cells.Select((one, at) => Cell("provided", one.Count, $"g{at}", one.Providers)),
        ];

    private static Statistic Cell(string id, long count, string? group, int providers) =>
        new()
        {
            Id = id,
            Period = "FY2013",
            Group = group,
            Unit = "provision",
            Numerator = count,
            Value = count,
            Population = "memberProvisions",
            CategoryVersion = "1",
            Providers = group is null ? null : providers,
        };
}
