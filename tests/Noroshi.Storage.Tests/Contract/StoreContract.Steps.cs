using Noroshi.Hub.Storage;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static readonly Step Dissect = new("dissect", IStepLog.ProvisionKind);
    private static readonly Step Link = new("link", "facts");
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private async Task<StepLease> LeaseAsync(Step step, string owner = "one", Lane lane = Lane.Live) =>
        (await Store.Steps.LeaseAsync(step, lane, owner, Minute, Cancel)).ShouldNotBeNull();

    private static NewDocument Facts(StepEntry entry) =>
        new(entry.Entry.Provision, "facts", RetentionClass.PersonalData, Bytes("facts of " + Text(entry.Entry.Body)), Subject: "mail-1");

    private static StepOutcome Done(IReadOnlyList<StepEntry> entries) =>
        new() { Through = entries[^1].Entry.Position, Documents = [.. entries.Select(Facts)] };

    [Fact]
    public async Task A_step_works_through_the_log_and_the_next_step_reads_its_results()
    {
        await ReceiveAsync("a");
        await ReceiveAsync("b");
        var lease = await LeaseAsync(Dissect);
        var entries = await Store.Steps.ReadAsync(lease, 10, Cancel);
        entries.Select(one => Text(one.Entry.Body)).ShouldBe(["header of a", "header of b"]);
        await Store.Steps.CommitAsync(lease, Done(entries), Cancel);
        (await Store.Steps.ReadAsync(lease, 10, Cancel)).ShouldBeEmpty();

        await ReopenAsync();
        (await Store.Steps.ReadAsync(await LeaseAsync(Dissect), 10, Cancel)).ShouldBeEmpty();
        var results = await Store.Steps.ReadAsync(await LeaseAsync(Link), 10, Cancel);
        results.Select(one => Text(one.Entry.Body)).ShouldBe(["facts of header of a", "facts of header of b"]);
        results.ShouldAllBe(one => one.Attempts == 0 && one.Entry.Subject == "mail-1");
    }

    [Fact]
    public async Task Without_a_commit_the_same_entries_come_again()
    {
        await ReceiveAsync("a");
        var before = await Store.Steps.ReadAsync(await LeaseAsync(Dissect), 10, Cancel);
        await ReopenAsync();
        var after = await Store.Steps.ReadAsync(await LeaseAsync(Dissect), 10, Cancel);
        after.ShouldHaveSingleItem().Entry.Position.ShouldBe(before.ShouldHaveSingleItem().Entry.Position);
    }

    [Fact]
    public async Task Another_owner_gets_the_lease_only_after_it_ran_out_and_the_first_commits_nothing_then()
    {
        await ReceiveAsync("a");
        var first = await LeaseAsync(Dissect);
        (await Store.Steps.LeaseAsync(Dissect, Lane.Live, "two", Minute, Cancel)).ShouldBeNull();
        Clock.Pass(TimeSpan.FromSeconds(50));
        await Store.Steps.RenewAsync(first, Minute, Cancel);
        Clock.Pass(TimeSpan.FromSeconds(50));
        (await Store.Steps.LeaseAsync(Dissect, Lane.Live, "two", Minute, Cancel)).ShouldBeNull();
        Clock.Pass(TimeSpan.FromSeconds(50));
        var second = await LeaseAsync(Dissect, "two");
        second.Fence.ShouldBeGreaterThan(first.Fence);

        var entries = await Store.Steps.ReadAsync(first, 10, Cancel);
        await Should.ThrowAsync<LeaseLostException>(() => Store.Steps.CommitAsync(first, Done(entries), Cancel));
        await Should.ThrowAsync<LeaseLostException>(() => Store.Steps.RenewAsync(first, Minute, Cancel));
        (await Store.Steps.ReadKindAsync("facts", 0, 10, Cancel)).ShouldBeEmpty();
        await Store.Steps.CommitAsync(second, Done(entries), Cancel);
        (await Store.Steps.ReadKindAsync("facts", 0, 10, Cancel)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(-400)]
    public async Task A_wall_clock_that_jumps_neither_ends_a_lease_nor_holds_a_step_up(int days)
    {
        await ReceiveAsync("a");
        var lease = await LeaseAsync(Dissect);
        var entry = (await Store.Steps.ReadAsync(lease, 10, Cancel)).ShouldHaveSingleItem().Entry;
        await Store.Steps.CommitAsync(
            lease,
            new StepOutcome { Through = entry.Position, PutOff = [new PutOff(entry.Position, TimeSpan.FromSeconds(5), "slow")] },
            Cancel
        );
        Clock.Now += TimeSpan.FromDays(days);
        (await Store.Steps.LeaseAsync(Dissect, Lane.Live, "two", Minute, Cancel)).ShouldBeNull();
        (await Store.Steps.ReadAsync(lease, 10, Cancel)).ShouldBeEmpty();
        Clock.Ticks += TimeSpan.FromSeconds(5).Ticks;
        (await Store.Steps.ReadAsync(lease, 10, Cancel)).Count.ShouldBe(1);
        Clock.Ticks += Minute.Ticks;
        (await Store.Steps.LeaseAsync(Dissect, Lane.Live, "two", Minute, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_lease_of_a_process_that_ended_does_not_outlive_it()
    {
        await LeaseAsync(Dissect);
        await ReopenAsync();
        await LeaseAsync(Dissect, "two");
    }

    [Fact]
    public async Task What_is_put_off_comes_again_when_it_is_due_and_does_not_hold_up_the_others()
    {
        await ReceiveAsync("slow");
        await ReceiveAsync("quick");
        var lease = await LeaseAsync(Dissect);
        var entries = await Store.Steps.ReadAsync(lease, 10, Cancel);
        await Store.Steps.CommitAsync(
            lease,
            new StepOutcome
            {
                Through = entries[1].Entry.Position,
                Documents = [Facts(entries[1])],
                PutOff = [new PutOff(entries[0].Entry.Position, Minute, "slow")],
            },
            Cancel
        );
        (await Store.Steps.ReadAsync(lease, 10, Cancel)).ShouldBeEmpty();
        (await Store.Steps.ProgressAsync(Dissect, Lane.Live, Cancel)).Waiting.ShouldBe(1);

        Clock.Pass(Minute);
        await ReceiveAsync("new");
        var again = await Store.Steps.ReadAsync(lease, 10, Cancel);
        again.Select(one => (Text(one.Entry.Body), one.Attempts)).ShouldBe([("header of slow", 1), ("header of new", 0)]);
        await Store.Steps.CommitAsync(
            lease,
            new StepOutcome
            {
                Through = again[1].Entry.Position,
                Documents = [.. again.Select(Facts)],
                Settled = [again[0].Entry.Position],
            },
            Cancel
        );
        (await Store.Steps.ReadKindAsync("facts", 0, 10, Cancel)).Count.ShouldBe(3);
        (await Store.Steps.ProgressAsync(Dissect, Lane.Live, Cancel)).ShouldBe(new StepProgress(again[1].Entry.Position, 0, 0, 0));
    }

    [Fact]
    public async Task What_is_put_off_is_due_at_once_after_a_restart()
    {
        await ReceiveAsync("slow");
        var lease = await LeaseAsync(Dissect);
        var entry = (await Store.Steps.ReadAsync(lease, 10, Cancel))[0].Entry;
        await Store.Steps.CommitAsync(
            lease,
            new StepOutcome { Through = entry.Position, PutOff = [new PutOff(entry.Position, TimeSpan.FromDays(1), "slow")] },
            Cancel
        );
        await ReopenAsync();
        (await Store.Steps.ReadAsync(await LeaseAsync(Dissect), 10, Cancel)).ShouldHaveSingleItem().Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_put_off_never_keeps_new_entries_out_of_a_batch()
    {
        for (var i = 0; i < 20; i++)
        {
            await ReceiveAsync($"slow {i}");
        }

        var lease = await LeaseAsync(Dissect);
        var all = await Store.Steps.ReadAsync(lease, 20, Cancel);
        await Store.Steps.CommitAsync(
            lease,
            new StepOutcome
            {
                Through = all[^1].Entry.Position,
                PutOff = [.. all.Select(one => new PutOff(one.Entry.Position, TimeSpan.Zero, "slow"))],
            },
            Cancel
        );
        await ReceiveAsync("new");
        (await Store.Steps.ReadAsync(lease, 8, Cancel)).ShouldContain(one => Text(one.Entry.Body) == "header of new");
    }

    [Fact]
    public async Task What_is_given_up_lies_in_quarantine_until_it_is_released()
    {
        await ReceiveAsync("bad");
        var lease = await LeaseAsync(Dissect);
        var position = (await Store.Steps.ReadAsync(lease, 10, Cancel))[0].Entry.Position;
        await Store.Steps.CommitAsync(
            lease,
            new StepOutcome { Through = position, GivenUp = [new GivenUp(position, "worker died")] },
            Cancel
        );
        await ReopenAsync();
        lease = await LeaseAsync(Dissect);
        (await Store.Steps.ReadAsync(lease, 10, Cancel)).ShouldBeEmpty();
        var held = await Store.Steps.QuarantineAsync(Dissect, Lane.Live, 10, Cancel);
        held.ShouldBe([new QuarantinedEntry(position, 1, "worker died")]);
        (await Store.Steps.ReleaseAsync(Dissect, Lane.Live, position, Cancel)).ShouldBeTrue();
        (await Store.Steps.ReleaseAsync(Dissect, Lane.Live, position, Cancel)).ShouldBeFalse();
        (await Store.Steps.ReadAsync(lease, 10, Cancel)).ShouldHaveSingleItem().Entry.Position.ShouldBe(position);
    }

    [Fact]
    public async Task A_commit_that_is_wrong_writes_nothing()
    {
        await ReceiveAsync("a");
        var lease = await LeaseAsync(Dissect);
        var entries = await Store.Steps.ReadAsync(lease, 10, Cancel);
        var nobody = new NewDocument(new ProvisionId(Guid.NewGuid()), "facts", RetentionClass.Result, Bytes("x"));
        await Should.ThrowAsync<KeyNotFoundException>(() =>
            Store.Steps.CommitAsync(lease, Done(entries) with { Documents = [Facts(entries[0]), nobody] }, Cancel)
        );
        await Should.ThrowAsync<ArgumentException>(() => Store.Steps.CommitAsync(lease, Done(entries) with { Settled = [99] }, Cancel));
        await Should.ThrowAsync<ArgumentException>(() => Store.Steps.CommitAsync(lease, Done(entries) with { Through = -1 }, Cancel));
        var ahead = new PutOff(entries[0].Entry.Position + 5, Minute, "ahead");
        await Should.ThrowAsync<ArgumentException>(() => Store.Steps.CommitAsync(lease, Done(entries) with { PutOff = [ahead] }, Cancel));
        (await Store.Steps.ReadKindAsync("facts", 0, 10, Cancel)).ShouldBeEmpty();
        (await Store.Steps.ReadAsync(lease, 10, Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_mass_in_one_lane_does_not_show_in_the_other()
    {
        for (var i = 0; i < 30; i++)
        {
            await Store.Intake.ReceiveAsync(Provision($"old {i}") with { Lane = Lane.Bulk }, Cancel);
        }

        await ReceiveAsync("live");
        var live = await Store.Steps.ReadAsync(await LeaseAsync(Dissect), 5, Cancel);
        live.ShouldHaveSingleItem();
        var bulk = await LeaseAsync(Dissect, lane: Lane.Bulk);
        var entries = await Store.Steps.ReadAsync(bulk, 5, Cancel);
        await Store.Steps.CommitAsync(bulk, Done(entries), Cancel);
        (await Store.Steps.ReadKindAsync("facts", 0, 10, Cancel)).ShouldAllBe(one => one.Lane == Lane.Bulk);
        (await Store.Steps.ProgressAsync(Dissect, Lane.Bulk, Cancel)).Remaining.ShouldBe(25);
    }

    [Fact]
    public async Task A_new_step_name_reads_everything_again()
    {
        await ReceiveAsync("a");
        var lease = await LeaseAsync(Dissect);
        await Store.Steps.CommitAsync(lease, Done(await Store.Steps.ReadAsync(lease, 10, Cancel)), Cancel);
        var anew = await LeaseAsync(new Step("dissect@rules-2", IStepLog.ProvisionKind));
        (await Store.Steps.ReadAsync(anew, 10, Cancel)).Count.ShouldBe(1);
        await Should.ThrowAsync<ArgumentException>(() =>
            Store.Steps.LeaseAsync(Dissect with { Input = "facts" }, Lane.Live, "one", Minute, Cancel)
        );
    }

    [Fact]
    public async Task The_newest_document_of_a_subject_is_found_and_the_hubs_own_belong_to_nobody()
    {
        await ReceiveAsync("a");
        var lease = await LeaseAsync(Dissect);
        var through = (await Store.Steps.ReadAsync(lease, 10, Cancel))[0].Entry.Position;
        NewDocument Version(string text) => new(null, "campaign", RetentionClass.Result, Bytes(text), "c-1");
        await Store.Steps.CommitAsync(lease, new StepOutcome { Through = through, Documents = [Version("1"), Version("2")] }, Cancel);
        await ReopenAsync();
        var latest = (await Store.Steps.LatestAsync("campaign", "c-1", Cancel)).ShouldNotBeNull();
        Text(latest.Body).ShouldBe("2");
        latest.Provision.ShouldBeNull();
        (await Store.Steps.LatestAsync("campaign", "c-2", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Waiting_ends_with_the_next_entry()
    {
        (await Store.Steps.WaitAsync(-1, Cancel)).ShouldBe(0);
        var waiting = Store.Steps.WaitAsync(0, Cancel);
        waiting.IsCompleted.ShouldBeFalse();
        await ReceiveAsync("a");
        (await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldBe(1);
        using var stop = new CancellationTokenSource();
        var forEver = Store.Steps.WaitAsync(1, stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => forEver);
    }
}
