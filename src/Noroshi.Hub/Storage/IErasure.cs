namespace Noroshi.Hub.Storage;

/// <summary>
/// Retention and withdrawal by destroying keys. What was erased stays erased when an older backup is restored: a register outside the data
/// folder is consulted at every start.
/// </summary>
public interface IErasure
{
    /// <summary>
    /// Destroys the keys of a provision's objects and documents in the given classes, removes the files, and writes it to the journal.
    /// Documents that are written for it in these classes later (by a step that was at work on it) are empty from the start.
    /// The provision itself, its number and its time stay. Idempotent: what is gone already counts zero; a crash in between is completed by
    /// the next start.
    /// </summary>
    /// <exception cref="KeyNotFoundException">No such provision.</exception>
    Task<ErasureReceipt> EraseAsync(ErasureOrder order, CancellationToken cancellation = default);

    /// <summary>Provisions received before a moment that still hold something in a class, oldest first: the list of a retention run.</summary>
    Task<IReadOnlyList<ProvisionId>> HeldAsync(
        RetentionClass retention,
        DateTimeOffset receivedBefore,
        int most,
        CancellationToken cancellation = default
    );
}

/// <summary>What to erase and why.</summary>
/// <param name="Provision">Whose.</param>
/// <param name="Classes">In which classes.</param>
/// <param name="Actor">Id of who ordered it, for the journal.</param>
/// <param name="Reason">Short reason without content, for the journal: <c>retention</c>, <c>withdrawal</c>.</param>
public sealed record ErasureOrder(ProvisionId Provision, IReadOnlySet<RetentionClass> Classes, string Actor, string Reason);

/// <summary>Proof of purge.</summary>
/// <param name="Evidence">Objects that can no longer be opened.</param>
/// <param name="Documents">Documents that can no longer be opened.</param>
/// <param name="JournalIndex">Index of the journal's record; null when there was nothing to erase.</param>
public sealed record ErasureReceipt(int Evidence, int Documents, long? JournalIndex);
