namespace Noroshi.Server.Pipeline.Jail;

/// <summary>Limits of workers and of their reuse.</summary>
internal sealed record WorkerLimits
{
    /// <summary>Wall time for each member of an input.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Wall time for all members of an input together, so that an archive of slow members cannot hold a worker for hours.
    /// </summary>
    public TimeSpan RequestDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What each member adds to <see cref="RequestDeadline"/>.</summary>
    public TimeSpan MemberAllowance { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Wall time for each member when only headers are read again.</summary>
    public TimeSpan RetryDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wall time from start to the first frame.</summary>
    public TimeSpan StartDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Resident bytes of a worker: 900 MiB.</summary>
    public long ResidentBytes { get; init; } = 900L << 20;

    /// <summary>Workers at the same time; 0 takes one per core.</summary>
    public int Workers { get; init; }

    /// <summary>Requests a recycled worker answers. A new one begins with cold code.</summary>
    public int RequestsPerWorker { get; init; } = 2_000;

    /// <summary>
    /// A recycled worker that met damage goes as soon as a fresh one is ready. Damaged mail is common in bulk, and starting costs a
    /// hundred times what a mail costs, so starting takes at most this share of one core.
    /// </summary>
    public double ReplacementShare { get; init; } = 0.2;

    /// <summary>Frames one request may give.</summary>
    public int Frames { get; init; } = 1_000_000;

    /// <summary>Bytes one request may give, on top of 256 for each byte of the input: 64 MiB.</summary>
    public long AnswerBytes { get; init; } = 64L << 20;

    /// <summary>Bytes one try may give at most when the hub keeps all frames until the end: 256 MiB.</summary>
    public long KeptAnswerBytes { get; init; } = 256L << 20;
}
