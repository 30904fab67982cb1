using Noroshi.Storage.Keys;

namespace Noroshi.Storage;

/// <summary>Where a hub keeps its data.</summary>
public sealed record StoreOptions
{
    /// <summary>Name of the register beside the master key.</summary>
    public const string RegisterName = "noroshi-erasures";

    /// <summary>The data folder: database and evidence.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The master keys.</summary>
    public required MasterKeyRing Keys { get; init; }

    /// <summary>
    /// The register of erasures, outside the data folder and not part of a backup (beside the master key): what was erased is named there, so
    /// that an older backup does not bring it back.
    /// </summary>
    public required string ErasureRegister { get; init; }

    /// <summary>
    /// Makes the register anew from the database when it is missing. Only when it is lost for good: what was erased after the backup that
    /// the data folder may come from cannot be known without it.
    /// </summary>
    public bool RebuildRegister { get; init; }

    /// <summary>
    /// Opens although the journal is not what was signed last: for fsck, and for an administrator who has decided to go on. The next record that
    /// is appended signs what is there.
    /// </summary>
    public bool AcceptJournalMismatch { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The disk; tests give one that fails.</summary>
    internal Disk Disk { get; init; } = new();
}
