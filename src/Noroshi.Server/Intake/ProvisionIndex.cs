using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Intake;

/// <summary>A provision as the index knows it.</summary>
internal sealed record IndexedProvision(long Position, ProvisionId Id, string? Organization, string? Window);

/// <summary>Which page.</summary>
/// <param name="Organization">Of one organisation; null: of all.</param>
/// <param name="After">Position of the last one seen; null: from the beginning of the order.</param>
/// <param name="NewestFirst">The order.</param>
/// <param name="Most">At most so many.</param>
internal sealed record PageOrder(string? Organization, long? After, bool NewestFirst, int Most);

/// <summary>
/// Whose each provision is, in memory, in the order of the log: derived from the headers, caught up before each question. Holds ids only.
/// </summary>
internal sealed class ProvisionIndex(IHubStore store) : IForgets, IDisposable
{
    private const int ReadAtOnce = 1_000;
    private static readonly Comparer<IndexedProvision> ByPosition = Comparer<IndexedProvision>.Create(
        (a, b) => a.Position.CompareTo(b.Position)
    );
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<IndexedProvision> _all = [];
    private readonly Dictionary<string, List<IndexedProvision>> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<ProvisionId, IndexedProvision> _byId = [];
    private readonly Lock _gate = new();
    private long _position;

    /// <summary>Reads what has come since.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            IReadOnlyList<LogEntry> entries;
            do
            {
                entries = await store.Steps.ReadKindAsync(IStepLog.ProvisionKind, _position, ReadAtOnce, cancellation);
                foreach (var entry in entries)
                {
                    Add(await ReadAsync(entry, cancellation));
                    _position = entry.Position;
                }
            } while (entries.Count > 0);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The provision of that id (32 hexadecimal digits); null when there is none.</summary>
    public async ValueTask<IndexedProvision?> FindAsync(string id, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(id, "N", out var guid))
        {
            return null;
        }

        await CatchUpAsync(cancellation);
        lock (_gate)
        {
            return _byId.GetValueOrDefault(new ProvisionId(guid));
        }
    }

    /// <summary>Those behind a position in the order that is asked for; of a member's people, of their organisation alone.</summary>
    /// <param name="page">Which ones.</param>
    /// <param name="reached">Whether the one who asks may see one.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<IndexedProvision>> PageAsync(
        PageOrder page,
        Func<IndexedProvision, bool> reached,
        CancellationToken cancellation
    )
    {
        await CatchUpAsync(cancellation);
        lock (_gate)
        {
            var list = page.Organization is { } organization ? _own.GetValueOrDefault(organization) ?? [] : _all;
            var found = new List<IndexedProvision>();
            var at = Start(list, page.After, page.NewestFirst);
            while (at >= 0 && at < list.Count && found.Count < page.Most)
            {
                if (reached(list[at]))
                {
                    found.Add(list[at]);
                }

                at += page.NewestFirst ? -1 : 1;
            }

            return found;
        }
    }

    /// <summary>Whose an erased provision was is known no more, unless its provider withdrew it himself.</summary>
    public async Task ForgetAsync(Erased erased, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var id in erased.Provisions)
            {
                IndexedProvision? old;
                lock (_gate)
                {
                    old = _byId.GetValueOrDefault(id);
                }

                if (old is not null)
                {
                    Replace(old, await WithoutHeaderAsync(old.Position, id, cancellation));
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Index of the first one behind a position: binary search, positions ascend.</summary>
    private static int Start(List<IndexedProvision> list, long? after, bool newestFirst)
    {
        if (after is not { } position)
        {
            return newestFirst ? list.Count - 1 : 0;
        }

        var (low, high) = (0, list.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (newestFirst ? list[middle].Position < position : list[middle].Position <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return newestFirst ? low - 1 : low;
    }

    private async Task<IndexedProvision?> ReadAsync(LogEntry entry, CancellationToken cancellation)
    {
        if (entry.Provision is not { } id)
        {
            return null;
        }

        if (entry.Body is { IsEmpty: false } body)
        {
            var header = ProvisionHeader.FromJson(body.Span);
            return new IndexedProvision(entry.Position, id, header.Organization, header.Window);
        }

        return await WithoutHeaderAsync(entry.Position, id, cancellation);
    }

    /// <summary>Withdrawn: the header is gone, whose it was stays known to the provider.</summary>
    private async Task<IndexedProvision> WithoutHeaderAsync(long position, ProvisionId id, CancellationToken cancellation)
    {
        var withdrawn = await store.Steps.LatestAsync(DocumentKinds.Withdrawal, id.ToString(), cancellation);
        var told = withdrawn?.Body is { IsEmpty: false } text
            ? JsonSerializer.Deserialize(text.Span, IntakeViewJson.Default.WithdrawalDocument)
            : null;
        return new IndexedProvision(position, id, told?.Organization, told?.Window);
    }

    private void Replace(IndexedProvision old, IndexedProvision one)
    {
        lock (_gate)
        {
            _all[_all.BinarySearch(old, ByPosition)] = one;
            _byId[one.Id] = one;
            if (old.Organization is { } organization && _own.TryGetValue(organization, out var own))
            {
                var at = own.BinarySearch(old, ByPosition);
                if (one.Organization == organization)
                {
                    own[at] = one;
                }
                else
                {
                    own.RemoveAt(at);
                }
            }
        }
    }

    private void Add(IndexedProvision? one)
    {
        if (one is null)
        {
            return;
        }

        lock (_gate)
        {
            _all.Add(one);
            _byId[one.Id] = one;
            if (one.Organization is { } organization)
            {
                var list = _own.TryGetValue(organization, out var known) ? known : _own[organization] = [];
                list.Add(one);
            }
        }
    }
}
