using Noroshi.Hub.Storage;

namespace Noroshi.Server.Registers;

/// <summary>What cannot be opened any more.</summary>
/// <param name="Provisions">Provisions.</param>
/// <param name="Mails">Keys of their mails.</param>
/// <param name="Documents">Kinds and subjects of their documents.</param>
internal sealed record Erased(
    IReadOnlyCollection<ProvisionId> Provisions,
    IReadOnlyList<string> Mails,
    IReadOnlyList<(string Kind, string Subject)> Documents
);

/// <summary>
/// Keeps something that is derived from provisions, in memory or in a file of its own. Whoever does so implements this: an erasure ends when all of
/// them have forgotten. What is read from the log at a start needs nothing else, because there the documents are gone.
/// </summary>
internal interface IForgets
{
    /// <summary>Forgets; repeating it changes nothing.</summary>
    Task ForgetAsync(Erased erased, CancellationToken cancellation);
}

/// <summary>
/// The one way to erase: destroys the keys, then makes everything that was derived forget. A source rule forbids erasing round it. After a
/// crash between the two what is derived is made anew from the log, or compares itself with it, at the next start; rarities, which keep hashes
/// of values, do not.
/// </summary>
internal sealed class Erasures(IHubStore store, IEnumerable<IForgets> derived)
{
    /// <summary>So long an answer waits for the new situation; it is forgotten all the same when that takes longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Erases.</summary>
    /// <returns>The proofs, in the order of the orders.</returns>
    public async Task<IReadOnlyList<ErasureReceipt>> EraseAsync(IReadOnlyList<ErasureOrder> orders, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(orders);
        var receipts = new List<ErasureReceipt>(orders.Count);
        var gone = new HashSet<ProvisionId>();
        try
        {
            foreach (var order in orders)
            {
                cancellation.ThrowIfCancellationRequested();
                var receipt = await store.Erasure.EraseAsync(order, CancellationToken.None);
                receipts.Add(receipt);
                // Originals alone: what was taken from them stays.
                if (receipt.JournalIndex is not null && order.Classes.Contains(RetentionClass.PersonalData))
                {
                    gone.Add(order.Provision);
                }
            }
        }
        finally
        {
            await ForgetAsync(gone);
        }

        return receipts;
    }

    /// <summary>Makes everything that was derived from provisions forget them.</summary>
    public async Task ForgetAsync(IReadOnlyCollection<ProvisionId> provisions)
    {
        ArgumentNullException.ThrowIfNull(provisions);
        if (provisions.Count == 0)
        {
            return;
        }

        var documents = new HashSet<(string Kind, string Subject)>();
        foreach (var provision in provisions)
        {
            foreach (var entry in await store.Steps.OfProvisionAsync(provision))
            {
                documents.Add((entry.Kind, entry.Subject));
            }
        }

        var mails = documents.Where(one => one.Kind == Pipeline.DocumentKinds.Anatomy).Select(one => one.Subject).ToList();
        var erased = new Erased(provisions, mails, [.. documents]);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await Task.WhenAll(derived.Select(one => one.ForgetAsync(erased, patience.Token)));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // A situation of a million mails takes longer than somebody waits; it goes on without the erased ones. The search index forgets what
            // is left at its next start.
        }
    }
}
