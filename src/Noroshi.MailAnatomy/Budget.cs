using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy;

/// <summary>
/// One budget for everything that is unpacked from one provision, across all nesting. Not thread-safe: one dissection, one thread.
/// </summary>
/// <param name="maxBytes">Bytes that all unpacking together may produce.</param>
/// <param name="maxEntries">Archive entries (and mail parts) that may be listed in all.</param>
/// <param name="maxDepth">Containers and mails within each other.</param>
/// <param name="maxRatio">Bytes out per byte in, looked at once <see cref="RatioFrom"/> bytes came out.</param>
public sealed class Budget(long maxBytes = 256L << 20, int maxEntries = 10_000, int maxDepth = 8, int maxRatio = 200)
{
    /// <summary>Bytes out from which the ratio counts: 10 MiB.</summary>
    public const long RatioFrom = 10L << 20;

    /// <summary>Bytes that may still come out.</summary>
    public long BytesLeft { get; private set; } = maxBytes;

    /// <summary>Entries that may still be listed.</summary>
    public int EntriesLeft { get; private set; } = maxEntries;

    /// <summary>Deepest nesting that is unpacked.</summary>
    public int MaxDepth { get; } = maxDepth;

    /// <summary>The first limit that was hit, null while none was.</summary>
    public FindingCode? Hit { get; private set; }

    /// <summary>Takes bytes that came out of a container of <paramref name="packedSize"/> bytes.</summary>
    /// <param name="count">Bytes to take now.</param>
    /// <param name="totalOut">Bytes that came out of this entry so far, these included.</param>
    /// <param name="packedSize">Bytes of the container the entry came from.</param>
    /// <returns>Null when they fit, else the limit.</returns>
    public FindingCode? TakeBytes(long count, long totalOut, long packedSize)
    {
        BytesLeft -= count;
        if (BytesLeft < 0)
        {
            return Hit ??= FindingCodes.Limits.Bytes;
        }

        return totalOut > RatioFrom && totalOut / Math.Max(1, packedSize) > maxRatio ? Hit ??= FindingCodes.Limits.Ratio : null;
    }

    /// <summary>Takes one entry.</summary>
    /// <returns>Null when it fits, else the limit.</returns>
    public FindingCode? TakeEntry() => --EntriesLeft < 0 ? Hit ??= FindingCodes.Limits.Entries : null;
}
