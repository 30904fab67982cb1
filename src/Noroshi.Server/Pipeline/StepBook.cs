using System.Globalization;
using System.Text.Json.Serialization;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline.Steps;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Pipeline;

/// <summary>How far one lane of a step is.</summary>
/// <param name="Lane"><c>live</c> or <c>bulk</c>.</param>
/// <param name="Position">Everything in the log up to here is dealt with.</param>
/// <param name="Remaining">Entries ahead.</param>
/// <param name="Waiting">Entries that are tried again later.</param>
/// <param name="Quarantined">Entries given up.</param>
/// <param name="GivenUp">The first of them.</param>
internal sealed record LaneView(
    string Lane,
    long Position,
    long Remaining,
    long Waiting,
    long Quarantined,
    IReadOnlyList<QuarantinedEntry> GivenUp
);

/// <summary>A step.</summary>
/// <param name="Name">Name.</param>
/// <param name="Input">Kind of the entries it reads.</param>
/// <param name="Until">Last position of an analysis of everything; null for steps that go on for ever.</param>
/// <param name="Lanes">Its lanes.</param>
internal sealed record StepView(string Name, string Input, long? Until, IReadOnlyList<LaneView> Lanes);

/// <summary>All steps.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Judged">How far everything is judged.</param>
internal sealed record StepList(IReadOnlyList<StepView> Steps, JudgedView Judged);

/// <summary>How far the situation, which is worked out from the whole log at each start, covers it; and by which numbers.</summary>
/// <param name="Position">Everything in the log up to here is in the situation.</param>
/// <param name="Last">The log's last position.</param>
/// <param name="Mails">Mails in the situation.</param>
/// <param name="Ahead">Mails that are read and not in it yet.</param>
/// <param name="MassMailedFrom">Destinations that make mails mass-mailed.</param>
/// <param name="AlikePercent">Likeness of texts that count as one.</param>
internal sealed record JudgedView(long Position, long Last, int Mails, int Ahead, int MassMailedFrom, int AlikePercent);

/// <summary>JSON of the routes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StepList))]
[JsonSerializable(typeof(StepView))]
internal sealed partial class StepJson : JsonSerializerContext;

/// <summary>The steps as those see them who look after the hub: progress, what was given up, and analyses of everything anew.</summary>
internal sealed class StepBook(
    IHubStore store,
    Register<Reanalysis> reanalyses,
    HubRecords records,
    PipelineTools tools,
    HubSituation situation
)
{
    private const int MostGivenUp = 100;
    private static readonly Lane[] Lanes = [Lane.Live, Lane.Bulk];

    private IEnumerable<(Step Step, long? Until)> Steps =>
        [
            (DissectStep.Step, null),
            (SecondMailStep.Step, null),
            (SituateStep.Step, null),
            .. reanalyses.All.Select(one => (DissectStep.StepOf(one.Value), (long?)one.Value.Until)),
        ];

    /// <summary>All steps.</summary>
    public async Task<StepList> AllAsync(CancellationToken cancellation)
    {
        var views = new List<StepView>();
        foreach (var (step, until) in Steps)
        {
            views.Add(await ViewAsync(step, until, cancellation));
        }

        var rules = situation.Rules;
        var last = await store.Steps.WaitAsync(-1, cancellation);
        return new StepList(
            views,
            new JudgedView(
                situation.Position,
                last,
                situation.Current.Mails.Count,
                situation.Ahead,
                rules.MassMailedFrom,
                rules.AlikePercent
            )
        );
    }

    /// <summary>Gives an entry back to the step that gave it up; false when it is not in quarantine.</summary>
    public async Task<bool> ReleaseAsync(Actor by, string name, long position, CancellationToken cancellation)
    {
        if (Steps.FirstOrDefault(one => one.Step.Name == name).Step is not { } step)
        {
            return false;
        }

        foreach (var lane in Lanes)
        {
            if (await store.Steps.ReleaseAsync(step, lane, position, cancellation))
            {
                var detail = position.ToString(CultureInfo.InvariantCulture);
                await store.Journal.AppendAsync(new JournalRecord(by.Id, JournalActions.StepRestarted, name, detail), cancellation);
                return true;
            }
        }

        return false;
    }

    /// <summary>Orders an analysis of everything that is in the hub by the rules of this version. One that is under way is not doubled.</summary>
    public async Task<StepView> OrderAsync(Actor by, CancellationToken cancellation)
    {
        var until = await store.Steps.WaitAsync(-1, cancellation);
        foreach (var one in reanalyses.All)
        {
            var view = await ViewAsync(DissectStep.StepOf(one.Value), one.Value.Until, cancellation);
            if (view.Lanes.Any(lane => lane.Remaining > 0 && lane.Position < one.Value.Until))
            {
                return view;
            }
        }

        Reanalysis? ordered = null;
        await records.ChangeAsync(() =>
        {
            var number = reanalyses.All.Count + 1;
            ordered = new Reanalysis(
                string.Create(CultureInfo.InvariantCulture, $"{DissectStep.Name}@{EvidenceRules.Version}.{number}"),
                until,
                by.Id
            );
            return (
                [reanalyses.Put(ordered.Name, ordered, seen: 0)],
                [new JournalRecord(by.Id, JournalActions.StepRestarted, ordered.Name)]
            );
        });
        tools.Order();
        return ordered is null
            ? throw new InvalidOperationException("The change ended without its order.")
            : await ViewAsync(DissectStep.StepOf(ordered), ordered.Until, cancellation);
    }

    private async Task<StepView> ViewAsync(Step step, long? until, CancellationToken cancellation)
    {
        var lanes = new List<LaneView>();
        foreach (var lane in Lanes)
        {
            var progress = await store.Steps.ProgressAsync(step, lane, cancellation);
            var givenUp = progress.Quarantined == 0 ? [] : await store.Steps.QuarantineAsync(step, lane, MostGivenUp, cancellation);
            var name = lane == Lane.Live ? "live" : "bulk";
            lanes.Add(new LaneView(name, progress.Position, progress.Remaining, progress.Waiting, progress.Quarantined, givenUp));
        }

        return new StepView(step.Name, step.Input, until, lanes);
    }
}
