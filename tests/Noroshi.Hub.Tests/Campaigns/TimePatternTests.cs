using System.Diagnostics;
using System.Globalization;
using Noroshi.Hub.Campaigns;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Campaigns;

public sealed class TimePatternTests
{
    private static readonly DateTimeOffset Start = new(2013, 10, 15, 13, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void Three_windows_within_four_minutes_are_strongly_parallel_and_hardly_chance()
    {
        var found = Of(
            At("a", "org-1", minutes: 0, window: "w1"),
            At("b", "org-1", minutes: 3, window: "w2"),
            At("c", "org-2", minutes: 4, window: "w3"),
            At("far", "org-3", minutes: 600)
        );
        var parallel = found.OfType<ParallelPattern>().ShouldHaveSingleItem();
        parallel.Exchanges.ShouldBe(["a", "b", "c"]);
        (parallel.Windows, parallel.Organizations, parallel.Minutes, parallel.Strong).ShouldBe((3, 2, 4, true));
        // Poisson: 5 a day give 5 * 4 / 1440 in four minutes; two or more of them.
        var mean = 5 * 4 / 1_440.0;
        parallel.Chance.ShouldBe(1 - (Math.Exp(-mean) * (1 + mean)), 1e-12);
    }

    [Fact]
    public void Within_the_hour_it_is_parallel_but_not_strong_and_beyond_it_is_nothing()
    {
        var weak = Of(At("a", "org-1", minutes: 0), At("b", "org-2", minutes: 55)).OfType<ParallelPattern>().ShouldHaveSingleItem();
        (weak.Windows, weak.Strong, weak.Minutes).ShouldBe((2, false, 55));
        Of(At("a", "org-1", minutes: 0), At("b", "org-2", minutes: 61)).OfType<ParallelPattern>().ShouldBeEmpty();
    }

    [Fact]
    public void One_window_written_to_twice_is_not_parallel_and_two_windows_of_one_organisation_are_not_strong()
    {
        Of(At("a", "org-1", minutes: 0, window: "w"), At("b", "org-1", minutes: 2, window: "w")).OfType<ParallelPattern>().ShouldBeEmpty();
        Of(At("a", "org-1", minutes: 0, window: "v"), At("b", "org-1", minutes: 2, window: "w"))
            .OfType<ParallelPattern>()
            .ShouldHaveSingleItem()
            .Strong.ShouldBeFalse();
    }

    [Fact]
    public void A_strong_run_is_told_by_itself_and_no_contact_is_told_twice()
    {
        var found = Of(
                At("a", "org-1", minutes: 0),
                At("b", "org-2", minutes: 50),
                At("c", "org-3", minutes: 53),
                At("d", "org-4", minutes: 54),
                At("e", "org-5", minutes: 100)
            )
            .OfType<ParallelPattern>()
            .ToList();
        found.ShouldHaveSingleItem().Exchanges.ShouldBe(["b", "c", "d"]);
    }

    [Fact]
    public void Affiliates_of_one_group_count_as_one_organisation()
    {
        ExchangeTimes Affiliate(string id, string organization, double minutes) => At(id, organization, minutes) with { CountsAs = "head" };
        var pattern = Of(Affiliate("a", "org-1", 0), Affiliate("b", "org-2", 4)).OfType<ParallelPattern>().ShouldHaveSingleItem();
        (pattern.Windows, pattern.Organizations, pattern.Strong).ShouldBe((2, 1, false));
    }

    [Fact]
    public void Five_organisations_in_two_weeks_are_a_sequence_with_its_days_and_chance()
    {
        var found = Of([.. Enumerable.Range(0, 5).Select(i => At($"e{i}", $"org-{i}", i * 3.4 * 1_440)), At("later", "org-9", 40 * 1_440)]);
        var sequence = found.OfType<SequentialPattern>().ShouldHaveSingleItem();
        sequence.Exchanges.ShouldBe(["e0", "e1", "e2", "e3", "e4"]);
        sequence.Organizations.ShouldBe(5);
        sequence.Days.ShouldBe(13.6, 1e-9);
        sequence.Chance.ShouldBeInRange(0.99, 1);
        new TimePatterns(0.01)
            .Of([.. Enumerable.Range(0, 5).Select(i => At($"e{i}", $"org-{i}", i * 3.4 * 1_440))])
            .OfType<SequentialPattern>()
            .ShouldHaveSingleItem()
            .Chance.ShouldBeLessThan(0.001);
        Of(At("a", "org-1", 0), At("b", "org-2", 1_440)).OfType<SequentialPattern>().ShouldBeEmpty();
    }

    [Fact]
    public void One_address_each_is_careful_and_three_in_one_spell_are_not()
    {
        ExchangeTimes With(string id, string organization, double days, params string[] addresses) =>
            At(id, organization, days * 1_440) with
            {
                Addresses = addresses,
            };
        var careful = Of(With("a", "o1", 0, "x@o1"), With("b", "o2", 2, "x@o2"), With("c", "o3", 4, "x@o3", "y@o3"))
            .OfType<CarefulPattern>()
            .ShouldHaveSingleItem();
        (careful.Organizations, careful.MedianAddresses, careful.MostAddresses).ShouldBe((3, 1, 2));
        Of(With("a", "o1", 0, "x@o1"), With("b", "o2", 2, "x@o2"), With("c", "o3", 4, "x@o3", "y@o3", "z@o3"))
            .OfType<CarefulPattern>()
            .ShouldBeEmpty();
        // After months another window may be written to: each spell counts for itself.
        Of(
                With("a", "o1", 0, "x@o1"),
                With("b", "o2", 2, "x@o2"),
                With("c", "o3", 4, "x@o3"),
                With("d", "o3", 90, "y@o3"),
                With("e", "o3", 180, "z@o3")
            )
            .OfType<CarefulPattern>()
            .ShouldHaveSingleItem()
            .MostAddresses.ShouldBe(1);
    }

    [Fact]
    public void The_same_organisation_after_a_month_is_a_return_counted_from_the_last_mail_of_all()
    {
        // The first exchange goes on beyond the second: the pause begins with its end.
        var longest = At("a", "org-1", 0) with
        {
            Received = [Start, Start.AddDays(20)],
        };
        var found = Of(longest, At("b", "org-1", 1_440), At("c", "org-1", 100 * 1_440), At("d", "org-2", 60 * 1_440));
        var returning = found.OfType<ReturningPattern>().ShouldHaveSingleItem();
        returning.Exchanges.ShouldBe(["a", "c"]);
        (returning.Organization, returning.Days).ShouldBe(("org-1", 80));
        Of(longest, At("b", "org-1", 45 * 1_440)).OfType<ReturningPattern>().ShouldBeEmpty();
    }

    [Fact]
    public void Quick_answers_show_that_somebody_attends_and_at_which_hours()
    {
        ExchangeTimes Answered(string id, params double[] minutes) => At(id, id, 0) with { LatencyMinutes = minutes };
        var attended = Of(Answered("a", 11, 15), Answered("b", 13)).OfType<AttendedPattern>().ShouldHaveSingleItem();
        (attended.MedianMinutes, attended.Replies).ShouldBe((13, 3));
        attended.Hours.Count.ShouldBe(24);
        attended.Hours[13].ShouldBe(2);
        attended.Hours.Sum().ShouldBe(2);
        Of(Answered("a", 11, 15)).OfType<AttendedPattern>().ShouldBeEmpty();
        Of(Answered("a", 11, 150), Answered("b", 230)).OfType<AttendedPattern>().ShouldBeEmpty();
    }

    [Fact]
    public void Ways_that_change_from_month_to_month_are_told_unless_all_change_at_once()
    {
        ExchangeTimes Ways(string id, int month, string container, string document, string host) =>
            At(id, id, month * 31 * 1_440.0) with
            {
                Containers = [container],
                Documents = [document],
                Infrastructure = [host],
            };
        var evolving = Of(Ways("a", 0, "rar", "exe", "h1"), Ways("b", 1, "zip", "exe", "h1"), Ways("c", 2, "zip", "exe", "h2"))
            .OfType<EvolvingPattern>()
            .ShouldHaveSingleItem();
        evolving
            .Changes.Select(change => (change.Month, change.What))
            .ShouldBe([(new DateOnly(2013, 11, 1), "container"), (new DateOnly(2013, 12, 1), "infrastructure")]);
        evolving.Changes[0].Before.ShouldBe(["rar"]);
        evolving.Changes[0].After.ShouldBe(["zip"]);
        Of(Ways("a", 0, "rar", "exe", "h1"), Ways("b", 1, "zip", "lnk", "h2")).OfType<EvolvingPattern>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.02)]
    [InlineData(20.0)]
    public void Twenty_thousand_exchanges_take_no_longer_for_their_number(double minutesApart)
    {
        IReadOnlyList<ExchangeTimes> Many(int count) =>
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i =>
                        At($"e{i:D5}", $"org-{i % 7}", i * minutesApart, window: $"w{i % 11}") with
                        {
                            Addresses = [$"x@{i % 7}"],
                        }
                    ),
            ];
        var patterns = new TimePatterns(5);
        patterns.Of(Many(500));
        var watch = Stopwatch.StartNew();
        patterns.Of(Many(20_000)).ShouldNotBeEmpty();
        // Quadratic work would be 4e8 steps; the bound leaves room for a busy machine.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private static IReadOnlyList<TimePattern> Of(params ExchangeTimes[] exchanges) => new TimePatterns(5).Of(exchanges);

    private static ExchangeTimes At(string id, string organization, double minutes, string? window = null) =>
        new()
        {
            Exchange = id,
            Organization = organization,
            Window = window ?? string.Create(CultureInfo.InvariantCulture, $"window of {organization}"),
            Received = [Start.AddMinutes(minutes)],
        };
}
