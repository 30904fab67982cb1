using System.Threading.RateLimiting;
using Noroshi.Hub.Identity;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Intake;

/// <summary>How much an organisation may give an hour, and how much memory all provisions on their way may hold.</summary>
internal sealed class Quotas : IDisposable
{
    private const int Unit = 65_536;
    private readonly PartitionedRateLimiter<string> _provisions;
    private readonly PartitionedRateLimiter<string> _bytes;
    private readonly Lock _gate = new();
    private long _free;

    public Quotas(HubOptions options)
    {
        var limits = options.Limits;
        _free = limits.MemoryBytes;
        _provisions = Limiter(limits.ProvisionsPerHour);
        _bytes = Limiter((int)Math.Min(int.MaxValue, limits.BytesPerHour / Unit));
    }

    /// <summary>Counts one provision of an actor.</summary>
    /// <exception cref="ProblemException">Over the quota.</exception>
    public void CountProvision(Actor actor) => Count(_provisions, actor, 1);

    /// <summary>Counts the bytes of a provision.</summary>
    /// <exception cref="ProblemException">Over the quota.</exception>
    public void CountBytes(Actor actor, long bytes) => Count(_bytes, actor, (int)Math.Min(int.MaxValue, (bytes + Unit - 1) / Unit));

    /// <summary>Room in memory for one request.</summary>
    public Room Enter() => new(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        _provisions.Dispose();
        _bytes.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(int perHour) =>
        PartitionedRateLimiter.Create<string, string>(
            owner =>
                RateLimitPartition.GetTokenBucketLimiter(
                    owner,
                    _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = perHour,
                        TokensPerPeriod = Math.Max(1, perHour / 3600),
                        ReplenishmentPeriod = TimeSpan.FromSeconds(perHour < 3600 ? 3600d / perHour : 1),
                        QueueLimit = 0,
                    }
                ),
            StringComparer.Ordinal
        );

    private static void Count(PartitionedRateLimiter<string> limiter, Actor actor, int permits)
    {
        // Those of the hub have a bucket each; an organisation's people and keys share one, or keys would multiply it.
        using var lease = limiter.AttemptAcquire(actor.Organization is { } own ? "o:" + own : "a:" + actor.Id, permits);
        if (!lease.IsAcquired)
        {
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            throw new ProblemException(
                ProblemKind.TooMany,
                "1時間に提供できる量を超えました。",
                "This is more than may be provided in an hour.",
                Math.Clamp((int)Math.Ceiling(wait.TotalSeconds), 1, 3600)
            );
        }
    }

    /// <summary>What one request holds; given back when it ends.</summary>
    internal sealed class Room(Quotas quotas) : IDisposable
    {
        private long _held;

        /// <summary>Takes more. Nobody waits while holding something, so nobody waits for ever.</summary>
        /// <exception cref="ProblemException">There is none.</exception>
        public void Take(long bytes)
        {
            lock (quotas._gate)
            {
                if (quotas._free < bytes)
                {
                    throw new ProblemException(ProblemKind.Busy, 5);
                }

                quotas._free -= bytes;
                _held += bytes;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (quotas._gate)
            {
                quotas._free += _held;
                _held = 0;
            }
        }
    }
}
