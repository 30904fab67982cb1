namespace Noroshi.Hub.Storage;

/// <summary>
/// Raw bytes, each object under a key of its own, never changed. An object belongs to one provision: the same mail given by two members is
/// stored twice, so that neither its presence nor its end can be noticed by the other.
/// </summary>
public interface IEvidenceStore
{
    /// <summary>Adds bytes to a provision (an answer to a request, an extracted sample). The same bytes of the same provision are stored once.</summary>
    /// <returns>The object's id; of the one that was there when it is a repetition.</returns>
    /// <exception cref="KeyNotFoundException">No such provision.</exception>
    /// <exception cref="StorageFullException">No room; nothing stored.</exception>
    Task<EvidenceId> PutAsync(
        ProvisionId provision,
        ReadOnlyMemory<byte> content,
        RetentionClass retention,
        CancellationToken cancellation = default
    );

    /// <summary>The bytes as they were given; every one of them is authenticated.</summary>
    /// <exception cref="KeyNotFoundException">No such object.</exception>
    /// <exception cref="EvidenceErasedException">It was erased.</exception>
    /// <exception cref="EvidenceDamagedException">Its file is missing or was changed.</exception>
    Task<byte[]> GetAsync(EvidenceId id, CancellationToken cancellation = default);
}

/// <summary>What is known of an object without opening it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Size">Bytes as given.</param>
/// <param name="Retention">What it is kept as.</param>
/// <param name="Erased">True when its key is gone.</param>
public sealed record EvidenceInfo(EvidenceId Id, long Size, RetentionClass Retention, bool Erased);
