using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Server.Pipeline.Jail;

/// <summary>
/// Takes bytes apart in jailed workers, as many at a time as there are cores. Whatever a worker does (hang, die, fill memory, answer
/// nonsense) becomes a finding; nothing of it reaches the caller as an exception.
/// </summary>
internal sealed class WorkerPool : IAsyncDisposable
{
    private readonly WaitingJobs _jobs = new();
    private readonly WorkerNursery _nursery;
    private readonly WorkerLimits _limits;
    private readonly Thread[] _threads;

    /// <summary>Starts the pool. The first worker is on its way when this returns.</summary>
    /// <exception cref="FileNotFoundException">There is no worker.</exception>
    /// <exception cref="JailException">The hub's own Unicode tables are missing.</exception>
    public WorkerPool(WorkerCommand command, WorkerLimits limits, TimeProvider time)
    {
        if (!NfkcSelfTest.Passes())
        {
            throw new JailException("NFKC does not work: ICU is missing or DOTNET_SYSTEM_GLOBALIZATION_INVARIANT is set.");
        }

        _limits = limits with { Workers = limits.Workers > 0 ? limits.Workers : Environment.ProcessorCount };
        _nursery = new WorkerNursery(command, _limits, time);
        _threads = new Thread[_limits.Workers];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Run) { IsBackground = true, Name = $"noroshi-slot-{i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Workers at the same time.</summary>
    public int Workers => _limits.Workers;

    /// <summary>Workers started so far, the warm spare included.</summary>
    public int Started => _nursery.Started;

    /// <summary>How well the workers are jailed: starts one and asks it.</summary>
    /// <exception cref="JailException">No worker can be started.</exception>
    public Task<JailReport> ReportAsync() => Task.Run(_nursery.Report);

    /// <summary>Takes bytes apart.</summary>
    /// <param name="bytes">The input; must not change until the task is done.</param>
    /// <param name="request">What to do.</param>
    /// <param name="group">
    /// Whose bytes they are: a worker may be taken that others of the same group used before, for bulk imports of one organisation. Null: a
    /// fresh one. No worker ever sees bytes of two groups, because what one has read a hostile mail may have left behind.
    /// </param>
    /// <param name="onFrame">
    /// Gets every frame as it comes, on a thread of the pool; a later frame of a member replaces the earlier one. The outcome then holds no
    /// frames, so that memory stays flat over an archive of many mails.
    /// </param>
    /// <param name="cancellation">Kills the worker.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="JailException">No worker can be started.</exception>
    public async Task<WorkerOutcome> DissectAsync(
        ReadOnlyMemory<byte> bytes,
        DissectionRequest request,
        string? group,
        Action<AnatomyFrame>? onFrame,
        CancellationToken cancellation
    )
    {
        var job = new Job(bytes, request, group, new FrameCollector(onFrame), cancellation);
        _jobs.Add(job);
        return await job.Done.Task.ConfigureAwait(false);
    }

    /// <summary>Takes bytes apart and keeps the last frame of each member.</summary>
    public Task<WorkerOutcome> DissectAsync(
        ReadOnlyMemory<byte> bytes,
        DissectionRequest request,
        string? group,
        CancellationToken cancellation
    ) => DissectAsync(bytes, request, group, onFrame: null, cancellation);

    /// <summary>Waits for what was begun and ends all workers.</summary>
    public async ValueTask DisposeAsync()
    {
        _jobs.Close();
        await Task.Run(() => Array.ForEach(_threads, thread => thread.Join())).ConfigureAwait(false);
        _jobs.Dispose();
        _nursery.Dispose();
    }

    private void Run()
    {
        var slot = new WorkerSlot(_nursery, _limits);
        string? group = null;
        while (_jobs.Take(group) is { } job)
        {
            group = job.Group ?? group;
            try
            {
                job.Done.SetResult(slot.Answer(job));
            }
            catch (OperationCanceledException)
            {
                job.Done.SetCanceled(job.Cancellation);
            }
            catch (Exception e)
            {
                job.Done.SetException(e);
            }
        }

        slot.Dispose();
    }
}

/// <summary>A request on its way.</summary>
internal sealed record Job(
    ReadOnlyMemory<byte> Bytes,
    DissectionRequest Request,
    string? Group,
    FrameCollector Frames,
    CancellationToken Cancellation
)
{
    public TaskCompletionSource<WorkerOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
