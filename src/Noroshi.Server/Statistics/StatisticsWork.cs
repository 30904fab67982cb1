using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Statistics;
using Noroshi.Server.Hosting;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Statistics;

/// <summary>Figures of periods: as frozen where they are, else as they are counted now.</summary>
internal sealed class StatisticsWork(StatisticsDesk desk, Register<FrozenPeriod> frozen, HubRecords records, TimeProvider time)
{
    /// <summary>A frozen period; null when it is not.</summary>
    public FrozenPeriod? Frozen(Period period) => frozen.Find(period.Id)?.Value;

    /// <summary>The figures of a period.</summary>
    /// <param name="period">Period.</param>
    /// <param name="recount">As counted now, also where they are frozen.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<IReadOnlyList<Statistic>> OfAsync(Period period, bool recount, CancellationToken cancellation) =>
        !recount && Frozen(period) is { } kept
            ? Task.FromResult(kept.Standing.Figures)
            : desk.AskAsync((book, membership) => Counted(book, membership, period), cancellation);

    /// <summary>What a number leads to: ids, ordinal. As counted now.</summary>
    public Task<IReadOnlyList<string>> BehindAsync(string figure, Period period, string? group, CancellationToken cancellation) =>
        desk.AskAsync((book, _) => book.BehindOf(figure, period, group), cancellation);

    /// <summary>Freezes a period that has ended, or revises a frozen one with a reason.</summary>
    /// <exception cref="ProblemException">It has not ended, or there is no reason.</exception>
    public async Task<FrozenPeriod> FreezeAsync(string by, Period period, string? reason, CancellationToken cancellation)
    {
        var counted = await OfAsync(period, recount: true, cancellation);
        var now = time.GetUtcNow();
        FrozenPeriod? made = null;
        await records.ChangeAsync(() =>
        {
            var before = frozen.Find(period.Id);
            if (FrozenPeriod.Problem(before?.Value, period, now, reason) is { } problem)
            {
                throw new ProblemException(
                    ProblemKind.Unprocessable,
                    $"確定していません: {problem.Ja}。",
                    $"Nothing was made final: {problem.En}."
                );
            }

            made = FrozenPeriod.Freeze(before?.Value, counted, by, now, reason?.Trim());
            return ReferenceEquals(made, before?.Value)
                ? ([], [])
                : (
                    [frozen.Put(period.Id, made, before?.Version ?? 0)],
                    [
                        new JournalRecord(
                            by,
                            JournalActions.ReportReleased,
                            period.Id,
                            made.Standing.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)
                        ),
                    ]
                );
        });
        return made ?? throw new InvalidOperationException("The change was not decided.");
    }

    private IReadOnlyList<Statistic> Counted(FactBook book, Membership membership, Period period) =>
        StatisticsOfPeriod.Of(
            new StatisticsSource(book.RollUp.Of(period), membership)
            {
                YearBefore = Compared(book, membership, period.YearBefore),
                Before = period.Kind == PeriodKind.Year ? null : Compared(book, membership, period.Before),
            }
        );

    /// <summary>A period that others are compared with: as it was published, else as it is counted; empty when the hub knows nothing of it.</summary>
    private IReadOnlyList<Statistic> Compared(FactBook book, Membership membership, Period period)
    {
        if (Frozen(period) is { } kept)
        {
            return kept.Standing.Figures;
        }

        var counts = book.RollUp.Of(period);
        return counts.IsEmpty ? [] : StatisticsOfPeriod.Of(new StatisticsSource(counts, membership));
    }
}
