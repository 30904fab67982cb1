namespace Noroshi.Hub.Storage;

/// <summary>Small secrets (data-protection keys, dictionaries' keys, agreed passwords), each sealed by the master key.</summary>
public interface IKeyStore
{
    /// <summary>The secret; null when there is none.</summary>
    Task<byte[]?> FindAsync(string area, string name, CancellationToken cancellation = default);

    /// <summary>All secrets of an area, by name (ordinal).</summary>
    Task<IReadOnlyList<KeyValuePair<string, byte[]>>> ListAsync(string area, CancellationToken cancellation = default);

    /// <summary>Writes a secret over the earlier one; at most 64 KiB.</summary>
    Task PutAsync(string area, string name, ReadOnlyMemory<byte> value, CancellationToken cancellation = default);

    /// <summary>Removes a secret; false when there was none.</summary>
    Task<bool> RemoveAsync(string area, string name, CancellationToken cancellation = default);

    /// <summary>
    /// Wraps everything that an older master key wraps with the active one. May be interrupted and repeated; the hub stays in use. When it has
    /// ended the older keys open nothing in the data folder any more; backups made before still need them.
    /// </summary>
    /// <returns>Keys and secrets that were wrapped anew.</returns>
    /// <exception cref="MasterKeyException">An older key that something is still wrapped with is not there.</exception>
    Task<long> RotateAsync(string actor, CancellationToken cancellation = default);
}
