using Noroshi.Hub.Journal;

namespace Noroshi.Hub.Storage;

/// <summary>
/// The way in. The order that nothing can be lost by is inside: raw bytes durable, then one transaction with provision, header and queue row,
/// and only then the task ends. Called by SMTP, the API, import and the help desk.
/// </summary>
public interface IIntakeStore
{
    /// <summary>
    /// Takes a provision. Idempotent: the same items under the same envelope give the receipt of the first time, also when both come at once
    /// and also after a crash in between. When an original of the first was erased meanwhile, the provision counts as new.
    /// </summary>
    /// <exception cref="ArgumentException">Over a limit of <see cref="IncomingProvision"/>; asking again gives the same.</exception>
    /// <exception cref="ChangedMeanwhileException">A subject's newest entry is not the expected one; nothing stored.</exception>
    /// <exception cref="StorageFullException">No room; nothing stored. Answer 452 or 507, later it works without a restart.</exception>
    /// <exception cref="StorageFailedException">Answer 451 or 503 and end the process.</exception>
    Task<Receipt> ReceiveAsync(IncomingProvision provision, CancellationToken cancellation = default);

    /// <summary>The provision of that id; null when there is none.</summary>
    Task<StoredProvision?> FindAsync(ProvisionId id, CancellationToken cancellation = default);

    /// <summary>The provision of that number; null when there is none.</summary>
    Task<StoredProvision?> FindAsync(long number, CancellationToken cancellation = default);
}

/// <summary>A provision as it arrives.</summary>
public sealed record IncomingProvision
{
    /// <summary>Most items of one provision.</summary>
    public const int MostItems = 1_000;

    /// <summary>Most bytes of one item and of a header or document.</summary>
    public const int MostBytes = 128 * 1024 * 1024;

    /// <summary>
    /// With the items' bytes it makes the provision what it is: who gives, through what (channel, organisation, window, intake address,
    /// the API's idempotency key), for a telephone case without items also what tells two calls apart. Not the time, not the connection:
    /// a repeated attempt has the same envelope. At most 64 KiB; only a keyed hash of it is stored.
    /// </summary>
    public required ReadOnlyMemory<byte> Envelope { get; init; }

    /// <summary>The raw bytes, in the order in which they were given; none for a case told by telephone.</summary>
    public required IReadOnlyList<IncomingItem> Items { get; init; }

    /// <summary>What the first step is told: a document of the intake's own form. It becomes the provision's first log entry.</summary>
    public required ReadOnlyMemory<byte> Header { get; init; }

    /// <summary>What the header is kept as.</summary>
    public RetentionClass HeaderRetention { get; init; } = RetentionClass.Result;

    /// <summary>Whether somebody waits.</summary>
    public Lane Lane { get; init; }

    /// <summary>When it was received; the only time that statistics of "provided" use.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Written in the same transaction; not when the provision is a repetition.</summary>
    public IReadOnlyList<JournalRecord> Journal { get; init; } = [];

    /// <summary>Documents of this provision, whatever they name, written in the same transaction; not when it is a repetition.</summary>
    public IReadOnlyList<NewDocument> Documents { get; init; } = [];

    /// <summary>What has to be as the caller saw it; looked at in the same transaction, not when the provision is a repetition.</summary>
    public IReadOnlyList<ExpectedVersion> Expected { get; init; } = [];
}

/// <summary>One item of a provision.</summary>
/// <param name="Content">Its bytes; the caller does not change them until the task has ended.</param>
/// <param name="Retention">What it is kept as.</param>
public sealed record IncomingItem(ReadOnlyMemory<byte> Content, RetentionClass Retention = RetentionClass.Original);

/// <summary>What the giver is told.</summary>
/// <param name="Id">Id.</param>
/// <param name="Number">Running number, from 1; gaps are possible.</param>
/// <param name="Repeated">True when it was there already.</param>
/// <param name="ReceivedAt">When the first one came.</param>
public sealed record Receipt(ProvisionId Id, long Number, bool Repeated, DateTimeOffset ReceivedAt);

/// <summary>A provision in the store.</summary>
/// <param name="Id">Id.</param>
/// <param name="Number">Running number.</param>
/// <param name="Lane">Lane.</param>
/// <param name="ReceivedAt">When it was received, to the millisecond.</param>
/// <param name="Evidence">Its evidence in the order given, then what was added later; erased objects stay listed.</param>
public sealed record StoredProvision(
    ProvisionId Id,
    long Number,
    Lane Lane,
    DateTimeOffset ReceivedAt,
    IReadOnlyList<EvidenceInfo> Evidence
);
