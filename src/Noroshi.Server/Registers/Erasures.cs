using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;

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
/// Keeps something that is derived from provisions, in memory or in a file of its own. Whoever does so implements this: an erasure is over when
/// all of them have forgotten. What is read from the log at a start needs nothing else, because there the documents are gone; what outlives the
/// process (the index of the search, the rarities) compares itself at each start with what is left.
/// </summary>
internal interface IForgets
{
    /// <summary>Forgets; repeating it changes nothing. One that fails is repeated until it does not.</summary>
    Task ForgetAsync(Erased erased, CancellationToken cancellation);
}

/// <summary>
/// The one way to erase: destroys the keys, then makes everything that was derived forget. A source rule forbids erasing round it. Forgetting
/// is owed from the moment the keys are gone: whatever goes wrong, it is tried again until it is done, also when nobody waits for it any more.
/// The end of the process ends no debt: what has to forget then learns of it at the next start.
/// </summary>
internal sealed partial class Erasures(IHubStore store, IEnumerable<IForgets> derived, TimeProvider time, ILogger<Erasures> log)
    : IAsyncDisposable
{
    /// <summary>So long somebody waits for the new situation, which takes longer with a million mails; the work goes on without him.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyList<IForgets> _derived = [.. derived];
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _owed = [];

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
                // Originals or samples alone: what was taken from them stays.
                if (
                    receipt.JournalIndex is not null
                    && (order.Classes.Contains(RetentionClass.PersonalData) || order.Classes.Contains(RetentionClass.Result))
                )
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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Task[] owed;
        lock (_gate)
        {
            owed = [.. _owed];
        }

        await Task.WhenAll(owed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    /// <summary>Ends when everything has forgotten, or when that takes too long to wait for.</summary>
    private async Task ForgetAsync(IReadOnlyCollection<ProvisionId> provisions)
    {
        if (provisions.Count == 0)
        {
            return;
        }

        var debt = Task.Run(() => PayAsync(provisions), _end.Token);
        lock (_gate)
        {
            _owed.RemoveWhere(one => one.IsCompleted);
            _owed.Add(debt);
        }

        try
        {
            await debt.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            GoesOn(log, provisions.Count);
        }
    }

    private async Task PayAsync(IReadOnlyCollection<ProvisionId> provisions)
    {
        Erased? erased = null;
        await UntilDoneAsync("log", async cancellation => erased = await ErasedAsync(provisions, cancellation));
        if (erased is { } known)
        {
            await Task.WhenAll(
                _derived.Select(one => UntilDoneAsync(one.GetType().Name, cancellation => one.ForgetAsync(known, cancellation)))
            );
        }
    }

    /// <summary>A failed store ends the process; everything else passes.</summary>
    private async Task UntilDoneAsync(string part, Func<CancellationToken, Task> work)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await work(_end.Token);
                return;
            }
            catch (Exception error) when (error is not StorageFailedException && !_end.IsCancellationRequested)
            {
                Owed(log, part, error.GetType().Name);
                await Task.Delay(pause, time, _end.Token);
            }
        }
    }

    private async Task<Erased> ErasedAsync(IReadOnlyCollection<ProvisionId> provisions, CancellationToken cancellation)
    {
        var documents = new HashSet<(string Kind, string Subject)>();
        foreach (var provision in provisions)
        {
            foreach (var entry in await store.Steps.OfProvisionAsync(provision, cancellation: cancellation))
            {
                documents.Add((entry.Kind, entry.Subject));
            }
        }

        var mails = documents.Where(one => one.Kind == DocumentKinds.Anatomy).Select(one => one.Subject).ToList();
        return new Erased(provisions, mails, [.. documents]);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "What was derived from erased provisions is not forgotten everywhere yet ({Part}: {Error}); it is tried again until it is"
    )]
    private static partial void Owed(ILogger log, string part, string error);

    [LoggerMessage(LogLevel.Information, "Forgetting {Provisions} erased provisions takes longer than somebody waits; it goes on")]
    private static partial void GoesOn(ILogger log, int provisions);
}
