using Noroshi.Makers.Threads;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations.Alarms;

public sealed class AuthoredThreadTests
{
    [Fact]
    public void The_same_call_makes_the_same_bytes()
    {
        var once = AuthoredThreads.All(1).Take(40).SelectMany(thread => thread.Messages).ToList();
        var again = AuthoredThreads.All(1).Take(40).SelectMany(thread => thread.Messages).ToList();
        once.Count.ShouldBe(again.Count);
        once.Zip(again).ShouldAllBe(pair => pair.First.Key == pair.Second.Key && pair.First.Eml.SequenceEqual(pair.Second.Eml));
    }

    [Fact]
    public void Each_half_holds_two_hundred_benign_japanese_threads_and_attacks_of_both_languages()
    {
        var threads = AuthoredThreads.Census().ToList();
        foreach (var tuned in new[] { true, false })
        {
            threads.Count(one => one == (false, "ja", tuned)).ShouldBeGreaterThanOrEqualTo(200);
            threads.Count(one => one == (true, "ja", tuned)).ShouldBeGreaterThanOrEqualTo(80);
            threads.Count(one => one == (true, "en", tuned)).ShouldBeGreaterThanOrEqualTo(10);
        }
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public void The_reported_half_has_wordings_of_its_own(string language)
    {
        var tuned = AuthoredThreads.WordingsOnly(language, tuned: true).ToHashSet(StringComparer.Ordinal);
        var reported = AuthoredThreads.WordingsOnly(language, tuned: false).ToHashSet(StringComparer.Ordinal);
        reported.Count.ShouldBeGreaterThan(20);
        reported.Overlaps(tuned).ShouldBeFalse();
    }

    [Fact]
    public void Nobody_shares_a_key_or_lives_under_a_real_domain()
    {
        var threads = AuthoredThreads.All(2).ToList();
        var keys = threads.SelectMany(thread => thread.Messages).Select(one => one.Key).ToList();
        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(keys.Count);
        threads.ShouldAllBe(thread => thread.Person.EndsWith(".example") && thread.Window.EndsWith(".example"));
    }
}
