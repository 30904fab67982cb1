namespace Noroshi.Storage.Fsck;

/// <summary>What a check found.</summary>
public sealed record FsckReport
{
    /// <summary>Most problems that are listed; all are counted.</summary>
    public const int MostListed = 1_000;

    /// <summary>What there is; equal before a backup and after its restore.</summary>
    public required StoreCounts Counts { get; init; }

    /// <summary>Files that nothing refers to: left by a crash before the row was written. Unreadable; no loss.</summary>
    public required long UnreferencedFiles { get; init; }

    /// <summary>Those of them that were removed.</summary>
    public required long SweptFiles { get; init; }

    /// <summary>Problems found.</summary>
    public required long ProblemCount { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<FsckProblem> Problems { get; init; }

    /// <summary>True when nothing is wrong.</summary>
    public bool Clean => ProblemCount == 0;
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Code">Stable code: <c>database</c>, <c>reference</c>, <c>evidence</c>, <c>document</c>, <c>key</c>, <c>step</c>, <c>journal</c>, <c>register</c>.</param>
/// <param name="Detail">What and where; ids, no content.</param>
public sealed record FsckProblem(string Code, string Detail);

/// <summary>What a store holds.</summary>
/// <param name="Provisions">Provisions.</param>
/// <param name="Evidence">Objects that can be opened.</param>
/// <param name="ErasedEvidence">Objects that were erased.</param>
/// <param name="Documents">Documents that can be opened.</param>
/// <param name="ErasedDocuments">Documents that were erased.</param>
/// <param name="JournalRecords">Records of the journal.</param>
/// <param name="Secrets">Secrets.</param>
public sealed record StoreCounts(
    long Provisions,
    long Evidence,
    long ErasedEvidence,
    long Documents,
    long ErasedDocuments,
    long JournalRecords,
    long Secrets
);

/// <summary>How to check.</summary>
public sealed record FsckOptions
{
    /// <summary>Opens every object and every document; otherwise files are only looked at for presence and length.</summary>
    public bool OpenEverything { get; init; } = true;

    /// <summary>Removes files that nothing refers to.</summary>
    public bool Sweep { get; init; }

    /// <summary>Checkpoints that others hold.</summary>
    public IReadOnlyList<Hub.Journal.Checkpoint> Held { get; init; } = [];
}
