using Noroshi.Hub;
using Noroshi.Hub.Reports.Cases;
using Noroshi.Hub.Reports.Texts;
using Noroshi.Hub.Statistics;
using Noroshi.Server.Identity;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Statistics;

namespace Noroshi.Server.Reports;

/// <summary>What the hub is, for the head and foot of a report.</summary>
internal sealed class ReportHub(Community community, HubSituation situation, ReportOptions options, TimeProvider time)
{
    /// <summary>Where cases are looked up.</summary>
    public HubSituation Situation => situation;

    /// <summary>Who issues reports.</summary>
    public ReportIssuer Issuer
    {
        get
        {
            var hub = community.Current.Hub;
            return new ReportIssuer(
                new Words(hub?.NameJa ?? "情報ハブ", hub?.NameEn ?? "Information hub"),
                [.. options.ContactLines()],
                [.. options.PressContactLines()]
            );
        }
    }

    /// <summary>Today in Japan.</summary>
    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).DateTime);
}

/// <summary>Puts together what a report is made of.</summary>
internal sealed class ReportMaterials(StatisticsWork statistics, StatisticsDesk desk, PublicationBook publications, ReportHub hub)
{
    /// <summary>Quarters before the one that a report is about.</summary>
    private const int QuartersBefore = 3;

    /// <summary>The material of a period: its figures and those of the periods that it is shown beside, and its cases.</summary>
    public async Task<ReportMaterial> OfAsync(Period period, bool ja, CancellationToken cancellation)
    {
        var figures = new List<Statistic>();
        foreach (var one in PeriodsOf(period))
        {
            figures.AddRange(await statistics.OfAsync(one, recount: false, cancellation));
        }

        return new ReportMaterial
        {
            Ja = ja,
            Period = period,
            Figures = [.. figures.Where(one => one.Group is null || one.Period == period.Id)],
            Issuer = hub.Issuer,
            Date = hub.Today,
            Cases = await CasesOfAsync(period, cancellation),
        };
    }

    /// <summary>Labels, as they are in a material, of those of its cases whose publication is still approved.</summary>
    public async Task<IReadOnlySet<string>> ToldAsync(Period period, CaseAnalysis? cases, CancellationToken cancellation)
    {
        var now = (await CasesOfAsync(period, cancellation))?.Cases.Select(one => one.Id).ToHashSet(StringComparer.Ordinal) ?? [];
        return (cases?.Cases ?? []).Where(one => now.Contains(one.Id)).Select(one => one.Label).ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<Period> PeriodsOf(Period period)
    {
        yield return period;
        yield return period.YearBefore;
        if (period.Kind == PeriodKind.Year)
        {
            foreach (var month in period.Parts(PeriodKind.Month))
            {
                yield return month;
            }
        }

        var before = period;
        for (var i = 0; i < QuartersBefore && period.Kind == PeriodKind.Quarter; i++)
        {
            yield return before = before.Before;
        }
    }

    private async Task<CaseAnalysis?> CasesOfAsync(Period period, CancellationToken cancellation)
    {
        var listed = await desk.AskAsync(
            (book, _) => book.Facts.OfType<CaseFact>().Where(one => period.Contains(one.At)).ToList(),
            cancellation
        );
        if (listed.Count == 0)
        {
            return null;
        }

        var current = hub.Situation.Current;
        var conversations = current.ConversationsOf(listed.Select(one => one.Id).ToHashSet(StringComparer.Ordinal)).ToList();
        var told = await publications.ToldAsync(conversations, cancellation);
        return CaseReading.Of($"cases-{period.Id}", listed, current, one => told.Contains(one.Id));
    }
}
