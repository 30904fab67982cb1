using Noroshi.Hub.Storage;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_provision_is_there_after_the_store_was_opened_again()
    {
        var receipt = await Store.Intake.ReceiveAsync(
            Provision("first") with
            {
                Items = [new IncomingItem(Bytes("first")), new IncomingItem(Bytes("sample"), RetentionClass.Sample)],
            },
            Cancel
        );
        await ReopenAsync();
        var stored = await StoredAsync(receipt.Id);
        stored.Number.ShouldBe(receipt.Number);
        stored.ReceivedAt.ShouldBe(Clock.Now);
        stored.Evidence.Select(one => one.Retention).ShouldBe([RetentionClass.Original, RetentionClass.Sample]);
        (await Store.Evidence.GetAsync(stored.Evidence[0].Id, Cancel)).ShouldBe(Bytes("first"));
        (await Store.Evidence.GetAsync(stored.Evidence[1].Id, Cancel)).ShouldBe(Bytes("sample"));
        (await Store.Intake.FindAsync(receipt.Number, Cancel)).ShouldNotBeNull().Id.ShouldBe(receipt.Id);
        var entry = (await Store.Steps.OfProvisionAsync(receipt.Id, cancellation: Cancel)).ShouldHaveSingleItem();
        entry.Kind.ShouldBe(IStepLog.ProvisionKind);
        Text(entry.Body).ShouldBe("header of first");
    }

    [Fact]
    public async Task The_same_bytes_under_the_same_envelope_give_the_first_receipt_again()
    {
        var first = await ReceiveAsync("same");
        Clock.Pass(TimeSpan.FromDays(1));
        var second = await ReceiveAsync("same");
        await ReopenAsync();
        var third = await ReceiveAsync("same");
        first.Repeated.ShouldBeFalse();
        second.ShouldBe(first with { Repeated = true });
        third.ShouldBe(second);
    }

    [Fact]
    public async Task Documents_that_come_with_a_provision_stand_behind_its_header_once()
    {
        var given = Provision("marked") with
        {
            Documents = [new NewDocument(null, "mark", RetentionClass.PersonalData, Bytes("of marked"), "m-1")],
        };
        var first = await Store.Intake.ReceiveAsync(given, Cancel);
        (await Store.Intake.ReceiveAsync(given, Cancel)).ShouldBe(first with { Repeated = true });
        await ReopenAsync();
        var entries = await Store.Steps.OfProvisionAsync(first.Id, cancellation: Cancel);
        entries.Select(one => one.Kind).ShouldBe([IStepLog.ProvisionKind, "mark"]);
        Text(entries[1].Body).ShouldBe("of marked");
        entries[1].Retention.ShouldBe(RetentionClass.PersonalData);
        (await Store.Steps.LatestAsync("mark", "m-1", Cancel)).ShouldNotBeNull().Provision.ShouldBe(first.Id);
    }

    [Fact]
    public async Task A_document_over_a_limit_keeps_the_whole_provision_out()
    {
        var given = Provision("refused") with
        {
            Documents = [new NewDocument(null, "not a kind", RetentionClass.PersonalData, Bytes("x"))],
        };
        await Should.ThrowAsync<ArgumentException>(() => Store.Intake.ReceiveAsync(given, Cancel));
        (await Store.Steps.ReadKindAsync(IStepLog.ProvisionKind, 0, 10, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_bytes_under_another_envelope_are_another_provision_with_evidence_of_its_own()
    {
        var one = await ReceiveAsync("same", "smtp window-1");
        var other = await ReceiveAsync("same", "smtp window-2");
        other.Repeated.ShouldBeFalse();
        other.Id.ShouldNotBe(one.Id);
        (await StoredAsync(other.Id)).Evidence[0].Id.ShouldNotBe((await StoredAsync(one.Id)).Evidence[0].Id);
    }

    [Fact]
    public async Task Other_bytes_under_the_same_envelope_are_another_provision()
    {
        (await ReceiveAsync("ab")).Id.ShouldNotBe((await ReceiveAsync("abc")).Id);
        // Where one item ends and the next begins counts.
        var split = Provision("x") with
        {
            Items = [new IncomingItem(Bytes("a")), new IncomingItem(Bytes("b"))],
        };
        (await Store.Intake.ReceiveAsync(split, Cancel)).Repeated.ShouldBeFalse();
    }

    [Fact]
    public async Task Many_at_once_with_the_same_bytes_are_one_provision()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => ReceiveAsync("at once"))));
        receipts.Select(one => one.Id).Distinct().ShouldHaveSingleItem();
        receipts.Count(one => !one.Repeated).ShouldBe(1);
        (await Store.Steps.ReadKindAsync(IStepLog.ProvisionKind, 0, 100, Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Many_at_once_with_different_bytes_all_have_numbers_of_their_own()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => ReceiveAsync($"mail {i}"))));
        receipts.Select(one => one.Number).Distinct().Count().ShouldBe(100);
        await ReopenAsync();
        for (var i = 0; i < receipts.Length; i++)
        {
            var stored = await StoredAsync(receipts[i].Id);
            (await Store.Evidence.GetAsync(stored.Evidence[0].Id, Cancel)).ShouldBe(Bytes($"mail {i}"));
        }
    }

    [Fact]
    public async Task A_case_told_by_telephone_has_no_items()
    {
        var call = Provision("call") with { Items = [], Envelope = Bytes("phone call-17") };
        var receipt = await Store.Intake.ReceiveAsync(call, Cancel);
        (await StoredAsync(receipt.Id)).Evidence.ShouldBeEmpty();
        (await Store.Intake.ReceiveAsync(call, Cancel)).Id.ShouldBe(receipt.Id);
    }

    [Fact]
    public async Task Empty_and_large_items_come_back_as_they_were()
    {
        var large = new byte[3_000_000];
        new Random(1).NextBytes(large);
        var provision = Provision("x") with
        {
            Items = [new IncomingItem(ReadOnlyMemory<byte>.Empty), new IncomingItem(large), new IncomingItem(new byte[1_000_000])],
        };
        var stored = await StoredAsync((await Store.Intake.ReceiveAsync(provision, Cancel)).Id);
        stored.Evidence.Select(one => one.Size).ShouldBe([0, 3_000_000, 1_000_000]);
        (await Store.Evidence.GetAsync(stored.Evidence[0].Id, Cancel)).ShouldBeEmpty();
        (await Store.Evidence.GetAsync(stored.Evidence[1].Id, Cancel)).AsSpan().SequenceEqual(large).ShouldBeTrue();
        (await Store.Evidence.GetAsync(stored.Evidence[2].Id, Cancel)).AsSpan().SequenceEqual(new byte[1_000_000]).ShouldBeTrue();
    }

    [Fact]
    public async Task The_journal_gets_the_records_of_a_provision_once()
    {
        var provision = Provision("journalled") with { Journal = [Record("a"), Record("b")] };
        await Store.Intake.ReceiveAsync(provision, Cancel);
        await Store.Intake.ReceiveAsync(provision, Cancel);
        var records = await Store.Journal.ReadAsync(new() { Actor = "tester" }, Cancel);
        records.Select(one => one.Record.Subject).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task What_is_over_a_limit_is_refused_and_leaves_nothing()
    {
        var tooMany = Provision("x") with { Items = [.. Enumerable.Repeat(new IncomingItem(Bytes("x")), IncomingProvision.MostItems + 1)] };
        await Should.ThrowAsync<ArgumentException>(() => Store.Intake.ReceiveAsync(tooMany, Cancel));
        var longRecord = Provision("x") with { Journal = [Record(new string('x', 501))] };
        await Should.ThrowAsync<ArgumentException>(() => Store.Intake.ReceiveAsync(longRecord, Cancel));
        (await Store.Steps.ReadKindAsync(IStepLog.ProvisionKind, 0, 10, Cancel)).ShouldBeEmpty();
        (await Store.Intake.FindAsync(1, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Evidence_added_later_is_stored_once_for_the_same_bytes()
    {
        var receipt = await ReceiveAsync("first");
        var one = await Store.Evidence.PutAsync(receipt.Id, Bytes("answer"), RetentionClass.Sample, Cancel);
        var again = await Store.Evidence.PutAsync(receipt.Id, Bytes("answer"), RetentionClass.Sample, Cancel);
        again.ShouldBe(one);
        await ReopenAsync();
        (await Store.Evidence.GetAsync(one, Cancel)).ShouldBe(Bytes("answer"));
        (await StoredAsync(receipt.Id)).Evidence.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_not_there_is_said_so()
    {
        var nobody = new ProvisionId(Guid.NewGuid());
        (await Store.Intake.FindAsync(nobody, Cancel)).ShouldBeNull();
        await Should.ThrowAsync<KeyNotFoundException>(() => Store.Evidence.GetAsync(new EvidenceId(Guid.NewGuid()), Cancel));
        await Should.ThrowAsync<KeyNotFoundException>(() => Store.Evidence.PutAsync(nobody, Bytes("x"), RetentionClass.Sample, Cancel));
        await Should.ThrowAsync<KeyNotFoundException>(() => Store.Steps.OfProvisionAsync(nobody, cancellation: Cancel));
    }
}
