using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Pipeline.Steps;

/// <summary>What a step made of one entry.</summary>
/// <param name="Documents">Its results.</param>
internal sealed record StepResult(IReadOnlyList<NewDocument> Documents)
{
    /// <summary>Nothing to be done.</summary>
    public static StepResult Nothing { get; } = new([]);

    /// <summary>Records for the journal.</summary>
    public IReadOnlyList<JournalRecord> Journal { get; init; } = [];
}

/// <summary>What a step does with one entry. May throw: the entry is tried again later, and given up in the end.</summary>
internal delegate Task<StepResult> EntryHandler(StepEntry entry, CancellationToken cancellation);

/// <summary>The work of one entry can never succeed: it goes to quarantine at once. The message is a code without content.</summary>
internal sealed class HopelessEntryException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public HopelessEntryException() { }

    /// <summary>Creates the exception.</summary>
    public HopelessEntryException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public HopelessEntryException(string message, Exception cause)
        : base(message, cause) { }
}

/// <summary>How a step goes about its work.</summary>
internal sealed record StepManners
{
    /// <summary>Entries read at once.</summary>
    public int Batch { get; init; } = 512;

    /// <summary>Entries after which results are committed while the rest of the batch is worked on.</summary>
    public int CommitEvery { get; init; } = 128;

    /// <summary>Entries worked on at the same time.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>Tries of one entry, the first one included, before it goes to quarantine.</summary>
    public int MostTries { get; init; } = 8;

    /// <summary>Delay before the second try; each further one doubles it.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest delay.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a lease lasts.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait for growth of the log before looking for entries that were put off.</summary>
    public TimeSpan Glance { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The delay after so many tries.</summary>
    public TimeSpan DelayAfter(int tries)
    {
        var delay = FirstDelay * Math.Pow(2, Math.Clamp(tries - 1, 0, 30));
        return delay < LongestDelay ? delay : LongestDelay;
    }
}
