using CsCheck;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Statistics;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Statistics;

public sealed class FactDrawingTests
{
    private static readonly DateTimeOffset At = new(2013, 10, 17, 9, 0, 0, TimeSpan.FromHours(9));

    private static readonly Members Community = new()
    {
        Groups = [new IndustryGroup("power")],
        Organizations =
        [
            new Organization { Id = "power-a", Group = "power" },
            new Organization
            {
                Id = "power-a-affiliate",
                Group = "power",
                Parent = "power-a",
            },
            new Organization { Id = "power-b", Group = "power" },
            new Organization
            {
                Id = "late",
                Group = "power",
                JoinedOn = new DateOnly(2013, 10, 18),
            },
        ],
    };

    [Fact]
    public void The_same_from_another_member_counts_and_from_the_same_does_not()
    {
        var facts = Draw(
            [Given("1", "power-a"), Given("2", "power-b"), Given("3", "power-a"), Given("4", "power-a-affiliate")],
            [Mail("1", "x"), Mail("2", "x"), Mail("3", "x"), Mail("4", "x")]
        );
        NotOf(facts).ShouldBe([null, null, NotProvided.Repeat, NotProvided.Repeat]);
        facts.OfType<MailFact>().Where(Categories.InPopulation).Select(one => one.Provision).ShouldBe(["1", "2"]);
    }

    [Fact]
    public void A_provision_with_something_new_counts_and_what_was_given_before_is_not_judged_again()
    {
        var facts = Draw([Given("1", "power-a"), Given("2", "power-a")], [Mail("1", "x"), Mail("2", "x"), Mail("2", "y")]);
        NotOf(facts).ShouldBe([null, null]);
        facts.OfType<MailFact>().Count(Categories.InPopulation).ShouldBe(2);
    }

    [Fact]
    public void An_addition_is_no_provision_and_the_same_mail_with_all_its_headers_is_one()
    {
        var facts = Draw(
            [Given("1", "power-a"), Given("2", "power-a") with { AddsTo = "1" }, Given("3", "power-a") with { AddsTo = "2" }],
            [Mail("1", "x", unique: 1), Mail("2", "x with headers", unique: 1), Mail("3", "further", unique: 2)]
        );
        NotOf(facts).ShouldBe([null, NotProvided.Addition, NotProvided.Addition]);
        facts.OfType<MailFact>().Where(Categories.InPopulation).Select(one => one.Provision).ShouldBe(["1", "3"]);
    }

    [Fact]
    public void Additions_that_lead_in_a_circle_end() =>
        NotOf(Draw([Given("1", "power-a") with { AddsTo = "2" }, Given("2", "power-a") with { AddsTo = "1" }], []))
            .ShouldBe([NotProvided.Addition, NotProvided.Addition]);

    [Fact]
    public void Help_desk_and_hub_stand_apart_and_strangers_and_what_waits_do_not_count()
    {
        var facts = Draw(
            [
                Given("1", "desk:7") with
                {
                    Intake = "desk",
                },
                Given("2", "hub") with
                {
                    Intake = "hub",
                },
                Given("3", "nobody"),
                Given("4", "late"),
                Given("5", "power-a") with
                {
                    Waits = true,
                },
                Given("6", null) with
                {
                    Intake = null,
                },
            ],
            [Mail("1", "a"), Mail("3", "b"), Mail("5", "c")]
        );
        facts
            .SelectMany(Categories.Of)
            .Where(one => one.StartsWith("provided", StringComparison.Ordinal) || one.StartsWith("judged", StringComparison.Ordinal))
            .ShouldBe(
                [
                    "provided!desk",
                    "judgedTargeted!desk",
                    "provided!hub",
                    "provided!notMember",
                    "provided!notMember",
                    "provided!waiting",
                    "provided!erased",
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public void An_analysts_verdict_stands_above_what_was_stated_and_that_above_what_rules_propose()
    {
        var around = Around() with { Given = key => key == "1/a" ? Verdict.Harmless : null, Proposed = _ => Verdict.MassMailed };
        var facts = FactDrawing.Draw(
            [Given("1", "power-a")],
            [
                Mail("1", "a", unique: 1),
                Mail("1", "b", unique: 2),
                Mail("1", "c", unique: 3) with
                {
                    Stated = null,
                },
                Mail("1", "d", unique: 4) with
                {
                    Stated = Verdict.Unknown,
                },
            ],
            around
        );
        facts
            .OfType<MailFact>()
            .OrderBy(one => one.Id, StringComparer.Ordinal)
            .Select(one => (one.Verdict, one.Basis))
            .ShouldBe([
                (Verdict.Harmless, VerdictBasis.Given),
                (Verdict.Targeted, VerdictBasis.Stated),
                (Verdict.MassMailed, VerdictBasis.Proposed),
                (Verdict.MassMailed, VerdictBasis.Proposed),
            ]);
    }

    [Fact]
    public void Of_equal_mails_of_a_provision_the_judged_one_counts_once()
    {
        var facts = Draw(
            [Given("1", "power-a")],
            [Mail("1", "a", unique: 1) with { Stated = Verdict.Harmless }, Mail("1", "b", unique: 1), Mail("1", "c", unique: 1)]
        );
        facts.OfType<MailFact>().Where(Categories.InPopulation).Select(one => one.Id).ShouldBe(["1/b"]);
    }

    [Fact]
    public void A_mail_without_file_and_link_gathers_information_when_its_part_in_the_exchange_is_reconnaissance()
    {
        MailCounting.KindOf(file: false, link: false, MessageRole.Reconnaissance).ShouldBe(MailKind.InformationGathering);
        MailCounting.KindOf(file: false, link: false, null).ShouldBe(MailKind.Unknown);
        MailCounting.KindOf(file: true, link: true, MessageRole.Reconnaissance).ShouldBe(MailKind.Both);
    }

    [Fact]
    public void What_an_analyst_wrote_down_of_a_destination_stands_in_place_of_what_was_stated()
    {
        var found = MailCounting.DestinationsOf(
            [new Destination("C2.example.", "192.0.2.1", "us", Hijacked: "no"), new Destination("other.example", Country: "not a code")],
            host =>
                host == "c2.example"
                    ? new Destination(
                        host,
                        Country: "JP",
                        CountryAsOf: new DateOnly(2013, 11, 1),
                        CountrySource: "db",
                        Hijacked: "suspected"
                    )
                    : null
        );
        found.ShouldBe([
            new DestinationFact("c2.example", "JP", new DateOnly(2013, 11, 1), "db", Hijacked: true),
            new DestinationFact("other.example", null),
        ]);
    }

    [Fact]
    public void The_order_in_which_they_are_given_does_not_show() =>
        Gen.Select(
                Gen.Select(Gen.Int[0, 3], Gen.Int[0, 40], Gen.Int[-1, 8]).Array[1, 8],
                Gen.Select(Gen.Int[0, 7], Gen.Int[0, 5]).Array[0, 20]
            )
            .Sample(
                (provisions, mails) =>
                {
                    string?[] givers = ["power-a", "power-b", "late", null];
                    var given = provisions
                        .Select(
                            (one, at) =>
                                new GivenProvision($"{at}", At.AddDays(one.Item2), "member", givers[one.Item1])
                                {
                                    AddsTo = one.Item3 < 0 ? null : $"{one.Item3}",
                                }
                        )
                        .ToList();
                    var own = mails
                        .Select((one, at) => Mail($"{one.Item1}", $"bytes {one.Item2}", unique: (ulong)one.Item2) with { Key = $"m{at}" })
                        .ToList();
                    var book = new FactBook();
                    book.Put(Draw(given, own));
                    var before = StatisticsDocument.Json(Figures(book));
                    book.Put(Draw(Enumerable.Reverse(given), Enumerable.Reverse(own)));
                    StatisticsDocument.Json(Figures(book)).ShouldBe(before);
                }
            );

    private static IReadOnlyList<Statistic> Figures(FactBook book) =>
        StatisticsOfPeriod.Of(new StatisticsSource(book.RollUp.Of(Period.OfYear(2013)), new Membership(Community)));

    private static IEnumerable<NotProvided?> NotOf(IReadOnlyList<Fact> facts) => facts.OfType<ProvisionFact>().Select(one => one.Not);

    private static IReadOnlyList<Fact> Draw(IEnumerable<GivenProvision> provisions, IEnumerable<GivenMail> mails) =>
        FactDrawing.Draw(provisions, mails, Around());

    private static FactSurroundings Around() =>
        new()
        {
            Members = Community,
            Given = _ => null,
            Proposed = _ => null,
            Role = _ => null,
            Destination = _ => null,
        };

    private static GivenProvision Given(string id, string? organization) => new(id, At.AddMinutes(id[0]), "member", organization);

    private static GivenMail Mail(string provision, string bytes, ulong? unique = null) =>
        new()
        {
            Key = $"{provision}/{bytes}",
            Provision = provision,
            Bytes = bytes,
            Unique = unique ?? (ulong)bytes.Sum(one => one),
            FromOutside = true,
            Stated = Verdict.Targeted,
        };
}
