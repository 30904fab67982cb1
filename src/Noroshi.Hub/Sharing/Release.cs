namespace Noroshi.Hub.Sharing;

/// <summary>
/// One version of an item as it left. Never changed: an amendment and a retraction are further versions with the same
/// <see cref="SanitisedItem.Id"/>.
/// </summary>
public sealed record Release
{
    /// <summary>What left.</summary>
    public required SanitisedItem Item { get; init; }

    /// <summary>When version 1 left, UTC, whole milliseconds.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>When this version left, UTC, whole milliseconds; of no two versions of an item the same.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>The hub as its receivers know it: the only name that stands in what leaves.</summary>
/// <param name="Id">Random id of the hub (RFC 9562 version 4), the same for ever.</param>
/// <param name="NameJa">Japanese name.</param>
/// <param name="NameEn">English name.</param>
public sealed record HubName(Guid Id, string NameJa, string NameEn);
