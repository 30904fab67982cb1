using System.Text;
using System.Text.Json;
using CsCheck;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Statistics;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Statistics;

public sealed class FrozenPeriodTests
{
    private static readonly Period Year = Period.OfYear(2012);
    private static readonly DateTimeOffset Later = new(2013, 4, 17, 10, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void Kept_and_read_again_a_frozen_period_gives_the_same_bytes_whatever_came_later() =>
        FactGen
            .Any.List[1, 60]
            .Sample(
                list =>
                {
                    var facts = list.DistinctBy(one => (one.GetType(), one.Id)).ToList();
                    var frozen = FrozenPeriod.Freeze(null, Figures(facts), "press", Later, null);
                    var (json, csv) = (StatisticsDocument.Json(frozen.Standing.Figures), StatisticsDocument.Csv(frozen.Standing.Figures));
                    var kept = JsonSerializer.SerializeToUtf8Bytes(frozen, StatisticsJson.Default.FrozenPeriod);
                    var read = JsonSerializer.Deserialize(kept, StatisticsJson.Default.FrozenPeriod).ShouldNotBeNull();
                    StatisticsDocument.Json(read.Standing.Figures).ShouldBe(json);
                    StatisticsDocument.Csv(read.Standing.Figures).ShouldBe(csv);
                    JsonSerializer.SerializeToUtf8Bytes(read, StatisticsJson.Default.FrozenPeriod).ShouldBe(kept);
                    FrozenPeriod.Freeze(read, Figures(facts), "press", Later, "counted again").ShouldBeSameAs(read);
                },
                iter: 40
            );

    [Fact]
    public void A_revision_says_why_and_what_changed_and_the_first_version_stays()
    {
        var first = FrozenPeriod.Freeze(null, Figures([Provided("1")]), "press", Later, null);
        var second = FrozenPeriod.Freeze(first, Figures([Provided("1"), Provided("2")]), "press", Later.AddDays(1), "a fax was found");
        second.Revisions.Select(one => (one.Number, one.Reason)).ShouldBe([(1, null), (2, "a fax was found")]);
        second.Revisions[0].ShouldBe(first.Standing);
        FrozenPeriod
            .Corrections(second.Revisions[0].Figures, second.Revisions[1].Figures)
            .Where(one => one.Group is null)
            .Select(one => (one.Id, one.Was?.Numerator, one.Is?.Numerator))
            .ShouldBe([("provided", 1, 2), ("providedRatio", 1, 2), ("answered", 0, 0)]);
        second.Standing.Figures.ShouldAllBe(one => one.State == StatisticState.Final);
    }

    [Fact]
    public void What_has_not_ended_is_not_frozen_and_what_is_frozen_changes_with_a_reason_only()
    {
        var frozen = FrozenPeriod.Freeze(null, Figures([]), "press", Later, null);
        FrozenPeriod.Problem(null, Year, Year.End.AddTicks(-1), null).ShouldNotBeNull();
        FrozenPeriod.Problem(null, Year, Year.End, null).ShouldBeNull();
        FrozenPeriod.Problem(frozen, Year, Later, " ").ShouldNotBeNull();
        FrozenPeriod.Problem(frozen, Year, Later, new string('x', 2_001)).ShouldNotBeNull();
        FrozenPeriod.Problem(frozen, Year, Later, "late items").ShouldBeNull();
    }

    [Fact]
    public void The_document_has_the_fields_of_its_contract_and_the_csv_opens_as_a_table()
    {
        var figures = Figures([Provided("1"), Provided("=2")]);
        using var json = JsonDocument.Parse(StatisticsDocument.Json(figures));
        json.RootElement.GetProperty("schema").GetString().ShouldBe("noroshi.stats/1");
        var provided = json
            .RootElement.GetProperty("figures")
            .EnumerateArray()
            .First(one => one.GetProperty("id").GetString() == "provided");
        provided.GetProperty("numerator").GetInt64().ShouldBe(2);
        provided.GetProperty("denominator").ValueKind.ShouldBe(JsonValueKind.Null);
        provided.GetProperty("state").GetString().ShouldBe("preliminary");
        provided.GetProperty("period").GetString().ShouldBe("FY2012");
        string[] fields = ["unit", "value", "population", "excluded", "categoryVersion"];
        fields.Except(provided.EnumerateObject().Select(one => one.Name), StringComparer.Ordinal).ShouldBeEmpty();
        var lines = Encoding.UTF8.GetString(StatisticsDocument.Csv(figures)).Split("\r\n");
        lines[0].ShouldStartWith("\uFEFFid,period,group");
        lines.Length.ShouldBe(figures.Count + 2);
    }

    [Fact]
    public void Every_figure_has_a_definition_in_both_languages()
    {
        var figures = Figures([Provided("1")]);
        figures.ShouldAllBe(one => StatisticDefinitions.Knows(one.Id) && one.Unit.Length > 0 && one.Population.Length > 0);
        StatisticDefinitions.All.ShouldAllBe(one =>
            one.Title.Ja.Length > 0 && one.Title.En.Length > 0 && one.Rule.Ja.Length > 0 && one.Rule.En.Length > 0
        );
        WhatIfRules.All.ShouldAllBe(one => figures.Any(figure => figure.Id == $"avoidable.{one.Code}"));
    }

    private static ProvisionFact Provided(string id) =>
        new(id, Year.End.AddDays(-3), "power") { Intake = IntakeOrigin.Member, Member = "power-a" };

    private static IReadOnlyList<Statistic> Figures(IEnumerable<Fact> facts)
    {
        var book = new FactBook();
        book.Put(facts);
        return StatisticsOfPeriod.Of(
            new StatisticsSource(
                book.RollUp.Of(Year),
                new Membership(
                    new Members
                    {
                        Groups = [new IndustryGroup("power")],
                        Organizations = [new Organization { Id = "power-a", Group = "power" }],
                    }
                )
            )
        );
    }
}
