using Noroshi.Exchange.Taxii;

namespace Noroshi.Server.Taxii;

/// <summary>
/// What became of requests to add, for a day. The answer to the request itself says it all, since nothing is ever pending; so this is kept in memory only,
/// and an organisation's newest ones at that.
/// </summary>
internal sealed class TaxiiStatuses(TimeProvider time)
{
    private const int MostOfOne = 100;
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(24);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<TaxiiStatus>> _statuses = new(StringComparer.Ordinal);

    /// <summary>Keeps one.</summary>
    public void Add(string organization, TaxiiStatus status)
    {
        lock (_gate)
        {
            if (!_statuses.TryGetValue(organization, out var own))
            {
                own = [];
                _statuses[organization] = own;
            }

            own.RemoveAll(one => time.GetUtcNow() - one.RequestedAt > Lasts);
            own.Add(status);
            if (own.Count > MostOfOne)
            {
                own.RemoveAt(0);
            }
        }
    }

    /// <summary>One of an organisation; null when there is none, or it is another's.</summary>
    public TaxiiStatus? Find(string organization, Guid id)
    {
        lock (_gate)
        {
            return _statuses.GetValueOrDefault(organization)?.Find(one => one.Id == id && time.GetUtcNow() - one.RequestedAt <= Lasts);
        }
    }
}
