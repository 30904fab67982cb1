using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Every_record_is_covered_by_the_checkpoint_and_can_be_proved()
    {
        var first = await Store.Journal.CheckpointAsync(Cancel);
        for (var i = 0; i < 21; i++)
        {
            (await Store.Journal.AppendAsync(Record($"s{i}"), Cancel)).ShouldBe(first.Size + i);
        }

        await ReopenAsync();
        var head = await Store.Journal.CheckpointAsync(Cancel);
        head.IsSignedBy(Store.Journal.PublicKey.Span).ShouldBeTrue();
        head.Size.ShouldBeGreaterThanOrEqualTo(first.Size + 21);
        var root = Convert.FromBase64String(head.RootHash);
        foreach (var entry in await Store.Journal.ReadAsync(new JournalFilter(), Cancel))
        {
            var proof = await Store.Journal.InclusionProofAsync(entry.Index, head.Size, Cancel);
            MerkleTree.VerifyInclusion(MerkleTree.Leaf(entry.LeafBytes()), entry.Index, head.Size, proof, root).ShouldBeTrue();
        }

        var grown = await Store.Journal.ConsistencyProofAsync(first.Size, head.Size, Cancel);
        MerkleTree.VerifyConsistency((first.Size, Convert.FromBase64String(first.RootHash)), (head.Size, root), grown).ShouldBeTrue();
        (await Store.Journal.VerifyAsync([first, head], Cancel)).Problems.ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Store.Journal.InclusionProofAsync(0, head.Size + 1, Cancel));
    }

    [Fact]
    public async Task Records_written_at_once_have_indexes_without_gaps()
    {
        var first = (await Store.Journal.CheckpointAsync(Cancel)).Size;
        var indexes = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => Task.Run(() => Store.Journal.AppendAsync(Record($"{i}"), Cancel)))
        );
        indexes.Order().ShouldBe(Enumerable.Range(0, 50).Select(i => first + i));
    }

    [Fact]
    public async Task Who_did_what_to_a_subject_is_one_query()
    {
        await Store.Journal.AppendAsync(new JournalRecord("analyst-1", "identity.read", "p-1"), Cancel);
        await Store.Journal.AppendAsync(new JournalRecord("analyst-2", "identity.read", "p-1"), Cancel);
        await Store.Journal.AppendAsync(new JournalRecord("analyst-1", "identity.read", "p-2", "申請 7"), Cancel);
        (await Store.Journal.ReadAsync(new JournalFilter { Subject = "p-1" }, Cancel))
            .Select(one => one.Record.Actor)
            .ShouldBe(["analyst-1", "analyst-2"]);
        var own = await Store.Journal.ReadAsync(new JournalFilter { Actor = "analyst-1", Action = "identity.read" }, Cancel);
        own.Select(one => one.Record.Detail).ShouldBe(["", "申請 7"]);
        own[0].At.ShouldBe(Clock.Now);
        (
            await Store.Journal.ReadAsync(
                new JournalFilter
                {
                    Actor = "analyst-1",
                    After = own[0].Index,
                    Most = 5,
                },
                Cancel
            )
        ).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_checkpoint_of_another_history_is_found()
    {
        await Store.Journal.AppendAsync(Record("a"), Cancel);
        var head = await Store.Journal.CheckpointAsync(Cancel);
        var other = head with { RootHash = Convert.ToBase64String(new byte[32]) };
        (await Store.Journal.VerifyAsync([other], Cancel)).Problems.ShouldNotBeEmpty();
        (await Store.Journal.VerifyAsync([head with { Size = head.Size + 3 }], Cancel)).Problems.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Secrets_are_kept_listed_replaced_and_removed()
    {
        await Store.Keys.PutAsync("sessions", "b", Bytes("2"), Cancel);
        await Store.Keys.PutAsync("sessions", "a", Bytes("0"), Cancel);
        await Store.Keys.PutAsync("sessions", "a", Bytes("1"), Cancel);
        await Store.Keys.PutAsync("other", "c", Bytes("3"), Cancel);
        await ReopenAsync();
        (await Store.Keys.ListAsync("sessions", Cancel)).Select(one => (one.Key, Text(one.Value))).ShouldBe([("a", "1"), ("b", "2")]);
        Text(await Store.Keys.FindAsync("other", "c", Cancel)).ShouldBe("3");
        (await Store.Keys.FindAsync("other", "a", Cancel)).ShouldBeNull();
        (await Store.Keys.RemoveAsync("sessions", "a", Cancel)).ShouldBeTrue();
        (await Store.Keys.RemoveAsync("sessions", "a", Cancel)).ShouldBeFalse();
        (await Store.Keys.ListAsync("sessions", Cancel)).Count.ShouldBe(1);
        (await Store.Keys.RotateAsync("admin", Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Erasing_ends_a_class_and_leaves_the_others_and_the_count()
    {
        var receipt = await ReceiveAsync("to be erased");
        var lease = await LeaseAsync(Dissect);
        await Store.Steps.CommitAsync(lease, Done(await Store.Steps.ReadAsync(lease, 10, Cancel)), Cancel);
        await Store.Evidence.PutAsync(receipt.Id, Bytes("sample"), RetentionClass.Sample, Cancel);
        var order = new ErasureOrder(
            receipt.Id,
            new HashSet<RetentionClass> { RetentionClass.Original, RetentionClass.PersonalData },
            "admin",
            "retention"
        );
        var proof = await Store.Erasure.EraseAsync(order, Cancel);
        proof.ShouldBe(new ErasureReceipt(1, 1, proof.JournalIndex));
        (await Store.Erasure.EraseAsync(order, Cancel)).ShouldBe(new ErasureReceipt(0, 0, null));
        await ReopenAsync();

        var stored = await StoredAsync(receipt.Id);
        stored.Evidence.Select(one => one.Erased).ShouldBe([true, false]);
        await Should.ThrowAsync<EvidenceErasedException>(() => Store.Evidence.GetAsync(stored.Evidence[0].Id, Cancel));
        (await Store.Evidence.GetAsync(stored.Evidence[1].Id, Cancel)).ShouldBe(Bytes("sample"));
        var entries = await Store.Steps.OfProvisionAsync(receipt.Id, cancellation: Cancel);
        entries.Select(one => one.Body is null).ShouldBe([false, true]);
        entries.ShouldAllBe(one => !one.Damaged);
        var record = await Store.Journal.ReadAsync(new JournalFilter { Subject = receipt.Id.ToString() }, Cancel);
        record.ShouldHaveSingleItem().Index.ShouldBe(proof.JournalIndex.ShouldNotBeNull());
    }

    [Fact]
    public async Task Documents_of_a_provision_are_kept_with_it_once_and_only_as_the_giver_saw_it()
    {
        NewDocument Mark(string text) => new(null, "mark", RetentionClass.PersonalData, Bytes(text), "#m");
        var provision = Provision("marked") with { Documents = [Mark("1")], Expected = [new ExpectedVersion("mark", "#m", 0)] };
        var first = await Store.Intake.ReceiveAsync(provision, Cancel);
        (await Store.Intake.ReceiveAsync(provision, Cancel)).Id.ShouldBe(first.Id);
        await Should.ThrowAsync<ChangedMeanwhileException>(() =>
            Store.Intake.ReceiveAsync(Provision("other") with { Documents = [Mark("2")], Expected = provision.Expected }, Cancel)
        );
        await ReopenAsync();
        var kept = (await Store.Steps.OfSubjectAsync("mark", "#m", Cancel)).ShouldHaveSingleItem();
        kept.Provision.ShouldBe(first.Id);
        (kept.Body ?? default).ToArray().ShouldBe(Bytes("1"));
    }

    [Fact]
    public async Task What_was_erased_is_found_by_no_mark_and_no_step_brings_it_back()
    {
        var marks = new NewDocument(null, "mark", RetentionClass.PersonalData, Bytes("1"), "#m");
        var receipt = await Store.Intake.ReceiveAsync(Provision("marked") with { Documents = [marks] }, Cancel);
        await Store.Erasure.EraseAsync(
            new ErasureOrder(receipt.Id, new HashSet<RetentionClass> { RetentionClass.PersonalData }, "admin", "withdrawal"),
            Cancel
        );
        (await Store.Steps.LatestAsync("mark", "#m", Cancel)).ShouldBeNull();
        await Store.Steps.AppendAsync(
            new HubChange
            {
                Documents =
                [
                    marks with
                    {
                        Provision = receipt.Id,
                    },
                    new NewDocument(receipt.Id, "late", RetentionClass.PersonalData, Bytes("late"), "late-1"),
                    new NewDocument(receipt.Id, "late", RetentionClass.Result, Bytes("result"), "late-2"),
                ],
            },
            Cancel
        );
        await ReopenAsync();
        (await Store.Steps.LatestAsync("mark", "#m", Cancel)).ShouldBeNull();
        var late = await Store.Steps.LatestAsync("late", "late-1", Cancel);
        late.ShouldNotBeNull().Body.ShouldBeNull();
        late.Damaged.ShouldBeFalse();
        ((await Store.Steps.LatestAsync("late", "late-2", Cancel))?.Body ?? default).ToArray().ShouldBe(Bytes("result"));
    }

    [Fact]
    public async Task What_was_erased_can_be_given_anew()
    {
        var first = await ReceiveAsync("again");
        await Store.Erasure.EraseAsync(
            new ErasureOrder(first.Id, new HashSet<RetentionClass> { RetentionClass.Original }, "admin", "retention"),
            Cancel
        );
        var second = await ReceiveAsync("again");
        second.Repeated.ShouldBeFalse();
        await ReopenAsync();
        (await Store.Evidence.GetAsync((await StoredAsync(second.Id)).Evidence[0].Id, Cancel)).ShouldBe(Bytes("again"));
        (await Store.Steps.ReadAsync(await LeaseAsync(Dissect), 10, Cancel)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_reading_of_several_providers_is_found_by_each_of_them()
    {
        await Store.Journal.AppendAsync(new JournalRecord("analyst-1", "identity.read", "provision", "provision 2 p-1 p-12"), Cancel);
        await Store.Journal.AppendAsync(new JournalRecord("analyst-1", "case.changed", "c-1", "p-1"), Cancel);
        foreach (var (subject, found) in new[] { ("p-1", 1), ("p-12", 1), ("p", 0), ("c-1", 1) })
        {
            (await Store.Journal.ReadAsync(new JournalFilter { Subject = subject }, Cancel)).Count.ShouldBe(found, subject);
        }
    }

    [Fact]
    public async Task A_retention_run_finds_what_is_due_and_only_while_it_is_held()
    {
        var old = await ReceiveAsync("old");
        Clock.Pass(TimeSpan.FromDays(10));
        await ReceiveAsync("new");
        var due = await Store.Erasure.HeldAsync(RetentionClass.Original, Clock.Now, 10, Cancel);
        due.ShouldBe([old.Id]);
        (await Store.Erasure.HeldAsync(RetentionClass.Sample, Clock.Now, 10, Cancel)).ShouldBeEmpty();
        await Store.Erasure.EraseAsync(
            new ErasureOrder(old.Id, new HashSet<RetentionClass> { RetentionClass.Original }, "admin", "retention"),
            Cancel
        );
        (await Store.Erasure.HeldAsync(RetentionClass.Original, Clock.Now, 10, Cancel)).ShouldBeEmpty();
        var nobody = new ErasureOrder(new ProvisionId(Guid.NewGuid()), new HashSet<RetentionClass>(), "admin", "retention");
        await Should.ThrowAsync<KeyNotFoundException>(() => Store.Erasure.EraseAsync(nobody, Cancel));
    }
}
