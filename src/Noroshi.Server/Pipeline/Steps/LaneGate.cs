namespace Noroshi.Server.Pipeline.Steps;

/// <summary>Lets the bulk lanes wait while the live lane has work: somebody waits for the answer to a live one.</summary>
internal sealed class LaneGate
{
    private readonly Lock _gate = new();
    private int _live;
    private TaskCompletionSource _quiet = Done();

    /// <summary>Live entries begin.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            if (_live++ == 0)
            {
                _quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Live entries are done.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_live == 0)
            {
                _quiet.TrySetResult();
            }
        }
    }

    /// <summary>Ends when no live entry is worked on.</summary>
    public Task QuietAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _quiet.Task.IsCompleted ? Task.CompletedTask : _quiet.Task.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
