namespace Noroshi.Hub.Statistics;

/// <summary>The figures of a closed period as they were published, once.</summary>
/// <param name="Number">1, then counted up.</param>
/// <param name="At">When.</param>
/// <param name="By">Id of who decided it.</param>
/// <param name="Reason">Why it differs from the one before; null for the first.</param>
/// <param name="Figures">The figures, all of them.</param>
public sealed record FrozenRevision(int Number, DateTimeOffset At, string By, string? Reason, IReadOnlyList<Statistic> Figures);

/// <summary>A figure that a revision changed: a line of the list of corrections (正誤表).</summary>
/// <param name="Id">Id of the figure.</param>
/// <param name="Group">Industry group; null for all.</param>
/// <param name="Was">As it was printed before; null when it was not there.</param>
/// <param name="Is">As it is now; null when it is gone.</param>
public sealed record Correction(string Id, string? Group, Statistic? Was, Statistic? Is);

/// <summary>
/// A closed period with everything that was ever said of it. Late items and changed rules do not reach it: it changes by a revision that says why,
/// and the earlier ones stay.
/// </summary>
/// <param name="Period">Id of the period.</param>
/// <param name="Revisions">Oldest first; never empty.</param>
public sealed record FrozenPeriod(string Period, IReadOnlyList<FrozenRevision> Revisions)
{
    private const int LongestReason = 2_000;

    /// <summary>What counts now.</summary>
    public FrozenRevision Standing => Revisions[^1];

    /// <summary>What keeps a period from being frozen or revised; null when nothing does.</summary>
    /// <param name="before">As it is frozen; null when it is not.</param>
    /// <param name="period">The period.</param>
    /// <param name="now">The moment.</param>
    /// <param name="reason">Why it is revised.</param>
    public static Words? Problem(FrozenPeriod? before, Period period, DateTimeOffset now, string? reason) =>
        now < period.End ? new("期間が終わっていません", "the period has not ended")
        : before is not null && string.IsNullOrWhiteSpace(reason)
            ? new("確定した数字を改めるには理由が必要です", "figures that are final change with a reason only")
        : reason?.Length > LongestReason ? new($"理由は{LongestReason}文字までです", $"a reason has at most {LongestReason} characters")
        : null;

    /// <summary>Freezes a period, or revises a frozen one; the same as before when no figure differs.</summary>
    /// <param name="before">As it is frozen; null when it is not.</param>
    /// <param name="figures">Its figures as they are counted now.</param>
    /// <param name="by">Who decided it.</param>
    /// <param name="at">When.</param>
    /// <param name="reason">Why.</param>
    public static FrozenPeriod Freeze(FrozenPeriod? before, IReadOnlyList<Statistic> figures, string by, DateTimeOffset at, string? reason)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var final = figures.Select(one => one with { State = StatisticState.Final }).ToList();
        var period = final.Count > 0 ? final[0].Period : throw new ArgumentException("There are no figures.", nameof(figures));
        if (before is null)
        {
            return new FrozenPeriod(period, [new FrozenRevision(1, at, by, null, final)]);
        }

        return Corrections(before.Standing.Figures, final).Count == 0
            ? before
            : before with
            {
                Revisions = [.. before.Revisions, new FrozenRevision(before.Standing.Number + 1, at, by, reason, final)],
            };
    }

    /// <summary>What differs between two versions of the same figures, in the order of the later ones.</summary>
    public static IReadOnlyList<Correction> Corrections(IReadOnlyList<Statistic> was, IReadOnlyList<Statistic> becomes)
    {
        ArgumentNullException.ThrowIfNull(was);
        ArgumentNullException.ThrowIfNull(becomes);
        var old = was.ToDictionary(one => (one.Id, one.Group));
        var found = becomes
            .Where(one => !old.TryGetValue((one.Id, one.Group), out var before) || !Same(before, one))
            .Select(one => new Correction(one.Id, one.Group, old.GetValueOrDefault((one.Id, one.Group)), one))
            .ToList();
        var kept = becomes.Select(one => (one.Id, one.Group)).ToHashSet();
        found.AddRange(was.Where(one => !kept.Contains((one.Id, one.Group))).Select(one => new Correction(one.Id, one.Group, one, null)));
        return found;
    }

    private static bool Same(Statistic was, Statistic becomes) =>
        was.Excluded.SequenceEqual(becomes.Excluded)
        && was with { Excluded = [], State = StatisticState.Final } == becomes with { Excluded = [], State = StatisticState.Final };
}
