using Noroshi.Hub.Identity;
using Noroshi.Hub.Sharing;

namespace Noroshi.Server.Taxii;

/// <summary>A release in a stream.</summary>
/// <param name="Position">Position: grows from each to the next of a stream; no two are the same.</param>
/// <param name="LoggedAt">When the release was written to the log.</param>
/// <param name="Release">What left.</param>
internal sealed record PositionedRelease(long Position, DateTimeOffset LoggedAt, Release Release);

/// <summary>
/// The releases of a stream of <see cref="Channels"/>, in the order in which they left. What was read once stays as it is, and what is added stands
/// behind it: a reader who asks for what is behind a position meets everything once.
/// </summary>
internal interface IReleaseSource
{
    /// <summary>The hub as its receivers know it.</summary>
    ValueTask<HubName> HubAsync(CancellationToken cancellation);

    /// <summary>Releases behind a position, oldest first.</summary>
    /// <param name="channel">Stream.</param>
    /// <param name="after">Position; 0 for the start.</param>
    /// <param name="most">Most of them.</param>
    /// <param name="cancellation">Ends it.</param>
    ValueTask<IReadOnlyList<PositionedRelease>> ReadAsync(string channel, long after, int most, CancellationToken cancellation);
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
