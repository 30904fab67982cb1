using CsCheck;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Statistics;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Statistics;

public sealed class RollUpTests
{
    private static readonly Members Community = new()
    {
        Groups = [new IndustryGroup("power"), new IndustryGroup("gas"), new IndustryGroup("oil")],
        Organizations =
        [
            .. new[] { "power", "gas", "oil" }.Select(group => new Organization
            {
                Id = $"{group}-a",
                Group = group,
                JoinedOn = new DateOnly(2012, 4, 1),
            }),
        ],
    };

    private static readonly Period[] Periods =
    [
        Period.OfYear(2012),
        Period.OfYear(2013),
        Period.OfQuarter(2013, 2),
        Period.OfQuarter(2012, 4),
        Period.OfYear(2012).Parts(PeriodKind.Month).Last(),
    ];

    [Fact]
    public void After_any_adds_changes_and_removals_every_figure_is_what_a_full_recount_counts() =>
        Gen.Select(FactGen.Any, Gen.Int[0, 9])
            .List[1, 120]
            .Sample(
                steps =>
                {
                    var book = new FactBook();
                    var facts = new Dictionary<(Type, string), Fact>();
                    for (var at = 0; at < steps.Count; at++)
                    {
                        var (fact, choice) = steps[at];
                        // Of a known id it is a change; some are taken away again.
                        facts[(fact.GetType(), fact.Id)] = fact;
                        if (choice < 2)
                        {
                            facts.Remove((fact.GetType(), fact.Id));
                        }

                        if (at % 7 == 0)
                        {
                            book.Put(facts.Values);
                        }
                    }

                    book.Put(facts.Values);
                    foreach (var period in Periods)
                    {
                        IsRecounted(book, facts.Values, period);
                    }
                },
                iter: 60
            );

    [Fact]
    public void When_everything_is_taken_away_nothing_is_left() =>
        FactGen
            .Any.List[1, 80]
            .Sample(facts =>
            {
                var rollUp = new RollUp();
                facts.ForEach(rollUp.Add);
                facts.ForEach(rollUp.Remove);
                foreach (var period in Periods)
                {
                    var counts = rollUp.Of(period);
                    counts.IsEmpty.ShouldBeTrue();
                    Enum.GetValues<DistinctKind>().ShouldAllBe(kind => counts.Distinct(kind) == 0);
                    Enum.GetValues<ClockKind>().ShouldAllBe(clock => counts.Clock(clock).Count == 0);
                }
            });

    [Fact]
    public void The_order_in_which_facts_come_does_not_show() =>
        FactGen
            .Any.List[1, 60]
            .Sample(list =>
            {
                var facts = list.DistinctBy(one => (one.GetType(), one.Id)).ToList();
                var (one, other) = (new FactBook(), new FactBook());
                one.Put(facts);
                other.Put(Enumerable.Reverse(facts).ToList());
                StatisticsDocument.Json(Of(one, Periods[1])).ShouldBe(StatisticsDocument.Json(Of(other, Periods[1])));
            });

    [Fact]
    public void A_number_leads_to_as_many_things_as_it_counts() =>
        FactGen
            .Any.List[1, 100]
            .Sample(list =>
            {
                var book = new FactBook();
                book.Put(list.DistinctBy(one => (one.GetType(), one.Id)));
                string[] without =
                [
                    "uniqueMails",
                    "samples",
                    "hijackedSites",
                    "providers",
                    "organizations",
                    "organizationsJoined",
                    "groups",
                    "clock",
                ];
                foreach (var one in Of(book, Periods[0]).Where(one => !without.Contains(one.Id.Split('.')[0], StringComparer.Ordinal)))
                {
                    if (!one.Id.Contains("Ratio", StringComparison.Ordinal) && one.Id != "sharedTo")
                    {
                        book.BehindOf(one.Id, Periods[0], one.Group).Count.ShouldBe((int)(one.Numerator ?? -1), one.Id);
                    }
                }
            });

    private static IReadOnlyList<Statistic> Of(FactBook book, Period period) =>
        StatisticsOfPeriod.Of(new StatisticsSource(book.RollUp.Of(period), new Membership(Community)));

    private static void IsRecounted(FactBook book, IEnumerable<Fact> facts, Period period)
    {
        var recount = new Recount(facts, period);
        var looked = 0;
        foreach (var one in Of(book, period))
        {
            if (one.Group is { } group && one.Id != "sharedTo")
            {
                one.Numerator.ShouldBe(recount.Of(one.Id, group), $"{one.Id} {group} {period}");
            }
            else if (recount.Of(one.Id) is { } expected)
            {
                looked++;
                (one.Numerator, one.Denominator).ShouldBe(expected, $"{one.Id} {period}");
            }
        }

        looked.ShouldBeGreaterThan(35);
        foreach (var clock in Enum.GetValues<ClockKind>())
        {
            var id = $"clock.{char.ToLowerInvariant(clock.ToString()[0])}{clock.ToString()[1..]}.median";
            Of(book, period).Single(one => one.Id == id).Value.ShouldBe(recount.Median(clock), id);
        }
    }
}
