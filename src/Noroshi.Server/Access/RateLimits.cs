using System.Threading.RateLimiting;
using Noroshi.Hub.Identity;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Access;

/// <summary>How often somebody may ask.</summary>
internal sealed record AccessOptions
{
    /// <summary>Requests a minute of one key, where the key does not say otherwise.</summary>
    public int PerKey { get; init; } = 6_000;

    /// <summary>Requests a minute of one person.</summary>
    public int PerUser { get; init; } = 3_000;

    /// <summary>Why the options make no sense; null when they do.</summary>
    public string? Fault => PerKey > 0 && PerUser > 0 ? null : "limits of requests a minute have to be at least 1";
}

/// <summary>One throttle for all verbs and formats, by key or person; the one by address stands before it, in the host.</summary>
internal sealed class RateLimits(AccessOptions options, Register<ApiKey> keys) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _users = Buckets(_ => options.PerUser);

    // The allowance is a part of the partition's name, so that a changed one counts at once.
    private readonly PartitionedRateLimiter<(string Key, int Allowance)> _keys = Buckets<(string Key, int Allowance)>(one => one.Allowance);

    /// <summary>Problem of a key or person; null when he may go on.</summary>
    public Problem? RefusedActor(Actor actor) =>
        actor.Kind switch
        {
            ActorKind.Key => Refused(_keys.AttemptAcquire((actor.Id, keys.Find(actor.Id)?.Value.RequestsPerMinute ?? options.PerKey))),
            ActorKind.User => Refused(_users.AttemptAcquire(actor.Id)),
            ActorKind.Public or ActorKind.Intake or ActorKind.System => null,
        };

    /// <inheritdoc/>
    public void Dispose()
    {
        _users.Dispose();
        _keys.Dispose();
    }

    private static Problem? Refused(RateLimitLease lease)
    {
        using (lease)
        {
            if (lease.IsAcquired)
            {
                return null;
            }

            return Problem.TooMany(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(10));
        }
    }

    /// <summary>Half of the allowance at once, refilled every six seconds.</summary>
    private static PartitionedRateLimiter<T> Buckets<T>(Func<T, int> perMinute)
        where T : notnull =>
        PartitionedRateLimiter.Create<T, T>(one =>
            RateLimitPartition.GetTokenBucketLimiter(
                one,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = Math.Max(1, perMinute(one) / 2),
                    TokensPerPeriod = Math.Max(1, perMinute(one) / 10),
                    ReplenishmentPeriod = TimeSpan.FromSeconds(6),
                    QueueLimit = 0,
                    AutoReplenishment = true,
                }
            )
        );

    private static PartitionedRateLimiter<string> Buckets(Func<string, int> perMinute) => Buckets<string>(perMinute);
}
