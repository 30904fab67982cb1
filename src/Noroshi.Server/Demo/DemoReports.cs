using Noroshi.Hub.Identity;
using Noroshi.Hub.Reports.Documents;
using Noroshi.Hub.Statistics;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Reports;
using Noroshi.Server.Statistics;

namespace Noroshi.Server.Demo;

/// <summary>What the hub's reports need in the demo: where they are decided, and where it is known which cases may be told.</summary>
internal sealed record ReportDesks(ReportDesk Reports, ReportRound Round, StatisticsDesk Figures, PublicationBook Told);

/// <summary>
/// Plays what people did for the hub's reports: figures made final, the activity report drafted, checked by another, decided and published; and
/// the providers of the special analysis asked whether their cases may be told (公表承認).
/// </summary>
internal sealed class DemoReports(
    ReportDesks desks,
    StatisticsWork statistics,
    DemoShares shares,
    DemoPeople people,
    HubSituation situation
)
{
    /// <summary>Makes the figures of a year final and publishes its activity report.</summary>
    public async Task CloseAsync(Period year, CancellationToken cancellation)
    {
        var press = people.Hub(Role.Press);
        await statistics.FreezeAsync(press.Id, year, reason: null, cancellation);
        var drafted = await desks.Reports.DraftAsync(press, new ReportDraftOrder(ReportForm.Activity, year.Id), cancellation);
        await StepAsync(people.PressChecker(), drafted.Id, ReportVerb.Check, cancellation);
        await StepAsync(people.Hub(Role.Coordinator), drafted.Id, ReportVerb.Decide, cancellation);
        await desks.Round.RunAsync(cancellation);
    }

    /// <summary>Asks for the cases that nobody has answered for yet; all providers say yes.</summary>
    public async Task AskToTellAsync(CancellationToken cancellation)
    {
        var listed = await desks.Figures.AskAsync(
            (book, _) => book.Facts.OfType<CaseFact>().Where(one => !one.Excluded).Select(one => one.Id).ToHashSet(StringComparer.Ordinal),
            cancellation
        );
        var exchanges = situation.Current.ConversationsOf(listed).ToList();
        var told = await desks.Told.ToldAsync(exchanges, cancellation);
        await shares.AskToTellAsync([.. exchanges.Where(one => !told.Contains(one.Id))], cancellation);
    }

    private async Task StepAsync(Actor by, string id, ReportVerb verb, CancellationToken cancellation) =>
        await desks.Reports.StepAsync(by, id, new ReportStepOrder(desks.Reports.Find(by, id)?.Version ?? 0, verb), cancellation);
}
