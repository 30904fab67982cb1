using Noroshi.MailAnatomy.Passwords;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Passwords;

public sealed class PasswordSearchTests
{
    private static readonly Func<int, string, bool> NeverAsked = (_, _) =>
        throw new InvalidOperationException("A conclusive hit needs no confirmation.");

    private static IEnumerable<PasswordCandidate> Candidates(params string[] values) =>
        values.Select(value => new PasswordCandidate(value, "list", "x"));

    [Fact]
    public void Every_container_gets_the_password_that_fits_it()
    {
        var result = PasswordSearch.Find([new Probe("b", 5), new Probe("c", 1)], Candidates("a", "b", "c"), 4_000, NeverAsked);

        result.Found.Select(one => one?.Value).ShouldBe(["b", "c"]);
        result.Tried.ShouldBe(5);
        result.BudgetExhausted.ShouldBeFalse();
    }

    [Fact]
    public void Cheap_checks_come_first()
    {
        var order = new List<double>();
        PasswordSearch.Find(
            [new Probe("z", 59, order), new Probe("z", 0.9, order), new Probe("z", 7.6, order)],
            Candidates("a"),
            4_000,
            NeverAsked
        );
        order.ShouldBe([0.9, 7.6, 59]);
    }

    [Fact]
    public void A_password_that_opened_one_container_is_tried_on_the_others_before_the_next_candidate()
    {
        var result = PasswordSearch.Find(
            [new Probe("p", 1), new Probe("p", 1), new Probe("p", 1)],
            Candidates("p", "q", "r"),
            4_000,
            NeverAsked
        );
        result.Found.ShouldAllBe(one => one != null && one.Value == "p");
        result.Tried.ShouldBe(3);
    }

    [Fact]
    public void The_search_stops_before_the_budget_is_overrun()
    {
        var result = PasswordSearch.Find(
            [new Probe("late", 10)],
            Candidates([.. Enumerable.Range(0, 100).Select(i => $"n{i}"), "late"]),
            55,
            NeverAsked
        );
        result.Found.ShouldBe([null]);
        result.Tried.ShouldBe(5);
        result.SpentMilliseconds.ShouldBe(50);
        result.BudgetExhausted.ShouldBeTrue();
        result.FindingsOf(0, "a.zip").Select(one => one.Code).ShouldBe(["password.not-found", "password.budget"]);
    }

    [Fact]
    public void Candidates_that_run_out_are_no_exhausted_budget()
    {
        var result = PasswordSearch.Find([new Probe("late", 10)], Candidates("a"), 55, NeverAsked);
        result.BudgetExhausted.ShouldBeFalse();
        result
            .FindingsOf(0, "a.zip")
            .ShouldHaveSingleItem()
            .ShouldBe(new Findings.Finding("password.not-found", Findings.Severity.Note, "a.zip"));
    }

    [Fact]
    public void Without_a_budget_only_given_passwords_are_tried()
    {
        var given = new PasswordCandidate("g", "given", "command line");
        var result = PasswordSearch.Find([new Probe("g", 10), new Probe("a", 10)], [.. Candidates("a"), given], 0, NeverAsked);
        result.Found.ShouldBe([given, null]);
        result.Tried.ShouldBe(2);
    }

    [Fact]
    public void A_hit_of_a_weak_check_counts_only_when_it_opens_an_entry()
    {
        var asked = new List<string>();
        var result = PasswordSearch.Find(
            [new Probe("*", 1)],
            Candidates("a", "b", "c"),
            4_000,
            (container, password) =>
            {
                asked.Add($"{container}{password}");
                return password == "b";
            }
        );
        result.Found[0]?.Value.ShouldBe("b");
        asked.ShouldBe(["0a", "0b"]);
    }

    [Fact]
    public void Confirmations_of_a_check_that_always_says_yes_are_bounded()
    {
        var asked = 0;
        var result = PasswordSearch.Find(
            [new Probe("*", 0)],
            Candidates([.. Enumerable.Range(0, 2_000).Select(i => $"n{i}")]),
            4_000,
            (_, _) =>
            {
                asked++;
                return false;
            }
        );
        asked.ShouldBe(PasswordSearch.MaxConfirmations);
        result.Found.ShouldBe([null]);
    }

    [Fact]
    public void An_endless_ranking_ends()
    {
        static IEnumerable<PasswordCandidate> Endless()
        {
            for (var i = 0; ; i++)
            {
                yield return new PasswordCandidate($"n{i}", "token", "x");
            }
        }

        var result = PasswordSearch.Find([new Probe("never", 0)], Endless(), 4_000, NeverAsked);
        result.Tried.ShouldBe(PasswordSearch.MaxCandidates);
        result.BudgetExhausted.ShouldBeTrue();
    }

    [Fact]
    public void With_nothing_locked_the_ranking_is_not_even_begun()
    {
        static IEnumerable<PasswordCandidate> Untouchable() => throw new InvalidOperationException("The ranking was read.");
        var result = PasswordSearch.Find([], new Lazy(Untouchable), 4_000, NeverAsked);
        result.Tried.ShouldBe(0);
    }

    [Fact]
    public void A_found_password_is_reported_with_where_it_stood()
    {
        var result = PasswordSearch.Find([new Probe("p", 1)], [new PasswordCandidate("p", "same-mail", "body line 3")], 4_000, NeverAsked);
        result
            .FindingsOf(0, "a.zip")
            .ShouldHaveSingleItem()
            .ShouldBe(new Findings.Finding("password.found", Findings.Severity.Note, "a.zip: same-mail, body line 3"));
    }

    [Fact]
    public void A_costly_decoy_does_not_hide_a_cheap_container()
    {
        var result = PasswordSearch.Find(
            [new Probe("never", 59), new Probe("late", 0.9)],
            Candidates([.. Enumerable.Range(0, 1_500).Select(i => $"n{i}"), "late"]),
            4_000,
            NeverAsked
        );

        result.Found.Select(one => one?.Value).ShouldBe([null, "late"]);
        result.SpentMilliseconds.ShouldBeLessThanOrEqualTo(4_000);
        result.FindingsOf(0, "decoy.7z").Select(one => one.Code).ShouldBe(["password.not-found", "password.budget"]);
        result.FindingsOf(1, "a.zip").Select(one => one.Code).ShouldBe(["password.found"]);
    }

    [Fact]
    public void A_container_whose_single_check_exceeds_the_budget_stops_nobody_else()
    {
        var result = PasswordSearch.Find(
            [new Probe("never", 50_000), new Probe("b", 1), new Probe("never", 1)],
            Candidates("a", "b", "c"),
            100,
            NeverAsked
        );

        result.Found.Select(one => one?.Value).ShouldBe([null, "b", null]);
        result.FindingsOf(0, "x").Select(one => one.Code).ShouldBe(["password.not-found", "password.budget"]);
        result.FindingsOf(2, "y").Select(one => one.Code).ShouldBe(["password.not-found"]);
    }

    [Fact]
    public void What_the_others_leave_of_the_budget_is_spent_on_the_costly_one()
    {
        var result = PasswordSearch.Find(
            [new Probe("late", 59), new Probe("n0", 1)],
            Candidates([.. Enumerable.Range(0, 60).Select(i => $"n{i}"), "late"]),
            4_000,
            NeverAsked
        );

        result.Found.Select(one => one?.Value).ShouldBe(["late", "n0"]);
        result.BudgetExhausted.ShouldBeFalse();
    }

    [Fact]
    public void A_password_that_opened_one_container_is_tried_on_one_that_was_stopped_before()
    {
        var result = PasswordSearch.Find(
            [new Probe("late", 59), new Probe("late", 1), new Probe("never", 1)],
            Candidates([.. Enumerable.Range(0, 1_000).Select(i => $"n{i}"), "late"]),
            4_000,
            NeverAsked
        );

        result.Found.Select(one => one?.Value).ShouldBe(["late", "late", null]);
    }

    private sealed class Probe(string password, double cost, List<double>? order = null) : IPasswordProbe
    {
        public double CostMilliseconds => cost;

        public bool Conclusive => password != "*";

        public bool Check(string tried)
        {
            order?.Add(cost);
            return password == "*" || tried == password;
        }
    }

    private sealed class Lazy(Func<IEnumerable<PasswordCandidate>> make) : IEnumerable<PasswordCandidate>
    {
        public IEnumerator<PasswordCandidate> GetEnumerator() => make().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
