using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Wire;
using Noroshi.Server.Pipeline.Jail;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Jail;

public sealed class WaitingJobsTests
{
    [Fact]
    public void A_line_of_work_goes_on_with_its_group_then_takes_one_that_no_other_works_on()
    {
        using var jobs = Waiting("a", "b", "a", "b", "c");
        jobs.Take(null)?.Group.ShouldBe("a");
        // Another line of work leaves a's mails to the one that began with them.
        jobs.Take(null)?.Group.ShouldBe("b");
        jobs.Take("a")?.Group.ShouldBe("a");
        jobs.Take("a")?.Group.ShouldBe("c");
        // Nothing else is left: better two for one group than one idle.
        jobs.Take("c")?.Group.ShouldBe("b");
    }

    [Fact]
    public void What_needs_a_fresh_worker_comes_first()
    {
        using var jobs = Waiting("a", "a", null, "a");
        jobs.Take("a")?.Group.ShouldBeNull();
        jobs.Take("a")?.Group.ShouldBe("a");
    }

    [Fact]
    public void Nobody_is_overtaken_for_ever()
    {
        using var jobs = Waiting([.. Enumerable.Repeat<string?>("b", 1), .. Enumerable.Repeat<string?>("a", 1_000)]);
        jobs.Take("x")?.Group.ShouldBe("b");
        jobs.Add(Job("b"));
        var taken = Enumerable.Range(0, 1_001).Select(_ => jobs.Take("a")?.Group).ToList();
        taken.Count(one => one == "b").ShouldBe(1);
        taken.IndexOf("b").ShouldBe(1_000);
        using var late = Waiting([.. Enumerable.Repeat<string?>("z", 1), .. Enumerable.Repeat<string?>("a", 1_000)]);
        Enumerable.Range(0, 300).Count(_ => late.Take("a")?.Group == "z").ShouldBe(1);
    }

    [Fact]
    public void When_no_more_come_everybody_is_told_after_the_last_one()
    {
        using var jobs = Waiting("a");
        jobs.Close();
        jobs.Take(null).ShouldNotBeNull();
        jobs.Take(null).ShouldBeNull();
        jobs.Take(null).ShouldBeNull();
        Should.Throw<ObjectDisposedException>(() => jobs.Add(Job("a")));
    }

    private static WaitingJobs Waiting(params IReadOnlyList<string?> groups)
    {
        var jobs = new WaitingJobs();
        foreach (var group in groups)
        {
            jobs.Add(Job(group));
        }

        return jobs;
    }

    private static Job Job(string? group) =>
        new(default, new DissectionRequest { Name = "" }, group, new FrameCollector(null), CancellationToken.None);
}
