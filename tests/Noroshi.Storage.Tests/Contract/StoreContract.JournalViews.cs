using System.Globalization;
using Noroshi.Hub.Journal;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Contract;

/// <summary>"Who received or saw what" over the store's journal.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task Who_received_or_saw_a_provision_is_one_query()
    {
        await AppendAsync("key-1", JournalActions.ProvisionReceived, "p-1");
        await AppendAsync("system", JournalActions.ProvisionAcknowledged, "p-1", "window-1");
        await AppendAsync("analyst-1", JournalActions.IdentityRead, "p-1");
        await AppendAsync("analyst-1", JournalActions.IdentityRead, "p-2");
        await AppendAsync("analyst-2", JournalActions.EvidenceRead, "e-1", "sample");
        await AppendAsync("analyst-2", JournalActions.DisclosureMade, "p-1", "police d-7");

        var page = await JournalViews.OfSubjectsAsync(Store.Journal, ["p-1", "e-1"], cancellation: Cancel);

        page.Lines.Select(line => (line.Who, line.Action, line.Detail))
            .ShouldBe([
                ("window-1", JournalActions.ProvisionAcknowledged, ""),
                ("analyst-1", JournalActions.IdentityRead, ""),
                ("analyst-2", JournalActions.EvidenceRead, "sample"),
                ("police", JournalActions.DisclosureMade, "d-7"),
            ]);
        page.After.ShouldBeNull();
        (await JournalViews.OfSubjectsAsync(Store.Journal, ["p-1"], everything: true, cancellation: Cancel)).Lines.Count.ShouldBe(4);
    }

    [Fact]
    public async Task What_somebody_received_or_saw_is_one_query()
    {
        await AppendAsync("user-1", JournalActions.UserSignedIn, "user-1");
        await AppendAsync("user-1", JournalActions.ItemShown, "i-1");
        await AppendAsync("system", JournalActions.ItemDelivered, "i-2", "user-1");
        await AppendAsync("system", JournalActions.ItemDelivered, "i-2", "user-10");
        await AppendAsync("user-1", JournalActions.WarningSent, "w-1", "user-2 fast");
        await AppendAsync("system", JournalActions.WarningSent, "w-2", "user-1 fast");
        await AppendAsync("user-2", JournalActions.RoleChanged, "user-2", "user-1");

        var page = await JournalViews.OfPersonAsync(Store.Journal, "user-1", cancellation: Cancel);

        page.Lines.Select(line => (line.Subject, line.By)).ShouldBe([("i-1", "user-1"), ("i-2", "system"), ("w-2", "system")]);
        (await JournalViews.OfPersonAsync(Store.Journal, "user-1", everything: true, cancellation: Cancel))
            .Lines.Select(line => line.Action)
            .ShouldBe([
                JournalActions.UserSignedIn,
                JournalActions.ItemShown,
                JournalActions.ItemDelivered,
                JournalActions.WarningSent,
                JournalActions.WarningSent,
            ]);
    }

    [Fact]
    public async Task Pages_of_lines_go_on_where_the_one_before_ended()
    {
        for (var i = 0; i < 1_300; i++)
        {
            await AppendAsync(
                i % 3 == 0 ? "user-1" : "user-2",
                JournalActions.ItemShown,
                "i-" + (i % 2).ToString(CultureInfo.InvariantCulture)
            );
        }

        var seen = new List<long>();
        long? after = -1;
        while (after is { } from)
        {
            var page = await JournalViews.OfSubjectsAsync(Store.Journal, ["i-0", "i-1", "i-2"], from, 70, cancellation: Cancel);
            seen.AddRange(page.Lines.Select(line => line.Index));
            after = page.After;
        }

        seen.Count.ShouldBe(1_300);
        seen.ShouldBe(seen.Distinct().Order());
    }

    private Task<long> AppendAsync(string actor, string action, string subject, string detail = "") =>
        Store.Journal.AppendAsync(new JournalRecord(actor, action, subject, detail), Cancel);
}
