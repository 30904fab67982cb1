using System.Buffers.Binary;
using System.Text;

namespace Noroshi.Hub.Journal;

/// <summary>
/// Append-only record of every read of a provider's identity and of every change: a Merkle tree (RFC 9162, section 2.1) over its records with
/// signed checkpoints. Records hold ids, never content, and outlive every erasure.
/// </summary>
public interface IJournal
{
    /// <summary>Appends a record; durable when the task ends. Not idempotent: each call is an event.</summary>
    /// <returns>Its index, from 0 without gaps.</returns>
    Task<long> AppendAsync(JournalRecord record, CancellationToken cancellation = default);

    /// <summary>The newest signed checkpoint. It covers every record whose append has ended.</summary>
    Task<Checkpoint> CheckpointAsync(CancellationToken cancellation = default);

    /// <summary>Key that checkpoints are verified with: SubjectPublicKeyInfo, ECDSA P-256.</summary>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Records behind an index that fit the filter, ascending.</summary>
    Task<IReadOnlyList<JournalEntry>> ReadAsync(JournalFilter filter, CancellationToken cancellation = default);

    /// <summary>Proof that record <paramref name="index"/> stands in the tree of <paramref name="size"/> records.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many records.</exception>
    Task<IReadOnlyList<byte[]>> InclusionProofAsync(long index, long size, CancellationToken cancellation = default);

    /// <summary>Proof that the tree of <paramref name="second"/> records only appended to that of <paramref name="first"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many records.</exception>
    Task<IReadOnlyList<byte[]>> ConsistencyProofAsync(long first, long second, CancellationToken cancellation = default);

    /// <summary>
    /// Computes the whole tree anew from the rows and compares it with every checkpoint that is stored and with those that others hold. Finds
    /// each changed, removed, added or moved record. A tail that was removed together with all later checkpoints is found only by a checkpoint
    /// that was held elsewhere: that is what they are sent out for.
    /// </summary>
    Task<JournalVerification> VerifyAsync(IReadOnlyList<Checkpoint> held, CancellationToken cancellation = default);
}

/// <summary>What happened. Short ids, no content; each at most 500 characters.</summary>
/// <param name="Actor">Who: id of a user, key, or <c>system</c>.</param>
/// <param name="Action">What: <c>provision.received</c>, <c>identity.read</c>.</param>
/// <param name="Subject">To what: an id.</param>
/// <param name="Detail">More ids or a code.</param>
public sealed record JournalRecord(string Actor, string Action, string Subject, string Detail = "");

/// <summary>A record in the journal.</summary>
/// <param name="Index">Index.</param>
/// <param name="At">When it was appended, to the millisecond.</param>
/// <param name="Record">The record.</param>
public sealed record JournalEntry(long Index, DateTimeOffset At, JournalRecord Record)
{
    /// <summary>
    /// The bytes that the tree's leaf is the hash of: version 1, index and milliseconds since 1970 (8 bytes each, big endian), then actor,
    /// action, subject and detail, each as UTF-8 behind its length (4 bytes).
    /// </summary>
    public byte[] LeafBytes()
    {
        string[] texts = [Record.Actor, Record.Action, Record.Subject, Record.Detail];
        var bytes = new byte[17 + texts.Sum(text => 4 + Encoding.UTF8.GetByteCount(text))];
        bytes[0] = 1;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Index);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(9), At.ToUnixTimeMilliseconds());
        var at = 17;
        foreach (var text in texts)
        {
            var length = Encoding.UTF8.GetBytes(text, bytes.AsSpan(at + 4));
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), length);
            at += 4 + length;
        }

        return bytes;
    }
}

/// <summary>Which records.</summary>
public sealed record JournalFilter
{
    /// <summary>Only behind this index.</summary>
    public long After { get; init; } = -1;

    /// <summary>Only of this actor.</summary>
    public string? Actor { get; init; }

    /// <summary>Only about this subject; readings of providers' identity (<c>identity.read</c>) that name it in their detail are about it too.</summary>
    public string? Subject { get; init; }

    /// <summary>Only of this action.</summary>
    public string? Action { get; init; }

    /// <summary>Only what this id did, or what names it first in the detail: what was sent to it (<see cref="JournalActionKind.Delivery"/>).</summary>
    public string? Person { get; init; }

    /// <summary>At most so many.</summary>
    public int Most { get; init; } = 1_000;
}

/// <summary>What a verification found.</summary>
/// <param name="Size">Records.</param>
/// <param name="Checkpoints">Checkpoints compared.</param>
/// <param name="Problems">What is wrong, the first hundred; empty when all is as it was written.</param>
public sealed record JournalVerification(long Size, int Checkpoints, IReadOnlyList<string> Problems);
