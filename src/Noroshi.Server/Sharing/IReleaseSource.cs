using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing;

namespace Noroshi.Server.Sharing;

/// <summary>A version that left.</summary>
/// <param name="Position">Position: grows from each to the next; no two are the same.</param>
/// <param name="LoggedAt">When it was written to the log.</param>
/// <param name="Release">What left.</param>
/// <param name="TakesBack">It left because a provider took its provision back: the versions before it are handed out no more.</param>
internal sealed record PositionedRelease(long Position, DateTimeOffset LoggedAt, Release Release, bool TakesBack = false);

/// <summary>
/// What left the hub, for those who hand it on in a format. What was read once stays as it is, and what is added stands behind it: a reader who
/// goes on from where he was meets everything once.
/// </summary>
internal interface IReleaseSource
{
    /// <summary>The hub as its receivers know it.</summary>
    HubName Hub { get; }

    /// <summary>All versions in the order in which they left. A list that does not change any more.</summary>
    IReadOnlyList<PositionedRelease> All { get; }

    /// <summary>A version of an item; null when there is none, or a provider took back what stood in it.</summary>
    Release? Find(Guid item, int version);
}

/// <summary>A member's answer that it saw something which the hub released (受信あり), or looked for it and did not (a count of 0: 受信なし).</summary>
internal sealed record GivenSighting
{
    /// <summary>Whose answer it is.</summary>
    public required string Organization { get; init; }

    /// <summary>The window, for who stands for one only.</summary>
    public string? Window { get; init; }

    /// <summary>STIX id of what was seen: it stands in a stream that the organisation reads.</summary>
    public required string Of { get; init; }

    /// <summary>STIX id of the sighting: the same one again is the same answer.</summary>
    public required string Id { get; init; }

    /// <summary>How often; null when not said.</summary>
    public int? Count { get; init; }

    /// <summary>What was looked at and when, in the member's words; null when not said.</summary>
    public string? Looked { get; init; }

    /// <summary>First seen.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>Last seen.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>When the hub got it.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Takes answers of members.</summary>
internal interface ISightingSink
{
    /// <summary>Keeps an answer.</summary>
    /// <returns>False when it is nothing that the sink keeps: it then becomes part of a provision.</returns>
    ValueTask<bool> TakeAsync(Actor by, GivenSighting sighting, CancellationToken cancellation);
}
