using Noroshi.Hub.Search;

namespace Noroshi.Storage.Tests.Search;

/// <summary>What a search index must do, in the plainest way.</summary>
internal sealed class MemorySearchIndex : ISearchIndex
{
    private readonly Dictionary<string, SearchEntry> _entries = new(StringComparer.Ordinal);

    public long Position { get; private set; } = -1;

    public long Count => _entries.Count;

    public Task ApplyAsync(SearchChanges changes, CancellationToken cancellation = default)
    {
        foreach (var id in changes.Remove)
        {
            _entries.Remove(id);
        }

        foreach (var entry in changes.Put)
        {
            _entries[entry.Id] = entry;
        }

        Position = changes.Through ?? Position;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<SearchCandidate>> FindAsync(SearchProbe probe, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<SearchCandidate>>([
            .. _entries
                .Values.Where(entry =>
                    probe.Scopes?.Contains(entry.Scope) != false
                    && entry.Place.Milliseconds >= probe.From
                    && entry.Place.Milliseconds < probe.Until
                    && (probe.After is not { } after || entry.Place > after)
                    && probe.Clauses.All(clause => clause.Any(alternative => Has(entry, alternative)))
                )
                .OrderBy(entry => entry.Place)
                .Take(probe.Most)
                .Select(entry => new SearchCandidate(entry.Id, entry.Place)),
        ]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool Has(SearchEntry entry, SearchAlternative alternative) =>
        alternative.Tokens.All(token => entry.Tokens.TryGetValue(token, out var fields) && fields.And(alternative.Fields).Bits != 0);
}
