using System.Runtime.InteropServices;

namespace Noroshi.Hub.Statistics;

/// <summary>
/// Sums over facts that follow single changes: cells by month, group and category, what is counted once by period, and clocks. Whatever the way
/// there, it equals the sums over the facts that are in it. Derived: it can be made anew at any time. For one thread at a time.
/// </summary>
public sealed class RollUp
{
    private readonly Dictionary<int, MonthCells> _months = [];
    private readonly Dictionary<(Period, DistinctKind), Dictionary<(string Key, string As), int>> _distinct = [];

    /// <summary>Adds a fact.</summary>
    public void Add(Fact fact) => Change(fact, 1);

    /// <summary>Takes a fact out that was added.</summary>
    public void Remove(Fact fact) => Change(fact, -1);

    /// <summary>The counts of a period.</summary>
    public PeriodCounts Of(Period period)
    {
        var months = Enumerable
            .Range(period.FirstMonth, period.Months)
            .Select(month => _months.GetValueOrDefault(month))
            .OfType<MonthCells>()
            .ToList();
        var cells = new Dictionary<(string Group, string Category), long>();
        var clocks = new Dictionary<ClockKind, Dictionary<long, int>>();
        foreach (var month in months)
        {
            foreach (var (cell, count) in month.Counts)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(cells, cell, out _) += count;
            }

            foreach (var ((clock, seconds), count) in month.Clocks)
            {
                var times = CollectionsMarshal.GetValueRefOrAddDefault(clocks, clock, out _) ??= [];
                CollectionsMarshal.GetValueRefOrAddDefault(times, seconds, out _) += count;
            }
        }

        return new PeriodCounts(
            period,
            cells,
            clocks.ToDictionary(
                one => one.Key,
                one => (IReadOnlyList<(long, int)>)[.. one.Value.OrderBy(time => time.Key).Select(time => (time.Key, time.Value))]
            ),
            Enum.GetValues<DistinctKind>().ToDictionary(kind => kind, kind => DistinctIn(period, kind))
        );
    }

    private static void Add<TKey>(Dictionary<TKey, long> counts, TKey key, int by)
        where TKey : notnull
    {
        if ((CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += by) == 0)
        {
            counts.Remove(key);
        }
    }

    private static void Add<TKey>(Dictionary<TKey, int> counts, TKey key, int by)
        where TKey : notnull
    {
        if ((CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += by) == 0)
        {
            counts.Remove(key);
        }
    }

    private IReadOnlyList<(string Key, string As)> DistinctIn(Period period, DistinctKind kind) =>
        _distinct.TryGetValue((period, kind), out var found) ? new Keys(found) : [];

    private void Change(Fact fact, int by)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var number = Period.OfMonth(fact.At).FirstMonth;
        if (!_months.TryGetValue(number, out var month))
        {
            _months.Add(number, month = new MonthCells());
        }

        var group = fact.Group ?? Categories.NoGroup;
        foreach (var category in Categories.Of(fact))
        {
            var same = month.Name(category);
            Add(month.Counts, ("", same), by);
            Add(month.Counts, (group, same), by);
        }

        if (fact is ClockFact clock)
        {
            Add(month.Clocks, (clock.Clock, clock.Seconds), by);
        }

        foreach (var one in Categories.DistinctOf(fact))
        {
            foreach (var period in Period.Around(fact.At))
            {
                if (!_distinct.TryGetValue((period, one.Kind), out var keys))
                {
                    _distinct.Add((period, one.Kind), keys = []);
                }

                Add(keys, (one.Key, one.As), by);
                if (keys.Count == 0)
                {
                    _distinct.Remove((period, one.Kind));
                }
            }
        }

        if (month.IsEmpty)
        {
            _months.Remove(number);
        }
    }

    private sealed class MonthCells
    {
        private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

        public Dictionary<(string Group, string Category), long> Counts { get; } = [];

        public Dictionary<(ClockKind, long Seconds), int> Clocks { get; } = [];

        public bool IsEmpty => Counts.Count == 0 && Clocks.Count == 0;

        /// <summary>One object for each name: cells are many, names are few.</summary>
        public string Name(string category) => CollectionsMarshal.GetValueRefOrAddDefault(_names, category, out _) ??= category;
    }

    /// <summary>The keys as they are: a period may hold millions, of which only the number is asked.</summary>
    private sealed class Keys(Dictionary<(string Key, string As), int> inner) : IReadOnlyList<(string Key, string As)>
    {
        public int Count => inner.Count;

        public (string Key, string As) this[int index] => inner.Keys.ElementAt(index);

        public IEnumerator<(string Key, string As)> GetEnumerator() => inner.Keys.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

/// <summary>The counts of one period. Valid until the roll-up changes.</summary>
public sealed class PeriodCounts
{
    private readonly Dictionary<(string Group, string Category), long> _cells;
    private readonly Dictionary<ClockKind, IReadOnlyList<(long Seconds, int Count)>> _clocks;
    private readonly Dictionary<DistinctKind, IReadOnlyList<(string Key, string As)>> _distinct;

    internal PeriodCounts(
        Period period,
        Dictionary<(string Group, string Category), long> cells,
        Dictionary<ClockKind, IReadOnlyList<(long Seconds, int Count)>> clocks,
        Dictionary<DistinctKind, IReadOnlyList<(string Key, string As)>> distinct
    )
    {
        (Period, _cells, _clocks, _distinct) = (period, cells, clocks, distinct);
        Countries = new Lazy<IReadOnlyDictionary<string, string>>(CountriesOf);
    }

    /// <summary>The period.</summary>
    public Period Period { get; }

    /// <summary>Whether anything happened in it.</summary>
    public bool IsEmpty => _cells.Count == 0;

    /// <summary>Country of each distinct destination: as observed, <c>multiple</c> where observations of the period disagree (複数).</summary>
    public Lazy<IReadOnlyDictionary<string, string>> Countries { get; }

    /// <summary>Count of a category, of all or of one group.</summary>
    public long Of(string category, string? group = null) => _cells.GetValueOrDefault((group ?? "", category));

    /// <summary>Categories that begin so, with their counts, ordinal.</summary>
    public IEnumerable<(string Category, long Count)> Under(string prefix) =>
        _cells
            .Where(one => one.Key.Group.Length == 0 && one.Key.Category.StartsWith(prefix, StringComparison.Ordinal))
            .Select(one => (one.Key.Category, one.Value))
            .OrderBy(one => one.Category, StringComparer.Ordinal);

    /// <summary>Number of different things.</summary>
    public int Distinct(DistinctKind kind) =>
        kind is DistinctKind.UniqueMail or DistinctKind.Sample
            ? _distinct[kind].Count
            : _distinct[kind].Select(one => one.Key).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Corporate groups that provided, of one industry group.</summary>
    public int Providers(string group) =>
        _distinct[DistinctKind.Provider].Where(one => one.As == group).Select(one => one.Key).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Distinct destinations that were presumably broken into.</summary>
    public int Hijacked() =>
        _distinct[DistinctKind.Destination]
            .Where(one => one.As.EndsWith('+'))
            .Select(one => one.Key)
            .Distinct(StringComparer.Ordinal)
            .Count();

    /// <summary>Readings of a clock, seconds ascending with their number.</summary>
    public IReadOnlyList<(long Seconds, int Count)> Clock(ClockKind clock) => _clocks.GetValueOrDefault(clock) ?? [];

    private Dictionary<string, string> CountriesOf() =>
        _distinct[DistinctKind.Destination]
            .GroupBy(one => one.Key, one => one.As.TrimEnd('+'), StringComparer.Ordinal)
            .ToDictionary(
                host => host.Key,
                host =>
                    host.Where(country => country != Categories.UnknownValue).Distinct(StringComparer.Ordinal).ToList() switch
                    {
                        [] => Categories.UnknownValue,
                        [var one] => one,
                        _ => "multiple",
                    },
                StringComparer.Ordinal
            );
}
