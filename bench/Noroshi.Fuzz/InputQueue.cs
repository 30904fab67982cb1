namespace Noroshi.Fuzz;

/// <summary>Inputs that each reached something new. For every edge the cheapest input that reaches it is preferred.</summary>
internal sealed class InputQueue(Random random)
{
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<int, Entry> _cheapest = [];
    private List<Entry> _preferred = [];
    private bool _stale;

    internal sealed record Entry(byte[] Bytes, long Cost);

    public int Count => _entries.Count;

    public void Add(byte[] bytes, List<int> edges)
    {
        var entry = new Entry(bytes, bytes.Length + (4L * edges.Count));
        _entries.Add(entry);
        foreach (var edge in edges)
        {
            if (!_cheapest.TryGetValue(edge, out var best) || entry.Cost < best.Cost)
            {
                _cheapest[edge] = entry;
                _stale = true;
            }
        }
    }

    /// <summary>The input to change next: preferred ones half of the time, the newest often, any now and then.</summary>
    public Entry Pick()
    {
        if (_stale)
        {
            _preferred = [.. _cheapest.Values.Distinct()];
            _stale = false;
        }

        var newest = Math.Max(1, _entries.Count / 8);
        return random.Next(10) switch
        {
            < 5 when _preferred.Count > 0 => _preferred[random.Next(_preferred.Count)],
            < 8 => _entries[_entries.Count - 1 - random.Next(newest)],
            _ => _entries[random.Next(_entries.Count)],
        };
    }

    public byte[] Any() => _entries[random.Next(_entries.Count)].Bytes;
}
