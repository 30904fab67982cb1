using Noroshi.Hub.Journal;

namespace Noroshi.Hub.Storage;

/// <summary>
/// Everything the hub keeps, behind one door. Each engine implements these ports natively; one contract suite runs on all of them.
/// <list type="bullet">
/// <item>Durability: a task that ends without an exception means that what it says survives the end of the process and a power cut.</item>
/// <item>Failure: after an exception nothing of that call is stored, with two exceptions: a cancelled call and
/// <see cref="StorageFailedException"/> leave it open. All calls that write may be repeated, see each.</item>
/// <item>Secrecy: content, headers and documents are encrypted at rest; <c>Subject</c>, <c>Kind</c>, step names and journal records are not
/// and hold ids only.</item>
/// </list>
/// All members may be called from any thread.
/// </summary>
public interface IHubStore : IAsyncDisposable
{
    /// <summary>The way in.</summary>
    IIntakeStore Intake { get; }

    /// <summary>Raw bytes.</summary>
    IEvidenceStore Evidence { get; }

    /// <summary>The log of documents and the steps that work through it.</summary>
    IStepLog Steps { get; }

    /// <summary>Who did what.</summary>
    IJournal Journal { get; }

    /// <summary>Secrets and the master key's turn.</summary>
    IKeyStore Keys { get; }

    /// <summary>Retention and withdrawal.</summary>
    IErasure Erasure { get; }

    /// <summary>
    /// Completes, with the cause, when the store has failed for good (a disk that did not keep what it was told to). The host then ends the
    /// process: nothing is retried, what was acknowledged is judged anew by the next start.
    /// </summary>
    Task<StorageFailedException> Failure { get; }
}

/// <summary>Id of a provision: random, says nothing of order or time.</summary>
public readonly record struct ProvisionId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}

/// <summary>Id of one object of evidence: random; the same bytes given twice have two.</summary>
public readonly record struct EvidenceId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}

/// <summary>What a thing is kept as; each class has its own term and its own key, so that one can end without the others.</summary>
public enum RetentionClass
{
    /// <summary>Mails and files as they came.</summary>
    Original = 0,

    /// <summary>What was taken from them and names people or organisations.</summary>
    PersonalData = 1,

    /// <summary>Malicious files.</summary>
    Sample = 2,

    /// <summary>Results that statistics rest on.</summary>
    Result = 3,
}

/// <summary>Lanes keep a mass of old mail from delaying the answer to a new one. Each lane has its own order.</summary>
public enum Lane
{
    /// <summary>Somebody waits for the answer.</summary>
    Live = 0,

    /// <summary>Imports and re-analysis.</summary>
    Bulk = 1,
}
