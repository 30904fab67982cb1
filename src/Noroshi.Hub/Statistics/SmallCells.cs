namespace Noroshi.Hub.Statistics;

/// <summary>From when a cell may be told outside.</summary>
/// <param name="Fewest">Fewest of a thing.</param>
/// <param name="FewestProviders">Fewest corporate groups that provided: a hundred from one would name it all the same.</param>
public sealed record CellRule(int Fewest = 5, int FewestProviders = 3);

/// <summary>
/// What figures may be told outside the hub (rule 11). Counts by industry could point to a provider: small cells are left out, and with them
/// others of the same table, so that no subtraction from the total brings them back. Facts of attacks (types, countries, intervals) are told as
/// they are. Industries are told for fiscal years only: a year less three quarters would be the fourth.
/// </summary>
public static class SmallCells
{
    /// <summary>The figures as they may leave, in their order.</summary>
    public static IReadOnlyList<Statistic> Outward(IReadOnlyList<Statistic> figures, CellRule rule)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(rule);
        var hidden = figures
            .Where(one => one.Group is not null)
            .GroupBy(one => (one.Id, one.Period))
            .SelectMany(table => Hidden([.. table], rule))
            .ToHashSet(ReferenceEqualityComparer.Instance);
        return
        [
            .. figures
                .Where(one => one.Group is null || Period.Parse(one.Period) is { Kind: PeriodKind.Year })
                .Select(one => hidden.Contains(one) ? Without(one) : one),
        ];
    }

    /// <summary>
    /// Cells to leave out: the small ones, then the smallest of the others until those left out are two or more and their sum is no small number
    /// itself.
    /// </summary>
    private static IEnumerable<Statistic> Hidden(IReadOnlyList<Statistic> table, CellRule rule)
    {
        var small = table
            .Where(one => one.Numerator > 0 && (one.Numerator < rule.Fewest || (one.Providers ?? int.MaxValue) < rule.FewestProviders))
            .ToList();
        if (small.Count == 0)
        {
            return small;
        }

        var others = new Queue<Statistic>(
            table
                .Where(one => one.Numerator > 0 && !small.Contains(one))
                .OrderBy(one => one.Numerator)
                .ThenBy(one => one.Group, StringComparer.Ordinal)
        );
        while (others.Count > 0 && (small.Count < 2 || small.Sum(one => one.Numerator) < rule.Fewest))
        {
            small.Add(others.Dequeue());
        }

        // Nothing is left to hide behind: then zeros are not told either, and it stays open whose the small number is.
        return small.Count < 2 ? table : small;
    }

    private static Statistic Without(Statistic one) =>
        one with
        {
            Numerator = null,
            Value = null,
            Previous = null,
            Excluded = [],
            Suppressed = true,
        };
}
