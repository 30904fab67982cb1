using Noroshi.Evaluate.Alarms;
using Noroshi.Hub.Conversations;
using Noroshi.Makers.Threads;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations.Alarms;

/// <summary>Two threads of every shape, all their mails together: what people will trust the warnings for.</summary>
public sealed class AlarmTests
{
    private static readonly Lazy<IReadOnlyList<ReadThread>> Read = new(() => ReadThreads.Of([.. AuthoredThreads.All(2)]));

    [Fact]
    public void No_benign_thread_is_taken_for_a_conversational_attack() =>
        Read
            .Value.Where(thread => !thread.Authored.Attack && thread.Assessment is Assessment.Medium or Assessment.High)
            .Select(thread => thread.Authored.Name)
            .ShouldBeEmpty();

    [Fact]
    public void A_benign_thread_gives_a_live_warning_only_where_a_stranger_asks_before_he_has_shown_anything() =>
        Read
            .Value.Where(thread => !thread.Authored.Attack && thread.Live)
            .ShouldAllBe(thread => thread.Authored.Shape == "asks-before-sending");

    [Fact]
    public void Every_attack_shape_has_its_roles()
    {
        var wrong = Read
            .Value.Where(thread => thread.Authored.Attack)
            .SelectMany(thread => thread.Messages)
            .Where(one => one.Authored is null || one.Entry is null || RoleEvaluation.Of(one.Authored.Role) != one.Entry.Role)
            .Select(one => $"{one.Authored?.Key} {one.Authored?.Role} {one.Entry?.Role}");
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_person_who_answers_is_a_reply_in_every_benign_shape() =>
        Read
            .Value.Where(thread => !thread.Authored.Attack)
            .SelectMany(thread => thread.Messages)
            .Where(one => one.Authored is { Role: AuthoredRole.Reply, Kind: AuthoredKind.Mail } && one.Entry?.Role != MessageRole.Reply)
            .Select(one => one.Authored?.Key)
            .ShouldBeEmpty();

    [Fact]
    public void An_attack_that_comes_after_a_reply_is_seen_for_what_it_is() =>
        Read
            .Value.Where(thread => thread.Messages.Any(one => one.Authored?.Role == AuthoredRole.Attack))
            .ShouldAllBe(thread => thread.Assessment >= Assessment.Medium);
}
