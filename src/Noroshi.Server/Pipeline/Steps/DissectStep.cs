using Noroshi.Hub.Storage;
using Noroshi.Server.Registers;

namespace Noroshi.Server.Pipeline.Steps;

/// <summary>
/// Runs the steps that take mails apart: <c>dissect</c> and <c>second-mail</c> in both lanes, and each ordered analysis of everything anew
/// beside them, in the bulk lane's manner.
/// </summary>
internal sealed class DissectStep(
    IHubStore store,
    ProvisionDissection dissection,
    Register<Reanalysis> reanalyses,
    PipelineTools tools,
    ILogger<DissectStep> logger
) : BackgroundService
{
    /// <summary>Name of the step.</summary>
    public const string Name = "dissect";

    /// <summary>The step.</summary>
    public static Step Step { get; } = new(Name, DocumentKinds.Provision);

    private static readonly Lane[] Lanes = [Lane.Live, Lane.Bulk];

    /// <summary>The step of an ordered analysis of everything.</summary>
    public static Step StepOf(Reanalysis one) => new(one.Name, DocumentKinds.Provision);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var manners = tools.Settings.Manners;
        var second = new SecondMailStep(store.Steps, dissection, tools);
        var runs = new List<Task>();
        foreach (var lane in Lanes)
        {
            runs.Add(RunAsync(new StepWork(Step, lane, manners), dissection.HandleAsync, stoppingToken));
        }

        await Outliving.RunAsync(SecondMailStep.Name, second.LoadAsync, tools.Time, logger, stoppingToken);
        foreach (var lane in Lanes)
        {
            var oneByOne = manners with { Parallel = 1 };
            runs.Add(RunAsync(new StepWork(SecondMailStep.Step, lane, oneByOne), second.HandleAsync, stoppingToken));
        }

        runs.Add(ReanalysesAsync(stoppingToken));

        // The first failure ends all: the host then ends the process, and the next start goes on from the log.
        await await Task.WhenAny(runs);
    }

    private async Task ReanalysesAsync(CancellationToken cancellation)
    {
        var begun = new HashSet<string>(StringComparer.Ordinal);
        var runs = new List<Task>();
        while (true)
        {
            foreach (var one in reanalyses.All.Where(one => begun.Add(one.Id)))
            {
                runs.Add(ReanalyseAsync(one.Value, cancellation));
            }

            await Task.WhenAny([tools.Ordered.WaitAsync(cancellation), .. runs]);
            foreach (var ended in runs.Where(run => run.IsCompleted).ToList())
            {
                runs.Remove(ended);
                await ended;
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async Task ReanalyseAsync(Reanalysis one, CancellationToken cancellation)
    {
        var manners = tools.Settings.Manners;
        await Task.WhenAll(
            Lanes.Select(lane =>
                RunAsync(new StepWork(StepOf(one), lane, manners, one.Until) { Waits = true }, dissection.HandleAsync, cancellation)
            )
        );
        PipelineLog.ReanalysisDone(logger, one.Name, one.Until);
    }

    private Task RunAsync(StepWork work, EntryHandler handle, CancellationToken cancellation) =>
        Task.Run(() => new StepRunner(store.Steps, work, handle, tools, logger).RunAsync(cancellation), cancellation);
}

/// <summary>What the pipeline's parts share.</summary>
internal sealed class PipelineTools(PipelineSettings settings, FreshMails fresh, TimeProvider time)
{
    private TaskCompletionSource _ordered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How the pipeline works.</summary>
    public PipelineSettings Settings => settings;

    /// <summary>Mails that were taken apart a moment ago.</summary>
    public FreshMails Fresh => fresh;

    /// <summary>Mails that wait for a password, or give one.</summary>
    public SecondMailIndex Seconds { get; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Live before bulk.</summary>
    public LaneGate Gate { get; } = new();

    /// <summary>Completes when another analysis of everything is ordered.</summary>
    public Task Ordered => _ordered.Task;

    /// <summary>Another analysis of everything was ordered.</summary>
    public void Order() =>
        Interlocked.Exchange(ref _ordered, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
